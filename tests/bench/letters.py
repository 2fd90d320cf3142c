"""What a paper costs as a file in a warm worker, and what three hundred of them leave behind.

`python -m tests.bench.letters FORMAT` writes letters in a process of its own and prints JSON.
"""

import dataclasses
import json
import statistics
import subprocess
import sys
import time

from tests.bench.report import Figure

BARS = {"pdf": 100.0, "docx": 150.0, "odt": None, "txt": None}
WARM, MANY = 50, 300


def measure() -> list[Figure]:
    figures = []
    for form, bar in BARS.items():
        found = _alone(form)
        figures.append(Figure(f"letter_{form}_ms", f"a letter as {form}, warm", found["ms"], "ms", bar))
        label = f"memory after {MANY} letters as {form}, against {WARM}"
        figures.append(Figure(f"letter_{form}_memory", label, found["memory"], "times", 1.1))
    return figures


def _alone(form: str) -> dict[str, float]:
    """In a process of its own: what other figures left in memory would hide what letters leave."""
    answer = subprocess.run(
        [sys.executable, "-m", "tests.bench.letters", form], check=True, stdout=subprocess.PIPE, text=True
    )
    found: dict[str, float] = json.loads(answer.stdout)
    return found


def main() -> None:
    from guides.letters.exports import FORMATS
    from tests.bench.memory import resident
    from tests.factories import papers

    write = FORMATS[sys.argv[1]].write
    costs, early = [], 0.0
    for number in range(MANY):
        # No two letters alike: a cache that holds on to each would show.
        paper = papers.letter(signature=f"Signataire {number}", subject=f"demande {number}")
        paper = dataclasses.replace(
            paper,
            body=tuple(dataclasses.replace(part, text=f"{part.text} {number}") for part in paper.body),
        )
        started = time.perf_counter()
        write(paper)
        costs.append((time.perf_counter() - started) * 1000)
        if number + 1 == WARM:
            early = resident()
    print(json.dumps({"ms": statistics.median(costs[WARM:]), "memory": resident() / early}))


if __name__ == "__main__":
    main()
