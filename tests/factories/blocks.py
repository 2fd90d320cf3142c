"""Stored values of blocks, as the editor would have saved them."""

import uuid
from typing import Any

from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

FIGURE = {
    "value": "1344",
    "upper": None,
    "approximate": False,
    "unit": "entreprises",
    "label": "entreprises contactées",
    "year": "2015",
    "source": "DARES-1",
    "note": "",
}


def figure(**values: Any) -> dict[str, Any]:
    return {**FIGURE, **values}


def block(kind: str, value: Any) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def text(html: str) -> dict[str, Any]:
    return block("text", f"<p>{html}</p>")


def items(*values: Any) -> list[dict[str, Any]]:
    """The items of a ListBlock, in the form in which it stores them."""
    return [{"type": "item", "value": value, "id": str(uuid.uuid4())} for value in values]


def many(number: int) -> list[dict[str, Any]]:
    """A long body: prose, figures, tables and arguments, each with sources."""
    table = {
        "caption": "Refus",
        "columns": items("Cas", "Motif dû"),
        "rows": items({"cells": items("Accord", "oui")}),
        "source": "DARES-1",
        "note": "",
    }
    argument = {
        "claim": "C’est courant",
        "evidence": "<p>22 % des salariés.</p>",
        "strength": "strong",
        "year": "2024",
        "source": "DARES-1",
    }
    kinds = [
        lambda: text("Un paragraphe."),
        lambda: block("heading", "Une partie"),
        lambda: block("figures", {"items": items(figure(), figure())}),
        lambda: block("table", table),
        lambda: block("argument", argument),
    ]
    return [kinds[index % len(kinds)]() for index in range(number)]


class Sample:
    """A stored value for any block, every text of it different and easy to recognise.

    ``texts`` lists what a translator must be offered; ``data`` what must stay as it is.
    """

    def __init__(self) -> None:
        self.texts: list[str] = []

    def words(self) -> str:
        self.texts.append(f"Texte {len(self.texts)}")
        return self.texts[-1]

    def of(self, definition: blocks.Block) -> Any:
        if isinstance(definition, blocks.StreamBlock):
            return [
                {"type": name, "value": self.of(child), "id": str(uuid.uuid4())}
                for name, child in definition.child_blocks.items()
            ]
        if isinstance(definition, blocks.StructBlock):
            return {name: self.of(child) for name, child in definition.child_blocks.items()}
        if isinstance(definition, blocks.ListBlock):
            return items(self.of(definition.child_block), self.of(definition.child_block))
        return self.leaf(definition)

    def leaf(self, definition: blocks.Block) -> Any:
        if isinstance(definition, blocks.ChooserBlock | ImageChooserBlock):
            return None
        if isinstance(definition, blocks.BooleanBlock):
            return True
        if isinstance(definition, blocks.DecimalBlock):
            return "28.4"
        if isinstance(definition, blocks.RegexBlock):
            return "2024"
        if isinstance(definition, blocks.ChoiceBlock):
            choices = definition.field.choices
            return next((value for value, _label in choices if value), "")
        if isinstance(definition, blocks.RichTextBlock):
            return f"<p>{self.words()}</p>"
        if isinstance(definition, blocks.CharBlock | blocks.TextBlock):
            return self.words()
        raise TypeError(f"no sample for {type(definition).__name__}: say here what it stores")
