"""Any list of pages as Atom."""

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed

from hub.pages.links import PageLink


def wants_atom(request: HttpRequest) -> bool:
    return request.GET.get("format") == "atom"


def absolute(path: str) -> str:
    """An address of the hub with its scheme and host, from ``BASE_URL``: a forged Host header cannot enter it."""
    return path if path.startswith(("http://", "https://")) else f"{settings.BASE_URL}{path}"


def atom_response(request: HttpRequest, source: PageLink, entries: Iterable[PageLink]) -> HttpResponse:
    """``source`` is what the feed is of: its title, summary, address and language head the feed."""
    feed = Atom1Feed(
        title=source.title,
        link=absolute(source.url),
        description=source.search_description,
        language=source.language,
        feed_url=absolute(request.get_full_path()),
    )
    for entry in entries:
        link = absolute(entry.url)
        feed.add_item(
            title=entry.title,
            link=link,
            description=entry.search_description,
            unique_id=link,
            pubdate=entry.first_published_at,
            updateddate=entry.last_published_at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
