"""Which engine answers, and what visitors get when it cannot.

A broken or missing index is rebuilt aside, once at a time; meanwhile the database answers in a plainer way.
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import connection

from hub.search import fallback
from hub.search.embedded import EmbeddedEngine
from hub.search.engine import EngineUnavailable, SearchEngine, SearchPage, SearchQuery, Suggestion

logger = logging.getLogger(__name__)

_REPAIR_EVERY = 60.0  # seconds between two attempts, so that a full disk is not made worse


def engine() -> SearchEngine:
    return _embedded(str(settings.SEARCH_INDEX_DIR))


@lru_cache
def _embedded(directory: str) -> EmbeddedEngine:
    return EmbeddedEngine(Path(directory), [code for code, _name in settings.LANGUAGES], on_broken=repair)


def search(query: SearchQuery) -> SearchPage:
    try:
        return engine().search(query)
    except EngineUnavailable:
        logger.warning("the search engine cannot answer; the database does", exc_info=True)
        return fallback.search(query)


def autocomplete(
    prefix: str, locale: str, limit: int = 8, filters: Mapping[str, frozenset[str]] | None = None
) -> list[Suggestion]:
    try:
        return engine().autocomplete(prefix, locale, limit, filters)
    except EngineUnavailable:
        logger.warning("the search engine cannot answer; the database does", exc_info=True)
        return fallback.autocomplete(prefix, locale, limit)


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
            logger.exception("the search index could not be rebuilt aside")
        finally:
            self._running.release()
            connection.close()


_aside = _Aside()


def repair() -> None:
    """Rebuild the index aside. ``SEARCH_REPAIR = False`` leaves it to ``manage.py rebuild_search``."""
    if getattr(settings, "SEARCH_REPAIR", True):
        from hub.search.outbox import rebuild  # which needs this module

        _aside.start(rebuild)
