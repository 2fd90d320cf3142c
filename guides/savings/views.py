"""The page of the calculator. What is typed is worked out, shown, and forgotten."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from guides.answering import only_carried
from guides.carrying import carried
from guides.models import LetterPage, SavingsPage
from guides.savings.amounts import in_force
from guides.savings.figures import Report, calculator_sources, default_constants
from guides.savings.forms import LTP, SavingsForm, initial_of
from hub.pages.bibliography import Bibliography
from hub.pages.tools import answer, neighbour

_FRAGMENT = "guides/savings/result.html"
# The letter's fields that the calculator asks for or works out itself.
_OWN = ("commute", "commute_km", "commute_minutes", "km_a_year", "hours_a_year")


def savings(request: HttpRequest, page: SavingsPage) -> HttpResponse:
    amounts = in_force()
    bibliography = Bibliography([*page.source_keys(), *calculator_sources(amounts)])
    asked = request.method == "POST" and not only_carried(request)
    form = SavingsForm(
        request.POST if asked else None,
        initial=initial_of(request.POST),
        amounts=amounts,
        bibliography=bibliography,
    )
    fragment = asked and request.headers.get("X-Fragment") == "result"
    values = {"bibliography": bibliography, "form": form, "fragment": fragment}
    values |= {"carried": carried(request, own=_OWN), "constants": default_constants(amounts)}
    if asked and form.is_valid():
        values |= _result(request, page, form)
    return answer(request, page, _FRAGMENT if fragment else "", **values)


def _result(request: HttpRequest, page: SavingsPage, form: SavingsForm) -> dict[str, Any]:
    report = Report(form)
    return {
        "report": report,
        "constants": report.constants,
        "letter": neighbour(LetterPage, page.locale.language_code),
        "for_letter": _for_letter(request, form, report),
    }


def _for_letter(request: HttpRequest, form: SavingsForm, report: Report) -> list[tuple[str, str]]:
    """The hidden fields of the way to the letter: these figures, and whatever was answered before.

    A letter that counts its days by the month, or names both places, keeps its own answer. A figure that is no saving
    is left out.
    """
    told, found = report.told, report.savings
    mine = {
        "commute": "on",
        "commute_km": f"{told.office.km.normalize():f}",
        "commute_minutes": f"{told.office.minutes:f}",
        "km_a_year": f"{found.km:.0f}" if found.km >= 1 else "",
        "hours_a_year": f"{found.hours:.0f}" if found.hours >= 1 else "",
    }
    if request.POST.get("per") != "month":
        mine["days"] = str(told.days)
    if request.POST.get("place") != "both":
        mine["place"] = LTP if form.at_ltp else "home"
    fields = [("carry", "1"), *((name, value) for name, value in mine.items() if value)]
    return fields + carried(request, own=mine)
