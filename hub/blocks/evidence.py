"""Blocks of evidence. None shows a figure without its year and source."""

from typing import Any

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

from hub.blocks.text import INLINE
from hub.blocks.values import PeriodBlock, SourceBlock

_FIGURE_SAMPLE: dict[str, Any] = {
    "value": 1344,
    "upper": None,
    "approximate": False,
    "unit": "entreprises",
    "label": "entreprises contactées par le programme",
    "year": "2015",
    "source": "NORMANDINAMIK",
    "note": "",
}


class FigureBlock(StructBlock):
    value = DecimalBlock(label=_("Figure"))
    upper = DecimalBlock(label=_("Upper end"), required=False, help_text=_("For a range such as 1 500 to 2 000."))
    approximate = BooleanBlock(label=_("About"), required=False)
    unit = CharBlock(label=_("Unit"), required=False, max_length=60)
    label = CharBlock(label=_("What was counted"), max_length=200, help_text=_("Readable on its own."))
    year = PeriodBlock()
    source = SourceBlock()
    note = CharBlock(label=_("Note"), required=False, max_length=300, help_text=_("Definition, doubt, discrepancy."))

    class Meta:
        label = _("Figure")
        icon = "order"
        template = "blocks/figure.html"
        preview_value = _FIGURE_SAMPLE
        description = _("One number with its year and source.")


class FiguresBlock(StructBlock):
    items = ListBlock(FigureBlock(), label=_("Figures"), min_num=1, max_num=4)

    class Meta:
        label = _("Figures")
        icon = "order"
        template = "blocks/figures.html"
        preview_value = {"items": [_FIGURE_SAMPLE]}
        description = _("Two to four figures side by side.")


class BarBlock(StructBlock):
    label = CharBlock(label=_("Name"), max_length=120)
    value = DecimalBlock(label=_("Value"))

    class Meta:
        label = _("Bar")
        template = "blocks/bar.html"
        preview_value = {"label": "Orne", "value": 28.4}


class ChartBlock(StructBlock):
    title = CharBlock(label=_("Title"), max_length=160, help_text=_("Say what the chart shows."))
    unit = CharBlock(label=_("Unit"), max_length=60, required=False)
    bars = ListBlock(BarBlock(), label=_("Bars"), min_num=2, max_num=12)
    year = PeriodBlock()
    source = SourceBlock()
    note = CharBlock(label=_("Note"), required=False, max_length=300)

    class Meta:
        label = _("Bar chart")
        icon = "table"
        template = "blocks/chart.html"
        preview_value = {
            "title": "Emplois qui pourraient être télétravaillés",
            "unit": "%",
            "bars": [{"label": "Orne", "value": 28.4}, {"label": "Manche", "value": 29.3}],
            "year": "2019",
            "source": "F3-N111",
            "note": "",
        }
        description = _("Horizontal bars from zero, with the table behind them.")

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        largest = max((abs(bar["value"]) for bar in value["bars"]), default=0) or 1
        context["bars"] = [
            {"label": bar["label"], "value": bar["value"], "width": round(float(abs(bar["value"]) / largest) * 100, 1)}
            for bar in value["bars"]
        ]
        return context


class RowBlock(StructBlock):
    cells = ListBlock(CharBlock(required=False, max_length=600), label=_("Cells"))

    class Meta:
        label = _("Row")
        template = "blocks/row.html"
        preview_value = {"cells": ["Accord ou charte, poste éligible", "oui", "oui"]}


class TableBlock(StructBlock):
    """A table whose words translators reach: the stock table blocks are never extracted by wagtail-localize."""

    caption = CharBlock(label=_("Caption"), max_length=200)
    columns = ListBlock(CharBlock(required=False, max_length=120), label=_("Columns"), min_num=2, max_num=6)
    rows = ListBlock(RowBlock(), label=_("Rows"), min_num=1)
    source = SourceBlock(required=False)
    note = CharBlock(label=_("Note"), required=False, max_length=400)

    class Meta:
        label = _("Table")
        icon = "table"
        template = "blocks/table.html"
        preview_value = {
            "caption": "Refus : qui doit donner ses raisons ?",
            "columns": ["Situation", "Refus possible", "Motif dû"],
            "rows": [{"cells": ["Ni accord ni charte", "oui", "non"]}],
            "source": "LEGI",
            "note": "",
        }
        description = _("The first cell of a row names it.")


class TimelineEntryBlock(StructBlock):
    when = PeriodBlock()
    text = CharBlock(label=_("What happened"), max_length=400)
    source = SourceBlock(required=False)

    class Meta:
        label = _("Date")
        icon = "date"
        template = "blocks/timeline_entry.html"
        preview_value = {"when": "2016-01-26", "text": "Bilan du programme à Alençon.", "source": "NORMANDINAMIK"}


class TimelineBlock(StructBlock):
    items = ListBlock(TimelineEntryBlock(), label=_("Dates"), min_num=1)

    class Meta:
        label = _("Timeline")
        icon = "date"
        template = "blocks/timeline.html"
        preview_value = {"items": [{"when": "2016-01-26", "text": "Bilan à Alençon.", "source": "NORMANDINAMIK"}]}
        description = _("Dates along a line.")


class ArgumentBlock(StructBlock):
    claim = CharBlock(label=_("Argument"), max_length=200)
    evidence = RichTextBlock(features=INLINE, label=_("Evidence"))
    strength = ChoiceBlock(
        choices=[("strong", _("Strong evidence")), ("medium", _("Fair evidence")), ("indicative", _("Indicative"))],
        label=_("How strong"),
    )
    year = PeriodBlock()
    source = SourceBlock()

    class Meta:
        label = _("Argument")
        icon = "pick"
        template = "blocks/argument.html"
        preview_value = {
            "claim": "C’est devenu courant",
            "evidence": "<p>22 % des salariés du privé télétravaillent.</p>",
            "strength": "strong",
            "year": "2024",
            "source": "INSEE-105",
        }
        description = _("A reason for the employer, with its evidence.")


class ObjectionBlock(StructBlock):
    objection = CharBlock(label=_("Objection"), max_length=200)
    answer = RichTextBlock(features=INLINE, label=_("Answer"))
    source = SourceBlock(required=False)

    class Meta:
        label = _("Objection")
        icon = "comment"
        template = "blocks/objection.html"
        preview_value = {
            "objection": "Je ne vous verrai pas travailler.",
            "answer": "<p>Convenons de résultats et d’un point chaque semaine.</p>",
            "source": "",
        }
        description = _("What an employer may say, and an answer to prepare.")


class DifficultyBlock(StructBlock):
    problem = CharBlock(label=_("Difficulty"), max_length=300)
    answer = RichTextBlock(features=INLINE, label=_("How it was met"), required=False)

    class Meta:
        label = _("Difficulty")
        icon = "warning"
        template = "blocks/difficulty.html"
        preview_value = {"problem": "Des débuts lents.", "answer": "<p>Des rencontres dans chaque ville.</p>"}


class DiscrepancyBlock(StructBlock):
    text = CharBlock(label=_("What differs"), max_length=500)
    source = SourceBlock(required=False)

    class Meta:
        label = _("Discrepancy")
        icon = "warning"
        template = "blocks/discrepancy.html"
        preview_value = {"text": "La presse locale donne une autre répartition.", "source": "HEBDO"}
