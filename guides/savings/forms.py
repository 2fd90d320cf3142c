"""What the calculator asks."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.savings import formula
from guides.savings.constants import CARS, ELECTRIC_CAR, POWERS, SHARED_TRANSPORT, Amount, Amounts
from guides.savings.formula import Fee, Fuel, Rates, Telework, Trip
from guides.savings.names import MODE_CHOICES, POWER_NAMES
from hub.forms.fields import ChoiceField, NumberField
from hub.pages.bibliography import Bibliography
from hub.pages.templatetags.hub_tags import number, period

HOME, LTP = "home", "ltp"
SAME = "same"
_LONGEST = 400  # of a prefilled answer; longer ones are no number


class SavingsForm(forms.Form):
    """``commute_km`` and ``commute_minutes`` bear their names in the letter; the others are the calculator's own."""

    commute_km = NumberField(
        formula.LEAST_KM, formula.MOST_KM, label=gettext_lazy("Kilometres from home to the office")
    )
    commute_minutes = NumberField(
        formula.LEAST_MINUTES,
        formula.MOST_MINUTES,
        whole=True,
        label=gettext_lazy("Minutes from door to door"),
    )
    mode = ChoiceField(choices=MODE_CHOICES, label=gettext_lazy("How you travel"))
    people = NumberField(
        1,
        formula.MOST_PEOPLE,
        whole=True,
        required=False,
        initial=1,
        label=gettext_lazy("People in the car, you included"),
    )
    power = ChoiceField(
        choices=[(str(power), POWER_NAMES[power]) for power in POWERS],
        required=False,
        initial="5",
        label=gettext_lazy("Fiscal power of the car"),
        help_text=gettext_lazy("Line P.6 of the registration certificate."),
    )

    days_a_week = ChoiceField(
        choices=[(str(day), str(day)) for day in range(1, formula.MOST_DAYS + 1)],
        initial="1",
        label=gettext_lazy("Telework days a week"),
    )
    weeks = NumberField(1, formula.MOST_WEEKS, whole=True, label=gettext_lazy("Weeks of work a year"))
    where = ChoiceField(
        choices=[(HOME, gettext_lazy("At home")), (LTP, gettext_lazy("In a shared workplace"))],
        initial=HOME,
        widget=forms.RadioSelect,
        label=gettext_lazy("Where you would telework"),
    )

    ltp_km = NumberField(
        0,
        formula.MOST_KM,
        required=False,
        label=gettext_lazy("Kilometres from home to the shared workplace"),
        help_text=gettext_lazy("One way."),
    )
    ltp_minutes = NumberField(
        0, formula.MOST_MINUTES, whole=True, required=False, label=gettext_lazy("Minutes to get there")
    )
    ltp_mode = ChoiceField(
        choices=[(SAME, gettext_lazy("The same way as to the office")), *MODE_CHOICES],
        required=False,
        initial=SAME,
        label=gettext_lazy("How you would get there"),
    )
    ltp_fee = NumberField(
        0,
        formula.MOST_FEE,
        required=False,
        label=gettext_lazy("What you would pay for the place, in euros"),
        help_text=gettext_lazy("Optional. Leave empty if your employer pays."),
    )
    ltp_fee_per = ChoiceField(
        choices=[("day", gettext_lazy("for each day there")), ("month", gettext_lazy("every month"))],
        required=False,
        initial="day",
        label=gettext_lazy("You would pay it"),
    )

    fuel_consumption = NumberField(
        0,
        formula.MOST_CONSUMPTION,
        required=False,
        label=gettext_lazy("Litres for 100 km"),
        help_text=gettext_lazy("Optional. For an electric car, kWh for 100 km."),
    )
    fuel_price = NumberField(
        0,
        formula.MOST_FUEL_PRICE,
        required=False,
        label=gettext_lazy("Price of a litre, in euros"),
        help_text=gettext_lazy("Optional. For an electric car, price of a kWh."),
    )
    ticket = NumberField(
        0,
        formula.MOST_TICKET,
        required=False,
        label=gettext_lazy("Tickets for one day, there and back, in euros"),
        help_text=gettext_lazy(
            "Optional. Only tickets you pay by the day: a monthly or yearly pass may cost the same with telework."
        ),
    )

    def __init__(self, *args: Any, amounts: Amounts, bibliography: Bibliography, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.amounts = amounts
        self.fields["weeks"].initial = int(amounts["weeks_per_year"].value)
        self.fields["weeks"].help_text = _("%(weeks)s by default: %(source)s.") % {
            "weeks": number(amounts["weeks_per_year"].value),
            "source": _cited(amounts["weeks_per_year"], bibliography),
        }
        self.fields["commute_km"].help_text = _(
            "One way. Half of the people who work in rural areas go more than %(km)s km: %(source)s."
        ) % {
            "km": number(amounts["distance_rural_median"].value),
            "source": _cited(amounts["distance_rural_median"], bibliography),
        }

        self.fields["commute_minutes"].help_text = _(
            "One way, on an ordinary day. A day of telework saves %(minutes)s minutes on average in France: %(source)s."
        ) % {
            "minutes": number(amounts["minutes_saved_a_day"].value),
            "source": _cited(amounts["minutes_saved_a_day"], bibliography),
        }

    # --- Groups, as the template shows them ---

    def _bound(self, *names: str) -> list[forms.BoundField]:
        return [self[name] for name in names]

    @property
    def office_fields(self) -> list[forms.BoundField]:
        return self._bound("commute_km", "commute_minutes", "mode")

    @property
    def car_fields(self) -> list[forms.BoundField]:
        return self._bound("people", "power")

    @property
    def week_fields(self) -> list[forms.BoundField]:
        return self._bound("days_a_week", "weeks")

    @property
    def ltp_fields(self) -> list[forms.BoundField]:
        return self._bound("ltp_km", "ltp_minutes", "ltp_mode", "ltp_fee", "ltp_fee_per")

    @property
    def fuel_fields(self) -> list[forms.BoundField]:
        return self._bound("fuel_consumption", "fuel_price")

    # --- Answers ---

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("where") == LTP:
            for name in ("ltp_km", "ltp_minutes"):
                if data.get(name) is None and name not in self.errors:
                    self.add_error(name, _("Needed for a shared workplace; write 0 if it is next door."))
        for name, other in (("fuel_consumption", "fuel_price"), ("fuel_price", "fuel_consumption")):
            if data.get(name) is None and data.get(other) is not None and name not in self.errors:
                self.add_error(name, _("Give both the consumption and the price, or neither."))
        return data

    @property
    def at_ltp(self) -> bool:
        return bool(self.cleaned_data["where"] == LTP)

    @property
    def office_mode(self) -> str:
        return str(self.cleaned_data["mode"])

    @property
    def mode_to_ltp(self) -> str:
        mode = self.cleaned_data["ltp_mode"] or SAME
        return self.office_mode if mode == SAME else str(mode)

    def told(self, days: int | None = None) -> Telework:
        """The answers as a value; ``days`` asks what another number of days a week would bring."""
        data: Mapping[str, Any] = self.cleaned_data
        office = self._trip(data["commute_km"], data["commute_minutes"], self.office_mode)
        other = self._trip(data["ltp_km"], data["ltp_minutes"], self.mode_to_ltp) if self.at_ltp else formula.AT_HOME
        has_fuel = data["fuel_consumption"] is not None and data["fuel_price"] is not None
        return Telework(
            office=office,
            other=other,
            days=days or int(data["days_a_week"]),
            weeks=data["weeks"],
            people=data["people"] or 1,
            ticket=data["ticket"] if self.office_mode in SHARED_TRANSPORT else None,
            fuel=Fuel(data["fuel_consumption"], data["fuel_price"]) if has_fuel else None,
            fee=self._fee(),
        )

    def _trip(self, km: Decimal, minutes: int, mode: str) -> Trip:
        return Trip(km, Decimal(minutes), self.amounts[f"ef.{mode}"].value, mode in CARS)

    def _fee(self) -> Fee | None:
        euros = self.cleaned_data["ltp_fee"]
        if not self.at_ltp or euros is None:
            return None
        return Fee(euros, monthly=self.cleaned_data["ltp_fee_per"] == "month")

    # --- What the scale says of the car ---

    @property
    def electric(self) -> bool:
        """The car that the euros are about: the one to the office, else the one to the shared workplace."""
        return (self.office_mode if self.office_mode in CARS else self.mode_to_ltp) == ELECTRIC_CAR

    @property
    def scale(self) -> tuple[Amount, Amount]:
        power = self.cleaned_data["power"] or "5"
        return self.amounts[f"scale.low.{power}"], self.amounts[f"scale.high.{power}"]

    @property
    def rates(self) -> Rates:
        low, high = self.scale
        more = 1 + self.amounts["scale.electric_bonus"].value if self.electric else Decimal(1)
        return Rates(low.value * more, high.value * more)


def initial_of(sent: Mapping[str, str]) -> dict[str, str]:
    """What the letter's answers already tell, unchecked: it is shown as it was typed."""
    initial = {name: sent[name][:_LONGEST] for name in ("commute_km", "commute_minutes") if sent.get(name)}
    if sent.get("days") and sent.get("per") != "month":
        initial["days_a_week"] = sent["days"][:_LONGEST]
    if sent.get("place"):
        initial["where"] = HOME if sent["place"] == HOME else LTP
    return initial


def _cited(amount: Amount, bibliography: Bibliography) -> str:
    source = bibliography.get(amount.source)
    return f"{source.publisher if source else amount.source}, {period(amount.year)}"
