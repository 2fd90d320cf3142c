"""PDF/UA-1 by typst: tagged, titled, in the paper's language, with every font inside it."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst

# The language and region of a paper, as office documents write them.
LOCALES = {"fr": "fr-FR", "en": "en-GB"}


def compiled(template: Path, paper: Mapping[str, Any]) -> bytes:
    """The template with ``sys.inputs.paper``, as JSON. Files that it includes lie beside it.

    Raises ``typst.TypstError`` for a character that no font of ours draws (``hub.typesetting.characters``).
    """
    # A call of its own each time: threads share nothing but the fonts, and what typst remembers of a paper is let go.
    return typst.compile(
        template,
        format="pdf",
        root=template.parent,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"paper": json.dumps(paper)},
        pdf_standards=["ua-1"],
    )


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)
