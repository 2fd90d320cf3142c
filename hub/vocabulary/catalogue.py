"""The labels of audiences, territories and sectors, kept in the shared cache so that pages need not ask for them.

Any saved or deleted term or label empties the kept copy in every process.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models.signals import post_delete, post_save

from hub.vocabulary.models import (
    Audience,
    AudienceLabel,
    Sector,
    SectorLabel,
    Territory,
    TerritoryLabel,
)

Term = type[Audience] | type[Territory] | type[Sector]
_KEEP_SECONDS = 3600


@dataclass(frozen=True)
class Label:
    slug: str
    label: str
    description: str


class Labels:
    """Terms of one vocabulary in one language, in the editors' order."""

    def __init__(self, rows: list[Label]) -> None:
        self._rows = {row.slug: row for row in rows}

    def __iter__(self) -> Iterator[Label]:
        return iter(self._rows.values())

    def __contains__(self, slug: object) -> bool:
        return slug in self._rows

    def get(self, slug: str) -> Label | None:
        return self._rows.get(slug)

    def name(self, slug: str) -> str:
        row = self._rows.get(slug)
        return row.label if row else slug

    def pick(self, slugs: Iterable[str]) -> list[Label]:
        wanted = set(slugs)
        return [row for row in self if row.slug in wanted]


def _cache_key(model: Term, language: str) -> str:
    return f"labels:{model._meta.label_lower}:{language}"


def labels(model: Term, language: str) -> Labels:
    key = _cache_key(model, language)
    kept = cache.get(key)
    if kept is None:
        kept = [(term.slug, term.label(language), term.description(language)) for term in model.objects.with_labels()]
        cache.set(key, kept, _KEEP_SECONDS)
    return Labels([Label(*row) for row in kept])


def _forget(sender: Any, **_kwargs: Any) -> None:
    from django.conf import settings

    model = {AudienceLabel: Audience, TerritoryLabel: Territory, SectorLabel: Sector}.get(sender, sender)
    keys = [_cache_key(model, code) for code, _name in settings.LANGUAGES]
    cache.delete_many(keys)
    transaction.on_commit(lambda: cache.delete_many(keys))


for _model in (Audience, AudienceLabel, Territory, TerritoryLabel, Sector, SectorLabel):
    post_save.connect(_forget, sender=_model, dispatch_uid=f"labels-{_model.__name__}")
    post_delete.connect(_forget, sender=_model, dispatch_uid=f"labels-{_model.__name__}")
