"""Where pages lead: every page that one page names, found with one query and in the reader's language."""

import re
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.html import escape
from wagtail.models import Page

from hub.pages.visibility import visible

_LINK = re.compile(r"<a\b([^>]*\blinktype=\"page\"[^>]*)>")
_ID = re.compile(r"\bid=\"(\d+)\"")


def page_ids_in_html(html: str) -> set[int]:
    """Pages linked from stored rich text (``<a linktype="page" id="…">``)."""
    return {int(found[1]) for attributes in _LINK.findall(html) if (found := _ID.search(attributes))}


class PageDirectory:
    """Answers "which page shall I link to?" for the ids given.

    A page that has a live translation in the language asked is replaced by it; one without is kept and marked by its
    own locale; one that visitors may not see is not there.
    """

    def __init__(self, ids: Iterable[int], language: str, request: HttpRequest | None = None) -> None:
        self.request = request
        self.language = language
        self._by_id: dict[int, Page] = {}
        self._versions: dict[int, dict[str, Page]] = {}
        self.known = {int(i) for i in ids if i}
        if not self.known:
            return
        keys = Page.objects.filter(id__in=self.known).values("translation_key")
        rows = list(
            visible(Page.objects.filter(translation_key__in=keys, alias_of__isnull=True)).select_related(
                "locale", "content_type"
            )
        )
        by_key: dict[Any, dict[str, Page]] = {}
        for row in rows:
            by_key.setdefault(row.translation_key, {})[row.locale.language_code] = row
        key_of = {row.id: row.translation_key for row in rows}
        for page_id in self.known & key_of.keys():
            versions = self._versions[page_id] = by_key[key_of[page_id]]
            self._by_id[page_id] = versions.get(language) or next(row for row in rows if row.id == page_id)

    def get(self, page_id: int | None) -> Page | None:
        return self._by_id.get(int(page_id)) if page_id else None

    def version(self, page_id: int | None, language: str) -> Page | None:
        """The page in a language other than the reader's, when it is there."""
        return self._versions.get(int(page_id), {}).get(language) if page_id else None

    def pages(self, ids: Iterable[int]) -> list[Page]:
        """The pages found, in the order of the ids, each once."""
        found = (self.get(page_id) for page_id in dict.fromkeys(ids))
        return [page for page in found if page is not None]

    def expand(self, html: str) -> str:
        """Replace stored page links by addresses; a link to a page that cannot be shown keeps its words only."""

        def replace(match: re.Match[str]) -> str:
            found = _ID.search(match[1])
            page = self.get(int(found[1])) if found else None
            if page is None:
                return "<a>"
            url = page.get_url(self.request)
            if not url:
                return "<a>"
            foreign = "" if page.locale.language_code == self.language else f' hreflang="{page.locale.language_code}"'
            return f'<a href="{escape(url)}"{foreign}>'

        return _LINK.sub(replace, html)
