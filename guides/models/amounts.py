"""Amounts that change every year, changed in the admin without a release."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from guides.savings.constants import shipped
from guides.savings.names import UNITS, key_choices, name_of
from hub.pages.templatetags.hub_tags import number
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
        FieldPanel(
            "key",
            widget=forms.Select(choices=key_choices()),
            help_text=_(
                "To announce a new amount, add a row with its date: until that day the one before still counts."
            ),
        ),
        FieldRowPanel([FieldPanel("value"), FieldPanel("starts_on")]),
        FieldRowPanel([FieldPanel("source"), FieldPanel("verified")]),
    ]

    class Meta:
        verbose_name = _("yearly amount")
        verbose_name_plural = _("yearly amounts")
        ordering = ["key", "-starts_on"]
        constraints = [models.UniqueConstraint(fields=["key", "starts_on"], name="one_amount_per_key_start")]

    def __str__(self) -> str:
        return f"{self.name} · {self.starts_on:%Y-%m-%d} · {number(self.value)}"

    @property
    @admin.display(description=_("amount"), ordering="key")
    def name(self) -> str:
        return name_of(self.key)

    @property
    @admin.display(description=_("value"), ordering="value")
    def value_with_unit(self) -> str:
        constant = shipped().get(self.key)
        return f"{number(self.value)} {UNITS[constant.unit]}" if constant else number(self.value)

    def clean(self) -> None:
        super().clean()
        constant = shipped().get(self.key)
        if constant is None:
            if self.key:
                raise ValidationError({"key": _("The hub knows no such amount.")})
            return
        if self.value is None:
            return
        if constant.whole and self.value != self.value.to_integral_value():
            raise ValidationError({"value": _("Write a whole number, such as 2.")})
        if not constant.least <= self.value <= constant.most:
            message = _("This amount lies between %(least)s and %(most)s (%(unit)s).") % {
                "least": number(constant.least),
                "most": number(constant.most),
                "unit": UNITS[constant.unit],
            }
            raise ValidationError({"value": message})
