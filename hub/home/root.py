"""The bare address: off to the visitor's language."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request


def to_language(request: HttpRequest) -> HttpResponse:
    language = get_language_from_request(request)
    known = dict(settings.LANGUAGES)
    response = HttpResponseRedirect(f"/{language if language in known else settings.LANGUAGE_CODE}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response
