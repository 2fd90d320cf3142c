"""What the hub asks of a search engine, in the hub's own words: a protocol and its values.

An engine receives clauses that are already planned (``hub.search.plan``) and gives back identifiers, which the caller
checks against the database. Nothing here knows which engine answers, nor Django.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from hub.search.lexicon import fold

FACETS = ("audience", "type", "territory", "sector")

# How much a meeting in each field counts. What the visitor typed counts more than its synonyms.
FIELD_WEIGHTS: Mapping[str, float] = {"title": 4.0, "keywords": 3.0, "summary": 2.0, "body": 1.0}
SYNONYM_WEIGHT = 0.5


class EngineUnavailable(Exception):
    """The engine cannot answer or write now. The caller answers otherwise, or tries again later."""


class QueryRefused(EngineUnavailable):
    """The engine is well, but has no index to read or write, or does not take this question."""


@dataclass(frozen=True)
class SearchDoc:
    """One page in one language, as every engine sees it. ``version`` only ever grows: an older one is ignored."""

    id: int
    locale: str
    type: str
    title: str
    summary: str = ""
    body: str = ""
    keywords: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    url: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    boost: float = 1.0
    version: int = 0

    def facet(self, name: str) -> tuple[str, ...]:
        return {
            "audience": self.audiences,
            "type": (self.type,),
            "territory": self.territories,
            "sector": self.sectors,
        }[name]


@dataclass(frozen=True)
class Clause:
    """One thing that the visitor asks for, in one or several wordings; the first is the visitor's own.

    Each alternative is a phrase: its words stand together and in order. Those of the visitor may also stand apart, for
    less. ``exact`` clauses are met letter for letter, without inflection, and always required.
    """

    alternatives: tuple[str, ...]
    exact: bool = False


@dataclass(frozen=True)
class SearchQuery:
    """``text`` without clauses finds nothing (it held no word); neither text nor clauses asks for every page."""

    locale: str
    clauses: tuple[Clause, ...] = ()
    text: str = ""
    filters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    facets: tuple[str, ...] = FACETS
    sort: str = "relevance"  # or "newest", which is also the order of a query without text
    page: int = 1
    size: int = 10
    highlight: bool = True
    suggest: bool = True
    relaxed: bool = False  # any word will do

    def least(self, clauses: int) -> int:
        """How many of its clauses that are not exact a page must meet: all of one or two, then three quarters."""
        if self.relaxed:
            return min(clauses, 1)
        return clauses if clauses <= 2 else max(2, clauses * 3 // 4)


Fragments = tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class Hit:
    """``fragments`` is a passage cut into (text, is_match) pairs: plain text, which templates escape."""

    id: int
    score: float
    fragments: Fragments = ()


@dataclass(frozen=True)
class FacetCount:
    value: str
    count: int
    selected: bool


@dataclass(frozen=True)
class SearchPage:
    """``facets`` count what choosing each value would give: a facet ignores its own filter.

    ``degraded``: the answer does not come from the index in service. ``relaxed``: pages hold some of the words only.
    ``corrected``: the hits are those of ``suggestion``, for the text itself found none.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetCount, ...]]
    suggestion: str | None
    degraded: bool
    engine: str
    relaxed: bool = False
    corrected: bool = False


@dataclass(frozen=True)
class Suggestion:
    id: int
    text: str
    url: str


@dataclass(frozen=True)
class Upsert:
    doc: SearchDoc


@dataclass(frozen=True)
class Delete:
    id: int
    version: int


@dataclass(frozen=True)
class ApplyReport:
    upserted: int = 0
    deleted: int = 0
    stale: int = 0


@dataclass(frozen=True)
class RebuildReport:
    documents: Mapping[str, int]
    generation: str
    seconds: float


@dataclass(frozen=True)
class Health:
    """``sequence`` is the highest version applied so far. ``reachable``: the engine answered; it may have no index."""

    ok: bool
    engine: str
    documents: Mapping[str, int]
    generation: str
    schema_version: int
    sequence: int
    reachable: bool = True


def facet_counts(counts: Mapping[str, int], selected: frozenset[str]) -> tuple[FacetCount, ...]:
    """The values of a facet, the most frequent first; those selected are there even when they find nothing."""
    ranked = sorted({**dict.fromkeys(selected, 0), **counts}.items(), key=lambda item: (-item[1], item[0]))
    return tuple(FacetCount(value, count, value in selected) for value, count in ranked)


def nearest(found: Iterable[Suggestion], prefix: str, limit: int) -> list[Suggestion]:
    """Titles that begin with what was typed, then the others, the shortest first."""
    typed = fold(prefix)
    return sorted(found, key=lambda each: (not fold(each.text).startswith(typed), len(each.text)))[:limit]


class SearchEngine(Protocol):
    """Every method may raise ``EngineUnavailable`` except ``health``, which says so."""

    name: str

    def search(self, query: SearchQuery) -> SearchPage: ...

    def autocomplete(
        self, prefix: str, locale: str, limit: int = 8, filters: Mapping[str, frozenset[str]] | None = None
    ) -> list[Suggestion]:
        """Pages whose title holds the words typed so far, the last of them perhaps unfinished."""
        ...

    def apply(self, operations: Iterable[Upsert | Delete], wait_visible: bool = False) -> ApplyReport:
        """Write changes, in order. An engine may refuse while it is rebuilt: the caller keeps them and tries again."""
        ...

    def rebuild(self, docs: Iterable[SearchDoc], since: int) -> RebuildReport:
        """Build a new index from ``docs`` and take it into service at once, while searches go on.

        ``docs`` is read only once writes are refused or reach the new index as well, so no change falls in between.
        ``since`` is the version at which the reading of ``docs`` begins.
        """
        ...

    def health(self) -> Health: ...
