"""Pictures with their credit and licence, documents checked by what they contain. Imports nothing of the hub."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class HubImage(AbstractImage):
    """A picture that says who made it and on what terms others may use it."""

    credit = models.CharField(
        _("credit"), max_length=200, blank=True, help_text=_("Author or owner, as it must be printed.")
    )
    licence = models.CharField(_("licence"), max_length=120, blank=True, default="Licence Ouverte 2.0")

    admin_form_fields = (*Image.admin_form_fields, "credit", "licence")

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        permissions = [("choose_hubimage", "Can choose picture")]


class HubRendition(AbstractRendition):
    image = models.ForeignKey(HubImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_per_filter")
        ]


class HubDocument(AbstractDocument):
    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_hubdocument", "Can choose document")]
