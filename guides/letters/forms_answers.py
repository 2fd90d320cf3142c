"""From what the form cleaned to ``Answers``: what is missing or wrong is left at its default."""

import datetime
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from guides.letters.questions import TRIAL_MONTHS, Answers, Argument, Commute, Hours, Per, Rhythm, add_months
from guides.situation import Sector

_AS_THEY_ARE = (
    *("sector", "text", "text_reference", "text_article", "eligible", "disabled_or_carer", "pregnant", "doctor"),
    *("first_name", "last_name", "post", "service", "since", "address", "email", "phone"),
    *("civility", "recipient_title", "recipient_name", "function", "firm", "firm_address"),
    *("rhythm", "days", "per", "occasional_days", "start", "trial_end", "review", "place", "ltp_name", "ltp_town"),
    *("kit", "cost", "town", "date", "delivery", "answer_by"),
    *("paper_date", "agreed_on", "refused_on", "reasons_given", "fallback", "talk_again"),
)
_FIGURES = {"km": "commute_km", "minutes": "commute_minutes", "km_a_year": "km_a_year", "hours_a_year": "hours_a_year"}


def answers_of(cleaned: Mapping[str, Any], cards: Mapping[str, tuple[str, str]]) -> Answers:
    given: dict[str, Any] = {
        name: cleaned[name]
        for name in _AS_THEY_ARE
        if isinstance(cleaned.get(name), StrEnum) or cleaned.get(name) not in (None, "")
    }
    given["weekdays"] = tuple(sorted(set(cleaned.get("weekdays") or ())))
    given["enclosures"] = _each_once(cleaned.get("enclosures"))
    given["arguments"] = tuple(map(Argument, _each_once(cleaned.get("arguments"))))
    given["tasks"] = _filled(cleaned, "task_", 5)
    given["own_words"] = _filled(cleaned, "own_words_", 3)
    given["sentences"] = tuple(cards[key] for key in _each_once(cleaned.get("card")) if key in cards)
    given["morning"], given["afternoon"] = _hours(cleaned, "morning"), _hours(cleaned, "afternoon")
    given["commute"] = _commute(cleaned)
    return _with_usual_dates(_without_idle(given))


def _each_once(values: Any) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(values or ()))


def _filled(cleaned: Mapping[str, Any], prefix: str, count: int) -> tuple[str, ...]:
    return tuple(filter(None, (cleaned.get(f"{prefix}{number}") for number in range(1, count + 1))))


def _hours(cleaned: Mapping[str, Any], half: str) -> Hours | None:
    start, end = cleaned.get(f"{half}_start"), cleaned.get(f"{half}_end")
    return Hours(start, end) if start is not None and end is not None else None


def _commute(cleaned: Mapping[str, Any]) -> Commute | None:
    if not cleaned.get("commute"):
        return None
    figures = {name: cleaned.get(field) for name, field in _FIGURES.items()}
    return Commute(**figures) if any(figures.values()) else None


def _without_idle(given: dict[str, Any]) -> dict[str, Any]:
    """Leave out what an earlier answer made idle, so that a hidden question can neither speak nor stand in the way."""
    idle: set[str] = set()
    if given.get("sector", Sector.PRIVATE).public:
        idle |= {"text", "text_reference", "text_article", "eligible"}
    if given.get("rhythm") is Rhythm.OCCASIONAL:
        idle |= {"days", "per", "weekdays"}
    if given.get("per") is Per.MONTH:
        idle |= {"weekdays"}
    if given.get("rhythm", Rhythm.REGULAR) is Rhythm.REGULAR:
        idle |= {"occasional_days"}
    return {name: value for name, value in given.items() if name not in idle}


def _with_usual_dates(given: dict[str, Any]) -> Answers:
    """A trial of three months with a review halfway, and an answer within a month, unless other days were given."""
    start: datetime.date | None = given.get("start")
    if start:
        end = given.setdefault("trial_end", add_months(start, TRIAL_MONTHS))
        if end > start:
            given.setdefault("review", start + (end - start) / 2)
    if given.get("date"):
        given.setdefault("answer_by", add_months(given["date"], 1))
    return Answers(**given)
