"""The map of the three départements: a static drawing, and dots for the entries of a list.

Entries of one place share a dot, and so do places so close that their dots would cover one another: nothing is moved
to where it is not. Dots are worked out once for a whole list (``chart``) and drawn for what a filter leaves (``draw``).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from hub.geography.drawing import frame

CLOSE = 26  # units of the drawing between two dots that can be told apart
MOST_LINES = 24  # beside the map; more entries than this are counted by place


@dataclass(frozen=True)
class Spot:
    """An entry at its place in the tally, and where it stands. Degrees in WGS 84. ``size`` ranks places."""

    entry: int
    name: str
    latitude: float
    longitude: float
    size: int = 0


@dataclass(frozen=True)
class Dot:
    """``entries`` are places in the tally, the editors' order; ``name`` is that of the place with the most of them."""

    x: int
    y: int
    name: str
    entries: tuple[int, ...]
    is_group: bool

    @property
    def bits(self) -> int:
        return sum(1 << entry for entry in self.entries)


@dataclass(frozen=True)
class Chart:
    """The dots of a whole list from west to east, each with its bits."""

    dots: tuple[tuple[Dot, int], ...] = ()


@dataclass(frozen=True)
class DrawnDot:
    """``label`` is the number or numbers of its lines; without any it is small, and named after the lines."""

    x: int
    y: int
    label: str = ""
    anchor: str = ""

    @property
    def half(self) -> int:
        """Half its width: longer labels make it longer."""
        return 15 if len(self.label) < 3 else 9 + 5 * len(self.label)

    @property
    def left(self) -> int:
        """Where it starts, kept inside the drawing."""
        return min(max(self.x - self.half, 0), frame().width - 2 * self.half)

    @property
    def width(self) -> int:
        return 2 * self.half

    @property
    def top(self) -> int:
        return self.y - 15

    @property
    def middle(self) -> int:
        return self.left + self.half

    @property
    def foot(self) -> int:
        return self.y + 6


@dataclass(frozen=True)
class Line:
    """A line beside the map. ``entry`` is a place in the tally when the line is about one entry."""

    number: int
    title: str
    url: str
    count: int = 1
    entry: int | None = None
    is_group: bool = False


@dataclass
class DrawnMap:
    dots: list[DrawnDot] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    others: list[Line] = field(default_factory=list)
    total: int = 0
    by_place: bool = False

    def __bool__(self) -> bool:
        return bool(self.dots)

    @property
    def numbers(self) -> dict[int, int]:
        """The number on the map of each entry that has a line of its own."""
        return {line.entry: line.number for line in self.lines if line.entry is not None}


def chart(spots: Iterable[Spot]) -> Chart:
    """Places with the most entries, then the largest, take their dot first; a place close to a dot joins it."""
    places: dict[tuple[int, int], list[Spot]] = defaultdict(list)
    for spot in spots:
        position = frame().position(spot.latitude, spot.longitude)
        if position is not None:
            places[position].append(spot)
    dots: dict[tuple[int, int], list[list[Spot]]] = {}
    cells: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for (x, y), here in sorted(places.items(), key=lambda item: (-len(item[1]), -item[1][0].size, item[0])):
        column, row = x // CLOSE, y // CLOSE
        near = (
            dot
            for cell in ((column + dx, row + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1))
            for dot in cells.get(cell, ())
            if (dot[0] - x) ** 2 + (dot[1] - y) ** 2 < CLOSE**2
        )
        nearest = min(near, key=lambda dot: (dot[0] - x) ** 2 + (dot[1] - y) ** 2, default=None)
        if nearest is None:
            dots[x, y] = [here]
            cells[column, row].append((x, y))
        else:
            dots[nearest].append(here)
    drawn = [
        Dot(x, y, groups[0][0].name, tuple(sorted(spot.entry for here in groups for spot in here)), len(groups) > 1)
        for (x, y), groups in sorted(dots.items())
    ]
    return Chart(tuple((dot, dot.bits) for dot in drawn))


def draw(
    chart: Chart,
    found: int,
    line: Callable[[int], tuple[str, str]],
    place_url: Callable[[list[int]], str],
) -> DrawnMap:
    """The dots that a filter leaves. ``line`` gives title and address of an entry, ``place_url`` that of several."""
    shown = [(dot, (bits & found).bit_count()) for dot, bits in chart.dots if bits & found]
    total = sum(count for _dot, count in shown)
    if total <= MOST_LINES:
        return _by_entry([dot for dot, _count in shown], found, line)
    return _by_place(shown, found, place_url, total)


def _by_entry(dots: list[Dot], found: int, line: Callable[[int], tuple[str, str]]) -> DrawnMap:
    """Every entry has its number, from west to east; a dot has those of its entries."""
    drawn = DrawnMap()
    for dot in dots:
        first = len(drawn.lines) + 1
        for entry in dot.entries:
            if found >> entry & 1:
                drawn.lines.append(Line(len(drawn.lines) + 1, *line(entry), entry=entry))
        last = len(drawn.lines)
        label = str(first) if first == last else f"{first}–{last}"
        drawn.dots.append(DrawnDot(dot.x, dot.y, label, f"map-{first}"))
    drawn.total = len(drawn.lines)
    return drawn


def _by_place(shown: list[tuple[Dot, int]], found: int, place_url: Callable[[list[int]], str], total: int) -> DrawnMap:
    """Places with the most entries have a number and a line; the others a small dot and their name below."""
    drawn = DrawnMap(total=total, by_place=True)
    ranked = sorted(shown, key=lambda item: (-item[1], item[0].name))
    for rank, (dot, count) in enumerate(ranked, start=1):
        if rank <= MOST_LINES:
            url = place_url([entry for entry in dot.entries if found >> entry & 1])
            drawn.lines.append(Line(rank, dot.name, url, count, is_group=dot.is_group))
            drawn.dots.append(DrawnDot(dot.x, dot.y, str(rank), f"map-{rank}"))
        else:
            drawn.others.append(Line(rank, dot.name, "", count, is_group=dot.is_group))
            drawn.dots.append(DrawnDot(dot.x, dot.y))
    # Small dots first: a number is never covered.
    drawn.dots.reverse()
    return drawn
