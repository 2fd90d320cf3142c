"""One question to the engines: planned, and put again in other words when it finds nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from hub.search import engines
from hub.search.engine import SearchPage, SearchQuery
from hub.search.lexicon import Synonyms
from hub.search.plan import normalise, plan
from hub.search.thesaurus import synonyms


def ask(
    text: str,
    locale: str,
    filters: Mapping[str, Iterable[str]] | None = None,
    page: int = 1,
    size: int = 10,
    known: Synonyms | None = None,
) -> SearchPage:
    """What the engine finds for a visitor's text. ``filters`` hold known values only.

    When no page meets it, the nearest spelling is tried (``corrected``), then pages with some of the words
    (``relaxed``). ``known`` takes the place of the editors' synonyms, to see what a change would do.
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
    if found.total:
        return found
    if found.suggestion:
        meant = replace(query, text=found.suggestion, clauses=plan(found.suggestion, locale, groups), suggest=False)
        corrected = engines.search(meant)
        if corrected.total:
            return replace(corrected, suggestion=found.suggestion, corrected=True)
    if len(query.clauses) < 2:
        return found
    return replace(engines.search(replace(query, relaxed=True, suggest=False)), suggestion=found.suggestion)
