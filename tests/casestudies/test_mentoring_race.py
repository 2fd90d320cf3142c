"""Requests for advice that are sent at the same moment, by processes that wait for one another's writes."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.casestudies.racing import AT_ONCE
from tests.environment import environment
from tests.ready import ROOT, migrated


def test_many_at_once_neither_overfill_a_year_nor_make_two_rows(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    shutil.copy(migrated(tmp_path_factory), tmp_path / "hub.sqlite3")
    ran = subprocess.run(
        [sys.executable, "-m", "tests.casestudies.racing"],
        cwd=ROOT,
        env={**environment(tmp_path), "ALLOWED_HOSTS": "testserver"},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert ran.returncode == 0, ran.stderr[-4000:]
    found = json.loads(ran.stdout.splitlines()[-1])
    assert found["last place"] == {
        "status": [200] * AT_ONCE,
        "received": 1,
        "kept words": AT_ONCE - 1,
        "rows": 1,
        "counted": 1,
    }
    assert found["same form"]["status"] == [200] * AT_ONCE
    assert (found["same form"]["received"], found["same form"]["rows"]) == (AT_ONCE, 1)
    assert found["same form"]["counted"] == 1
