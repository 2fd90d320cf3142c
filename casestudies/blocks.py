"""Blocks of the library alone."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BooleanBlock, CharBlock, ChoiceBlock, DecimalBlock, ListBlock, StructBlock, TextBlock

from hub.blocks.values import PeriodBlock, SourceBlock


class StageBlock(StructBlock):
    """A stage of the study's roadmap. Costs are in thousands of euros; empty means that the study states none."""

    title = CharBlock(label=_("Stage"), max_length=160)
    strand = ChoiceBlock(
        choices=[
            ("both", _("telework and shared workplaces")),
            ("telework", _("telework")),
            ("places", _("shared workplaces")),
        ],
        label=_("Strand"),
    )
    measures = ListBlock(CharBlock(max_length=200), label=_("Measures"), min_num=1)
    lead = CharBlock(label=_("Led by"), max_length=160, required=False)
    cost_from = DecimalBlock(label=_("Cost from (k€)"), required=False)
    cost_to = DecimalBlock(label=_("Cost to (k€)"), required=False)
    cost_basis = ChoiceBlock(
        choices=[
            ("once", _("in all")),
            ("yearly", _("a year")),
            ("body", _("for each body")),
            ("investment", _("investment")),
        ],
        label=_("Cost counted"),
        required=False,
    )
    cost_note = CharBlock(label=_("Note on cost"), max_length=300, required=False)
    year = PeriodBlock()
    source = SourceBlock()

    class Meta:
        label = _("Stage")
        icon = "list-ol"
        template = "casestudies/blocks/stage.html"
        preview_value = {
            "title": "Sensibiliser les décideurs",
            "strand": "both",
            "measures": ["Présenter les enjeux, les résultats et la feuille de route"],
            "lead": "Gouvernance numérique",
            "cost_from": 4,
            "cost_to": 8,
            "cost_basis": "once",
            "cost_note": "",
            "year": "2015",
            "source": "STUDY",
        }
        description = _("Measures, lead and cost of one stage.")


class QuoteBlock(StructBlock):
    """Words of a person, only with their consent."""

    text = TextBlock(label=_("Words"), max_length=600)
    person = CharBlock(label=_("Person"), max_length=120, help_text=_("Or a function alone, if they prefer."))
    function = CharBlock(label=_("Function"), max_length=160, required=False)
    when = PeriodBlock()
    translated = BooleanBlock(label=_("Translated"), required=False, help_text=_("Said in another language."))
    consent = BooleanBlock(label=_("The person agrees to be quoted here"), help_text=_("In writing, and kept."))

    class Meta:
        label = _("Quotation")
        icon = "openquote"
        template = "casestudies/blocks/quote.html"
        preview_value = {
            "text": "Nous avons commencé par deux jours fixes.",
            "person": "Une directrice",
            "function": "Direction des ressources humaines",
            "when": "2026",
            "translated": False,
            "consent": True,
        }
        description = _("Said by someone who agreed to be quoted.")
