"""What visitors see of a search: what editors and the law put first, then what an engine found.

Every page is checked against the database before anybody sees it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from hub.pages.cards import add_card_labels
from hub.pages.visibility import visible_pages
from hub.search import engines
from hub.search.answers import Article, article
from hub.search.asking import ask
from hub.search.engine import Fragments, Hit, SearchPage, SearchQuery, Suggestion
from hub.search.lexicon import Synonyms
from hub.search.plan import normalise, plan
from hub.search.promotions import promoted
from hub.search.thesaurus import synonyms
from hub.vocabulary.catalogue import Label

PER_PAGE = 10
LAST_PAGE = 1000  # no engine is asked for more; nobody reads that far
_MOST_MATCHES = 1000  # among which a page that stands first is looked for, so that it is counted once

# The order in which a reader wants them.
TYPE_LABELS: Mapping[str, str | Promise] = {
    "guide": _("Guide"),
    "legal": _("Legal explainer"),
    "casestudy": _("Case study"),
    "campaign": _("Campaign"),
    "page": _("Page"),
}


@dataclass(frozen=True)
class Result:
    """A page that visitors may see, with the database's own words about it and the passage that was found.

    ``promoted``: editors put it first.
    """

    page: Page
    url: str
    type: str
    audiences: Sequence[Label]
    territories: Sequence[Label]
    excerpt: Fragments
    promoted: bool = False

    @property
    def type_label(self) -> str | Promise:
        return TYPE_LABELS.get(self.type, self.type)


@dataclass(frozen=True)
class Found:
    """One page of results. ``number`` is the page that is shown: the last one when more was asked than there is."""

    answer: SearchPage
    results: Sequence[Result]
    total: int
    number: int
    article: Article | None = None


def find(
    text: str,
    locale: str,
    filters: Mapping[str, Iterable[str]] | None = None,
    page: int = 1,
    size: int = PER_PAGE,
    request: HttpRequest | None = None,
    known: Synonyms | None = None,
) -> Found:
    """What visitors see for a text: promoted pages, explainers of the article that it names, then the other hits.

    Filters take the first two away: they are for readers who know what they want. Pages that stand first are shown
    on the first page of results only, and counted once. ``known`` is as for ``ask``.
    """
    chosen = {name: frozenset(values) for name, values in (filters or {}).items() if values}
    asked = partial(ask, text, locale, chosen, size=size, known=known)
    number = min(max(page, 1), LAST_PAGE)
    answer = asked(page=number)
    last = max(1, -(-answer.total // size))
    if number > last:
        number = last
        answer = asked(page=last)

    named = article(text, locale)
    hits = {hit.id: hit for hit in answer.hits}
    advised = promoted(text, locale) if text and not chosen else []
    explained = list(named.explained_by) if named and not chosen else []
    shown = {
        result.page.pk: replace(result, promoted=result.page.pk in advised)
        for result in checked(
            [hits.get(pk) or Hit(pk, 0.0) for pk in in_order(advised, explained, hits)], locale, request
        )
    }
    first = [pk for pk in shown if pk in advised] + [pk for pk in shown if pk in explained and pk not in advised]
    first = first[: max(size, len(advised))]
    rest = [pk for pk in shown if pk in hits and pk not in first]
    # A hit that the database no longer allows is not there; the engine will soon know.
    total = answer.total - sum(pk not in shown for pk in hits)
    total += _unmatched([pk for pk in first if pk not in hits], text, locale, answer, known)
    results = [shown[pk] for pk in ([*first, *rest] if number == 1 else rest)]
    return Found(answer, results, total, number, named)


def in_order(advised: Iterable[int], explained: Iterable[int], hits: Iterable[int]) -> list[int]:
    """Pages as visitors meet them: promoted, then explainers of the article named, those found first, then the rest."""
    found, explainers = list(hits), list(explained)
    return list(dict.fromkeys([*advised, *(pk for pk in found if pk in explainers), *explainers, *found]))


def _unmatched(ids: Iterable[int], text: str, locale: str, answer: SearchPage, known: Synonyms | None) -> int:
    """How many of these pages, which are not on this page of hits, are on none."""
    missing = set(ids)
    if missing and answer.total > len(answer.hits):
        groups = known or synonyms(locale)
        meant = answer.suggestion if answer.corrected and answer.suggestion else normalise(text)
        every = SearchQuery(
            locale,
            plan(meant, locale, groups),
            meant,
            facets=(),
            size=min(answer.total, _MOST_MATCHES),
            highlight=False,
            suggest=False,
            relaxed=answer.relaxed,
        )
        missing -= {hit.id for hit in engines.search(every).hits}
    return len(missing)


def elsewhere(text: str, locale: str, filters: Mapping[str, Iterable[str]] | None = None) -> list[tuple[str, int]]:
    """The other languages that find something for exactly this text, with how much."""
    found = []
    for code, _name in settings.LANGUAGES:
        if code == locale:
            continue
        answer = ask(text, code, filters, size=PER_PAGE)
        if not answer.hits or answer.corrected or answer.relaxed:
            continue
        ids = [hit.id for hit in answer.hits]
        total = answer.total - len(ids) + visible_pages(code).filter(pk__in=ids).count()
        if total:
            found.append((code, total))
    return found


def checked(hits: Iterable[Hit], locale: str, request: HttpRequest | None = None) -> list[Result]:
    """The hits that visitors may see now, in order: three queries for any number of them."""
    found = list(hits)
    pages = {page.pk: page for page in _visible([hit.id for hit in found], locale)}
    add_card_labels(pages.values(), locale)
    return [
        Result(
            page,
            page.get_url(request) or "",
            getattr(page.specific_class, "kind", "page"),
            page.card_audiences,
            page.card_territories,
            hit.fragments or ((page.search_description, False),),
        )
        for hit in found
        if (page := pages.get(hit.id))
    ]


def suggest(prefix: str, locale: str, request: HttpRequest | None = None, limit: int = 8) -> list[Suggestion]:
    """Titles for the words typed so far, with the database's title and address."""
    wanted = normalise(prefix)
    if len(wanted) < 2:
        return []
    found = engines.autocomplete(wanted, locale, limit)
    pages = {page.pk: page for page in _visible([each.id for each in found], locale)}
    return [
        replace(each, text=page.title, url=page.get_url(request) or "")
        for each in found
        if (page := pages.get(each.id))
    ]


def _visible(ids: list[int], locale: str) -> list[Page]:
    return list(visible_pages(locale).filter(pk__in=ids).select_related("locale")) if ids else []
