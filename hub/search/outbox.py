"""From a change of a page to the index, without losing one and without ever failing a publication.

A signal writes rows in the transaction of the change. After the commit they are drained: the engine is told how each
page stands *now*, and the rows go. When the engine cannot take them they stay for the next drain, which any later
publication or ``manage.py drain_search`` starts.
"""

import logging
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max, Min
from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from hub.search.documents import all_documents, changes
from hub.search.engine import RebuildReport, SearchEngine
from hub.search.engines import engine
from hub.search.locks import Locked, locked
from hub.search.models import OutboxRow

logger = logging.getLogger(__name__)

BATCH = 500
_PATIENCE = 5.0  # seconds to wait for another drain


@dataclass(frozen=True)
class Backlog:
    depth: int
    oldest: timedelta | None


def backlog() -> Backlog:
    depth = OutboxRow.objects.count()
    first = OutboxRow.objects.aggregate(first=Min("created_at"))["first"]
    return Backlog(depth, timezone.now() - first if first else None)


# --- Writing rows ---


def enqueue(page_ids: list[int]) -> None:
    """Note that these pages changed, and drain once the transaction is committed."""
    if not page_ids:
        return
    OutboxRow.objects.bulk_create([OutboxRow(page_id=pk) for pk in page_ids], batch_size=BATCH)
    transaction.on_commit(drain_quietly, robust=True)


def enqueue_subtree(page: Page) -> None:
    enqueue(list(Page.objects.filter(path__startswith=page.path).values_list("pk", flat=True)))


def enqueue_expired() -> None:
    """Pages past their expiry that nobody has unpublished yet: no signal tells of the passing of time."""
    expired = Page.objects.filter(live=True, expire_at__lte=timezone.now())
    enqueue(list(expired.values_list("pk", flat=True)))


# --- Draining ---


def drain_quietly() -> None:
    """Drain, and whatever happens let the publication stand."""
    try:
        drain()
    except Exception:
        logger.exception("the search outbox could not be drained")


def drain(into: SearchEngine | None = None) -> int:
    """Apply every waiting row, oldest first. Returns how many went; raises what the engine raises.

    The lock makes reading the pages and writing the index one step, so the last word is always the newest.
    """
    target = into or engine()
    drained = 0
    try:
        with locked(Path(str(settings.SEARCH_INDEX_DIR)) / "drain.lock", _PATIENCE):
            while rows := list(OutboxRow.objects.values_list("id", "page_id")[:BATCH]):
                ids = [row_id for row_id, _page in rows]
                try:
                    _apply(target, [page for _row, page in rows], ids[-1])
                except Exception:
                    OutboxRow.objects.filter(id__in=ids).update(attempts=F("attempts") + 1)
                    raise
                OutboxRow.objects.filter(id__in=ids).delete()
                drained += len(ids)
    except Locked:
        logger.warning("another process is draining the search outbox; rows wait for the next drain")
    return drained


def _apply(target: SearchEngine, page_ids: list[int], row_id: int) -> None:
    health = target.health()
    if health.ok:
        target.apply(changes(page_ids, max(row_id, health.sequence)))
    else:
        # With no sound index there is nothing to change: every page is read again, these among them.
        target.rebuild(all_documents(row_id), row_id)


def rebuild(into: SearchEngine | None = None) -> RebuildReport:
    """Build the index anew from the database while searches go on, then apply what changed meanwhile."""
    target = into or engine()
    since = max(OutboxRow.objects.aggregate(last=Max("id"))["last"] or 0, target.health().sequence)
    report = target.rebuild(all_documents(since), since)
    drain(target)
    return report


# --- Signals ---


def _page_changed(instance: Page, **_kwargs: Any) -> None:
    enqueue([instance.pk])


def _subtree_changed(instance: Page, **_kwargs: Any) -> None:
    enqueue_subtree(instance)


def _restriction_changed(instance: PageViewRestriction, **_kwargs: Any) -> None:
    page = Page.objects.filter(pk=instance.page_id).first()
    if page is not None:
        enqueue_subtree(page)


def connect() -> None:
    """Every event that may change what visitors find. A language cannot be deleted while it has pages."""
    for signal in (page_published, page_unpublished):
        signal.connect(_page_changed, dispatch_uid=f"search-outbox-{id(signal)}")
    for signal in (page_slug_changed, post_page_move):
        signal.connect(_subtree_changed, dispatch_uid=f"search-outbox-{id(signal)}")
    post_delete.connect(_page_changed, sender=Page, dispatch_uid="search-outbox-page-deleted")
    for signal in (post_save, post_delete):
        signal.connect(
            _restriction_changed, sender=PageViewRestriction, dispatch_uid=f"search-outbox-restriction-{id(signal)}"
        )
