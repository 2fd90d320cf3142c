"""What the papers say, as plain values in one language. No Django here, and no markup in any text."""

import dataclasses
import unicodedata
from collections.abc import Mapping
from typing import Any, TypeVar

from hub.typesetting.characters import unprintable
from hub.typesetting.prose import printable

Paper = TypeVar("Paper")

# Stands where a sign cannot be printed, once for a run of such signs.
SUBSTITUTE = "[…]"
_HARD_SPACES = "\u00a0\u202f"
# Signs that our fonts lack or that other programs draw badly, and what says the same.
_SAME = {"\u2022": "·", "\u2212": "–", "\u2192": "–", "\u2265": ">=", "\u2264": "<=", "\u201f": "“"}


@dataclasses.dataclass(frozen=True)
class Source:
    number: int
    title: str
    publisher: str
    date: str = ""
    address: str = ""
    language: str = "fr"
    second_hand: bool = False


@dataclasses.dataclass(frozen=True)
class Figure:
    """``gap`` stands between amount and unit: English writes 33%, French 33 %. ``source`` is a number in the paper's
    list, 0 where the hub has no such source."""

    amount: str
    unit: str
    label: str
    year: str
    source: int = 0
    note: str = ""
    value: float = 0.0
    gap: str = "\u00a0"

    @property
    def count(self) -> str:
        return f"{self.amount}{self.gap}{self.unit}" if self.unit else self.amount

    @property
    def told(self) -> str:
        mark = f"\u00a0[{self.source}]" if self.source else ""
        return f"{self.count} – {self.label} ({self.year}){mark}"


@dataclasses.dataclass(frozen=True)
class Text:
    """A paragraph with the list that belongs to it, or a small heading."""

    words: str
    items: tuple[str, ...] = ()
    is_heading: bool = False


@dataclasses.dataclass(frozen=True)
class Fact:
    name: str
    label: str
    lines: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class Difficulty:
    """No ``answer``: how it was met is not known."""

    problem: str
    answer: str = ""


@dataclasses.dataclass(frozen=True)
class Sheet:
    """One case on one page. ``shortened`` says that its page on the hub tells more."""

    title: str
    kicker: str
    summary: str
    address: str
    language: str
    facts: tuple[Fact, ...] = ()
    why: tuple[Text, ...] = ()
    how: tuple[Text, ...] = ()
    figures: tuple[Figure, ...] = ()
    difficulties: tuple[Difficulty, ...] = ()
    costs: tuple[Figure, ...] = ()
    funding: tuple[Text, ...] = ()
    advice: tuple[str, ...] = ()
    unknowns: tuple[str, ...] = ()
    discrepancies: tuple[str, ...] = ()
    sources: tuple[int, ...] = ()
    shortened: bool = False


@dataclasses.dataclass(frozen=True)
class Row:
    name: str
    label: str
    cells: tuple[tuple[str, ...], ...]
    differs: bool = False


@dataclasses.dataclass(frozen=True)
class Group:
    label: str
    rows: tuple[Row, ...]


@dataclasses.dataclass(frozen=True)
class Comparison:
    """``never_known`` names what no case tells."""

    titles: tuple[str, ...]
    groups: tuple[Group, ...]
    never_known: tuple[str, ...] = ()

    @property
    def differs(self) -> bool:
        return any(row.differs for group in self.groups for row in group.rows)


@dataclasses.dataclass(frozen=True)
class Stage:
    title: str
    strand: str
    measures: tuple[str, ...]
    lead: str
    cost: str
    note: str
    year: str
    source: int = 0


@dataclasses.dataclass(frozen=True)
class Imprint:
    """What every paper says of itself. ``words`` are the labels of its parts."""

    language: str
    title: str
    file_name: str
    hub: str
    address: str
    date: str
    licence: str
    words: Mapping[str, str]


@dataclasses.dataclass(frozen=True)
class Dossier:
    imprint: Imprint
    kicker: str
    subtitle: str
    sheets: tuple[Sheet, ...]
    comparison: Comparison | None
    sources: tuple[Source, ...]
    reading: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class Brief:
    """A case in a few lines."""

    title: str
    kicker: str
    summary: str
    figure: str
    cost: str
    difficulty: str
    address: str


@dataclasses.dataclass(frozen=True)
class Note:
    imprint: Imprint
    kicker: str
    lead: str
    findings: tuple[Figure, ...]
    cases: tuple[Brief, ...]
    stages: tuple[Stage, ...]
    steps_title: str
    steps: tuple[str, ...]
    sources: tuple[Source, ...]
    reading: str


@dataclasses.dataclass(frozen=True)
class Chart:
    """Bars of one unit and one year. ``alternative`` says in words what it shows."""

    unit: str
    year: str
    bars: tuple[Figure, ...]
    alternative: str


@dataclasses.dataclass(frozen=True)
class Deck:
    imprint: Imprint
    kicker: str
    subtitle: str
    chart: Chart | None
    findings: tuple[Figure, ...]
    sheets: tuple[Sheet, ...]
    comparison: Comparison | None
    stages: tuple[Stage, ...]
    unknowns: tuple[tuple[str, tuple[str, ...]], ...]
    steps_title: str
    steps: tuple[str, ...]
    sources: tuple[Source, ...]


def drawn(text: str) -> str:
    """The text with nothing that our fonts cannot draw: the same in other signs where there are some, else a mark."""
    # Labels such as " :" begin with a no-break space that belongs to them.
    core = text.strip(_HARD_SPACES)
    if core != text:
        before, _core, after = text.partition(core) if core else (text, "", "")
        return before + drawn(core) + after if core else text
    words = printable(text)
    strange = unprintable(words)
    if not strange:
        return words
    result: list[str] = []
    for sign in words:
        kept = _drawn_sign(sign) if sign in strange else sign
        if kept != SUBSTITUTE or not result or result[-1] != SUBSTITUTE:
            result.append(kept)
    return printable("".join(result))


def _drawn_sign(sign: str) -> str:
    if sign in _SAME:
        return _SAME[sign]
    alike = unicodedata.normalize("NFKC", sign)
    if alike != sign and not unprintable(alike):
        return alike
    # Joiners, marks of direction and variation, controls: nothing is to be seen of them.
    return "" if unicodedata.category(sign) in ("Cf", "Cc", "Mn", "Me") else SUBSTITUTE


def all_drawn(paper: Paper) -> Paper:
    """The same paper, each of its texts as it can be drawn."""
    return _all_drawn(paper)


def _all_drawn(value: Any) -> Any:
    if isinstance(value, str):
        return drawn(value)
    if isinstance(value, tuple):
        return tuple(_all_drawn(each) for each in value)
    if isinstance(value, Mapping):
        return {key: _all_drawn(each) for key, each in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.replace(
            value, **{field.name: _all_drawn(getattr(value, field.name)) for field in dataclasses.fields(value)}
        )
    return value
