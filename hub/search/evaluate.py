"""How good search is: judged queries, asked exactly as visitors ask them, and two answers compared."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hub.pages.visibility import visible_pages
from hub.search.answers import article
from hub.search.asking import ask
from hub.search.lexicon import Synonyms, fold
from hub.search.models import Language
from hub.search.promotions import Promotions
from hub.search.results import in_order
from hub.search.thesaurus import synonyms

TOP = 3
_NESTED_REPEAT = re.compile(r"\((?:[^()\\]|\\.)*[+*}](?:[^()\\]|\\.)*\)\s*(?:[+*]|\{\d*,)")


@dataclass(frozen=True)
class Judgement:
    """A query and what it should find: regular expressions on "title url", any of which will do."""

    locale: str
    text: str
    expected: tuple[re.Pattern[str], ...]

    @property
    def key(self) -> str:
        return f"{self.locale} {self.text}"


@dataclass(frozen=True)
class Verdict:
    """``rank`` of the first good result. ``degraded``: the index in service did not answer."""

    judgement: Judgement
    rank: int | None
    found: tuple[str, ...]
    engine: str = ""
    degraded: bool = False

    @property
    def is_hit(self) -> bool:
        return is_hit(self.rank)


def is_hit(rank: int | None) -> bool:
    return rank is not None and rank <= TOP


def expression(pattern: str) -> re.Pattern[str]:
    """A compiled expression, or ``ValueError``: also for one that might take for ever to say no."""
    if _NESTED_REPEAT.search(pattern):
        raise ValueError("a repeat within a repeat")
    try:
        return re.compile(pattern, re.IGNORECASE)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(str(error)) from error


def read(lines: Iterable[str]) -> list[Judgement]:
    judgements = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            if not isinstance(row["expected"], list):
                raise TypeError("expected: a list of regular expressions")
            patterns = tuple(expression(pattern) for pattern in row["expected"])
            judgements.append(Judgement(row["locale"], row["q"], patterns))
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"line {number}: {error!r}") from error
    return judgements


def judge(judgement: Judgement) -> Verdict:
    return judge_all([judgement])[0]


def judge_all(judgements: Sequence[Judgement], known: Mapping[str, Synonyms] | None = None) -> list[Verdict]:
    """Ask them all; the order is that in which visitors see pages. Three queries to the database for each language, and
    some for each that is the number of an article.

    ``known`` takes the place of the editors' synonyms, by language.
    """
    by_language: dict[str, list[int]] = defaultdict(list)
    for position, judgement in enumerate(judgements):
        by_language[judgement.locale].append(position)
    verdicts: dict[int, Verdict] = {}
    for language, positions in by_language.items():
        found = _judge_language([judgements[position] for position in positions], language, (known or {}).get(language))
        verdicts.update(zip(positions, found, strict=True))
    return [verdicts[position] for position in range(len(judgements))]


def _judge_language(judgements: list[Judgement], language: str, known: Synonyms | None) -> list[Verdict]:
    promotions = Promotions(language)
    groups = known or synonyms(language)
    pages = [ask(judgement.text, language, known=groups) for judgement in judgements]
    orders = [
        in_order(promotions.of(judgement.text), _explained(judgement.text, language), (hit.id for hit in page.hits))
        for judgement, page in zip(judgements, pages, strict=True)
    ]
    lines = _lines({each for order in orders for each in order}, language)
    verdicts = []
    for judgement, page, order in zip(judgements, pages, orders, strict=True):
        found = tuple(lines[each] for each in order if each in lines)
        good = (
            rank
            for rank, line in enumerate(found, start=1)
            if any(pattern.search(line) for pattern in judgement.expected)
        )
        verdicts.append(Verdict(judgement, next(good, None), found, page.engine, page.degraded))
    return verdicts


def _explained(text: str, language: str) -> Sequence[int]:
    named = article(text, language)
    return named.explained_by if named else ()


def _lines(ids: Iterable[int], language: str) -> dict[int, str]:
    """By id, "title url" of those pages that visitors may see."""
    pages = visible_pages(language).filter(pk__in=list(ids)).select_related("locale")
    return {page.pk: f"{page.title} {page.get_url() or ''}" for page in pages}


def reciprocal_rank(verdicts: Sequence[Verdict]) -> float:
    """The mean of one over the rank of the first good result, among the first ten."""
    return score(verdict.rank for verdict in verdicts).reciprocal_rank


@dataclass(frozen=True)
class Score:
    hits: int
    total: int
    reciprocal_rank: float


def score(ranks: Iterable[int | None]) -> Score:
    all_ranks = list(ranks)
    mean = sum(1 / rank for rank in all_ranks if rank) / len(all_ranks) if all_ranks else 0.0
    return Score(sum(is_hit(rank) for rank in all_ranks), len(all_ranks), mean)


def scores(ranks: Mapping[str, int | None]) -> dict[str, Score]:
    """By language, of ranks by "language query"."""
    by_language: dict[str, list[int | None]] = defaultdict(list)
    for key in sorted(ranks, key=_order):
        by_language[_parted(key)[0]].append(ranks[key])
    return {language: score(each) for language, each in by_language.items()}


@dataclass(frozen=True)
class Change:
    """One judged query and the rank of its first good result, before and after. ``is_new``: it was not asked before."""

    language: str
    text: str
    before: int | None
    after: int | None
    is_new: bool = False

    @property
    def is_hit(self) -> bool:
        return is_hit(self.after)

    @property
    def is_better(self) -> bool:
        return not self.is_new and self._order(self.after) < self._order(self.before)

    @property
    def is_worse(self) -> bool:
        return not self.is_new and self._order(self.after) > self._order(self.before)

    @staticmethod
    def _order(rank: int | None) -> float:
        return float("inf") if rank is None else rank


def compare(before: Mapping[str, int | None], after: Mapping[str, int | None]) -> list[Change]:
    """For every query asked after, by language and in the order of the alphabet."""
    return [
        Change(*_parted(key), before.get(key), after[key], is_new=key not in before)
        for key in sorted(after, key=_order)
    ]


def _parted(key: str) -> tuple[str, str]:
    language, _blank, text = key.partition(" ")
    return language, text


def _order(key: str) -> tuple[int, str]:
    language, text = _parted(key)
    known = Language.values
    return known.index(language) if language in known else len(known), fold(text)
