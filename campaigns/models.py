"""Campaigns: one audience, one message, one action, three proofs."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import Select
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.blocks import CharBlock, RichTextBlock, StructBlock
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField, TranslatableField

from hub.blocks.body import BodyBlock
from hub.blocks.evidence import FigureBlock
from hub.blocks.fields import SlimStreamField
from hub.blocks.text import INLINE, QuestionBlock
from hub.blocks.values import SourceBlock
from hub.pages.index import IndexPage
from hub.pages.listing import Facet
from hub.pages.models import HubPage, ids_of
from hub.vocabulary.models import Audience


class MeetingBlock(StructBlock):
    name = CharBlock(label=_("Name"), max_length=120)
    description = RichTextBlock(features=INLINE, label=_("What happens there"))
    when = CharBlock(label=_("When"), max_length=120, required=False, help_text=_("In words; empty when not decided."))

    class Meta:
        label = _("Meeting")
        icon = "date"
        template = "campaigns/blocks/meeting.html"
        preview_value = {
            "name": "Petit-déjeuner à la CCI",
            "description": "<p>Une heure, un cas, des questions.</p>",
            "when": "",
        }


class KitItemBlock(StructBlock):
    name = CharBlock(label=_("Name"), max_length=120)
    description = CharBlock(label=_("What it is for"), max_length=300)

    class Meta:
        label = _("Item of the kit")
        icon = "doc-full"
        template = "campaigns/blocks/kit_item.html"
        preview_value = {"name": "Affiche", "description": "Pour les gares et les panneaux d’entreprise."}


class CampaignPage(HubPage):
    parent_page_types = ["campaigns.CampaignIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    kind: ClassVar[str] = "campaign"
    kind_label = _("Campaign")

    class Phase(models.TextChoices):
        PERMANENT = "permanent", _("permanent campaign")
        ANNOUNCED = "announced", _("announced")
        RUNNING = "running", _("running now")
        OVER = "over", _("over")

    code = models.CharField(_("code"), max_length=12, blank=True, help_text=_("Short name for officers: C3."))
    audience = models.ForeignKey(
        Audience,
        to_field="slug",
        on_delete=models.PROTECT,
        related_name="campaigns",
        verbose_name=_("audience"),
        help_text=_("One reader. Tag others under “For whom”."),
    )
    message = models.CharField(_("message"), max_length=160, help_text=_("One sentence, set large."))
    action_label = models.CharField(_("action"), max_length=60, help_text=_("Words on the button: a verb."))
    action_page = models.ForeignKey(
        Page, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("where it leads")
    )
    second_action_label = models.CharField(_("second action"), max_length=60, blank=True)
    second_action_page = models.ForeignKey(
        Page, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("where it leads")
    )
    starts_on = models.DateField(_("starts on"), null=True, blank=True, help_text=_("Empty: permanent campaign."))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    proofs = SlimStreamField([("proof", FigureBlock())], blank=True, max_num=3, verbose_name=_("three proofs"))
    case = models.ForeignKey(
        Page, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("case study")
    )
    body = SlimStreamField(BodyBlock(), blank=True, verbose_name=_("body"))
    events = SlimStreamField([("event", MeetingBlock())], blank=True, verbose_name=_("meetings"))
    kit = SlimStreamField([("item", KitItemBlock())], blank=True, verbose_name=_("kit"))
    questions = SlimStreamField([("question", QuestionBlock())], blank=True, verbose_name=_("questions"))
    measures = SlimStreamField(
        [("measure", CharBlock(max_length=250))], blank=True, verbose_name=_("how we shall know that it worked")
    )
    results = SlimStreamField(BodyBlock(), blank=True, verbose_name=_("results"), help_text=_("Once it is over."))
    sources = SlimStreamField([("source", SourceBlock())], blank=True, verbose_name=_("sources"))

    own_panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [FieldPanel("audience", widget=Select), FieldPanel("message")], heading=_("One reader, one message")
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("action_label"), FieldPanel("action_page")]),
                FieldRowPanel([FieldPanel("second_action_label"), FieldPanel("second_action_page")]),
            ],
            heading=_("One action"),
        ),
        FieldPanel("proofs"),
        FieldPanel("case"),
        FieldPanel("body"),
        FieldPanel("events"),
        FieldPanel("kit"),
        FieldPanel("questions"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on"), FieldPanel("code")]),
                FieldPanel("measures"),
            ],
            heading=_("Dates and measures"),
        ),
        FieldPanel("results"),
        FieldPanel("sources"),
    ]
    own_translatable_fields: ClassVar[list[Any]] = [
        *(
            TranslatableField(name)
            for name in (
                "message",
                "action_label",
                "second_action_label",
                "proofs",
                "body",
                "events",
                "kit",
                "questions",
                "measures",
                "results",
                "sources",
            )
        ),
        *(
            SynchronizedField(name, overridable=False)
            for name in ("code", "audience", "action_page", "second_action_page", "case", "starts_on", "ends_on")
        ),
    ]

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")

    @property
    def main_audience(self) -> str:
        return self.audience_id

    @property
    def phase(self) -> "CampaignPage.Phase":
        today = timezone.localdate()
        if self.ends_on and self.ends_on < today:
            return self.Phase.OVER
        if self.starts_on and self.starts_on > today:
            return self.Phase.ANNOUNCED
        return self.Phase.RUNNING if self.starts_on or self.ends_on else self.Phase.PERMANENT

    def linked_page_ids(self) -> set[int]:
        return super().linked_page_ids() | ids_of([self.action_page_id, self.second_action_page_id, self.case_id])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        directory = context["directory"]
        context.update(
            action_target=directory.get(self.action_page_id),
            second_action_target=directory.get(self.second_action_page_id),
            case_page=directory.get(self.case_id),
        )
        return context

    def clean(self) -> None:
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("A campaign cannot end before it starts.")})


class CampaignIndexPage(IndexPage):
    parent_page_types = ["home.HomePage"]
    subpage_types = ["campaigns.CampaignPage"]
    kind: ClassVar[str] = "page"
    kind_label = _("Campaigns")
    lists = CampaignPage

    class Meta:
        verbose_name = _("index of campaigns")
        verbose_name_plural = _("indexes of campaigns")

    def facets(self) -> list[Facet]:
        return [self.term_facet("audience", _("Reader"), "audience_tags__tag__slug", Audience)]
