"""Which cases a visitor has chosen to compare or to take away: ``?case=slug&case=slug``, in the order given.

The choice lives in the address and nowhere else.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casestudies.models.case import CaseStudyPage
from hub.pages.listing import quoted
from hub.pages.models import HubPage
from hub.pages.visibility import visible
from hub.vocabulary.models import PageTerritory

NAME = "case"
_READ = 50  # slugs looked up at most; nobody asks for more by hand
_NAMED = 5  # slugs named in a message at most
_SHOWN = 40  # characters of a slug shown in a message
_LONGEST = 255  # characters of Wagtail's slugs


@dataclass(frozen=True)
class Choice:
    """``slugs`` are those of ``cases``, in the page's language wherever a case has one; ``messages`` say in words what
    was not understood or left out."""

    cases: list[CaseStudyPage]
    slugs: list[str]
    messages: list[str] = field(default_factory=list)

    @property
    def query(self) -> str:
        """For the address of another page that takes the same choice; empty when nothing is chosen."""
        return query(self.slugs)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        return [(NAME, slug) for slug in self.slugs]

    def without(self, slug: str) -> str:
        return query([each for each in self.slugs if each != slug])


def query(slugs: list[str]) -> str:
    return f"?{urlencode([(NAME, slug) for slug in slugs])}" if slugs else ""


def kept_address(path: str, filters: str, slugs: Iterable[str], names: Sequence[str]) -> str:
    """The list with its filters, as ``filters`` tells them, and with the boxes that were ticked."""
    pairs = [(name, value) for name, value in parse_qsl(filters) if name in names]
    pairs += [(NAME, slug) for slug in dict.fromkeys(slugs) if slug]
    return f"{path}{'?' + urlencode(pairs) if pairs else ''}#list"


def chosen(request: HttpRequest, page: HubPage, most: int) -> Choice:
    """The cases that visitors may see, with their territories: two queries, or none when nothing is asked.

    A slug of any language is understood, so that switching the language keeps the choice. Whether a case is unknown,
    a draft, closed to visitors or past its date is not told: the answer is the same.
    """
    asked = [slug for slug in dict.fromkeys(request.GET.getlist(NAME)) if slug.strip()]
    messages: list[str] = []
    read = asked[:_READ]
    versions = _versions(read)
    keys, by_key = _by_slug(versions, page.locale_id), _by_key(versions, page.locale_id)
    unknown = [slug for slug in read if slug not in keys]
    cases = [by_key[key] for key in dict.fromkeys(keys[slug] for slug in read if slug in keys)]
    if unknown:
        messages.append(_unknown(unknown))
    kept, beyond = cases[:most], cases[most:]
    if beyond:
        messages.append(
            ngettext("Only the first case is kept.", "Only the first %(most)s cases are kept.", most) % {"most": most}
            + " "
            + _("Left out: %(titles)s.") % {"titles": ", ".join(quoted(case.title) for case in beyond[:_NAMED])}
        )
    _add_territories(kept)
    return Choice(kept, [case.slug for case in kept], messages)


def _versions(slugs: list[str]) -> list[CaseStudyPage]:
    """Every visible version, in whatever language, of the visible cases that bear one of these slugs: one query."""
    readable = [slug for slug in slugs if len(slug) <= _LONGEST and "\x00" not in slug]
    if not readable:
        return []
    pages = visible(CaseStudyPage.objects.filter(alias_of__isnull=True))
    named = pages.filter(slug__in=readable).values("translation_key")
    found = pages.filter(translation_key__in=named).select_related("locale", "organisation", "sector")
    return list(found.order_by("path"))


def _by_slug(versions: list[CaseStudyPage], locale_id: int) -> dict[str, Any]:
    """What each slug stands for. Two languages may use one slug for two cases: then that of the page's language."""
    keys: dict[str, Any] = {}
    for case in versions:
        if case.slug not in keys or case.locale_id == locale_id:
            keys[case.slug] = case.translation_key
    return keys


def _by_key(versions: list[CaseStudyPage], locale_id: int) -> dict[Any, CaseStudyPage]:
    """Each case in the page's language, or else in the one it has."""
    cases: dict[Any, CaseStudyPage] = {}
    for case in versions:
        if case.translation_key not in cases or case.locale_id == locale_id:
            cases[case.translation_key] = case
    return cases


def _add_territories(cases: list[CaseStudyPage]) -> None:
    if not cases:
        return
    slugs: dict[int, list[str]] = defaultdict(list)
    rows = PageTerritory.objects.filter(page__in=[case.pk for case in cases])
    for page_id, slug in rows.values_list("page_id", "territory__slug"):
        slugs[page_id].append(slug)
    for case in cases:
        case.territory_slugs = slugs[case.pk]


def _unknown(slugs: list[str]) -> str:
    names = ", ".join(quoted(_short(slug)) for slug in slugs[:_NAMED])
    if len(slugs) > _NAMED:
        names += ", …"
    return ngettext(
        "We have no published case called %(names)s.", "We have no published cases called %(names)s.", len(slugs)
    ) % {"names": names}


def _short(slug: str) -> str:
    text = "".join(each if each.isprintable() else "�" for each in slug[: _SHOWN + 1])
    return f"{text[:_SHOWN]}…" if len(slug) > _SHOWN else text
