"""The JSON of a search. Its shape is a contract with programs: names stay, new ones come last."""

from dataclasses import asdict
from typing import Any

from hub.search.answers import Article, Definition
from hub.search.results import Result
from hub.search.visit import Answer, facets


def as_json(answer: Answer, language: str) -> dict[str, Any]:
    states = {state.name: state.choices for state in answer.listing.facets}
    return {
        "engine": answer.page.engine,
        "degraded": answer.page.degraded,
        "total": answer.total,
        "suggestion": answer.page.suggestion,
        "results": [_result(result, language) for result in answer.results],
        "facets": {facet.name: [asdict(choice) for choice in states.get(facet.name, [])] for facet in facets(language)},
        "messages": [*answer.listing.messages, *answer.notices],
        "corrected": answer.page.corrected,
        "other_languages": [
            {"locale": each.code, "total": each.total, "url": each.url} for each in answer.languages if each.total
        ],
        "definition": _definition(answer.definition),
        "article": _article(answer.found.article, answer.results),
    }


def _result(result: Result, language: str) -> dict[str, Any]:
    return {
        "id": result.page.pk,
        "type": result.type,
        "title": result.page.title,
        "url": result.url,
        "locale": language,
        "audiences": [label.slug for label in result.audiences],
        "territories": [label.slug for label in result.territories],
        "excerpt": [list(pair) for pair in result.excerpt],
    }


def _definition(found: Definition | None) -> dict[str, Any] | None:
    return {"term": found.term, "definition": found.definition, "url": found.url} if found else None


def _article(found: Article | None, results: Any) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "number": found.number,
        "texts": [
            {
                "code": text.code,
                "title": text.title,
                "url": text.url,
                "in_force_from": text.in_force_from,
                "in_force_until": text.in_force_until,
            }
            for text in found.texts
        ],
        "explainers": [
            {"id": result.page.pk, "title": result.page.title, "url": result.url}
            for result in results
            if result.page.pk in found.explained_by
        ],
    }
