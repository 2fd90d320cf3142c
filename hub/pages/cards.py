"""What cards show beside title and summary, read for a whole list at once."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from hub.vocabulary.catalogue import labels
from hub.vocabulary.models import Audience, AudienceTag, PageTerritory, Territory


def add_card_labels(pages: Iterable[Any], language: str) -> None:
    """Give each page ``card_audiences`` and ``card_territories``: two queries for any number of pages."""
    rows = list(pages)
    ids = [page.pk for page in rows]
    audiences: dict[int, list[str]] = defaultdict(list)
    for page_id, slug in AudienceTag.objects.filter(content_object__in=ids).values_list(
        "content_object_id", "tag__slug"
    ):
        audiences[page_id].append(slug)
    territories: dict[int, list[str]] = defaultdict(list)
    for page_id, slug in PageTerritory.objects.filter(page__in=ids).values_list("page_id", "territory__slug"):
        territories[page_id].append(slug)
    audience_labels, territory_labels = labels(Audience, language), labels(Territory, language)
    for page in rows:
        page.card_audiences = audience_labels.pick(audiences[page.pk])
        page.card_territories = territory_labels.pick(territories[page.pk])
