"""One process at a time, on one machine: a lock on a file, which the system frees if its holder dies."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Locked(Exception):
    """Somebody else held the lock for as long as we were ready to wait."""


@contextmanager
def locked(path: Path, seconds: float) -> Iterator[None]:
    """Hold the lock on ``path``, waiting for it at most ``seconds``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    deadline = time.monotonic() + seconds
    with path.open("a") as handle:
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise Locked(str(path)) from None
                time.sleep(0.01)
        yield
