"""The one answer to "may anybody read this page?", as a condition on a query.

Wagtail's ``public()`` reads every restriction first and builds a condition from them; this one is a single
expression, so lists, search and sitemap stay at a fixed number of queries.
"""

from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction


def current(pages: Any) -> Any:
    """Of a query set of pages, those that are live and not expired, for readers who may already be behind a door."""
    return pages.filter(Q(expire_at__isnull=True) | Q(expire_at__gt=timezone.now()), live=True)


def visible(pages: Any) -> Any:
    """Of a query set of pages, those that are live, not expired, and not restricted by themselves or an ancestor."""
    restrictions = PageViewRestriction.objects.annotate(
        listed_path=ExpressionWrapper(OuterRef("path"), output_field=CharField())
    ).filter(listed_path__startswith=F("page__path"))
    return current(pages).filter(~Exists(restrictions), depth__gt=1)


def visible_pages(language: str) -> Any:
    """Every page that visitors may list in one language. Aliases are left out: they serve another language's text."""
    return visible(Page.objects.filter(locale__language_code=language, alias_of__isnull=True))
