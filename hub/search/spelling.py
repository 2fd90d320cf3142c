"""Did you mean: the nearest word of the index for a word that it does not hold. Pure Python."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable

from hub.search.lexicon import fold

_LETTERS = re.compile(r"[^\W\d_]{4,}")


class Spelling:
    """The words of an index with how many pages hold each, arranged by first letter."""

    def __init__(self, vocabulary: Iterable[tuple[str, int]]) -> None:
        self._known: dict[str, tuple[str, int]] = {}
        for word, pages in vocabulary:
            key = fold(word)
            if pages > self._known.get(key, ("", 0))[1] and len(key) > 3 and key.isalpha():
                self._known[key] = (word, pages)
        self._by_initial: dict[str, list[str]] = defaultdict(list)
        for key in self._known:
            self._by_initial[key[0]].append(key)

    def correct(self, text: str, is_known: Callable[[str], bool]) -> str | None:
        """The text with its unknown words replaced, or nothing when there is nothing to say."""

        def replace(match: re.Match[str]) -> str:
            word = match[0]
            if fold(word) in self._known or is_known(word):
                return word
            return self.nearest(word) or word

        corrected = _LETTERS.sub(replace, text)
        return corrected if corrected != text else None

    def nearest(self, word: str) -> str | None:
        """The closest word with the same initial: one slip in a short word, two in a long one."""
        key = fold(word)
        slips = 1 if len(key) < 7 else 2
        best: tuple[int, int, str] | None = None
        for other in self._by_initial.get(key[:1], ()):
            if abs(len(other) - len(key)) > slips:
                continue
            distance = _distance(key, other, slips)
            if distance <= slips:
                shown, pages = self._known[other]
                if best is None or (distance, -pages) < best[:2]:
                    best = (distance, -pages, shown)
        return best[2] if best else None


def _distance(a: str, b: str, limit: int) -> int:
    """Letters to add, drop, change or swap with their neighbour; more than ``limit`` as soon as that is sure."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, start=1):
        before, last, row = row, before, [i]
        for j, other in enumerate(b, start=1):
            cost = min(row[j - 1] + 1, before[j] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > limit and (not before or min(before) > limit):
            return limit + 1
    return row[-1]
