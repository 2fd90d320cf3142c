"""Stored rich text as plain values: papers hold no HTML, and the words of a link stand without its address."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag

from hub.typesetting.characters import tidy

# What XML cannot carry. Editors do not type it, but they paste.
_IMPOSSIBLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HEADINGS = ("h2", "h3", "h4")


@dataclass(frozen=True)
class Passage:
    """A heading, or a paragraph with the list that belongs to it. ``place`` is where it stands in the text."""

    place: int
    text: str
    items: tuple[str, ...] = ()
    is_heading: bool = False


def passages(html: str) -> Iterator[Passage]:
    """A list belongs to the paragraph above it."""
    waiting: Passage | None = None
    for place, element in enumerate(BeautifulSoup(html, "html.parser").find_all(True, recursive=False)):
        if element.name in ("ul", "ol"):
            items = tuple(_items(element))
            yield Passage(waiting.place, waiting.text, items) if waiting else Passage(place, "", items)
            waiting = None
            continue
        if waiting:
            yield waiting
        waiting, text = None, printable(element.get_text(" " if element.name == "div" else ""))
        if not text:
            continue
        if element.name in _HEADINGS:
            yield Passage(place, text, is_heading=True)
        else:
            waiting = Passage(place, text)
    if waiting:
        yield waiting


def _items(element: Tag) -> Iterator[str]:
    """Every item at any depth, each with its own words only."""
    for item in element.find_all("li"):
        nested = item.find_all(["ul", "ol"])
        inner = {id(words) for each in nested for words in each.find_all(string=True)}
        text = printable("".join(words for words in item.find_all(string=True) if id(words) not in inner))
        if text:
            yield text


def printable(text: str) -> str:
    """Tidied, without what no document can carry."""
    return tidy(_IMPOSSIBLE.sub("", text))
