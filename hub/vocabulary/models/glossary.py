"""The terms of telework, explained in each language."""

from urllib.parse import quote

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField


class GlossaryTerm(TranslatableMixin, models.Model):
    """A term with its definition. The English row is the agreed translation of the French one."""

    term = models.CharField(_("term"), max_length=120)
    definition = models.TextField(_("definition"), max_length=600, help_text=_("One or two plain sentences."))
    note = models.TextField(_("note"), max_length=400, blank=True, help_text=_("False friend, limit, history."))
    variants = models.CharField(
        _("other spellings"), max_length=300, blank=True, help_text=_("Separated by commas; used by search.")
    )
    slug = models.SlugField(_("anchor"), max_length=80, help_text=_("Names the term in addresses."))

    panels = [
        FieldPanel("term"),
        FieldPanel("definition"),
        FieldPanel("note"),
        FieldPanel("variants"),
        FieldPanel("slug"),
    ]

    translatable_fields = [
        TranslatableField("term"),
        TranslatableField("definition"),
        TranslatableField("note"),
        TranslatableField("variants"),
        SynchronizedField("slug", overridable=False),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")
        ordering = ["term"]
        constraints = [models.UniqueConstraint(fields=["locale", "slug"], name="one_glossary_slug_per_locale")]

    def __str__(self) -> str:
        return self.term

    @property
    def initial(self) -> str:
        """The letter under which it stands: accents and quotation marks do not count."""
        return (slugify(self.term) or "#")[0].upper()

    @property
    def place(self) -> str:
        """Where it stands in the glossary: what follows the address of the page that lists the terms."""
        return f"?letter={quote(self.initial)}#{self.slug}"
