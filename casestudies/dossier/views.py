"""The page of the papers: which cases, what the dossier will hold, and the papers themselves by ``paper`` and
``format``. Nothing is asked of anybody and nothing is kept: the choice lives in the address."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from traceback import extract_tb
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from casestudies.choosing import Choice, chosen
from casestudies.dossier.briefing import BRIEFED
from casestudies.dossier.papers import DOSSIER, KINDS, Kind
from casestudies.dossier.ranking import best_documented, visible_cases
from casestudies.models import CaseStudyIndexPage, CaseStudyPage, DossierPage
from hub.pages.cards import add_card_labels
from hub.pages.tools import answer, neighbour
from hub.typesetting.names import attachment

MOST = 6
_OFFERED = 60  # beyond, the library with its filters is the better place to choose
_READ = ("locale", "organisation", "sector")
_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Offer:
    """A case that can be ticked."""

    slug: str
    title: str
    organisation: str
    ticked: bool


def dossier(request: HttpRequest, page: DossierPage) -> HttpResponse:
    choice = chosen(request, page, MOST)
    messages = list(choice.messages)
    paper, form = (request.GET.get(name, "").strip().lower() for name in ("paper", "format"))
    kind = KINDS.get((paper or DOSSIER, form))
    failed = False
    if kind is None:
        if paper or form:
            messages.append(_("This paper does not exist in that format. Those that do are below."))
    elif not choice.cases and (paper or DOSSIER) == DOSSIER:
        messages.append(_("Choose at least one case: the dossier is made of them."))
    else:
        try:
            return _file(page, kind, choice.cases or _ready(page))
        except Exception as error:  # whatever a format's library may raise: the page is still there to try another
            _logger.error("dossier failed: %s as %s at %s", type(error).__name__, form, _place(error))
            messages.append(_("This document could not be made. Please try another format, or try again later."))
            failed = True
    response = answer(request, page, **_shown(page, choice, messages))
    response.status_code = 503 if failed else 200
    if request.GET:
        response["X-Robots-Tag"] = "noindex"
    return response


def _file(page: DossierPage, kind: Kind, cases: Sequence[CaseStudyPage]) -> HttpResponse:
    made = kind.make(page, cases)
    return HttpResponse(
        made.data,
        content_type=kind.media_type,
        headers={"Content-Disposition": attachment(made.name, kind.extension), "X-Robots-Tag": "noindex"},
    )


def _place(error: BaseException) -> str:
    frames = extract_tb(error.__traceback__)
    return " > ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in frames)


def _ready(page: DossierPage) -> list[CaseStudyPage]:
    """The cases of a paper for which none were chosen, in the order of their rank."""
    slugs = best_documented(page, BRIEFED)
    cases = list(visible_cases(page).filter(slug__in=slugs).select_related(*_READ))
    add_card_labels(cases, page.locale.language_code)
    for case in cases:
        case.territory_slugs = [row.slug for row in case.card_territories]
    return sorted(cases, key=lambda case: slugs.index(case.slug))


def _shown(page: DossierPage, choice: Choice, messages: list[str]) -> dict[str, Any]:
    rows = visible_cases(page).values_list("slug", "title", "organisation__name")[: _OFFERED + 1]
    offers = [Offer(slug, title, name, slug in choice.slugs) for slug, title, name in rows]
    count = len(choice.cases)
    return {
        "choice": choice,
        "keep_query": choice.query,
        "messages": messages,
        "offers": offers[:_OFFERED],
        "more_offers": len(offers) > _OFFERED,
        "library": neighbour(CaseStudyIndexPage, page.locale.language_code),
        "most": MOST,
        # A cover, the cases, their comparison over one or two, the sources.
        "pages": count + 2 + (0 if count < 2 else 1 if count < 4 else 2),
    }
