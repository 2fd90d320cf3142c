"""Names, contact, footer and social picture, which operators set in the admin, one wording per language."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Locale


@register_setting(icon="site", order=10)
class SiteIdentity(ClusterableModel, BaseSiteSetting):
    contact_email = models.EmailField(_("contact address"), blank=True)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True, help_text=_("Printed in the footer."))
    social_image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture for social networks"),
    )

    panels = [
        FieldPanel("contact_email"),
        FieldPanel("publisher"),
        FieldPanel("social_image"),
        InlinePanel("wordings", heading=_("Names and footer"), label=_("Language"), min_num=1),
    ]

    class Meta:
        verbose_name = _("site identity")


class SiteWording(models.Model):
    identity = ParentalKey(SiteIdentity, on_delete=models.CASCADE, related_name="wordings")
    locale = models.ForeignKey(Locale, on_delete=models.PROTECT, verbose_name=_("language"), related_name="+")
    name = models.CharField(_("name"), max_length=40, default="Relais")
    tagline = models.CharField(_("long name"), max_length=120, blank=True)
    footer_text = models.TextField(_("footer text"), max_length=400, blank=True)

    panels = [FieldPanel("locale"), FieldPanel("name"), FieldPanel("tagline"), FieldPanel("footer_text")]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["identity", "locale"], name="one_wording_per_locale")]

    def __str__(self) -> str:
        return self.name
