"""How long a visitor and a publisher wait while Elasticsearch is away or strange: the worst of every fault.

`python -m tests.bench.faults` is the process that meets them, with the database and the index named in its environment.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench.report import Figure

ROOT = Path(__file__).resolve().parents[2]


def measure(environment: dict[str, str]) -> list[Figure]:
    command = [sys.executable, "-m", "tests.bench.faults"]
    run = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    waits = json.loads(run.stdout.splitlines()[-1])
    return [
        Figure("fault_visitor", f"a search, at worst ({waits['visitor'][1]})", waits["visitor"][0], "s", 1.5),
        Figure(
            "fault_publisher", f"a publication, at worst ({waits['publisher'][1]})", waits["publisher"][0], "s", 2.0
        ),
    ]


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def main() -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.test import Client

    from hub.home.models import PlainPage
    from hub.search import engines
    from tests.factories.servers import FAULTS, FaultyServer, closed_port

    client = Client(SERVER_NAME="localhost")

    def search() -> None:
        engines.breaker.cache_clear()
        answer = client.get("/fr/recherche/?q=refus&format=json").json()
        if not answer["results"] or not answer["degraded"]:
            raise SystemExit("no answer from the embedded engine")

    def publish() -> None:
        engines.breaker.cache_clear()
        PlainPage.objects.live().first().save_revision().publish()

    waits: dict[str, list[tuple[float, str]]] = {"visitor": [], "publisher": []}

    def meet(name: str, url: str) -> None:
        settings.ELASTICSEARCH_URL = url
        waits["visitor"].append((_seconds(search), name))
        waits["publisher"].append((_seconds(publish), name))

    client.get("/fr/recherche/?q=refus")
    meet("refused", closed_port())
    for fault in FAULTS:
        with FaultyServer(fault) as server:
            meet(fault.__name__.replace("_", " "), server.url)
    print(json.dumps({who: max(times) for who, times in waits.items()}))


if __name__ == "__main__":
    main()
