"""How search is doing, for probes and for whoever runs ``manage.py search_status``."""

from typing import Any

from hub.search.engines import engine
from hub.search.outbox import backlog


def status() -> dict[str, Any]:
    health = engine().health()
    waiting = backlog()
    return {
        "ok": health.ok,
        "engine": health.engine,
        "documents": dict(health.documents),
        "generation": health.generation,
        "schema_version": health.schema_version,
        "sequence": health.sequence,
        "outbox": {
            "depth": waiting.depth,
            "oldest_seconds": round(waiting.oldest.total_seconds()) if waiting.oldest else 0,
        },
    }
