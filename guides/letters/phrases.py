"""Dates, hours, numbers and lists as they are written within a sentence, French or English. Plain Python."""

import datetime
import re
from decimal import Decimal

from hub.typography import french_spaces

_MONTHS = {
    "fr": [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
_WEEKDAYS = {
    "fr": ["le lundi", "le mardi", "le mercredi", "le jeudi", "le vendredi", "le samedi", "le dimanche"],
    "en": ["Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays"],
}
_NUMBERS = {
    "fr": ["zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"],
    "en": ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"],
}
_AND = {"fr": " et ", "en": " and "}


def day(value: datetime.date, language: str) -> str:
    """« 1er décembre 2026 », "1 December 2026"."""
    number = "1er" if value.day == 1 and language == "fr" else str(value.day)
    return f"{number} {_MONTHS[language][value.month - 1]} {value.year}"


def month(value: datetime.date, language: str) -> str:
    return f"{_MONTHS[language][value.month - 1]} {value.year}"


def clock(value: datetime.time, language: str) -> str:
    """« 9 h », « 9 h 30 »; "9 am", "9.30 am", "noon"."""
    if language == "fr":
        return f"{value.hour} h {value.minute:02}" if value.minute else f"{value.hour} h"
    if value == datetime.time(12):
        return "noon"
    hour, half = value.hour % 12 or 12, "am" if value.hour < 12 else "pm"
    return f"{hour}.{value.minute:02} {half}" if value.minute else f"{hour} {half}"


def span(start: datetime.time, end: datetime.time, language: str) -> str:
    if language == "fr":
        return f"de {clock(start, language)} à {clock(end, language)}"
    return f"from {clock(start, language)} to {clock(end, language)}"


def weekdays(numbers: tuple[int, ...], language: str) -> str:
    """Monday is 0."""
    return enumeration([_WEEKDAYS[language][number] for number in sorted(set(numbers))], language)


def enumeration(items: list[str], language: str) -> str:
    return _AND[language].join(filter(None, [", ".join(items[:-1]), items[-1]])) if items else ""


def days(count: int, language: str) -> str:
    """« deux jours », "two days"; in figures above ten."""
    number = _NUMBERS[language][count] if count <= 10 else str(count)
    noun = {"fr": "jour", "en": "day"}[language]
    return f"{number} {noun}{'s' if count > 1 else ''}"


def rhythm(count: int, per: str, language: str) -> str:
    every = {"fr": {"week": "par semaine", "month": "par mois"}, "en": {"week": "a week", "month": "a month"}}
    return f"{days(count, language)} {every[language][per]}"


def number(value: Decimal | float, language: str) -> str:
    """« 4 600 », « 12,5 »; "4,600", "12.5"."""
    text = f"{value:,.1f}".removesuffix(".0")
    return text.replace(",", " ").replace(".", ",") if language == "fr" else text


def quantity(value: int, singular: str, plural: str, language: str) -> str:
    return f"{number(value, language)} {plural if value >= 2 or (language == 'en' and value != 1) else singular}"


def at_town(town: str, language: str) -> str:
    """« à Vire », « au Havre », « aux Andelys »; "in Vire"."""
    if language != "fr":
        return f"in {town}"
    for article, contracted in (("Le ", "au "), ("Les ", "aux ")):
        if town.startswith(article):
            return contracted + town.removeprefix(article)
    return f"à {town}"


def capital(text: str) -> str:
    """The first letter as a capital; the rest as it stands."""
    return text[:1].upper() + text[1:]


def in_sentence(text: str) -> str:
    """A post or a task within a French sentence: « Assistante de gestion » loses its capital, « DRH » does not.

    What follows may be a sentence of its own, so a full stop at the end goes too.
    """
    lowered = text[:1].lower() + text[1:] if len(text) > 1 and text[1].islower() else text
    return lowered.rstrip(" .;,")


def sentence(text: str) -> str:
    """One's own words as a sentence: a capital at the start, a stop at the end."""
    ended = text if text.endswith((".", "!", "?", "…", "»", "”")) else f"{text}."
    return capital(ended)


def typeset(text: str, language: str) -> str:
    """Curly apostrophes; in French, the spaces that its signs ask for."""
    curly = re.sub(r"(?<=\w)'(?=\w)", "’", text)
    return french_spaces(curly) if language == "fr" else curly
