"""What the letter's page shows: a step with its questions and the draft beside it, or the finished paper.

Nothing here has a ``repr`` that says an answer: templates and loggers may print what they are given.
"""

import dataclasses
from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise

from guides.letters import around, composition
from guides.letters.clauses import Wording
from guides.letters.forms import AFTERWARDS, LAST_STEP, LetterForm
from guides.letters.forms_words import KIND_NAMES, KIND_PURPOSES, STEPS, TOOL_WORDS, Step
from guides.letters.papers import Calendar, Paper, PaperKind
from guides.letters.questions import Answers
from guides.letters.shown import Pair, pairs
from guides.letters.wording import wordings
from hub.pages.links import PageLink

PAPER = "paper"
NEXT, BACK = "next", "back"
_NUMBERS = {str(step.number): step.number for step in STEPS}


@dataclasses.dataclass(frozen=True)
class StepMark:
    """``state`` is one of here, done, wrong and open."""

    step: Step
    state: str

    @property
    def reachable(self) -> bool:
        return self.state in ("done", "wrong")


@dataclasses.dataclass(frozen=True, repr=False)
class Sheet:
    """A paper to be shown, with its counterpart beside it where the reader's language is another."""

    pairs: list[Pair]
    title: str
    language: str
    beside: str = ""


@dataclasses.dataclass(frozen=True)
class ToolDoor:
    """A button that takes every answer to another tool, which brings them back."""

    words: str | Promise
    url: str


class Desk:
    sheet: Sheet | None = None
    text = ""
    failed = False

    def __init__(self, page: Any, typed: QueryDict | None) -> None:
        self.reader = "en" if page.locale.language_code == "en" else "fr"
        self._wordings: Mapping[str, Wording] = wordings()
        self._sent = typed if typed is not None else QueryDict()
        self.form = LetterForm(typed, wording=self._wordings[self.reader], cards=around.sentences(), reader=self.reader)
        self.opening = typed is None
        self.wrong = self.form.wrong_steps()
        self.made = self._sent.getlist("made")
        self.reached = self._number("reached", 1)
        self.number = self._number("step", LAST_STEP if self._sent.get("step") == PAPER else 1)

    @classmethod
    def opened(cls, page: Any) -> "Desk":
        """The first step, as it is before anything was typed."""
        desk = cls(page, None)
        desk.form.show_errors_of(())
        return desk

    @classmethod
    def sent(cls, page: Any, typed: QueryDict) -> "Desk":
        return cls(page, typed)

    def _number(self, name: str, otherwise: int) -> int:
        return _NUMBERS.get(self._sent.get(name, ""), otherwise)

    # --- Moving between steps ---

    def asks_for_paper(self) -> bool:
        sent = self._sent
        if "format" in sent or sent.get("go") == PAPER:
            return True
        if "go" in sent:
            return sent["go"] == NEXT and (self.number == LAST_STEP or sent.get("step") == PAPER)
        return sent.get("step") == PAPER and "carry" not in sent

    def turn(self) -> None:
        """Go where the visitor asked, unless the step that they leave forward holds a problem."""
        go = self._sent.get("go", "")
        told: Collection[str] = ()
        if "carry" in self._sent and not go:
            self.number = self.reached = min(self.wrong, default=LAST_STEP)
        elif go in _NUMBERS:
            self.number = _NUMBERS[go]
            told = self.step.names if self.number < self.reached else ()
        elif go == BACK:
            self.number = max(1, self.number - 1)
        elif self.number in self.wrong:
            told = self.step.names
        else:
            self.number += 1
        self.reached = max(self.reached, self.number)
        self.form.show_errors_of(told)

    def finish(self) -> bool:
        """Set the paper out, or turn to the first step that holds a problem and show it."""
        self.reached = LAST_STEP
        if self.wrong:
            self.number = self.wrong[0]
            self.form.show_errors_of(self.step.names)
            return False
        answers: Answers = self.form.answers
        # Asked beside the finished paper: a wrong day there is told, and keeps nobody from the paper.
        self._complete = dataclasses.replace(answers, talk_again=None) if "talk_again" in self.form.errors else answers
        self.form.show_errors_of(AFTERWARDS.get(self.form.kind, ()))
        self.sheet = self._sheet(self.paper, self.reading_copy if self._reads_both else None)
        return True

    # --- Papers ---

    @property
    def _reads_both(self) -> bool:
        """English readers see the French letter with its English beside it."""
        return self.reader == "en" and self.form.paper_language == "fr"

    @cached_property
    def paper(self) -> Paper:
        language = self.form.paper_language
        return composition.compose(self._complete, self.form.kind, language, self._wordings[language])

    @cached_property
    def reading_copy(self) -> Paper:
        return composition.reading_copy(self._complete, self.form.kind, self.reader, self._wordings[self.reader])

    def calendar(self) -> Calendar:
        """In the reader's language: it is for their own diary."""
        return composition.calendar(self._complete, self.reader, self._wordings[self.reader])

    @cached_property
    def preview(self) -> Sheet:
        beside = self._draft(self.reader) if self._reads_both else None
        return self._sheet(self._draft(self.form.paper_language), beside)

    def _draft(self, language: str) -> Paper:
        answers: Answers = self.form.answers
        return composition.draft(answers, self.form.kind, language, self._wordings[language])

    def _sheet(self, paper: Paper, beside: Paper | None) -> Sheet:
        return Sheet(pairs(paper, beside), paper.title, paper.language, beside.language if beside else "")

    # --- What the templates ask ---

    @property
    def by_hand(self) -> str:
        """The French sentence for those who would rather tick nothing."""
        return composition.by_hand("fr", self._wordings["fr"])

    @property
    def by_hand_meaning(self) -> str:
        """The same for those who read another language."""
        return composition.by_hand(self.reader, self._wordings[self.reader]) if self.reader != "fr" else ""

    @property
    def step(self) -> Step:
        return STEPS[self.number - 1]

    @property
    def groups(self) -> list[Any]:
        return self.form.groups(self.number)

    @property
    def steps(self) -> list[StepMark]:
        return [StepMark(step, self._state(step.number)) for step in STEPS]

    def _state(self, number: int) -> str:
        if number == self.number and not self.sheet:
            return "here"
        if number <= self.reached:
            return "wrong" if number in self.wrong else "done"
        return "open"

    @property
    def last(self) -> bool:
        return self.number == LAST_STEP

    @property
    def total(self) -> int:
        return LAST_STEP

    @property
    def kind_name(self) -> str | Promise:
        return KIND_NAMES[self.form.kind]

    @property
    def is_letter(self) -> bool:
        return self.form.kind is PaperKind.LETTER

    @property
    def offers_reading_copy(self) -> bool:
        return self._reads_both

    @property
    def afterwards(self) -> list[Any]:
        """The few questions of a paper that follows the letter."""
        return [self.form[name] for name in AFTERWARDS.get(self.form.kind, ())]

    @property
    def other_papers(self) -> list[tuple[str, str | Promise, str | Promise]]:
        return [
            (kind.value, name, KIND_PURPOSES[kind]) for kind, name in KIND_NAMES.items() if kind is not self.form.kind
        ]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """The answers that are not on the screen, and where the visitor stands."""
        shown = AFTERWARDS.get(self.form.kind, ()) if self.sheet else self.step.names
        where = [("step", PAPER if self.sheet else str(self.number)), ("reached", str(self.reached))]
        return [*where, *(("made", each) for each in self.made), *self.form.carried(shown)]

    @cached_property
    def _tools(self) -> dict[str, PageLink]:
        return around.tools(self.reader)

    @property
    def doors(self) -> list[ToolDoor]:
        """The tools that help with the questions of this step."""
        wanted = [(model, words) for model, (steps, words) in TOOL_WORDS.items() if self.number in steps]
        return [ToolDoor(words, self._tools[model].url) for model, words in wanted if model in self._tools]

    @property
    def decoder(self) -> PageLink | None:
        return self._tools.get("replypage")
