"""A hub with its starting content, served by gunicorn from a temporary folder: what the browser tests visit."""

import atexit
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import requests

from tests.environment import environment

ROOT = Path(__file__).resolve().parents[2]
# Of the users of every role in the hub that tests start, or in the one that ``RELAIS_BROWSER_URL`` names.
PASSWORD = os.environ.get("RELAIS_BROWSER_PASSWORD", "un-mot-de-passe-long-42")


def _environment(folder: Path, url: str) -> dict[str, str]:
    return {**environment(folder), "BASE_URL": url, "ALLOWED_HOSTS": "127.0.0.1"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _manage(environment: dict[str, str], *arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, f"manage.py {' '.join(arguments)} failed:\n{done.stdout}{done.stderr}"


def _wait_until_ready(url: str, server: subprocess.Popen[bytes], log: Path, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and server.poll() is None:
        try:
            if requests.get(f"{url}/-/ready", timeout=5).ok:
                return
        except (requests.ConnectionError, requests.Timeout):
            pass
        time.sleep(0.2)
    raise AssertionError(f"The hub did not come up at {url}:\n{log.read_text()[-4000:]}")


@cache
def _loaded() -> Path:
    """A folder with the starting content, the users and the search index of a hub: made once, copied for every hub."""
    folder = tempfile.TemporaryDirectory(prefix="relais-browser-loaded-")
    atexit.register(folder.cleanup)
    environment = _environment(Path(folder.name), "http://127.0.0.1")
    _manage(environment, "migrate", "-v0")
    _manage(environment, "load_demo", "-v0")
    _manage(environment, "create_demo_users", "--password", PASSWORD)
    _manage(environment, "rebuild_search")
    return Path(folder.name)


@contextmanager
def running_hub(**more: str) -> Iterator[str]:
    """The address of a hub of the tests' own. It and its folder are gone afterwards, whatever happened.

    ``more`` is added to its environment.
    """
    with tempfile.TemporaryDirectory(prefix="relais-browser-") as name:
        folder = Path(name)
        port = _free_port()
        url = f"http://127.0.0.1:{port}"
        environment = {**_environment(folder, url), **more}
        shutil.copytree(_loaded(), folder, dirs_exist_ok=True)
        log = folder / "gunicorn.log"
        command = [sys.executable, "-m", "gunicorn", "hub.wsgi", "--bind", f"127.0.0.1:{port}"]
        command += ["--threads", "4", "--log-level", "warning"]
        with log.open("wb") as output:
            server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT)
        try:
            _wait_until_ready(url, server, log)
            yield url
        finally:
            server.terminate()
            try:
                server.wait(timeout=15)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
