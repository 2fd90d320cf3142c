"""Did you mean: the nearest known word for a word that nobody knows. Pure Python, shared by engines and callers."""

import re
from collections.abc import Callable, Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from hub.search.lexicon import fold

_LETTERS = re.compile(r"[^\W\d_]+")
_SHORTEST = 4  # letters: what is shorter is too near to too many words
_ELIDED = re.compile(
    r"(?:[cdjlmnst]|qu)(?=[aeiouhy])"
)  # lemployeur: the apostrophe that a telephone makes hard to type


class Spelling:
    """Known words with how many pages hold each."""

    def __init__(self, vocabulary: Iterable[tuple[str, int]]) -> None:
        self._known: dict[str, tuple[str, int]] = {}
        for word, pages in vocabulary:
            key = fold(word)
            if len(key) >= _SHORTEST and key.isalpha() and pages > self._known.get(key, ("", 0))[1]:
                self._known[key] = (word, pages)
        self._keys = list(self._known)

    def correct(self, text: str, is_known: Callable[[str], bool]) -> str | None:
        """The text with its unknown words replaced, or nothing when there is nothing to say."""
        found = list(_LETTERS.finditer(text))
        pieces: list[str] = []
        position = place = 0
        while place < len(found):
            match = found[place]
            start, end = match.span()
            following = found[place + 1] if place + 1 < len(found) else None
            if following and (joined := self._joined(match[0], following[0], text[end : following.start()], is_known)):
                meant, end = joined, following.end()
                place += 1
            else:
                meant = self._meant(match[0], is_known)
            pieces += [text[position:start], meant]
            position, place = end, place + 1
        corrected = "".join(pieces) + text[position:]
        return corrected if corrected != text else None

    def nearest(self, word: str) -> str | None:
        """The closest word: of two as close, the one that begins with the same letter, then the one on more pages."""
        key = fold(word)
        elided = _ELIDED.match(key)
        if elided and len(key) - elided.end() > _SHORTEST + 1 and key[elided.end() :] in self._known:
            return self._known[key[elided.end() :]][0]
        best: tuple[float, int, str] | None = None
        for other, slips, _place in process.extract(
            key, self._keys, scorer=OSA.distance, score_cutoff=_slips(key), limit=None
        ):
            if not _is_a_slip(key, other, int(slips)):
                continue
            shown, pages = self._known[other]
            rank = (slips + (0 if other[0] == key[0] else 0.5), -pages, shown)
            best = min(best, rank) if best else rank
        return best[2] if best else None

    def _is_known(self, word: str, is_known: Callable[[str], bool]) -> bool:
        return fold(word) in self._known or is_known(word)

    def _meant(self, word: str, is_known: Callable[[str], bool]) -> str:
        if len(fold(word)) < _SHORTEST or self._is_known(word, is_known):
            return word
        return self.nearest(word) or self._cut(word) or word

    def _joined(self, word: str, following: str, between: str, is_known: Callable[[str], bool]) -> str:
        """Two words that are one with its blank taken out: co voiturage."""
        whole = self._known.get(fold(word + following))
        if between not in (" ", "-") or not whole or (self._is_known(word, is_known) and is_known(following)):
            return ""
        return whole[0]

    def _cut(self, word: str) -> str:
        """Two known words written as one."""
        key = fold(word)
        cuts = [(key[:at], key[at:]) for at in range(_SHORTEST, len(key) - _SHORTEST + 1)]
        known = [pair for pair in cuts if pair[0] in self._known and pair[1] in self._known]
        if not known:
            return ""
        return " ".join(self._known[part][0] for part in max(known, key=self._pages))

    def _pages(self, pair: tuple[str, str]) -> int:
        return min(self._known[part][1] for part in pair)


def _slips(key: str) -> int:
    """Letters to add, drop, change or swap with their neighbour before a word is another word."""
    return 0 if len(key) < _SHORTEST else 1 if len(key) < 7 else 2


def _is_a_slip(typed: str, meant: str, slips: int) -> bool:
    """Whether a hand may have made these slips.

    First letters are rarely mistaken, least of all in short words, and a word with one letter more before it is another
    word (mother, other). Two letters more or less are another word too (préconise, précise).
    """
    same_start = typed[0] == meant[0]
    if not same_start and (typed[1:] == meant or (len(typed) < 7 and sorted(typed) != sorted(meant))):
        return False
    if slips < 2:
        return True
    return abs(len(typed) - len(meant)) < 2 and (len(typed) > 8 or (same_start and typed[-1] == meant[-1]))
