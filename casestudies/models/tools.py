"""The tools of the library: comparison, dossier, communes like mine, and the two public forms."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.url_routing import RouteResult
from wagtail_localize.fields import SynchronizedField, TranslatableField

from casestudies.blocks import StageBlock
from hub.blocks.evidence import FigureBlock
from hub.blocks.fields import SlimStreamField
from hub.pages.tools import ToolPage

# Below the form, each contributor's own page, in the words of each language.
FOLLOW = {"fr": "suivi", "en": "follow"}


class LibraryTool(ToolPage):
    parent_page_types = ["casestudies.CaseStudyIndexPage"]

    class Meta:
        abstract = True


class ComparisonPage(LibraryTool):
    """Two to four cases in one table. The cases are named in the address: ``?case=slug&case=slug``."""

    view = "casestudies.comparing.views.comparison"

    class Meta:
        verbose_name = _("comparison")
        verbose_name_plural = _("comparisons")


class DossierPage(LibraryTool):
    """Papers for a council: the chosen cases as a dossier, the two-page note and the slides.

    ``findings`` and ``stages`` are what the note and the slides say besides the cases.
    """

    view = "casestudies.dossier.views.dossier"

    findings = SlimStreamField(
        [("figure", FigureBlock())],
        blank=True,
        max_num=6,
        verbose_name=_("what the study found"),
        help_text=_("Figures for the note and the slides."),
    )
    stages = SlimStreamField([("stage", StageBlock())], blank=True, verbose_name=_("measures and costs by stage"))

    own_panels: ClassVar[list[Any]] = [
        FieldPanel("introduction"),
        FieldPanel("findings"),
        FieldPanel("stages"),
        *ToolPage.own_panels[1:],
    ]
    own_translatable_fields: ClassVar[list[Any]] = [
        *ToolPage.own_translatable_fields,
        TranslatableField("findings"),
        TranslatableField("stages"),
    ]

    class Meta:
        verbose_name = _("dossier for a council")
        verbose_name_plural = _("dossiers for a council")


class LikenessPage(LibraryTool):
    """ "Communes like mine": cases ranked by how close they are to a commune, each with its reason."""

    view = "casestudies.likeness.views.likeness"

    class Meta:
        verbose_name = _("communes like mine")
        verbose_name_plural = _("communes like mine")


class ContributionPage(LibraryTool):
    """ "Partagez votre expérience": pioneers give their case, which moderators read before it is published."""

    view = "casestudies.contributing.views.contribution"
    follow_view = "casestudies.contributing.views.follow"
    takes_forms = True

    class Meta:
        verbose_name = _("form to share one's experience")
        verbose_name_plural = _("forms to share one's experience")

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        if path_components == [FOLLOW[self.locale.language_code]] and self.live:
            return RouteResult(self, kwargs={"follow": True})
        return super().route(request, path_components)

    def serve(self, request: HttpRequest, *args: Any, follow: bool = False, **kwargs: Any) -> HttpResponse:
        if not follow:
            return super().serve(request, *args, **kwargs)
        response: HttpResponse = import_string(self.follow_view)(request, self)
        return response


class MentoringPage(LibraryTool):
    """The relay between those who would like advice and the pioneers who offer some."""

    view = "casestudies.mentoring.views.mentoring"
    takes_forms = True

    show_counts = models.BooleanField(
        _("show counts"), default=True, help_text=_("Requests received and passed on, by year.")
    )

    own_panels: ClassVar[list[Any]] = [*ToolPage.own_panels, FieldPanel("show_counts")]
    own_translatable_fields: ClassVar[list[Any]] = [
        *ToolPage.own_translatable_fields,
        SynchronizedField("show_counts", overridable=False),
    ]

    class Meta:
        verbose_name = _("mentoring relay")
        verbose_name_plural = _("mentoring relays")
