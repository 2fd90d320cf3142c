"""Blocks of the tools: a line of the decision table, a reply, an objection card, an item of the charter skeleton."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    BooleanBlock,
    CharBlock,
    ChoiceBlock,
    DecimalBlock,
    ListBlock,
    RichTextBlock,
    StructBlock,
)
from wagtail.blocks.struct_block import StructBlockValidationError

from guides.letters.papers import PaperKind
from guides.situation import Line
from hub.blocks.links import TargetPageBlock
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


def rows_by_slug(slugs: Iterable[str], language: str) -> dict[str, LegalReference]:
    """The legal texts of many lines with one query, in French where a language lacks one."""
    wanted = set(slugs)
    if not wanted:
        return {}
    rows = LegalReference.objects.filter(slug__in=wanted, locale__language_code__in={language, "fr"})
    rows = rows.select_related("locale")
    return {row.slug: row for row in sorted(rows, key=lambda row: row.locale.language_code == language)}


def cited(slugs: Iterable[str], rows: Mapping[str, LegalReference]) -> list[LegalReference | str]:
    """The texts in the order in which a line names them. One that is gone shows its bare key."""
    return [rows.get(slug, slug) for slug in slugs]


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
    explainer = TargetPageBlock(label=_("Explainer"), page_type="guides.LegalExplainerPage", required=False)

    class Meta:
        label = _("Line")
        icon = "table"
        template = "guides/blocks/line.html"
        preview_value = {
            "line": Line.NO_TEXT.value,
            "title": "Votre entreprise n’a ni accord ni charte.",
            "may_refuse": "Oui.",
            "reasons": "Non, le Code ne l’exige pas.",
            "owed": "<p>Le droit de demander, par tout moyen.</p>",
            "not_owed": "<p>Ni le oui, ni les raisons, ni une réponse dans un délai.</p>",
            "references": ["l1222-9"],
            "explainer": None,
        }
        description = _("One situation: whether a refusal is possible, what is owed, what is not, and by which text.")

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        rows = rows_by_slug(value["references"], get_language() or "fr")
        context["references"] = cited(value["references"], rows)
        return context


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
        template = "guides/blocks/reply.html"
        preview_value = {
            "reply": "nothing",
            "title": "« … »",
            "meaning": "<p>Le silence n’est pas un accord.</p>",
            "private": "<p>La loi ne fixe aucun délai.</p>",
            "public": "<p>La réponse écrite est due dans le mois.</p>",
            "next": "<p>Relancez en deux lignes.</p>",
            "whom": "<p>Votre responsable, puis les ressources humaines.</p>",
            "paper": PaperKind.REMINDER.value,
        }
        description = _("What an employer’s reply means in each sector, what to do now and whom to see.")


class ObjectionCardBlock(StructBlock):
    objection = CharBlock(label=_("What the employer says"), max_length=160)
    answer = RichTextBlock(label=_("Answer"), features=INLINE)
    value = DecimalBlock(label=_("Figure"), required=False)
    unit = CharBlock(label=_("Unit"), max_length=30, required=False)
    label = CharBlock(label=_("What the figure counts"), max_length=200, required=False)
    year = PeriodBlock(required=False)
    source = SourceBlock(required=False)
    case = TargetPageBlock(label=_("Case study that shows it"), page_type="casestudies.CaseStudyPage", required=False)
    sentence = CharBlock(
        label=_("Sentence for the letter"), max_length=500, help_text=_("Whole, polite, true without the card.")
    )

    class Meta:
        label = _("Card")
        icon = "comment"
        template = "guides/blocks/objection_card.html"
        preview_value = {
            "objection": "« C’est pour les cadres. »",
            "answer": "<p>La plupart des personnes attendues ne l’étaient pas.</p>",
            "value": 59,
            "unit": "%",
            "label": "des 133 personnes attendues n’étaient pas cadres",
            "year": "2016",
            "source": "ZEV-PME",
            "case": None,
            "sentence": "Le télétravail convient à bien des métiers, et pas seulement à l’encadrement.",
        }
        description = _("An objection, an answer with its proof, and a sentence that the reader may put in the letter.")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned["value"] is not None:
            lacking = {name: _("A figure needs it.") for name in ("label", "year", "source") if not cleaned[name]}
            if lacking:
                raise StructBlockValidationError({name: ValidationError(why) for name, why in lacking.items()})
        return cleaned


class CharterItemBlock(StructBlock):
    title = CharBlock(label=_("Item"), max_length=160)
    text = RichTextBlock(label=_("Model wording"), features=PROSE)
    compulsory = BooleanBlock(label=_("Compulsory (article L1222-9 II)"), required=False)

    class Meta:
        label = _("Item of the charter")
        icon = "form"
        template = "guides/blocks/charter_item.html"
        preview_value = {
            "title": "Conditions de passage en télétravail",
            "text": "<p>Le télétravail est ouvert aux postes dont la liste est jointe.</p>",
            "compulsory": True,
        }
        description = _("One item of a charter with wording to start from.")
