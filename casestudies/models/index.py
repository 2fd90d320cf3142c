"""The library: filters with counts, cards to choose from, a map and a feed."""

from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from casestudies import choice, facets
from casestudies.models.case import CaseStudyPage
from casestudies.models.feedback_event import FeedbackEventIndexPage
from casestudies.models.organisation import Organisation
from casestudies.models.tools import ComparisonPage, ContributionPage, DossierPage, LikenessPage, MentoringPage
from hub.geography import communes
from hub.pages.index import IndexPage
from hub.pages.links import PageLink, page_links, public_path, root_paths
from hub.pages.listing import Facet, Listing, Sort
from hub.pages.map import Chart, DrawnMap, Spot, chart, draw
from hub.pages.visibility import visible
from hub.vocabulary.models import Audience, Sector, Territory

TOOLS = (LikenessPage, ComparisonPage, DossierPage, ContributionPage, MentoringPage, FeedbackEventIndexPage)


@dataclass(frozen=True)
class Findings:
    """What is worked out once of all the cases: where each stands among them, and on the map."""

    place_of: dict[str, int]
    chart: Chart


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
    counted_columns = (
        "slug",
        "title",
        "url_path",
        "organisation__latitude",
        "organisation__longitude",
        "organisation__commune",
        "organisation__name",
        "organisation__commune_code",
        "organisation__epci_code",
    )

    class Meta:
        verbose_name = _("index of case studies")
        verbose_name_plural = _("indexes of case studies")

    # --- What may be asked ---

    def facets(self) -> list[Facet]:
        return [
            self.term_facet("audience", _("Reader"), "audience_tags__tag__slug", Audience),
            Facet("kind", _("Kind of organisation"), "organisation__kind", lambda: Organisation.Kind.choices),
            self.term_facet("territory", _("Territory"), "page_territories__territory__slug", Territory),
            self.term_facet("sector", _("Sector"), "sector__slug", Sector),
            *facets.about_organisations(),
            *facets.about_telework(),
        ]

    def sorts(self) -> list[Sort]:
        return facets.orders()

    def carried(self, request: HttpRequest) -> list[tuple[str, str]]:
        known = self.tally.findings.place_of
        return [(choice.NAME, slug) for slug in choice.chosen_slugs(request.GET, known)]

    # --- The map ---

    def findings(self, columns: dict[str, tuple[Any, ...]]) -> Findings:
        slugs, names = columns["slug"], columns["organisation__commune"]
        points = zip(columns["organisation__latitude"], columns["organisation__longitude"], strict=True)
        communes_here = [communes.commune(code) for code in columns["organisation__commune_code"]]
        spots = [
            Spot(
                entry,
                names[entry] or columns["organisation__name"][entry],
                float(latitude),
                float(longitude),
                getattr(communes_here[entry], "population", 0),
            )
            for entry, (latitude, longitude) in enumerate(points)
            if latitude is not None and longitude is not None
        ]
        return Findings({slug: entry for entry, slug in enumerate(slugs)}, chart(spots))

    def map_places(self, found: int | None = None) -> DrawnMap:
        """The cases found, or all of them, as far as they stand in the three départements."""
        tally, language, roots = self.tally, self.locale.language_code, root_paths()
        titles, paths = tally.columns["title"], tally.columns["url_path"]
        codes = tally.columns["organisation__epci_code"]
        own = public_path(self.url_path, language, roots)

        def line(entry: int) -> tuple[str, str]:
            return titles[entry], public_path(paths[entry], language, roots)

        def place_url(entries: list[int]) -> str:
            known = dict.fromkeys(codes[entry] for entry in entries if codes[entry])
            return f"{own}?{urlencode([('epci', code) for code in known])}" if known else ""

        return draw(tally.findings.chart, tally.matching({}) if found is None else found, line, place_url)

    # --- The choice of cases, and where it leads ---

    @cached_property
    def tools(self) -> list[PageLink]:
        """The tools of the library that visitors may see, in the order in which one needs them."""
        types = ContentType.objects.get_for_models(*TOOLS).values()
        links = page_links(visible(Page.objects.child_of(self).filter(content_type__in=types)).order_by("path"))
        return sorted(links, key=lambda link: [issubclass(link.model, tool) for tool in TOOLS].index(True))

    def _tool(self, model: type[Page]) -> str:
        return next((link.url for link in self.tools if issubclass(link.model, model)), "")

    def chosen(self, listing: Listing, request: HttpRequest) -> choice.ChosenCases:
        tally, language, roots = self.tally, self.locale.language_code, root_paths()
        place_of = tally.findings.place_of
        slugs = choice.chosen_slugs(request.GET, place_of, listing.messages)
        others = [pair for pair in listing.pairs if pair[0] != choice.NAME]
        cases = [
            choice.ChosenCase(
                slug,
                tally.columns["title"][place_of[slug]],
                public_path(tally.columns["url_path"][place_of[slug]], language, roots),
                "?" + urlencode([*others, *((choice.NAME, other) for other in slugs if other != slug)]),
            )
            for slug in slugs
        ]
        shown = {case.slug for case in listing.page.object_list}
        number = listing.page.number
        return choice.ChosenCases(
            cases,
            self._tool(ComparisonPage),
            self._tool(DossierPage),
            [slug for slug in slugs if slug not in shown],
            urlencode([*others, *([("page", number)] if number > 1 else [])]),
        )

    # --- Serving ---

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        listing = context["listing"]
        drawn = self.map_places(listing.found)
        numbers, place_of = drawn.numbers, self.tally.findings.place_of
        for case in listing.page.object_list:
            case.map_number = numbers.get(place_of.get(case.slug, -1))
        context.update(places=drawn, tools=self.tools, choice=self.chosen(listing, request))
        return context

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "keep" in request.GET:
            names = [*(facet.name for facet in self.facets()), "sort", "page"]
            slugs = request.GET.getlist(choice.NAME)
            return redirect(choice.kept_address(request.path, request.GET["keep"], slugs, names))
        return super().serve(request, *args, **kwargs)
