"""A hub with its starting content, served by gunicorn from a temporary folder: what the browser tests visit."""

import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from tests.environment import environment

ROOT = Path(__file__).resolve().parents[2]


def _environment(folder: Path, url: str) -> dict[str, str]:
    return {**environment(folder), "BASE_URL": url, "ALLOWED_HOSTS": "127.0.0.1"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


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


@contextmanager
def running_hub(content: Path, **more: str) -> Iterator[str]:
    """The address of a hub of the tests' own. It and its folder are gone afterwards, whatever happened.

    ``content`` is a folder to begin with (``tests.ready``); ``more`` is added to the hub's environment.
    """
    with tempfile.TemporaryDirectory(prefix="relais-browser-") as name:
        folder = Path(name)
        port = _free_port()
        url = f"http://127.0.0.1:{port}"
        environment = {**_environment(folder, url), **more}
        shutil.copytree(content, folder, dirs_exist_ok=True)
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
