"""The two-page note for elected members and the slides: what the page says of the study, and a few cases."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from casestudies.dossier import values
from casestudies.dossier.composition import (
    Citing,
    address_of,
    citing_of,
    comparison,
    difficulty,
    figure,
    imprint,
    kicker,
    sheet,
    unknowns,
)
from casestudies.dossier.shortening import first_sentence, short
from casestudies.dossier.stages import cost_of, strand_of
from casestudies.models import CaseStudyPage, DossierPage
from hub.pages.templatetags.hub_tags import period

BRIEFED = 3  # cases of a note, and of slides for which none were chosen
_COMPARED = 4  # beyond, a table cannot be read from the back of a room
_FINDINGS, _STEPS, _STAGES = 6, 8, 12


def note(page: DossierPage, cases: Sequence[CaseStudyPage]) -> values.Note:
    """Two pages whatever was chosen: the first three cases."""
    told = list(cases[:BRIEFED])
    citing = citing_of(page, told)
    title, steps = next_steps(page)
    own = imprint(page, _("Telework: what concerns your commune"), _("telework-note-elected-members"))
    return values.all_drawn(
        values.Note(
            own,
            _("Note for elected members"),
            lead(),
            findings(page, citing),
            tuple(brief(case, citing) for case in told),
            stages(page, citing),
            title,
            steps,
            citing.sources,
            _("Figures stand with their year; the number in square brackets leads to the source.")
            + " "
            + _("General information, not legal advice."),
        )
    )


def lead() -> str:
    return _(
        "Two pages to read before a council meeting: why telework is a matter for a commune of Calvados, Manche or "
        "Orne, what others tried, what it costs and what can be decided."
    )


def deck(page: DossierPage, cases: Sequence[CaseStudyPage]) -> values.Deck:
    citing = citing_of(page, cases)
    told = findings(page, citing)
    title, steps = next_steps(page)
    drawn = chart(told)
    return values.all_drawn(
        values.Deck(
            imprint(page, _("Telework: what others have done"), _("telework-slides")),
            _("For the council"),
            _("What the study found, what it cost elsewhere, what remains unknown"),
            drawn,
            tuple(each for each in told if drawn is None or each not in drawn.bars),
            tuple(sheet(case, citing) for case in cases),
            comparison(cases) if 2 <= len(cases) <= _COMPARED else None,
            stages(page, citing),
            tuple((case.title, open_points) for case in cases if (open_points := unknowns(case)[:2])),
            title,
            steps,
            citing.sources,
        )
    )


# --- What the page says -------------------------------------------------------


def findings(page: DossierPage, citing: Citing) -> tuple[values.Figure, ...]:
    return tuple(figure(item.value, citing) for item in list(page.findings)[:_FINDINGS])


def stages(page: DossierPage, citing: Citing) -> tuple[values.Stage, ...]:
    return tuple(
        values.Stage(
            str(stage["title"]),
            strand_of(stage),
            tuple(str(measure) for measure in stage["measures"]),
            stage["lead"] or "",
            cost_of(stage),
            stage["cost_note"] or "",
            period(stage["year"]),
            citing.number(stage["source"]),
        )
        for stage in (item.value for item in list(page.stages)[:_STAGES])
    )


def next_steps(page: DossierPage) -> tuple[str, tuple[str, ...]]:
    """The first list of points to tick on the page: its editors say there what a council can decide."""
    for block in page.body:
        if block.block_type == "checklist":
            steps = list(block.value["items"])[:_STEPS]
            return str(block.value["title"]), tuple(short(str(step), 200) for step in steps)
    return _("What a council can decide next"), ()


def chart(told: Iterable[values.Figure]) -> values.Chart | None:
    """The findings that count one thing: the largest group of one unit and one year, if two at least say so."""
    groups: dict[tuple[str, str], list[values.Figure]] = defaultdict(list)
    for each in told:
        if each.value >= 0:
            groups[(each.unit, each.year)].append(each)
    bars = max(groups.values(), key=len, default=[])
    if len(bars) < 2:
        return None
    unit, year = bars[0].unit, bars[0].year
    named = "; ".join(f"{each.label}: {each.count}" for each in bars)
    alternative = _("Bar chart, %(year)s. %(bars)s.") % {"year": year, "bars": named}
    return values.Chart(unit, year, tuple(bars), alternative)


# --- A case in a few lines ----------------------------------------------------


def brief(case: CaseStudyPage, citing: Citing) -> values.Brief:
    met = [difficulty(item.value) for item in list(case.difficulties)[:1]]
    return values.Brief(
        case.title,
        kicker(case),
        first_sentence(case.search_description, 220),
        _counted(case.figures, citing) or _("No figure has been published."),
        _counted(case.costs, citing) or _("No cost has been published."),
        met[0].problem if met else _("No difficulty has been told, which does not mean that there was none."),
        address_of(case),
    )


def _counted(stream: Any, citing: Citing) -> str:
    """The first figure in words: "54 inhabitants – new inhabitants welcomed (2013) [2]"."""
    for item in list(stream)[:1]:
        return figure(item.value, citing).told
    return ""
