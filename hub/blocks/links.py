"""Blocks that lead somewhere."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, PageChooserBlock, StructBlock


class ActionBlock(StructBlock):
    label = CharBlock(label=_("Words on the button"), max_length=80, help_text=_("A verb: “Read the guide”."))
    page = PageChooserBlock(label=_("Page"))

    class Meta:
        label = _("Action")
        icon = "arrow-right"
        template = "blocks/action.html"
        preview_value = {"label": "Préparer ma demande", "page": None}
        description = _("One button to one page.")
