"""Legal explainers: a question, a short answer, for whom it holds, on which texts it rests, and when it was checked."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.blocks import CharBlock, StructBlock
from wagtail.fields import RichTextField
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from hub.blocks.body import BodyBlock
from hub.blocks.fields import SlimStreamField
from hub.blocks.text import INLINE
from hub.blocks.values import PeriodBlock, SourceBlock
from hub.pages.index import IndexPage
from hub.pages.listing import Facet
from hub.pages.models import HubPage
from hub.vocabulary.models import Audience, LegalReference

REGIMES = [
    ("private", _("Private sector")),
    ("state", _("State civil service")),
    ("territorial", _("Local government")),
    ("hospital", _("Public hospitals")),
]


class ChangeBlock(StructBlock):
    when = PeriodBlock()
    text = CharBlock(label=_("What changed"), max_length=400)

    class Meta:
        label = pgettext_lazy("law", "Change")
        icon = "date"
        template = "guides/blocks/change.html"
        preview_value = {"when": "2023-07-21", "text": "Les aidants entrent dans l’article L1222-9."}


class LegalExplainerPage(HubPage):
    parent_page_types = ["guides.LegalIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    kind: ClassVar[str] = "legal"
    kind_label = _("Legal explainer")

    answer = RichTextField(_("short answer"), features=INLINE, help_text=_("At most 70 words."))
    checked_on = models.DateField(_("checked on"))
    checked_by = models.CharField(_("checked by"), max_length=120)
    changes = SlimStreamField([("change", ChangeBlock())], blank=True, verbose_name=_("what changed"))
    body = SlimStreamField(BodyBlock(), blank=True, verbose_name=_("body"))
    sources = SlimStreamField([("source", SourceBlock())], blank=True, verbose_name=_("sources"))

    own_panels: ClassVar[list[Any]] = [
        FieldPanel("answer"),
        InlinePanel("regimes", heading=_("For whom"), label=_("Regime"), min_num=1),
        FieldPanel("body"),
        InlinePanel("references", heading=_("Legal references"), label=_("Reference")),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("checked_on"), FieldPanel("checked_by")]), FieldPanel("changes")],
            heading=_("Freshness"),
        ),
        FieldPanel("sources"),
    ]
    own_translatable_fields: ClassVar[list[Any]] = [
        TranslatableField("answer"),
        SynchronizedField("checked_on", overridable=False),
        TranslatableField("checked_by"),
        TranslatableField("changes"),
        TranslatableField("body"),
        TranslatableField("sources"),
        SynchronizedField("regimes", overridable=False),
        TranslatableField("references"),
    ]

    class Meta:
        verbose_name = _("legal explainer")
        verbose_name_plural = _("legal explainers")

    @property
    def search_keywords(self) -> list[str]:
        return [row.reference.number for row in self.references.all().select_related("reference")]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        names = dict(REGIMES)
        context["regimes"] = [names[row.regime] for row in self.regimes.all()]
        context["references"] = list(self.references.all().select_related("reference"))
        return context


class LegalIndexPage(IndexPage):
    parent_page_types = ["home.HomePage"]
    subpage_types = ["guides.LegalExplainerPage"]
    kind: ClassVar[str] = "page"
    kind_label = _("Legal framework")
    lists = LegalExplainerPage
    per_page = 24

    class Meta:
        verbose_name = _("legal index")
        verbose_name_plural = _("legal indexes")

    def facets(self) -> list[Facet]:
        return [
            Facet("regime", _("For whom"), "regimes__regime", lambda: REGIMES),
            self.term_facet("audience", _("Reader"), "audience_tags__tag__slug", Audience),
        ]


class ExplainerRegime(models.Model):
    """Whose rules an explainer tells: private sector, or one of the three civil services."""

    page = ParentalKey(LegalExplainerPage, on_delete=models.CASCADE, related_name="regimes")
    regime = models.CharField(_("regime"), max_length=12, choices=REGIMES)

    panels = [FieldPanel("regime")]

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["page", "regime"], name="one_row_per_page_regime")]

    def __str__(self) -> str:
        return self.get_regime_display()


class ExplainerReference(TranslatableMixin, Orderable):
    """One legal text that an explainer rests on, and what it says there."""

    page = ParentalKey(LegalExplainerPage, on_delete=models.CASCADE, related_name="references")
    reference = models.ForeignKey(
        LegalReference, on_delete=models.PROTECT, related_name="+", verbose_name=_("reference")
    )
    point = models.CharField(_("what it says"), max_length=300)

    panels = [FieldPanel("reference"), FieldPanel("point")]
    translatable_fields = [TranslatableField("reference"), TranslatableField("point")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        pass
