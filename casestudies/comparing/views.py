"""The comparison: two to four cases named in the address, side by side. Nothing is kept."""

from collections import defaultdict
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from casestudies.choosing import Choice, chosen, query
from casestudies.comparing.table import Cell, Comparison, Row, compare
from casestudies.models import CaseStudyPage, ComparisonPage, DossierPage, Organisation
from hub.pages.models import HubPage
from hub.pages.tools import answer, neighbour
from hub.pages.visibility import visible

MOST = 4
_OFFERED = 120  # cases in the list to choose from; beyond, the library's own list finds them
_PAIRS = 3
DIFFERING = "differing"  # ?rows=differing
_OF_FACTS = 2  # groups of facts at the head of the table
_WORDS = ("organisation", "people_note")


@dataclass(frozen=True)
class Column:
    """A case at the head of the table. ``without`` is the query of the same comparison less this case; ``language``
    that of its texts where it is not the page's."""

    case: CaseStudyPage
    url: str
    without: str
    language: str

    @property
    def name(self) -> str:
        return self.case.organisation.name


@dataclass(frozen=True)
class Line:
    """``is_text``: in the editors' words, hence in the language of the case. ``missing`` says that a cell is empty:
    of an organisation something may well not exist, such as the commune of a département."""

    row: Row
    cells: list[tuple[Column, Cell]]
    is_text: bool
    is_list: bool
    missing: str


@dataclass(frozen=True)
class Offer:
    """A case that may be chosen."""

    slug: str
    title: str
    organisation: str
    kind: str
    told: int


@dataclass(frozen=True)
class Pair:
    kind: str
    names: str
    query: str


def comparison(request: HttpRequest, page: ComparisonPage) -> HttpResponse:
    choice = chosen(request, page, MOST)
    only = request.GET.get("rows") == DIFFERING and len(choice.cases) > 1
    offers = _offers(page, choice) if len(choice.cases) < MOST else []
    columns = [_column(case, request, page, choice) for case in choice.cases]
    table = compare(choice.cases) if choice.cases else None
    lines, silent = _lines(table, columns, only) if table else ([], [])
    return answer(
        request,
        page,
        choice=choice,
        columns=columns,
        names=" · ".join(column.name for column in columns),
        groups=lines,
        silent=silent,
        only=only,
        only_query=f"{choice.query}&rows={DIFFERING}",
        any_differs=table is not None and any(row.differs for group in table.groups for row in group.rows),
        offers=_by_kind(offers[:_OFFERED]),
        more_offers=len(offers) > _OFFERED,
        pairs=[] if choice.cases else _pairs(offers),
        dossier=neighbour(DossierPage, page.locale.language_code) if choice.cases else None,
        keep_query=f"{choice.query}&rows={DIFFERING}" if only else choice.query,
    )


def _column(case: CaseStudyPage, request: HttpRequest, page: HubPage, choice: Choice) -> Column:
    language = "" if case.locale_id == page.locale_id else case.locale.language_code
    return Column(case, case.get_url(request) or "", choice.without(case.slug), language)


def _lines(table: Comparison, columns: list[Column], only: bool) -> tuple[list[tuple[str, list[Line]]], list[str]]:
    """The groups to show, and the labels of facts that no case tells: said once rather than in a row of blanks.

    Costs, difficulties and doubts keep their row: that nobody published them is what readers came to learn.
    """
    groups, silent = [], []
    for place, group in enumerate(table.groups):
        kept = []
        for row in group.rows:
            if only and not row.differs:
                continue
            if place < _OF_FACTS and not row.known:
                silent.append(row.label)
            else:
                is_list = place >= _OF_FACTS
                is_text = is_list or row.name in _WORDS
                missing = _("Not stated") if place == 0 else _("Not known")
                kept.append(Line(row, list(zip(columns, row.cells, strict=True)), is_text, is_list, missing))
        if kept:
            groups.append((group.label, kept))
    return groups, silent


def _offers(page: HubPage, choice: Choice) -> list[Offer]:
    """What visitors may add: one query."""
    chosen_keys = [case.translation_key for case in choice.cases]
    cases = visible(CaseStudyPage.objects.filter(locale=page.locale_id, alias_of__isnull=True))
    rows = (
        cases.exclude(translation_key__in=chosen_keys)
        .order_by("path")
        .values_list(
            "slug",
            "title",
            "organisation__name",
            "organisation__kind",
            "people_total",
            "people_eligible",
            "people_teleworking",
            "legal_form",
            "places",
        )[: _OFFERED + 1]
    )
    return [
        Offer(slug, title, name, kind, sum(1 for each in facts if each not in (None, "unknown")))
        for slug, title, name, kind, *facts in rows
    ]


def _by_kind(offers: list[Offer]) -> list[tuple[str, list[Offer]]]:
    kinds: dict[str, list[Offer]] = defaultdict(list)
    for offer in offers:
        kinds[offer.kind].append(offer)
    return [(capfirst(str(label)), kinds[kind]) for kind, label in Organisation.Kind.choices if kind in kinds]


def _pairs(offers: list[Offer]) -> list[Pair]:
    """Of each kind of organisation the two cases that tell most, to begin with."""
    pairs = []
    for kind, alike in _by_kind(offers):
        best = sorted(alike, key=lambda offer: -offer.told)[:2]
        if len(best) == 2 and best[0].organisation != best[1].organisation:
            names = _("%(one)s and %(other)s") % {"one": best[0].organisation, "other": best[1].organisation}
            pairs.append(Pair(kind, names, query([offer.slug for offer in best])))
    return pairs[:_PAIRS]
