"""Answers of letter writers: one who answered everything, and strategies for any who could."""

import datetime
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from guides.letters.papers import PaperKind
from guides.letters.questions import (
    PRIVATE_ARGUMENTS,
    Answers,
    Argument,
    Civility,
    Commute,
    Cost,
    Delivery,
    Enclosure,
    Fallback,
    Hours,
    Kit,
    Per,
    Place,
    Rhythm,
    problems,
)
from guides.situation import Eligible, Sector, TextInForce

WRITTEN_ON = datetime.date(2026, 11, 23)
REQUESTS = (PaperKind.LETTER, PaperKind.EMAIL)
KINDS = [kind for kind in PaperKind if kind is not PaperKind.CHARTER]


def full_answers(**changes: Any) -> Answers:
    """Claire Lemoine of Vire, who leaves nothing out."""
    values: dict[str, Any] = {
        "text": TextInForce.AGREEMENT,
        "text_reference": "accord du 12 mars 2024 sur le télétravail",
        "text_article": "4",
        "eligible": Eligible.YES,
        "first_name": "Claire",
        "last_name": "Lemoine",
        "post": "Assistante de gestion",
        "service": "service comptabilité",
        "since": datetime.date(2019, 3, 1),
        "address": ("12 rue du Bocage", "14500 Vire Normandie"),
        "email": "claire.lemoine@exemple.fr",
        "phone": "06 00 00 00 00",
        "civility": Civility.MS,
        "recipient_title": "la Directrice",
        "recipient_name": "Martin",
        "function": "Directrice des ressources humaines",
        "firm": "Fonderie du Bocage",
        "firm_address": ("3 rue de la Gare", "14000 Caen"),
        "days": 2,
        "weekdays": (1, 3),
        "start": datetime.date(2027, 2, 1),
        "trial_end": datetime.date(2027, 4, 30),
        "review": datetime.date(2027, 3, 15),
        "place": Place.BOTH,
        "ltp_name": "Le Labo",
        "ltp_town": "Vire",
        "tasks": ("Contrôle des factures", "Relances des clients", "Tableaux de bord"),
        "morning": Hours(datetime.time(9), datetime.time(12)),
        "afternoon": Hours(datetime.time(14), datetime.time(17, 30)),
        "kit": Kit.NEED,
        "cost": Cost.ALLOWANCE,
        "arguments": (Argument.RETENTION, Argument.CHEAP),
        "own_words": ("la clôture mensuelle irait plus vite",),
        "sentences": (("Nous pourrions nous fixer un point chaque lundi.", "We could set a weekly point on Mondays."),),
        "commute": Commute(42, 50, 7700, 153),
        "town": "Vire",
        "date": WRITTEN_ON,
        "enclosures": (Enclosure.TASKS, Enclosure.TRIAL_PLAN),
        "answer_by": datetime.date(2026, 12, 23),
        "paper_date": datetime.date(2027, 1, 5),
        "agreed_on": datetime.date(2026, 12, 18),
        "refused_on": datetime.date(2026, 12, 18),
        "talk_again": datetime.date(2027, 1, 12),
    }
    return Answers(**{**values, **changes})


# Sampled, for drawing words letter by letter would take longer than the letters do.
_WORDS = [
    "Œuvre",
    "DRH",
    "Chargé de clientèle",
    "e-mail",
    "Rémi d'Arcy",
    "L'atelier",
    "suivi : qualité",
    "Ça va ?",
    "4 h",
]


def _line() -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(_WORDS), min_size=1, max_size=3).map(" ".join)


_later = st.dates(datetime.date(2026, 12, 1), datetime.date(2029, 12, 31))
_some_line = st.just("") | _line()
_lines = st.lists(_line(), max_size=3).map(tuple)


@st.composite
def any_answers(draw: Any) -> Answers:
    """Whatever may be answered, complete or not, possible or not."""
    sector = draw(st.sampled_from(Sector))
    arguments = [each for each in Argument if not (sector.public and each in PRIVATE_ARGUMENTS)]
    hours = st.none() | st.tuples(st.times(), st.times()).map(lambda pair: Hours(*sorted(each for each in pair)))
    commute = st.builds(
        Commute,
        km=st.none() | st.floats(0.1, 400),
        minutes=st.none() | st.integers(1, 300),
        km_a_year=st.none() | st.integers(-9000, 90000),
        hours_a_year=st.none() | st.integers(-900, 2000),
    )
    return Answers(
        sector=sector,
        text=draw(st.sampled_from(TextInForce)),
        text_reference=draw(_some_line),
        text_article=draw(st.sampled_from(["", "4", "article 4", "II"])),
        eligible=draw(st.sampled_from(Eligible)),
        disabled_or_carer=draw(st.booleans()),
        pregnant=draw(st.booleans()),
        doctor=draw(st.booleans()),
        first_name=draw(_some_line),
        last_name=draw(_some_line),
        post=draw(_some_line),
        service=draw(_some_line),
        since=draw(st.none() | st.dates(datetime.date(1980, 1, 1), datetime.date(2026, 11, 1))),
        address=draw(_lines),
        email=draw(st.sampled_from(["", "a.b@exemple.fr"])),
        phone=draw(st.sampled_from(["", "06 00 00 00 00"])),
        civility=draw(st.sampled_from(Civility)),
        recipient_title=draw(st.sampled_from(["", "la Directrice", "le Maire"])),
        recipient_name=draw(_some_line),
        function=draw(_some_line),
        firm=draw(_some_line),
        firm_address=draw(_lines),
        rhythm=draw(st.sampled_from(Rhythm)),
        days=draw(st.integers(1, 23)),
        per=draw(st.sampled_from(Per)),
        weekdays=draw(st.sets(st.integers(0, 4)).map(sorted).map(tuple)),
        occasional_days=draw(st.none() | st.integers(1, 120)),
        start=draw(st.none() | _later),
        trial_end=draw(st.none() | _later),
        review=draw(st.none() | _later),
        place=draw(st.sampled_from(Place)),
        ltp_name=draw(_some_line),
        ltp_town=draw(st.sampled_from(["", "Vire", "Le Havre", "Les Andelys"])),
        tasks=draw(st.lists(_line(), max_size=6).map(tuple)),
        morning=draw(hours),
        afternoon=draw(hours),
        kit=draw(st.sampled_from(Kit)),
        cost=draw(st.sampled_from(Cost)),
        arguments=draw(st.lists(st.sampled_from(arguments), max_size=4, unique=True).map(tuple)),
        own_words=draw(st.lists(_line(), max_size=2).map(tuple)),
        sentences=draw(st.lists(st.just(("Une phrase.", "A sentence.")), max_size=3).map(tuple)),
        commute=draw(st.none() | commute),
        town=draw(st.sampled_from(["", "Vire", "Le Havre", "Les Andelys"])),
        date=draw(st.sampled_from([datetime.date.min, WRITTEN_ON])),
        delivery=draw(st.sampled_from(Delivery)),
        enclosures=draw(st.lists(st.sampled_from(Enclosure), unique=True).map(tuple)),
        answer_by=draw(st.none() | st.just(datetime.date(2026, 12, 23)) | _later),
        paper_date=draw(st.none() | _later),
        agreed_on=draw(st.none() | _later),
        refused_on=draw(st.none() | _later),
        reasons_given=draw(st.booleans()),
        fallback=draw(st.sampled_from(Fallback)),
        talk_again=draw(st.none() | _later),
    )


@st.composite
def good_answers(draw: Any, kind: PaperKind) -> Answers:
    """Complete and possible for a kind of paper: Claire answers what is missing or contradicts itself."""
    answers = draw(any_answers())
    for _round in range(6):
        found = problems(answers, kind)
        if not found:
            return answers
        answers = _mended(answers, {problem.field for problem in found})
    raise AssertionError(problems(answers, kind))


def _mended(answers: Answers, wrong: set[str]) -> Answers:
    fallback = full_answers()
    values = {name: getattr(fallback, name) for name in wrong}
    if wrong & {"days", "weekdays"}:
        values |= {"days": 2, "per": Per.WEEK, "weekdays": ()}
    if wrong & {"occasional_days"}:
        values["occasional_days"] = 12
    if wrong & {"cost"}:
        values["cost"] = Cost.NONE
    if wrong & {"morning", "afternoon"}:
        values |= {"morning": fallback.morning, "afternoon": fallback.afternoon}
    if wrong & {"start", "trial_end", "review"}:
        values |= {name: getattr(fallback, name) for name in ("start", "trial_end", "review")}
    if wrong & {"arguments"}:
        values |= {"arguments": answers.arguments[:1], "own_words": ()}
    return replace(answers, **values)
