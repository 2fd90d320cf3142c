"""Search for visitors, for programs and for feed readers; suggestions while typing; health for probes."""

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page

from hub.pages.feed import atom_response
from hub.pages.links import PageLink, links_of
from hub.pages.listing import Chip, Choice, Facet, FacetState, Listing, choose, page_number, without
from hub.search.asking import ask
from hub.search.engine import FacetCount, SearchPage
from hub.search.plan import normalise
from hub.search.results import TYPE_LABELS, Result, checked, suggest
from hub.search.status import status
from hub.vocabulary.catalogue import Term, labels
from hub.vocabulary.models import Audience, Sector, Territory

PER_PAGE = 10
_LAST_PAGE = 1000  # no engine is asked for more; nobody reads that far


def _terms(model: Term, language: str) -> Sequence[tuple[str, str]]:
    return [(row.slug, row.label) for row in labels(model, language)]


def _types() -> Sequence[tuple[str, str]]:
    return [(kind, str(name)) for kind, name in TYPE_LABELS.items()]


def facets(language: str) -> list[Facet]:
    return [
        Facet("audience", gettext_lazy("Reader"), "", partial(_terms, Audience, language)),
        Facet("type", gettext_lazy("Kind of page"), "", _types),
        Facet("territory", gettext_lazy("Territory"), "", partial(_terms, Territory, language)),
        Facet("sector", gettext_lazy("Sector"), "", partial(_terms, Sector, language)),
    ]


@dataclass
class Answer:
    """One search as a page of results, whatever the format it is served in."""

    text: str
    chosen: Mapping[str, list[str]]
    found: SearchPage
    results: list[Result]
    listing: Listing
    params: QueryDict

    @property
    def is_blank(self) -> bool:
        """Nothing was asked: neither words nor filters."""
        return not self.text and not any(self.chosen.values())


def _answer(request: HttpRequest, language: str) -> Answer:
    messages: list[str] = []
    known = facets(language)
    text = normalise(request.GET.get("q", ""))
    chosen = {facet.name: choose(request.GET, facet, messages) for facet in known}
    asked = partial(ask, text, language, chosen, size=PER_PAGE)

    raw = request.GET.get("page", "")
    wanted = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 5 else 1
    found = asked(page=min(max(wanted, 1), _LAST_PAGE))
    paginator = Paginator(range(found.total), PER_PAGE)
    number = page_number(raw, min(paginator.num_pages, _LAST_PAGE), messages)
    if number != wanted:
        found = asked(page=number)

    results = checked(found.hits, language, request)
    if found.relaxed and found.total:
        messages.append(_("No page holds all these words; these pages hold some of them."))
    if found.degraded:
        messages.append(_("Search is being repaired: for a few minutes it finds fewer pages than usual."))
    params = QueryDict(mutable=True)
    if text:
        params["q"] = text
    for name, values in chosen.items():
        if values:
            params.setlist(name, values)
    states = [_state(facet, found.facets.get(facet.name, ()), chosen[facet.name]) for facet in known]
    chips = [
        Chip(choice.label, without(params, state.name, choice.value))
        for state in states
        for choice in state.choices
        if choice.selected
    ]
    # A hit that the database no longer allows is not there; the engine will soon know.
    total = found.total - (len(found.hits) - len(results))
    shown = [state for state in states if state.choices]
    listing = Listing(shown, chips, total, paginator.page(number), messages, params.urlencode())
    return Answer(text, chosen, found, results, listing, params)


def _state(facet: Facet, counted: Sequence[FacetCount], selected: list[str]) -> FacetState:
    """Choices in the editors' order: those that would give something, and those chosen."""
    counts = {each.value: each.count for each in counted}
    choices = [
        Choice(value, label, counts.get(value, 0), value in selected)
        for value, label in facet.choices()
        if counts.get(value) or value in selected
    ]
    return FacetState(facet.name, facet.heading, choices)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    language = get_language() or settings.LANGUAGE_CODE
    answer = _answer(request, language)
    if request.GET.get("format") == "json":
        return JsonResponse(_as_json(answer, language))
    if request.GET.get("format") == "atom":
        return _as_atom(request, answer, language)
    alternates = _alternates(answer.params)
    context = {
        "answer": answer,
        "listing": answer.listing,
        "results": [] if answer.is_blank else answer.results,
        "examples": [_("employer says no"), _("telework allowance"), _("coworking Orne"), "L1222-9"],
        "suggestion_url": _suggestion_url(answer),
        "alternates": alternates,
        "others": [each for each in alternates if each["code"] != language],
    }
    response = render(request, "search/results.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def _suggestion_url(answer: Answer) -> str:
    if not answer.found.suggestion:
        return ""
    params = answer.params.copy()
    params["q"] = answer.found.suggestion
    return "?" + params.urlencode()


def _alternates(params: QueryDict) -> list[dict[str, str]]:
    """The same search in every language."""
    found = []
    for code, name in settings.LANGUAGES:
        with override(code):
            url = reverse("search") + ("?" + params.urlencode() if params else "")
            found.append({"code": code, "url": url, "name": str(name)})
    return found


def _as_json(answer: Answer, language: str) -> dict[str, Any]:
    """The shape is a contract with programs."""
    states = {state.name: state.choices for state in answer.listing.facets}
    return {
        "engine": answer.found.engine,
        "degraded": answer.found.degraded,
        "total": 0 if answer.is_blank else answer.listing.total,
        "suggestion": answer.found.suggestion,
        "results": []
        if answer.is_blank
        else [
            {
                "id": result.page.pk,
                "type": result.type,
                "title": result.page.title,
                "url": result.url,
                "locale": language,
                "audiences": [label.slug for label in result.audiences],
                "territories": [label.slug for label in result.territories],
                "excerpt": [list(pair) for pair in result.excerpt],
            }
            for result in answer.results
        ],
        "facets": {facet.name: [asdict(choice) for choice in states.get(facet.name, [])] for facet in facets(language)},
        "messages": answer.listing.messages,
    }


def _as_atom(request: HttpRequest, answer: Answer, language: str) -> HttpResponse:
    title = _("Search: %(text)s") % {"text": answer.text} if answer.text else _("Search the hub")
    address = f"{request.path}?{answer.params.urlencode()}"
    source = PageLink(0, None, title, "", address, language, Page)
    return atom_response(request, source, links_of((result.page for result in answer.results), request))


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    language = get_language() or settings.LANGUAGE_CODE
    found = suggest(request.GET.get("q", ""), language, request)
    return JsonResponse({"suggestions": [{"text": each.text, "url": each.url} for each in found]})


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """How search is doing, for whoever holds ``HEALTH_TOKEN``: 200 when sound, 503 when not."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.HEALTH_TOKEN or not hmac.compare_digest(given.encode(), settings.HEALTH_TOKEN.encode()):
        return JsonResponse({"status": "forbidden"}, status=403)
    state = status()
    word, code = ("ok", 200) if state["ok"] else ("degraded", 503)
    return JsonResponse({"status": word, "search": state}, status=code)
