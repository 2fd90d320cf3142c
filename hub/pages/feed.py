"""Any list of pages as Atom."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed


def wants_atom(request: HttpRequest) -> bool:
    return request.GET.get("format") == "atom"


def absolute(path: str) -> str:
    """An address of the hub with its scheme and host, from ``BASE_URL``: a forged Host header cannot enter it."""
    return path if path.startswith(("http://", "https://")) else f"{settings.BASE_URL}{path}"


def atom_response(request: HttpRequest, page: Any, entries: Iterable[Any]) -> HttpResponse:
    """Entries are pages with title, summary and date of last publication."""
    feed = Atom1Feed(
        title=page.title,
        link=absolute(page.get_url(request) or "/"),
        description=page.search_description,
        language=page.locale.language_code,
        feed_url=absolute(request.get_full_path()),
    )
    for entry in entries:
        link = absolute(entry.get_url(request) or "/")
        feed.add_item(
            title=entry.title,
            link=link,
            description=entry.search_description,
            unique_id=link,
            pubdate=entry.first_published_at,
            updateddate=entry.last_published_at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
