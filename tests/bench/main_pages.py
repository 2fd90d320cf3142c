"""What the hub's main pages cost against the bare home page of `wagtail start`, in one interleaved run.

Milliseconds depend on the machine; the ratios, taken side by side, do not.
"""

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

from tests.bench.report import Figure
from tests.environment import environment

ROOT = Path(__file__).resolve().parents[2]
ROUNDS, TIMES = 7, 12
PAGES = {
    "home": ("/fr/", 3.0),
    "case study": ("/fr/etudes-de-cas/23-pme-orne-calvados/", 2.5),
    "listing": ("/fr/etudes-de-cas/", 3.5),
    "search": ("/fr/recherche/?q=refus", None),
}
BARE_SETTINGS = """
from .base import *
DEBUG = False
SECRET_KEY = "bench"
ALLOWED_HOSTS = ["*"]
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
LOGGING = {"version": 1, "root": {"level": "ERROR"}}
"""


class Side:
    """A worker process and the questions put to it."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "tests" / "bench" / "worker.py")],
            cwd=folder,
            env={**os.environ, **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def ask(self, address: str) -> dict[str, float]:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{address} {TIMES}\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"the worker stopped at {address}")
        return json.loads(line)


def run(command: list[str], folder: Path, environment: dict[str, str]) -> None:
    subprocess.run(command, cwd=folder, env={**os.environ, **environment}, check=True, stdout=subprocess.DEVNULL)


def bare_side(scratch: Path) -> Side:
    folder = scratch / "bare"
    folder.mkdir()
    run([str(Path(sys.executable).with_name("wagtail")), "start", "bare", str(folder)], scratch, {})
    (folder / "bare" / "settings" / "bench.py").write_text(BARE_SETTINGS)
    environment = {"DJANGO_SETTINGS_MODULE": "bare.settings.bench"}
    run([sys.executable, "manage.py", "migrate", "-v0"], folder, environment)
    return Side(folder, environment)


def hub_side(scratch: Path) -> Side:
    surroundings = environment(scratch)
    for command in (["migrate", "-v0"], ["load_demo", "-v0"], ["rebuild_search"]):
        run([sys.executable, "manage.py", *command], ROOT, surroundings)
    return Side(ROOT, surroundings)


def measure(scratch: Path) -> list[Figure]:
    bare, hub = bare_side(scratch), hub_side(scratch)
    base: list[float] = []
    costs: dict[str, list[float]] = {page: [] for page in PAGES}
    facts: dict[str, dict[str, float]] = {}
    for _round in range(ROUNDS):
        base.append(bare.ask("/")["cpu"])
        for page, (address, _bar) in PAGES.items():
            facts[page] = hub.ask(address)
            costs[page].append(facts[page]["cpu"])
    for side in (bare, hub):
        side.process.terminate()
        side.process.wait()
    ground = statistics.median(base)
    figures = [Figure("bare_ms", "bare home page of wagtail start", ground * 1000, "ms CPU")]
    for page, (_address, bar) in PAGES.items():
        cost, key = statistics.median(costs[page]), page.replace(" ", "_")
        sql, weight = int(facts[page]["sql"]), facts[page]["gzip"] / 1024
        label = f"{page}: {cost * 1000:.2f} ms CPU, {sql} queries, {weight:.1f} KB gzipped"
        figures.append(Figure(key, label, cost / ground, "times", bar))
    return figures
