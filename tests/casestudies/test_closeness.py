"""How close a case is to a commune: plain values, no site."""

import dataclasses
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casestudies.likeness.closeness import COMMUNE_BANDS, FAR, Case, Place, Setting, compare, rank
from hub.geography import communes

VIRE, ESSAY = "14762", "61156"

_communes = st.sampled_from(communes.all_communes())
_places = st.builds(
    Place,
    population=st.none() | st.integers(0, 400_000),
    is_territory=st.booleans(),
    setting=st.sampled_from(Setting),
    commune_code=st.just(""),
    epci_code=st.just("") | st.sampled_from([each.code for each in communes.all_epcis()]),
    departements=st.frozensets(st.sampled_from(sorted(communes.DEPARTEMENTS))),
    is_elsewhere=st.booleans(),
    point=st.none() | st.tuples(st.floats(41, 51), st.floats(-5, 9)),
)
_cases = st.lists(_places, max_size=12).map(
    lambda places: [Case(key, f"Cas {key % 3}", place) for key, place in enumerate(places)]
)


def before(commune: communes.Commune, first: Place, second: Place) -> bool:
    """Whether the first place ranks before the second, whatever their titles and keys."""
    orders = [
        [each.case.place for each in rank(commune, [Case(keys[0], "A", first), Case(keys[1], "A", second)])]
        for keys in ((1, 2), (2, 1))
    ]
    return all(order[0] is first for order in orders)


def never_after(commune: communes.Commune, first: Place, second: Place) -> bool:
    return not before(commune, second, first)


@given(_communes, _cases, st.randoms())
def test_every_case_appears_once_whatever_the_order_they_come_in(commune: Any, cases: list[Case], chance: Any) -> None:
    ranked = [each.case.key for each in rank(commune, cases)]
    assert sorted(ranked) == [case.key for case in cases]
    chance.shuffle(cases)
    assert [each.case.key for each in rank(commune, cases)] == ranked


@given(_communes, _places, st.tuples(*[st.floats(0, 3)] * 2))
def test_a_nearer_case_never_ranks_lower_all_else_equal(commune: Any, place: Place, north: tuple[float, float]) -> None:
    near, far = (
        dataclasses.replace(place, point=(commune.latitude + step, commune.longitude)) for step in sorted(north)
    )
    assert never_after(commune, near, far)
    if max(north) - min(north) > 0.001:
        assert before(commune, near, far)


@given(_communes, _places)
def test_being_alike_never_ranks_lower_all_else_equal(commune: Any, place: Place) -> None:
    own = Setting.RURAL if commune.is_rural else Setting.URBAN
    other = Setting.URBAN if commune.is_rural else Setting.RURAL
    apart = next(code for code in communes.DEPARTEMENTS if code != commune.departement)
    for alike, unlike in [
        ({"setting": own}, {"setting": other}),
        ({"epci_code": commune.epci.code}, {"epci_code": "000000000"}),
        ({"departements": frozenset([commune.departement])}, {"departements": frozenset([apart])}),
    ]:
        first, second = (dataclasses.replace(place, **values) for values in (alike, unlike))
        assert before(commune, first, second), alike


@given(_communes, st.lists(st.integers(0, 300_000), min_size=2, max_size=2))
def test_the_further_the_band_the_lower_the_rank(commune: Any, sizes: list[int]) -> None:
    def bands_apart(size: int) -> int:
        return abs(sum(size >= bound for bound in COMMUNE_BANDS) - sum(commune.population >= b for b in COMMUNE_BANDS))

    close, far = sorted(sizes, key=bands_apart)
    assert never_after(commune, Place(population=close), Place(population=far))
    if bands_apart(close) < min(bands_apart(far), 3):
        assert before(commune, Place(population=close), Place(population=far))


@given(_communes, _places)
def test_what_is_known_comes_before_what_belongs_to_no_place(commune: Any, place: Place) -> None:
    nowhere = Place()
    if place.is_known:
        assert before(commune, place, nowhere)
    score = compare(commune, place).score
    assert 0 <= score <= 100
    assert compare(commune, nowhere).score == 0


@given(_communes)
def test_a_commune_is_as_close_as_can_be_to_a_case_of_its_own(commune: Any) -> None:
    itself = Place(
        population=commune.population,
        setting=Setting.RURAL if commune.is_rural else Setting.URBAN,
        commune_code=commune.code,
        epci_code=commune.epci.code,
        departements=frozenset([commune.departement]),
        point=(commune.latitude, commune.longitude),
    )
    assert compare(commune, itself).score == 100


@pytest.mark.parametrize("population", [4_000, 20_000, 100_000, 300_000])
def test_a_territory_is_held_against_the_intercommunal_authority(population: int) -> None:
    commune = communes.commune(ESSAY)
    place = Place(population=population, is_territory=True)
    score = compare(commune, place).score
    same = communes.epci(commune.epci.code).population // 15_000 == population // 15_000
    assert (score >= 35) is same


def test_from_some_distance_on_nothing_is_near() -> None:
    commune = communes.commune(VIRE)
    degrees = FAR / 111.0
    far = compare(commune, Place(point=(commune.latitude - degrees * 1.1, commune.longitude)))
    assert far.km > FAR
    assert far.score == 10, "a place that is both rural and urban, and no point for the distance"
