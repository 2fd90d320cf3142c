"""Search for visitors, for programs and for feed readers; suggestions while typing; health for probes."""

import hmac
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page

from hub.pages.feed import atom_response
from hub.pages.links import PageLink, links_of
from hub.search import misses
from hub.search.contract import as_json
from hub.search.results import suggest
from hub.search.status import status
from hub.search.visit import Answer, answer, in_language, search_address

_EXPLAINERS_NAMED = 3  # in the box of an article; all of them stand first among the results


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    language = get_language() or settings.LANGUAGE_CODE
    asked = answer(request, language)
    if request.GET.get("format") == "json":
        return JsonResponse(as_json(asked, language))
    if request.GET.get("format") == "atom":
        return _as_atom(request, asked, language)
    if request.method == "GET" and _is_a_miss(asked):
        misses.record(asked.text, language)
    response = render(request, "search/results.html", _context(asked, language))
    response["X-Robots-Tag"] = "noindex"
    return response


def _is_a_miss(asked: Answer) -> bool:
    """Words that found nothing at all, though nothing narrowed the search."""
    nothing = not asked.total and asked.definition is None and asked.listing.page.number == 1
    return bool(asked.text) and not asked.is_filtered and nothing


def _context(asked: Answer, language: str) -> dict[str, object]:
    others = [each for each in asked.languages if each.code != language]
    article, number = asked.found.article, asked.listing.page.number
    explained_by = article.explained_by if article else ()
    return {
        "answer": asked,
        "listing": asked.listing,
        "results": asked.results,
        "article": article if number == 1 else None,
        "explainers": [result for result in asked.results if result.page.pk in explained_by][:_EXPLAINERS_NAMED],
        "counterparts": [
            (in_language(code), code, term, f"{search_address(code)}?{urlencode({'q': term})}")
            for code, term in (asked.definition.counterparts if asked.definition else ())
        ],
        "examples": [_("employer says no"), _("telework allowance"), _("coworking Orne"), "L1222-9"],
        "alternates": [{"code": each.code, "url": each.url, "name": each.name} for each in asked.languages],
        "others": others,
    }


def _as_atom(request: HttpRequest, asked: Answer, language: str) -> HttpResponse:
    title = _("Search: %(text)s") % {"text": asked.text} if asked.text else _("Search the hub")
    address = f"{request.path}?{asked.params.urlencode()}"
    source = PageLink(0, None, title, "", address, language, Page)
    return atom_response(request, source, links_of((result.page for result in asked.found.results), request))


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    language = get_language() or settings.LANGUAGE_CODE
    found = suggest(request.GET.get("q", ""), language, request)
    return JsonResponse({"suggestions": [{"text": each.text, "url": each.url} for each in found]})


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """How search is doing, for whoever holds ``HEALTH_TOKEN``: 200 when sound, 503 when not."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.HEALTH_TOKEN or not hmac.compare_digest(given.encode(), settings.HEALTH_TOKEN.encode()):
        return JsonResponse({"status": "forbidden"}, status=403)
    state = status()
    word, code = ("ok", 200) if state["ok"] else ("degraded", 503)
    return JsonResponse({"status": word, "search": state}, status=code)
