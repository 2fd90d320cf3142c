"""Queries that found nothing, counted by day so that editors learn what readers look for in vain.

Nothing personal is kept: a digest keyed with the hub's secret stands for the text until it was asked ``OFTEN`` times
within ``DAYS`` days. What looks like somebody's own is not counted at all, for it could never be shown.
"""

import datetime
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import DatabaseError, connection, transaction
from django.db.models import F, Max, QuerySet, Sum
from django.utils import timezone
from django.utils.crypto import salted_hmac

from hub.search.lexicon import fold, words
from hub.search.models import MissedQuery
from hub.search.plan import normalise

logger = logging.getLogger(__name__)

OFTEN = 3
DAYS = 30
MOST_A_DAY = 2_000  # distinct queries; whoever sends more is not a reader
_MAX_LENGTH, _MAX_WORDS = 80, 8
_WAIT_MS = 250  # for the database's write lock, while a visitor waits for the page
_LONG_NUMBER = re.compile(r"\d{5,}")
_MAX_DIGITS = 8  # a telephone number written in pairs


@dataclass(frozen=True)
class Miss:
    text: str
    count: int


def record(text: str, locale: str) -> None:
    """Count a visitor's query that found nothing. Whatever goes wrong here is logged, without the text."""
    clean = normalise(text, _MAX_LENGTH + 1)
    if not words(clean, locale) or _is_personal(clean):
        return
    try:
        with _short_wait(), transaction.atomic():
            _count(clean, locale)
    except DatabaseError as error:
        # The class alone: the message or its traceback might hold the query.
        logger.warning("a query without result was not counted: %s", type(error).__name__)


def _count(text: str, locale: str) -> None:
    today = timezone.localdate()
    same = MissedQuery.objects.filter(language=locale, digest=_digest(text, locale))
    of_today = same.filter(day=today)
    if not of_today.update(count=F("count") + 1):
        known = MissedQuery.objects.filter(day=today).count()
        if not known:
            forget_old()
        if known >= MOST_A_DAY:
            return
        _row, created = same.get_or_create(language=locale, digest=_digest(text, locale), day=today)
        if not created:  # another process was quicker
            of_today.update(count=F("count") + 1)
    asked = same.filter(day__gt=_horizon()).aggregate(times=Sum("count"))["times"]
    if asked >= OFTEN:
        of_today.filter(text="").update(text=text)


def frequent(locale: str) -> list[Miss]:
    """What was asked in vain at least ``OFTEN`` times in the last ``DAYS`` days, most frequent first."""
    rows = (
        _recent()
        .filter(language=locale)
        .values("digest")
        .annotate(times=Sum("count"), wording=Max("text"))
        .filter(times__gte=OFTEN)
        .exclude(wording="")
        .order_by("-times", "wording")
    )
    return [Miss(row["wording"], row["times"]) for row in rows]


def forget_old() -> int:
    """Delete what is older than ``DAYS`` days, and the wording of what has become rare. Gives the rows deleted."""
    deleted, _by_model = MissedQuery.objects.filter(day__lte=_horizon()).delete()
    rare = (
        MissedQuery.objects.values("language", "digest")
        .annotate(times=Sum("count"), wording=Max("text"))
        .filter(times__lt=OFTEN)
        .exclude(wording="")
    )
    for row in rare:
        MissedQuery.objects.filter(language=row["language"], digest=row["digest"]).update(text="")
    return deleted


def _horizon() -> datetime.date:
    """The last day that is forgotten."""
    return timezone.localdate() - datetime.timedelta(days=DAYS)


def _recent() -> QuerySet[MissedQuery]:
    return MissedQuery.objects.filter(day__gt=_horizon())


def _digest(text: str, locale: str) -> str:
    return salted_hmac("hub.search.misses", f"{locale} {fold(text)}", algorithm="sha256").hexdigest()


def _is_personal(text: str) -> bool:
    return (
        "@" in text
        or len(text) > _MAX_LENGTH
        or len(text.split()) > _MAX_WORDS
        or _LONG_NUMBER.search(text) is not None
        or sum(char.isdigit() for char in text) >= _MAX_DIGITS
    )


@contextmanager
def _short_wait() -> Iterator[None]:
    """Give up soon when another process writes: a count is not worth a visitor's time."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{_WAIT_MS}ms"])
            yield
        return
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        before = int(cursor.fetchone()[0])
        cursor.execute(f"PRAGMA busy_timeout = {_WAIT_MS}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {before}")
