"""What an employer may or must pay for telework, flat and without receipts, as it stands today."""

import datetime
from dataclasses import dataclass

from guides.savings.amounts import in_force
from guides.savings.constants import Amount, Amounts


@dataclass(frozen=True)
class Allowance:
    """Each amount has its value, unit, year, source and whether it was read in the official text (``verified``).

    ``month_per_weekly_day`` is the sum a month for each weekly day of telework. The private allowances are capped by
    the month, the public one by the year.
    """

    day: Amount
    month_per_weekly_day: Amount | None = None
    month_cap: Amount | None = None
    year_cap: Amount | None = None

    @property
    def amounts(self) -> list[Amount]:
        parts = (self.day, self.month_per_weekly_day, self.month_cap, self.year_cap)
        return [part for part in parts if part is not None]

    @property
    def verified(self) -> bool:
        return all(amount.verified for amount in self.amounts)


@dataclass(frozen=True)
class Allowances:
    """``private``: free of contributions when the employer decides alone; ``agreement``: when a branch, group,
    professional or interprofessional agreement sets it; ``public``: owed to public servants where it was adopted."""

    private: Allowance
    agreement: Allowance
    public: Allowance

    @property
    def sources(self) -> list[str]:
        """The keys of all their sources, each once, for a bibliography."""
        parts = [*self.private.amounts, *self.agreement.amounts, *self.public.amounts]
        return list(dict.fromkeys(amount.source for amount in parts))


def allowances(day: datetime.date | None = None, amounts: Amounts | None = None) -> Allowances:
    """The flat allowances in force that day, today by default. One query, or none when ``amounts`` were read before."""
    known = in_force(day) if amounts is None else amounts
    return Allowances(
        private=_monthly("private", known),
        agreement=_monthly("agreement", known),
        public=Allowance(known["allowance.public.day"], year_cap=known["allowance.public.year_cap"]),
    )


def _monthly(kind: str, amounts: Amounts) -> Allowance:
    return Allowance(
        amounts[f"allowance.{kind}.day"],
        amounts[f"allowance.{kind}.month_per_weekly_day"],
        amounts[f"allowance.{kind}.month_cap"],
    )
