"""The negotiation guide: one page that opens it, ten steps in order, and the whole of it on one printable page."""

from dataclasses import dataclass
from itertools import chain
from typing import Any, ClassVar

from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.url_routing import RouteResult
from wagtail_localize.fields import SynchronizedField, TranslatableField

from guides.models.tools import (
    EmployerPage,
    LetterPage,
    ObjectionCardsPage,
    RefusalPage,
    ReplyPage,
    SavingsPage,
)
from guides.task_table import ROWS
from guides.task_table_form import table_context
from hub.blocks.body import BodyBlock
from hub.blocks.fields import SlimStreamField
from hub.blocks.text import PROSE
from hub.blocks.values import SourceBlock
from hub.pages.bibliography import Bibliography
from hub.pages.directory import PageDirectory
from hub.pages.links import PageLink, page_links
from hub.pages.models import HubPage
from hub.pages.visibility import current, visible

WORDS_A_MINUTE = 200
# The whole guide lies below the guide itself, in the words of each language.
WHOLE = {"fr": "imprimer", "en": "print"}
# What one does with each tool, in the order in which somebody who asks needs them.
VERBS: dict[type[Page], Any] = {
    RefusalPage: _("Check my case"),
    SavingsPage: _("Work out my savings"),
    ObjectionCardsPage: _("Choose my answers"),
    LetterPage: _("Write my letter"),
    ReplyPage: _("Understand the answer"),
    EmployerPage: _("Open the page for my employer"),
}


@dataclass(frozen=True)
class ToolLink:
    page: PageLink
    verb: str


def below(guide_path: str) -> dict[str, Any]:
    """The condition for being a child of the guide."""
    return {"path__startswith": guide_path, "depth": len(guide_path) // 4 + 1}


def steps_of(guide_path: str, whole: bool = False) -> list["GuideStepPage"]:
    """The guide's visible steps in order, numbered from 1, without their bodies unless ``whole``: one query."""
    found = visible(GuideStepPage.objects.filter(**below(guide_path))).select_related("locale").order_by("path")
    steps: list[GuideStepPage] = list(found if whole else found.defer_streamfields())
    for number, step in enumerate(steps, start=1):
        step.number = number
    return steps


def tools_of(guide_path: str, *models: type[Page]) -> list[ToolLink]:
    """The guide's visible tools, all of them or those of some types: one query."""
    children: QuerySet[Page] = Page.objects.filter(**below(guide_path)).exact_type(*(models or VERBS))
    return [ToolLink(link, str(VERBS[link.model])) for link in page_links(visible(children).order_by("path"))]


class NegotiationGuidePage(HubPage):
    parent_page_types = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = [
        "guides.GuideStepPage",
        "guides.RefusalPage",
        "guides.SavingsPage",
        "guides.ObjectionCardsPage",
        "guides.LetterPage",
        "guides.ReplyPage",
        "guides.EmployerPage",
    ]
    kind: ClassVar[str] = "guide"
    kind_label = _("Guide")

    introduction = RichTextField(_("introduction"), features=PROSE, blank=True)
    reminder = models.CharField(
        _("reminder"), max_length=200, blank=True, help_text=_("Shown on every step: the employer may say no.")
    )
    body = SlimStreamField(BodyBlock(), blank=True, verbose_name=_("body"))
    sources = SlimStreamField([("source", SourceBlock())], blank=True, verbose_name=_("sources"))

    own_panels: ClassVar[list[Any]] = [
        FieldPanel("introduction"),
        FieldPanel("reminder"),
        FieldPanel("body"),
        FieldPanel("sources"),
    ]
    own_translatable_fields: ClassVar[list[Any]] = [
        TranslatableField("introduction"),
        TranslatableField("reminder"),
        TranslatableField("body"),
        TranslatableField("sources"),
    ]

    class Meta:
        verbose_name = _("negotiation guide")
        verbose_name_plural = _("negotiation guides")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        steps = steps_of(self.path, whole=True)
        context.update(
            steps=steps,
            minutes=sum(step.minutes for step in steps),
            tools=tools_of(self.path),
            whole_url=self.whole_url,
        )
        return context

    # --- The whole guide on one page ---

    @property
    def whole_url(self) -> str:
        return f"{self.get_url() or ''}{WHOLE[self.locale.language_code]}/"

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        expired = self.expire_at and self.expire_at <= timezone.now()
        if path_components == [WHOLE[self.locale.language_code]] and self.live and not expired:
            return RouteResult(self, kwargs={"whole": True})
        return super().route(request, path_components)

    def serve(self, request: HttpRequest, *args: Any, whole: bool = False, **kwargs: Any) -> HttpResponse:
        if not whole:
            response: HttpResponse = super().serve(request, *args, **kwargs)
            return response
        return TemplateResponse(request, "guides/whole_guide.html", self._whole_context(request))

    def _whole_context(self, request: HttpRequest) -> dict[str, Any]:
        """One directory of links and one list of sources for the guide and all its steps."""
        steps = steps_of(self.path, whole=True)
        parts: list[HubPage] = [self, *steps]
        versions = page_links(visible(Page.objects.filter(translation_key=self.translation_key, alias_of__isnull=True)))
        return {
            "page": self,
            "self": self,
            "request": request,
            "steps": steps,
            "minutes": sum(step.minutes for step in steps),
            "rows": range(ROWS),
            "directory": PageDirectory(
                set(chain.from_iterable(part.linked_page_ids() for part in parts)), self.locale.language_code
            ),
            "bibliography": Bibliography(chain.from_iterable(part.source_keys() for part in parts)),
            "changed": max((part.last_published_at for part in parts if part.last_published_at), default=None),
            "alternates": [{"code": link.language, "url": f"{link.url}{WHOLE[link.language]}/"} for link in versions],
        }


class GuideStepPage(HubPage):
    parent_page_types = ["guides.NegotiationGuidePage"]
    subpage_types: ClassVar[list[str]] = []
    kind: ClassVar[str] = "guide"
    takes_forms: ClassVar[bool] = True
    kind_label = _("Guide")

    outcome = models.CharField(_("what you leave with"), max_length=250)
    task = models.CharField(_("the one thing to do"), max_length=250)
    body = SlimStreamField(BodyBlock(), blank=True, verbose_name=_("body"))
    task_table = models.BooleanField(
        _("task table"), default=False, help_text=_("Shows the table that adds tasks up to a number of days.")
    )
    sources = SlimStreamField([("source", SourceBlock())], blank=True, verbose_name=_("sources"))

    own_panels: ClassVar[list[Any]] = [
        FieldPanel("outcome"),
        FieldPanel("task"),
        FieldPanel("task_table"),
        FieldPanel("body"),
        FieldPanel("sources"),
    ]
    own_translatable_fields: ClassVar[list[Any]] = [
        TranslatableField("outcome"),
        TranslatableField("task"),
        SynchronizedField("task_table", overridable=False),
        TranslatableField("body"),
        TranslatableField("sources"),
    ]

    class Meta:
        verbose_name = _("step of the guide")
        verbose_name_plural = _("steps of the guide")

    @cached_property
    def minutes(self) -> int:
        """Time to read, in minutes, at 200 words a minute; at least one."""
        return max(1, round(len(self.search_body().split()) / WORDS_A_MINUTE))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        guide_path = self.path[:-4]
        guide = current(NegotiationGuidePage.objects.filter(path=guide_path)).select_related("locale").first()
        steps = steps_of(guide_path)
        position = next((i for i, step in enumerate(steps) if step.pk == self.pk), None)
        context.update(
            guide=guide,
            steps=steps,
            whole_url=guide.whole_url if guide else "",
            number=steps[position].number if position is not None else None,
            previous_step=steps[position - 1] if position else None,
            next_step=steps[position + 1] if position is not None and position + 1 < len(steps) else None,
        )
        if self.task_table:
            letter = next(iter(tools_of(guide_path, LetterPage)), None)
            context.update(table_context(request), letter=letter, rows=range(ROWS))
        return context
