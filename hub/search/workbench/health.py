"""``hub.search.status`` as tables, whatever keys it comes to have."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_LABELS: Mapping[str, str | Promise] = {
    "ok": gettext_lazy("State"),
    "engine": gettext_lazy("Engine"),
    "name": gettext_lazy("Engine"),
    "documents": gettext_lazy("Pages in the index"),
    "generation": gettext_lazy("Index in service"),
    "schema_version": gettext_lazy("Version of the index’s fields"),
    "sequence": gettext_lazy("Last change applied"),
    "outbox": gettext_lazy("Waiting changes"),
    "depth": gettext_lazy("Waiting changes"),
    "oldest_seconds": gettext_lazy("Age of the oldest, in seconds"),
    "breaker": gettext_lazy("Circuit breaker"),
    "degraded": gettext_lazy("Degraded"),
    "answers": gettext_lazy("Answers visitors"),
    "primary": gettext_lazy("Answers visitors"),
    "error": gettext_lazy("Error"),
}


@dataclass
class Block:
    """One engine, or the whole. ``ok`` is None when the status does not say."""

    title: str
    ok: bool | None = None
    rows: list[tuple[str, str]] = field(default_factory=list)


def blocks(status: Mapping[str, Any]) -> list[Block]:
    """A block for what is said of search as a whole, and one for each engine of a list or mapping of engines."""
    whole = Block(_("Status of search"), _truth(status.get("ok")))
    found = [whole]
    for key, value in status.items():
        engines = list(_engines(value))
        if engines:
            found += [_block(each) for each in engines]
        elif key != "ok":
            whole.rows += _rows(key, value)
    return [block for block in found if block.rows or block.ok is not None]


def _engines(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, Mapping):
        if value and all(isinstance(each, Mapping) and "ok" in each for each in value.values()):
            yield from ({"engine": name, **each} for name, each in value.items())
    elif isinstance(value, (list, tuple)) and all(isinstance(each, Mapping) for each in value):
        yield from value


def _block(engine: Mapping[str, Any]) -> Block:
    title = str(engine.get("engine") or engine.get("name") or _("Engine"))
    block = Block(title, _truth(engine.get("ok")))
    for key, value in engine.items():
        if key not in ("ok", "engine", "name"):
            block.rows += _rows(key, value)
    return block


def _rows(key: str, value: Any) -> list[tuple[str, str]]:
    label = str(_LABELS.get(key, key))
    if not isinstance(value, Mapping):
        return [(label, _text(value))]
    if all(not isinstance(each, (Mapping, list)) for each in value.values()) and not any(
        name in _LABELS for name in value
    ):
        return [(label, ", ".join(f"{name} {_text(each)}" for name, each in value.items()) or "–")]
    rows = [row for name, each in value.items() for row in _rows(name, each)]
    return rows if key in _LABELS else [(f"{label} · {name}", text) for name, text in rows]


def _truth(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "–" if value is None or value == "" else str(value)
