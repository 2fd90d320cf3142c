"""Amounts that change every year, changed in the admin without a release."""

from typing import Any, ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from hub.vocabulary.models import Source


class YearlyAmount(models.Model):
    """A dated value of one constant. From ``starts_on`` it replaces the value that ships with the hub.

    ``key`` and its unit are those of ``guides.savings.constants``.
    """

    key = models.CharField(_("amount"), max_length=60)
    starts_on = models.DateField(_("holds from"))
    value = models.DecimalField(_("value"), max_digits=12, decimal_places=5, validators=[MinValueValidator(0)])
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+", verbose_name=_("source"))
    verified = models.BooleanField(
        _("verified"), default=False, help_text=_("Tick when you have read it in the official text.")
    )

    panels: ClassVar[list[Any]] = [
        FieldPanel("key"),
        FieldRowPanel([FieldPanel("value"), FieldPanel("starts_on")]),
        FieldRowPanel([FieldPanel("source"), FieldPanel("verified")]),
    ]

    class Meta:
        verbose_name = _("yearly amount")
        verbose_name_plural = _("yearly amounts")
        ordering = ["key", "-starts_on"]
        constraints = [models.UniqueConstraint(fields=["key", "starts_on"], name="one_amount_per_key_start")]

    def __str__(self) -> str:
        return f"{self.key} · {self.starts_on:%Y-%m-%d} · {self.value.normalize():f}"
