"""Blocks of words: headings, prose, callouts, questions, checklists, ready-made texts."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    ListBlock,
    RichTextBlock,
    StructBlock,
)

PROSE = ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]
INLINE = ["bold", "italic", "ol", "ul", "link"]


class HeadingBlock(CharBlock):
    class Meta:
        label = _("Heading")
        icon = "title"
        template = "blocks/heading.html"
        preview_value = "Ce que dit la loi"
        description = _("Opens a part of the page and appears in its contents.")


class TextBlock(RichTextBlock):
    def __init__(self, **kwargs: object) -> None:
        super().__init__(features=PROSE, **kwargs)

    class Meta:
        label = _("Text")
        icon = "pilcrow"
        template = "blocks/text.html"
        preview_value = (
            "<p>Le télétravail est <b>volontaire</b> : ni l’employeur ni l’employé ne peuvent l’imposer seuls.</p>"
        )
        description = _("Paragraphs, lists and sub-headings.")


class CalloutBlock(StructBlock):
    tone = ChoiceBlock(
        choices=[
            ("note", _("Note")),
            ("warning", _("Warning")),
            ("no_promise", _("The answer may be no")),
            ("unverified", _("Not verified")),
            ("example", _("Example")),
        ],
        default="note",
        label=_("Tone"),
    )
    title = CharBlock(max_length=120, label=_("Title"))
    text = RichTextBlock(features=INLINE, label=_("Text"))

    class Meta:
        label = _("Callout")
        icon = "help"
        template = "blocks/callout.html"
        preview_value = {
            "tone": "unverified",
            "title": "À vérifier",
            "text": "<p>Le montant de 2026 n’a pas été confirmé sur une page officielle.</p>",
        }
        description = _("A framed remark: a warning, an example, or what could not be verified.")


class QuestionBlock(StructBlock):
    question = CharBlock(max_length=200, label=_("Question"))
    answer = RichTextBlock(features=INLINE, label=_("Answer"))

    class Meta:
        label = _("Question")
        icon = "help"
        template = "blocks/question.html"
        preview_value = {"question": "Faut-il un avenant ?", "answer": "<p>Non, plus depuis 2017.</p>"}


class QuestionsBlock(StructBlock):
    items = ListBlock(QuestionBlock(), label=_("Questions"), min_num=1)

    class Meta:
        label = _("Questions and answers")
        icon = "help"
        template = "blocks/questions.html"
        preview_value = {"items": [{"question": "Faut-il un avenant ?", "answer": "<p>Non, plus depuis 2017.</p>"}]}
        description = _("Questions that readers ask, each with a short answer.")


class ChecklistBlock(StructBlock):
    title = CharBlock(max_length=120, label=_("Title"))
    items = ListBlock(CharBlock(max_length=300), label=_("Points to tick"), min_num=1)

    class Meta:
        label = _("Checklist")
        icon = "list-ul"
        template = "blocks/checklist.html"
        preview_value = {
            "title": "Avant de demander",
            "items": ["J’ai lu l’accord ou la charte", "J’ai listé mes tâches"],
        }
        description = _("Points that the reader ticks, on screen or on paper.")


class ModelTextBlock(StructBlock):
    title = CharBlock(max_length=120, label=_("Title"))
    text = RichTextBlock(features=["bold", "italic", "ol", "ul"], label=_("Text"))

    class Meta:
        label = _("Ready-made text")
        icon = "doc-full"
        template = "blocks/model_text.html"
        preview_value = {"title": "Objet", "text": "<p>Demande de télétravail</p>"}
        description = _("A letter, a mail or a paragraph that the reader may copy.")
