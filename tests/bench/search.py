"""Search beside its bars: the embedded engine, its memory, and Wagtail's own search on the same pages."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.bench.report import Figure

ROOT = Path(__file__).resolve().parents[2]


def _start(module: str, arguments: list[str], environment: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", f"tests.bench.{module}", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def _answer(process: subprocess.Popen[str]) -> dict:
    out, _nothing = process.communicate()
    if process.returncode:
        raise SystemExit(f"{process.args} ended with {process.returncode}")
    return json.loads(out.splitlines()[-1])


def measure(scratch: Path) -> list[Figure]:
    environment = {
        "DJANGO_SETTINGS_MODULE": "hub.settings.development",
        "DATABASE_URL": f"sqlite:///{scratch / 'wagtail.sqlite3'}",
        "SEARCH_INDEX_DIR": str(scratch / "wagtail-search"),
        "MEDIA_ROOT": str(scratch / "media"),
        "CACHE_URL": f"filecache://{scratch / 'wagtail-cache'}",
    }
    engine = _start("embedded", [str(scratch / "engine")], {})
    command = [sys.executable, "manage.py", "migrate", "-v0"]
    subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=True, stdout=subprocess.DEVNULL)
    database = _answer(_start("database", [], environment))
    found = _answer(engine)
    memory = _answer(_start("memory", [str(scratch / "engine")], {}))
    if database["hits"] != found["marked_hits"]:
        raise SystemExit(f"not the same question: {database['hits']} hits and {found['marked_hits']}")
    small, large = found["search"], found["large"]
    return [
        Figure("search_p50_ms", "10,000 pages: search, four facets, ten passages: p50", small["p50"], "ms CPU", 8),
        Figure("search_p95_ms", "the same: p95", small["p95"], "ms CPU", 20),
        Figure("filtered_p50_ms", "with a choice in each facet: p50", found["filtered"]["p50"], "ms CPU"),
        Figure("filtered_p95_ms", "the same: p95", found["filtered"]["p95"], "ms CPU"),
        Figure("autocomplete_p50_ms", "autocomplete: p50", found["autocomplete"]["p50"], "ms CPU", 2),
        Figure("autocomplete_p95_ms", "autocomplete: p95", found["autocomplete"]["p95"], "ms CPU", 2),
        Figure("pages_per_second", "indexing of ready documents", found["rate"], "pages/s", 500, at_least=True),
        Figure("apply_100_ms", "a hundred changed pages into the index", found["apply"], "ms CPU"),
        Figure("marked_ms", f"one word with {found['marked_hits']} hits", found["marked"], "ms CPU"),
        Figure("wagtail_ms", "the same with Wagtail's search on SQLite", database["milliseconds"], "ms CPU"),
        Figure(
            "times_cheaper_than_wagtail",
            "how many times cheaper",
            database["milliseconds"] / found["marked"],
            "times",
            40,
            at_least=True,
        ),
        Figure("searching_mb", "memory of a worker that searches", memory["searching"], "MB more", 150),
        Figure("writing_mb", "memory of a worker that also writes", memory["writing"], "MB more", 150),
        Figure("large_p50_ms", "50,000 pages: search: p50", large["p50"], "ms CPU"),
        Figure("large_p95_ms", "50,000 pages: search: p95", large["p95"], "ms CPU"),
        Figure(
            "large_autocomplete_p95_ms", "50,000 pages: autocomplete: p95", found["large_autocomplete"]["p95"], "ms CPU"
        ),
        Figure("large_over_small", "p50 at 50,000 pages over that at 10,000", large["p50"] / small["p50"], "times", 2),
    ]
