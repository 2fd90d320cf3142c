"""Which characters a paper can carry."""

import re
import unicodedata

# What the fonts of our papers draw and what reads from left to right: Latin with its accents, Greek, Cyrillic, and the
# punctuation of French and English. Anything else would be a hole in the PDF.
_RANGES = (
    "\u0020-\u007e\u00a0-\u024f"
    "\u0370-\u0377\u037a-\u037f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u03ff"
    "\u0400-\u04ff\u1e00-\u1eff\u2010-\u2015\u2018-\u201e\u2026\u202f\u20ac"
)
_UNPRINTABLE = re.compile(f"[^{_RANGES}]")
_SPACES = re.compile(r"[^\S\u00a0\u202f]+")


def tidy(text: str) -> str:
    """Composed accents, no space at either end, no two spaces in a row, no soft hyphen."""
    composed = unicodedata.normalize("NFC", text).replace("\u00ad", "")
    return _SPACES.sub(" ", composed).strip()


def unprintable(text: str) -> str:
    """The characters of a tidy text that a paper cannot carry, each once: emoji, controls, other scripts."""
    return "".join(dict.fromkeys(_UNPRINTABLE.findall(text)))
