"""The library: filters with counts, cards, a map and a feed."""

from functools import partial
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail_localize.fields import TranslatableField

from casestudies.models.case import CaseStudyPage
from casestudies.models.organisation import Organisation
from hub.blocks.text import INLINE
from hub.pages.cards import add_card_labels
from hub.pages.feed import atom_response, wants_atom
from hub.pages.listing import Facet, Listing, build_listing
from hub.pages.map import Place, number_places, place_on_map
from hub.pages.models import HubPage
from hub.pages.visibility import visible
from hub.vocabulary.catalogue import Term, labels
from hub.vocabulary.models import Audience, Sector, Territory


def _terms(model: Term, language: str) -> list[tuple[str, str]]:
    return [(row.slug, row.label) for row in labels(model, language)]


class CaseStudyIndexPage(HubPage):
    parent_page_types = ["home.HomePage"]
    subpage_types = ["casestudies.CaseStudyPage"]
    kind: ClassVar[str] = "page"
    kind_label = _("Case studies")

    introduction = RichTextField(_("introduction"), features=INLINE, blank=True)

    own_panels: ClassVar[list[Any]] = [FieldPanel("introduction")]
    own_translatable_fields: ClassVar[list[Any]] = [TranslatableField("introduction")]

    class Meta:
        verbose_name = _("index of case studies")
        verbose_name_plural = _("indexes of case studies")

    def cases(self) -> Any:
        return visible(CaseStudyPage.objects.child_of(self)).order_by("path")

    def facets(self) -> list[Facet]:
        language = self.locale.language_code
        return [
            Facet("audience", _("Reader"), "audience_tags__tag__slug", partial(_terms, Audience, language)),
            Facet(
                "territory", _("Territory"), "page_territories__territory__slug", partial(_terms, Territory, language)
            ),
            Facet("kind", _("Kind"), "organisation__kind", lambda: Organisation.Kind.choices),
            Facet("sector", _("Sector"), "sector__slug", partial(_terms, Sector, language)),
        ]

    def listing(self, request: HttpRequest) -> Listing:
        listing = build_listing(self.cases().select_related("organisation", "locale"), self.facets(), request.GET)
        add_card_labels(listing.page.object_list, self.locale.language_code)
        return listing

    def map_places(self, request: HttpRequest) -> list[Place]:
        """The cases of the three départements that have a place, for the map and the list beside it."""
        rows = (
            self.cases()
            .filter(organisation__latitude__isnull=False, organisation__longitude__isnull=False)
            .select_related("organisation", "locale")
            .defer_streamfields()
        )
        places = (
            place_on_map(page.title, page.get_url(request), page.organisation.latitude, page.organisation.longitude)
            for page in rows
        )
        return number_places(place for place in places if place is not None)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["listing"] = self.listing(request)
        context["places"] = self.map_places(request)
        return context

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if wants_atom(request):
            return atom_response(request, self, self.listing(request).page.object_list)
        return super().serve(request, *args, **kwargs)
