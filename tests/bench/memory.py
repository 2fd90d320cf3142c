"""Memory that search adds to a worker: `python -m tests.bench.memory FOLDER` prints JSON, in megabytes.

``FOLDER`` holds an index made by ``tests.bench.embedded``.
"""

import json
import sys
from pathlib import Path


def resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1_000_000


def main() -> None:
    from tests.bench import corpus

    documents, started = list(corpus.pages(100)), resident()
    # The library itself is part of what search costs.
    from hub.search.embedded import EmbeddedEngine
    from hub.search.engine import Upsert
    from tests.bench import embedded

    engine = EmbeddedEngine(Path(sys.argv[1]) / str(embedded.SMALL), ("fr", "en"))
    for asked in embedded.questions():
        engine.search(asked)
    for text in embedded.prefixes():
        engine.autocomplete(text, "fr")
    engine.search(embedded.question("teletravial introuvablement"))  # reads the vocabulary for "did you mean"
    searching = resident()
    engine.apply([Upsert(doc) for doc in documents])
    print(json.dumps({"searching": searching - started, "writing": resident() - started}))


if __name__ == "__main__":
    main()
