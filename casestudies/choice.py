"""The cases that a visitor has chosen to compare or to take away. The choice lives in the address and nowhere else."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hub.pages.listing import quoted

NAME = "case"  # in the address, once for each case: its slug
MOST = 12  # cases kept; a comparison takes two to four of them


@dataclass(frozen=True)
class ChosenCase:
    slug: str
    title: str
    url: str
    remove: str


@dataclass
class ChosenCases:
    cases: list[ChosenCase] = field(default_factory=list)
    # Where the choice leads; empty when there is no such page for visitors.
    comparison: str = ""
    dossier: str = ""
    # Slugs whose box is not on the page shown.
    elsewhere: list[str] = field(default_factory=list)
    # Filters, order and page of the list, given back by the form that chooses.
    here: str = ""

    @property
    def slugs(self) -> set[str]:
        return {case.slug for case in self.cases}

    @property
    def is_open(self) -> bool:
        return bool(self.comparison or self.dossier)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        return [(NAME, case.slug) for case in self.cases]


def chosen_slugs(params: QueryDict, known: Mapping[str, int], messages: list[str] | None = None) -> list[str]:
    """The cases named in the address that can be chosen; the others are named in ``messages``."""
    asked = [slug for slug in dict.fromkeys(params.getlist(NAME)) if slug]
    found = [slug for slug in asked if slug in known]
    if messages is not None and len(found) < len(asked):
        unknown = [slug for slug in asked if slug not in known]
        messages.append(
            ngettext(
                "There is no case %(values)s to choose: it was left aside.",
                "There are no cases %(values)s to choose: they were left aside.",
                len(unknown),
            )
            % {"values": ", ".join(quoted(slug[:40]) for slug in unknown[:5])}
        )
    if messages is not None and len(found) > MOST:
        messages.append(_("At most %(most)s cases can be kept: the first ones were.") % {"most": MOST})
    return found[:MOST]


def kept_address(path: str, filters: str, slugs: Iterable[str], names: Sequence[str]) -> str:
    """The list with its filters, as ``filters`` tells them, and with the boxes that were ticked."""
    pairs = [(name, value) for name, value in parse_qsl(filters) if name in names]
    pairs += [(NAME, slug) for slug in dict.fromkeys(slugs) if slug]
    return f"{path}{'?' + urlencode(pairs) if pairs else ''}#list"
