"""Where pages lead: every page that one page names, found with one query and in the reader's language."""

import re
from collections.abc import Iterable
from typing import Any

from django.utils.html import escape
from wagtail.models import Page

from hub.pages.links import PageLink, page_links
from hub.pages.visibility import visible

_LINK = re.compile(r"<a\b([^>]*\blinktype=\"page\"[^>]*)>")
_DOCUMENT_LINK = re.compile(r"<a\b([^>]*\blinktype=\"document\"[^>]*)>")
_ID = re.compile(r"\bid=\"(\d+)\"")


def page_ids_in_html(html: str) -> set[int]:
    """Pages linked from stored rich text (``<a linktype="page" id="…">``)."""
    return _ids(_LINK, html)


def document_ids_in_html(html: str) -> set[int]:
    """Documents linked from stored rich text (``<a linktype="document" id="…">``)."""
    return _ids(_DOCUMENT_LINK, html)


def _ids(link: re.Pattern[str], html: str) -> set[int]:
    return {int(found[1]) for attributes in link.findall(html) if (found := _ID.search(attributes))}


class PageDirectory:
    """Answers "which page shall I link to?" for the ids given.

    A page that has a live translation in the language asked is replaced by it; one without is kept and marked by its
    own language; one that visitors may not see is not there.
    """

    def __init__(self, ids: Iterable[int], language: str) -> None:
        self.language = language
        self._found: dict[int, PageLink] = {}
        self._versions: dict[int, dict[str, PageLink]] = {}
        known = {int(i) for i in ids if i}
        if not known:
            return
        keys = Page.objects.filter(id__in=known).values("translation_key")
        links = page_links(visible(Page.objects.filter(translation_key__in=keys, alias_of__isnull=True)))
        by_key: dict[Any, dict[str, PageLink]] = {}
        for link in links:
            by_key.setdefault(link.translation_key, {})[link.language] = link
        for link in links:
            if link.pk in known:
                versions = self._versions[link.pk] = by_key[link.translation_key]
                self._found[link.pk] = versions.get(language, link)

    def get(self, page_id: int | None) -> PageLink | None:
        return self._found.get(int(page_id)) if page_id else None

    def version(self, page_id: int | None, language: str) -> PageLink | None:
        """The page in a language other than the reader's, when it is there."""
        return self._versions.get(int(page_id), {}).get(language) if page_id else None

    def pages(self, ids: Iterable[int]) -> list[PageLink]:
        """The pages found, in the order of the ids, each once."""
        found = (self.get(page_id) for page_id in dict.fromkeys(ids))
        return [link for link in found if link is not None]

    def specific(self, page_id: int | None) -> Any:
        """The whole page behind a link: one query."""
        link = self.get(page_id)
        if link is None:
            return None
        related = getattr(link.model, "serve_with", ("locale",))
        return link.model.objects.select_related(*related).filter(pk=link.pk).first()

    def expand(self, html: str) -> str:
        """Replace stored page links by addresses; a link to a page that cannot be shown keeps its words only."""

        def replace(match: re.Match[str]) -> str:
            found = _ID.search(match[1])
            link = self.get(int(found[1])) if found else None
            if link is None:
                return "<a>"
            foreign = "" if link.language == self.language else f' hreflang="{link.language}"'
            return f'<a href="{escape(link.url)}"{foreign}>'

        return _LINK.sub(replace, html)
