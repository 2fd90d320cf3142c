"""How long the nearest of 100,000 known words takes to find, for each word that nobody knows."""

import random
import statistics
import time

from hub.search.spelling import Spelling
from tests.bench.report import Figure

TYPED = ("teletravial", "negotiaton", "chartte", "zzzzzzzzz", "deconexion")


def measure() -> list[Figure]:
    chance = random.Random(1)
    known = Spelling(
        ("".join(chance.choices("aeiounrstldcmp", k=chance.randint(4, 14))), chance.randint(1, 50))
        for _word in range(100_000)
    )
    costs = []
    for typed in TYPED:
        started = time.process_time()
        known.nearest(typed)
        costs.append((time.process_time() - started) * 1000)
    return [Figure("spelling_ms", "nearest of 100,000 words, a word", statistics.mean(costs), "ms CPU", 20)]
