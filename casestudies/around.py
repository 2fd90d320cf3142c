"""Where one goes on from a case: cases alike, tools, feedback events, law and guide. Two queries in all."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import BooleanField, Case, CharField, Count, Exists, F, IntegerField, OuterRef, Q, Value, When
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from wagtail.models import Page, ReferenceIndex

from casestudies.mentoring.openings import open_version
from casestudies.models import CaseStudyPage, ComparisonPage, DossierPage, FeedbackEventPage, MentoringPage
from hub.pages.links import PageLink, page_links, public_path, root_paths
from hub.pages.models import HubPage
from hub.pages.visibility import visible, visible_pages
from hub.vocabulary.models import PageTerritory, Territory

_ALIKE = 3
_OF_A_KIND = 2
_EVENTS = 4
_NO_FORM = (CaseStudyPage.LegalForm.UNKNOWN, CaseStudyPage.LegalForm.NONE)


@dataclass(frozen=True)
class Alike:
    title: str
    url: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Around:
    """``mentoring``: where to write to the case's mentor, if there is one. ``reading``: law and guide for the case's
    readers, where the editors named none."""

    comparison: PageLink | None = None
    dossier: PageLink | None = None
    mentoring: PageLink | None = None
    events: list[PageLink] = field(default_factory=list)
    reading: list[PageLink] = field(default_factory=list)


def alike(case: CaseStudyPage, beside: Iterable[int]) -> list[Alike]:
    """Visible cases of the same kind, département or legal form, those that share most first."""
    language = case.locale.language_code
    places = PageTerritory.objects.filter(
        page=OuterRef("pk"), territory__slug__in=case.territory_slugs, territory__kind=Territory.Kind.DEPARTMENT
    )
    same_form = Q(legal_form=case.legal_form) if case.legal_form not in _NO_FORM else Q(pk__in=[])
    cases = (
        visible(CaseStudyPage.objects.filter(locale=case.locale_id, alias_of__isnull=True))
        .exclude(pk__in=[case.pk, *beside])
        .annotate(
            same_place=_flag(Exists(places)),
            same_kind=_flag(Q(organisation__kind=case.organisation.kind)),
            same_form=_flag(same_form),
        )
        .filter(Q(same_place=True) | Q(same_kind=True) | Q(same_form=True))
        .annotate(shared=sum((_one(name) for name in ("same_place", "same_kind", "same_form")), Value(0)))
        .order_by("-shared", "path")[:_ALIKE]
    )
    words = [_("same département"), _("same kind of organisation"), _("same legal form")]
    roots = root_paths()
    return [
        Alike(
            title,
            public_path(url_path, language, roots),
            tuple(word for word, holds in zip(words, flags, strict=True) if holds),
        )
        for title, url_path, *flags in cases.values_list("title", "url_path", "same_place", "same_kind", "same_form")
    ]


def around(case: CaseStudyPage, related: Iterable[PageLink]) -> Around:
    """What surrounds a case, found with one query."""
    language = case.locale.language_code
    links = list(related)
    tools = ContentType.objects.get_for_models(ComparisonPage, DossierPage, MentoringPage)
    relay = tools.pop(MentoringPage)
    wanted = Q(content_type__in=tools.values()) | Q(pk__in=_events(case))
    if case.mentoring_open:
        wanted |= Q(Exists(open_version(case)), content_type=relay)
    for kind in ("legal", "guide"):
        if not any(link.kind == kind for link in links):
            wanted |= Q(pk__in=_for_the_same_readers(kind, case))
    found = page_links(visible_pages(language).filter(wanted).order_by("path"))

    def first(model: type[HubPage]) -> PageLink | None:
        return next((link for link in found if link.model is model), None)

    return Around(
        first(ComparisonPage),
        first(DossierPage),
        first(MentoringPage),
        [link for link in found if link.model is FeedbackEventPage],
        [link for link in found if link.kind in ("legal", "guide")],
    )


def _flag(condition: Any) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def _one(name: str) -> Case:
    return Case(When(**{name: True}, then=Value(1)), default=Value(0), output_field=IntegerField())


def _events(case: CaseStudyPage) -> Any:
    """Feedback events that name the case in any language: translations keep the page that the editor chose.

    The index of references keeps ids as text, of pages and of others: ids of pages are turned into text, since not
    every text is a number.
    """
    versions = Page.objects.filter(translation_key=case.translation_key).annotate(key=Cast("pk", CharField()))
    pages = ContentType.objects.get_for_model(Page)
    naming = ReferenceIndex.objects.filter(
        content_type=ContentType.objects.get_for_model(FeedbackEventPage),
        to_content_type=pages,
        to_object_id__in=versions.values("key"),
        model_path__startswith="cases",
    )
    events = visible(FeedbackEventPage.objects.filter(locale=case.locale_id, alias_of__isnull=True))
    return (
        events.annotate(key=Cast("pk", CharField()))
        .filter(key__in=naming.values("object_id"))
        .order_by(F("starts_at").desc())
        .values("pk")[:_EVENTS]
    )


def _for_the_same_readers(kind: str, case: CaseStudyPage) -> Any:
    """Pages of one kind written for the readers of the case, those for most of them first."""
    models = [model for model in apps.get_models() if issubclass(model, HubPage) and model.kind == kind]
    types = ContentType.objects.get_for_models(*models)
    return (
        visible_pages(case.locale.language_code)
        .filter(content_type__in=types.values(), audience_tags__tag__slug__in=case.audience_slugs)
        .annotate(readers=Count("audience_tags"))
        .order_by("-readers", "path")
        .values("pk")[:_OF_A_KIND]
    )
