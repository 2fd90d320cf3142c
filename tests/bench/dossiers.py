"""What the papers of a council cost in a warm worker: a dossier of four cases of the starting content, the note, the
slides; and what they add to the worker's memory.

`python -m tests.bench.dossiers PAPER FORMAT` asks a loaded hub for one paper again and again and prints JSON.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from tests.bench.report import Figure
from tests.environment import environment

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = "/fr/etudes-de-cas/dossier-pour-le-conseil/"
CASES = ["23-pme-orne-calvados", "departement-orne-charte", "pays-de-murat-telecentre", "soho-solo-gers"]
# Paper and format, and the most that one may cost, in milliseconds.
PAPERS = {("dossier", "pdf"): 1000.0, ("dossier", "docx"): 1000.0, ("note", "pdf"): 1000.0, ("slides", "pptx"): 1000.0}
MOST_MEMORY = 150.0
WARM, MANY = 5, 25


def measure(scratch: Path) -> list[Figure]:
    surroundings = environment(scratch)
    if not (scratch / "hub.sqlite3").exists():
        for command in (["migrate", "-v0"], ["load_demo", "-v0"]):
            subprocess.run(
                [sys.executable, "manage.py", *command], cwd=ROOT, env={**os.environ, **surroundings}, check=True
            )
    figures = []
    for (paper, form), bar in PAPERS.items():
        answer = subprocess.run(
            [sys.executable, "-m", "tests.bench.dossiers", paper, form],
            cwd=ROOT,
            env={**os.environ, **surroundings},
            check=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        found = json.loads(answer.stdout.splitlines()[-1])
        key, name = f"council_{paper}_{form}", f"{paper} of {len(CASES)} cases as {form}"
        figures.append(Figure(f"{key}_ms", f"{name}, {found['kb']:.0f} KB", found["ms"], "ms", bar))
        figures.append(Figure(f"{key}_memory", f"{name}: memory added at most", found["peak"], "MB", MOST_MEMORY))
        figures.append(Figure(f"{key}_kept", f"{name}: after {MANY}, against {WARM}", found["kept"], "times", 1.1))
    return figures


def _peak() -> float:
    """The most memory that this process ever held, in megabytes."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024 / 1_000_000


def main() -> None:
    import django

    django.setup()
    from django.test import Client

    from tests.bench.memory import resident

    client = Client(SERVER_NAME="localhost")
    asked = {"paper": sys.argv[1], "format": sys.argv[2], "case": CASES}
    assert client.get("/fr/etudes-de-cas/").status_code == 200
    before, early, size, costs = resident(), 0.0, 0, []
    for number in range(MANY):
        started = time.perf_counter()
        response = client.get(ADDRESS, asked)
        costs.append((time.perf_counter() - started) * 1000)
        assert response.status_code == 200
        assert response.headers["Content-Disposition"].startswith("attachment"), "the page came in place of the paper"
        size = len(response.content)
        if number + 1 == WARM:
            early = resident()
    told = {
        "ms": statistics.median(costs[WARM:]),
        "peak": _peak() - before,
        "kept": resident() / early,
        "kb": size / 1000,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
