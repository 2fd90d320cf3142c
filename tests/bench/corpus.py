"""Synthetic French pages of about 300 words: seeded, the words as frequent as in a real language, every facet filled.

The words are those of the hub's own French content, the most frequent first, and others built from them, so that
stemming, folding and stop words have their usual work.
"""

import datetime
import random
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import accumulate, product
from pathlib import Path
from typing import Any

import yaml

from hub.search.engine import SearchDoc
from hub.search.lexicon import fold, stop_words

CONTENT = Path(__file__).resolve().parents[2] / "hub" / "demo" / "content"
VOCABULARY = 25_000
WORDS = 300
MARK, MARKED = "bergamote", 10  # every tenth page has this word in its title
SEED = 14
AUDIENCES = ("salaries", "employeurs", "elus", "habitants", "agents", "independants")
TYPES = ("casestudy", "legal", "guide", "campaign", "page")
TERRITORIES = tuple(f"territoire-{number}" for number in range(16))
SECTORS = tuple(f"secteur-{number}" for number in range(12))
_PREFIXES = ("", "re", "co", "inter", "pré", "sur", "dé")
_SUFFIXES = ("", "s", "ment", "age", "eur", "euse", "able", "ité", "ation")
_BEGINNING = datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)


def _french(value: Any, within: bool = False) -> Iterator[str]:
    """Every French text of a content file."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _french(inner, within or key == "fr")
    elif isinstance(value, list):
        for inner in value:
            yield from _french(inner, within)
    elif within and isinstance(value, str):
        yield value


@cache
def vocabulary() -> list[str]:
    """Words by rank. Zipf's law does the rest."""
    counts: Counter[str] = Counter()
    for path in sorted(CONTENT.rglob("*.yaml")):
        for text in _french(yaml.safe_load(path.read_text(encoding="utf-8"))):
            counts.update(re.findall(r"[^\W\d_]{2,}", re.sub(r"<[^>]+>", " ", text.lower())))
    own = [word for word, _count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
    kin = (f"{prefix}{word}{suffix}" for prefix, suffix in product(_PREFIXES, _SUFFIXES) for word in own[50:])
    return list(dict.fromkeys([*own, *kin]))[:VOCABULARY]


def subjects() -> list[str]:
    """The vocabulary without stop words and abbreviations: what somebody might search for."""
    return [word for word in vocabulary() if len(word) > 4 and fold(word) not in stop_words("fr")]


def pages(count: int) -> Iterator[SearchDoc]:
    chance = random.Random(SEED)
    known = vocabulary()
    ranks = list(accumulate(1 / (rank + 2.7) for rank in range(1, len(known) + 1)))
    for number in range(1, count + 1):
        drawn = chance.choices(known, cum_weights=ranks, k=chance.randint(WORDS - 60, WORDS + 60))
        body = " ".join(_punctuated(drawn))
        title = " ".join(chance.sample(subjects_for_titles(), 4))
        yield SearchDoc(
            id=number,
            locale="fr",
            type=chance.choice(TYPES),
            title=f"{MARK} {title}" if number % MARKED == 0 else title,
            summary=body[:200],
            body=body,
            audiences=tuple(chance.sample(AUDIENCES, chance.randint(1, 2))),
            territories=tuple(chance.sample(TERRITORIES, chance.randint(1, 3))),
            sectors=(chance.choice(SECTORS),),
            url=f"/fr/pages/page-{number}/",
            published=_BEGINNING + datetime.timedelta(hours=number),
            version=1,
        )


@cache
def subjects_for_titles() -> list[str]:
    return subjects()[:2000]


def _punctuated(words: list[str]) -> Iterator[str]:
    for place, word in enumerate(words):
        yield word + ("." if place % 17 == 16 else "," if place % 7 == 6 else "")


def queries(count: int) -> list[str]:
    """What visitors might type: one to three words, frequent and rare."""
    chance = random.Random(SEED + 1)
    known = subjects()
    weights = list(accumulate(1 / (rank + 20) for rank in range(len(known))))
    return [
        " ".join(chance.choices(known, cum_weights=weights, k=chance.choice((1, 1, 2, 2, 3)))) for _ in range(count)
    ]
