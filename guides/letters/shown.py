"""A paper as the page shows it: its parts in order, and beside each the same part in another language."""

from collections.abc import Sequence
from dataclasses import dataclass

from guides.letters.papers import Heading, Paper, Paragraph, Table


@dataclass(frozen=True, repr=False)
class Shown:
    """``shape`` names how the template sets it; ``label`` stands before the text, as in "Objet :"."""

    key: str
    shape: str
    text: str = ""
    label: str = ""
    items: Sequence[str] = ()
    table: Table | None = None

    @property
    def name(self) -> str:
        return self.key.partition(".")[0]


@dataclass(frozen=True, repr=False)
class Pair:
    """The same part in two languages; ``beside`` is None where the reader asked for one language only."""

    one: Shown | None
    beside: Shown | None


def parts(paper: Paper) -> list[Shown]:
    """Everything the paper says, in the order of a formal letter; nothing for what it does not have."""
    found = [
        Shown("sender", "block", items=paper.sender),
        Shown("recipient", "block", items=paper.recipient),
        Shown("place_and_date", "line", paper.place_and_date),
        Shown("delivery", "line", paper.delivery),
        Shown("title", "title", paper.title if not paper.salutation else ""),
        Shown("subject", "line", paper.subject, paper.subject_label),
        Shown("reference", "line", paper.reference, paper.reference_label),
        Shown("salutation", "line", paper.salutation),
        *(_body_part(part) for part in paper.body),
        Shown("closing", "paragraph", paper.closing),
        Shown("signature", "line", paper.signature),
        Shown("enclosures", "enclosures", label=paper.enclosures_label, items=paper.enclosures),
        Shown("notice", "notice", paper.notice),
    ]
    return [each for each in found if each.text or each.items or each.table]


def _body_part(part: Heading | Paragraph | Table) -> Shown:
    if isinstance(part, Heading):
        return Shown(part.key, "heading", part.text)
    if isinstance(part, Table):
        return Shown(part.key, "table", table=part)
    return Shown(part.key, "paragraph", part.text, items=part.items)


def pairs(paper: Paper, other: Paper | None) -> list[Pair]:
    """The parts of a paper, each with its counterpart by key. What only the other one has comes last."""
    mine = parts(paper)
    if other is None:
        return [Pair(part, None) for part in mine]
    theirs = {part.key: part for part in parts(other)}
    paired = [Pair(part, theirs.pop(part.key, None)) for part in mine]
    return [*paired, *(Pair(None, part) for part in theirs.values())]
