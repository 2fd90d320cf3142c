"""French spacing, as the Imprimerie nationale sets it. Knows no Django; imported by whoever writes French.

A fine no-break space (U+202F) stands before ``; ! ?`` and between groups of three digits, a no-break space (U+00A0)
before ``:``, ``%`` and units, inside « » and after ``n°``.
"""

import re

FINE = "\u202f"
HARD = "\u00a0"

_TAG = re.compile(r"(<[^>]*>)")
# "&amp;" and the like end with a semicolon that belongs to the entity.
_ENTITY = r"&(?:#\d+|#x[0-9a-fA-F]+|\w+);"
_SPACES = "[ \u00a0\u202f]"
# A run of signs counts as one; at the start of a text only an existing space is set (the word is in another tag).
_HIGH_SIGNS = re.compile(
    rf"(?P<entity>{_ENTITY})(?:{_SPACES}*(?P<after>[;!?]+)(?=[\s»)<\"]|$))?"
    rf"|(?:(?<=[^\s;!?]){_SPACES}*|^{_SPACES}+)(?P<signs>[;!?]+)(?=[\s»)<\"]|$)"
)
_RULES: list[tuple[re.Pattern[str], str]] = [
    (re.compile(r"[ \u00a0]+:(?=\s|$)"), f"{HARD}:"),
    (re.compile(rf"«{_SPACES}*"), f"«{HARD}"),
    (re.compile(rf"{_SPACES}*»"), f"{HARD}»"),
    (re.compile(r"(?<=\d) (?=\d{3}(?!\d))"), FINE),
    (re.compile(r"(?<=\d) (?=(?:%|€|k€|M€|km|kg|g|h|min|cm|m²|Mbit/s|To|Go)(?![\w]))"), HARD),
    (re.compile(r"\b([nN]°|art\.|p\.) (?=\d)"), rf"\1{HARD}"),
]


def _high_signs(match: re.Match[str]) -> str:
    if match["signs"]:
        return FINE + match["signs"]
    return match["entity"] + (FINE + match["after"] if match["after"] else "")


def french_spaces(text: str) -> str:
    """Plain French text with its spaces set. Idempotent."""
    text = _HIGH_SIGNS.sub(_high_signs, text)
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


def french_spaces_in_html(html: str) -> str:
    """The same in markup: tags and their attributes stay as they are."""
    return "".join(part if part.startswith("<") else french_spaces(part) for part in _TAG.split(html))
