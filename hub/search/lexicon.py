"""Words and their kin: folding, stop words and synonyms. Pure Python, shared by the plan and by the engines."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})
# Articles and pronouns that lose their vowel before another word (l'accord, d'abord).
ELIDED = {
    "fr": frozenset(["l", "d", "c", "j", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"]),
    "en": frozenset({"l", "d"}),
}
_SPELLING = str.maketrans(dict.fromkeys("’‘ʼ´`′", "'") | dict.fromkeys("‐‑‒–—−", "-"))
# What nearly every page of the hub speaks of: it tells no page from another.
_SUBJECTS = {
    "fr": ("télétravail", "travailler", "employeur", "salarié", "France"),
    "en": ("telework", "work", "employer", "employee", "France"),
}
_FEMININE = re.compile(r"(?<=\w{3})(?:euse|(t)rice)$")
# Endings of inflected words, for the look-up of synonyms only: engines stem on their own.
_ENDINGS = {
    "fr": re.compile(r"(?<=\w{4})(?:er|ez|ent|ee?|(?<=l)le|(?<=n)ne)$"),
    "en": re.compile(r"(?<=\w{4})(?:ing|ed|e)$"),
}
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
        if plain[end : end + 1] == "'" and fold(match[0]) in ELIDED.get(locale, ()):
            previous_end = end + 1
            continue
        if locale == "en" and between == "'" and key == "s":
            continue
        glued = bool(found) and found[-1].end == start - len(between) and between in ("", "'", "-", "@")
        found.append(Word(text[start:end], key, start, end, glued))
    return found


def singular(key: str, locale: str) -> str:
    """A folded word without the mark of the plural."""
    if len(key) < 4:
        return key
    return key[:-3] + "y" if locale == "en" and key.endswith("ies") else key.rstrip("sx")


def _key(word: str, locale: str) -> str:
    """What the forms of a word have in common: employées is employé, refusing is refuse."""
    key = singular(fold(word), locale)
    if locale == "fr":
        key = _FEMININE.sub(r"\1eur", key)
    ending = _ENDINGS.get(locale)
    return singular(ending.sub("", key), locale) if ending else key


class Synonyms:
    """Groups of terms that stand for one another. A term may hold several words and belong to several groups.

    A term is known however its words are joined: tele travail, télé-travail and télétravail, co working, homeoffice.
    """

    def __init__(self, groups: Iterable[Iterable[str]], locale: str) -> None:
        self._terms: dict[str, list[str]] = defaultdict(list)
        self._cuts: dict[str, dict[tuple[str, ...], str]] = defaultdict(dict)
        self._words: set[str] = set()
        most = 0
        for group in groups:
            terms = {term: found for term in (term.strip() for term in group) if (found := words(term, locale))}
            for term, found in terms.items():
                cut = tuple(word.key for word in found)
                joined = _key("".join(fold(word.text) for word in found), locale)
                for key in {"".join(cut), joined}:
                    self._terms[key].extend(other for other in terms if other not in self._terms[key])
                    self._cuts[key].setdefault(cut, term)
                self._words.update(cut)
                most = max(most, len(found))
        self.longest = most + 1 if most else 0  # words that a visitor may have cut once more than the term is

    def of(self, keys: Iterable[str]) -> list[str]:
        """Every term of the groups that hold these words, or nothing."""
        return self._terms.get("".join(keys), [])

    def recut(self, keys: tuple[str, ...]) -> str:
        """The term that these words are when they are joined or cut otherwise; nothing when they are as it is."""
        cuts = self._cuts.get("".join(keys), {})
        return "" if keys in cuts else next(iter(cuts.values()), "")

    def know(self, keys: Iterable[str]) -> bool:
        """Whether each of these words stands in some term."""
        return self._words.issuperset(keys)

    def vocabulary(self) -> Iterator[tuple[str, int]]:
        """The words of all terms, in how many groups each: what a misspelt word may have been meant to be."""
        terms = {term for kept in self._terms.values() for term in kept}
        counted = Counter(word for term in terms for word in _WORD.findall(term))
        yield from counted.items()


def _lines(name: str) -> list[str]:
    path = _DATA / name
    if not path.exists():
        return []
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


@lru_cache
def synonyms(locale: str) -> Synonyms:
    return Synonyms((line.split(",") for line in _lines(f"synonyms_{locale}.txt")), locale)


def subjects(locale: str) -> tuple[str, ...]:
    """The notions, in the pages' own words, that nearly every page speaks of; the commonest first."""
    return _SUBJECTS.get(locale, ())


@lru_cache
def stop_words(locale: str) -> frozenset[str]:
    """Folded words that carry no subject, the same for the plan and for the engines."""
    return frozenset(word for line in _lines(f"stopwords_{locale}.txt") for word in line.split())
