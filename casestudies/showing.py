"""What the page of a case shows beside its fields."""

from typing import Any

from casestudies.around import alike, around
from casestudies.charts import drawn, people
from casestudies.choosing import query
from casestudies.facts import facts
from casestudies.models import CaseStudyPage

# Said in the heading, or in a place of their own.
_ELSEWHERE = {"status", "checked_on", "mentoring", "people_note"}
# Worth saying that they are not known: the others do not hold for every organisation.
_MISSED = {
    "size",
    "period",
    "legal_form",
    "rhythm",
    "places",
    "people_teleworking",
    "people_eligible",
    "people_total",
}


def context(case: CaseStudyPage, related: list[Any]) -> dict[str, Any]:
    told = [fact for fact in facts(case) if fact.name not in _ELSEWHERE]
    return {
        "facts": [fact for fact in told if fact.known],
        "unknown_facts": [fact.label for fact in told if not fact.known and fact.name in _MISSED],
        "people": people(case),
        "results": drawn(item.value for item in case.figures),
        "costs": drawn(item.value for item in case.costs),
        "quotes": [item.value for item in case.quotes if item.value["consent"]],
        "alike": alike(case, (link.pk for link in related)),
        "around": around(case, related),
        "choice": query([case.slug]),
    }
