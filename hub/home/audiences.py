"""One page per reader: everything the hub holds for them, by kind."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from wagtail.models import Page

from hub.pages.feed import atom_response, wants_atom
from hub.pages.links import PageLink, page_links
from hub.pages.visibility import visible_pages
from hub.vocabulary.catalogue import labels
from hub.vocabulary.models import Audience

# The order in which a reader wants them, whoever the reader is.
KINDS = ["guide", "legal", "casestudy", "campaign", "page"]


def kind_headings() -> dict[str, str]:
    return {
        "guide": _("Step by step"),
        "legal": _("What the law says"),
        "casestudy": _("What others have done"),
        "campaign": _("Campaigns"),
        "page": _("Also useful"),
    }


def _pages_for(slug: str, language: str) -> list[PageLink]:
    return page_links(visible_pages(language).filter(audience_tags__tag__slug=slug).order_by("path"))


def alternates(view_name: str, **kwargs: Any) -> list[dict[str, str]]:
    """The same view in every language, for the switcher and hreflang."""
    from django.conf import settings

    found = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            found.append({"code": code, "url": reverse(view_name, kwargs=kwargs)})
    return found


def audience(request: HttpRequest, slug: str) -> HttpResponse:
    language = get_language() or "fr"
    found = labels(Audience, language).get(slug)
    if found is None:
        raise Http404
    pages = _pages_for(slug, language)
    if wants_atom(request):
        source = PageLink(0, None, found.label, found.description, request.path, language, Page)
        return atom_response(request, source, pages)
    headings = kind_headings()
    groups: dict[str, list[PageLink]] = {}
    for page in pages:
        groups.setdefault(page.kind if page.kind in headings else "page", []).append(page)
    context = {
        "audience": found,
        "groups": [(kind, headings[kind], groups[kind]) for kind in KINDS if kind in groups],
        "alternates": alternates("audience", slug=slug),
    }
    return render(request, "home/audience.html", context)


def audience_index(request: HttpRequest) -> HttpResponse:
    return render(request, "home/audience_index.html", {"alternates": alternates("audience_index")})
