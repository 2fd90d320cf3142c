"""Counts by bits against the plain meaning of filters: values of one widen, filters narrow, counts ignore their own."""

from hypothesis import given
from hypothesis import strategies as st

from hub.pages.tally import Tally

VALUES = {"size": ["small", "large"], "year": ["2009", "2010", "2011"], "place": ["home"]}
rows = st.lists(st.fixed_dictionaries({name: st.sets(st.sampled_from(all_)) for name, all_ in VALUES.items()}))
choices = st.fixed_dictionaries({name: st.lists(st.sampled_from([*all_, "?"])) for name, all_ in VALUES.items()})


def tally(entries: list[dict[str, set[str]]]) -> Tally:
    bits = {
        name: {value: sum(1 << place for place, entry in enumerate(entries) if value in entry[name]) for value in all_}
        for name, all_ in VALUES.items()
    }
    return Tally(tuple(range(len(entries))), bits, {"backwards": tuple(reversed(range(len(entries))))})


def matches(entry: dict[str, set[str]], chosen: dict[str, list[str]]) -> bool:
    return all(not values or entry[name] & set(values) for name, values in chosen.items())


@given(rows, choices)
def test_filters(entries: list[dict[str, set[str]]], chosen: dict[str, list[str]]) -> None:
    counted = tally(entries)
    expected = [place for place, entry in enumerate(entries) if matches(entry, chosen)]
    found = counted.matching(chosen)
    assert counted.places(found) == expected
    assert counted.places(found, "backwards") == expected[::-1]


@given(rows, choices)
def test_counts(entries: list[dict[str, set[str]]], chosen: dict[str, list[str]]) -> None:
    for (name, value), number in tally(entries).counts(chosen).items():
        assert number == sum(matches(entry, {**chosen, name: [value]}) for entry in entries)
