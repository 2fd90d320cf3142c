"""By what the library is filtered and ordered, beside readers, territories and sectors."""

import datetime
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from casestudies.models.case import CaseStudyPage
from casestudies.models.organisation import Organisation
from hub.geography import communes
from hub.pages.listing import Facet, Sort

_FIRST_YEAR = 1970  # no case is older: before it nobody had a line to work by
_SMALL_WORDS = {"cc", "ca", "cu", "metropole", "de", "du", "des", "d", "la", "le", "les", "l"}


@cache
def authorities() -> list[tuple[str, str]]:
    """Intercommunal authorities by their own name: « CC du Pays de Falaise » stands under P."""
    return sorted(((each.code, each.name) for each in communes.all_epcis()), key=lambda each: own_name(each[1]))


def own_name(name: str) -> str:
    words = slugify(name.replace("’", " ")).split("-")
    while words and words[0] in _SMALL_WORDS:
        words = words[1:]
    return " ".join(words)


def years(start: int | None, end: int | None) -> range:
    """Every year of a period that the filter offers; a period without an end is its first year. Typed the wrong way
    round it is the same period, and a digit too many makes no thousands of years."""
    known = [year for year in (start, end) if year]
    if not known:
        return range(0)
    return range(max(min(known), _FIRST_YEAR), min(max(known), _last_year()) + 1)


def year_choices() -> list[tuple[str, str]]:
    """The newest first."""
    return [(str(year), str(year)) for year in range(_last_year(), _FIRST_YEAR - 1, -1)]


def _last_year() -> int:
    return datetime.date.today().year + 1


def places(place: str) -> tuple[str, ...]:
    """A case that joins home and shared workplace counts under each of them."""
    both = (CaseStudyPage.Place.HOME.value, CaseStudyPage.Place.SHARED.value)
    return both if place == CaseStudyPage.Place.BOTH else (place,)


def place_choices() -> list[tuple[str, Any]]:
    return [choice for choice in CaseStudyPage.Place.choices if choice[0] != CaseStudyPage.Place.BOTH]


def about_organisations() -> list[Facet]:
    return [
        Facet("size", _("Size"), "organisation__size_band", lambda: Organisation.SizeBand.choices),
        Facet("epci", _("Intercommunal authority"), "organisation__epci_code", authorities),
        Facet("setting", _("Town or country"), "organisation__setting", lambda: Organisation.Setting.choices),
    ]


def about_telework() -> list[Facet]:
    return [
        Facet("form", _("Legal form"), "legal_form", lambda: CaseStudyPage.LegalForm.choices),
        Facet("rhythm", _("Rhythm"), "rhythm", lambda: CaseStudyPage.Rhythm.choices),
        Facet("place", _("Place of work"), "places", place_choices, values=places),
        Facet("status", _("Kind of account"), "status", lambda: CaseStudyPage.Status.choices),
        Facet("year", _("Year"), "period_start", year_choices, also=("period_end",), values=years),
    ]


def _newest(start: int | None, end: int | None) -> Iterator[int]:
    """Periods that end last come first; cases without a period last."""
    yield -(end or start or 0)
    yield -(start or end or 0)


def orders() -> list[Sort]:
    return [
        Sort("editors", _("editors’ order")),
        Sort("newest", _("latest period"), ("period_start", "period_end"), lambda *period: tuple(_newest(*period))),
        Sort("people", _("most teleworkers"), ("people_teleworking",), lambda people: -(people or 0)),
        Sort("checked", _("checked lately"), ("checked_on",), lambda day: -day.toordinal()),
        Sort("title", _("title"), ("title",), slugify),
    ]
