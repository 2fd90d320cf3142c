"""Which cases an address names: ``?case=slug&case=slug``, in the order given."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casestudies.models import CaseStudyPage
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

    def without(self, slug: str) -> str:
        return query([each for each in self.slugs if each != slug])


def query(slugs: list[str]) -> str:
    return f"?{urlencode([(NAME, slug) for slug in slugs])}" if slugs else ""


def chosen(request: HttpRequest, page: HubPage, most: int) -> Choice:
    """The cases that visitors may see, with their territories: three queries, or none when nothing is asked.

    A slug of any language is understood, so that switching the language keeps the choice. Whether a case is unknown,
    a draft, closed to visitors or past its date is not told: the answer is the same.
    """
    asked = [slug for slug in dict.fromkeys(request.GET.getlist(NAME)) if slug.strip()]
    messages: list[str] = []
    read = asked[:_READ]
    keys = _keys(read, page.locale_id)
    unknown = [slug for slug in read if slug not in keys]
    cases = _cases(list(dict.fromkeys(keys[slug] for slug in read if slug in keys)), page.locale_id)
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


def _keys(slugs: list[str], locale_id: int) -> dict[str, Any]:
    """What each slug stands for. Two languages may use one slug for two cases: then that of the page's language."""
    readable = [slug for slug in slugs if len(slug) <= _LONGEST and "\x00" not in slug]
    if not readable:
        return {}
    pages = visible(CaseStudyPage.objects.filter(slug__in=readable, alias_of__isnull=True))
    found: dict[str, Any] = {}
    for slug, key, locale in pages.order_by("path").values_list("slug", "translation_key", "locale_id"):
        if slug not in found or locale == locale_id:
            found[slug] = key
    return found


def _cases(keys: list[Any], locale_id: int) -> list[CaseStudyPage]:
    """The pages behind the keys in their order, in the page's language or else in the one they have."""
    if not keys:
        return []
    pages = visible(CaseStudyPage.objects.filter(translation_key__in=keys, alias_of__isnull=True))
    found: dict[Any, CaseStudyPage] = {}
    for case in pages.select_related("locale", "organisation", "sector").order_by("path"):
        if case.translation_key not in found or case.locale_id == locale_id:
            found[case.translation_key] = case
    return [found[key] for key in keys if key in found]


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
