"""Whoever tried telework: a firm, a public body, a territory, a place."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from hub.geography import communes


class Organisation(TranslatableMixin, models.Model):
    class Kind(models.TextChoices):
        SME = "sme", _("small or medium firm")
        LARGE = "large", _("large firm")
        PUBLIC = "public", _("public body")
        TERRITORY = "territory", _("territory")
        PLACE = "place", _("shared workplace")
        PROGRAMME = "programme", _("programme")

    class SizeBand(models.TextChoices):
        SMALL = "under-50", _("under 50 people")
        MEDIUM = "50-249", _("50 to 249 people")
        LARGE = "250-4999", _("250 to 4,999 people")
        VERY_LARGE = "over-5000", _("5,000 people or more")
        UNKNOWN = "unknown", _("size not known")

    class Setting(models.TextChoices):
        RURAL = "rural", _("rural")
        URBAN = "urban", _("urban")
        MIXED = "mixed", _("rural and urban")

    name = models.CharField(_("name"), max_length=120)
    description = models.TextField(_("description"), max_length=400, blank=True)
    slug = models.SlugField(_("key"), max_length=80)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    size_band = models.CharField(_("size"), max_length=12, choices=SizeBand, default=SizeBand.UNKNOWN)
    setting = models.CharField(_("setting"), max_length=8, choices=Setting, default=Setting.MIXED)
    commune = models.CharField(_("commune"), max_length=80, blank=True)
    commune_code = models.CharField(
        _("INSEE code of the commune"),
        max_length=5,
        blank=True,
        help_text=_(
            "Fills in name, intercommunal authority and position where they are empty; the population too, unless the "
            "organisation covers more than this commune."
        ),
    )
    epci = models.CharField(_("intercommunal authority"), max_length=120, blank=True)
    epci_code = models.CharField(_("SIREN number of the intercommunal authority"), max_length=9, blank=True)
    population = models.PositiveIntegerField(
        _("inhabitants"), null=True, blank=True, help_text=_("Of the commune, or of the territory.")
    )
    population_year = models.PositiveSmallIntegerField(_("year of the count"), null=True, blank=True)
    website = models.URLField(_("website"), blank=True)
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=7,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=7,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("description"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("size_band")]),
        MultiFieldPanel(
            [
                FieldPanel("setting"),
                FieldRowPanel([FieldPanel("commune_code"), FieldPanel("commune")]),
                FieldRowPanel([FieldPanel("epci"), FieldPanel("epci_code")]),
                FieldRowPanel([FieldPanel("population"), FieldPanel("population_year")]),
                FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
            ],
            heading=_("Where"),
        ),
        FieldPanel("website"),
        FieldPanel("slug"),
    ]

    translatable_fields = [
        TranslatableField("name"),
        TranslatableField("description"),
        SynchronizedField("slug", overridable=False),
        SynchronizedField("kind", overridable=False),
        SynchronizedField("size_band", overridable=False),
        SynchronizedField("setting", overridable=False),
        SynchronizedField("commune", overridable=False),
        SynchronizedField("commune_code", overridable=False),
        SynchronizedField("epci", overridable=False),
        SynchronizedField("epci_code", overridable=False),
        SynchronizedField("population", overridable=False),
        SynchronizedField("population_year", overridable=False),
        SynchronizedField("website"),
        SynchronizedField("latitude", overridable=False),
        SynchronizedField("longitude", overridable=False),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["locale", "slug"], name="one_organisation_slug_per_locale")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_of_its_commune(self) -> bool:
        return is_of_its_commune(self.kind, self.setting)

    def clean(self) -> None:
        """What the commune's code says fills the fields that are empty. An unknown code is refused."""
        super().clean()
        if not self.commune_code:
            return
        commune = communes.commune(self.commune_code)
        if commune is None:
            raise ValidationError({"commune_code": _("No commune of Calvados, Manche or Orne has this code.")})
        self.commune = self.commune or commune.name
        if commune.epci:
            self.epci_code = self.epci_code or commune.epci.code
            self.epci = self.epci or commune.epci.name
        if self.population is None and self.is_of_its_commune:
            self.population, self.population_year = commune.population, communes.year()
        if self.latitude is None and self.longitude is None:
            self.latitude, self.longitude = Decimal(str(commune.latitude)), Decimal(str(commune.longitude))


def is_of_its_commune(kind: str, setting: str) -> bool:
    """Whether the commune's population says something about an organisation: a département's council or a regional
    programme only has its seat there, and a territory has inhabitants of its own."""
    if kind in (Organisation.Kind.SME, Organisation.Kind.LARGE, Organisation.Kind.PLACE):
        return True
    return kind != Organisation.Kind.TERRITORY and setting != Organisation.Setting.MIXED
