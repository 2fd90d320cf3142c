"""`make bench`: every figure beside its bar, then all of them as one line of JSON.

Milliseconds depend on the machine; processor time depends on it less, and ratios taken in one run do not.
"""

import json
import tempfile
from pathlib import Path

from tests.bench import dossiers, faults, letters, library, main_pages, search, spelling
from tests.bench.report import show
from tests.environment import environment


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        pages = main_pages.measure(Path(name))
        show("Main pages, in times the bare home page", pages)
        cases = library.measure()
        show("The library with a thousand cases", cases)
        council = dossiers.measure(Path(name))
        show("Papers for a council", council)
        waits = faults.measure(environment(Path(name)))
        show("Waiting while Elasticsearch is away or strange", waits)
        found = [*search.measure(Path(name)), *spelling.measure()]
        show("Search", found)
    papers = letters.measure()
    show("Letters as files", papers)
    figures = [*pages, *cases, *council, *waits, *found, *papers]
    ratios = {each.key: round(each.value, 2) for each in figures if each.unit == "times"}
    others = {each.key: round(each.value, 2) for each in figures if each.unit != "times"}
    missed = [each.key for each in figures if each.verdict == "not met"]
    print("\n" + json.dumps({"ratios": ratios, "figures": others, "not_met": missed}))


if __name__ == "__main__":
    main()
