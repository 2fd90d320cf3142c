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

from django.db import DatabaseError, connection
from django.db.models import Max, QuerySet, Subquery, Sum
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
        with _short_wait():
            _forget_daily()
            _count(clean, locale)
    except DatabaseError as error:
        # The class alone: the message or its traceback might hold the query.
        logger.warning("a query without result was not counted: %s", type(error).__name__)


# One statement, so that a visitor waits for one write at most.
_COUNT_ONE = """
    INSERT INTO search_missedquery (language, digest, day, count, text)
    SELECT %s, %s, %s, 1, ''
    WHERE (SELECT COUNT(*) FROM search_missedquery WHERE day = %s) < %s
    OR EXISTS (SELECT 1 FROM search_missedquery WHERE language = %s AND digest = %s AND day = %s)
    ON CONFLICT (language, digest, day) DO UPDATE SET count = search_missedquery.count + 1
"""


def _count(text: str, locale: str) -> None:
    today, digest = timezone.localdate(), _digest(text, locale)
    with connection.cursor() as cursor:
        day = today.isoformat()
        cursor.execute(_COUNT_ONE, [locale, digest, day, day, MOST_A_DAY, locale, digest, day])
    same = _recent().filter(language=locale, digest=digest)
    times = same.values("digest").annotate(times=Sum("count")).values("times")
    unnamed = MissedQuery.objects.filter(language=locale, digest=digest, day=today, text="")
    unnamed.annotate(times=Subquery(times)).filter(times__gte=OFTEN).update(text=text)


_forgotten: set[datetime.date] = set()


def _forget_daily() -> None:
    """For hubs without a timer: each process drops what is old once a day, when it counts for the first time."""
    today = timezone.localdate()
    if today not in _forgotten:
        forget_old()
        _forgotten.clear()
        _forgotten.add(today)


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
    """Give up soon when another process writes: a count is not worth a visitor's time. PostgreSQL locks rows only."""
    if connection.vendor != "sqlite":
        yield
        return
    usual = round(1000 * connection.settings_dict["OPTIONS"].get("timeout", 5))
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {_WAIT_MS}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")
