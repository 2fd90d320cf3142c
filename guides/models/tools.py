"""The tools beside the guide: pages whose words editors own and whose answers a view works out, keeping none."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail_localize.fields import TranslatableField

from guides.blocks import CharterItemBlock, LineBlock, ObjectionCardBlock, ReplyBlock
from hub.blocks.body import BodyBlock
from hub.blocks.fields import SlimStreamField
from hub.blocks.text import PROSE
from hub.blocks.values import SourceBlock
from hub.pages.models import HubPage, ids_of
from hub.vocabulary.models import LegalReference


class ToolPage(HubPage):
    """``view`` is the dotted path of what answers: views know models, so models name them instead of importing them."""

    parent_page_types = ["guides.NegotiationGuidePage"]
    subpage_types: ClassVar[list[str]] = []
    kind: ClassVar[str] = "guide"
    kind_label = _("Tool")
    takes_forms: ClassVar[bool] = True
    view: ClassVar[str]

    introduction = RichTextField(_("introduction"), features=PROSE, blank=True)
    body = SlimStreamField(BodyBlock(), blank=True, verbose_name=_("body"))
    sources = SlimStreamField([("source", SourceBlock())], blank=True, verbose_name=_("sources"))

    own_panels: ClassVar[list[Any]] = [FieldPanel("introduction"), FieldPanel("body"), FieldPanel("sources")]
    own_translatable_fields: ClassVar[list[Any]] = [
        TranslatableField("introduction"),
        TranslatableField("body"),
        TranslatableField("sources"),
    ]

    class Meta:
        abstract = True

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = import_string(self.view)(request, self)
        return response


class LetterPage(ToolPage):
    """The letter builder. Its clauses are ``LetterClause`` rows."""

    view = "guides.letters.views.letter"

    class Meta:
        verbose_name = _("letter builder")
        verbose_name_plural = _("letter builders")


class SavingsPage(ToolPage):
    """The commute calculator. Its constants are ``YearlyAmount`` rows over the shipped file."""

    view = "guides.savings.views.savings"

    class Meta:
        verbose_name = _("savings calculator")
        verbose_name_plural = _("savings calculators")


class RefusalPage(ToolPage):
    """ "Can they refuse?": a few questions that land on a line of the decision table."""

    view = "guides.refusal.refusal"

    lines = SlimStreamField([("line", LineBlock())], blank=True, verbose_name=_("lines of the decision table"))

    own_panels: ClassVar[list[Any]] = [FieldPanel("introduction"), FieldPanel("lines"), *ToolPage.own_panels[1:]]
    own_translatable_fields: ClassVar[list[Any]] = [
        *ToolPage.own_translatable_fields,
        TranslatableField("lines"),
    ]

    class Meta:
        verbose_name = _("refusal check")
        verbose_name_plural = _("refusal checks")

    @property
    def search_keywords(self) -> list[str]:
        slugs = {slug for block in self.lines for slug in block.value["references"]}
        rows = LegalReference.objects.filter(slug__in=slugs, locale_id=self.locale_id)
        return list(rows.values_list("number", flat=True))

    def linked_page_ids(self) -> set[int]:
        return super().linked_page_ids() | ids_of(block.value["explainer"] for block in self.lines)


class ReplyPage(ToolPage):
    """What the employer's answer means, by what was said."""

    view = "guides.replies.replies"

    replies = SlimStreamField([("reply", ReplyBlock())], blank=True, verbose_name=_("replies"))

    own_panels: ClassVar[list[Any]] = [FieldPanel("introduction"), FieldPanel("replies"), *ToolPage.own_panels[1:]]
    own_translatable_fields: ClassVar[list[Any]] = [
        *ToolPage.own_translatable_fields,
        TranslatableField("replies"),
    ]

    class Meta:
        verbose_name = _("reply decoder")
        verbose_name_plural = _("reply decoders")


class ObjectionCardsPage(ToolPage):
    """One card per employer objection. Ticked cards give their sentence to the letter, named by their block's id,
    which is the same in every language."""

    view = "guides.objections.objections"

    cards = SlimStreamField([("card", ObjectionCardBlock())], blank=True, verbose_name=_("cards"))

    own_panels: ClassVar[list[Any]] = [FieldPanel("introduction"), FieldPanel("cards"), *ToolPage.own_panels[1:]]
    own_translatable_fields: ClassVar[list[Any]] = [
        *ToolPage.own_translatable_fields,
        TranslatableField("cards"),
    ]

    class Meta:
        verbose_name = _("objection cards")
        verbose_name_plural = _("objection cards")


class EmployerPage(ToolPage):
    """The employer's mirror of the guide: how to answer well, and a charter to start from."""

    view = "guides.employer.employer"
    takes_forms = False

    charter = SlimStreamField([("item", CharterItemBlock())], blank=True, verbose_name=_("charter skeleton"))

    own_panels: ClassVar[list[Any]] = [FieldPanel("introduction"), FieldPanel("charter"), *ToolPage.own_panels[1:]]
    own_translatable_fields: ClassVar[list[Any]] = [
        *ToolPage.own_translatable_fields,
        TranslatableField("charter"),
    ]

    class Meta:
        verbose_name = _("page for the employer")
        verbose_name_plural = _("pages for the employer")
