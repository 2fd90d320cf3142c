"""A page as lists and links need it: some words and an address, read as plain values.

Building ``Page`` objects for thirty links costs more than everything else on a home page.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from wagtail.models import Page, Site

_FIELDS = (
    "pk",
    "translation_key",
    "title",
    "search_description",
    "url_path",
    "locale__language_code",
    "content_type_id",
    "first_published_at",
    "last_published_at",
)


@dataclass(frozen=True)
class PageLink:
    pk: int
    translation_key: Any
    title: str
    search_description: str
    url: str
    language: str
    model: type[Page]
    first_published_at: datetime.datetime | None = None
    last_published_at: datetime.datetime | None = None

    @property
    def kind(self) -> str:
        return getattr(self.model, "kind", "page")

    @property
    def kind_label(self) -> str:
        return str(getattr(self.model, "kind_label", ""))

    @classmethod
    def of(cls, page: Page, request: HttpRequest | None = None) -> "PageLink":
        return cls(
            page.pk,
            page.translation_key,
            page.title,
            page.search_description,
            page.get_url(request) or "",
            page.locale.language_code,
            type(page),
            page.first_published_at,
            page.last_published_at,
        )


def root_paths() -> dict[str, str]:
    """Where each language's tree starts (``url_path`` of its home page). Kept by Wagtail in the cache."""
    return {root.language_code: root.root_path for root in Site.get_site_root_paths()}


def public_path(url_path: str, language: str, roots: dict[str, str]) -> str:
    """The address of a page from its ``url_path``; empty when it lies outside every site."""
    root = roots.get(language)
    return f"/{language}/{url_path[len(root) :]}" if root and url_path.startswith(root) else ""


def page_links(pages: Any) -> list[PageLink]:
    """One query, whatever the number of pages. Pages without an address are left out."""
    roots = root_paths()
    links = []
    for pk, key, title, summary, url_path, language, type_id, first, last in pages.values_list(*_FIELDS):
        url = public_path(url_path, language, roots)
        model = ContentType.objects.get_for_id(type_id).model_class()
        if url and model is not None:
            links.append(PageLink(pk, key, title, summary, url, language, model, first, last))
    return links


def links_of(pages: Iterable[Page], request: HttpRequest) -> list[PageLink]:
    return [PageLink.of(page, request) for page in pages]
