"""PDF/UA-1 by typst: tagged, titled, in the paper's language, with every font inside it."""

from dataclasses import asdict
from pathlib import Path

from guides.letters.exports.layout import blocks, signed_by_hand
from guides.letters.papers import Paper
from hub.typesetting.pdf import LOCALES, compiled

_TEMPLATE = Path(__file__).with_name("letter.typ")


def write(paper: Paper) -> bytes:
    """Raises ``typst.TypstError`` for a character that no letter may carry (``questions.unprintable``)."""
    language, region = LOCALES[paper.language].split("-")
    data = {
        "title": paper.title,
        "language": language,
        "region": region,
        "signed_by_hand": signed_by_hand(paper),
        "blocks": [asdict(block) for block in blocks(paper)],
    }
    return compiled(_TEMPLATE, data)
