"""Dots on the map, whatever stands where: nothing is lost, nothing covers another, numbers lead to lines."""

from hypothesis import given
from hypothesis import strategies as st

from hub.geography import communes
from hub.geography.drawing import frame
from hub.pages.map import CLOSE, MOST_LINES, Spot, chart, draw

PLACES = communes.all_communes()
here = st.sampled_from(PLACES).map(lambda place: (place.name, place.latitude, place.longitude))
elsewhere = st.tuples(st.just("Murat"), st.floats(40, 46), st.floats(2, 8))
spots = st.lists(st.one_of(here, elsewhere), max_size=60).map(
    lambda found: [Spot(entry, *where) for entry, where in enumerate(found)]
)


def line(entry: int) -> tuple[str, str]:
    return f"Cas {entry}", f"/cas-{entry}/"


def place_url(entries: list[int]) -> str:
    return f"/lieu/{'-'.join(map(str, entries))}/"


@given(spots)
def test_every_entry_of_the_drawing_is_in_one_dot(given_spots: list[Spot]) -> None:
    inside = [spot.entry for spot in given_spots if frame().position(spot.latitude, spot.longitude)]
    dots = [dot for dot, _bits in chart(given_spots).dots]
    assert sorted(entry for dot in dots for entry in dot.entries) == inside
    for place, dot in enumerate(dots):
        assert all((dot.x - each.x) ** 2 + (dot.y - each.y) ** 2 >= CLOSE**2 for each in dots[:place])


@given(spots)
def test_a_dot_stands_where_one_of_its_places_is(given_spots: list[Spot]) -> None:
    where = {spot.entry: frame().position(spot.latitude, spot.longitude) for spot in given_spots}
    for dot, _bits in chart(given_spots).dots:
        assert (dot.x, dot.y) in [where[entry] for entry in dot.entries]


@given(spots, st.integers(0, 2**60 - 1))
def test_what_a_filter_leaves_is_drawn_and_nothing_else(given_spots: list[Spot], found: int) -> None:
    made = chart(given_spots)
    left = {entry for dot, _bits in made.dots for entry in dot.entries if found >> entry & 1}
    drawn = draw(made, found, line, place_url)
    assert drawn.total == len(left)
    assert drawn.by_place is (len(left) > MOST_LINES)
    assert [each.number for each in drawn.lines] == list(range(1, len(drawn.lines) + 1))
    assert bool(drawn) is bool(left)
    if drawn.by_place:
        assert sum(each.count for each in [*drawn.lines, *drawn.others]) == len(left)
        assert len(drawn.dots) == len(drawn.lines) + len(drawn.others)
        assert len(drawn.lines) <= MOST_LINES
    else:
        assert set(drawn.numbers) == left
        shown = [number for dot in drawn.dots for number in numbers(dot.label)]
        assert shown == list(range(1, len(left) + 1))
    anchors = {f"map-{each.number}" for each in drawn.lines}
    assert {dot.anchor for dot in drawn.dots if dot.label} <= anchors


def numbers(label: str) -> list[int]:
    first, _dash, last = label.partition("–")
    return list(range(int(first), int(last or first) + 1))


def test_the_largest_of_equal_places_gives_a_group_its_name() -> None:
    caen = next(place for place in PLACES if place.name == "Caen")
    near = next(place for place in PLACES if place.name == "Hérouville-Saint-Clair")
    both = [
        Spot(entry, place.name, place.latitude, place.longitude, place.population)
        for entry, place in enumerate((near, caen))
    ]
    [(dot, _bits)] = chart(both).dots
    assert (dot.name, dot.is_group) == ("Caen", True)
