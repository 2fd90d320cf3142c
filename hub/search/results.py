"""What an engine found, checked against the database before anybody sees it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from hub.pages.cards import add_card_labels
from hub.pages.visibility import visible_pages
from hub.search import engines
from hub.search.engine import Fragments, Hit, Suggestion
from hub.search.plan import normalise
from hub.vocabulary.catalogue import Label

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
    """A page that visitors may see, with the database's own words about it and the passage that was found."""

    page: Page
    url: str
    type: str
    audiences: Sequence[Label]
    territories: Sequence[Label]
    excerpt: Fragments

    @property
    def type_label(self) -> str | Promise:
        return TYPE_LABELS.get(self.type, self.type)


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
