"""Where a visitor stands in the form: a step at a time, every earlier answer in hidden fields, nothing kept.

``step`` says which screen was sent, ``go`` where to: ``next``, ``back``, the number of a step, or ``send``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from casestudies.contributing.files import FilesForm
from casestudies.contributing.form import CONSENT, LAST_STEP, PERSON, STEPS, ContributionForm, Step
from casestudies.models import Contribution, ContributionFile
from hub.submissions.guard import Guard

NEXT, BACK, SEND = "next", "back", "send"
GUARDED = "contribution"
_NUMBERS = {str(step.number): step.number for step in STEPS}


@dataclass(frozen=True)
class StepMark:
    """``state`` is one of here, done, wrong and open."""

    step: Step
    state: str

    @property
    def reachable(self) -> bool:
        return self.state in ("done", "wrong")


class Desk:
    """``amended`` is the contribution that its sender changes; its answers fill the form in at first."""

    problem: Any = ""
    files_lost: list[str]

    def __init__(self, request: HttpRequest, language: str, amended: Contribution | None = None) -> None:
        self.sent = request.method == "POST"
        self.amended = amended
        self.guard = Guard(GUARDED, request)
        typed: Mapping[str, Any] = request.POST if self.sent else _answers_of(amended)
        self.form = ContributionForm(typed, language)
        self.old_files: list[ContributionFile] = list(amended.files.order_by("pk")) if amended else []
        self.dropped = {int(each) for each in request.POST.getlist("drop") if each.isascii() and each.isdigit()}
        self._typed = typed
        self.number = self._at("step")
        self.reached = LAST_STEP if amended else self._at("reached")
        self.go = request.POST.get("go", "")
        sends = self.asks_to_send
        self.files = FilesForm(
            request.POST if sends else None, request.FILES if sends else None, request.POST, self._old_left
        )
        self.files_lost = [str(getattr(file, "name", "")) for file in request.FILES.values()] if self.sent else []
        self.wrong = self.form.wrong_steps()
        if not self.sent:
            self.form.show_errors_of(())

    @property
    def _old_left(self) -> int:
        return sum(each.pk not in self.dropped for each in self.old_files)

    def _at(self, name: str) -> int:
        return _NUMBERS.get(str(self._typed.get(name, "")), 1)

    @property
    def asks_to_send(self) -> bool:
        return self.sent and self.number == LAST_STEP and self.go in (SEND, "")

    def turn(self) -> None:
        """Go where the visitor asked, unless the step that they leave forward holds a problem."""
        told: tuple[str, ...] = ()
        if self.go in _NUMBERS and _NUMBERS[self.go] <= self.reached:
            self.number = _NUMBERS[self.go]
            told = self.step.names if self.number != LAST_STEP else ()
        elif self.go == BACK:
            self.number = max(1, self.number - 1)
        elif self.number in self.wrong:
            told = self.step.names
        else:
            self.number = min(LAST_STEP, self.number + 1)
        self.reached = max(self.reached, self.number)
        self.form.show_errors_of(told)

    def may_send(self) -> bool:
        """Whether everything holds. Otherwise the first step with a problem is the one to show."""
        self.reached = LAST_STEP
        if self.wrong and self.wrong[0] != LAST_STEP:
            self.number = self.wrong[0]
            self.form.show_errors_of(self.step.names)
            return False
        if self.has_pictures and not self.form.cleaned_data.get("photo_rights"):
            self.form.add_error("photo_rights", _("Tick this box, or leave the pictures out."))
        if self.form.errors or not self.files.is_valid():
            return False
        self.problem = self.guard.check()
        return not self.problem

    @property
    def has_pictures(self) -> bool:
        """New ones, or earlier ones that stay."""
        kept = any(each.is_picture and each.pk not in self.dropped for each in self.old_files)
        return kept or self.files.has_pictures

    def says_what(self, row: Contribution) -> bool:
        """Whether what was sent is what arrived the first time. Where nothing is left to compare, it is."""
        if row.is_forgotten or row.status == Contribution.Status.WITHDRAWN:
            return True
        kept, told = (
            _answers_of(row),
            {**self.form.kept(), **{name: self.form.cleaned_data.get(name) for name in PERSON}},
        )
        if all(_plain(told.get(name)) == _plain(kept.get(name)) for name in (*PERSON, *row.answers, *told)):
            return True
        self.reached = LAST_STEP
        self.form.show_errors_of(())
        self.problem = _(
            "This form was sent before, and arrived; it was not sent twice. What you changed since is not in it: "
            "open your account and change it there."
        )
        return False

    # --- What the template asks ---

    @property
    def step(self) -> Step:
        return STEPS[self.number - 1]

    @property
    def opening(self) -> bool:
        return not self.sent

    @property
    def last(self) -> bool:
        return self.number == LAST_STEP

    @property
    def total(self) -> int:
        return LAST_STEP

    @property
    def groups(self) -> list[Any]:
        return self.form.groups(self.number)

    @property
    def steps(self) -> list[StepMark]:
        return [StepMark(step, self._state(step.number)) for step in STEPS]

    def _state(self, number: int) -> str:
        if number == self.number:
            return "here"
        if number > self.reached:
            return "open"
        return "wrong" if number in self.wrong and number != LAST_STEP else "done"

    @property
    def hidden(self) -> list[tuple[str, str]]:
        where = [("step", str(self.number)), ("reached", str(self.reached))]
        beside = [] if self.last else [("drop", str(each)) for each in sorted(self.dropped)] + self.files.carried()
        return [*where, *beside, *self.form.carried(self.step.names)]

    @property
    def consent(self) -> list[Any]:
        return [self.form[name] for name in CONSENT]

    @property
    def error_count(self) -> int:
        return len(self.form.errors) + (len(self.files.errors) if self.files.is_bound else 0)


def _plain(text: str | None) -> str:
    return " ".join((text or "").split())


def _answers_of(row: Contribution | None) -> dict[str, Any]:
    if row is None:
        return {}
    person = {"organisation": row.organisation_name, "name": row.name, "role": row.role, "email": row.email}
    given = {"may_be_named": row.may_be_named, "photo_rights": row.has_photo_rights}
    return {**row.answers, **person, **{name: "on" for name, is_given in given.items() if is_given}}
