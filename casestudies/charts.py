"""Figures of a case as bars, where they count the same thing; the others stay single figures."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from casestudies.facts import eligible_share, percent
from casestudies.models import CaseStudyPage
from hub.pages.templatetags.hub_tags import amount, number, period, with_unit


@dataclass(frozen=True)
class Bar:
    """``whole`` is the figure as the table says it, below a title that names its unit. ``width`` and ``reach`` are
    hundredths of the drawing: to the figure, and on to the upper end of a range."""

    label: str
    shown: str
    whole: str
    width: str
    reach: str = ""
    when: str = ""
    source: str = ""
    note: str = ""


@dataclass(frozen=True)
class Chart:
    title: str
    bars: tuple[Bar, ...]
    remarks: tuple[str, ...] = ()
    # When it was counted, where the sources are those of the whole page.
    when: str = ""

    @property
    def origins(self) -> list[tuple[str, str]]:
        """Dates and keys of sources, each pair once."""
        return list(dict.fromkeys((bar.when, bar.source) for bar in self.bars if bar.source))

    @property
    def notes(self) -> list[str]:
        return list(dict.fromkeys([*self.remarks, *(bar.note for bar in self.bars if bar.note)]))


@dataclass(frozen=True)
class Part:
    """A chart, or figures that stand alone."""

    chart: Chart | None
    figures: tuple[Any, ...] = ()


def drawn(values: Iterable[Any]) -> list[Part]:
    """In the order of the page. Two figures or more in one unit make a chart; a unit is what makes them comparable."""
    figures = list(values)
    times = Counter(_unit(figure) for figure in figures if _can_be_a_bar(figure))
    parts: list[Part] = []
    done: set[str] = set()
    for figure in figures:
        unit = _unit(figure)
        if _can_be_a_bar(figure) and times[unit] > 1:
            if unit not in done:
                done.add(unit)
                alike = [each for each in figures if _can_be_a_bar(each) and _unit(each) == unit]
                parts.append(Part(_chart(figure["unit"], alike)))
        elif parts and parts[-1].chart is None:
            parts[-1] = Part(None, (*parts[-1].figures, figure))
        else:
            parts.append(Part(None, (figure,)))
    return parts


def people(case: CaseStudyPage) -> Chart | None:
    """How many telework among those who may, and among all: a chart once two of the numbers are known."""
    counts = [
        (_("In all"), case.people_total),
        (_("Eligible"), case.people_eligible),
        (_("Teleworking"), case.people_teleworking),
    ]
    known = [(label, count) for label, count in counts if count is not None]
    if len(known) < 2:
        return None
    largest = max(count for _label, count in known)
    bars = (
        Bar(label, number(count), number(count), _hundredths(Decimal(count), Decimal(largest)))
        for label, count in known
    )
    share = eligible_share(case)
    arithmetic = (
        _("That is %(share)s of those eligible (our own arithmetic).") % {"share": percent(share)} if share else ""
    )
    remarks = tuple(remark for remark in (arithmetic, case.people_note) if remark)
    return Chart(_("People"), tuple(bars), remarks, case.period or str(case.checked_on.year))


def _unit(figure: Any) -> str:
    return str(figure["unit"] or "").casefold().strip()


def _can_be_a_bar(figure: Any) -> bool:
    return bool(_unit(figure)) and figure["value"] is not None and figure["value"] >= 0


def _chart(unit: str, figures: Sequence[Any]) -> Chart:
    ends = [max(figure["value"], figure["upper"] or 0) for figure in figures]
    whole = max(*ends, Decimal(100)) if unit.strip() == "%" else max(ends)
    title = _("Per cent") if unit.strip() == "%" else capfirst(unit)
    return Chart(title, tuple(_bar(figure, whole) for figure in figures))


def _bar(figure: Any, whole: Decimal) -> Bar:
    value, upper = figure["value"], figure["upper"]
    return Bar(
        label=str(figure["label"]),
        shown=amount(figure),
        whole=with_unit(figure) if figure["unit"].startswith("%") else amount(figure),
        width=_hundredths(value, whole),
        reach=_hundredths(upper, whole) if upper and upper > value else "",
        when=period(figure["year"]),
        source=figure["source"] or "",
        note=str(figure["note"] or ""),
    )


def _hundredths(value: Decimal, whole: Decimal) -> str:
    """As an SVG attribute: a point, whatever the language."""
    return f"{100 * float(value) / float(whole):.1f}" if whole else "0"
