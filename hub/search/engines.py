"""Which engine answers, and what visitors get when it cannot.

With ``ELASTICSEARCH_URL`` that engine answers, and the embedded one when it fails; without, the embedded one does. A
broken or missing index is rebuilt aside, once at a time; meanwhile the database answers in a plainer way.
"""

import logging
import os
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.db import connection

from hub.search import fallback
from hub.search.address import Address
from hub.search.breaker import CircuitBreaker
from hub.search.cluster import ElasticEngine
from hub.search.embedded import EmbeddedEngine
from hub.search.engine import EngineUnavailable, QueryRefused, SearchEngine, SearchPage, SearchQuery, Suggestion

logger = logging.getLogger(__name__)
T = TypeVar("T")

VISITOR = 0.9  # seconds that a visitor waits for Elasticsearch before the embedded engine answers
PUBLISHER = 1.5  # the same for who publishes; what is not written by then is written later
OPERATOR = 60.0  # the same for commands and workers
_REPAIR_EVERY = 60.0  # seconds between two attempts, so that a full disk is not made worse


def names() -> tuple[str, ...]:
    """The engines that are fed, the one that answers first."""
    return ("elasticsearch", "embedded") if settings.ELASTICSEARCH_URL else ("embedded",)


def engine(name: str = "", patience: float = 0) -> SearchEngine:
    """One engine, by default the one that answers. ``patience`` is for Elasticsearch only, by default an operator's."""
    if (name or names()[0]) == "elasticsearch":
        url, directory = str(settings.ELASTICSEARCH_URL), str(settings.SEARCH_INDEX_DIR)
        return _elastic(url, directory, patience or OPERATOR, os.getpid())
    return _embedded(str(settings.SEARCH_INDEX_DIR))


@lru_cache
def _embedded(directory: str) -> EmbeddedEngine:
    return EmbeddedEngine(Path(directory), _locales(), on_broken=lambda: repair("embedded"))


@lru_cache
def _elastic(url: str, directory: str, patience: float, _process: int) -> ElasticEngine:
    """One a process: connections do not survive a fork."""
    try:
        return ElasticEngine(Address.parse(url), _locales(), Path(directory), patience)
    except (ValueError, OSError) as error:
        raise EngineUnavailable(f"ELASTICSEARCH_URL: {error}") from error


@lru_cache
def breaker(url: str = "") -> CircuitBreaker:
    """What this process knows of the Elasticsearch at an address."""
    return CircuitBreaker()


def forget() -> None:
    """Drop what this process holds open, as if it had just started."""
    for kept in (_embedded, _elastic, breaker, _aside):
        kept.cache_clear()


def _locales() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


# --- Answering ---


def search(query: SearchQuery) -> SearchPage:
    if settings.ELASTICSEARCH_URL:
        found = _guarded(lambda elastic: elastic.search(query), VISITOR)
        if found is not None:
            return found
    try:
        found = engine("embedded").search(query)
    except EngineUnavailable:
        logger.warning("the search engine cannot answer; the database does", exc_info=True)
        return fallback.search(query)
    return replace(found, degraded=found.degraded or bool(settings.ELASTICSEARCH_URL))


def autocomplete(
    prefix: str, locale: str, limit: int = 8, filters: Mapping[str, frozenset[str]] | None = None
) -> list[Suggestion]:
    if settings.ELASTICSEARCH_URL:
        found = _guarded(lambda elastic: elastic.autocomplete(prefix, locale, limit, filters), VISITOR)
        if found is not None:
            return found
    try:
        return engine("embedded").autocomplete(prefix, locale, limit, filters)
    except EngineUnavailable:
        logger.warning("the search engine cannot answer; the database does", exc_info=True)
        return fallback.autocomplete(prefix, locale, limit)


def _guarded(question: Callable[[SearchEngine], T], patience: float) -> T | None:
    """Elasticsearch's answer, or nothing when it has none or is not to be asked now."""
    state = breaker(settings.ELASTICSEARCH_URL)
    if not state.allows():
        return None
    try:
        answer = question(engine("elasticsearch", patience))
    except QueryRefused as error:
        state.succeeded()
        logger.warning("Elasticsearch refuses a question; the embedded engine answers: %s", error)
        repair("elasticsearch")
        return None
    except EngineUnavailable as error:
        state.failed()
        logger.warning("Elasticsearch is left alone for a while; the embedded engine answers: %s", error)
        return None
    if state.succeeded():
        logger.info("Elasticsearch answers again")
        catch_up()
    return answer


# --- Repairing aside ---


class _Aside:
    """Runs one piece of work in a thread of its own, never twice at once nor too often."""

    def __init__(self) -> None:
        self._running = threading.Lock()
        self._last = float("-inf")

    def start(self, work: Callable[[], object]) -> None:
        if time.monotonic() - self._last < _REPAIR_EVERY or not self._running.acquire(blocking=False):
            return
        self._last = time.monotonic()
        threading.Thread(target=self._run, args=(work,), name="search-repair", daemon=True).start()

    def _run(self, work: Callable[[], object]) -> None:
        try:
            work()
        except Exception:
            logger.exception("work on a search index failed aside")
        finally:
            self._running.release()
            connection.close()


@lru_cache
def _aside(work: str) -> _Aside:
    """One for each kind of work, so that none stands in the way of another."""
    return _Aside()


def repair(name: str) -> None:
    """Rebuild an index aside if it is not sound. ``SEARCH_REPAIR = False`` leaves it to commands."""
    if getattr(settings, "SEARCH_REPAIR", True):
        from hub.search.outbox import mend  # which needs this module

        _aside(name).start(lambda: mend(name))


def catch_up() -> None:
    """Bring Elasticsearch what changed while it was away, aside."""
    if getattr(settings, "SEARCH_REPAIR", True):
        from hub.search.outbox import drain

        _aside("catch-up").start(lambda: drain("elasticsearch"))
