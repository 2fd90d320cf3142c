"""The page where a mayor finds communes like their own. Reading only: the commune asked for stands in the address."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from wagtail.models import Page

from casestudies.likeness import closeness
from casestudies.likeness.cases import Row, cases
from casestudies.likeness.closeness import COMMUNE_BANDS, TERRITORY_BANDS, Ranked, rank
from casestudies.likeness.forms import CommuneForm
from casestudies.likeness.naming import Match, suggestions
from casestudies.likeness.words import Reason, reason
from casestudies.models import ComparisonPage, DossierPage, LikenessPage
from hub.geography import communes
from hub.geography.communes import DEPARTEMENTS, RURAL_BELOW, Commune
from hub.pages.links import page_links
from hub.pages.listing import page_number
from hub.pages.tools import answer
from hub.pages.visibility import visible

CLOSEST = 6  # shown as cards
_PER_PAGE = 24  # of the others
_COMPARED = 3


def likeness(request: HttpRequest, page: LikenessPage) -> HttpResponse:
    if "suggest" in request.GET:
        return _suggest(request)
    commune = communes.commune(request.GET.get("insee", ""))
    asked = "commune" in request.GET or "insee" in request.GET
    words = request.GET.get("commune") or request.GET.get("insee", "")
    form = CommuneForm({"commune": commune.name if commune else words} if asked else None)
    kept = {"insee": commune.code} if commune else {"commune": words}
    values: dict[str, Any] = {"form": form, "method": _method(), "keep_query": f"?{urlencode(kept)}" if asked else ""}
    if commune:
        values |= _ranking(request, page, Match(commune))
    elif asked and form.is_valid():
        found = form.named.found
        values |= _ranking(request, page, found[0]) if len(found) == 1 else {"several": _choices(found)}
    elif asked:
        values |= {"near": _choices(form.named.near)}
    return answer(request, page, **values)


def _suggest(request: HttpRequest) -> HttpResponse:
    """For the list under the field while somebody types."""
    found = suggestions(request.GET["suggest"])
    listed = [{"text": _name(each), "url": request.path + _address(each)} for each in found]
    response = JsonResponse({"suggestions": listed})
    response["X-Robots-Tag"] = "noindex"
    return response


def _address(match: Match) -> str:
    return "?" + urlencode({"insee": match.commune.code})


def _name(match: Match) -> str:
    place = match.commune.departement.title()
    if match.former:
        return _("%(commune)s, formerly %(former)s (%(departement)s)") % {
            "commune": match.commune.name,
            "former": match.former,
            "departement": place,
        }
    return f"{match.commune.name} ({place})"


def _choices(matches: list[Match]) -> list[dict[str, Any]]:
    return [{"name": _name(each), "url": _address(each), "commune": each.commune} for each in matches]


def _ranking(request: HttpRequest, page: LikenessPage, match: Match) -> dict[str, Any]:
    commune, language = match.commune, page.locale.language_code
    found, rows = cases(language)
    ranked = rank(commune, found)
    messages: list[str] = []
    paginator = Paginator(ranked[CLOSEST:], _PER_PAGE)
    others = paginator.page(page_number(request.GET.get("page"), paginator.num_pages, messages))
    closest = ranked[:CLOSEST] if others.number == 1 else []
    return {
        "match": match,
        "commune": commune,
        "departement": (commune.departement.title(), DEPARTEMENTS[commune.departement]),
        "year": communes.year(),
        "total": len(ranked),
        "closest": _explained(commune, closest, rows),
        "others": _explained(commune, others.object_list, rows),
        "others_from": CLOSEST + others.start_index(),
        "listing": {"page": others, "query": urlencode({"insee": commune.code})},
        "messages": messages,
        "ways": _ways(language, [rows[each.case.key] for each in ranked[:_COMPARED]]),
    }


@dataclass(frozen=True)
class Explained:
    """A case with its place in the ranking in words."""

    case: Row
    score: int
    is_known: bool
    reason: Reason


def _explained(commune: Commune, ranked: Iterable[Ranked], rows: dict[int, Row]) -> list[Explained]:
    return [
        Explained(rows[case.key], close.score, close.is_known, reason(commune, close))
        for case, close in ((each.case, each.closeness) for each in ranked)
    ]


def _ways(language: str, first: list[Row]) -> list[tuple[str, str]]:
    """Where the closest cases are taken further: the address with these cases in it, and the words on the way there."""
    query = urlencode([("case", each.slug) for each in first])
    types = ContentType.objects.get_for_models(ComparisonPage, DossierPage)
    pages = Page.objects.filter(locale__language_code=language, alias_of__isnull=True, content_type__in=types.values())
    targets = {link.model: f"{link.url}?{query}" for link in page_links(visible(pages).order_by("-path"))}
    wanted = [
        (ComparisonPage, len(first) > 1, _("Compare the closest ones")),
        (DossierPage, bool(first), _("Put them in a dossier for the council")),
    ]
    return [(targets[model], words) for model, makes_sense, words in wanted if makes_sense and model in targets]


def _method() -> dict[str, Any]:
    """The points as they are given, so that what is said of them holds."""
    return {
        "size": closeness.SIZE,
        "distance": closeness.DISTANCE,
        "far": round(closeness.FAR),
        "setting": closeness.SETTING,
        "setting_in_part": closeness.SETTING_IN_PART,
        "epci": closeness.EPCI,
        "departement": closeness.DEPARTEMENT,
        "commune_bands": COMMUNE_BANDS,
        "territory_bands": TERRITORY_BANDS,
        "rural_below": RURAL_BELOW,
    }
