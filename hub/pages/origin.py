"""Forms of the public pages, kept safe from other sites without a cookie, and their answers from caches.

Django's token needs a cookie, and a visitor who opens a form has sent nothing yet. Every browser in use says where a
POST comes from (``Sec-Fetch-Site``, and ``Origin`` before it), so a POST from another site is refused by that. Nobody
is signed in on a public page, and what is sent there is only worked out and shown: there is no authority to borrow.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

READING = frozenset({"GET", "HEAD", "OPTIONS"})
View = Callable[..., HttpResponseBase]


def from_here(request: HttpRequest) -> bool:
    """Whether this site sent the request. Programs that name no origin are no browser and carry nobody's cookies."""
    site = request.headers.get("Sec-Fetch-Site", "")
    if site:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin", "")
    return not origin or urlsplit(origin).netloc == request.get_host()


def same_origin(view: View) -> View:
    """A view that takes a POST from this site's own pages only, in place of a token and its cookie.

    What answers it may repeat what a visitor typed: nobody may keep it.
    """

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method in READING:
            return view(request, *args, **kwargs)
        if not from_here(request):
            raise PermissionDenied
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    return guarded
