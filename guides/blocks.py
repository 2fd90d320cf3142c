"""Blocks of the tools: a line of the decision table, a reply, an objection card, an item of the charter skeleton."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    BooleanBlock,
    CharBlock,
    ChoiceBlock,
    DecimalBlock,
    ListBlock,
    PageChooserBlock,
    RichTextBlock,
    StructBlock,
)

from guides.letters.papers import PaperKind
from guides.situation import Line
from hub.blocks.text import INLINE, PROSE
from hub.blocks.values import KeyBlock, PeriodBlock, SourceBlock
from hub.vocabulary.models import LegalReference

LINE_NAMES = [
    (Line.TEXT_ELIGIBLE.value, _("A: agreement or charter, post eligible")),
    (Line.TEXT_NOT_LISTED.value, _("B: agreement or charter, post not listed")),
    (Line.NO_TEXT.value, _("C: no agreement, no charter")),
    (Line.DISABLED_OR_CARER.value, _("C+: disabled worker or carer")),
    (Line.PUBLIC.value, _("D: public servant")),
    (Line.DOCTOR.value, _("E: the occupational doctor proposes telework")),
    (Line.TEXT_UNKNOWN.value, _("Text not known")),
]
REPLY_NAMES = [
    ("yes", _("Yes")),
    ("yes_but", _("Yes, but")),
    ("no_reasons", _("No, with reasons")),
    ("no_silent", _("No, without reasons")),
    ("nothing", _("No answer")),
]
NEXT_PAPERS = [
    (PaperKind.THANKS.value, _("Thank-you and confirmation")),
    (PaperKind.REMINDER.value, _("Reminder")),
    (PaperKind.AFTER_REFUSAL.value, _("Reply after a refusal")),
    (PaperKind.LETTER.value, _("Request")),
]


def reference_choices() -> list[tuple[str, str]]:
    rows = LegalReference.objects.filter(locale__language_code="fr")
    return [(row.slug, str(row)) for row in rows]


class ReferenceBlock(KeyBlock):
    """The slug of a ``LegalReference``, the same in every language."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Reference"))
        super().__init__(choices=reference_choices, **kwargs)


class LineBlock(StructBlock):
    line = ChoiceBlock(choices=LINE_NAMES, label=_("Line of the decision table"))
    title = CharBlock(label=_("The situation in one sentence"), max_length=160)
    may_refuse = CharBlock(label=_("May the employer refuse?"), max_length=250)
    reasons = CharBlock(label=_("Must reasons be given?"), max_length=250)
    owed = RichTextBlock(label=_("What is owed to you"), features=PROSE)
    not_owed = RichTextBlock(label=_("What is not owed to you"), features=PROSE)
    references = ListBlock(ReferenceBlock(), label=_("Legal texts"), min_num=1)
    explainer = PageChooserBlock(label=_("Explainer"), page_type="guides.LegalExplainerPage", required=False)

    class Meta:
        label = _("Line")
        icon = "table"


class ReplyBlock(StructBlock):
    reply = ChoiceBlock(choices=REPLY_NAMES, label=_("What you were told"))
    title = CharBlock(label=_("In their words"), max_length=160)
    meaning = RichTextBlock(label=_("What it means"), features=PROSE)
    private = RichTextBlock(label=_("Your rights in the private sector"), features=PROSE)
    public = RichTextBlock(label=_("Your rights as a public servant"), features=PROSE)
    next = RichTextBlock(label=_("What to do now"), features=PROSE)
    whom = RichTextBlock(label=_("Whom to see"), features=PROSE)
    paper = ChoiceBlock(choices=NEXT_PAPERS, label=_("Next letter"), required=False)

    class Meta:
        label = _("Reply")
        icon = "mail"


class ObjectionCardBlock(StructBlock):
    objection = CharBlock(label=_("What the employer says"), max_length=160)
    answer = RichTextBlock(label=_("Answer"), features=INLINE)
    value = DecimalBlock(label=_("Figure"), required=False)
    unit = CharBlock(label=_("Unit"), max_length=30, required=False)
    label = CharBlock(label=_("What the figure counts"), max_length=200, required=False)
    year = PeriodBlock(required=False)
    source = SourceBlock()
    case = PageChooserBlock(label=_("Case study that shows it"), page_type="casestudies.CaseStudyPage", required=False)
    sentence = CharBlock(
        label=_("Sentence for the letter"), max_length=500, help_text=_("Whole, polite, true without the card.")
    )

    class Meta:
        label = _("Card")
        icon = "comment"


class CharterItemBlock(StructBlock):
    title = CharBlock(label=_("Item"), max_length=160)
    text = RichTextBlock(label=_("Model wording"), features=PROSE)
    compulsory = BooleanBlock(label=_("Compulsory (article L1222-9 II)"), required=False)

    class Meta:
        label = _("Item of the charter")
        icon = "form"
