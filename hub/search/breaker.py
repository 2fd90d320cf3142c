"""A circuit breaker: an engine that failed is left alone for a while, so that nobody else waits for it."""

import threading
import time
from collections.abc import Callable

OPEN_FOR = 30.0  # seconds


class CircuitBreaker:
    """Open after one failure; after ``OPEN_FOR`` seconds one caller may try, and its luck decides.

    One failure is enough, for another engine answers meanwhile. Each process has its own.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._opened: float | None = None
        self._trying: float | None = None

    @property
    def is_open(self) -> bool:
        return self._opened is not None

    def allows(self) -> bool:
        """Whether the caller may ask the engine. Whoever is allowed says afterwards how it went."""
        with self._lock:
            if self._opened is None:
                return True
            now = self._clock()
            if now - self._opened < OPEN_FOR or (self._trying is not None and now - self._trying < OPEN_FOR):
                return False
            self._trying = now
            return True

    def succeeded(self) -> bool:
        """Close. Gives whether it was open before."""
        with self._lock:
            was_open = self._opened is not None
            self._opened = self._trying = None
            return was_open

    def failed(self) -> None:
        with self._lock:
            self._opened, self._trying = self._clock(), None
