"""Which indexes of a cluster serve, which one is being filled, and how far each has come.

Names, with the prefix ``hub`` (``ELASTICSEARCH_URL`` may give another):

* ``hub-fr-1-20260131120000123456``: the index of one language, one schema, one rebuild. Mapping ``_meta`` says which.
* ``hub-fr``: alias of the index in service; ``hub-fr-next``: of the one that a rebuild is filling; ``hub``: of all in
  service. ``hub-state`` remembers how far each generation has come.
"""

import socket
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from elasticsearch import Elasticsearch, NotFoundError

from hub.search import elastic

_ABANDONED = timedelta(hours=6)  # nobody rebuilds for so long


@dataclass(frozen=True)
class Names:
    """The index in service of each language, and the one being filled."""

    live: dict[str, str] = field(default_factory=dict)
    coming: dict[str, str] = field(default_factory=dict)


class Aliases:
    """Elasticsearch's own errors come through as they are."""

    def __init__(self, client: Elasticsearch, prefix: str, locales: Sequence[str]) -> None:
        self._client = client
        self._prefix = prefix
        self._locales = tuple(locales)

    def live(self, locale: str) -> str:
        return f"{self._prefix}-{locale}"

    def coming(self, locale: str) -> str:
        return f"{self._prefix}-{locale}-next"

    @property
    def _state(self) -> str:
        return f"{self._prefix}-state"

    @property
    def _pattern(self) -> str:
        return ",".join(f"{self.live(locale)}-*" for locale in self._locales)

    def names(self) -> Names:
        found = Names()
        aliases = self._client.indices.get_alias(index=self._pattern, ignore_unavailable=True, allow_no_indices=True)
        for index, about in aliases.items():
            for locale in self._locales:
                if self.live(locale) in about["aliases"]:
                    found.live[locale] = index
                if self.coming(locale) in about["aliases"]:
                    found.coming[locale] = index
        return found

    def generation(self, names: Names) -> str:
        """What the indexes in service have in common; nothing unless every language has one, of one rebuild."""
        if set(names.live) != set(self._locales):
            return ""
        found = {name.removeprefix(f"{self.live(locale)}-") for locale, name in names.live.items()}
        return found.pop() if len(found) == 1 else ""

    # --- How far each generation has come ---

    def sequence(self, generation: str) -> int:
        """The highest version written into a generation."""
        try:
            return int(self._client.get(index=self._state, id=generation)["_source"]["sequence"])
        except NotFoundError:
            return 0

    def record(self, generation: str, sequence: int) -> None:
        state = {"generation": generation, "sequence": sequence}
        self._client.index(index=self._state, id=generation, document=state)

    # --- From one generation to the next ---

    def create(self, since: int) -> tuple[str, dict[str, str]]:
        """New indexes that take every write from now on: their generation and their names by language."""
        stamp = datetime.now(UTC).strftime("%Y%m%d%H%M%S%f")
        generation = f"{elastic.SCHEMA_VERSION}-{stamp}"
        created = {locale: f"{self.live(locale)}-{generation}" for locale in self._locales}
        if not self._client.indices.exists(index=self._state):
            self._client.options(ignore_status=400).indices.create(index=self._state, body=elastic.state_body())
        meta = {"schema": elastic.SCHEMA_VERSION, "host": socket.gethostname(), "since": since}
        for locale, name in created.items():
            body = elastic.index_body(locale, meta)
            self._client.indices.create(index=name, body={**body, "aliases": {self.coming(locale): {}}})
        return generation, created

    def publish(self, created: Mapping[str, str]) -> Mapping[str, str]:
        """Take every language over at once. Gives the indexes that served before, which are still there."""
        for name in created.values():
            self._client.indices.put_settings(index=name, settings={"refresh_interval": "1s"})
            self._client.indices.refresh(index=name)
        before = self.names().live
        moves: list[dict[str, Any]] = []
        for locale, name in created.items():
            for alias in (self.live(locale), self._prefix):
                if locale in before:
                    moves.append({"remove": {"index": before[locale], "alias": alias}})
                moves.append({"add": {"index": name, "alias": alias}})
            moves.append({"remove": {"index": name, "alias": self.coming(locale)}})
        self._client.indices.update_aliases(actions=moves)
        return before

    def sweep(self, unwanted: Callable[[str, dict[str, Any]], bool]) -> None:
        """Delete the indexes that serve nobody and that ``unwanted`` names, with what is remembered of them."""
        found = self._client.indices.get(index=self._pattern, ignore_unavailable=True, allow_no_indices=True)
        live = set(self.names().live.values())
        for name, about in found.items():
            if name not in live and unwanted(name, about):
                self._client.options(ignore_status=404).indices.delete(index=name)
                generation = "-".join(name.rsplit("-", 2)[-2:])
                self._client.options(ignore_status=404).delete(index=self._state, id=generation)


def abandoned(_name: str, about: dict[str, Any]) -> bool:
    """An index that a rebuild left behind: one of this machine, which holds the lock now, or a very old one."""
    if about["mappings"].get("_meta", {}).get("host") == socket.gethostname():
        return True
    made = datetime.fromtimestamp(int(about["settings"]["index"]["creation_date"]) / 1000, UTC)
    return datetime.now(UTC) - made > _ABANDONED
