"""Which cases take requests for advice, and how many more this year."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, Sum
from django.utils import timezone

from casestudies.models import CaseStudyPage, MentorContact, MentoringCount
from hub.pages.links import public_path, root_paths
from hub.pages.visibility import visible
from hub.vocabulary.catalogue import labels
from hub.vocabulary.models import Sector

_SLUG = re.compile(r"[\w-]{1,255}")


@dataclass(frozen=True)
class Opening:
    """A case that takes requests. ``limit`` is how many a year, ``left`` how many it still takes this year; None: no
    limit was set."""

    case: CaseStudyPage
    url: str
    sector: str
    limit: int | None
    left: int | None

    @property
    def slug(self) -> str:
        return str(self.case.slug)

    @property
    def themes(self) -> list[str]:
        return [str(theme.value) for theme in self.case.mentoring_themes]

    @property
    def is_full(self) -> bool:
        return self.left == 0


def openings(language: str) -> list[Opening]:
    """Cases that visitors may see in a language, that are open, and whose mentor's address is known.

    Those that have had their number of requests are among them: they say so.
    """
    cases = list(
        public_cases(language)
        .filter(Exists(MentorContact.objects.filter(page__translation_key=OuterRef("translation_key"))))
        .select_related("organisation", "sector", "locale")
        .order_by("path")
    )
    terms = _terms(cases)
    taken = _taken([key for key, (is_open, _limit) in terms.items() if is_open])
    sectors, roots = labels(Sector, language), root_paths()
    return [
        Opening(
            case,
            public_path(case.url_path, language, roots),
            sectors.name(case.sector.slug) if case.sector else "",
            limit,
            left(limit, taken.get(case.translation_key, 0)),
        )
        for case in cases
        for is_open, limit in [terms[case.translation_key]]
        if is_open
    ]


def open_version(case: CaseStudyPage) -> Any:
    """The version of a case that says whether its mentor takes requests, if one does, this year's limit aside: a query
    of one row, or of none."""
    versions = CaseStudyPage.objects.filter(translation_key=case.translation_key)
    main = Q(locale__language_code=settings.LANGUAGE_CODE)
    alone = Q(pk=case.pk) & ~Exists(versions.filter(main))
    known = Exists(MentorContact.objects.filter(page__translation_key=OuterRef("translation_key")))
    return versions.filter(main & Q(live=True) | alone, known, mentoring_open=True)


def _terms(cases: list[CaseStudyPage]) -> dict[UUID, tuple[bool, int | None]]:
    """Whether each is open, and how many requests it takes a year: what its main version says. A translation waits for
    its texts before it follows, and a mentor who stops has stopped in every language."""
    terms = {case.translation_key: (case.mentoring_open, case.mentoring_per_year) for case in cases}
    if terms:
        main = CaseStudyPage.objects.filter(translation_key__in=terms, locale__language_code=settings.LANGUAGE_CODE)
        for key, live, is_open, limit in main.values_list(
            "translation_key", "live", "mentoring_open", "mentoring_per_year"
        ):
            terms[key] = (live and is_open, limit)
    return terms


def public_cases(language: str) -> Any:
    return visible(CaseStudyPage.objects.filter(locale__language_code=language, alias_of__isnull=True))


def find_case(language: str, slug: str) -> CaseStudyPage | None:
    """A case that visitors may see, by the last part of its address."""
    if not _SLUG.fullmatch(slug):
        return None
    found: CaseStudyPage | None = public_cases(language).filter(slug=slug).order_by("path").first()
    return found


def main_version(case: CaseStudyPage) -> CaseStudyPage:
    """The French page of a case, which its contact, requests and counts belong to; else the page itself."""
    versions = CaseStudyPage.objects.filter(
        translation_key=case.translation_key, locale__language_code=settings.LANGUAGE_CODE
    )
    return versions.first() or case


def left(limit: int | None, taken: int) -> int | None:
    return None if limit is None else max(0, limit - taken)


def take_place(case: CaseStudyPage, limit: int | None) -> bool:
    """Count a request of this year, unless there is no place left. Two at once cannot take the last one: the condition
    and the count are one statement. ``case`` is the main version."""
    rows = MentoringCount.objects.get_or_create(page=case, year=timezone.localdate().year)[0]
    mine = MentoringCount.objects.filter(pk=rows.pk)
    if limit is not None:
        mine = mine.filter(received__lt=F("refused") + limit)
    return mine.update(received=F("received") + 1) == 1


def count(page_id: int, year: int, what: str) -> None:
    """One more ``forwarded`` or ``refused`` in the year in which the request was received."""
    row = MentoringCount.objects.get_or_create(page_id=page_id, year=year)[0]
    MentoringCount.objects.filter(pk=row.pk).update(**{what: F(what) + 1})


@dataclass(frozen=True)
class Total:
    year: int
    received: int
    forwarded: int


def totals() -> list[Total]:
    """Of all cases together, by year, the latest first: no case is named."""
    rows = MentoringCount.objects.values_list("year").annotate(Sum("received"), Sum("forwarded"))
    return [Total(*row) for row in rows.filter(received__sum__gt=0).order_by("-year")]


def _taken(keys: list[UUID]) -> dict[UUID, int]:
    if not keys:
        return {}
    rows = MentoringCount.objects.filter(year=timezone.localdate().year, page__translation_key__in=keys)
    taken = rows.values("page__translation_key").annotate(n=Sum(F("received") - F("refused")))
    return {row["page__translation_key"]: row["n"] for row in taken}
