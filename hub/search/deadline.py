"""Work that is given up after some seconds, however it hangs.

The timeouts of sockets bound each wait, not their sum: a server that sends a byte from time to time, or a name that
resolves slowly, would keep a visitor waiting for ever.
"""

import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
_AT_ONCE = threading.BoundedSemaphore(16)


class TooLate(Exception):
    """The work was not done in time. It may still end one day; nobody will read its answer."""


def within(seconds: float, work: Callable[[], T]) -> T:
    """What ``work`` gives, or what it raises; ``TooLate`` after ``seconds``, or when too much work hangs already."""
    if not _AT_ONCE.acquire(blocking=False):
        raise TooLate("too many calls hang already")
    answers: list[T] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            answers.append(work())
        except BaseException as error:
            errors.append(error)
        finally:
            _AT_ONCE.release()

    thread = threading.Thread(target=run, name="within-deadline", daemon=True)
    thread.start()
    thread.join(seconds)
    if errors:
        raise errors[0]
    if not answers:
        raise TooLate(f"no answer within {seconds} s")
    return answers[0]
