"""Audiences, territories and sectors: one row and one slug each, labelled in every language."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from taggit.models import ItemBase, TagBase
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Locale, Page


class LabelBase(models.Model):
    """The name of a term in one language. Concrete classes add ``term``, unique with the locale."""

    locale = models.ForeignKey(Locale, on_delete=models.PROTECT, verbose_name=_("language"), related_name="+")
    label = models.CharField(_("name"), max_length=80)
    description = models.TextField(_("description"), max_length=300, blank=True)

    panels = [FieldPanel("locale"), FieldPanel("label"), FieldPanel("description")]

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.label


class Labelled:
    """Reads a term's label in a language, falling back to the hub's first language and then to the slug."""

    slug: str
    labels: Any

    def _label_row(self, language: str | None) -> LabelBase | None:
        wanted = language or get_language() or settings.LANGUAGE_CODE
        rows = {row.locale.language_code: row for row in self.labels.all()}
        return rows.get(wanted) or rows.get(settings.LANGUAGE_CODE)

    def label(self, language: str | None = None) -> str:
        row = self._label_row(language)
        return row.label if row else self.slug

    def description(self, language: str | None = None) -> str:
        row = self._label_row(language)
        return row.description if row else ""

    def __str__(self) -> str:
        return self.label()


class LabelledQuerySet(models.QuerySet):
    def with_labels(self) -> "LabelledQuerySet":
        """Two queries, whatever the number of terms."""
        return self.prefetch_related(models.Prefetch("labels", queryset=self._label_model().select_related("locale")))

    def _label_model(self) -> models.QuerySet:
        relation: Any = self.model._meta.get_field("labels")
        return relation.related_model.objects.all()


_LABEL_PANEL_HELP = _("One name per language. Where one is missing, visitors see the French name.")


class Audience(Labelled, ClusterableModel, TagBase):
    """A reader the hub speaks to. A fixed list: editors choose, they do not add while tagging."""

    free_tagging = False

    position = models.PositiveSmallIntegerField(_("order"), default=0)

    panels = [
        FieldPanel("name", help_text=_("Name for editors; visitors see the names below.")),
        FieldPanel("slug", help_text=_("Stands in addresses, the same in every language. Never change it.")),
        FieldPanel("position"),
        InlinePanel("labels", heading=_("Names"), help_text=_LABEL_PANEL_HELP, min_num=1),
    ]

    objects = LabelledQuerySet.as_manager()

    class Meta:
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")
        ordering = ["position", "slug"]


class AudienceLabel(LabelBase):
    term = ParentalKey(Audience, on_delete=models.CASCADE, related_name="labels")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["term", "locale"], name="one_audience_label_per_locale")]


class AudienceTag(ItemBase):
    """Ties a page to an audience. On ``Page`` itself, so that lists of several page types need no union."""

    tag = models.ForeignKey(Audience, on_delete=models.CASCADE, related_name="tagged_pages")
    content_object = ParentalKey(Page, on_delete=models.CASCADE, related_name="audience_tags")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="one_audience_tag_per_page")]


class Territory(Labelled, ClusterableModel):
    """A place of the hub's three départements, the region around them, or outside."""

    class Kind(models.TextChoices):
        DEPARTMENT = "departement", _("département")
        REGION = "region", _("region")
        OUTSIDE = "outside", _("outside Normandy")

    slug = models.SlugField(_("slug"), unique=True, max_length=60)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    code = models.CharField(_("INSEE code"), max_length=5, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    panels = [
        FieldPanel("slug"),
        FieldPanel("kind"),
        FieldPanel("code"),
        FieldPanel("position"),
        InlinePanel("labels", heading=_("Names"), help_text=_LABEL_PANEL_HELP, min_num=1),
    ]

    objects = LabelledQuerySet.as_manager()

    class Meta:
        verbose_name = _("territory")
        verbose_name_plural = _("territories")
        ordering = ["position", "slug"]


class TerritoryLabel(LabelBase):
    term = ParentalKey(Territory, on_delete=models.CASCADE, related_name="labels")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["term", "locale"], name="one_territory_label_per_locale")]


class PageTerritory(models.Model):
    """Where what a page tells took place."""

    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="page_territories")
    territory = models.ForeignKey(
        Territory, on_delete=models.CASCADE, related_name="territory_pages", verbose_name=_("territory")
    )

    panels = [FieldPanel("territory")]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "territory"], name="one_row_per_page_territory")]

    def __str__(self) -> str:
        return str(self.territory)


class Sector(Labelled, ClusterableModel):
    """What an organisation does."""

    slug = models.SlugField(_("slug"), unique=True, max_length=60)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    panels = [
        FieldPanel("slug"),
        FieldPanel("position"),
        InlinePanel("labels", heading=_("Names"), help_text=_LABEL_PANEL_HELP, min_num=1),
    ]

    objects = LabelledQuerySet.as_manager()

    class Meta:
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")
        ordering = ["position", "slug"]


class SectorLabel(LabelBase):
    term = ParentalKey(Sector, on_delete=models.CASCADE, related_name="labels")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["term", "locale"], name="one_sector_label_per_locale")]
