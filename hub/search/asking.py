"""One question to the engines: planned, and put again in other words when few pages meet it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from rapidfuzz.distance import OSA

from hub.search import engines
from hub.search.engine import Clause, SearchPage, SearchQuery
from hub.search.lexicon import Synonyms, fold, words
from hub.search.plan import normalise, plan
from hub.search.spelling import Spelling
from hub.search.thesaurus import synonyms

_FEW = 8  # hits below which other words are tried


def ask(
    text: str,
    locale: str,
    filters: Mapping[str, Iterable[str]] | None = None,
    page: int = 1,
    size: int = 10,
    known: Synonyms | None = None,
) -> SearchPage:
    """What the engine finds for a visitor's text. ``filters`` hold known values only.

    When few pages or none meet it, the nearest spelling takes its place if that finds any (``corrected``), then
    pages with some of the words are found too (``relaxed`` if no page holds all). ``known`` takes the place of the
    editors' synonyms, to see what a change would do.
    """
    groups = known or synonyms(locale)
    clean = normalise(text)
    query = SearchQuery(
        locale=locale,
        clauses=plan(clean, locale, groups),
        text=clean,
        filters={name: frozenset(values) for name, values in (filters or {}).items()},
        page=page,
        size=size,
    )
    found = engines.search(query)
    if found.suggestion:
        found = replace(found, suggestion=_sparing(query, found.suggestion, groups))
    if not query.clauses or (found.total >= _FEW and not found.suggestion):
        return found
    respelt = [
        replace(query, text=meant, clauses=plan(meant, locale, groups), suggest=False)
        for meant in _respelt(query, found, groups)
    ]
    for other in respelt:
        answer = engines.search(other)
        if answer.total:  # the words that were replaced are met by no page
            query, found = other, replace(answer, suggestion=other.text, corrected=True)
            break
    else:
        query = respelt[0] if respelt and not found.total else query
    if found.total >= _FEW or len(query.clauses) < 2:
        return found
    loose = engines.search(replace(query, relaxed=True, suggest=False))
    if loose.total <= found.total:
        return found
    corrected = query.text != clean
    return replace(
        loose,
        relaxed=not found.total,
        suggestion=query.text if corrected else found.suggestion,
        corrected=corrected,
    )


def _respelt(query: SearchQuery, found: SearchPage, groups: Synonyms) -> list[str]:
    """The text in other spellings, the nearest first: with words of the index, and with words of the synonyms."""
    spellings = [found.suggestion] if found.suggestion else []
    if found.total < _FEW:
        spelling = Spelling(groups.vocabulary())

        def is_known(word: str) -> bool:
            return spelling.nearest(word) is None or _is_met(word, query.locale, groups)

        spellings += [spelt for text in (query.text, *spellings) if (spelt := spelling.correct(text, is_known))]
    return sorted(set(spellings), key=lambda each: (OSA.distance(fold(query.text), fold(each)), each))


def _sparing(query: SearchQuery, suggestion: str, groups: Synonyms) -> str | None:
    """The suggestion with the words that editors know as the visitor typed them, though no page holds them."""
    typed, meant = query.text.split(" "), suggestion.split(" ")
    if len(typed) != len(meant):
        return suggestion
    spared = " ".join(
        own if groups.know(word.key for word in words(own, query.locale)) else other
        for own, other in zip(typed, meant, strict=True)
    )
    return spared if spared != query.text else None


def _is_met(word: str, locale: str, groups: Synonyms) -> bool:
    """Whether any page holds a word, so that it is no mistake however near it is to another."""
    clauses = plan(word, locale, groups)
    if not clauses or len(clauses[0].alternatives) > 1:
        return True
    query = SearchQuery(locale, (Clause((word,)),), word, facets=(), size=1, highlight=False, suggest=False)
    return engines.search(query).total > 0
