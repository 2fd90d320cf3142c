"""Pages as the engines see them: what is indexed, and what a change of a page means for the index."""

import logging
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain

from wagtail.models import Locale, Page, Site
from wagtail.query import PageQuerySet

from hub.pages.models import HubPage
from hub.pages.visibility import visible
from hub.search import pdf
from hub.search.engine import Delete, SearchDoc, Upsert
from hub.vocabulary.models import AudienceTag, PageTerritory

logger = logging.getLogger(__name__)

CHUNK = 100
MAX_BODY = 400_000  # characters: a page and one long document, or many short ones
# Plain pages (legal notice, indexes) stand behind what visitors came for, and accounts behind answers.
_BOOSTS = {"page": 0.7, "casestudy": 0.9, "campaign": 0.9}


def indexable() -> PageQuerySet:
    """Pages that stand in the index: visible to everybody, and no mirror of another language's page."""
    return visible(Page.objects.filter(alias_of__isnull=True))


def all_documents(version: int) -> Iterator[SearchDoc]:
    """Every document, read a chunk at a time so that memory and transactions stay small."""
    last = 0
    while ids := list(indexable().filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        yield from documents(ids, version).values()
        last = ids[-1]


def changes(page_ids: Iterable[int], version: int) -> list[Upsert | Delete]:
    """What the index must do so that these pages stand in it as they are now."""
    wanted = list(dict.fromkeys(page_ids))
    operations: list[Upsert | Delete] = []
    for start in range(0, len(wanted), CHUNK):
        chunk = wanted[start : start + CHUNK]
        found = documents(chunk, version)
        operations += [Upsert(found[pk]) if pk in found else Delete(pk, version) for pk in chunk]
    return operations


def documents(page_ids: list[int], version: int) -> dict[int, SearchDoc]:
    """The documents of those of the pages that stand in the index, in a fixed number of queries and one per type."""
    pages = list(indexable().filter(pk__in=page_ids).specific())
    audiences: dict[int, list[str]] = defaultdict(list)
    tags = AudienceTag.objects.filter(content_object__in=page_ids)
    for pk, slug in tags.values_list("content_object_id", "tag__slug"):
        audiences[pk].append(slug)
    territories: dict[int, list[str]] = defaultdict(list)
    places = PageTerritory.objects.filter(page__in=page_ids)
    for pk, slug in places.values_list("page_id", "territory__slug"):
        territories[pk].append(slug)
    locales = Locale.all_objects.in_bulk()
    pages = [page for page in pages if isinstance(page, HubPage)]
    linked = {page.pk: _linked_documents(page) for page in pages}
    words = pdf.texts(chain.from_iterable(linked.values()))
    found = {}
    for page in pages:
        page.locale = locales[page.locale_id]
        page.audience_slugs, page.territory_slugs = audiences[page.pk], territories[page.pk]
        attached = [words[pk] for pk in linked[page.pk] if words.get(pk)]
        try:
            found[page.pk] = to_document(page, version, attached)
        except Exception:  # one page that cannot be read must not keep the others out
            logger.exception("page %s cannot be indexed", page.pk)
    return found


def _linked_documents(page: HubPage) -> list[int]:
    try:
        return sorted(page.linked_document_ids())
    except Exception:
        logger.exception("the links of page %s cannot be read", page.pk)
        return []


def to_document(page: HubPage, version: int, attached: Iterable[str] = ()) -> SearchDoc:
    """``attached`` are the words of the documents that the page links to. They stand after its own."""
    return SearchDoc(
        id=page.pk,
        locale=page.locale.language_code,
        type=page.kind,
        title=_plain(page.title),
        summary=_plain(page.summary),
        body=_plain(" ".join([page.search_body(), *attached]))[:MAX_BODY],
        keywords=tuple(_plain(word) for word in page.search_keywords),
        audiences=tuple(page.audience_slugs),
        territories=tuple(page.territory_slugs),
        sectors=tuple(page.sector_slugs),
        url=_address(page),
        published=page.first_published_at,
        updated=page.last_published_at,
        boost=_BOOSTS.get(page.kind, 1.0),
        version=version,
    )


def _address(page: HubPage) -> str:
    """Where the page stands, empty on a hub without a site.

    Wagtail keeps the roots of sites in the cache for an hour. Pages are also read aside, while a new hub is being
    built: what was read just before the site stood may be kept just after, for everybody. So "nowhere" is asked again.
    """
    address: str | None = page.get_url()
    if address is None:
        Site.clear_site_root_paths_cache()
        again = Page.objects.filter(pk=page.pk).first()  # a page keeps the roots that it was read with
        address = again and again.get_url()
    if address is None:
        Site.clear_site_root_paths_cache()
    return address or ""


def _plain(text: str) -> str:
    """Text on one line, composed."""
    return " ".join(unicodedata.normalize("NFC", str(text)).replace("\x00", "").split())
