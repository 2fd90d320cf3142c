"""The page of the calculator. What is typed is worked out, shown, and forgotten."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from guides.carrying import carried
from guides.models import LetterPage, SavingsPage
from guides.savings.amounts import in_force
from guides.savings.figures import Report, calculator_sources, default_constants
from guides.savings.forms import LTP, SavingsForm, initial_of
from hub.pages.bibliography import Bibliography
from hub.pages.links import page_links
from hub.pages.visibility import visible

_PAGE, _FRAGMENT = "guides/savings_page.html", "guides/savings/result.html"
# The letter's fields that the calculator asks for or works out itself.
_OWN = ("commute", "commute_km", "commute_minutes", "km_a_year", "hours_a_year")


def savings(request: HttpRequest, page: SavingsPage) -> HttpResponse:
    amounts = in_force()
    context = page.get_context(request)
    context["bibliography"] = Bibliography([*page.source_keys(), *calculator_sources(amounts)])
    asked = request.method == "POST" and request.POST.get("carry") != "1"
    form = SavingsForm(
        request.POST if asked else None,
        initial=initial_of(request.POST),
        amounts=amounts,
        bibliography=context["bibliography"],
    )
    context |= {"form": form, "carried": carried(request, own=_OWN), "constants": default_constants(amounts)}
    if asked and form.is_valid():
        context |= _result(request, page, form)
    context["fragment"] = asked and request.headers.get("X-Fragment") == "result"
    response = TemplateResponse(request, _FRAGMENT if context["fragment"] else _PAGE, context)
    if request.method == "POST":
        response["Cache-Control"] = "no-store"
    return response


def _result(request: HttpRequest, page: SavingsPage, form: SavingsForm) -> dict[str, Any]:
    report = Report(form)
    letters = LetterPage.objects.filter(locale=page.locale_id, alias_of__isnull=True)
    return {
        "report": report,
        "constants": report.constants,
        "letter": next(iter(page_links(visible(letters).order_by("path"))), None),
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
