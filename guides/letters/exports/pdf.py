"""PDF/UA-1 by typst: tagged, titled, in the paper's language, with every font inside it."""

import json
from dataclasses import asdict
from functools import cache
from pathlib import Path

import typst

from guides.letters.exports.layout import LOCALES, blocks, signed_by_hand
from guides.letters.papers import Paper

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
    # A call of its own each time: threads share nothing but the fonts, and what typst remembers of a paper is let go.
    return typst.compile(
        _TEMPLATE,
        format="pdf",
        root=_TEMPLATE.parent,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"paper": json.dumps(data)},
        pdf_standards=["ua-1"],
    )


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)
