"""Databases that several tests start from: made once a run, by whichever worker asks first, and copied by each."""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.environment import environment

ROOT = Path(__file__).resolve().parents[1]
# Of the users of every role in the hub that tests start, or in the one that ``RELAIS_BROWSER_URL`` names.
PASSWORD = os.environ.get("RELAIS_BROWSER_PASSWORD", "un-mot-de-passe-long-42")


def migrated(factory: pytest.TempPathFactory) -> Path:
    """A database file with its tables and nothing in them."""

    def make(folder: Path) -> None:
        _manage(folder, "migrate", "-v0")

    return _once(factory, "migrated", make) / "hub.sqlite3"


def loaded(factory: pytest.TempPathFactory) -> Path:
    """A folder with the database, files and search index of the starting content, and a user of every role."""

    def make(folder: Path) -> None:
        shutil.copy(migrated(factory), folder / "hub.sqlite3")
        _manage(folder, "load_demo", "-v0")
        _manage(folder, "create_demo_users", "--password", PASSWORD)
        _manage(folder, "rebuild_search")

    return _once(factory, "loaded", make)


def _once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    base = factory.getbasetemp()
    # The workers of one run have the folder above their own in common.
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, done = shared / name, shared / f"{name}.done"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            # Everything in the one file that is copied.
            with sqlite3.connect(folder / "hub.sqlite3") as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            done.touch()
    return folder


def _manage(folder: Path, *arguments: str) -> None:
    ran = subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment(folder), capture_output=True, text=True
    )
    assert ran.returncode == 0, f"manage.py {' '.join(arguments)} failed:\n{ran.stdout}{ran.stderr}"
