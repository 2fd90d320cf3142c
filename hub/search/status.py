"""How search is doing, for probes, for editors and for whoever runs ``manage.py search_status``."""

from dataclasses import asdict
from typing import Any

from django.conf import settings

from hub.search import engines
from hub.search.engine import EngineUnavailable, Health
from hub.search.outbox import backlog


def status() -> dict[str, Any]:
    """The engine that answers at the top, every engine under ``engines``. ``ok``: the one that should answer can."""
    found = [_engine(name) for name in engines.names()]
    return {**found[0], "engines": found}


def _health(name: str) -> Health:
    try:
        return engines.engine(name, engines.PUBLISHER).health()
    except EngineUnavailable:  # its address is no address
        return Health(False, name, {}, "", 0, 0, reachable=False)


def _engine(name: str) -> dict[str, Any]:
    health, waiting = asdict(_health(name)), backlog(name)
    state: dict[str, Any] = {key: health[key] for key in ("ok", "engine", "documents", "generation")}
    state |= {"schema_version": health["schema_version"], "sequence": health["sequence"]}
    if name == "elasticsearch":
        state["breaker"] = "open" if engines.breaker(settings.ELASTICSEARCH_URL).is_open else "closed"
    oldest = round(waiting.oldest.total_seconds()) if waiting.oldest else 0
    return {**state, "outbox": {"depth": waiting.depth, "oldest_seconds": oldest}}
