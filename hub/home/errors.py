"""Error pages in the visitor's language, whatever failed."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template import loader
from django.utils import translation


def _language(request: HttpRequest) -> str:
    """From the address when it names a language, else from the browser."""
    return translation.get_language_from_request(request, check_path=True)


def _page(request: HttpRequest, template: str, status: int) -> HttpResponse:
    with translation.override(_language(request)):
        return render(request, template, status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "errors/404.html", 404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "errors/400.html", 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "errors/403.html", 403)


def expired_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its CSRF token, or with one that is no longer good (``CSRF_FAILURE_VIEW``)."""
    return _page(request, "errors/expired_form.html", 403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Asks nothing of the database or the cache, for they may be what failed."""
    language = _language(request) if hasattr(request, "path_info") else settings.LANGUAGE_CODE
    with translation.override(language):
        return HttpResponseServerError(loader.render_to_string("errors/500.html", {"language": language}))
