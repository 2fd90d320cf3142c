"""What legal editors change in the letter without a release, and the only thing the hub counts about letters."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from guides.letters.clauses import Fault, faults


class LetterClause(TranslatableMixin, models.Model):
    """One clause of the letters in one language. It replaces the clause of that key that ships with the hub."""

    key = models.CharField(_("key"), max_length=60, editable=False)
    purpose = models.CharField(_("where it stands"), max_length=200, blank=True)
    text = models.TextField(
        _("text"),
        max_length=1200,
        help_text=_("Words in braces, such as {days}, are replaced by the writer’s answers; keep them as they are."),
    )

    panels = [FieldPanel("purpose", read_only=True), FieldPanel("text")]
    translatable_fields: ClassVar[list[Any]] = [
        SynchronizedField("key", overridable=False),
        TranslatableField("purpose"),
        TranslatableField("text"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("letter clause")
        verbose_name_plural = _("letter clauses")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["locale", "key"], name="one_clause_per_locale_key")]

    def __str__(self) -> str:
        return f"{self.key} · {self.text[:60]}"

    def clean(self) -> None:
        super().clean()
        found = faults(self.key, self.locale.language_code, self.text)
        if found:
            raise ValidationError({"text": [_sentence(fault) for fault in found]})


def _sentence(fault: Fault) -> str:
    sentences = {
        "unknown_placeholder": _("{%(what)s} is no answer that this clause can use."),
        "missing_placeholder": _("{%(what)s} must stay in this clause."),
        "brace": _("A brace is left open or empty."),
        "bracket": _("No square brackets: the letter goes out as it is written here."),
        "spaces": _("Two spaces stand in a row, or one at an end."),
        "empty": _("The clause is empty."),
        "unprintable": _("The letter cannot carry these characters: %(what)s"),
    }
    return str(sentences[fault.code]) % {"what": fault.what}


class LettersMade(models.Model):
    """How many papers were written in a month, by kind and language. Nothing else about a letter is ever stored."""

    month = models.DateField(_("month"), help_text=_("Its first day."))
    language = models.CharField(_("language"), max_length=10)
    kind = models.CharField(_("kind"), max_length=20)
    total = models.PositiveIntegerField(_("papers"), default=0)

    class Meta:
        verbose_name = _("papers written")
        verbose_name_plural = _("papers written")
        ordering = ["-month", "kind", "language"]
        constraints = [models.UniqueConstraint(fields=["month", "language", "kind"], name="one_count_per_month_kind")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} · {self.kind} · {self.language}: {self.total}"
