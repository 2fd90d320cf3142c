"""The blocks of a paper in reading order, each with its role. Formats say how a role looks, never what comes when."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from guides.letters.papers import Heading, Paper, PaperKind, Paragraph, Part, Table


class Role(StrEnum):
    NOTICE = "notice"
    SENDER = "sender"
    RECIPIENT = "recipient"
    PLACE_AND_DATE = "place_and_date"
    DELIVERY = "delivery"
    TITLE = "title"
    SUBJECT = "subject"
    REFERENCE = "reference"
    SALUTATION = "salutation"
    HEADING = "heading"
    TEXT = "text"
    ITEM = "item"
    TABLE = "table"
    CLOSING = "closing"
    SIGNATURE = "signature"
    ENCLOSURES = "enclosures"


@dataclass(frozen=True)
class Block:
    """``lines`` stand under one another in one block. ``table`` comes with the role of that name, without lines."""

    role: Role
    lines: tuple[str, ...] = ()
    table: Table | None = None


def blocks(paper: Paper) -> Iterator[Block]:
    """A paper without a subject shows its title."""
    for role, lines in (
        (Role.NOTICE, (paper.notice,)),
        (Role.SENDER, paper.sender),
        (Role.RECIPIENT, paper.recipient),
        (Role.PLACE_AND_DATE, (paper.place_and_date,)),
        (Role.DELIVERY, (paper.delivery,)),
        (Role.TITLE, ("" if paper.subject else paper.title,)),
        (Role.SUBJECT, (labelled(paper.subject_label, paper.subject),)),
        (Role.REFERENCE, (labelled(paper.reference_label, paper.reference),)),
        (Role.SALUTATION, (paper.salutation,)),
    ):
        yield from _block(role, lines)
    for part in paper.body:
        yield from _part(part)
    yield from _block(Role.CLOSING, (paper.closing,))
    yield from _block(Role.SIGNATURE, (paper.signature,))
    yield from _enclosures(paper)


def signed_by_hand(paper: Paper) -> bool:
    """Whether room is left above the name."""
    return paper.kind is not PaperKind.EMAIL


def labelled(label: str, text: str) -> str:
    return f"{label} {text}".strip() if text else ""


def _block(role: Role, lines: tuple[str, ...]) -> Iterator[Block]:
    written = tuple(line for line in lines if line)
    if written:
        yield Block(role, written)


def _part(part: Part) -> Iterator[Block]:
    match part:
        case Heading():
            yield from _block(Role.HEADING, (part.text,))
        case Paragraph():
            yield from _block(Role.TEXT, (part.text,))
            yield from _block(Role.ITEM, part.items)
        case Table():
            yield Block(Role.TABLE, table=part)


def _enclosures(paper: Paper) -> Iterator[Block]:
    """One enclosure stands beside the label, several are listed below it."""
    if len(paper.enclosures) == 1:
        yield from _block(Role.ENCLOSURES, (labelled(paper.enclosures_label, paper.enclosures[0]),))
    elif paper.enclosures:
        yield from _block(Role.ENCLOSURES, (paper.enclosures_label,))
        yield from _block(Role.ITEM, paper.enclosures)
