"""From what a visitor typed to clauses. Pure Python, above every engine; never fails, whatever the text."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from hub.search.engine import Clause
from hub.search.lexicon import Synonyms, Word, fold, singular, stop_words, subjects, words

MAX_LENGTH = 200
MAX_CLAUSES = 12
MAX_ALTERNATIVES = 20

_QUOTED = re.compile(r'"([^"]*)"|“([^”]*)”|«([^»]*)»')
# L1222-9, L. 1222-9, art. R*4227-28, l 1222 9, D.3121-1-2
_ARTICLE = re.compile(
    r"(?<![^\W_])(?:art(?:icles?)?\.?\s+)?([lrd])\s*\.?\s*\*?\s*(\d{3,4})\s*[-‐‑–—.\s]\s*(\d{1,3})"
    r"(?:\s*[-‐‑–—]\s*(\d{1,3}))?(?![^\W_])",
    re.IGNORECASE,
)


def normalise(text: str, length: int = MAX_LENGTH) -> str:
    """The text as it may be searched, stored and shown: composed, on one line, without invisible characters."""
    composed = unicodedata.normalize("NFC", text[: length * 8])
    kept = (" " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char for char in composed)
    visible = "".join(char for char in kept if unicodedata.category(char) not in ("Cf", "Cs", "Co", "Cn"))
    return " ".join(visible.split())[:length].rstrip()


def plan(text: str, locale: str, synonyms: Synonyms) -> tuple[Clause, ...]:
    """Clauses in the order of the text: quoted passages and article numbers exactly, other words with synonyms.

    What the whole hub is about (télétravail, TT, working from home; my boss) is a clause only when nothing else is
    asked for: beside other words it would bring no page nearer, and its rarer wordings would bring the wrong ones.
    """
    clauses: dict[Clause, Clause] = {}  # a word typed twice, with or without its accents, asks for nothing more
    for passage, quoted in _passages(normalise(text)):
        found = _exact(passage, locale) if quoted else _free(passage, locale, synonyms)
        for clause in found:
            same = clause if clause.exact else Clause(tuple(fold(each) for each in clause.alternatives))
            clauses.setdefault(same, clause)
    return _narrowed(list(clauses.values()), subjects(locale))[:MAX_CLAUSES]


def _narrowed(clauses: list[Clause], about: Iterable[str]) -> tuple[Clause, ...]:
    """The clauses without those that stand for what nearly every page is about, unless there is nothing else."""
    for each in about:
        narrow = [clause for clause in clauses if clause.exact or fold(each) not in map(fold, clause.alternatives)]
        if clauses and not narrow:
            own = clauses[0].alternatives[0]
            return (Clause((each,) if fold(own) == fold(each) else (each, own)),)
        clauses = narrow
    return tuple(clauses)


def _passages(text: str) -> Iterator[tuple[str, bool]]:
    """The text cut at what is to be met exactly. An article number is written in one way only: L1222-9."""
    position = 0
    for quote in _QUOTED.finditer(text):
        yield from _articles(text[position : quote.start()])
        yield next(group for group in quote.groups() if group is not None).strip(), True
        position = quote.end()
    yield from _articles(text[position:])


def _articles(text: str) -> Iterator[tuple[str, bool]]:
    position = 0
    for article in _ARTICLE.finditer(text):
        letter, *numbers = article.groups()
        yield text[position : article.start()], False
        yield letter.upper() + "-".join(number for number in numbers if number), True
        position = article.end()
    yield text[position:], False


def _exact(passage: str, locale: str) -> Iterator[Clause]:
    if words(passage, locale):
        yield Clause((passage,), exact=True)


def _free(passage: str, locale: str, synonyms: Synonyms) -> Iterator[Clause]:
    found = words(passage, locale)
    position = 0
    loose: list[Word] = []  # words outside every synonym group that are written as one: L1222-9, Seine-Maritime
    while position < len(found):
        if loose and not found[position].glued:
            yield from _loose(loose, passage, locale)
            loose = []
        length, others = _longest(found, position, synonyms)
        if not length:
            loose.append(found[position])
            position += 1
            continue
        yield from _loose(loose, passage, locale)
        loose = []
        run = found[position : position + length]
        own = synonyms.recut(tuple(word.key for word in run)) or passage[run[0].start : run[-1].end]
        wordings: dict[tuple[str, ...], str] = {}
        for wording in (own, *_joined(run, locale), *others):
            wordings.setdefault(_bare(wording, locale), wording)
        yield Clause(tuple(wordings.values())[:MAX_ALTERNATIVES])
        position += length
    yield from _loose(loose, passage, locale)


@lru_cache(maxsize=4096)
def _bare(wording: str, locale: str) -> tuple[str, ...]:
    """The words of a wording without what engines do not tell apart: accents, capitals, hyphens, the plural."""
    return tuple(singular(fold(word.text), locale) for word in words(wording, locale))


def _joined(run: list[Word], locale: str) -> list[str]:
    """Two words as pages may write them, in one: fab lab, fablab."""
    stop = stop_words(locale)
    return ["".join(word.text for word in run)] if len(run) == 2 and not any(fold(w.text) in stop for w in run) else []


def _longest(found: list[Word], position: int, synonyms: Synonyms) -> tuple[int, list[str]]:
    """The longest run of words from ``position`` on that has synonyms."""
    for length in range(min(synonyms.longest, len(found) - position), 0, -1):
        others = synonyms.of(tuple(word.key for word in found[position : position + length]))
        if others:
            return length, others
    return 0, []


def _loose(run: list[Word], passage: str, locale: str) -> Iterator[Clause]:
    """Words written together are one phrase, without the stop words at its ends (peut-il, est-ce)."""
    stop = stop_words(locale)
    while run and fold(run[0].text) in stop:
        run = run[1:]
    while run and fold(run[-1].text) in stop:
        run = run[:-1]
    if run:
        yield Clause((passage[run[0].start : run[-1].end],))
