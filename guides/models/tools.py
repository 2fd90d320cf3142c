"""The tools beside the guide: pages whose words editors own and whose answers a view works out, keeping none."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import TranslatableField

from guides.blocks import CharterItemBlock, LineBlock, ObjectionCardBlock, ReplyBlock
from hub.blocks.fields import SlimStreamField
from hub.pages.models import ids_of
from hub.pages.tools import ToolPage
from hub.vocabulary.models import LegalReference


class GuideTool(ToolPage):
    parent_page_types = ["guides.NegotiationGuidePage"]
    kind: ClassVar[str] = "guide"
    takes_forms: ClassVar[bool] = True

    class Meta:
        abstract = True


class LetterPage(GuideTool):
    """The letter builder. Its clauses are ``LetterClause`` rows."""

    view = "guides.letters.views.letter"

    class Meta:
        verbose_name = _("letter builder")
        verbose_name_plural = _("letter builders")


class SavingsPage(GuideTool):
    """The commute calculator. Its constants are ``YearlyAmount`` rows over the shipped file."""

    view = "guides.savings.views.savings"

    class Meta:
        verbose_name = _("savings calculator")
        verbose_name_plural = _("savings calculators")


class RefusalPage(GuideTool):
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


class ReplyPage(GuideTool):
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


class ObjectionCardsPage(GuideTool):
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


class EmployerPage(GuideTool):
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
