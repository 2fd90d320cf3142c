"""Pictures for visitors, when no web server in front serves them.

Documents are never served from here: they go through Wagtail's document view, which knows their permissions.
"""

import posixpath

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.static import serve

_PUBLIC_FOLDERS = ("images/", "original_images/")


def media(request: HttpRequest, path: str) -> HttpResponseBase:
    # Judged as it will be opened: "images/../documents/…" is not below "images/".
    if posixpath.normpath(path) != path or not path.startswith(_PUBLIC_FOLDERS):
        raise Http404
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response["Cache-Control"] = "public, max-age=2592000"
    # A drawing opened by itself may run nothing.
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response
