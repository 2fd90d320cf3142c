"""Cases side by side, as plain values in the active language."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from casestudies.facts import facts, lines_of
from casestudies.models import CaseStudyPage
from hub.pages.bibliography import Bibliography
from hub.pages.templatetags.hub_tags import period, with_unit

_FIGURES = 3  # figures of a case that stand in no other's row


@dataclass(frozen=True)
class Cell:
    """What one case says. No lines: it is not known."""

    lines: tuple[str, ...]

    @property
    def known(self) -> bool:
        return bool(self.lines)


@dataclass(frozen=True)
class Row:
    """``differs`` compares what is known, and only where both sides chose among the same words or numbers: texts that
    editors wrote freely always differ, which says nothing."""

    name: str
    label: str
    cells: tuple[Cell, ...]
    differs: bool = False

    @property
    def known(self) -> bool:
        return any(cell.known for cell in self.cells)


@dataclass(frozen=True)
class Group:
    label: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Comparison:
    """One title and one cell a row for each case, in the order of the cases."""

    titles: tuple[str, ...]
    groups: tuple[Group, ...]


# Facts in the table: name, and whether a difference in it means something.
_WHO = [
    ("organisation", False),
    ("kind", True),
    ("size", True),
    ("sector", True),
    ("commune", True),
    ("epci", True),
    ("inhabitants", True),
    ("territory", True),
    ("status", True),
    ("period", True),
]
_HOW = [
    ("legal_form", True),
    ("rhythm", True),
    ("places", True),
    ("people_teleworking", True),
    ("people_eligible", True),
    ("people_share", True),
    ("people_total", True),
    ("people_note", False),
    ("mentoring", False),
]


def compare(cases: Sequence[CaseStudyPage]) -> Comparison:
    """One query, for the sources of all."""
    bibliography = Bibliography(key for case in cases for key in case.source_keys())
    known = [{fact.name: fact for fact in facts(case)} for case in cases]

    def rows(names: Iterable[tuple[str, bool]]) -> Iterable[Row]:
        for name, compared in names:
            lines = [each[name].lines for each in known]
            answers = [_without_words(name, case, told) for case, told in zip(cases, lines, strict=True)]
            yield _row(name, next((each[name].label for each in known), ""), lines, compared, answers)

    def texts(name: str, label: str, read: Callable[[CaseStudyPage], Iterable[str]]) -> Row:
        return _row(name, label, [tuple(read(case)) for case in cases])

    groups = [
        Group(_("Who and where"), tuple(rows(_WHO))),
        Group(_("How"), tuple(rows(_HOW))),
        Group(
            _("Costs and funding"),
            (
                *_figure_rows("costs", _("Costs"), [[item.value for item in case.costs] for case in cases]),
                texts("funding", _("Funding"), lambda case: lines_of(case.funding)),
            ),
        ),
        Group(
            _("Results"),
            tuple(_figure_rows("figures", _("Results"), [[item.value for item in case.figures] for case in cases])),
        ),
        Group(
            _("Difficulties"),
            (texts("difficulties", _("Difficulties"), lambda case: map(_difficulty, case.difficulties)),),
        ),
        Group(
            _("What is not known, and what differs"),
            (
                texts("unknowns", _("What is not known"), lambda case: _or_none(map(_text, case.unknowns))),
                texts(
                    "discrepancies", _("Sources disagree"), lambda case: _or_none(_discrepancies(case, bibliography))
                ),
            ),
        ),
        Group(
            _("Sources"),
            (
                texts("sources", _("Sources"), lambda case: _sources(case, bibliography)),
                *rows([("checked_on", True)]),
            ),
        ),
    ]
    return Comparison(tuple(case.title for case in cases), tuple(groups))


def _without_words(name: str, case: CaseStudyPage, lines: tuple[str, ...]) -> tuple[str, ...]:
    """What of a fact is compared: of a rhythm the choice among ours, and not how the editors put it besides."""
    if name != "rhythm":
        return lines
    return () if case.rhythm == CaseStudyPage.Rhythm.UNKNOWN else lines[:1]


def _row(
    name: str,
    label: str,
    lines: Sequence[tuple[str, ...]],
    compared: bool = False,
    answers: Sequence[tuple[str, ...]] | None = None,
) -> Row:
    told = {each for each in (lines if answers is None else answers) if each}
    return Row(name, label, tuple(Cell(each) for each in lines), compared and len(told) > 1)


def _figure_rows(name: str, label: str, figures: Sequence[Sequence[Any]]) -> Iterable[Row]:
    """A row for each thing that several cases counted in one unit; then, in one row, the first others of each."""
    keys = [[_counted(figure) for figure in each] for each in figures]
    shared = [
        key for key in dict.fromkeys(key for each in keys for key in each) if sum(1 for each in keys if key in each) > 1
    ]
    for index, key in enumerate(shared):
        matching = [[figure for figure in each if _counted(figure) == key] for each in figures]
        what = next(figure["label"] for each in matching for figure in each)
        amounts = [tuple(_dated(figure) for figure in each) for each in matching]
        yield _row(f"{name}-{index}", str(what), amounts, compared=True)
    others = [
        tuple(f"{_dated(figure)} – {figure['label']}" for figure in each if _counted(figure) not in shared)[:_FIGURES]
        for each in figures
    ]
    if any(others) or not shared:
        yield _row(name, _("Others") if shared else label, others)


def _counted(figure: Any) -> tuple[str, str]:
    return " ".join(str(figure["label"]).casefold().split()), str(figure["unit"] or "").casefold().strip()


def _dated(figure: Any) -> str:
    return _("%(count)s (%(year)s)") % {"count": with_unit(figure), "year": period(figure["year"])}


def _difficulty(item: Any) -> str:
    answer = " ".join(lines_of(item.value["answer"]))
    problem = str(item.value["problem"])
    if not answer:
        return _("%(problem)s How it was met is not known.") % {"problem": problem}
    return _("%(problem)s How it was met: %(answer)s") % {"problem": problem, "answer": answer}


def _text(item: Any) -> str:
    return str(item.value)


def _or_none(lines: Iterable[str]) -> Iterable[str]:
    """An empty list of doubts is an answer: nothing was noted."""
    return list(lines) or [_("Nothing noted")]


def _discrepancies(case: CaseStudyPage, bibliography: Bibliography) -> Iterable[str]:
    for item in case.discrepancies:
        source = bibliography.get(item.value["source"] or "")
        yield f"{item.value['text']} ({source.publisher})" if source else str(item.value["text"])


def _sources(case: CaseStudyPage, bibliography: Bibliography) -> Iterable[str]:
    for key in dict.fromkeys(case.source_keys()):
        source = bibliography.get(key)
        if source is not None:
            yield ", ".join(part for part in (source.publisher, source.title, source.date) if part)
