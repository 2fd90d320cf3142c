"""The words for the constants: their names, units and notes, for the admin and for the page."""

from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guides.savings.constants import CARS, OTHER_MODES, SHARED_TRANSPORT, shipped

MODE_NAMES: dict[str, Any] = {
    "car_default": _("Car, average of petrol and diesel"),
    "car_petrol_medium": _("Medium petrol car"),
    "car_petrol_small": _("Small petrol car"),
    "car_diesel_medium": _("Medium diesel car"),
    "car_hybrid_medium": _("Medium hybrid car, not plug-in"),
    "car_electric_medium": _("Medium electric car"),
    "ter": _("Regional train (TER)"),
    "coach": _("Coach"),
    "bus_diesel": _("Diesel bus"),
    "ebike": _("Electric bicycle"),
    "bike": _("Bicycle"),
    "walk": _("On foot"),
}
MODE_CHOICES: list[Any] = [
    (_("Car"), [(mode, MODE_NAMES[mode]) for mode in CARS]),
    (_("Public transport"), [(mode, MODE_NAMES[mode]) for mode in SHARED_TRANSPORT]),
    (_("Without an engine, or nearly"), [(mode, MODE_NAMES[mode]) for mode in OTHER_MODES]),
]
POWER_NAMES: dict[int, Any] = {
    3: _("3 CV or less"),
    4: _("4 CV"),
    5: _("5 CV"),
    6: _("6 CV"),
    7: _("7 CV or more"),
}
UNITS: dict[str, Any] = {
    "weeks": _("weeks a year"),
    "share": _("between 0 and 1"),
    "km": _("km, one way"),
    "minutes": _("minutes"),
    "kg_per_vehicle_km": _("kg CO₂e per km, whole car"),
    "kg_per_passenger_km": _("kg CO₂e per km, per passenger"),
    "eur_per_km": _("€ per km"),
    "eur_per_day": _("€ per day"),
    "eur_per_month": _("€ per month"),
    "eur_per_year": _("€ per year"),
}
NOTES: dict[str, Any] = {
    "weeks": _("52 − 5 − 1 weeks, as ADEME’s telework simulator counts."),
    "rebound": _("What ADEME’s telework simulator keeps; the rest goes in rebound effects such as other trips."),
    "until_may_2026": _("Base Carbone value for the whole car, which Impact CO2 used until May 2026."),
    "times_1_6": _("Published per person for 1.6 people in the car; multiplied by 1.6 here to have the whole car."),
    "scale": _("Scale for 2025 income, unchanged since 2023."),
    "unread": _("Found in no source that we could read: check before use."),
    "proportion": _("In proportion to the daily amount; not read in a source."),
    "public_2025": _("Read as of January 2025; no later order was found."),
}
_NAMES: dict[str, Any] = {
    "weeks_per_year": _("Weeks worked in a year"),
    "net_factor_co2": _("CO₂ still saved after rebound effects"),
    "distance_rural_median": _("Way to work of rural workers: half go farther"),
    "minutes_saved_a_day": _("Time saved in a day of telework in France"),
    "scale.electric_bonus": _("Mileage scale: supplement for electric cars"),
    "allowance.private.day": _("Private sector, employer’s decision: per day"),
    "allowance.private.month_per_weekly_day": _("Private sector, employer’s decision: per month for each weekly day"),
    "allowance.private.month_cap": _("Private sector, employer’s decision: most in a month"),
    "allowance.agreement.day": _("Private sector, sector or group agreement: per day"),
    "allowance.agreement.month_per_weekly_day": _(
        "Private sector, sector or group agreement: per month for each weekly day"
    ),
    "allowance.agreement.month_cap": _("Private sector, sector or group agreement: most in a month"),
    "allowance.public.day": _("Public service: per day"),
    "allowance.public.year_cap": _("Public service: most in a year"),
}
_GROUPS: list[tuple[str, Any]] = [
    ("ef.", _("Emissions of each means of transport")),
    ("scale.", _("Mileage scale")),
    ("allowance.", _("Flat allowances for telework")),
    ("", _("Commute calculator")),
]


def name_of(key: str) -> str:
    """The constant's name in the reader's language; the key itself for one that no longer exists."""
    family, _dot, rest = key.partition(".")
    if family == "ef" and rest in MODE_NAMES:
        return gettext("Emissions: %(mode)s") % {"mode": MODE_NAMES[rest]}
    if key.startswith(("scale.low.", "scale.high.")) and key in shipped():
        power = POWER_NAMES[int(key.rpartition(".")[2])]
        if key.startswith("scale.low."):
            return gettext("Mileage scale, one more km (5,001 to 20,000 km a year): %(power)s") % {"power": power}
        return gettext("Mileage scale, full cost (up to 5,000 km a year): %(power)s") % {"power": power}
    return str(_NAMES.get(key, key))


def name_with_unit(key: str) -> str:
    return f"{name_of(key)} ({UNITS[shipped()[key].unit]})"


def key_choices() -> list[Any]:
    """Every constant by group, named with its unit, for a select. Named when shown, so in the reader's language."""
    later = lazy(name_with_unit, str)
    groups: dict[str, list[tuple[str, Any]]] = {prefix: [] for prefix, _label in _GROUPS}
    for key in shipped():
        groups[next(prefix for prefix, _label in _GROUPS if key.startswith(prefix))].append((key, later(key)))
    return [("", "---------"), *((label, groups[prefix]) for prefix, label in _GROUPS)]
