"""The facts of a case at a glance, as plain values in the active language.

The page, the comparison and the papers all say them from here, so that a fact reads the same everywhere.
"""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from wagtail.rich_text import RichText

from casestudies.models import CaseStudyPage
from hub.pages.templatetags.hub_tags import day, number
from hub.vocabulary.catalogue import labels
from hub.vocabulary.models import Sector, Territory

_BREAK = re.compile(r"</(?:p|li|h[1-6])>|<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_SPACES = re.compile(r"[ \t\r\n]+")  # never a no-break space


@dataclass(frozen=True)
class Fact:
    """``lines`` are what is known, most important first; none means that it is not known."""

    name: str
    label: str
    lines: tuple[str, ...]

    @property
    def known(self) -> bool:
        return bool(self.lines)


def facts(case: CaseStudyPage) -> list[Fact]:
    """In the order in which one asks: who, where, when, how, how many."""
    organisation = case.organisation
    language = get_language() or case.locale.language_code
    sector = labels(Sector, language).name(case.sector.slug) if case.sector else ""
    territories = labels(Territory, language).pick(case.territory_slugs)
    return [
        _fact("organisation", _("Organisation"), organisation.name, organisation.description),
        _fact("kind", _("Kind"), capfirst(organisation.get_kind_display())),
        _fact("size", _("Size"), _chosen(organisation, "size_band")),
        _fact("sector", _("Sector"), sector),
        _fact("commune", _("Commune"), organisation.commune),
        _fact("epci", _("Intercommunal authority"), organisation.epci),
        _fact("inhabitants", _("Inhabitants"), _inhabitants(case)),
        _fact("territory", _("Territory"), ", ".join(row.label for row in territories)),
        _fact("status", _("Status"), capfirst(case.get_status_display())),
        _fact("period", _("Period"), case.period),
        _fact("legal_form", _("Legal form"), _chosen(case, "legal_form")),
        _fact("rhythm", _("Rhythm"), _chosen(case, "rhythm"), case.rhythm_detail),
        _fact("places", _("Places"), _chosen(case, "places")),
        _fact("people_teleworking", _("People teleworking"), _count(case.people_teleworking)),
        _fact("people_eligible", _("People eligible"), _count(case.people_eligible)),
        _fact("people_share", _("Teleworking, of those eligible"), _share(case)),
        _fact("people_total", _("People in all"), _count(case.people_total)),
        _fact("people_note", _("About these numbers"), case.people_note),
        Fact("mentoring", _("Open to requests for advice"), tuple(_mentoring(case))),
        _fact("checked_on", _("Checked on"), day(case.checked_on)),
    ]


def lines_of(value: RichText | str | None) -> tuple[str, ...]:
    """Rich text as plain lines: a paragraph, an item or a heading each."""
    source = value.source if isinstance(value, RichText) else value or ""
    parts = (_SPACES.sub(" ", html.unescape(_TAG.sub("", part))).strip() for part in _BREAK.split(source))
    return tuple(part for part in parts if part)


def eligible_share(case: CaseStudyPage) -> Decimal | None:
    """Per cent of those eligible who telework, to one decimal; None where either number is missing or cannot be."""
    teleworking, eligible = case.people_teleworking, case.people_eligible
    if teleworking is None or not eligible or teleworking > eligible:
        return None
    return (Decimal(100 * teleworking) / eligible).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _fact(name: str, label: str, *lines: str) -> Fact:
    return Fact(name, label, tuple(line for line in lines if line))


def _chosen(row: Any, field: str) -> str:
    """The words of a choice; nothing where it says "not known"."""
    return "" if getattr(row, field) == "unknown" else capfirst(getattr(row, f"get_{field}_display")())


def _count(people: int | None) -> str:
    return "" if people is None else number(people)


def _inhabitants(case: CaseStudyPage) -> str:
    organisation = case.organisation
    if organisation.population is None:
        return ""
    count = number(organisation.population)
    if organisation.population_year is None:
        return count
    return _("%(count)s (%(year)s)") % {"count": count, "year": organisation.population_year}


def _share(case: CaseStudyPage) -> str:
    share = eligible_share(case)
    return "" if share is None else percent(share)


def percent(share: Decimal) -> str:
    return pgettext("per cent", "%(number)s%%") % {"number": number(share)}


def _mentoring(case: CaseStudyPage) -> Iterable[str]:
    if not case.mentoring_open:
        return [_("No")]
    themes = ", ".join(str(item.value) for item in case.mentoring_themes)
    return [line for line in (_("Yes"), themes, case.mentoring_format) if line]
