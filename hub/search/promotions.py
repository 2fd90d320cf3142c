"""Pages that editors put first for what visitors type, between two dates."""

from hub.search.lexicon import words
from hub.search.models import PromotedResult
from hub.search.plan import normalise


def key_of(text: str, locale: str) -> tuple[str, ...]:
    """What two ways of typing the same query have in common. Empty when the text holds no word."""
    return tuple(word.key for word in words(normalise(text), locale))


class Promotions:
    """The promotions that run today in one language, read once for any number of queries."""

    def __init__(self, locale: str) -> None:
        self._locale = locale
        self._pages: dict[tuple[str, ...], list[int]] = {}
        running = PromotedResult.objects.running().filter(language=locale)
        for queries, page_id in running.values_list("queries", "page_id"):
            for line in queries.splitlines():
                kept = self._pages.setdefault(key_of(line, locale), [])
                if page_id not in kept:
                    kept.append(page_id)
        self._pages.pop((), None)  # a line without a word promotes nothing

    def of(self, text: str) -> list[int]:
        return list(self._pages.get(key_of(text, self._locale), ()))


def promoted(text: str, locale: str) -> list[int]:
    """Ids of the pages to show first for this text, in the editors' order. The caller checks that they are visible."""
    return Promotions(locale).of(text) if key_of(text, locale) else []
