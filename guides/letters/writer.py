"""Fills clauses from answers in one language. Plain Python."""

import datetime
import re
from functools import cached_property

from guides.letters import phrases
from guides.letters.clauses import Wording, fill, shipped
from guides.letters.papers import Paragraph
from guides.letters.questions import TRIAL_MONTHS, Answers, Place, Rhythm, add_months
from guides.situation import TextInForce

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


class Writer:
    """``partial`` leaves out what has no answer yet; otherwise a missing answer raises KeyError."""

    def __init__(self, answers: Answers, language: str, wording: Wording, partial: bool = False) -> None:
        self.answers, self.language, self.wording, self.partial = answers, language, wording, partial

    # --- Saying ---

    def key(self, name: str) -> str:
        """The clause of that name for the writer's sector, where there is one of its own."""
        sector = self.answers.sector
        candidates = (f"{name}.{sector}", f"{name}.public" if sector.public else f"{name}.private", name)
        return next(key for key in candidates if key in shipped())

    def text(self, clause: str, /, **values: str) -> str:
        """The clause with its answers; empty when it is partial and an answer is missing."""
        template = self.wording[self.key(clause)]
        known = self._values | values
        if self.partial and any(not known.get(placeholder) for placeholder in _PLACEHOLDER.findall(template)):
            return ""
        return fill(template, known)

    def paragraph(self, *names: str, items: tuple[str, ...] = ()) -> Paragraph:
        """Clauses one after the other. The first name pairs it with the other language."""
        return Paragraph(names[0], " ".join(filter(None, map(self.text, names))), items)

    # --- Answers as they stand in sentences ---

    @property
    def name(self) -> str:
        return f"{self.answers.first_name} {self.answers.last_name}".strip()

    @cached_property
    def trial_end(self) -> datetime.date | None:
        start = self.answers.start
        return self.answers.trial_end or (add_months(start, TRIAL_MONTHS) if start else None)

    @cached_property
    def fixed(self) -> str:
        """The suffix of clauses for fixed days."""
        return ".weekdays" if self.answers.weekdays and self.answers.rhythm is not Rhythm.OCCASIONAL else ""

    @cached_property
    def hours(self) -> list[str]:
        spans = (self.answers.morning, self.answers.afternoon)
        return [phrases.span(each.start, each.end, self.language) for each in spans if each]

    @property
    def all_days(self) -> str:
        return self.text(f"days.{self.answers.rhythm}{self.fixed}")

    @property
    def where(self) -> str:
        return self.text(f"where.{self.answers.place}")

    @cached_property
    def _values(self) -> dict[str, str]:
        """Placeholders that every clause may use; what is unanswered is not there."""
        answers, language = self.answers, self.language
        found = {
            name: phrases.day(value, language)
            for name, value in (
                ("start", answers.start),
                ("trial_end", self.trial_end),
                ("review", answers.review),
                ("answer_by", answers.answer_by),
                ("agreed_on", answers.agreed_on),
                ("refused_on", answers.refused_on),
                ("talk_again", answers.talk_again),
                ("asked_on", answers.date if answers.date != datetime.date.min else None),
            )
            if value
        }
        if answers.since:
            found["since"] = phrases.month(answers.since, language)
        if answers.rhythm is not Rhythm.OCCASIONAL:
            found["rhythm"] = phrases.rhythm(answers.days, answers.per, language)
        if answers.weekdays:
            found["weekdays"] = phrases.weekdays(answers.weekdays, language)
        if answers.occasional_days:
            found["occasional"] = phrases.days(answers.occasional_days, language)
        if answers.post:
            found["post"] = self._post()
        if answers.ltp_name and answers.place is not Place.HOME:
            town = f", {phrases.at_town(answers.ltp_town, language)}" if answers.ltp_town else ""
            found["ltp"] = f"{answers.ltp_name}{town}"
        if answers.text in (TextInForce.AGREEMENT, TextInForce.CHARTER):
            found["text"] = self.wording[f"text.{answers.text}"]
        return found

    def _post(self) -> str:
        post = phrases.in_sentence(self.answers.post) if self.language == "fr" else self.answers.post.rstrip(" .")
        return f"{post} ({self.answers.service})" if self.answers.service else post
