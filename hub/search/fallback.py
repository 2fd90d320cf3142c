"""A plain answer from the database while no index can be read: titles and summaries that hold the words.

No ranking, no facet counts, no spelling. It is always ``degraded``.
"""

from collections.abc import Iterable
from functools import reduce
from operator import and_, or_

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import Page
from wagtail.query import PageQuerySet

from hub.pages.models import HubPage
from hub.pages.visibility import visible_pages
from hub.search.engine import Clause, FacetCount, Hit, SearchPage, SearchQuery, Suggestion
from hub.search.plan import normalise


def search(query: SearchQuery) -> SearchPage:
    pages = _matching(query)
    total = pages.count()
    start = (query.page - 1) * query.size
    rows = pages.values_list("pk", "search_description")[start : start + query.size]
    hits = tuple(Hit(pk, 1.0, ((summary, False),) if summary else ()) for pk, summary in rows)
    facets = {
        name: tuple(FacetCount(value, total, True) for value in sorted(query.filters.get(name, ())))
        for name in query.facets
    }
    return SearchPage(total, hits, facets, None, True, "embedded", query.relaxed)


def autocomplete(prefix: str, locale: str, limit: int) -> list[Suggestion]:
    wanted = normalise(prefix)
    if not wanted:
        return []
    rows = visible_pages(locale).filter(title__icontains=wanted).order_by("title").values_list("pk", "title")[:limit]
    return [Suggestion(pk, title, "") for pk, title in rows]


def _matching(query: SearchQuery) -> PageQuerySet:
    pages: PageQuerySet = visible_pages(query.locale)
    if query.clauses:
        pages = pages.filter(reduce(or_ if query.relaxed else and_, (_holds(clause) for clause in query.clauses)))
    elif query.text:
        pages = pages.none()
    lookups = {"audience": "audience_tags__tag__slug__in", "territory": "page_territories__territory__slug__in"}
    for name, values in query.filters.items():
        if values and name in lookups:
            pages = pages.filter(pk__in=Page.objects.filter(**{lookups[name]: values}).values("pk"))
    if types := query.filters.get("type"):
        pages = pages.filter(content_type__in=_content_types(types))
    if sectors := query.filters.get("sector"):
        # Only some page types have a sector, and only they know where.
        kept = [page.pk for page in pages.specific() if isinstance(page, HubPage) and sectors & {*page.sector_slugs}]
        pages = pages.filter(pk__in=kept)
    return pages.order_by("-first_published_at", "pk")


def _holds(clause: Clause) -> Q:
    wordings = (normalise(wording) for wording in clause.alternatives)
    return reduce(or_, (Q(title__icontains=each) | Q(search_description__icontains=each) for each in wordings))


def _content_types(kinds: Iterable[str]) -> list[ContentType]:
    wanted = set(kinds)
    models = [model for model in apps.get_models() if issubclass(model, HubPage) and model.kind in wanted]
    return list(ContentType.objects.get_for_models(*models).values())
