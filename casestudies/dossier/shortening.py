"""Long texts cut where a sentence ends, so that a case stays on its page. Plain Python."""

import re
from collections.abc import Iterable

from casestudies.dossier.values import Text

CUT = " […]"
_END = re.compile(r"[.!?…](?=\s)")


def short(text: str, most: int) -> str:
    """At most ``most`` characters and the mark of a cut: whole sentences where one ends late enough, else words."""
    if len(text) <= most:
        return text
    head = text[: most + 1]
    ends = [match.end() for match in _END.finditer(head) if match.end() >= most * 0.4]
    if ends:
        return head[: ends[-1]] + CUT
    words = head[:most].rpartition(" ")[0]
    return (words if len(words) >= most * 0.4 else head[:most]).rstrip(" ,;:\u00a0\u202f") + CUT


def first_sentence(text: str, most: int) -> str:
    """The first sentence, without a mark of what follows it; cut like any text where it is longer than ``most``."""
    match = _END.search(text)
    return short(text[: match.end()] if match else text, most)


def short_texts(texts: Iterable[Text], most: int, items: int = 6) -> tuple[tuple[Text, ...], bool]:
    """The first texts within ``most`` characters in all, and whether something was left out."""
    kept: list[Text] = []
    left, cut = most, False
    for text in texts:
        if left < 60:
            return tuple(kept), True
        words = short(text.words, left)
        if kept and words != text.words and not _END.search(words):
            return tuple(kept), True  # no whole sentence of it has room
        left -= len(words)
        lines: list[str] = []
        for item in text.items:
            if left < 40 or len(lines) >= items:
                cut = True
                break
            lines.append(short(item, max(left, 60)))
            left -= len(lines[-1])
        cut = cut or words != text.words or tuple(lines) != text.items[: len(lines)]
        if words or lines:
            kept.append(Text(words, tuple(lines), text.is_heading))
    if kept and kept[-1].is_heading:
        kept.pop()
    return tuple(kept), cut
