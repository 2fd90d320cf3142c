"""Figures beside their bars. Nothing here fails: a machine under load is not a fault of the hub."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """``bar`` is the most that ``value`` may be, or the least of it when ``at_least``."""

    key: str
    label: str
    value: float
    unit: str
    bar: float | None = None
    at_least: bool = False

    @property
    def verdict(self) -> str:
        if self.bar is None:
            return ""
        good = self.value >= self.bar if self.at_least else self.value <= self.bar
        return "met" if good else "not met"


def show(title: str, figures: Iterable[Figure]) -> None:
    print(f"\n{title}")
    for each in figures:
        sign = "" if each.bar is None else f"{'>=' if each.at_least else '<='} {each.bar:g}"
        print(f"  {each.label:58} {each.value:10.2f} {each.unit:9} {sign:>8}  {each.verdict}".rstrip())
