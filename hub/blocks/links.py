"""Blocks that lead somewhere."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, PageChooserBlock, StructBlock


class TargetPageBlock(PageChooserBlock):
    """A page chooser whose value is the page's id.

    The stock block fetches its pages for every field that holds one; here the page that is served finds all the pages
    it names at once (``hub.pages.directory``), in the reader's language. Translations keep the source's choice.
    """

    def to_python(self, value: Any) -> Any:
        return value

    def bulk_to_python(self, values: Sequence[Any]) -> list[Any]:
        return list(values)

    def get_prep_value(self, value: Any) -> Any:
        return getattr(value, "pk", value)

    def extract_references(self, value: Any) -> Iterator[tuple[type, str, str, str]]:
        if value is not None:
            yield self.model_class, str(getattr(value, "pk", value)), "", ""

    def get_translatable_segments(self, value: Any) -> list[Any]:
        return []


class ActionBlock(StructBlock):
    label = CharBlock(label=_("Words on the button"), max_length=80, help_text=_("A verb: “Read the guide”."))
    page = TargetPageBlock(label=_("Page"))

    class Meta:
        label = _("Action")
        icon = "arrow-right"
        template = "blocks/action.html"
        preview_value = {"label": "Préparer ma demande", "page": None}
        description = _("One button to one page.")
