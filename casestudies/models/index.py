"""The library: filters with counts, cards, a map and a feed."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from casestudies.models.case import CaseStudyPage
from casestudies.models.organisation import Organisation
from hub.pages.index import IndexPage
from hub.pages.links import public_path, root_paths
from hub.pages.listing import Facet
from hub.pages.map import Place, number_places, place_on_map
from hub.vocabulary.models import Audience, Sector, Territory


class CaseStudyIndexPage(IndexPage):
    parent_page_types = ["home.HomePage"]
    subpage_types = [
        "casestudies.CaseStudyPage",
        "casestudies.ComparisonPage",
        "casestudies.DossierPage",
        "casestudies.LikenessPage",
        "casestudies.ContributionPage",
        "casestudies.MentoringPage",
        "casestudies.FeedbackEventIndexPage",
    ]
    kind: ClassVar[str] = "page"
    kind_label = _("Case studies")
    lists = CaseStudyPage
    lists_with = ("locale", "organisation")

    class Meta:
        verbose_name = _("index of case studies")
        verbose_name_plural = _("indexes of case studies")

    def facets(self) -> list[Facet]:
        return [
            self.term_facet("audience", _("Reader"), "audience_tags__tag__slug", Audience),
            self.term_facet("territory", _("Territory"), "page_territories__territory__slug", Territory),
            Facet("kind", _("Kind"), "organisation__kind", lambda: Organisation.Kind.choices),
            self.term_facet("sector", _("Sector"), "sector__slug", Sector),
        ]

    def map_places(self) -> list[Place]:
        """The cases of the three départements that have a place, for the map and the list beside it."""
        language, roots = self.locale.language_code, root_paths()
        rows = self.entries().filter(organisation__latitude__isnull=False, organisation__longitude__isnull=False)
        places = (
            place_on_map(title, public_path(url_path, language, roots), latitude, longitude)
            for title, url_path, latitude, longitude in rows.values_list(
                "title", "url_path", "organisation__latitude", "organisation__longitude"
            )
        )
        return number_places(place for place in places if place is not None)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["places"] = self.map_places()
        return context
