"""Which cases stand in the ready papers when nobody chose: the best documented, by a rule that the page states."""

from typing import Any

from django.db.models import Exists, F, IntegerField, OuterRef, QuerySet, TextField, Value
from django.db.models.functions import Cast, Length, Replace

from casestudies.models import CaseStudyPage
from hub.pages.models import HubPage
from hub.pages.visibility import visible
from hub.vocabulary.models import AudienceTag

READERS = "elus"
# A key that each entry of the field holds once, as stored. Quotation marks inside texts are escaped there.
_ENTRIES = {"figures": '"upper": ', "costs": '"upper": ', "difficulties": '"problem": '}


def visible_cases(page: HubPage) -> QuerySet[CaseStudyPage]:
    cases: QuerySet[CaseStudyPage] = visible(
        CaseStudyPage.objects.filter(locale_id=page.locale_id, alias_of__isnull=True)
    )
    return cases.order_by("path")


def best_documented(page: HubPage, most: int) -> list[str]:
    """Slugs. Cases written for elected members that tell a result, a cost and a difficulty come first; among them the
    one that tells most; then the order of the library. One query."""
    rows = visible_cases(page).annotate(
        for_readers=Exists(AudienceTag.objects.filter(content_object=OuterRef("pk"), tag__slug=READERS)),
        **{f"n_{name}": _count(name, mark) for name, mark in _ENTRIES.items()},
    )
    counts = [f"n_{name}" for name in _ENTRIES]
    ranked = sorted(rows.values("slug", "for_readers", *counts), key=lambda row: _rank(row, counts))
    return [row["slug"] for row in ranked[:most]]


def _rank(row: dict[str, Any], counts: list[str]) -> tuple[bool, bool, int]:
    told = [row[name] for name in counts]
    return not row["for_readers"], not all(told), -sum(told)


def _count(name: str, mark: str) -> Any:
    text = Cast(F(name), TextField())
    without = Replace(text, Value(mark), Value(""))
    return Cast((Length(text) - Length(without)) / len(mark), IntegerField())
