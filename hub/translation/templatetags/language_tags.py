"""The language switcher and hreflang."""

from typing import Any

from django import template
from django.conf import settings
from wagtail.models import Page

from hub.pages.links import page_links
from hub.pages.visibility import visible

register = template.Library()

NAMES = {"fr": "Français", "en": "English"}


@register.simple_tag(takes_context=True)
def language_versions(context: template.Context) -> list[dict[str, Any]]:
    """Every language with the address of what is shown there: this page's translation, else the language's home.

    ``exact`` says whether it is the same page; only exact versions become hreflang. One query for a page, none for
    a view that brings its own ``alternates``. A page whose choice in the address holds in every language gives it as
    ``keep_query`` ("?case=…", already quoted): the switcher follows ``kept``, which has it, and search engines ``url``.
    """
    page = context.get("page")
    addresses: dict[str, str] = {row["code"]: row["url"] for row in context.get("alternates") or []}
    if isinstance(page, Page) and page.pk and not addresses:
        versions = visible(Page.objects.filter(translation_key=page.translation_key, alias_of__isnull=True))
        addresses = {link.language: link.url for link in page_links(versions)}
    query = context.get("keep_query") or ""
    return [
        {
            "code": code,
            "name": NAMES.get(code, code),
            "url": addresses.get(code) or f"/{code}/",
            "kept": f"{addresses[code]}{query}" if code in addresses else f"/{code}/",
            "exact": code in addresses,
        }
        for code, _name in settings.LANGUAGES
    ]
