"""Which pages editors put first for a query, between the dates they gave."""

from hub.search.lexicon import words
from hub.search.models import PromotedResult


def promoted(text: str, locale: str) -> list[int]:
    """Ids of the pages promoted today for this text, in the editors' order. The caller checks who may see them."""
    asked = _key(text, locale)
    if not asked:
        return []
    rows = PromotedResult.objects.running().filter(language=locale).values_list("page_id", "queries")
    return list(
        dict.fromkeys(page for page, queries in rows if asked in {_key(line, locale) for line in queries.splitlines()})
    )


def _key(text: str, locale: str) -> tuple[str, ...]:
    return tuple(word.key for word in words(text, locale))
