"""One search as a visitor asked for it: from the address to what is shown, whatever the format."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from hub.pages.listing import Chip, Choice, Facet, FacetState, Listing, choose, page_number, without
from hub.search.answers import Definition, definition
from hub.search.engine import FacetCount, SearchPage
from hub.search.plan import normalise
from hub.search.results import LAST_PAGE, PER_PAGE, TYPE_LABELS, Found, Result, elsewhere, find
from hub.vocabulary.catalogue import Term, labels
from hub.vocabulary.models import Audience, Sector, Territory

LITTLE = 3  # results below which the other language is looked at


def facets(language: str) -> list[Facet]:
    return [
        Facet("audience", gettext_lazy("Reader"), "", partial(_terms, Audience, language)),
        Facet("type", gettext_lazy("Kind of page"), "", _types),
        Facet("territory", gettext_lazy("Territory"), "", partial(_terms, Territory, language)),
        Facet("sector", gettext_lazy("Sector"), "", partial(_terms, Sector, language)),
    ]


def _terms(model: Term, language: str) -> Sequence[tuple[str, str]]:
    return [(row.slug, row.label) for row in labels(model, language)]


def _types() -> Sequence[tuple[str, str]]:
    return [(kind, str(name)) for kind, name in TYPE_LABELS.items()]


def in_language(code: str) -> str:
    """What is said before words or results of one language, in the visitor's."""
    return {"fr": _("In French:"), "en": _("In English:")}.get(code, f"{code}:")


@dataclass(frozen=True)
class OtherLanguage:
    """The same search in another language; ``total`` is known only where this one finds little."""

    code: str
    name: str
    url: str
    total: int = 0

    @property
    def inside(self) -> str:
        return in_language(self.code)


@dataclass
class Answer:
    text: str
    chosen: Mapping[str, list[str]]
    found: Found
    listing: Listing
    params: QueryDict
    languages: list[OtherLanguage]
    definition: Definition | None = None
    notices: list[str] = field(default_factory=list)

    @property
    def page(self) -> SearchPage:
        return self.found.answer

    @property
    def results(self) -> Sequence[Result]:
        return [] if self.is_blank else self.found.results

    @property
    def total(self) -> int:
        return 0 if self.is_blank else self.found.total

    @property
    def is_blank(self) -> bool:
        """Nothing was asked: neither words nor filters."""
        return not self.text and not self.is_filtered

    @property
    def is_filtered(self) -> bool:
        return any(self.chosen.values())

    @property
    def suggestion_url(self) -> str:
        """The search that was perhaps meant, with the same filters."""
        if not self.page.suggestion:
            return ""
        params = self.params.copy()
        params["q"] = self.page.suggestion
        return "?" + params.urlencode()


def answer(request: HttpRequest, language: str) -> Answer:
    messages: list[str] = []
    known = facets(language)
    text = normalise(request.GET.get("q", ""))
    chosen = {facet.name: choose(request.GET, facet, messages) for facet in known}
    raw = request.GET.get("page", "")
    wanted = int(raw[:9]) if raw.isascii() and raw.isdigit() else 1
    found = find(text, language, chosen, page=wanted, request=request)

    params = QueryDict(mutable=True)
    if text:
        params["q"] = text
    for name, values in chosen.items():
        if values:
            params.setlist(name, values)
    paginator = Paginator(range(found.answer.total), PER_PAGE)
    page_number(raw, min(paginator.num_pages, LAST_PAGE), messages)
    if found.answer.relaxed and found.answer.total:
        messages.append(_("No page holds all these words; these pages hold some of them."))
    states = [_state(facet, found.answer.facets.get(facet.name, ()), chosen[facet.name]) for facet in known]
    chips = [
        Chip(choice.label, without(params, state.name, choice.value))
        for state in states
        for choice in state.choices
        if choice.selected
    ]
    shown = [state for state in states if state.choices]
    listing = Listing(shown, chips, found.total, paginator.page(found.number), messages, params.urlencode())
    result = Answer(text, chosen, found, listing, params, _languages(params))
    if found.answer.degraded:
        result.notices.append(_("A backup search is answering for now: its results may differ from the usual ones."))
    if found.number == 1:
        _complete(result, language, request)
    return result


def _complete(result: Answer, language: str, request: HttpRequest) -> None:
    """What stands around the first page of results."""
    page = result.page
    meant = page.suggestion if page.corrected and page.suggestion else result.text
    if result.text and result.found.article is None:
        result.definition = definition(meant, language, request)
    # A slip that turns out to be a term of this language says which language was meant.
    if result.total < LITTLE and not result.is_blank and not (page.corrected and result.definition):
        totals = dict(elsewhere(result.text, language, result.chosen))
        result.languages = [
            OtherLanguage(each.code, each.name, each.url, totals.get(each.code, 0)) for each in result.languages
        ]


def _state(facet: Facet, counted: Sequence[FacetCount], selected: list[str]) -> FacetState:
    """Choices in the editors' order: those that would give something, and those chosen."""
    counts = {each.value: each.count for each in counted}
    choices = [
        Choice(value, label, counts.get(value, 0), value in selected)
        for value, label in facet.choices()
        if counts.get(value) or value in selected
    ]
    return FacetState(facet.name, facet.heading, choices)


def search_address(code: str, params: QueryDict | None = None) -> str:
    with override(code):
        return reverse("search") + ("?" + params.urlencode() if params else "")


def _languages(params: QueryDict) -> list[OtherLanguage]:
    """The same search in every language."""
    return [OtherLanguage(code, str(name), search_address(code, params)) for code, name in settings.LANGUAGES]
