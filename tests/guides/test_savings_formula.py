"""The sums of the commute calculator and the constants that ship with it. No site, no database."""

import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from guides.savings import constants, formula
from guides.savings.constants import CARS, MODES, POWERS
from guides.savings.formula import Fee, Fuel, Rates, Telework, Trip, savings

RATES = Rates(Decimal("0.357"), Decimal("0.636"))
NET = Decimal("0.75")
CAR = Decimal("0.192")
TODAY = datetime.date(2026, 11, 23)


def by_car(km: Any, minutes: Any, factor: Any = CAR) -> Trip:
    return Trip(Decimal(str(km)), Decimal(str(minutes)), Decimal(str(factor)), car=True)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (
            Telework(by_car(25, 30), days=2, weeks=46),
            {"km": 4600, "hours": 92, "co2_gross": 883.2, "co2_net": 662.4, "eur_low": 1642.2, "eur_high": 2925.6},
        ),
        (
            Telework(by_car(13, 20), days=1, weeks=46),
            {"km": 1196, "hours": 30.67, "co2_gross": 229.63, "co2_net": 172.22, "eur_low": 426.97, "eur_high": 760.66},
        ),
        (
            Telework(by_car(25, 30), other=by_car(5, 10), days=2, weeks=46),
            {"km": 3680, "co2_net": 529.92, "eur_low": 1313.76},
        ),
    ],
)
def test_worked_examples(told: Telework, expected: dict[str, float]) -> None:
    found = savings(told, RATES, NET)
    assert {name: float(round(getattr(found, name), 2)) for name in expected} == expected


def test_a_shared_workplace_reached_by_bicycle_takes_no_car_kilometre_back() -> None:
    bicycle = Trip(Decimal(5), Decimal(20), Decimal("0"))
    found = savings(Telework(by_car(25, 30), other=bicycle, days=2, weeks=46), RATES, NET)
    assert (found.km, found.car_km, found.eur_low) == (3680, 4600, Decimal("1642.200"))


def test_without_a_car_there_is_no_mileage_scale_but_a_ticket() -> None:
    train = Trip(Decimal(40), Decimal(50), Decimal("0.0229"))
    found = savings(Telework(train, days=2, weeks=46, ticket=Decimal("12.40")), RATES, NET)
    assert (found.eur_low, found.eur_high, found.tickets) == (None, None, Decimal("1140.80"))


def test_what_one_pays_for_the_place_is_taken_off() -> None:
    told = Telework(by_car(25, 30), other=by_car(5, 10), days=2, weeks=46, fee=Fee(Decimal(15)))
    found = savings(told, RATES, NET)
    assert found.fee == 1380
    assert found.balance == (Decimal("1313.760") - 1380, Decimal("2340.480") - 1380)
    assert Fee(Decimal(100), monthly=True).a_year(92) == 1200


def test_fuel_alone() -> None:
    told = Telework(by_car(25, 30), days=2, weeks=46, fuel=Fuel(Decimal(6), Decimal("1.80")))
    assert savings(told, RATES, NET).fuel == Decimal("496.8")


def test_people_share_the_emissions_of_a_car_and_of_nothing_else() -> None:
    alone, both = (savings(Telework(by_car(25, 30), days=1, weeks=46, people=n), RATES, NET) for n in (1, 2))
    assert both.co2_gross * 2 == alone.co2_gross
    train = Trip(Decimal(25), Decimal(30), Decimal("0.0229"))
    alone, both = (savings(Telework(train, days=1, weeks=46, people=n), RATES, NET) for n in (1, 2))
    assert both.co2_gross == alone.co2_gross


# --- Properties ---

kilometres = st.decimals(0, formula.MOST_KM, places=1)
minutes = st.integers(0, formula.MOST_MINUTES).map(Decimal)
factors = st.decimals(0, 1, places=4)
trips = st.builds(Trip, kilometres, minutes, factors, st.booleans())
weeks = st.integers(1, formula.MOST_WEEKS)
days = st.integers(1, formula.MOST_DAYS)
people = st.integers(1, formula.MOST_PEOPLE)
telework = st.builds(
    Telework,
    office=trips,
    other=trips,
    days=days,
    weeks=weeks,
    people=people,
    ticket=st.none() | st.decimals(0, formula.MOST_TICKET, places=2),
    fee=st.none() | st.builds(Fee, st.decimals(0, formula.MOST_FEE, places=2), st.booleans()),
    fuel=st.none() | st.builds(Fuel, st.decimals(0, 60, places=1), st.decimals(0, 10, places=2)),
)


@given(telework)
def test_every_result_is_a_finite_number(told: Telework) -> None:
    found = savings(told, RATES, NET)
    values = [getattr(found, name) for name in found.__dataclass_fields__]
    assert all(Decimal(value).is_finite() for value in values if value is not None)
    assert abs(found.co2_net) <= abs(found.co2_gross)


@given(kilometres, kilometres, minutes, factors, days, weeks)
def test_a_longer_way_saves_no_less(
    first: Decimal, second: Decimal, time: Decimal, factor: Decimal, per_week: int, a_year: int
) -> None:
    near, far = sorted((first, second))
    less, more = (
        savings(Telework(Trip(km, time, factor, car=True), days=per_week, weeks=a_year), RATES, NET)
        for km in (near, far)
    )
    assert less.km <= more.km and less.co2_net <= more.co2_net
    assert less.eur_low <= more.eur_low and less.eur_high <= more.eur_high


@given(trips, days, weeks, people)
def test_at_home_nothing_is_lost(office: Trip, per_week: int, a_year: int, aboard: int) -> None:
    found = savings(Telework(office, days=per_week, weeks=a_year, people=aboard), RATES, NET)
    assert min(found.km, found.hours, found.co2_net, found.eur_low or Decimal(0)) >= 0
    assert not found.farther
    nowhere = Trip(Decimal(0), Decimal(0), office.factor, office.car)
    assert found == savings(Telework(office, other=nowhere, days=per_week, weeks=a_year, people=aboard), RATES, NET)


@given(kilometres, kilometres, minutes, minutes, days, weeks)
def test_a_place_farther_than_the_office_gives_negatives(
    near: Decimal, far: Decimal, short: Decimal, long: Decimal, per_week: int, a_year: int
) -> None:
    assume(near < far and short < long)
    told = Telework(by_car(near, short), other=by_car(far, long), days=per_week, weeks=a_year)
    found = savings(told, RATES, NET)
    assert max(found.km, found.hours, found.co2_gross, found.co2_net) < 0
    assert found.eur_high is not None and found.eur_low is not None and found.eur_high < found.eur_low < 0
    assert found.farther


@given(st.decimals(allow_nan=True, allow_infinity=True))
def test_what_no_commute_can_be_is_refused(value: Decimal) -> None:
    assume(not (value.is_finite() and 0 <= value <= formula.MOST_KM))
    with pytest.raises(ValueError):
        Trip(value, Decimal(30), CAR)


@given(st.integers())
def test_days_weeks_and_people_have_their_bounds(value: int) -> None:
    for name, most in (("days", 5), ("weeks", 52), ("people", 9)):
        values = {"days": 1, "weeks": 46, "people": 1, name: value}
        if 1 <= value <= most:
            assert Telework(by_car(1, 1), **values)
        else:
            with pytest.raises(ValueError):
                Telework(by_car(1, 1), **values)


# --- The shipped constants ---


def test_every_constant_has_a_unit_a_year_a_source_and_a_possible_value() -> None:
    sources = Path(__file__).parents[2] / "hub/demo/content/vocabulary/sources.yaml"
    known = {row["key"] for row in yaml.safe_load(sources.read_text(encoding="utf-8"))}
    for key, constant in constants.shipped().items():
        assert constant.values, key
        assert [amount.starts_on for amount in constant.values] == sorted({a.starts_on for a in constant.values}), key
        for amount in constant.values:
            assert amount.unit and amount.year[:4].isdigit(), key
            assert amount.source in known, key
            assert constant.least <= amount.value <= constant.most, key


def test_every_mode_and_every_power_has_its_constants() -> None:
    wanted = {f"ef.{mode}" for mode in MODES} | {f"scale.{end}.{power}" for end in ("low", "high") for power in POWERS}
    assert wanted <= constants.shipped().keys()
    for mode in MODES:
        unit = "kg_per_vehicle_km" if mode in CARS else "kg_per_passenger_km"
        assert constants.shipped()[f"ef.{mode}"].unit == unit


@pytest.mark.parametrize(
    ("key", "day", "value"),
    [
        ("ef.car_default", TODAY, "0.192"),
        ("net_factor_co2", TODAY, "0.75"),
        ("weeks_per_year", TODAY, "46"),
        ("scale.low.5", TODAY, "0.357"),
        ("scale.high.5", TODAY, "0.636"),
        ("allowance.private.month_per_weekly_day", TODAY, "11.00"),
        ("allowance.private.month_per_weekly_day", datetime.date(2025, 12, 31), "10.90"),
        ("allowance.agreement.day", TODAY, "3.30"),
        ("allowance.agreement.day", datetime.date(2025, 12, 31), "3.25"),
        ("allowance.public.day", datetime.date(2022, 12, 31), "2.50"),
        ("allowance.public.year_cap", datetime.date(2023, 1, 1), "253.44"),
        ("ef.car_default", datetime.date(1999, 1, 1), "0.192"),
    ],
)
def test_values_by_day(key: str, day: datetime.date, value: str) -> None:
    assert constants.shipped_on(day)[key].value == Decimal(value)
