"""The amounts in force: the shipped constants under the rows that editors wrote."""

import datetime
from collections import defaultdict
from decimal import Decimal

from django.utils import timezone

from guides.models import YearlyAmount
from guides.savings.constants import Amount, Amounts, newest, shipped


def in_force(day: datetime.date | None = None) -> Amounts:
    """Every amount as it holds on that day, today by default, with one query.

    The newest row that has begun wins over whatever ships with the hub, so that editors need no release.
    """
    day = day or timezone.localdate()
    written: dict[str, list[Amount]] = defaultdict(list)
    rows = YearlyAmount.objects.filter(starts_on__lte=day)
    for key, starts_on, value, source, verified in rows.values_list(
        "key", "starts_on", "value", "source__key", "verified"
    ):
        if key in shipped():  # a row of a constant that a later release no longer knows
            written[key].append(_amount(key, starts_on, value, source, verified))
    return {key: newest(written[key], day) or constant.on(day) for key, constant in shipped().items()}


def _amount(key: str, starts_on: datetime.date, value: Decimal, source: str, verified: bool) -> Amount:
    """A row, with the year and note of the shipped value where it says the same."""
    constant = shipped()[key]
    for amount in constant.values:
        if (amount.starts_on, amount.value, amount.source) == (starts_on, value, source):
            return Amount(key, amount.unit, amount.value, amount.year, starts_on, source, verified, amount.note)
    return Amount(key, constant.unit, value, str(starts_on.year), starts_on, source, verified)
