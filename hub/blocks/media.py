"""Pictures inside a page.

The alternative text stands beside the chooser: wagtail-localize 1.14 fails on Wagtail's ImageBlock inside a struct.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock


class PictureBlock(StructBlock):
    image = ImageChooserBlock(label=_("Picture"))
    alt = CharBlock(
        label=_("Alternative text"),
        required=False,
        max_length=250,
        help_text=_("What the picture says to someone who does not see it. Empty for pure ornament."),
    )
    caption = CharBlock(label=_("Caption"), required=False, max_length=250)

    def get_preview_value(self) -> Any:
        """The sample with the newest picture of the hub."""
        newest = get_image_model().objects.order_by("-pk").first()
        return self.normalize({**self.meta.preview_value, "image": newest})

    class Meta:
        label = _("Picture")
        icon = "image"
        template = "blocks/picture.html"
        preview_value = {"image": None, "alt": "", "caption": "Une ligne entre le village et la ville"}
        description = _("A picture with its alternative text and caption.")
