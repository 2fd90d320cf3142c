"""The negotiation guide: one page that opens it and ten steps in order."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail_localize.fields import SynchronizedField, TranslatableField

from hub.blocks.body import BodyBlock
from hub.blocks.fields import SlimStreamField
from hub.blocks.text import PROSE
from hub.blocks.values import SourceBlock
from hub.pages.models import HubPage
from hub.pages.visibility import current, visible

WORDS_A_MINUTE = 200


def steps_of(guide_path: str) -> list["GuideStepPage"]:
    """The guide's visible steps in order, numbered from 1, without their bodies: one query."""
    steps: list[GuideStepPage] = list(
        visible(GuideStepPage.objects.filter(path__startswith=guide_path, depth=len(guide_path) // 4 + 1))
        .select_related("locale")
        .defer_streamfields()
        .order_by("path")
    )
    for number, step in enumerate(steps, start=1):
        step.number = number
    return steps


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
        context["steps"] = steps_of(self.path)
        return context


class GuideStepPage(HubPage):
    parent_page_types = ["guides.NegotiationGuidePage"]
    subpage_types: ClassVar[list[str]] = []
    kind: ClassVar[str] = "guide"
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
            number=steps[position].number if position is not None else None,
            previous_step=steps[position - 1] if position else None,
            next_step=steps[position + 1] if position is not None and position + 1 < len(steps) else None,
        )
        return context
