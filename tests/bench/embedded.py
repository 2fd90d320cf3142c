"""What the embedded engine costs, in a process of its own: `python -m tests.bench.embedded FOLDER` prints JSON.

Processor time, which does not grow because others use the machine. Asks as the hub asks: planned, four facets,
the exact count and ten highlighted passages.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from hub.search.embedded import EmbeddedEngine
from hub.search.engine import FACETS, SearchQuery, Upsert
from hub.search.lexicon import synonyms
from hub.search.plan import plan
from tests.bench import corpus

QUESTIONS = 250
SMALL, LARGE = 10_000, 50_000


def milliseconds(work: Callable[[Any], object], questions: Iterable[Any]) -> list[float]:
    costs = []
    for question in questions:
        before = time.thread_time()
        work(question)
        costs.append((time.thread_time() - before) * 1000)
    return sorted(costs)


def spread(costs: list[float]) -> dict[str, float]:
    return {"p50": statistics.median(costs), "p95": costs[int(len(costs) * 0.95)]}


def question(text: str) -> SearchQuery:
    return SearchQuery("fr", plan(text, "fr", synonyms("fr")), text)


def questions() -> list[SearchQuery]:
    return [question(text) for text in corpus.queries(QUESTIONS)]


def prefixes() -> list[str]:
    return [text[: 2 + number % 5] for number, text in enumerate(corpus.queries(QUESTIONS))]


def filtered(asked: SearchQuery) -> SearchQuery:
    chosen = (corpus.AUDIENCES[0], corpus.TYPES[0], corpus.TERRITORIES[0], corpus.SECTORS[0])
    return replace(asked, filters={name: frozenset([value]) for name, value in zip(FACETS, chosen, strict=True)})


def built(folder: Path, count: int) -> tuple[EmbeddedEngine, float]:
    """An index of so many pages, and pages a second of processor time, from documents that are ready."""
    engine = EmbeddedEngine(folder / str(count), ("fr", "en"))
    documents = list(corpus.pages(count))
    before = time.process_time()
    engine.rebuild(documents, 1)
    return engine, count / (time.process_time() - before)


def searches(engine: EmbeddedEngine) -> dict[str, float]:
    asked = questions()
    for each in asked[:20]:
        engine.search(each)
    return spread(milliseconds(engine.search, asked))


def main() -> None:
    folder = Path(sys.argv[1])
    engine, rate = built(folder, SMALL)
    small = searches(engine)
    results: dict[str, Any] = {
        "rate": rate,
        "search": small,
        "filtered": spread(milliseconds(engine.search, map(filtered, questions()))),
        "autocomplete": spread(milliseconds(lambda text: engine.autocomplete(text, "fr"), prefixes())),
    }
    marked = question(corpus.MARK)
    results["marked_hits"] = engine.search(marked).total
    results["marked"] = statistics.median(milliseconds(engine.search, [marked] * 50))
    changed = [Upsert(replace(doc, version=2)) for doc in corpus.pages(100)]
    before = time.process_time()
    engine.apply(changed)
    results["apply"] = (time.process_time() - before) * 1000
    large, _rate = built(folder, LARGE)
    results["large"] = searches(large)
    results["large_autocomplete"] = spread(milliseconds(lambda text: large.autocomplete(text, "fr"), prefixes()))
    print(json.dumps(results))


if __name__ == "__main__":
    main()
