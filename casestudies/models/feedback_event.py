"""Feedback events ("retours d'expérience"): pioneers tell how it went."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import TranslatableField

from casestudies.models.tools import ContributionPage
from hub.blocks.fields import SlimStreamField
from hub.blocks.links import TargetPageBlock
from hub.events.models import EventIndexPage, EventPage
from hub.pages.tools import neighbour


class FeedbackEventIndexPage(EventIndexPage):
    parent_page_types = ["casestudies.CaseStudyIndexPage"]
    subpage_types = ["casestudies.FeedbackEventPage"]
    kind: ClassVar[str] = "page"
    kind_label = _("Feedback events")

    class Meta:
        verbose_name = _("index of feedback events")
        verbose_name_plural = _("indexes of feedback events")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        # What is coming stands first, so an event of the past at the head of the first page means that none is.
        first = next(iter(context["listing"].page), None)
        context["none_planned"] = context["listing"].page.number == 1 and (first is None or bool(first.past))
        if context["none_planned"]:
            context["contribution"] = neighbour(ContributionPage, self.locale.language_code)
        return context


class FeedbackEventPage(EventPage):
    parent_page_types = ["casestudies.FeedbackEventIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    kind_label = _("Feedback event")

    cases = SlimStreamField(
        [("case", TargetPageBlock(page_type="casestudies.CaseStudyPage", label=_("Case study")))],
        blank=True,
        max_num=6,
        verbose_name=_("cases told there"),
    )

    own_panels: ClassVar[list[Any]] = [FieldPanel("cases"), *EventPage.own_panels]
    own_translatable_fields: ClassVar[list[Any]] = [TranslatableField("cases"), *EventPage.own_translatable_fields]

    class Meta:
        verbose_name = _("feedback event")
        verbose_name_plural = _("feedback events")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        told = [item["value"] for item in self.cases.get_prep_value() if item["value"]]
        context["cases"] = context["directory"].pages(told)
        return context


FeedbackEventIndexPage.lists = FeedbackEventPage
