"""What the letter builder asks, field by field, and the answers as values. Plain Python; forms hold the words.

``Answers`` is complete and clean when composition receives it: ``problems`` says what is missing or impossible.
"""

import datetime
from dataclasses import dataclass, field, fields
from decimal import Decimal
from enum import StrEnum

from guides.letters.papers import PaperKind
from guides.situation import Eligible, Sector, Situation, TextInForce

LONGEST_LINE = 120  # characters of a name, a post, a town
LONGEST_TEXT = 400  # characters of a task, a sentence of one's own
MOST_TASKS = 5
MOST_ARGUMENTS = 3
MOST_SENTENCES = 3
# Decree 2016-151, article 3: three days a week for public servants, unless a derogation applies.
PUBLIC_DAYS_A_WEEK = 3
TRIAL_MONTHS = 3


class Rhythm(StrEnum):
    REGULAR = "regular"
    OCCASIONAL = "occasional"
    BOTH = "both"


class Per(StrEnum):
    WEEK = "week"
    MONTH = "month"


class Place(StrEnum):
    """LTP: a shared workplace (lieu de travail partagé)."""

    HOME = "home"
    LTP = "ltp"
    BOTH = "both"


class Civility(StrEnum):
    UNKNOWN = "unknown"
    MS = "ms"
    MR = "mr"


class Kit(StrEnum):
    UNSAID = ""
    HAVE = "have"
    NEED = "need"


class Cost(StrEnum):
    """What the applicant asks for; never chosen for them."""

    NONE = ""
    KIT = "kit"
    ALLOWANCE = "allowance"
    LTP = "ltp"


class Delivery(StrEnum):
    BY_HAND = "by_hand"
    REGISTERED = "registered"
    EMAIL = "email"


class Argument(StrEnum):
    """The sentences on what the employer gains, each with its evidence (clauses ``argument.*``)."""

    RETENTION = "retention"
    COMMON = "common"
    NEARBY = "nearby"
    RECRUITING = "recruiting"
    TIME = "time"
    CLIMATE = "climate"
    SPACE = "space"
    CONTINUITY = "continuity"
    CHEAP = "cheap"
    MOBILITY = "mobility"


class Enclosure(StrEnum):
    TASKS = "tasks"
    TRIAL_PLAN = "trial_plan"
    ELECTRICITY = "electricity"
    INSURANCE = "insurance"
    CONFORMITY = "conformity"
    DOCTOR = "doctor"


class Fallback(StrEnum):
    """What to propose after a refusal."""

    FEWER_DAYS = "fewer_days"
    OCCASIONAL = "occasional"
    LTP = "ltp"
    AFTER_TRAINING = "after_training"


@dataclass(frozen=True)
class Hours:
    """A span within one day."""

    start: datetime.time
    end: datetime.time


@dataclass(frozen=True)
class Commute:
    """Figures that the applicant chose to show: one way, door to door."""

    km: Decimal | float | None = None
    minutes: int | None = None
    km_a_year: int | None = None
    hours_a_year: int | None = None


@dataclass(frozen=True)
class Answers:
    """Texts are stripped, single-spaced and printable (``unprintable``); empty means unanswered."""

    sector: Sector = Sector.PRIVATE
    text: TextInForce = TextInForce.UNKNOWN
    text_reference: str = ""
    text_article: str = ""
    eligible: Eligible = Eligible.UNKNOWN
    disabled_or_carer: bool = False
    pregnant: bool = False
    doctor: bool = False

    first_name: str = ""
    last_name: str = ""
    post: str = ""
    service: str = ""
    since: datetime.date | None = None
    address: tuple[str, ...] = ()
    email: str = ""
    phone: str = ""
    civility: Civility = Civility.UNKNOWN
    recipient_title: str = ""
    recipient_name: str = ""
    function: str = ""
    firm: str = ""
    firm_address: tuple[str, ...] = ()

    rhythm: Rhythm = Rhythm.REGULAR
    days: int = 1
    per: Per = Per.WEEK
    weekdays: tuple[int, ...] = ()
    occasional_days: int | None = None
    start: datetime.date | None = None
    trial_end: datetime.date | None = None
    review: datetime.date | None = None
    place: Place = Place.HOME
    ltp_name: str = ""
    ltp_town: str = ""

    tasks: tuple[str, ...] = ()
    morning: Hours | None = None
    afternoon: Hours | None = None
    kit: Kit = Kit.UNSAID
    cost: Cost = Cost.NONE

    arguments: tuple[Argument, ...] = ()
    own_words: tuple[str, ...] = ()
    sentences: tuple[tuple[str, str], ...] = field(default=())
    commute: Commute | None = None

    town: str = ""
    date: datetime.date = datetime.date.min
    delivery: Delivery = Delivery.BY_HAND
    enclosures: tuple[Enclosure, ...] = ()
    answer_by: datetime.date | None = None

    # The day on which a companion is written; ``date`` stays that of the request.
    paper_date: datetime.date | None = None
    agreed_on: datetime.date | None = None
    refused_on: datetime.date | None = None
    reasons_given: bool = False
    fallback: Fallback = Fallback.FEWER_DAYS
    talk_again: datetime.date | None = None

    @property
    def situation(self) -> Situation:
        return Situation(self.sector, self.text, self.eligible, self.disabled_or_carer, self.doctor)

    @property
    def derogation(self) -> bool:
        """A reason for which a public servant may have more than three days (decree 2016-151, article 4)."""
        return self.disabled_or_carer or self.pregnant or self.doctor


# Of use to private employers only: public ones do not bargain under article L2242-17.
PRIVATE_ARGUMENTS = frozenset({Argument.MOBILITY})

# Without these the paper would have a hole. The sector is required by its type.
_EVERY_PAPER = ("first_name", "last_name", "post", "function", "firm", "town", "date")
_REQUIRED: dict[PaperKind, tuple[str, ...]] = {
    PaperKind.LETTER: (*_EVERY_PAPER, "start", "tasks"),
    PaperKind.EMAIL: (*_EVERY_PAPER, "start", "tasks"),
    PaperKind.TRIAL_PLAN: (*_EVERY_PAPER, "start", "tasks"),
    PaperKind.REMINDER: _EVERY_PAPER,
    PaperKind.THANKS: (*_EVERY_PAPER, "start"),
    PaperKind.AFTER_REFUSAL: _EVERY_PAPER,
}


def required(kind: PaperKind) -> tuple[str, ...]:
    """The fields of ``Answers`` that a paper cannot do without."""
    return _REQUIRED[kind]


@dataclass(frozen=True)
class Problem:
    """``code`` is one of those below; the form has the sentence for it in each language."""

    field: str
    code: str


def problems(answers: Answers, kind: PaperKind) -> list[Problem]:
    """Everything that keeps a paper from being written, in the order of the questions."""
    found = [Problem(name, "required") for name in required(kind) if _empty(getattr(answers, name))]
    found += _request_problems(answers) + _date_problems(answers)
    order = [each.name for each in fields(Answers)]
    return sorted(found, key=lambda problem: order.index(problem.field))


def over_public_limit(answers: Answers) -> bool:
    """More days than public servants may have without a derogation; a month counts as four weeks (decree 2016-151)."""
    if not answers.sector.public or answers.rhythm is Rhythm.OCCASIONAL:
        return False
    return answers.days > (PUBLIC_DAYS_A_WEEK if answers.per is Per.WEEK else 4 * PUBLIC_DAYS_A_WEEK)


def _empty(value: object) -> bool:
    return not value or value == datetime.date.min


def _request_problems(answers: Answers) -> list[Problem]:
    found = []
    if answers.rhythm is not Rhythm.OCCASIONAL:
        limit = 5 if answers.per is Per.WEEK else 23
        if not 1 <= answers.days <= limit:
            found.append(Problem("days", "range"))
        elif over_public_limit(answers) and not answers.derogation:
            found.append(Problem("days", "public_limit"))
        if answers.per is Per.WEEK and answers.weekdays and len(answers.weekdays) != answers.days:
            found.append(Problem("weekdays", "count"))
    if answers.rhythm is not Rhythm.REGULAR and not 1 <= (answers.occasional_days or 0) <= 120:
        found.append(Problem("occasional_days", "range" if answers.occasional_days else "required"))
    if answers.place is not Place.HOME and not answers.ltp_name:
        found.append(Problem("ltp_name", "required"))
    if answers.cost is Cost.LTP and answers.place is Place.HOME:
        found.append(Problem("cost", "no_ltp"))
    for name in ("morning", "afternoon"):
        hours: Hours | None = getattr(answers, name)
        if hours and hours.start >= hours.end:
            found.append(Problem(name, "order"))
    if answers.morning and answers.afternoon and answers.afternoon.start < answers.morning.end:
        found.append(Problem("afternoon", "overlap"))
    if len(answers.tasks) > MOST_TASKS:
        found.append(Problem("tasks", "too_many"))
    if len(answers.arguments) + len(answers.own_words) > MOST_ARGUMENTS:
        found.append(Problem("arguments", "too_many"))
    if answers.sector.public and PRIVATE_ARGUMENTS.intersection(answers.arguments):
        found.append(Problem("arguments", "private_only"))
    if len(answers.sentences) > MOST_SENTENCES:
        found.append(Problem("sentences", "too_many"))
    return found


def _date_problems(answers: Answers) -> list[Problem]:
    """Dates that contradict one another: each is checked against the one it must follow."""
    found = []
    for earlier, later in (
        ("date", "start"),
        ("start", "trial_end"),
        ("start", "review"),
        ("date", "answer_by"),
        ("date", "talk_again"),
    ):
        first, second = getattr(answers, earlier), getattr(answers, later)
        if first and second and first != datetime.date.min and second <= first:
            found.append(Problem(later, f"not_after_{earlier}"))
    if answers.review and answers.trial_end and answers.review >= answers.trial_end:
        found.append(Problem("review", "not_before_trial_end"))
    if answers.since and answers.date != datetime.date.min and answers.since > answers.date:
        found.append(Problem("since", "future"))
    return found


def add_months(day: datetime.date, months: int) -> datetime.date:
    """The same day some months later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return datetime.date(year, month + 1, last)
        except ValueError:
            continue
    raise ValueError(f"no day in {year}-{month + 1}")
