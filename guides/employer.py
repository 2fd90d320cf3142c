"""The employer's mirror page: the charter as a document, and what telework costs a year."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guides.letters.exports import FORMATS
from guides.letters.papers import Heading, Paper, PaperKind, Paragraph, Part
from guides.models import EmployerPage
from guides.savings.allowances import Allowance, allowances
from guides.savings.amounts import in_force
from guides.savings.constants import Amount
from hub.pages.bibliography import Bibliography
from hub.pages.templatetags.hub_tags import number
from hub.typesetting.prose import passages, printable

TEMPLATE = "guides/employer_page.html"
CHARTER_FORMATS = ("docx", "odt")
DAYS_A_WEEK = (1, 2, 3)
# Sums by the month are counted for the months worked: the month of leave brings none.
MONTHS = 11


def employer(request: HttpRequest, page: EmployerPage) -> HttpResponse:
    form = request.GET.get("format", "").strip().lower()
    if form in CHARTER_FORMATS and page.charter:
        return _document(page, form)
    context = page.get_context(request)
    costs, sources = yearly_costs()
    context.update(
        costs=costs,
        weeks=number(costs.weeks),
        months=MONTHS,
        columns=[
            ngettext("%(days)s day a week", "%(days)s days a week", days) % {"days": days} for days in DAYS_A_WEEK
        ],
        formats=CHARTER_FORMATS if page.charter else (),
        unknown_format=bool(form),
        # The amounts may rest on sources that an editor of the page has not named.
        bibliography=Bibliography([*page.source_keys(), *sources]),
    )
    return render(request, TEMPLATE, context)


# --- What it costs ------------------------------------------------------------


@dataclass(frozen=True)
class Cost:
    """One way of paying: the amount in force, and what it makes a year for each number of days a week."""

    name: str
    amount: str
    a_year: tuple[str, ...]
    year: str
    source: str
    verified: bool


@dataclass(frozen=True)
class Costs:
    rows: tuple[Cost, ...]
    weeks: Decimal


def yearly_costs(today: datetime.date | None = None) -> tuple[Costs, list[str]]:
    """The table, and the keys of its sources. One query."""
    amounts = in_force(today)
    found = allowances(amounts=amounts)
    weeks = amounts["weeks_per_year"]
    rows = (
        _monthly(_("A sum a month, set by the employer alone"), found.private),
        _daily(_("A sum a day, set by the employer alone"), found.private, weeks.value),
        _monthly(_("A sum a month, set by a branch, group or professional agreement"), found.agreement),
        _daily(_("A sum a day, set by a branch, group or professional agreement"), found.agreement, weeks.value),
        _daily(_("Public service, where it was adopted: a sum a day up to a yearly cap"), found.public, weeks.value),
    )
    return Costs(tuple(row for row in rows if row), weeks.value), [*found.sources, weeks.source]


def _monthly(name: str, allowance: Allowance) -> Cost | None:
    amount, cap = allowance.month_per_weekly_day, allowance.month_cap
    if amount is None:
        return None
    text = _("%(sum)s a month for each weekly day") % {"sum": money(amount.value)}
    sums = [_capped(amount.value * days, cap) * MONTHS for days in DAYS_A_WEEK]
    return _cost(name, text, sums, amount)


def _daily(name: str, allowance: Allowance, weeks: Decimal) -> Cost:
    amount, cap = allowance.day, allowance.year_cap
    sums = [_capped(amount.value * days * weeks, cap) for days in DAYS_A_WEEK]
    if cap is None:
        return _cost(name, _("%(sum)s a day") % {"sum": money(amount.value)}, sums, amount)
    text = _("%(sum)s a day, at most %(cap)s a year") % {"sum": money(amount.value), "cap": money(cap.value)}
    return _cost(name, text, sums, amount, cap)


def _capped(value: Decimal, cap: Amount | None) -> Decimal:
    return value if cap is None else min(value, cap.value)


def _cost(name: str, text: str, sums: list[Decimal], *amounts: Amount) -> Cost:
    return Cost(
        name,
        text,
        tuple(money(each) for each in sums),
        amounts[0].year,
        amounts[0].source,
        all(amount.verified for amount in amounts),
    )


def money(value: Decimal) -> str:
    return _("€%(amount)s") % {"amount": number(value, money=True)}


# --- The charter as a document ------------------------------------------------


def _document(page: EmployerPage, form: str) -> HttpResponse:
    paper, kind = charter(page), FORMATS[form]
    name = f"{paper.file_name}.{kind.extension}"
    return HttpResponse(
        kind.write(paper),
        content_type=kind.media_type,
        headers={"Content-Disposition": content_disposition_header(True, name) or ""},
    )


def charter(page: EmployerPage) -> Paper:
    """The page's skeleton, compulsory items marked, ready to be completed and adopted."""
    body: list[Part] = []
    for index, block in enumerate(page.charter, start=1):
        item = {"number": index, "title": printable(block.value["title"])}
        title = _("%(number)s. %(title)s (compulsory)") if block.value["compulsory"] else _("%(number)s. %(title)s")
        body.append(Heading(f"item-{index}", title % item))
        body += parts(block.value["text"].source, f"item-{index}")
    return Paper(
        kind=PaperKind.CHARTER,
        language=page.locale.language_code,
        title=_("Telework charter"),
        file_name=_("telework-charter"),
        body=tuple(body),
        notice=_(
            "A model to adapt: complete the dotted lines and strike out what you do not choose. Items marked as "
            "compulsory are those that article L1222-9 II of the Labour Code requires. Information, not legal advice."
        ),
    )


def parts(html: str, key: str) -> Iterator[Part]:
    """Stored rich text as parts of a paper."""
    for passage in passages(html):
        here = f"{key}-{passage.place}"
        yield Heading(here, passage.text) if passage.is_heading else Paragraph(here, passage.text, passage.items)
