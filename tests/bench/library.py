"""What the library costs with a thousand cases against ten: server time in one interleaved run, queries and weight.

`python -m tests.bench.library` is the process that is measured: it prints JSON and needs a database of its own.
"""

import gzip
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.report import Figure
from tests.environment import environment

ROOT = Path(__file__).resolve().parents[2]
FEW, MANY = 10, 1_000
ROUNDS, TIMES = 9, 6
FILTERED = "?audience=elus&audience=salaries&territory=calvados&territory=orne&sort=people"


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as name:
        surroundings = environment(Path(name))
        for command in (["manage.py", "migrate", "-v0"], ["-m", "tests.bench.library"]):
            run = subprocess.run(
                [sys.executable, *command],
                cwd=ROOT,
                env=surroundings,
                check=True,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
    found = json.loads(run.stdout.splitlines()[-1])
    return [
        Figure(
            "library_ratio",
            f"{MANY} cases against {FEW}: list, filters and map ({found['few']:.1f} -> {found['many']:.1f} ms CPU)",
            found["many"] / found["few"],
            "times",
            1.5,
        ),
        Figure("library_filtered_ratio", "the same, filtered and in another order", found["filtered"], "times", 1.5),
        Figure("library_more_ms", "what the thousand cost more", found["many"] - found["few"], "ms CPU", 60),
        Figure("library_cold_ms", "the first time after a change", found["cold"], "ms CPU"),
        Figure("library_queries", "queries with a thousand cases, at worst", found["queries"], "queries", 20),
        Figure("library_kb", "the page with a thousand cases, gzipped", found["kilobytes"], "KB", 25),
    ]


def main() -> None:
    import django

    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from wagtail.signal_handlers import disable_reference_index_auto_update

    from hub.pages.tally import forget
    from tests.factories.hub import Hub
    from tests.factories.library import add_cases
    from tests.factories.pages import CaseStudyIndexFactory, ComparisonFactory, DossierFactory
    from tests.factories.vocabulary import AudienceFactory, SectorFactory, TerritoryFactory

    with disable_reference_index_auto_update():
        hub = Hub.build()
        terms = (
            [AudienceFactory(slug=slug) for slug in ("elus", "salaries", "employeurs", "agents-publics")],
            [TerritoryFactory(slug=slug) for slug in ("calvados", "manche", "orne")],
            [SectorFactory(slug=f"secteur-{number}") for number in range(8)],
        )
        # Two lists side by side, so that both are asked in turns.
        sections = {
            number: CaseStudyIndexFactory(parent=hub.home["fr"], title=f"{number} études de cas")
            for number in (FEW, MANY)
        }
        for number, section in sections.items():
            add_cases(section, number, *terms)
            ComparisonFactory(parent=section)
            DossierFactory(parent=section)
    client = Client(SERVER_NAME="localhost")
    few, many = (section.get_url() for section in sections.values())

    def milliseconds(address: str, times: int = TIMES) -> float:
        before = time.process_time()
        for _turn in range(times):
            if client.get(address).status_code != 200:
                raise SystemExit(f"{address} does not answer")
        return (time.process_time() - before) * 1000 / times

    asked = {"few": few, "many": many, "few filtered": few + FILTERED, "many filtered": many + FILTERED}
    for address in asked.values():
        client.get(address)
    costs: dict[str, list[float]] = {name: [] for name in asked}
    for _round in range(ROUNDS):
        for name, address in asked.items():
            costs[name].append(milliseconds(address))
    middle = {name: statistics.median(found) for name, found in costs.items()}
    forget()
    cold = milliseconds(many, times=1)
    forget()
    with CaptureQueriesContext(connection) as queries:
        response = client.get(many)
    print(
        json.dumps(
            {
                "few": middle["few"],
                "many": middle["many"],
                "filtered": middle["many filtered"] / middle["few filtered"],
                "cold": cold,
                "queries": len(queries),
                "kilobytes": len(gzip.compress(response.content)) / 1024,
            }
        )
    )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings.development")
    main()
