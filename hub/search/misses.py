"""Queries that found nothing, counted by day without anything of the visitor."""

from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from hub.search.lexicon import words
from hub.search.models import MissedQuery


def record(text: str, locale: str) -> None:
    key = " ".join(word.key for word in words(text, locale))
    digest = salted_hmac("hub.search.misses", key, algorithm="sha256").hexdigest()
    row, created = MissedQuery.objects.get_or_create(language=locale, digest=digest, day=timezone.localdate())
    if not created:
        MissedQuery.objects.filter(pk=row.pk).update(count=F("count") + 1)
