"""What the letter's form says: its steps and their groups, the answers offered, and a sentence for each problem."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guides.letters.papers import PaperKind
from guides.letters.questions import (
    Civility,
    Cost,
    Delivery,
    Enclosure,
    Fallback,
    Kit,
    Per,
    Place,
    Problem,
    Rhythm,
)
from guides.situation import Eligible, TextInForce

Words = str | Promise


@dataclass(frozen=True)
class Group:
    """Questions that stand together. ``only`` names the style that hides them where an answer makes them idle;
    ``row`` sets them side by side on wide screens."""

    names: tuple[str, ...]
    title: Words = ""
    help: Words = ""
    only: str = ""
    row: bool = False
    special: bool = False


@dataclass(frozen=True)
class Step:
    number: int
    title: Words
    groups: tuple[Group, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for group in self.groups for name in group.names)


STEPS = (
    Step(
        1,
        _("Your situation"),
        (
            Group(("sector",)),
            Group(("text",), only="only-private"),
            Group(("text_reference", "text_article"), only="only-private only-text", row=True),
            Group(("eligible",), only="only-private only-text"),
            Group(
                ("disabled_or_carer", "pregnant", "doctor"),
                _("Special situations: only if you want the letter to say so"),
                special=True,
            ),
        ),
    ),
    Step(
        2,
        _("You and the person you write to"),
        (
            Group(("first_name", "last_name"), _("You"), row=True),
            Group(("post", "service"), row=True),
            Group(("since",)),
            Group(("address",)),
            Group(("email", "phone"), row=True),
            Group(("civility",), _("The person you write to")),
            Group(("recipient_title", "recipient_name"), row=True),
            Group(("function", "firm"), row=True),
            Group(("firm_address",)),
        ),
    ),
    Step(
        3,
        _("Your request"),
        (
            Group(("rhythm",)),
            Group(("days",), only="only-regular"),
            Group(("per",), only="only-regular"),
            Group(("weekdays",), only="only-regular only-weekly"),
            Group(("occasional_days",), only="only-occasional"),
            Group(("start",), _("A trial, with dates")),
            Group(("trial_end", "review"), row=True),
            Group(("place",)),
            Group(("ltp_name", "ltp_town"), only="only-shared", row=True),
        ),
    ),
    Step(
        4,
        _("Your work"),
        (
            Group(
                ("task_1", "task_2", "task_3", "task_4", "task_5"),
                _("What you would do at a distance"),
                _("One task is enough, five at most. Name what somebody waits for: a report, a file, a schedule."),
            ),
            Group(("morning_start", "morning_end"), _("When you can be reached"), row=True),
            Group(("afternoon_start", "afternoon_end"), row=True),
            Group(("kit",), _("Equipment and costs")),
            Group(("cost",)),
        ),
    ),
    Step(
        5,
        _("What speaks for it"),
        (
            Group(("arguments",)),
            Group(("own_words_1", "own_words_2", "own_words_3"), _("In your own words")),
            Group(("card",)),
            Group(("commute",)),
            Group(("commute_km", "commute_minutes"), only="only-commute", row=True),
            Group(("km_a_year", "hours_a_year"), only="only-commute", row=True),
        ),
    ),
    Step(
        6,
        _("The letter"),
        (
            Group(("town", "date"), row=True),
            Group(("delivery",)),
            Group(("answer_by",)),
            Group(("enclosures",)),
            Group(("language",)),
        ),
    ),
)

KIND_NAMES: dict[PaperKind, Words] = {
    PaperKind.LETTER: _("Your letter"),
    PaperKind.EMAIL: _("The same as an e-mail"),
    PaperKind.TRIAL_PLAN: _("Trial plan"),
    PaperKind.REMINDER: _("Reminder"),
    PaperKind.THANKS: _("Thank-you and confirmation"),
    PaperKind.AFTER_REFUSAL: _("Reply after a refusal"),
}

KIND_PURPOSES: dict[PaperKind, Words] = {
    PaperKind.LETTER: _("The request, set as a letter."),
    PaperKind.EMAIL: _("The same words, shorter at both ends."),
    PaperKind.TRIAL_PLAN: _("One page to look at together: dates, days, what will be measured, the way back."),
    PaperKind.REMINDER: _("When no answer has come."),
    PaperKind.THANKS: _("After a yes: what was agreed, in writing."),
    PaperKind.AFTER_REFUSAL: _("After a no: ask for the reasons, propose less."),
}
# The tools that help with the questions of some steps, by the model of their page.
TOOL_WORDS: dict[str, tuple[tuple[int, ...], Words]] = {
    "refusalpage": ((1,), _("See what my employer may refuse")),
    "guidesteppage": ((3, 4), _("Sort my tasks first")),
    "savingspage": ((5,), _("Work out what I save")),
    "objectioncardspage": ((5,), _("Read the objection cards")),
}

Choices = list[tuple[str, Words]]

TEXTS: Choices = [
    (TextInForce.AGREEMENT.value, _("A collective agreement")),
    (TextInForce.CHARTER.value, _("A charter drawn up by the employer")),
    (TextInForce.NONE.value, _("Neither of them")),
    (TextInForce.UNKNOWN.value, _("I do not know: the letter asks")),
]
ELIGIBLE: Choices = [
    (Eligible.YES.value, _("Yes, it is open to my post")),
    (Eligible.NO.value, _("No, my post is left out")),
    (Eligible.NOT_STATED.value, _("It says nothing of my post")),
    (Eligible.UNKNOWN.value, _("I do not know")),
]
CIVILITIES: Choices = [
    (Civility.MS.value, _("Madame (Ms)")),
    (Civility.MR.value, _("Monsieur (Mr)")),
    (Civility.UNKNOWN.value, _("I do not know: “Madame, Monsieur”")),
]
RHYTHMS: Choices = [
    (Rhythm.REGULAR.value, _("The same number of days every week or month")),
    (Rhythm.OCCASIONAL.value, _("Now and then, a number of days a year")),
    (Rhythm.BOTH.value, _("Both")),
]
PERIODS: Choices = [(Per.WEEK.value, _("a week")), (Per.MONTH.value, _("a month"))]
PLACES: Choices = [
    (Place.HOME.value, _("At home")),
    (Place.LTP.value, _("In a shared workplace near home")),
    (Place.BOTH.value, _("Both, by the day")),
]
KITS: Choices = [
    (Kit.UNSAID.value, _("Say nothing of it")),
    (Kit.HAVE.value, _("I have what I need from my employer")),
    (Kit.NEED.value, _("I need equipment from my employer")),
]
COSTS: Choices = [
    (Cost.NONE.value, _("Nothing")),
    (Cost.KIT.value, _("The equipment")),
    (Cost.ALLOWANCE.value, _("A flat allowance")),
    (Cost.LTP.value, _("The price of the shared workplace")),
]
DELIVERIES: Choices = [
    (Delivery.BY_HAND.value, _("Handed over against a signed receipt")),
    (Delivery.REGISTERED.value, _("Registered letter with proof of delivery")),
    (Delivery.EMAIL.value, _("By e-mail")),
]
ENCLOSURES: Choices = [
    (Enclosure.TASKS.value, _("Table of tasks")),
    (Enclosure.TRIAL_PLAN.value, _("Trial plan")),
    (Enclosure.ELECTRICITY.value, _("Certificate of electrical conformity")),
    (Enclosure.INSURANCE.value, _("Home insurance certificate")),
    (Enclosure.CONFORMITY.value, _("Certificate of conformity of the home (public servants)")),
    (Enclosure.DOCTOR.value, _("The conclusion of the occupational doctor, never the diagnosis")),
]
FALLBACKS: Choices = [
    (Fallback.FEWER_DAYS.value, _("Fewer days")),
    (Fallback.OCCASIONAL.value, _("Now and then only")),
    (Fallback.LTP.value, _("A shared workplace only")),
    (Fallback.AFTER_TRAINING.value, _("After a period of training")),
]
LANGUAGES: Choices = [
    ("fr", _("French: the one to send to an employer in France")),
    ("en", _("English: for a manager who reads English; the French text prevails")),
]

_REQUIRED = _("The letter needs this answer.")
_SENTENCES: dict[tuple[str, str], Words] = {
    ("start", "required"): _("From which day? Give the first day you ask for."),
    ("tasks", "required"): _("Name at least one task that you can do at a distance."),
    ("occasional_days", "required"): _("How many days a year at most?"),
    ("ltp_name", "required"): _("Name the shared workplace, or choose home."),
    ("days", "range"): _("From 1 to 5 days a week, or from 1 to 23 a month."),
    ("days", "public_limit"): _(
        "A public servant may telework three days a week at most, twelve a month, "
        "unless a special situation applies (step 1)."
    ),
    ("weekdays", "count"): _("Tick as many days as you ask for a week, or none if they are still to be settled."),
    ("occasional_days", "range"): _("From 1 to 120 days a year."),
    ("cost", "no_ltp"): _("You ask only for home: choose a shared workplace at step 3, or another request here."),
    ("morning", "order"): _("The end must come after the beginning."),
    ("afternoon", "order"): _("The end must come after the beginning."),
    ("afternoon", "overlap"): _("The afternoon begins before the morning ends."),
    ("arguments", "too_many"): _("Three arguments at most, those in your own words included."),
    ("arguments", "private_only"): _("One of these arguments is for private employers only."),
    ("sentences", "too_many"): _("Three sentences at most."),
    ("start", "not_after_date"): _("The first day must come after the date of the letter (step 6)."),
    ("trial_end", "not_after_start"): _("The trial must end after its first day."),
    ("review", "not_after_start"): _("The halfway review must come after the first day."),
    ("review", "not_before_trial_end"): _("The halfway review must come before the end of the trial."),
    ("answer_by", "not_after_date"): _("The answer must be asked for after the date of the letter."),
    ("talk_again", "not_after_date"): _("Talking again must come after the date of the letter."),
    ("since", "future"): _("You cannot have begun after the date of the letter."),
}
# Where a problem of an answer is shown, when its field has another name.
_FIELDS = {
    "tasks": "task_1",
    "morning": "morning_end",
    "afternoon": "afternoon_start",
    "sentences": "card",
    "own_words": "own_words_1",
    "commute": "commute_km",
}


def told_field(answer: str) -> str:
    """The field of the form in which an answer is given, or where a problem of it is shown."""
    return _FIELDS.get(answer, answer)


def told(problem: Problem) -> tuple[str, Words]:
    """The field of the form at which a problem is shown, and its sentence."""
    field = told_field(problem.field)
    if problem.code == "required":
        return field, _SENTENCES.get((problem.field, problem.code), _REQUIRED)
    return field, _SENTENCES[problem.field, problem.code]


def weekday_choices() -> list[tuple[Any, Words]]:
    return [(0, _("Monday")), (1, _("Tuesday")), (2, _("Wednesday")), (3, _("Thursday")), (4, _("Friday"))]
