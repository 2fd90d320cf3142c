"""The sum of the task table: hours that can be done elsewhere, and the whole days that they fill. Plain Python.

Minutes are whole numbers throughout, so that what is added up always comes out even.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

ROWS = 8
DAYS_A_WEEK = 5
# Labour Code L3121-20 and L3121-21: 48 hours a week, 60 with a rare authorisation. More is a slip of the keyboard.
LONGEST_WEEK = 60 * 60
USUAL_DAY = 7 * 60
SHORTEST_DAY, LONGEST_DAY = 2 * 60, 12 * 60

_CLOCK = re.compile(r"([0-9]{1,3})\s*[h:]\s*([0-5]?[0-9])?\s*(?:min)?", re.IGNORECASE)
_MINUTES = re.compile(r"([0-9]{1,4})\s*min", re.IGNORECASE)
_DECIMAL = re.compile(r"([0-9]{1,3})(?:[.,]([0-9]{1,2}))?\s*h?", re.IGNORECASE)


class Mark(StrEnum):
    REMOTE = "remote"
    GROUPED = "grouped"
    ON_SITE = "on_site"


# What can leave the premises: on its own, or gathered into one day.
MOVABLE = frozenset({Mark.REMOTE, Mark.GROUPED})


def minutes_in(text: str) -> int | None:
    """The minutes that "2", "2,5", "2.5", "2 h 30", "2:30" or "45 min" say; None where no duration can be read."""
    text = text.strip()
    if found := _CLOCK.fullmatch(text):
        return 60 * int(found[1]) + int(found[2] or 0)
    if found := _MINUTES.fullmatch(text):
        return int(found[1])
    if found := _DECIMAL.fullmatch(text):
        return round(60 * Decimal(f"{found[1]}.{found[2] or 0}"))
    return None


@dataclass(frozen=True)
class Task:
    """``minutes`` are those of an ordinary week."""

    name: str
    minutes: int
    mark: Mark


@dataclass(frozen=True)
class TaskTable:
    tasks: tuple[Task, ...]
    day: int = USUAL_DAY

    def _minutes(self, marks: Collection[Mark]) -> int:
        return sum(task.minutes for task in self.tasks if task.mark in marks)

    @property
    def total(self) -> int:
        return self._minutes(frozenset(Mark))

    @property
    def movable(self) -> int:
        return self._minutes(MOVABLE)

    @property
    def days(self) -> int:
        """Whole days only: a request for less is a full day, which can be shown."""
        return min(self.movable // self.day, DAYS_A_WEEK)

    @property
    def left_over(self) -> int:
        return self.movable - self.days * self.day

    @property
    def share(self) -> int:
        """Of the week's hours, those that can be done elsewhere, in whole per cent; a half is rounded up."""
        return (200 * self.movable + self.total) // (2 * self.total) if self.total else 0

    @property
    def movable_names(self) -> list[str]:
        return [task.name for task in self.tasks if task.mark in MOVABLE]
