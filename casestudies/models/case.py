"""A case study: what was tried, with whom, at what cost, with what result and what difficulty."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.blocks import CharBlock
from wagtail.fields import RichTextField
from wagtail_localize.fields import SynchronizedField, TranslatableField

from casestudies.blocks import QuoteBlock
from casestudies.models.organisation import Organisation
from hub.blocks.body import BodyBlock
from hub.blocks.evidence import DifficultyBlock, DiscrepancyBlock, FigureBlock, TimelineEntryBlock
from hub.blocks.fields import SlimStreamField
from hub.blocks.text import PROSE
from hub.blocks.values import SourceBlock
from hub.pages.models import HubPage
from hub.vocabulary.models import Sector


class CaseStudyPage(HubPage):
    parent_page_types = ["casestudies.CaseStudyIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    kind: ClassVar[str] = "casestudy"
    kind_label = _("Case study")

    serve_with = ("locale", "picture", "organisation", "sector")

    class Status(models.TextChoices):
        SHEET = "sheet", _("sheet from public sources")
        TESTIMONY = "testimony", _("first-hand account")
        ILLUSTRATION = "illustration", _("illustration (fictional)")

    class LegalForm(models.TextChoices):
        AGREEMENT = "agreement", _("collective agreement")
        CHARTER = "charter", _("charter")
        INDIVIDUAL = "individual", _("individual agreement")
        RESOLUTION = "resolution", _("council resolution")
        TRIAL = "trial", _("trial")
        NONE = "none", _("not applicable")
        UNKNOWN = "unknown", _("not known")

    class Rhythm(models.TextChoices):
        FIXED = "fixed", _("fixed days")
        FLEXIBLE = "flexible", _("flexible days")
        MIXED = "mixed", _("fixed and flexible days")
        UNKNOWN = "unknown", _("not known")

    class Place(models.TextChoices):
        HOME = "home", _("home")
        SHARED = "shared", _("shared workplace")
        BOTH = "both", _("home and shared workplace")
        OTHER = "other", _("another place")
        UNKNOWN = "unknown", _("not known")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    status = models.CharField(
        _("status"),
        max_length=12,
        choices=Status,
        default=Status.SHEET,
        help_text=_("Printed on the card and the page."),
    )
    sector = models.ForeignKey(
        Sector, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("sector")
    )
    period_start = models.PositiveSmallIntegerField(_("from (year)"), null=True, blank=True)
    period_end = models.PositiveSmallIntegerField(_("to (year)"), null=True, blank=True)
    checked_on = models.DateField(_("checked on"))
    legal_form = models.CharField(_("legal form"), max_length=12, choices=LegalForm, default=LegalForm.UNKNOWN)
    rhythm = models.CharField(_("rhythm"), max_length=10, choices=Rhythm, default=Rhythm.UNKNOWN)
    rhythm_detail = models.CharField(_("rhythm in words"), max_length=250, blank=True)
    places = models.CharField(_("places"), max_length=10, choices=Place, default=Place.UNKNOWN)
    people_total = models.PositiveIntegerField(_("people in all"), null=True, blank=True)
    people_eligible = models.PositiveIntegerField(_("people eligible"), null=True, blank=True)
    people_teleworking = models.PositiveIntegerField(_("people teleworking"), null=True, blank=True)
    people_note = models.CharField(_("note on people"), max_length=300, blank=True)

    why = RichTextField(_("why"), features=PROSE, blank=True, help_text=_("What set it off, and its aims."))
    approach = RichTextField(_("how"), features=PROSE, blank=True, help_text=_("Steps, partners, training, tools."))
    figures = SlimStreamField(
        [("figure", FigureBlock())],
        blank=True,
        verbose_name=_("results"),
        help_text=_("The first three stand on the card."),
    )
    difficulties = SlimStreamField([("difficulty", DifficultyBlock())], blank=True, verbose_name=_("difficulties"))
    costs = SlimStreamField([("cost", FigureBlock())], blank=True, verbose_name=_("costs"))
    funding = RichTextField(_("funding"), features=PROSE, blank=True)
    timeline = SlimStreamField([("entry", TimelineEntryBlock())], blank=True, verbose_name=_("timeline"))
    advice = SlimStreamField(
        [("tip", CharBlock(max_length=300))], blank=True, max_num=5, verbose_name=_("advice to peers")
    )
    body = SlimStreamField(BodyBlock(), blank=True, verbose_name=_("more"))
    discrepancies = SlimStreamField([("discrepancy", DiscrepancyBlock())], blank=True, verbose_name=_("discrepancies"))
    unknowns = SlimStreamField(
        [("unknown", CharBlock(max_length=300))], blank=True, verbose_name=_("what is not known")
    )
    sources = SlimStreamField([("source", SourceBlock())], blank=True, verbose_name=_("sources"))
    quotes = SlimStreamField([("quote", QuoteBlock())], blank=True, max_num=4, verbose_name=_("quotations"))

    mentoring_open = models.BooleanField(
        _("open to requests for advice"),
        default=False,
        help_text=_("Only with their agreement. Their address stands under Mentors’ contacts, never on the page."),
    )
    mentoring_themes = SlimStreamField(
        [("theme", CharBlock(max_length=120))], blank=True, max_num=8, verbose_name=_("themes of advice")
    )
    mentoring_format = models.CharField(
        _("format"), max_length=160, blank=True, help_text=_("A call, a visit, half a day.")
    )
    mentoring_per_year = models.PositiveSmallIntegerField(
        _("requests a year at most"), null=True, blank=True, help_text=_("Empty: no limit.")
    )

    own_panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [
                FieldPanel("organisation"),
                FieldRowPanel([FieldPanel("status"), FieldPanel("sector")]),
                FieldRowPanel([FieldPanel("period_start"), FieldPanel("period_end"), FieldPanel("checked_on")]),
            ],
            heading=_("Who and when"),
        ),
        FieldPanel("why"),
        FieldPanel("approach"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("legal_form"), FieldPanel("places")]),
                FieldRowPanel([FieldPanel("rhythm"), FieldPanel("rhythm_detail")]),
                FieldRowPanel(
                    [FieldPanel("people_total"), FieldPanel("people_eligible"), FieldPanel("people_teleworking")]
                ),
                FieldPanel("people_note"),
            ],
            heading=_("At a glance"),
        ),
        FieldPanel("figures"),
        FieldPanel("difficulties"),
        MultiFieldPanel([FieldPanel("costs"), FieldPanel("funding")], heading=_("Costs and funding")),
        FieldPanel("timeline"),
        FieldPanel("advice"),
        FieldPanel("quotes"),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("discrepancies"), FieldPanel("unknowns"), FieldPanel("sources")], heading=_("Honesty")
        ),
        MultiFieldPanel(
            [
                FieldPanel("mentoring_open"),
                FieldPanel("mentoring_themes"),
                FieldRowPanel([FieldPanel("mentoring_format"), FieldPanel("mentoring_per_year")]),
            ],
            heading=_("Mentoring"),
        ),
    ]
    own_translatable_fields: ClassVar[list[Any]] = [
        TranslatableField("organisation"),
        *(
            TranslatableField(name)
            for name in (
                "rhythm_detail",
                "people_note",
                "why",
                "approach",
                "figures",
                "difficulties",
                "costs",
                "funding",
                "timeline",
                "advice",
                "body",
                "discrepancies",
                "unknowns",
                "sources",
                "quotes",
                "mentoring_themes",
                "mentoring_format",
            )
        ),
        *(
            SynchronizedField(name, overridable=False)
            for name in (
                "status",
                "sector",
                "period_start",
                "period_end",
                "checked_on",
                "legal_form",
                "rhythm",
                "places",
                "people_total",
                "people_eligible",
                "people_teleworking",
                "mentoring_open",
                "mentoring_per_year",
            )
        ),
    ]

    class Meta:
        verbose_name = _("case study")
        verbose_name_plural = _("case studies")
        indexes = [models.Index(fields=["checked_on"], name="case_checked_on")]

    # --- What cards and search ask ---

    @property
    def sector_slugs(self) -> list[str]:
        return [self.sector.slug] if self.sector else []

    @property
    def search_keywords(self) -> list[str]:
        """Where it was tried, and by whom; and what readers call it: étude de cas Orne, case study small town."""
        place = [self.organisation.name, self.organisation.commune, self.organisation.epci]
        with override(self.locale.language_code):
            return [str(self.kind_label), *(word for word in place if word)]

    @classmethod
    def _content_fields(cls) -> list[models.Field]:
        return [field for field in super()._content_fields() if field.name != "quotes"]

    def texts(self) -> Iterator[str]:
        """Quotations are found only where they are shown: with consent."""
        yield from super().texts()
        for item in self.quotes:
            if item.value["consent"]:
                yield from filter(None, (item.value["text"], item.value["person"], item.value["function"]))

    @property
    def card_figures(self) -> list[Any]:
        return [item.value for item in list(self.figures)[:3]]

    @property
    def period(self) -> str:
        years = [str(year) for year in (self.period_start, self.period_end) if year]
        return "–".join(dict.fromkeys(years))

    # --- Serving: what the page shows knows models, so models name it instead of importing it ---

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return {**context, **import_string("casestudies.showing.context")(self, context["related_pages"])}

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("format") == "json":
            response: HttpResponse = import_string("casestudies.opendata.answer")(request, self)
            return response
        return super().serve(request, *args, **kwargs)
