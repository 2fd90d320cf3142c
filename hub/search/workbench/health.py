"""``hub.search.status`` as a table for each engine, in the editors' language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class EngineTable:
    title: str
    ok: bool
    rows: list[tuple[str, str]]


def engine_tables(status: Mapping[str, Any]) -> list[EngineTable]:
    """The engine that answers visitors first, then the one that stands behind it."""
    return [EngineTable(each["engine"], each["ok"], _rows(each)) for each in status["engines"]]


def _rows(engine: Mapping[str, Any]) -> list[tuple[str, str]]:
    documents, waiting = engine["documents"], engine["outbox"]
    rows = [
        (_("Pages in the index"), ", ".join(f"{locale} {count}" for locale, count in documents.items())),
        (_("Waiting changes"), str(waiting["depth"])),
        (_("Age of the oldest, in seconds"), str(waiting["oldest_seconds"]) if waiting["depth"] else ""),
        (_("Last change applied"), str(engine["sequence"])),
        (_("Index in service"), engine["generation"]),
    ]
    if "breaker" in engine:
        asked = _("left alone for half a minute") if engine["breaker"] == "open" else _("asked")
        rows.insert(0, (_("Visitors’ questions"), asked))
    return [(label, value or "–") for label, value in rows]
