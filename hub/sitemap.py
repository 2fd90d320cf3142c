"""Every public page of every language with its alternates.

Rows are read as plain values: building page objects made a sitemap of 10,000 pages take over a second.
"""

from collections import defaultdict
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page

from hub.pages.links import public_path, root_paths
from hub.pages.visibility import visible
from hub.vocabulary.catalogue import labels
from hub.vocabulary.models import Audience


def _page_entries() -> list[dict[str, Any]]:
    roots = root_paths()
    rows = visible(Page.objects.filter(alias_of__isnull=True)).values_list(
        "translation_key", "locale__language_code", "url_path", "last_published_at"
    )
    versions: dict[Any, dict[str, tuple[str, Any]]] = defaultdict(dict)
    for key, language, url_path, changed in rows:
        path = public_path(url_path, language, roots)
        if path:
            versions[key][language] = (f"{settings.BASE_URL}{path}", changed)
    return [
        {"url": url, "changed": changed, "alternates": {code: address for code, (address, _changed) in group.items()}}
        for group in versions.values()
        for url, changed in group.values()
    ]


def _audience_entries() -> list[dict[str, Any]]:
    entries = []
    for slug in [None, *(label.slug for label in labels(Audience, settings.LANGUAGE_CODE))]:
        addresses = {}
        for code, _name in settings.LANGUAGES:
            with override(code):
                address = reverse("audience", args=[slug]) if slug else reverse("audience_index")
                addresses[code] = f"{settings.BASE_URL}{address}"
        entries += [{"url": url, "changed": None, "alternates": addresses} for url in addresses.values()]
    return entries


def sitemap(request: HttpRequest) -> HttpResponse:
    entries = _page_entries() + _audience_entries()
    body = render_to_string("sitemap.xml", {"entries": entries, "default": settings.LANGUAGE_CODE})
    return HttpResponse(body, content_type="application/xml; charset=utf-8")
