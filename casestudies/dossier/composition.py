"""Case studies read once and set out as the plain values of a paper, in the active language."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from wagtail.models import Site
from wagtail.rich_text import RichText

from casestudies.comparing.table import compare
from casestudies.dossier import values
from casestudies.dossier.labels import labels
from casestudies.dossier.shortening import short, short_texts
from casestudies.facts import facts
from casestudies.models import CaseStudyPage, DossierPage
from hub.pages.bibliography import Bibliography
from hub.pages.feed import absolute
from hub.pages.links import public_path, root_paths
from hub.pages.templatetags.hub_tags import amount, day, period
from hub.typesetting.prose import passages
from hub.typography import HARD

# Facts that stand elsewhere on the sheet or concern the hub alone.
_NOT_AT_A_GLANCE = {"status", "period", "checked_on", "mentoring"}
# Rows of the comparison that would repeat whole sheets.
_NOT_COMPARED = {"organisation", "sources", "discrepancies", "unknowns", "mentoring", "people_note", "checked_on"}
_FIGURES, _COSTS, _DIFFICULTIES, _UNKNOWNS = 4, 3, 4, 6
_CELL_LINES, _CELL = 3, 170


class Citing:
    """Sources numbered in the order in which one paper names them: one query for all that it may name."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._bibliography = Bibliography(keys)
        self._numbers: dict[str, int] = {}

    def number(self, key: str | None) -> int:
        """0 where there is no such source."""
        if not key or self._bibliography.get(key) is None:
            return 0
        return self._numbers.setdefault(key, len(self._numbers) + 1)

    @property
    def sources(self) -> tuple[values.Source, ...]:
        found = ((number, self._bibliography.get(key)) for key, number in self._numbers.items())
        return tuple(
            values.Source(
                number,
                source.title,
                source.publisher,
                source.date,
                source.url,
                source.language,
                source.kind == source.Kind.SECONDARY,
            )
            for number, source in found
            if source is not None
        )


def dossier(page: DossierPage, cases: Sequence[CaseStudyPage]) -> values.Dossier:
    citing = citing_of(page, cases)
    sheets = tuple(sheet(case, citing) for case in cases)
    count = len(cases)
    paper = values.Dossier(
        imprint(page, _("Telework: what others have done"), _("telework-dossier")),
        _("Dossier for the council"),
        ngettext(
            "%(count)s case: its figures, its difficulties, its costs and its sources",
            "%(count)s cases side by side: their figures, their difficulties, their costs and their sources",
            count,
        )
        % {"count": count},
        sheets,
        comparison(cases),
        citing.sources,
        reading(),
    )
    return values.all_drawn(paper)


def citing_of(page: DossierPage, cases: Sequence[CaseStudyPage]) -> Citing:
    return Citing([*page.source_keys(), *(key for case in cases for key in case.source_keys())])


def imprint(page: DossierPage, title: str, file_name: str) -> values.Imprint:
    """``file_name`` takes the day, so that two states of a dossier are told apart."""
    today = timezone.localdate()
    return values.Imprint(
        page.locale.language_code,
        title,
        f"{file_name}-{today.isoformat()}",
        _hub_name(),
        settings.BASE_URL.partition("://")[2],
        day(today),
        _("Texts under Licence Ouverte 2.0: copy and adapt them, naming %(hub)s and the date.") % {"hub": _hub_name()},
        labels(),
    )


def _hub_name() -> str:
    site = Site.objects.filter(is_default_site=True).only("site_name").first()
    return (site.site_name if site else "") or settings.WAGTAIL_SITE_NAME


def reading() -> tuple[str, ...]:
    return (
        _(
            "Each sheet comes from public documents unless its head says otherwise; a first-hand account was approved "
            "by the organisation it is about. Nothing here was estimated by us unless we say so."
        ),
        _("Figures stand with their year; the number in square brackets leads to the list of sources."),
        _("“Not known” means that we looked and found nothing published, not that the answer is zero."),
        _("Sheets are shortened to fit a page: the whole page stands at the address given."),
        _("The mark […] stands for words cut, or for a sign that cannot be printed."),
        _("General information, not legal advice."),
    )


# --- A case -------------------------------------------------------------------


def sheet(case: CaseStudyPage, citing: Citing) -> values.Sheet:
    """In the language of the case where it has none in the reader's."""
    known = facts(case)
    why, cut_why = short_texts(texts(case.why), 420)
    how, cut_how = short_texts(texts(case.approach), 760)
    funding, cut_funding = short_texts(texts(case.funding), 420)
    results, costs = _values(case.figures), _values(case.costs)
    difficulties, advice = _values(case.difficulties), _values(case.advice)
    figures_told = tuple(figure(each, citing) for each in results[:_FIGURES])
    costs_told = tuple(figure(each, citing) for each in costs[:_COSTS])
    return values.Sheet(
        title=case.title,
        kicker=kicker(case),
        summary=case.search_description,
        address=address_of(case),
        language=case.locale.language_code,
        facts=tuple(
            values.Fact(fact.name, fact.label, tuple(short(line, 150) for line in fact.lines))
            for fact in known
            if fact.known and fact.name not in _NOT_AT_A_GLANCE
        ),
        why=why,
        how=how,
        figures=figures_told,
        difficulties=tuple(difficulty(each) for each in difficulties[:_DIFFICULTIES]),
        costs=costs_told,
        funding=funding,
        advice=tuple(short(str(each), 200) for each in advice),
        unknowns=unknowns(case),
        discrepancies=tuple(short(str(each["text"]), 260) for each in _values(case.discrepancies)[:3]),
        sources=tuple(filter(None, (citing.number(key) for key in dict.fromkeys(case.source_keys())))),
        shortened=cut_why
        or cut_how
        or cut_funding
        or len(results) > _FIGURES
        or len(costs) > _COSTS
        or len(difficulties) > _DIFFICULTIES
        or bool(case.timeline)
        or bool(case.body),
    )


def address_of(case: CaseStudyPage) -> str:
    """Without a query for each case."""
    return absolute(public_path(case.url_path, case.locale.language_code, root_paths()))


def kicker(case: CaseStudyPage) -> str:
    parts = (
        capfirst(case.organisation.get_kind_display()),
        case.period,
        case.get_status_display(),
        _("checked on %(date)s") % {"date": day(case.checked_on)},
    )
    return " · ".join(str(part) for part in parts if part)


def unknowns(case: CaseStudyPage) -> tuple[str, ...]:
    """What its author says is not known, and the facts that nobody filled in."""
    told = [short(str(item.value), 160) for item in case.unknowns]
    missing = [fact.label for fact in facts(case) if not fact.known and fact.name in ("size", "legal_form", "rhythm")]
    rest = _("Also not known: %(facts)s.") % {"facts": ", ".join(label.lower() for label in missing)}
    return (*told[: _UNKNOWNS - 1], rest) if missing else tuple(told[:_UNKNOWNS])


def difficulty(value: Any) -> values.Difficulty:
    answer = " ".join(part.words for part in _joined(texts(value["answer"])))
    return values.Difficulty(short(str(value["problem"]), 240), short(answer, 260))


def figure(value: Any, citing: Citing) -> values.Figure:
    return values.Figure(
        amount(value),
        value["unit"] or "",
        short(str(value["label"]), 200),
        period(value["year"]),
        citing.number(value["source"]),
        short(str(value["note"] or ""), 160),
        float(value["value"]),
        "" if get_language() == "en" and (value["unit"] or "").startswith("%") else HARD,
    )


def texts(value: RichText | str | None) -> tuple[values.Text, ...]:
    """Stored rich text as plain parts."""
    source = value.source if isinstance(value, RichText) else value or ""
    return tuple(values.Text(each.text, each.items, each.is_heading) for each in passages(source))


def _joined(parts: Iterable[values.Text]) -> Iterable[values.Text]:
    """Lists run into their sentence, for places with room for a line only."""
    for part in parts:
        yield replace(part, words=" ".join([part.words, *part.items]).strip(), items=())


def _values(stream: Any) -> list[Any]:
    return [item.value for item in stream]


# --- Side by side -------------------------------------------------------------


def comparison(cases: Sequence[CaseStudyPage]) -> values.Comparison | None:
    """Nothing where there is one case only."""
    if len(cases) < 2:
        return None
    table, never, groups = compare(cases), [], []
    for group in table.groups:
        rows = []
        for row in group.rows:
            if row.name in _NOT_COMPARED:
                continue
            if not row.known:
                never.append(row.label)
                continue
            cells = tuple(tuple(short(line, _CELL) for line in cell.lines[:_CELL_LINES]) for cell in row.cells)
            rows.append(values.Row(row.name, row.label, cells, row.differs))
        if rows:
            groups.append(values.Group(group.label, tuple(rows)))
    return values.Comparison(table.titles, tuple(groups), tuple(dict.fromkeys(never)))
