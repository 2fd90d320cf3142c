"""Feedback events ("retours d'expérience"): pioneers tell how it went."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import TranslatableField

from hub.blocks.fields import SlimStreamField
from hub.blocks.links import TargetPageBlock
from hub.events.models import EventPage
from hub.pages.index import IndexPage


class FeedbackEventIndexPage(IndexPage):
    parent_page_types = ["casestudies.CaseStudyIndexPage"]
    subpage_types = ["casestudies.FeedbackEventPage"]
    kind: ClassVar[str] = "page"
    kind_label = _("Feedback events")

    class Meta:
        verbose_name = _("index of feedback events")
        verbose_name_plural = _("indexes of feedback events")


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


FeedbackEventIndexPage.lists = FeedbackEventPage
