"""The hub's bibliography: every figure names one of these rows."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel


class Source(models.Model):
    """A publication as it was published: its title is cited in its own language, never translated."""

    class Kind(models.TextChoices):
        PRIMARY = "primary", _("first-hand source")
        SECONDARY = "secondary", _("second-hand source (press, law firm, commentary)")

    key = models.SlugField(_("key"), max_length=40, unique=True, help_text=_("Short and stable: INSEE-105."))
    title = models.CharField(_("title"), max_length=250)
    publisher = models.CharField(_("publisher"), max_length=200)
    date = models.CharField(_("date"), max_length=80, blank=True, help_text=_("As printed, or how it was inferred."))
    url = models.URLField(_("address"), max_length=500, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.PRIMARY)
    language = models.CharField(
        _("language"), max_length=2, choices=[("fr", "Français"), ("en", "English")], default="fr"
    )

    panels = [
        FieldPanel("key"),
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("publisher"), FieldPanel("date")]),
        FieldPanel("url"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("language")]),
    ]

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["key"]

    def __str__(self) -> str:
        return f"{self.key} · {self.publisher}, {self.title}"
