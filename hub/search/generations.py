"""Where the embedded index lies: one directory a generation, and a pointer that names the one in service.

The pointer is replaced by a rename, so a reader sees the old generation or the new one and nothing between. The
generation before stays on disk: readers that still hold it are not disturbed, and it can answer if the new one fails.
"""

import os
import secrets
import shutil
import time
from pathlib import Path

_POINTER = "current"
_SEQUENCE = "sequence"


class Generations:
    def __init__(self, directory: Path, schema_version: int) -> None:
        self.directory = directory / f"v{schema_version}"

    @property
    def lock(self) -> Path:
        return self.directory / "write.lock"

    def path(self, name: str) -> Path:
        return self.directory / name

    def current(self) -> str | None:
        try:
            return (self.directory / _POINTER).read_text().strip() or None
        except (OSError, ValueError):
            return None

    def candidates(self) -> list[str]:
        """The generation in service, then the older ones, newest first."""
        current = self.current()
        others = sorted((path.name for path in self.directory.glob("g-*") if path.name != current), reverse=True)
        return [current, *(name for name in others if name < current)] if current else []

    def create(self) -> str:
        name = f"g-{time.time_ns():020d}-{secrets.token_hex(3)}"
        self.path(name).mkdir(parents=True)
        return name

    def publish(self, name: str) -> None:
        """Take a finished generation into service, and drop all but the one before it."""
        before = self.current()
        _replace(self.directory / _POINTER, name)
        for path in self.directory.glob("g-*"):
            if path.name not in (name, before):
                shutil.rmtree(path, ignore_errors=True)

    def discard(self, name: str) -> None:
        shutil.rmtree(self.path(name), ignore_errors=True)

    def sequence(self, name: str) -> int:
        """The highest version written into a generation."""
        try:
            return int((self.path(name) / _SEQUENCE).read_text())
        except (OSError, ValueError):
            return 0

    def record(self, name: str, sequence: int) -> None:
        _replace(self.path(name) / _SEQUENCE, str(sequence))


def _replace(path: Path, text: str) -> None:
    """Write a small file in one step, and have it on the disk before its new name is."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(3)}")
    with draft.open("w") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())
    draft.replace(path)
