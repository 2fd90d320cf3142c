"""A process killed at any point of publishing or rebuilding leaves nothing that the next drain does not mend.

SIGKILL, on a database and an index on disk that live through all the kills, with a look at both after each.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.environment import environment
from tests.ready import migrated
from tests.search.conftest import ON_ELASTICSEARCH

ROOT = Path(__file__).resolve().parents[2]
# How many processes are killed from outside after a while, and how many at a statement of SQL.
KILLS = {"publish": (10, 24), "rebuild": (12, 8)}
STATEMENTS = {"publish": 400, "rebuild": 6}

pytestmark = pytest.mark.xdist_group("kills")


class Nursery:
    """Gives birth to victims. See ``tests.search.victims``."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.errors = (folder / "errors").open("w+")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.search.victims"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            text=True,
        )

    def ask(self, command: str) -> Any:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            pytest.fail(f"{command}: {self.last_words()}")
        return json.loads(line)

    def last_words(self) -> str:
        self.errors.seek(0)
        return self.errors.read()[-4000:]

    def close(self) -> None:
        self.process.communicate()
        self.errors.close()


@pytest.fixture(params=["embedded", ON_ELASTICSEARCH])
def nursery(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> Iterator[Nursery]:
    (tmp_path / "hub.sqlite3").write_bytes(migrated(tmp_path_factory).read_bytes())
    server = request.getfixturevalue("elasticsearch_url") if request.param == "elasticsearch" else ""
    built = Nursery(tmp_path, {**environment(tmp_path), "ELASTICSEARCH_URL": server})
    yield built
    built.close()


@pytest.mark.parametrize("kind", KILLS)
def test_index_and_database_are_equal_after_every_kill(nursery: Nursery, kind: str) -> None:
    chance = random.Random(20)
    from_outside, at_a_statement = KILLS[kind]
    nursery.ask("prepare")
    states = []
    for number in range(from_outside + at_a_statement):
        if number < from_outside:
            victim = nursery.ask(f"{kind} {number}")
            time.sleep(chance.uniform(0.0, 0.4))
            os.kill(victim, signal.SIGKILL)
        else:
            nursery.ask(f"{kind} {number} {chance.randint(1, STATEMENTS[kind])}")
        state = nursery.ask("recover")
        for engine, index in state["indexes"].items():
            assert index == state["database"], f"kill {number}, {engine}: {nursery.last_words()}"
        assert (state["degraded"], state["left"]) == (False, 0), f"kill {number}"
        states.append(state)
    # The kills met what they were meant to meet: pages changed, a generation left half-way.
    assert states[-1]["revisions"] > states[0]["revisions"]
    if kind == "rebuild" and len(states[0]["indexes"]) == 1:
        assert any(state["generations"] > 2 for state in states)
