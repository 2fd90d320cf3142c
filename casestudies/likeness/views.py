"""The page where a mayor finds communes like their own. Reading only: the commune asked for stands in the address."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from casestudies.likeness import closeness
from casestudies.likeness.cases import Row, cases
from casestudies.likeness.closeness import COMMUNE_BANDS, TERRITORY_BANDS, Ranked, rank
from casestudies.likeness.forms import CommuneForm
from casestudies.likeness.naming import Match, suggestions
from casestudies.likeness.words import Reason, reason
from casestudies.models import CaseStudyPage, ComparisonPage, DossierPage, LikenessPage
from hub.geography import communes
from hub.geography.communes import DEPARTEMENTS, RURAL_BELOW, Commune
from hub.pages.links import PageLink
from hub.pages.listing import page_number
from hub.pages.tools import answer, neighbour

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
    values: dict[str, Any] = {"form": form, "method": _method()}
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
    found, links = cases(language)
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
        "closest": _with_pages(_explained(commune, closest, links)),
        "others": _explained(commune, others.object_list, links),
        "others_from": CLOSEST + others.start_index(),
        "listing": {"page": others, "query": urlencode({"insee": commune.code})},
        "messages": messages,
        "ways": _ways(language, [links[each.case.key] for each in ranked[:_COMPARED]]),
    }


@dataclass
class Explained:
    """A case with its place in the ranking in words. ``page`` is read for the closest alone."""

    key: int
    link: Row
    score: int
    is_known: bool
    reason: Reason
    page: CaseStudyPage | None = None


def _explained(commune: Commune, ranked: Iterable[Ranked], links: dict[int, Row]) -> list[Explained]:
    rows = []
    for each in ranked:
        close = each.closeness
        why = reason(commune, close)
        rows.append(Explained(each.case.key, links[each.case.key], close.score, close.is_known, why))
    return rows


def _with_pages(rows: list[Explained]) -> list[Explained]:
    pages = CaseStudyPage.objects.select_related("organisation").in_bulk([row.key for row in rows])
    for row in rows:
        row.page = pages.get(row.key)
    return rows


def _ways(language: str, first: list[Row]) -> list[tuple[PageLink, str, str]]:
    """The pages that take the closest cases further, with what to write on the way there."""
    query = urlencode([("case", each.slug) for each in first])
    comparison = neighbour(ComparisonPage, language) if len(first) > 1 else None
    dossier = neighbour(DossierPage, language) if first else None
    ways = [
        (comparison, _("Compare the closest ones")),
        (dossier, _("Put them in a dossier for the council")),
    ]
    return [(target, words, f"{target.url}?{query}") for target, words in ways if target]


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
