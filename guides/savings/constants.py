"""The dated constants that ship with the hub: each value with its unit, year and source. Plain Python.

They stand in ``data/constants.yaml``. Editors' rows replace them one by one (``guides.savings.amounts``).
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

import yaml

SHIPPED = Path(__file__).parent / "data" / "constants.yaml"

# How one travels, in the order of the form. Each has its factor, ``ef.<mode>``.
CARS = (
    "car_default",
    "car_petrol_medium",
    "car_petrol_small",
    "car_diesel_medium",
    "car_hybrid_medium",
    "car_electric_medium",
)
SHARED_TRANSPORT = ("ter", "coach", "bus_diesel")
OTHER_MODES = ("ebike", "bike", "walk")
MODES = (*CARS, *SHARED_TRANSPORT, *OTHER_MODES)
ELECTRIC_CAR = "car_electric_medium"
# Fiscal powers (CV) of the mileage scale: 3 stands for 3 and less, 7 for 7 and more.
POWERS = (3, 4, 5, 6, 7)


@dataclass(frozen=True)
class Amount:
    """One value of one constant. ``year`` is a year, a span, a month or a day; ``note`` a code for words."""

    key: str
    unit: str
    value: Decimal
    year: str
    starts_on: datetime.date
    source: str
    verified: bool
    note: str = ""


@dataclass(frozen=True)
class Constant:
    """``values`` from the oldest to the newest; ``least``, ``most`` and ``whole`` bound their successors."""

    key: str
    unit: str
    least: Decimal
    most: Decimal
    values: tuple[Amount, ...]
    whole: bool = False

    def on(self, day: datetime.date) -> Amount:
        """The value in force that day; before the first one, the first one."""
        return newest(self.values, day) or self.values[0]


Amounts = Mapping[str, Amount]


def newest(values: Iterable[Amount], day: datetime.date) -> Amount | None:
    """The last of the values that hold on that day."""
    held = [amount for amount in values if amount.starts_on <= day]
    return max(held, key=lambda amount: amount.starts_on) if held else None


@cache
def shipped() -> Mapping[str, Constant]:
    """Every constant that the calculator and the allowances know."""
    rows = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    return {key: _constant(key, row) for key, row in rows.items()}


def shipped_on(day: datetime.date) -> dict[str, Amount]:
    return {key: constant.on(day) for key, constant in shipped().items()}


def _constant(key: str, row: Mapping[str, object]) -> Constant:
    unit = str(row["unit"])
    values: list[Mapping[str, object]] = row["values"]  # type: ignore[assignment]  # the file's shape is tested
    return Constant(
        key,
        unit,
        Decimal(str(row["least"])),
        Decimal(str(row["most"])),
        tuple(sorted((_amount(key, unit, value) for value in values), key=lambda amount: amount.starts_on)),
        row.get("whole") is True,
    )


def _amount(key: str, unit: str, value: Mapping[str, object]) -> Amount:
    starts_on = value["from"]
    if not isinstance(starts_on, datetime.date):
        raise ValueError(f"{key}: « from » is no date")
    return Amount(
        key,
        unit,
        Decimal(str(value["value"])),
        str(value["year"]),
        starts_on,
        str(value["source"]),
        value["verified"] is True,
        str(value.get("note", "")),
    )
