"""Words and their kin: folding, stop words and synonyms. Pure Python, shared by the plan and by the engines."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})
_ELIDED = {
    "fr": frozenset(["l", "d", "c", "j", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"]),
    "en": frozenset({"l", "d"}),
}
_SPELLING = str.maketrans(dict.fromkeys("’‘ʼ´`′", "'") | dict.fromkeys("‐‑‒–—−", "-"))
# Letters and digits are cut apart, so that L1222-9, L. 1222-9 and l 1222 9 are the same three words.
_WORD = re.compile(r"[^\W\d_]+|\d+")


def fold(text: str) -> str:
    """Lower case without accents, with plain apostrophes and hyphens: « L’Été » becomes ``l'ete``."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_SPELLING).lower().translate(_LIGATURES))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@dataclass(frozen=True)
class Word:
    """A word of a text and where it stands. ``glued`` to the one before: no blank between them (tiers-lieu, CO2)."""

    text: str
    key: str
    start: int
    end: int
    glued: bool


def words(text: str, locale: str) -> list[Word]:
    """The words of a text in order, without elided articles (l', d') nor the English possessive."""
    plain = text.translate(_SPELLING)
    found: list[Word] = []
    previous_end = 0
    for match in _WORD.finditer(plain):
        start, end = match.span()
        between = plain[previous_end:start]
        previous_end, key = end, _key(match[0], locale)
        if plain[end : end + 1] == "'" and fold(match[0]) in _ELIDED.get(locale, ()):
            previous_end = end + 1
            continue
        if locale == "en" and between == "'" and key == "s":
            continue
        glued = bool(found) and found[-1].end == start - len(between) and between in ("", "'", "-", "@")
        found.append(Word(text[start:end], key, start, end, glued))
    return found


def _key(word: str, locale: str) -> str:
    """What two spellings of a word have in common: case, accents and the mark of the plural are left out."""
    key = fold(word)
    if len(key) > 3:
        if locale == "en" and key.endswith("ies"):
            return key[:-3] + "y"
        return key.rstrip("sx")
    return key


class Synonyms:
    """Groups of terms that stand for one another. A term may hold several words and belong to several groups."""

    def __init__(self, groups: Iterable[Iterable[str]], locale: str) -> None:
        self._terms: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for group in groups:
            terms = [term for term in (term.strip() for term in group) if words(term, locale)]
            for term in terms:
                kept = self._terms[tuple(word.key for word in words(term, locale))]
                kept.extend(other for other in terms if other not in kept)
        self.longest = max((len(key) for key in self._terms), default=0)

    def of(self, keys: tuple[str, ...]) -> list[str]:
        """Every term of the groups that hold these words, or nothing."""
        return self._terms.get(keys, [])


def _lines(name: str) -> list[str]:
    path = _DATA / name
    if not path.exists():
        return []
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


@lru_cache
def synonyms(locale: str) -> Synonyms:
    return Synonyms((line.split(",") for line in _lines(f"synonyms_{locale}.txt")), locale)


@lru_cache
def stop_words(locale: str) -> frozenset[str]:
    """Folded words that carry no subject, the same for the plan and for the engines."""
    return frozenset(word for line in _lines(f"stopwords_{locale}.txt") for word in line.split())
