"""The passage of a page that best shows why tantivy found it.

A snippet costs as much as its text is long. A page may carry the text of long documents, so of a long text only the
stretch with most of the words is given to tantivy, whose analysis has the last word on what is a match.
"""

import re
from collections.abc import Callable
from functools import cache
from itertools import islice

from tantivy import Document, Searcher, Snippet, SnippetGenerator

from hub.search.engine import Fragments, SearchQuery
from hub.search.tantivy_index import SCHEMA, QueryWriter

_PASSAGE = 220
_BEFORE = 50
_LONG = 6000  # characters from which a text is searched for its best stretch first
_STRETCH = 1200
_MEETINGS = 500  # more are not compared
_SPELLED = {
    "a": "[aàâäáã]",
    "c": "[cç]",
    "e": "[eéèêë]",
    "i": "[iîïí]",
    "n": "[nñ]",
    "o": "[oôöóõ]",
    "u": "[uùûüú]",
    "y": "[yÿ]",
}


def passages(searcher: Searcher, writer: QueryWriter, asked: SearchQuery) -> Callable[[Document], Fragments]:
    """A function from a found document to its passage.

    A passage with the visitor's own words is preferred to one with synonyms, and the body to the summary.
    """
    own = writer.marked(asked, with_synonyms=False)
    every = writer.marked(asked, with_synonyms=True)
    choices = [own] if own == every else [own, every]

    @cache
    def generator(field: str, tokens: frozenset[str]) -> SnippetGenerator:
        made = SnippetGenerator.create(searcher, writer.any_of(field, tokens), SCHEMA, field)
        made.set_max_num_chars(_PASSAGE)
        return made

    stretch = cache(_pattern)

    def passage(document: Document) -> Fragments:
        for tokens in choices if every else ():
            for field in ("body", "summary"):
                text, begin, end = document[field][0], 0, None
                source = document
                if len(text) > _LONG:
                    begin, end = _best_stretch(text, stretch(tokens))
                    source = Document()
                    source.add_text(field, text[begin:end])
                snippet = generator(field, tokens).snippet_from_doc(source)
                if snippet.highlighted():
                    return _cut(text[begin:end], snippet, begin > 0, end is not None and end < len(text))
        text = document["summary"][0] or document["body"][0]
        return ((text[:_PASSAGE].strip(), False),)

    return passage


def _pattern(tokens: frozenset[str]) -> re.Pattern[str]:
    """Words that may become one of these folded stems, a group for each: they begin alike."""
    groups = []
    for token in sorted(tokens):
        start = token if token.isdigit() else token[: max(3, len(token) - 2)]
        spelled = "".join(_SPELLED.get(letter, re.escape(letter)) for letter in start)
        groups.append("(" + spelled.replace("[oôöóõ][eéèêë]", "(?:œ|[oôöóõ][eéèêë])") + ")")
    return re.compile(r"(?<![^\W_])(?:" + "|".join(groups) + ")", re.IGNORECASE)


def _best_stretch(text: str, pattern: re.Pattern[str]) -> tuple[int, int]:
    """Where the stretch begins and ends that holds most of the words, the first of those that hold as many."""
    met = [(each.start(), each.lastindex or 0) for each in islice(pattern.finditer(text), _MEETINGS)]
    best, begin = 0, 0
    for place, (start, _word) in enumerate(met):
        words = set()
        for other, word in islice(met, place, None):
            if other > start + _STRETCH // 2:
                break
            words.add(word)
        if len(words) > best:
            best, begin = len(words), start
    begin = max(0, begin - 2 * _BEFORE)
    if begin:
        begin = text.find(" ", begin, begin + _BEFORE) + 1 or begin
    end = min(len(text), begin + _STRETCH)
    return begin, text.rfind(" ", begin, end) if end < len(text) and text.rfind(" ", begin, end) > begin else end


def _cut(text: str, snippet: Snippet, more_before: bool, more_after: bool) -> Fragments:
    """The passage with some words before it, so that it does not begin with the match. Ranges count bytes."""
    data = text.encode()
    start, end = snippet.fragment_range().start, snippet.fragment_range().end
    begin = max(0, start - _BEFORE)
    if begin:
        begin = data.find(b" ", begin, start) + 1 or start
    pieces: list[tuple[str, bool]] = []
    position = begin
    for match in snippet.highlighted():
        pieces.append((data[position : start + match.start].decode(errors="ignore"), False))
        pieces.append((data[start + match.start : start + match.end].decode(errors="ignore"), True))
        position = start + match.end
    if not any(map(str.isalnum, data[end:].decode(errors="ignore"))):
        end = len(data)  # nothing but the full stop is left
    pieces.append((data[position:end].decode(errors="ignore"), False))
    if begin or more_before:
        pieces.insert(0, ("… ", False))
    if end < len(data) or more_after:
        pieces.append((" …", False))
    return tuple((words, is_match) for words, is_match in pieces if words)
