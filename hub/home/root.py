"""Addresses without a language: off to the visitor's own."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.middleware.locale import LocaleMiddleware
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, get_language_from_path, get_language_from_request


def to_language(request: HttpRequest) -> HttpResponse:
    """The bare address."""
    language = get_language_from_request(request)
    known = dict(settings.LANGUAGES)
    response = HttpResponseRedirect(f"/{language if language in known else settings.LANGUAGE_CODE}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


class PageLocaleMiddleware(LocaleMiddleware):
    """Sends ``/guide/`` to ``/fr/guide/``, but leaves the API, the files and the admin their own 404.

    Django takes every 404 without a language for a page that may exist under one; Wagtail's routes match anything, so
    a program that asks the API for a missing page would be redirected to a page for people.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        known_address = request.resolver_match and not get_language_from_path(request.path_info)
        if response.status_code == 404 and known_address:
            patch_vary_headers(response, ["Accept-Language"])
            response.headers.setdefault("Content-Language", get_language())
            return response
        return super().process_response(request, response)
