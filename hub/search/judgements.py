"""The editors' judged queries: loaded from a file, asked all together, and their score kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from hub.search.evaluate import Judgement, Verdict, expression, judge_all, read, score
from hub.search.models import Evaluation, JudgedQuery, Language
from hub.search.plan import normalise

# The judged queries that ship with the hub's starting content.
STARTING = Path(__file__).parent / "data" / "judged_queries.jsonl"


@dataclass(frozen=True)
class Loaded:
    added: int
    changed: int


class UnreadableJudgement(ValueError):
    """A stored judgement that no form has checked. ``query`` says which."""

    def __init__(self, query: str) -> None:
        super().__init__(query)
        self.query = query


class IndexAway(Exception):
    """The index in service did not answer all judged queries: there is nothing to measure."""


def load(lines: Iterable[str]) -> Loaded:
    """Bring judged queries, JSON lines as ``evaluate_search`` reads them, to the database: all of them or none.

    New ones are added and changed ones updated; those that only the database knows stay.
    """
    wanted = {}
    for judgement in read(lines):
        if problem := _problem(judgement):
            raise ValueError(f"{judgement.text!r}: {problem}")
        expected = "\n".join(pattern.pattern.strip() for pattern in judgement.expected)
        wanted[judgement.locale, judgement.text] = expected
    with transaction.atomic():
        known = {(row.language, row.text): row for row in JudgedQuery.objects.all()}
        new = [
            JudgedQuery(language=key[0], text=key[1], expected=expected)
            for key, expected in wanted.items()
            if key not in known
        ]
        changed = []
        for key, expected in wanted.items():
            row = known.get(key)
            if row and row.expected.splitlines() != expected.splitlines():
                row.expected = expected
                changed.append(row)
        JudgedQuery.objects.bulk_create(new)
        JudgedQuery.objects.bulk_update(changed, ["expected"])
    return Loaded(len(new), len(changed))


def _problem(judgement: Judgement) -> str:
    if judgement.locale not in Language.values:
        return f"no language {judgement.locale!r}"
    if not isinstance(judgement.text, str) or not judgement.text or normalise(judgement.text) != judgement.text:
        return "the query is empty, too long, or holds blanks or signs that no search keeps"
    if not judgement.expected or any(len(pattern.pattern.split("\n")) > 1 for pattern in judgement.expected):
        return "expected needs one or several regular expressions of one line"
    return ""


def stored(languages: Iterable[str] = Language.values) -> list[Judgement]:
    judgements = []
    for row in JudgedQuery.objects.filter(language__in=list(languages)):
        try:
            patterns = tuple(expression(line.strip()) for line in row.expected.splitlines() if line.strip())
        except ValueError as error:
            raise UnreadableJudgement(row.text) from error
        judgements.append(Judgement(row.language, row.text, patterns))
    return judgements


def ranks_of(verdicts: Iterable[Verdict]) -> dict[str, int | None]:
    """By "language query". Figures of anything but the index in service would mislead: ``IndexAway``."""
    ranks = {}
    for verdict in verdicts:
        if verdict.degraded:
            raise IndexAway
        ranks[verdict.judgement.key] = verdict.rank
    return ranks


def evaluate() -> Evaluation:
    """Ask every stored judged query of the index in service, and keep the score."""
    verdicts = judge_all(stored())
    ranks = ranks_of(verdicts)
    figures = score(ranks.values())
    return Evaluation.objects.create(
        engine=verdicts[0].engine if verdicts else "",
        hits=figures.hits,
        total=figures.total,
        reciprocal_rank=figures.reciprocal_rank,
        ranks=ranks,
    )
