"""A case as JSON, at its own address with ``?format=json``. What each name holds: ``docs/open-data.md``.

Names are kept; new ones may be added. ``version`` goes up when one changes its meaning.
"""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from wagtail.models import Page

from casestudies.facts import lines_of
from casestudies.mentoring.openings import open_version
from casestudies.models import CaseStudyPage
from hub.pages.bibliography import Bibliography
from hub.pages.feed import absolute
from hub.pages.links import page_links
from hub.pages.visibility import visible

VERSION = 1
QUERY = "?format=json"
# As the legal notice states it.
LICENCE = {
    "name": "Licence Ouverte 2.0",
    "spdx": "etalab-2.0",
    "url": "https://spdx.org/licenses/etalab-2.0.html",
}


def answer(request: HttpRequest, case: CaseStudyPage) -> HttpResponse:
    """For any site and any program: the data are public, and no cookie opens more of them."""
    response = JsonResponse(open_data(case), json_dumps_params={"ensure_ascii": False})
    response["Access-Control-Allow-Origin"] = "*"
    return response


def open_data(case: CaseStudyPage) -> dict[str, Any]:
    """Published texts and figures only: whom a mentor's requests go to stands in another table and never here."""
    organisation = case.organisation
    addresses = _addresses(case)
    mentored = case.mentoring_open and open_version(case).exists()
    return {
        "version": VERSION,
        "id": str(case.translation_key),
        "language": case.locale.language_code,
        "url": addresses.get(case.locale.language_code),
        "translations": [
            {"language": language, "url": url}
            for language, url in addresses.items()
            if language != case.locale.language_code
        ],
        "licence": LICENCE,
        "title": case.title,
        "summary": case.search_description,
        "status": case.status,
        "checked_on": case.checked_on,
        "first_published": case.first_published_at,
        "last_published": case.last_published_at,
        "audiences": case.audience_slugs,
        "territories": case.territory_slugs,
        "sector": case.sector.slug if case.sector else None,
        "organisation": {
            "key": organisation.slug,
            "name": organisation.name,
            "description": organisation.description or None,
            "kind": organisation.kind,
            "size": _known(organisation.size_band),
            "setting": organisation.setting,
            "commune": {"name": organisation.commune or None, "insee": organisation.commune_code or None},
            "epci": {"name": organisation.epci or None, "siren": organisation.epci_code or None},
            "inhabitants": {"count": organisation.population, "year": organisation.population_year},
            "latitude": _number(organisation.latitude),
            "longitude": _number(organisation.longitude),
            "website": organisation.website or None,
        },
        "period": {"from": case.period_start, "to": case.period_end},
        "legal_form": _known(case.legal_form),
        "rhythm": {"kind": _known(case.rhythm), "detail": case.rhythm_detail or None},
        "places": _known(case.places),
        "people": {
            "total": case.people_total,
            "eligible": case.people_eligible,
            "teleworking": case.people_teleworking,
            "note": case.people_note or None,
        },
        "why": lines_of(case.why),
        "approach": lines_of(case.approach),
        "results": [_figure(item.value) for item in case.figures],
        "costs": [_figure(item.value) for item in case.costs],
        "funding": lines_of(case.funding),
        "difficulties": [
            {"problem": item.value["problem"], "answer": lines_of(item.value["answer"])} for item in case.difficulties
        ],
        "timeline": [
            {"when": item.value["when"], "text": item.value["text"], "source": item.value["source"] or None}
            for item in case.timeline
        ],
        "advice": [item.value for item in case.advice],
        "quotes": [
            {name: item.value[name] or None for name in ("text", "person", "function", "when")}
            | {"translated": bool(item.value["translated"])}
            for item in case.quotes
            if item.value["consent"]
        ],
        "unknowns": [item.value for item in case.unknowns],
        "discrepancies": [
            {"text": item.value["text"], "source": item.value["source"] or None} for item in case.discrepancies
        ],
        "mentoring": {
            "open": mentored,
            "themes": [item.value for item in case.mentoring_themes] if mentored else [],
        },
        "sources": [_source(source) for _place, source in Bibliography(case.source_keys())],
    }


def _addresses(case: CaseStudyPage) -> dict[str, str]:
    """The page in every language in which visitors may read it."""
    pages = visible(Page.objects.filter(translation_key=case.translation_key, alias_of__isnull=True))
    return {link.language: absolute(link.url) for link in page_links(pages.order_by("path"))}


def _known(choice: str) -> str | None:
    return None if choice == "unknown" else choice


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral() else float(value)


def _figure(value: Any) -> dict[str, Any]:
    return {
        "value": _number(value["value"]),
        "upper": _number(value["upper"]),
        "approximate": bool(value["approximate"]),
        "unit": value["unit"] or None,
        "label": value["label"],
        "year": value["year"],
        "source": value["source"] or None,
        "note": value["note"] or None,
    }


def _source(source: Any) -> dict[str, Any]:
    return {
        "key": source.key,
        "title": source.title,
        "publisher": source.publisher,
        "date": source.date or None,
        "url": source.url or None,
        "kind": source.kind,
        "language": source.language,
    }
