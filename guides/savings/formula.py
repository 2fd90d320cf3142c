"""What telework saves on the way to work in a year: kilometres, hours, CO2 and euros. Plain Python, exact decimals.

Negative results are results: a place of telework farther than the office costs time and kilometres.
"""

from dataclasses import dataclass
from decimal import Decimal

# No commute is longer, no team of passengers larger; what lies beyond is a slip of the finger.
LEAST_KM, MOST_KM = Decimal("0.1"), Decimal(500)
LEAST_MINUTES, MOST_MINUTES = 1, 300
MOST_DAYS, MOST_WEEKS, MOST_PEOPLE = 5, 52, 9
MOST_TICKET = Decimal(300)
MOST_FEE = Decimal(2000)
MOST_CONSUMPTION, MOST_FUEL_PRICE = Decimal(60), Decimal(10)
_MONTHS = 12


def _within(name: str, value: Decimal, least: Decimal, most: Decimal) -> None:
    if not (value.is_finite() and least <= value <= most):
        raise ValueError(f"{name} must lie between {least} and {most}")


@dataclass(frozen=True)
class Trip:
    """One way, door to door. ``factor`` is kg CO2e per km: of the whole car, or of one passenger of anything else."""

    km: Decimal
    minutes: Decimal
    factor: Decimal
    car: bool = False

    def __post_init__(self) -> None:
        _within("km", self.km, Decimal(0), MOST_KM)
        _within("minutes", self.minutes, Decimal(0), Decimal(MOST_MINUTES))
        _within("factor", self.factor, Decimal(0), Decimal(2))


# From the bed to the desk.
AT_HOME = Trip(Decimal(0), Decimal(0), Decimal(0))


@dataclass(frozen=True)
class Rates:
    """Euros per kilometre by car: what one more kilometre costs, and what a kilometre costs with everything in it."""

    low: Decimal
    high: Decimal

    def __post_init__(self) -> None:
        _within("low", self.low, Decimal(0), Decimal(10))
        _within("high", self.high, Decimal(0), Decimal(10))


@dataclass(frozen=True)
class Fuel:
    """Per 100 km, and the price of one: litres, or kWh."""

    consumption: Decimal
    price: Decimal

    def __post_init__(self) -> None:
        _within("consumption", self.consumption, Decimal(0), MOST_CONSUMPTION)
        _within("price", self.price, Decimal(0), MOST_FUEL_PRICE)

    @property
    def per_km(self) -> Decimal:
        return self.consumption * self.price / 100


@dataclass(frozen=True)
class Fee:
    """What the teleworker pays for the shared workplace, for each day or every month of the year."""

    euros: Decimal
    monthly: bool = False

    def __post_init__(self) -> None:
        _within("fee", self.euros, Decimal(0), MOST_FEE)

    def a_year(self, days: int) -> Decimal:
        return self.euros * (_MONTHS if self.monthly else days)


@dataclass(frozen=True)
class Telework:
    """What a person told of their week. ``ticket`` is the price of going to the office and back."""

    office: Trip
    days: int
    weeks: int
    other: Trip = AT_HOME
    people: int = 1
    ticket: Decimal | None = None
    fuel: Fuel | None = None
    fee: Fee | None = None

    def __post_init__(self) -> None:
        _within("days", Decimal(self.days), Decimal(1), Decimal(MOST_DAYS))
        _within("weeks", Decimal(self.weeks), Decimal(1), Decimal(MOST_WEEKS))
        _within("people", Decimal(self.people), Decimal(1), Decimal(MOST_PEOPLE))
        if self.ticket is not None:
            _within("ticket", self.ticket, Decimal(0), MOST_TICKET)

    @property
    def drives(self) -> bool:
        """Whether a car takes part, so that the mileage scale has something to say."""
        return self.office.car or self.other.car


@dataclass(frozen=True)
class Savings:
    """A year's result. Amounts in euros are None where they do not apply: the scale is for cars only."""

    days: int
    km: Decimal
    hours: Decimal
    co2_gross: Decimal
    co2_net: Decimal
    car_km: Decimal
    eur_low: Decimal | None = None
    eur_high: Decimal | None = None
    fuel: Decimal | None = None
    tickets: Decimal | None = None
    fee: Decimal | None = None

    @property
    def balance(self) -> tuple[Decimal, Decimal] | None:
        """Low and high, everything told counted in; None where one amount alone already says it."""
        told = [part for part in (self.eur_low, self.tickets, self.fee) if part is not None]
        if len(told) < 2 and self.fee is None:
            return None
        rest = (self.tickets or Decimal(0)) - (self.fee or Decimal(0))
        return (self.eur_low or Decimal(0)) + rest, (self.eur_high or Decimal(0)) + rest

    @property
    def farther(self) -> bool:
        """Whether telework adds to the way."""
        return self.km < 0 or self.hours < 0


def savings(told: Telework, rates: Rates, net_factor: Decimal) -> Savings:
    """``net_factor`` is the share of the CO2 that is still saved after rebound effects."""
    _within("net_factor", net_factor, Decimal(0), Decimal(1))
    office, other = told.office, told.other
    days = told.days * told.weeks
    km = 2 * (office.km - other.km) * days
    hours = 2 * (office.minutes - other.minutes) * days / Decimal(60)
    people = told.people if office.car else 1
    co2 = 2 * days * (office.km * office.factor / people - other.km * other.factor)
    # The scale prices a car's kilometres: a shared workplace reached by bicycle takes none of them back.
    car_km = 2 * days * ((office.km if office.car else Decimal(0)) - (other.km if other.car else Decimal(0)))
    return Savings(
        days=days,
        km=km,
        hours=hours,
        co2_gross=co2,
        co2_net=net_factor * co2,
        car_km=car_km,
        eur_low=car_km * rates.low if told.drives else None,
        eur_high=car_km * rates.high if told.drives else None,
        fuel=car_km * told.fuel.per_km if told.drives and told.fuel else None,
        tickets=told.ticket * days if told.ticket is not None and not office.car else None,
        fee=told.fee.a_year(days) if told.fee else None,
    )
