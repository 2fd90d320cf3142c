"""The task table as a form of its step: eight rows, worked out and shown again, kept nowhere."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guides.carrying import carried
from guides.letters.questions import LONGEST_TEXT, MOST_TASKS
from guides.task_table import (
    LONGEST_DAY,
    LONGEST_WEEK,
    ROWS,
    SHORTEST_DAY,
    USUAL_DAY,
    Mark,
    Task,
    TaskTable,
    minutes_in,
)
from hub.forms.fields import LineField
from hub.typesetting.characters import tidy

MARKS = [
    ("", pgettext_lazy("mark of a task", "Choose")),
    (Mark.REMOTE.value, pgettext_lazy("mark of a task", "Remote")),
    (Mark.GROUPED.value, pgettext_lazy("mark of a task", "Can be grouped")),
    (Mark.ON_SITE.value, pgettext_lazy("mark of a task", "On site")),
]
# What this table asks itself, and so does not pass on as it came.
OWN = (*(f"task_{number}" for number in range(1, MOST_TASKS + 1)), "days")


class HoursField(forms.CharField):
    """Hours as people write them, as minutes; None when empty."""

    def __init__(self, label: Any, bounds: Any, shortest: int, longest: int, **kwargs: Any) -> None:
        super().__init__(
            label=label,
            required=False,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            **kwargs,
        )
        self.bounds, self.shortest, self.longest = bounds, shortest, longest

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        minutes = minutes_in(text)
        if minutes is None:
            raise forms.ValidationError(_("Write a number of hours, such as 2 or 2.5."))
        if not self.shortest <= minutes <= self.longest:
            raise forms.ValidationError(self.bounds % {"least": self.shortest // 60, "most": self.longest // 60})
        return minutes


class TaskTableForm(forms.Form):
    day = HoursField(
        _("Hours of one working day"),
        _("Between %(least)s and %(most)s hours."),
        SHORTEST_DAY,
        LONGEST_DAY,
        initial=str(USUAL_DAY // 60),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, ROWS + 1):
            self.fields[f"task_{number}"] = LineField(
                longest=LONGEST_TEXT, label=_("Task %(number)s") % {"number": number}
            )
            self.fields[f"hours_{number}"] = HoursField(
                _("Hours a week, task %(number)s") % {"number": number},
                _("More than 0 and at most %(most)s hours."),
                1,
                LONGEST_WEEK,
            )
            self.fields[f"mark_{number}"] = forms.ChoiceField(
                label=_("Mark, task %(number)s") % {"number": number}, choices=MARKS, required=False
            )
        self.order_fields([name for name in self.fields if name != "day"])

    def rows(self) -> Iterator[tuple[BoundField, BoundField, BoundField]]:
        for number in range(1, ROWS + 1):
            yield self[f"task_{number}"], self[f"hours_{number}"], self[f"mark_{number}"]

    def clean(self) -> dict[str, Any]:
        """A row is left out as a whole or filled in as a whole."""
        values: dict[str, Any] = super().clean() or {}
        tasks = []
        for number in range(1, ROWS + 1):
            names = [f"{part}_{number}" for part in ("task", "hours", "mark")]
            if not any(str(self.data.get(name, "")).strip() for name in names):
                continue
            messages = (_("Name this task."), _("Say how many hours a week."), _("Choose a mark."))
            for name, message in zip(names, messages, strict=True):
                if not values.get(name) and name not in self.errors:
                    self.add_error(name, message)
            if all(values.get(name) for name in names):
                tasks.append(Task(values[names[0]], values[names[1]], Mark(values[names[2]])))
        if not tasks and not self.errors:
            self.add_error("task_1", _("Write down at least one task."))
        if sum(task.minutes for task in tasks) > LONGEST_WEEK:
            self.add_error(
                None,
                _("These tasks add up to more than %(most)s hours a week. Please check their hours.")
                % {"most": LONGEST_WEEK // 60},
            )
        values["tasks"] = tuple(tasks)
        return values

    @property
    def table(self) -> TaskTable | None:
        """The table that was filled in, once it is without a fault."""
        if not self.is_valid():
            return None
        return TaskTable(self.cleaned_data["tasks"], self.cleaned_data["day"] or USUAL_DAY)


def in_hours(minutes: int) -> Decimal:
    return (Decimal(minutes) / 60).quantize(Decimal("0.01"))


def form_for(request: HttpRequest) -> TaskTableForm:
    """Blank, filled in, or opened by the letter, whose tasks are all done elsewhere."""
    if request.method != "POST":
        return TaskTableForm()
    if "carry" not in request.POST:
        return TaskTableForm(request.POST)
    initial: dict[str, str] = {}
    for number in range(1, MOST_TASKS + 1):
        if task := tidy(request.POST.get(f"task_{number}", "")):
            initial |= {f"task_{number}": task, f"mark_{number}": Mark.REMOTE.value}
    return TaskTableForm(initial=initial)


def table_context(request: HttpRequest) -> dict[str, Any]:
    """What the step's template shows of the table, and what goes along to the letter."""
    form = form_for(request)
    table = form.table
    names = table.movable_names if table else []
    return {
        "table_form": form,
        "table": table,
        "table_hours": {name: in_hours(getattr(table, name)) for name in ("movable", "left_over", "total")}
        if table
        else {},
        "table_names": names[:MOST_TASKS],
        "table_left_out": len(names) > MOST_TASKS,
        "table_opened": request.method == "POST" and not form.is_bound,
        "carried": carried(request, own=OWN),
    }
