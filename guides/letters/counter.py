"""Counting papers: by month, language and kind, and nothing else.

One rule: a paper counts when it is first given finished, on screen or as a file. The form remembers in a hidden field
which ones it has counted, so that a second look, a second format or a correction does not count again.
"""

import logging
from collections.abc import Iterable

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from guides.letters.papers import PaperKind
from guides.models import LettersMade

_logger = logging.getLogger(__name__)


def mark(kind: PaperKind, language: str) -> str:
    return f"{kind.value}.{language}"


def count_once(kind: PaperKind, language: str, counted: Iterable[str]) -> list[str]:
    """Count the paper unless it is among those counted; give the marks of all that are now."""
    known = [each for each in dict.fromkeys(counted) if each in _MARKS]
    if mark(kind, language) in known:
        return known
    try:
        _grow(kind, language)
    except DatabaseError:
        # A count that is off by one is better than a letter that nobody gets.
        _logger.exception("a paper was not counted")
    return [*known, mark(kind, language)]


def _grow(kind: PaperKind, language: str) -> None:
    month = timezone.localdate().replace(day=1)
    row = LettersMade.objects.filter(month=month, language=language, kind=kind.value)
    with transaction.atomic():
        if not row.update(total=F("total") + 1):
            LettersMade.objects.get_or_create(month=month, language=language, kind=kind.value)
            row.update(total=F("total") + 1)


_MARKS = frozenset(mark(kind, language) for kind in PaperKind for language in ("fr", "en"))
