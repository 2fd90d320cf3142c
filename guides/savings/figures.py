"""A result in words: figures, bars, worked lines and the constants behind them, in the reader's language."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guides.savings.constants import Amount, Amounts
from guides.savings.forms import SavingsForm
from guides.savings.formula import MOST_DAYS, Savings, savings
from guides.savings.names import NOTES, UNITS, name_of
from hub.pages.templatetags.hub_tags import number
from hub.typography import HARD

# What the page of the calculator may cite: the allowances are for another page.
_ELSEWHERE = "allowance."
# Keeps a line from breaking between a minus sign and what it stands before.
_JOINER = "\u2060"


@dataclass(frozen=True)
class Figure:
    text: str
    unit: str
    label: str
    year: str = ""
    source: str = ""
    note: str = ""
    verified: bool = True


@dataclass(frozen=True)
class Bar:
    """What a number of days a week brings. ``width`` is a percentage of the longest bar."""

    label: str
    hours: str
    km: str
    co2: str
    money: str
    width: Decimal
    chosen: bool
    negative: bool


@dataclass(frozen=True)
class ConstantRow:
    name: str
    value: str
    unit: str
    amount: Amount
    note: str


@dataclass(frozen=True)
class Worked:
    name: str
    sum: str


def calculator_sources(amounts: Amounts) -> list[str]:
    """Every source that any answer can lead to, so that the page's list holds for each of them."""
    return [amount.source for key, amount in amounts.items() if not key.startswith(_ELSEWHERE)]


class Report:
    """What the page shows of one result."""

    def __init__(self, form: SavingsForm) -> None:
        self.form, self.amounts = form, form.amounts
        self.told, self.rates = form.told(), form.rates
        self.net_factor = form.amounts["net_factor_co2"].value
        self.savings = savings(self.told, self.rates, self.net_factor)
        self.default_weeks = self.told.weeks == self.amounts["weeks_per_year"].value

    @property
    def shares_car(self) -> bool:
        return self.told.office.car and self.told.people > 1

    @property
    def pass_caution(self) -> bool:
        return self.savings.tickets is not None

    @property
    def summary(self) -> str:
        """One sentence, for those who hear the result change."""
        values = {
            "hours": rounded(self.savings.hours),
            "km": rounded(self.savings.km),
            "kg": rounded(self.savings.co2_net),
        }
        return _("In a year: %(hours)s hours, %(km)s km and %(kg)s kg of CO₂ saved.") % values

    @property
    def figures(self) -> list[Figure]:
        found, made = self.savings, [self._by_weeks(self.savings.hours, _("hours"), *self._hours_label())]
        made.append(self._by_weeks(found.km, _("km"), *self._km_label()))
        factor = self.amounts[f"ef.{self.form.office_mode}"]
        made.append(
            Figure(
                rounded(found.co2_net),
                _("kg CO₂e"),
                _("of CO₂ avoided in a year, rebound effects taken off")
                if found.co2_net >= 0
                else _("of CO₂: you would emit more in a year, not less"),
                factor.year,
                factor.source,
                verified=factor.verified,
            )
        )
        if found.eur_low is not None and found.eur_high is not None:
            low, high = self.form.scale
            made.append(
                Figure(
                    span(found.eur_low, found.eur_high),
                    "",
                    _("for the car in a year, low and high estimate"),
                    high.year,
                    high.source,
                    verified=low.verified and high.verified,
                )
            )
        made += [
            Figure(euros(value), "", label)
            for value, label in (
                (found.fuel, _("of fuel alone in a year, by your figures")),
                (found.tickets, _("of tickets in a year, by your figures")),
                (None if found.fee is None else -found.fee, _("for the shared workplace in a year, by your figures")),
            )
            if value is not None
        ]
        if found.balance is not None:
            made.append(Figure(span(*found.balance), "", _("balance over a year, all amounts taken together")))
        return made

    def _by_weeks(self, value: Decimal, unit: str, label: str, negative_label: str) -> Figure:
        weeks = self.amounts["weeks_per_year"]
        text = label if value >= 0 else negative_label
        if not self.default_weeks:
            return Figure(rounded(value), unit, text)
        note = _("%(weeks)s weeks a year") % {"weeks": number(weeks.value)}
        return Figure(rounded(value), unit, text, weeks.year, weeks.source, note, weeks.verified)

    def _hours_label(self) -> tuple[str, str]:
        return _("gained in a year on the way to work"), _("in a year: you would spend more time on the way")

    def _km_label(self) -> tuple[str, str]:
        return _("avoided in a year"), _("in a year: you would travel more")

    # --- Chart: what each number of days would bring ---

    @property
    def bars(self) -> list[Bar]:
        each = {days: savings(self.form.told(days), self.rates, self.net_factor) for days in range(1, MOST_DAYS + 1)}
        longest = max(abs(result.hours) for result in each.values()) or Decimal(1)
        return [
            Bar(
                label=self._bar_label(days),
                hours=rounded(result.hours),
                km=rounded(result.km),
                co2=rounded(result.co2_net),
                money=money(result),
                width=abs(result.hours) / longest * 100,
                chosen=days == self.told.days,
                negative=result.hours < 0,
            )
            for days, result in each.items()
        ]

    def _bar_label(self, days: int) -> str:
        label = ngettext("%(days)s day a week", "%(days)s days a week", days) % {"days": days}
        return _("%(days)s (your choice)") % {"days": label} if days == self.told.days else label

    @property
    def has_money(self) -> bool:
        return self.told.drives or self.savings.tickets is not None

    # --- How it was worked out ---

    @property
    def worked(self) -> list[Worked]:
        told, found = self.told, self.savings
        office, other = told.office, told.other
        days = number(found.days)
        km, minutes, co2 = number(office.km), number(office.minutes), f"{number(office.km)} × {number(office.factor)}"
        if office.car and told.people > 1:
            co2 += f" ÷ {told.people}"
        if self.form.at_ltp:
            km, minutes = f"({km} − {number(other.km)})", f"({minutes} − {number(other.minutes)})"
            co2 = f"({co2} − {number(other.km)} × {number(other.factor)})"
        lines = [
            Worked(_("Telework days a year"), f"{told.days} × {told.weeks} = {days}"),
            Worked(_("Kilometres"), f"2 × {km} × {days} = {exact(found.km)}{HARD}km"),
            Worked(_("Hours"), f"2 × {minutes} ÷ 60 × {days} = {exact(found.hours)}{HARD}h"),
            Worked(_("CO₂ of the trips"), f"2 × {days} × {co2} = {exact(found.co2_gross)}{HARD}kg"),
            Worked(
                _("CO₂ kept"),
                f"{number(self.net_factor)} × {exact(found.co2_gross)} = {exact(found.co2_net)}{HARD}kg",
            ),
        ]
        if found.eur_low is not None and found.eur_high is not None:
            if found.car_km != found.km:
                trip = f"2 × {number(office.km)}" if office.car else f"−2 × {number(other.km)}"
                lines.append(Worked(_("Kilometres by car"), f"{trip} × {days} = {exact(found.car_km)}{HARD}km"))
            for name, rate, amount in (
                (_("Euros, low estimate"), self.rates.low, found.eur_low),
                (_("Euros, high estimate"), self.rates.high, found.eur_high),
            ):
                lines.append(Worked(name, f"{exact(found.car_km)} × {number(rate)} = {euros(amount, cents=True)}"))
        if found.fuel is not None and told.fuel is not None:
            lines.append(
                Worked(
                    _("Fuel alone"),
                    f"{exact(found.car_km)} × {number(told.fuel.consumption)} ÷ 100 × {number(told.fuel.price)}"
                    f" = {euros(found.fuel, cents=True)}",
                )
            )
        if found.tickets is not None:
            lines.append(Worked(_("Tickets"), f"{days} × {number(told.ticket)} = {euros(found.tickets, cents=True)}"))
        if found.fee is not None and told.fee is not None:
            times = "12" if told.fee.monthly else days
            lines.append(
                Worked(
                    _("Shared workplace, to pay"),
                    f"{times} × {number(told.fee.euros)} = {euros(found.fee, cents=True)}",
                )
            )
        return lines

    @property
    def constants(self) -> list[ConstantRow]:
        keys = ["net_factor_co2", f"ef.{self.form.office_mode}"]
        if self.default_weeks:
            keys.insert(0, "weeks_per_year")
        if self.form.at_ltp:
            keys.append(f"ef.{self.form.mode_to_ltp}")
        if self.told.drives:
            keys += [amount.key for amount in self.form.scale]
            keys += ["scale.electric_bonus"] if self.form.electric else []
        return constant_rows(self.amounts, keys)


def default_constants(amounts: Amounts) -> list[ConstantRow]:
    """Those of the answers that the form proposes."""
    keys = ("weeks_per_year", "net_factor_co2", "ef.car_default", "scale.low.5", "scale.high.5")
    return constant_rows(amounts, keys)


def constant_rows(amounts: Amounts, keys: Any) -> list[ConstantRow]:
    return [_constant_row(amounts[key]) for key in dict.fromkeys(keys)]


def _constant_row(amount: Amount) -> ConstantRow:
    value, unit = number(amount.value), str(UNITS[amount.unit])
    if amount.unit == "share":
        value, unit = _("%(share)s%%") % {"share": number(amount.value * 100)}, ""
    return ConstantRow(name_of(amount.key), value, unit, amount, str(NOTES.get(amount.note, "")))


# --- Numbers as the page writes them ---


def _signed(value: Decimal, write: Callable[[Decimal], str]) -> str:
    return f"−{write(-value)}" if value < 0 else write(value)


def _round(value: Decimal, places: str) -> Decimal:
    return value.quantize(Decimal(places), ROUND_HALF_UP) + 0  # + 0: no "minus nought"


def rounded(value: Decimal) -> str:
    """Whole numbers, but one decimal below ten, where a whole number would say too little."""
    return _signed(_round(value, "1" if abs(value) >= 10 else "0.1"), number)


def exact(value: Decimal) -> str:
    return _signed(_round(value, "0.01"), number)


def euros(value: Decimal, cents: bool = False) -> str:
    def write(amount: Decimal) -> str:
        return _("€%(amount)s") % {"amount": number(amount, money=cents)}

    text = _signed(_round(value, "0.01" if cents else "1"), write)
    return text.replace("−€", f"−{_JOINER}€")


def span(low: Decimal, high: Decimal) -> str:
    """Two estimates, or one where they come to the same."""
    first, second = euros(low), euros(high)
    return first if first == second else _("%(low)s to %(high)s") % {"low": first, "high": second}


def money(result: Savings) -> str:
    if result.eur_low is not None and result.eur_high is not None:
        return span(result.eur_low, result.eur_high)
    return euros(result.tickets) if result.tickets is not None else ""
