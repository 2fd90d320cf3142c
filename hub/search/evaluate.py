"""How good search is: judged queries, asked exactly as visitors ask them."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from hub.search.asking import ask
from hub.search.results import checked

TOP = 3


@dataclass(frozen=True)
class Judgement:
    """A query and what it should find: regular expressions on "title url", any of which will do."""

    locale: str
    text: str
    expected: tuple[re.Pattern[str], ...]


@dataclass(frozen=True)
class Verdict:
    judgement: Judgement
    rank: int | None
    found: tuple[str, ...]

    @property
    def is_hit(self) -> bool:
        return self.rank is not None and self.rank <= TOP


def read(lines: Iterable[str]) -> list[Judgement]:
    judgements = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            patterns = tuple(re.compile(pattern, re.IGNORECASE) for pattern in row["expected"])
            judgements.append(Judgement(row["locale"], row["q"], patterns))
        except (ValueError, KeyError, TypeError, re.error) as error:
            raise ValueError(f"line {number}: {error!r}") from error
    return judgements


def judge(judgement: Judgement) -> Verdict:
    results = checked(ask(judgement.text, judgement.locale).hits, judgement.locale)
    found = tuple(f"{result.page.title} {result.url}" for result in results)
    ranks = (
        rank for rank, line in enumerate(found, start=1) if any(pattern.search(line) for pattern in judgement.expected)
    )
    return Verdict(judgement, next(ranks, None), found)


def reciprocal_rank(verdicts: list[Verdict]) -> float:
    """The mean of one over the rank of the first good result, among the first ten."""
    return sum(1 / verdict.rank for verdict in verdicts if verdict.rank) / len(verdicts) if verdicts else 0.0
