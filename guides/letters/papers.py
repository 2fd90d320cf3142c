"""What composition gives and exports take: papers made of plain text, complete, with nothing left to fill in."""

import datetime
from dataclasses import dataclass, field
from enum import StrEnum


class PaperKind(StrEnum):
    """The letter and its companions."""

    LETTER = "letter"
    EMAIL = "email"
    TRIAL_PLAN = "trial_plan"
    REMINDER = "reminder"
    THANKS = "thanks"
    AFTER_REFUSAL = "after_refusal"
    CHARTER = "charter"


@dataclass(frozen=True)
class Heading:
    key: str
    text: str


@dataclass(frozen=True)
class Paragraph:
    """``key`` names the clause and is the same in every language: readers see both languages side by side by it.

    ``items`` are set as a list below the text.
    """

    key: str
    text: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """Every row has as many cells as there are columns; the first cell heads its row."""

    key: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Part = Heading | Paragraph | Table


@dataclass(frozen=True)
class Paper:
    """A document in one language, its parts in the order of a French formal letter.

    Blocks that a kind of paper does not have are empty: an e-mail has no address block, a trial plan no salutation.
    ``subject`` and ``enclosures`` come without their labels ("Objet :", "P. J. :"), which are fields of their own.
    """

    kind: PaperKind
    language: str
    title: str
    file_name: str
    sender: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    place_and_date: str = ""
    delivery: str = ""
    subject_label: str = ""
    subject: str = ""
    reference_label: str = ""
    reference: str = ""
    salutation: str = ""
    body: tuple[Part, ...] = ()
    closing: str = ""
    signature: str = ""
    enclosures_label: str = ""
    enclosures: tuple[str, ...] = ()
    notice: str = ""


@dataclass(frozen=True)
class Appointment:
    """A whole day to keep in mind: an entry of the calendar file."""

    key: str
    day: datetime.date
    summary: str
    description: str = ""


@dataclass(frozen=True)
class Calendar:
    language: str
    file_name: str
    appointments: tuple[Appointment, ...] = field(default=())
