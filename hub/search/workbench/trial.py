"""One query as the hub understands it, and what a change of synonyms would do: nothing here is saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hub.search.asking import ask
from hub.search.engine import Clause, Hit, SearchPage
from hub.search.evaluate import Change, Score, compare, judge_all, scores
from hub.search.judgements import ranks_of, stored
from hub.search.lexicon import Synonyms
from hub.search.models import SynonymGroup
from hub.search.plan import normalise, plan
from hub.search.promotions import promoted
from hub.search.results import Result, checked
from hub.search.thesaurus import synonyms


@dataclass(frozen=True)
class Finding:
    rank: int
    result: Result
    score: float | None  # none for a promoted page that was not found besides
    is_promoted: bool


@dataclass(frozen=True)
class Trial:
    text: str
    clauses: tuple[Clause, ...]
    meant: tuple[Clause, ...]  # of the other spelling, when that was searched instead
    found: SearchPage
    findings: list[Finding]


def try_query(text: str, language: str) -> Trial:
    groups = synonyms(language)
    found = ask(text, language, known=groups)
    first = promoted(text, language)
    scored = {hit.id: hit for hit in found.hits}
    hits = [scored.get(each, Hit(each, 0.0)) for each in first]
    hits += [hit for hit in found.hits if hit.id not in first]
    findings = []
    for rank, result in enumerate(checked(hits, language), start=1):
        hit = scored.get(result.page.pk)
        findings.append(Finding(rank, result, hit.score if hit else None, result.page.pk in first))
    meant = plan(found.suggestion, language, groups) if found.corrected and found.suggestion else ()
    return Trial(text, plan(normalise(text), language, groups), meant, found, findings)


@dataclass(frozen=True)
class TermEffect:
    """What typing one of the group's terms finds, before and after."""

    term: str
    total_before: int
    total_after: int
    first_before: str
    first_after: str


@dataclass(frozen=True)
class Effect:
    """What saving a synonym group with other terms would do."""

    changes: list[Change]
    scores: Sequence[tuple[str, Score, Score]]  # language, before, after
    terms: list[TermEffect]

    @property
    def better(self) -> list[Change]:
        return [change for change in self.changes if change.is_better]

    @property
    def worse(self) -> list[Change]:
        return [change for change in self.changes if change.is_worse]


def effect_of(draft: SynonymGroup, replaced: SynonymGroup | None = None) -> Effect:
    """``draft`` in the place of ``replaced``, or beside all groups. A group may move to the other language."""
    languages = sorted({draft.language, *([replaced.language] if replaced else [])})
    known = {language: _with(draft, replaced, language) for language in languages}
    judgements = stored(languages)
    before, after = ranks_of(judge_all(judgements)), ranks_of(judge_all(judgements, known))
    score_before, score_after = scores(before), scores(after)
    return Effect(
        compare(before, after),
        [(language, score_before[language], score_after[language]) for language in score_after],
        _terms(draft, known),
    )


def _with(draft: SynonymGroup, replaced: SynonymGroup | None, language: str) -> Synonyms:
    saved = SynonymGroup.objects.filter(language=language).order_by("pk")
    groups = [group.words() for group in saved if not replaced or group.pk != replaced.pk]
    if draft.language == language:
        groups.append(draft.words())
    return Synonyms(groups, language)


def _terms(draft: SynonymGroup, known: Mapping[str, Synonyms]) -> list[TermEffect]:
    language = draft.language
    pairs = [
        (term, ask(term, language, size=1), ask(term, language, size=1, known=known[language]))
        for term in draft.words()
    ]
    hits = {hit.id: hit for _term, before, after in pairs for hit in (*before.hits, *after.hits)}
    titles = {result.page.pk: result.page.title for result in checked(hits.values(), language)}

    def first(page: SearchPage) -> str:
        return titles.get(page.hits[0].id, "") if page.hits else ""

    return [TermEffect(term, before.total, after.total, first(before), first(after)) for term, before, after in pairs]
