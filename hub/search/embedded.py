"""The embedded engine: tantivy, in the process, on the machine's own disk.

Readers hold no lock. They open the generation in service lazily in each process, so a server that forks after loading
the application is safe, and they reload before each search. Writers take one file lock: ``apply`` for milliseconds,
``rebuild`` for as long as it lasts, during which ``apply`` refuses and the outbox keeps the changes.
"""

import logging
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, TypeVar

from tantivy import DocAddress, Index, IndexWriter, Query, Searcher

from hub.search.engine import (
    ApplyReport,
    Delete,
    EngineUnavailable,
    FacetCount,
    Health,
    Hit,
    RebuildReport,
    SearchDoc,
    SearchPage,
    SearchQuery,
    Suggestion,
    Upsert,
    facet_counts,
    nearest,
)
from hub.search.generations import Generations
from hub.search.lexicon import fold
from hub.search.locks import Locked, locked
from hub.search.spelling import Spelling
from hub.search.tantivy_index import SCHEMA, SCHEMA_VERSION, QueryWriter, open_index, to_document
from hub.search.tantivy_passages import passages

logger = logging.getLogger(__name__)
T = TypeVar("T")

_MEMORY = 30_000_000
_SOON = 0.5  # seconds that a change waits for another writer: less than anybody who publishes would notice
_LATER = 2.0  # seconds that a rebuild waits for the changes being written
_MANY = 1000  # values of one facet


@contextmanager
def _trouble() -> Iterator[None]:
    """Whatever tantivy raises becomes ``EngineUnavailable``; its panics are not even ``Exception``."""
    try:
        yield
    except (EngineUnavailable, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        raise EngineUnavailable(f"{type(error).__name__}: {error}") from error


class EmbeddedEngine:
    name = "embedded"

    def __init__(self, directory: Path, locales: Sequence[str], on_broken: Callable[[], object] = lambda: None) -> None:
        self.locales = tuple(locales)
        self._generations = Generations(directory, SCHEMA_VERSION)
        self._writers = {locale: QueryWriter(locale) for locale in self.locales}
        self._on_broken = on_broken
        self._broken: set[str] = set()
        self._open: dict[tuple[int, str, str], Index] = {}
        self._spelling: dict[str, tuple[tuple[str, int], Spelling]] = {}

    # --- Reading ---

    def search(self, query: SearchQuery) -> SearchPage:
        if query.locale not in self.locales:
            return SearchPage(0, (), {name: () for name in query.facets}, None, False, self.name)
        (total, hits, facets, suggestion), degraded = self._ask(
            query.locale, lambda name, searcher: self._search(name, searcher, query)
        )
        return SearchPage(total, hits, facets, suggestion, degraded, self.name, query.relaxed)

    def autocomplete(
        self, prefix: str, locale: str, limit: int = 8, filters: Mapping[str, frozenset[str]] | None = None
    ) -> list[Suggestion]:
        if locale not in self.locales:
            return []

        def complete(_name: str, searcher: Searcher) -> list[Suggestion]:
            question = self._writers[locale].opening(prefix, filters or {})
            documents = [searcher.doc(address) for _score, address in searcher.search(question, limit * 4).hits]
            found = (Suggestion(each["id"][0], each["title"][0], each["url"][0]) for each in documents)
            return nearest(found, prefix, limit)

        return self._ask(locale, complete)[0]

    def health(self) -> Health:
        name = self._generations.current()
        documents: dict[str, int] = {}
        sound = bool(name)
        for locale in self.locales if name else ():
            try:
                documents[locale] = self._probe(name or "", locale)
            except EngineUnavailable:
                sound = False
        sequence = self._generations.sequence(name) if name else 0
        return Health(sound, self.name, documents, name or "", SCHEMA_VERSION, sequence)

    def _search(
        self, name: str, searcher: Searcher, query: SearchQuery
    ) -> tuple[int, tuple[Hit, ...], dict[str, tuple[FacetCount, ...]], str | None]:
        writer = self._writers[query.locale]
        question = writer.query(query)
        newest = query.sort == "newest" or not query.clauses
        result = searcher.search(
            question,
            query.size,
            offset=(query.page - 1) * query.size,
            order_by_field="published" if newest else None,
            weight_by_field=None if newest else "boost",
        )
        passage = passages(searcher, writer, query) if query.highlight else lambda _document: ()
        hits = []
        for score, address in result.hits:
            document = searcher.doc(address)
            hits.append(Hit(document["id"][0], float(score), passage(document)))
        total: int = result.count  # type: ignore[attr-defined]  # missing from tantivy's stubs
        suggestion = None
        if query.suggest and query.text:
            suggestion = self._did_you_mean(name, searcher, query)
        return total, tuple(hits), self._facets(searcher, writer, question, query), suggestion

    def _facets(
        self, searcher: Searcher, writer: QueryWriter, question: Query, query: SearchQuery
    ) -> dict[str, tuple[FacetCount, ...]]:
        """One aggregation for the facets without a choice, one more for each facet with one."""
        chosen = {name: values for name, values in query.filters.items() if values}
        groups = [(question, [name for name in query.facets if name not in chosen])]
        groups += [(writer.query(query, ignoring=name), [name]) for name in query.facets if name in chosen]
        counted: dict[str, dict[str, int]] = {}
        for asked, names in groups:
            if names:
                wanted = {name: {"terms": {"field": name, "size": _MANY}} for name in names}
                for name, answer in searcher.aggregate(asked, wanted).items():
                    counted[name] = {bucket["key"]: int(bucket["doc_count"]) for bucket in answer["buckets"]}
        return {name: facet_counts(counted[name], chosen.get(name, frozenset())) for name in query.facets}

    def _did_you_mean(self, name: str, searcher: Searcher, query: SearchQuery) -> str | None:
        writer = self._writers[query.locale]
        version = (name, self._generations.sequence(name))
        kept = self._spelling.get(query.locale)
        if kept is None or kept[0] != version:
            # The filter leaves out words that only deleted pages hold; without it they stay until segments merge.
            known = searcher.terms_with_prefix("spelling", "", filter_query=Query.all_query())
            kept = self._spelling[query.locale] = (version, Spelling(known))

        with_synonyms = [fold(clause.alternatives[0]) for clause in query.clauses if len(clause.alternatives) > 1]

        def is_known(word: str) -> bool:
            if any(fold(word) in wording for wording in with_synonyms):
                return True
            tokens = writer.tokens("text", word)
            return not tokens or any(searcher.doc_freq("body", token) for _place, token in tokens)

        return kept[1].correct(query.text, is_known)

    # --- Which generation answers ---

    def _ask(self, locale: str, question: Callable[[str, Searcher], T]) -> tuple[T, bool]:
        """The answer of the first sound generation, and whether it is not the one in service."""
        candidates = self._generations.candidates()
        current = candidates[0] if candidates else None
        for name in candidates:
            if name in self._broken:
                continue
            try:
                with _trouble():
                    answer = question(name, self._searcher(name, locale))
            except EngineUnavailable:
                if self._generations.current() != current:
                    return self._ask(locale, question)  # a rebuild replaced it meanwhile
                if self._is_sound(name, locale):
                    raise  # this question is at fault, not the index
                logger.exception("search index %s is broken", name)
                self._broken.add(name)
                continue
            if name != current:
                self._on_broken()
            return answer, name != current
        self._on_broken()
        raise EngineUnavailable("no index to read")

    def _searcher(self, name: str, locale: str) -> Searcher:
        key = (os.getpid(), name, locale)
        if key not in self._open:
            self._open = {other: index for other, index in self._open.items() if other[:2] == key[:2]}
            self._open[key] = open_index(self._generations.path(name) / locale, locale)
        index = self._open[key]
        index.reload()
        return index.searcher()

    def _probe(self, name: str, locale: str) -> int:
        """Open an index anew and read a page of each of its segments: how many pages there are."""
        with _trouble():
            index = open_index(self._generations.path(name) / locale, locale)
            index.reload()
            searcher = index.searcher()
            searcher.search(Query.all_query(), 1)
            for segment in range(searcher.num_segments):
                searcher.doc(DocAddress(segment, 0))
            return searcher.num_docs

    def _is_sound(self, name: str, locale: str) -> bool:
        try:
            self._probe(name, locale)
        except EngineUnavailable:
            return False
        return True

    # --- Writing ---

    @contextmanager
    def _writing(self, patience: float) -> Iterator[None]:
        with _trouble(), ExitStack() as held:
            try:
                held.enter_context(locked(self._generations.lock, patience))
            except Locked as error:
                raise EngineUnavailable("the index is being written") from error
            yield

    def apply(self, operations: Iterable[Upsert | Delete], wait_visible: bool = False) -> ApplyReport:
        """What is committed is visible to every process at once: ``wait_visible`` asks for nothing more."""
        wanted = list(operations)
        with self._writing(_SOON):
            name = self._generations.current()
            if name is None:
                raise EngineUnavailable("no index to write: rebuild first")
            with ExitStack() as opened:
                batch = _Batch(
                    {
                        locale: opened.enter_context(_Pen(open_index(self._generations.path(name) / locale, locale)))
                        for locale in self.locales
                    }
                )
                for operation in wanted:
                    batch.take(operation)
            highest = max((_version(operation) for operation in wanted), default=0)
            if highest > self._generations.sequence(name):
                self._generations.record(name, highest)
        return batch.report

    def rebuild(self, docs: Iterable[SearchDoc], since: int) -> RebuildReport:
        started = time.monotonic()
        with self._writing(_LATER):
            name = self._generations.create()
            try:
                counts = self._fill(name, docs)
                self._generations.record(name, since)
                self._generations.publish(name)
            except BaseException:
                self._generations.discard(name)
                raise
        return RebuildReport(counts, name, round(time.monotonic() - started, 2))

    def _fill(self, name: str, docs: Iterable[SearchDoc]) -> dict[str, int]:
        counts = dict.fromkeys(self.locales, 0)
        with ExitStack() as opened:
            pens = {
                locale: opened.enter_context(
                    _Pen(open_index(self._generations.path(name) / locale, locale, create=True))
                )
                for locale in self.locales
            }
            for doc in docs:
                if doc.locale in pens:
                    pens[doc.locale].writer.add_document(to_document(doc))
                    counts[doc.locale] += 1
        return counts


def _version(operation: Upsert | Delete) -> int:
    return operation.version if isinstance(operation, Delete) else operation.doc.version


class _Pen:
    """A writer on one index, opened at the first need; commits on leaving, drops everything after an error."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._writer: IndexWriter | None = None
        index.reload()
        self._searcher = index.searcher()

    @property
    def writer(self) -> IndexWriter:
        if self._writer is None:
            self._writer = self._index.writer(_MEMORY, 1)
            # A process killed in the middle of a commit leaves files of names that the next commit would take again.
            self._writer.garbage_collect_files()
        return self._writer

    def version(self, page_id: int) -> int | None:
        hits = self._searcher.search(Query.term_query(SCHEMA, "id", page_id), 1).hits
        if not hits:
            return None
        return int(self._searcher.fast_field_values("version", [hits[0][1]])[0] or 0)

    def __enter__(self) -> "_Pen":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_details: Any) -> None:
        writer, self._writer = self._writer, None
        if writer is None:
            return
        if kind is None:
            writer.commit()
            writer.wait_merging_threads()
        else:
            writer.rollback()


class _Batch:
    """Applies operations to the indexes of all languages, the newest version of each page winning."""

    def __init__(self, pens: Mapping[str, _Pen]) -> None:
        self._pens = pens
        self._latest: dict[int, tuple[int, set[str]]] = {}
        self._done: Counter[str] = Counter()

    @property
    def report(self) -> ApplyReport:
        return ApplyReport(**self._done)

    def take(self, operation: Upsert | Delete) -> None:
        page_id = operation.id if isinstance(operation, Delete) else operation.doc.id
        version, locales = self._state(page_id)
        if _version(operation) < version:
            self._done["stale"] += 1
            return
        for locale in locales:
            self._pens[locale].writer.delete_documents_by_query(Query.term_query(SCHEMA, "id", page_id))
        self._latest[page_id] = (_version(operation), set())
        if isinstance(operation, Upsert):
            self._add(operation.doc)
        elif locales:
            self._done["deleted"] += 1

    def _add(self, doc: SearchDoc) -> None:
        if doc.locale in self._pens:
            self._pens[doc.locale].writer.add_document(to_document(doc))
            self._latest[doc.id] = (doc.version, {doc.locale})
            self._done["upserted"] += 1

    def _state(self, page_id: int) -> tuple[int, set[str]]:
        """The version in force of a page and the languages in whose index it stands."""
        if page_id not in self._latest:
            versions = {locale: pen.version(page_id) for locale, pen in self._pens.items()}
            found = {locale: version for locale, version in versions.items() if version is not None}
            self._latest[page_id] = (max(found.values(), default=-1), set(found))
        return self._latest[page_id]
