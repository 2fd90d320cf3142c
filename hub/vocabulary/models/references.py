"""The articles, decrees and rulings that explainers rest on."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField


class LegalReference(TranslatableMixin, models.Model):
    """One citable text of law. ``verified`` is false until someone has opened the official text."""

    class Code(models.TextChoices):
        LABOUR = "labour-code", _("Labour Code (Code du travail)")
        SOCIAL_SECURITY = "social-security-code", _("Social Security Code (Code de la sécurité sociale)")
        CIVIL_SERVICE = "civil-service-code", _("General Civil Service Code (CGFP)")
        LAW = "law", _("law")
        ORDINANCE = "ordinance", _("ordinance")
        DECREE = "decree", _("decree")
        ORDER = "order", _("ministerial order")
        RULING = "ruling", _("ruling")
        AGREEMENT = "national-agreement", _("national agreement")

    code = models.CharField(_("text"), max_length=24, choices=Code)
    number = models.CharField(_("number"), max_length=60, help_text=_("As it is cited: L1222-9, 2016-151…"))
    title = models.CharField(_("subject"), max_length=200)
    note = models.TextField(_("note"), max_length=400, blank=True)
    url = models.URLField(_("official address"), blank=True)
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    in_force_until = models.DateField(_("in force until"), null=True, blank=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    verified = models.BooleanField(
        _("verified"), default=False, help_text=_("Tick when you have read the official text or an authorised copy.")
    )
    slug = models.SlugField(_("key"), max_length=80)

    panels = [
        FieldRowPanel([FieldPanel("code"), FieldPanel("number")]),
        FieldPanel("title"),
        FieldPanel("url"),
        FieldRowPanel([FieldPanel("in_force_from"), FieldPanel("in_force_until")]),
        FieldRowPanel([FieldPanel("checked_on"), FieldPanel("verified")]),
        FieldPanel("note"),
        FieldPanel("slug"),
    ]

    translatable_fields = [
        TranslatableField("title"),
        TranslatableField("note"),
        SynchronizedField("code", overridable=False),
        SynchronizedField("number", overridable=False),
        SynchronizedField("url"),
        SynchronizedField("in_force_from", overridable=False),
        SynchronizedField("in_force_until", overridable=False),
        SynchronizedField("checked_on", overridable=False),
        SynchronizedField("verified", overridable=False),
        SynchronizedField("slug", overridable=False),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("legal reference")
        verbose_name_plural = _("legal references")
        ordering = ["code", "number"]
        constraints = [models.UniqueConstraint(fields=["locale", "slug"], name="one_reference_slug_per_locale")]

    def __str__(self) -> str:
        return f"{self.number} · {self.title}"
