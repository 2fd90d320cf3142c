"""Which papers there are, and in which formats."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from casestudies.dossier import briefing, composition, pdf, slides, word
from casestudies.models import CaseStudyPage, DossierPage

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

Cases = Sequence[CaseStudyPage]


@dataclass(frozen=True)
class Made:
    name: str
    data: bytes


@dataclass(frozen=True)
class Kind:
    """A paper in one format. ``make`` reads the pages, composes and writes."""

    extension: str
    media_type: str
    make: Callable[[DossierPage, Cases], Made]


def _dossier(write: Callable[..., bytes]) -> Callable[[DossierPage, Cases], Made]:
    def make(page: DossierPage, cases: Cases) -> Made:
        paper = composition.dossier(page, cases)
        return Made(paper.imprint.file_name, write(paper))

    return make


def _note(write: Callable[..., bytes]) -> Callable[[DossierPage, Cases], Made]:
    def make(page: DossierPage, cases: Cases) -> Made:
        paper = briefing.note(page, cases)
        return Made(paper.imprint.file_name, write(paper))

    return make


def _slides(page: DossierPage, cases: Cases) -> Made:
    deck = briefing.deck(page, cases)
    return Made(deck.imprint.file_name, slides.write(deck))


DOSSIER, NOTE, DECK = "dossier", "note", "slides"
# By the names of the address: paper and format.
KINDS: dict[tuple[str, str], Kind] = {
    (DOSSIER, "pdf"): Kind("pdf", "application/pdf", _dossier(lambda paper: pdf.dossier(paper))),
    (DOSSIER, "docx"): Kind("docx", _WORD, _dossier(lambda paper: word.dossier(paper))),
    (NOTE, "pdf"): Kind("pdf", "application/pdf", _note(lambda paper: pdf.note(paper))),
    (NOTE, "docx"): Kind("docx", _WORD, _note(lambda paper: word.note(paper))),
    (DECK, "pptx"): Kind("pptx", _SLIDES, _slides),
}
