"""The sources that one page names, found with one query and numbered in the order of their first use."""

from collections.abc import Iterable, Iterator

from hub.vocabulary.models import Source


class Bibliography:
    """Maps source keys to rows. Keys without a row are left out: a template then shows the bare key."""

    def __init__(self, keys: Iterable[str]) -> None:
        ordered = [key for key in dict.fromkeys(keys) if key]
        rows = {source.key: source for source in Source.objects.filter(key__in=ordered)} if ordered else {}
        self._sources = {key: rows[key] for key in ordered if key in rows}
        self._numbers = {key: number for number, key in enumerate(self._sources, start=1)}

    def __bool__(self) -> bool:
        return bool(self._sources)

    def __iter__(self) -> Iterator[tuple[int, Source]]:
        return ((self._numbers[key], source) for key, source in self._sources.items())

    def get(self, key: str) -> Source | None:
        return self._sources.get(key)

    def number(self, key: str) -> int | None:
        return self._numbers.get(key)
