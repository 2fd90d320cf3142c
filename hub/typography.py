"""French spacing, as the Imprimerie nationale sets it. Knows no Django; imported by whoever writes French.

A fine no-break space (U+202F) stands before ``; ! ?`` and between groups of three digits, a no-break space (U+00A0)
before ``:``, ``%`` and units, inside « » and after ``n°``.
"""

import re

FINE = "\u202f"
HARD = "\u00a0"

_TAG = re.compile(r"(<[^>]*>)")
_RULES: list[tuple[re.Pattern[str], str]] = [
    # A run of signs counts as one; at the start of a text only an existing space is set (the word is in another tag).
    (re.compile(r"(?:(?<=[^\s;!?])[ \u00a0\u202f]*|^[ \u00a0\u202f]+)([;!?]+)(?=[\s»)<\"]|$)"), rf"{FINE}\1"),
    (re.compile(r"[ \u00a0]+:(?=\s|$)"), f"{HARD}:"),
    (re.compile(r"«[ \u00a0\u202f]*"), f"«{HARD}"),
    (re.compile(r"[ \u00a0\u202f]*»"), f"{HARD}»"),
    (re.compile(r"(?<=\d) (?=\d{3}(?!\d))"), FINE),
    (re.compile(r"(?<=\d) (?=(?:%|€|k€|M€|km|kg|g|h|min|cm|m²|Mbit/s|To|Go)(?![\w]))"), HARD),
    (re.compile(r"\b([nN]°|art\.|p\.) (?=\d)"), rf"\1{HARD}"),
]
# "&amp;" and the like end with a semicolon that belongs to the entity.
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|\w+);")


def french_spaces(text: str) -> str:
    """Plain French text with its spaces set. Idempotent."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match[0])
        return f"\ue000{len(kept) - 1}\ue001"

    text = _ENTITY.sub(keep, text)
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return re.sub("\ue000(\\d+)\ue001", lambda match: kept[int(match[1])], text)


def french_spaces_in_html(html: str) -> str:
    """The same in markup: tags and their attributes stay as they are."""
    return "".join(part if part.startswith("<") else french_spaces(part) for part in _TAG.split(html))
