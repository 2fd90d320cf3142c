"""The home page: what one can do here, and three doors."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks import CharBlock, StructBlock
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.url_routing import RouteResult
from wagtail_localize.fields import SynchronizedField, TranslatableField

from hub.blocks.evidence import FigureBlock
from hub.blocks.fields import SlimStreamField
from hub.blocks.links import TargetPageBlock
from hub.blocks.text import INLINE
from hub.blocks.values import AudienceBlock, PeriodBlock
from hub.pages.models import HubPage, ids_of
from hub.pages.routing import find_descendant


class DoorBlock(StructBlock):
    label = CharBlock(label=_("Words on the door"), max_length=60, help_text=_("Starts with a verb."))
    text = CharBlock(label=_("What waits behind it"), max_length=200)
    page = TargetPageBlock(label=_("Page"))
    audience = AudienceBlock()

    class Meta:
        label = _("Door")
        icon = "arrow-right"
        template = "home/blocks/door.html"
        preview_value = {"label": "Préparer ma demande", "text": "Dix étapes.", "page": None, "audience": "salaries"}


class CaseFigureBlock(FigureBlock):
    page = TargetPageBlock(label=_("Case study"))

    class Meta:
        label = _("Figure of a case")
        template = "home/blocks/case_figure.html"


class LawNewsBlock(StructBlock):
    when = PeriodBlock()
    text = CharBlock(label=_("What changed"), max_length=300)
    page = TargetPageBlock(label=_("Explainer"))

    class Meta:
        label = _("Change in law")
        icon = "date"
        template = "home/blocks/law_news.html"
        preview_value = {"when": "2025-10-08", "text": "Titres-restaurant : même droit à distance.", "page": None}


class HomePage(HubPage):
    parent_page_types = ["wagtailcore.Page"]
    kind: ClassVar[str] = "page"
    kind_label = _("Home")

    tagline = models.CharField(_("what one can do here"), max_length=200, help_text=_("One sentence."))
    introduction = RichTextField(_("introduction"), features=INLINE, blank=True)
    doors = SlimStreamField([("door", DoorBlock())], blank=True, max_num=3, verbose_name=_("doors"))
    search_examples = SlimStreamField(
        [("example", CharBlock(max_length=60))], blank=True, max_num=6, verbose_name=_("search examples")
    )
    campaign = models.ForeignKey(
        Page, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("campaign shown")
    )
    case_figures = SlimStreamField(
        [("figure", CaseFigureBlock())], blank=True, max_num=3, verbose_name=_("figures of cases")
    )
    map_page = models.ForeignKey(
        Page,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("list shown on the map"),
        help_text=_("The index of case studies."),
    )
    law_news = SlimStreamField([("news", LawNewsBlock())], blank=True, verbose_name=_("lately in law"))
    invitation_title = models.CharField(
        _("invitation in the other language: title"),
        max_length=80,
        blank=True,
        help_text=_("Written in the other language: English on the French page, French on the English one."),
    )
    invitation_text = models.CharField(_("invitation: text"), max_length=300, blank=True)
    invitation_page = models.ForeignKey(
        Page, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("invitation: page")
    )

    own_panels: ClassVar[list[Any]] = [
        FieldPanel("tagline"),
        FieldPanel("introduction"),
        FieldPanel("doors"),
        FieldPanel("search_examples"),
        FieldPanel("campaign"),
        FieldPanel("case_figures"),
        FieldPanel("map_page"),
        FieldPanel("law_news"),
        MultiFieldPanel(
            [FieldPanel("invitation_title"), FieldPanel("invitation_text"), FieldPanel("invitation_page")],
            heading=_("Invitation in the other language"),
        ),
    ]
    own_translatable_fields: ClassVar[list[Any]] = [
        TranslatableField("tagline"),
        TranslatableField("introduction"),
        TranslatableField("doors"),
        TranslatableField("search_examples"),
        SynchronizedField("campaign"),
        TranslatableField("case_figures"),
        SynchronizedField("map_page"),
        TranslatableField("law_news"),
        TranslatableField("invitation_title"),
        TranslatableField("invitation_text"),
        SynchronizedField("invitation_page"),
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        if path_components:
            return find_descendant(self, request, path_components)
        return super().route(request, path_components)

    def linked_page_ids(self) -> set[int]:
        return super().linked_page_ids() | ids_of([self.campaign_id, self.invitation_page_id, self.map_page_id])

    @property
    def other_language(self) -> str:
        return "en" if self.locale.language_code == "fr" else "fr"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        directory = context["directory"]
        context["campaign"] = directory.specific(self.campaign_id)
        index = directory.specific(self.map_page_id)
        # The invitation speaks the other language, so it leads to that language's page.
        context["invitation_target"] = directory.version(self.invitation_page_id, self.other_language)
        context["map_page"] = directory.get(self.map_page_id)
        context["places"] = index.map_places() if hasattr(index, "map_places") else []
        return context
