"""From a change of a page to every engine, without losing one and without ever failing a publication.

A row for each engine is written in the transaction of the change (``hub.search.events``). After the commit, or by a
worker, rows are drained: the engine is told how each page stands *now*, and its rows go. When an engine cannot take
them they stay for the next drain, which any later publication, a worker or ``manage.py drain_search`` starts.
"""

import logging
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import Count, F, Max, Min
from django.utils import timezone
from wagtail.models import Page

from hub.search import engines
from hub.search.documents import all_documents, changes, indexable
from hub.search.engine import EngineUnavailable, Health, QueryRefused, RebuildReport, SearchEngine
from hub.search.locks import Locked, locked
from hub.search.models import OutboxRow

logger = logging.getLogger(__name__)

BATCH = 500
_PATIENCE = 5.0  # seconds that a command or a worker waits for another drain
_HURRIED = 0.5  # the same for who publishes
_A_DAY = 86_400
_gathering: ContextVar[bool] = ContextVar("gathering", default=False)


@dataclass(frozen=True)
class Backlog:
    depth: int
    oldest: timedelta | None


def backlog(engine: str = "") -> Backlog:
    """What waits for one engine, or for all."""
    rows = OutboxRow.objects.filter(engine=engine) if engine else OutboxRow.objects.all()
    depth, first = rows.count(), rows.aggregate(first=Min("created_at"))["first"]
    return Backlog(depth, timezone.now() - first if first else None)


# --- Writing rows ---


def enqueue(page_ids: Iterable[int]) -> None:
    """Note that these pages changed, and drain once the transaction is committed."""
    rows = [OutboxRow(engine=name, page_id=pk) for pk in dict.fromkeys(page_ids) for name in engines.names()]
    if rows:
        OutboxRow.objects.bulk_create(rows, batch_size=BATCH)
        transaction.on_commit(_announce, robust=True)


def enqueue_subtree(page: Page) -> None:
    enqueue(Page.objects.filter(path__startswith=page.path).values_list("pk", flat=True))


def enqueue_expired() -> None:
    """Pages past their expiry that nobody has unpublished yet: no signal tells of the passing of time."""
    enqueue(Page.objects.filter(live=True, expire_at__lte=timezone.now()).values_list("pk", flat=True))


@contextmanager
def gathered() -> Iterator[None]:
    """For who changes pages by the hundred: they are drained once, at the end, whatever happened in between."""
    token = _gathering.set(True)
    try:
        yield
    finally:
        _gathering.reset(token)
        transaction.on_commit(_announce, robust=True)


def _announce() -> None:
    from hub.search.tasks import bring_changes  # which needs this module

    if not _gathering.get() and OutboxRow.objects.exists():
        bring_changes.enqueue()


# --- Draining ---


def drain_hurriedly() -> None:
    """Drain for somebody who publishes and waits: each engine gets a moment, and whatever happens is only logged."""
    for name in engines.names():
        try:
            _drain_if_well(name)
        except Exception:
            logger.exception("the changes for %s could not be brought; they wait", name)


def _drain_if_well(name: str) -> None:
    """An engine that failed a moment ago is not asked; one that fails now is left alone, or mended aside."""
    state = engines.breaker(settings.ELASTICSEARCH_URL) if name == "elasticsearch" else None
    if state is not None and not state.allows():
        return
    well = False
    try:
        _drain(name, engines.engine(name, engines.PUBLISHER), _HURRIED, engines.PUBLISHER)
        well = True
    except QueryRefused as error:
        well = True
        logger.debug("the changes for %s wait until it is mended: %s", name, error)  # so it is on a new hub
        engines.repair(name)
    except EngineUnavailable as error:
        logger.warning("the changes for %s wait: %s", name, error)
    finally:
        if state is not None and well:
            state.succeeded()
        elif state is not None:
            state.failed()


def drain(name: str = "", into: SearchEngine | None = None) -> int:
    """Bring one engine, by default the one that answers, every page that waits: how many. Raises what it raises.

    With no sound index there is nothing to change: every page is read again, those that wait among them.
    """
    chosen = name or engines.names()[0]
    target = into or engines.engine(chosen)
    if OutboxRow.objects.filter(engine=chosen).exists() and not _reached(target).ok:
        return sum(rebuild(chosen, target).documents.values())
    return _drain(chosen, target, _PATIENCE)


def drain_all() -> tuple[int, list[EngineUnavailable]]:
    """Drain every engine, whatever happens to another: how many pages were brought, and what failed."""
    drained, failures = 0, []
    for name in engines.names():
        try:
            drained += drain(name)
        except EngineUnavailable as error:
            failures.append(EngineUnavailable(f"{name}: {error}"))
    return drained, failures


def _drain(name: str, target: SearchEngine, patience: float, budget: float = float("inf")) -> int:
    """Oldest rows first. The lock makes reading the pages and writing the index one step on this machine; between
    machines, versions do.

    Whoever finds the lock taken leaves its rows to the holder, who looks once more after letting go.
    """
    waiting = OutboxRow.objects.filter(engine=name)
    drained, until = 0, time.monotonic() + budget
    lock = Path(str(settings.SEARCH_INDEX_DIR)) / f"drain-{name}.lock"
    while waiting.exists():
        try:
            with locked(lock, patience):
                while (rows := list(waiting.values_list("id", "page_id")[:BATCH])) and time.monotonic() < until:
                    drained += _drain_batch(target, rows)
        except Locked:
            logger.info("another process is bringing changes to %s", name)
            break
        if rows:  # out of time
            break
        patience = 0
    return drained


def _drain_batch(target: SearchEngine, rows: list[tuple[int, int]]) -> int:
    ids = [row_id for row_id, _page in rows]
    try:
        _apply(target, [page for _row, page in rows], ids[-1])
    except Exception:
        OutboxRow.objects.filter(id__in=ids).update(attempts=F("attempts") + 1)
        raise
    OutboxRow.objects.filter(id__in=ids).delete()
    return len({page for _row, page in rows})


def _apply(target: SearchEngine, page_ids: list[int], row_id: int) -> None:
    health = _reached(target)
    if not health.ok:
        raise QueryRefused("no sound index to write")
    target.apply(changes(page_ids, max(row_id, health.sequence)), wait_visible=True)


def _reached(target: SearchEngine) -> Health:
    health = target.health()
    if not health.reachable:
        raise EngineUnavailable(f"{target.name} does not answer")
    return health


# --- Rebuilding ---


def rebuild(name: str = "", into: SearchEngine | None = None) -> RebuildReport:
    """Build an engine's index anew from the database while searches go on, then apply what changed meanwhile."""
    chosen = name or engines.names()[0]
    target = into or engines.engine(chosen)
    since = max(OutboxRow.objects.aggregate(last=Max("id"))["last"] or 0, _reached(target).sequence)
    report = target.rebuild(all_documents(since), since)
    _drain(chosen, target, _PATIENCE)
    return report


def mend(name: str) -> None:
    """Rebuild an engine's index if it is missing or broken, or holds another number of pages than the database.

    It may when an engine was out of the settings while pages changed, or lost its disk and came back with an old one:
    then no row tells. What a rebuild cannot set right (a page that cannot be read) is left alone for a day.
    """
    target = engines.engine(name)
    health = _reached(target)
    if not health.ok:
        rebuild(name, target)
        return
    wanted, held, key = _visible_pages(health.documents), dict(health.documents), f"search-mended:{name}"
    if wanted == held or backlog(name).depth or cache.get(key) == [wanted, held]:
        return
    rebuild(name, target)
    cache.set(key, [wanted, dict(target.health().documents)], _A_DAY)


def _visible_pages(locales: Iterable[str]) -> dict[str, int]:
    """How many pages of each language should stand in an index."""
    pages = indexable().filter(locale__language_code__in=locales).order_by()
    counted = dict(pages.values_list("locale__language_code").annotate(Count("pk")))
    return {locale: counted.get(locale, 0) for locale in locales}
