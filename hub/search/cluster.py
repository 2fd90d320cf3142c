"""The Elasticsearch engine: one index a language behind aliases, for hubs that run on several machines.

Writes are never refused while a rebuild runs: they go to the indexes in service and to those being filled. Every write
carries its version (external, the outbox's sequence), so whichever comes last, the newest wins; deletions are
remembered for an hour.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar

from elasticsearch import ApiError, helpers

from hub.search import elastic
from hub.search.address import Address
from hub.search.aliases import Aliases, Names, abandoned
from hub.search.deadline import within
from hub.search.engine import (
    ApplyReport,
    Delete,
    EngineUnavailable,
    FacetCount,
    Health,
    Hit,
    QueryRefused,
    RebuildReport,
    SearchDoc,
    SearchPage,
    SearchQuery,
    Suggestion,
    Upsert,
    facet_counts,
    nearest,
)
from hub.search.lexicon import fold, words
from hub.search.locks import Locked, locked

logger = logging.getLogger(__name__)
T = TypeVar("T")
_BULK = 500
_SOON = 2.0  # seconds that a rebuild waits for another one on this machine


@contextmanager
def _trouble() -> Iterator[None]:
    """Whatever the client or a strange answer raises becomes ``EngineUnavailable``."""
    try:
        yield
    except EngineUnavailable:
        raise
    except ApiError as error:
        kind = QueryRefused if error.status_code in (400, 404) else EngineUnavailable
        raise kind(f"{error.status_code} {error.error}") from error
    except Exception as error:
        raise EngineUnavailable(f"{type(error).__name__}: {error}") from error


class ElasticEngine:
    """``patience``: seconds that one search or one write may take, all its requests together."""

    name = "elasticsearch"

    def __init__(self, address: Address, locales: Sequence[str], directory: Path, patience: float) -> None:
        self.locales = tuple(locales)
        self._lock = directory / "elasticsearch.lock"
        self._patience = patience
        self._client = address.connect(patience)
        self._aliases = Aliases(self._client, address.prefix, self.locales)
        self._writers = {locale: elastic.QueryWriter(locale) for locale in self.locales}

    def _in_time(self, work: Callable[[], T]) -> T:
        with _trouble():
            return within(self._patience, work)

    # --- Reading ---

    def search(self, query: SearchQuery) -> SearchPage:
        if query.locale not in self.locales:
            return SearchPage(0, (), {name: () for name in query.facets}, None, False, self.name)
        return self._in_time(lambda: self._search(query))

    def _ask(self, locale: str, body: dict[str, Any]) -> Any:
        answer = self._client.search(index=self._aliases.live(locale), body=body)
        if answer["timed_out"] or answer["_shards"]["failed"]:
            raise EngineUnavailable("a part of the index did not answer")
        return answer

    def _search(self, query: SearchQuery) -> SearchPage:
        writer = self._writers[query.locale]
        doubtful = _doubtful(query) if query.suggest else []
        answer = self._ask(query.locale, writer.search(query, doubtful).to_dict())
        total = int(answer["hits"]["total"]["value"])
        hits = tuple(
            Hit(hit["_source"]["id"], float(hit["_score"] or 0), elastic.passage(hit) if query.highlight else ())
            for hit in answer["hits"]["hits"]
        )
        suggestion = self._did_you_mean(query, doubtful, answer) if doubtful else None
        facets = self._facets(answer.get("aggregations", {}), query)
        return SearchPage(total, hits, facets, suggestion, False, self.name, query.relaxed)

    def _facets(self, counted: Mapping[str, Any], query: SearchQuery) -> dict[str, tuple[FacetCount, ...]]:
        found = {}
        for name in query.facets:
            counts = {bucket["key"]: bucket["doc_count"] for bucket in counted[name]["values"]["buckets"]}
            found[name] = facet_counts(counts, query.filters.get(name, frozenset()))
        return found

    def _did_you_mean(self, query: SearchQuery, doubtful: list[str], answer: Mapping[str, Any]) -> str | None:
        """The text with each word that no page holds, in any inflection, replaced by the nearest that one does."""
        corrected = query.text
        for number, word in enumerate(doubtful):
            if answer["aggregations"]["everywhere"][f"known_{number}"]["doc_count"]:
                continue
            near = [option["text"] for entry in answer["suggest"][f"near_{number}"] for option in entry["options"]]
            for candidate in near:
                # Words of deleted pages stay in the index for a while: only a page proves that one is still there.
                body = self._writers[query.locale].witness(candidate).to_dict()
                seen = self._ask(query.locale, body)["hits"]["hits"]
                if seen:
                    corrected = corrected.replace(word, elastic.written(seen[0], candidate))
                    break
        return corrected if corrected != query.text else None

    def autocomplete(
        self, prefix: str, locale: str, limit: int = 8, filters: Mapping[str, frozenset[str]] | None = None
    ) -> list[Suggestion]:
        if locale not in self.locales:
            return []
        asked = self._writers[locale].opening(prefix, limit, filters or {})
        if asked is None:
            return []
        body = asked.to_dict()
        answer = self._in_time(lambda: self._ask(locale, body))
        pages = [hit["_source"] for hit in answer["hits"]["hits"]]
        return nearest((Suggestion(page["id"], page["title"], page["url"]) for page in pages), prefix, limit)

    def health(self) -> Health:
        try:
            return self._in_time(self._health)
        except EngineUnavailable:
            return Health(False, self.name, {}, "", elastic.SCHEMA_VERSION, 0, reachable=False)

    def _health(self) -> Health:
        generation = self._aliases.generation(self._aliases.names())
        if not generation:
            return Health(False, self.name, {}, "", elastic.SCHEMA_VERSION, 0)
        documents = {
            locale: int(self._client.count(index=self._aliases.live(locale))["count"]) for locale in self.locales
        }
        current = generation.startswith(f"{elastic.SCHEMA_VERSION}-")
        sequence = self._aliases.sequence(generation)
        return Health(current, self.name, documents, generation, elastic.SCHEMA_VERSION, sequence)

    # --- Writing ---

    def apply(self, operations: Iterable[Upsert | Delete], wait_visible: bool = False) -> ApplyReport:
        wanted = list(operations)
        return self._in_time(lambda: self._apply(wanted, wait_visible))

    def _apply(self, wanted: list[Upsert | Delete], wait_visible: bool) -> ApplyReport:
        names = self._aliases.names()
        generation = self._aliases.generation(names)
        if not generation:
            raise QueryRefused("no index to write: rebuild first")
        found = self._versions({_page(operation) for operation in wanted})
        final: dict[int, Upsert | Delete] = {}
        done: Counter[str] = Counter()
        for operation in wanted:
            page = _page(operation)
            known = [_version(final[page])] if page in final else [version for version, _ in found.get(page, [])]
            if _version(operation) < max(known, default=-1):
                done["stale"] += 1
                continue
            if isinstance(operation, Upsert):
                done["upserted"] += operation.doc.locale in self.locales
            elif page in final and isinstance(final[page], Upsert) or page in found and page not in final:
                done["deleted"] += 1
            final[page] = operation
        actions = [
            action
            for page, operation in final.items()
            for action in self._actions(operation, names, {locale for _version, locale in found.get(page, [])})
        ]
        highest = max((_version(operation) for operation in wanted), default=0)
        self._bulk(actions, refresh=wait_visible)
        if highest > self._aliases.sequence(generation):
            self._aliases.record(generation, highest)
        return ApplyReport(**done)

    def _versions(self, pages: set[int]) -> dict[int, list[tuple[int, str]]]:
        """Where each page stands now: (version, language)."""
        wanted = [(locale, page) for page in sorted(pages) for locale in self.locales]
        found: dict[int, list[tuple[int, str]]] = {}
        for start in range(0, len(wanted), _BULK):
            part = wanted[start : start + _BULK]
            docs = [{"_index": self._aliases.live(locale), "_id": str(page), "_source": False} for locale, page in part]
            for (locale, page), doc in zip(part, self._client.mget(docs=docs)["docs"], strict=True):
                if doc.get("error"):
                    raise EngineUnavailable(str(doc["error"]))
                if doc["found"]:
                    found.setdefault(page, []).append((doc["_version"], locale))
        return found

    def _actions(self, operation: Upsert | Delete, names: Names, stands_in: set[str]) -> Iterator[dict[str, Any]]:
        """One page's writes to the indexes in service and to those that are being filled."""
        page, version = _page(operation), _version(operation)
        home = operation.doc.locale if isinstance(operation, Upsert) else ""
        for locale in self.locales:
            targets = [self._aliases.live(locale)] if locale == home or locale in stands_in else []
            targets += [self._aliases.coming(locale)] if locale in names.coming else []
            for target in targets:
                action = {"_index": target, "_id": str(page), "version": version, "version_type": "external_gte"}
                if isinstance(operation, Upsert) and locale == home:
                    yield {"_op_type": "index", **action, "_source": elastic.source(operation.doc)}
                else:
                    yield {"_op_type": "delete", **action}

    def _bulk(self, actions: Iterable[dict[str, Any]], **options: Any) -> int:
        """Write, and look at every item: stale (409) and already gone (404) are well, anything else is not."""
        written = 0
        for well, item in helpers.streaming_bulk(
            self._client,
            actions,
            chunk_size=_BULK,
            raise_on_error=False,
            raise_on_exception=True,
            require_alias=True,
            **options,
        ):
            [answer] = item.values()
            gone = answer["status"] == 404 and answer.get("result") == "not_found"
            if not well and answer["status"] != 409 and not gone:
                raise EngineUnavailable(f"an item was refused: {answer.get('status')} {answer.get('error')}")
            written += well
        return written

    # --- Rebuilding ---

    def rebuild(self, docs: Iterable[SearchDoc], since: int) -> RebuildReport:
        """Fill new indexes beside those in service, then move the aliases in one step."""
        started = monotonic()
        with _trouble():
            try:
                with locked(self._lock, _SOON):
                    generation, counts = self._rebuild(docs, since)
            except Locked as error:
                raise EngineUnavailable("another rebuild is running") from error
        return RebuildReport(counts, generation, round(monotonic() - started, 2))

    def _rebuild(self, docs: Iterable[SearchDoc], since: int) -> tuple[str, dict[str, int]]:
        self._aliases.sweep(abandoned)
        generation, created = self._aliases.create(since)
        try:
            counts = self._fill(docs)
            self._aliases.record(generation, since)
            before = self._aliases.publish(created)
        except BaseException:
            # Whatever serves is spared: the cluster may have moved the aliases and failed to say so.
            self._clean(lambda name, _about: name in created.values())
            raise
        self._clean(lambda name, _about: name in before.values())
        return generation, counts

    def _clean(self, unwanted: Callable[[str, dict[str, Any]], bool]) -> None:
        """What cannot be deleted now, the next rebuild sweeps."""
        try:
            self._aliases.sweep(unwanted)
        except Exception:
            logger.warning("old indexes could not be deleted", exc_info=True)

    def _fill(self, docs: Iterable[SearchDoc]) -> dict[str, int]:
        counts = dict.fromkeys(self.locales, 0)

        def actions() -> Iterator[dict[str, Any]]:
            for doc in docs:
                if doc.locale in counts:
                    counts[doc.locale] += 1
                    yield {
                        "_op_type": "index",
                        "_index": self._aliases.coming(doc.locale),
                        "_id": str(doc.id),
                        "version": doc.version,
                        "version_type": "external_gte",
                        "_source": elastic.source(doc),
                    }

        self._bulk(actions())
        return counts


def _doubtful(query: SearchQuery) -> list[str]:
    """The visitor's words that may be misspelt: no short ones, and none that editors know."""
    understood = [fold(clause.alternatives[0]) for clause in query.clauses if len(clause.alternatives) > 1]
    typed = (word.text for word in words(query.text, query.locale))
    return [
        word
        for word in dict.fromkeys(typed)
        if len(word) > 3 and word.isalpha() and not any(fold(word) in wording for wording in understood)
    ]


def _page(operation: Upsert | Delete) -> int:
    return operation.id if isinstance(operation, Delete) else operation.doc.id


def _version(operation: Upsert | Delete) -> int:
    return operation.version if isinstance(operation, Delete) else operation.doc.version
