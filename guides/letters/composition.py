"""From answers to papers: which clauses, in which order, filled with what. Plain Python.

The choice of clauses looks at the answers alone, never at the language, so that both languages of a letter have the
same parts. A clause whose answers are missing raises in ``compose`` and is left out in ``draft``.
"""

import dataclasses
import datetime
from collections.abc import Callable
from typing import Any

from guides.letters import companions, phrases
from guides.letters.clauses import Wording
from guides.letters.papers import Appointment, Calendar, Paper, PaperKind, Paragraph, Part
from guides.letters.questions import Answers, Civility, problems
from guides.letters.request import request_parts
from guides.letters.writer import Writer

_FILE_NAMES = {
    PaperKind.LETTER: {"fr": "demande-de-teletravail", "en": "telework-request"},
    PaperKind.EMAIL: {"fr": "courriel-de-demande", "en": "request-e-mail"},
    PaperKind.TRIAL_PLAN: {"fr": "plan-d-essai", "en": "trial-plan"},
    PaperKind.REMINDER: {"fr": "relance", "en": "reminder"},
    PaperKind.THANKS: {"fr": "merci-et-confirmation", "en": "thanks-and-confirmation"},
    PaperKind.AFTER_REFUSAL: {"fr": "apres-un-refus", "en": "after-a-refusal"},
}
_CALENDAR_NAMES = {"fr": "dates-du-teletravail", "en": "telework-dates"}
_BODIES: dict[PaperKind, Callable[[Writer], list[Part]]] = {
    PaperKind.LETTER: request_parts,
    PaperKind.EMAIL: request_parts,
    PaperKind.TRIAL_PLAN: companions.trial_plan,
    PaperKind.REMINDER: companions.reminder,
    PaperKind.THANKS: companions.thanks,
    PaperKind.AFTER_REFUSAL: companions.after_refusal,
}
# Sent by e-mail, they have no addresses, no way of sending and no enclosures.
_MESSAGES = frozenset({PaperKind.EMAIL, PaperKind.THANKS})
_NEVER = datetime.date.min


class Incomplete(Exception):
    """Answers that still have problems cannot make a paper."""


def compose(answers: Answers, kind: PaperKind, language: str, wording: Wording) -> Paper:
    """The finished paper. Raises Incomplete when ``problems(answers, kind)`` is not empty."""
    if found := problems(answers, kind):
        raise Incomplete(", ".join(f"{problem.field}: {problem.code}" for problem in found))
    return _paper(Writer(answers, language, wording), kind)


def draft(answers: Answers, kind: PaperKind, language: str, wording: Wording) -> Paper:
    """What can be said so far, for the preview. Never raises for what is missing."""
    return _paper(Writer(answers, language, wording, partial=True), kind)


def reading_copy(answers: Answers, kind: PaperKind, language: str, wording: Wording) -> Paper:
    """The paper in the other language, for the writer's own reading: it says that it is not the one that is sent."""
    paper = compose(answers, kind, language, wording)
    return dataclasses.replace(
        paper,
        notice=phrases.typeset(wording["notice.translation"], language),
        file_name=f"{paper.file_name}-{'traduction' if language == 'fr' else 'translation'}",
    )


def by_hand(language: str, wording: Wording) -> str:
    """A sentence that applicants may add themselves: it tells of a special situation without naming any."""
    return phrases.typeset(wording["special.by_hand"], language)


def calendar(answers: Answers, language: str, wording: Wording) -> Calendar:
    """The dates that the answers name, in order."""
    writer = Writer(answers, language, wording, partial=True)
    dated = {
        "answer_by": answers.answer_by,
        "start": answers.start,
        "review": answers.review,
        "trial_end": writer.trial_end,
        "talk_again": answers.talk_again,
    }
    appointments = [
        Appointment(name, day, phrases.typeset(wording[f"calendar.{name}"], language))
        for name, day in dated.items()
        if day
    ]
    return Calendar(language, _CALENDAR_NAMES[language], tuple(sorted(appointments, key=lambda each: each.day)))


def _paper(writer: Writer, kind: PaperKind) -> Paper:
    parts = tuple(part for part in _BODIES[kind](writer) if not _hollow(part))
    paper = Paper(kind, writer.language, writer.text(f"title.{kind}"), _FILE_NAMES[kind][writer.language], body=parts)
    if kind is PaperKind.TRIAL_PLAN:
        return _typeset(dataclasses.replace(paper, signature=writer.name))
    reference = _reference(writer, kind)
    letter = kind not in _MESSAGES
    enclosed = tuple(writer.text(f"enclosure.{each}") for each in writer.answers.enclosures)
    with_enclosures = letter and kind is PaperKind.LETTER
    return _typeset(
        dataclasses.replace(
            paper,
            sender=_sender(writer) if letter else (),
            recipient=_recipient(writer) if letter else (),
            place_and_date=_place_and_date(writer, kind) if letter else "",
            delivery=writer.text(f"delivery.{writer.answers.delivery}") if with_enclosures else "",
            subject_label=writer.text("label.subject"),
            subject=_subject(writer, kind),
            reference_label=writer.text("label.reference") if reference else "",
            reference=reference,
            salutation=f"{_salutation(writer)},",
            closing=_closing(writer, letter),
            signature=writer.name,
            enclosures_label=writer.text("label.enclosures") if with_enclosures and enclosed else "",
            enclosures=enclosed if with_enclosures else (),
            notice=writer.text("notice.both") if writer.language != "fr" and with_enclosures else "",
        )
    )


def _hollow(part: Part) -> bool:
    return isinstance(part, Paragraph) and not part.text and not part.items


def _sender(writer: Writer) -> tuple[str, ...]:
    answers = writer.answers
    lines = (writer.name, phrases.capital(answers.post), answers.service, *answers.address)
    return tuple(filter(None, (*lines, answers.email, answers.phone)))


def _recipient(writer: Writer) -> tuple[str, ...]:
    answers = writer.answers
    name = answers.recipient_name
    if name and answers.civility is not Civility.UNKNOWN:
        name = writer.text(f"salutation.{answers.civility}.named", name=name)
    return tuple(filter(None, (name, phrases.capital(answers.function), answers.firm, *answers.firm_address)))


def _place_and_date(writer: Writer, kind: PaperKind) -> str:
    answers = writer.answers
    written = answers.date if kind is PaperKind.LETTER else answers.paper_date or answers.date
    if not answers.town or written == _NEVER:
        return ""
    day = phrases.day(written, writer.language)
    if writer.language == "fr":
        return f"{phrases.capital(phrases.at_town(answers.town, 'fr'))}, le {day}"
    return f"{answers.town}, {day}"


def _subject(writer: Writer, kind: PaperKind) -> str:
    key = f"subject.{writer.answers.rhythm}" if kind in (PaperKind.LETTER, PaperKind.EMAIL) else f"subject.{kind}"
    return writer.text(key)


def _reference(writer: Writer, kind: PaperKind) -> str:
    answers = writer.answers
    if kind not in (PaperKind.LETTER, PaperKind.EMAIL):
        return ""
    if answers.sector.public:
        return writer.text("reference.public")
    if not answers.text_reference or not answers.situation.has_text:
        return ""
    article = answers.text_article.removeprefix("article ").removeprefix("Article ")
    if not article:
        return answers.text_reference
    return writer.text("reference.text", reference=answers.text_reference, article=article)


def _salutation(writer: Writer) -> str:
    """Without its comma. French letters name the title, English ones the person."""
    answers = writer.answers
    civility = answers.civility
    if civility is Civility.UNKNOWN:
        return writer.text("salutation.unknown")
    if writer.language == "fr":
        return f"{writer.text(f'salutation.{civility}')} {answers.recipient_title}".strip()
    if answers.recipient_name:
        return f"Dear {writer.text(f'salutation.{civility}.named', name=answers.recipient_name)}"
    return writer.text(f"salutation.{civility}")


def _closing(writer: Writer, letter: bool) -> str:
    if not letter:
        return writer.text("closing.email")
    named = writer.answers.recipient_name and writer.answers.civility is not Civility.UNKNOWN
    key = "closing.letter" if named else "closing.letter.unnamed"
    return writer.text(key, salutation=_salutation(writer))


def _typeset(paper: Paper) -> Paper:
    """Every text with the spaces and apostrophes of its language."""

    def typeset(value: Any) -> Any:
        if isinstance(value, str):
            return phrases.typeset(value, paper.language)
        if isinstance(value, tuple):
            return tuple(map(typeset, value))
        return dataclasses.replace(value, **texts(value, "key"))

    def texts(value: Any, *kept: str) -> dict[str, Any]:
        names = [field.name for field in dataclasses.fields(value) if field.name not in kept]
        return {name: typeset(getattr(value, name)) for name in names}

    return dataclasses.replace(paper, **texts(paper, "kind", "language", "file_name"))
