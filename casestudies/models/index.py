"""The library: filters with counts, cards to choose from, a map and a feed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from casestudies import choosing, facets
from casestudies.models.case import CaseStudyPage
from casestudies.models.feedback_event import FeedbackEventIndexPage
from casestudies.models.organisation import Organisation
from casestudies.models.tools import ComparisonPage, ContributionPage, DossierPage, LikenessPage, MentoringPage
from hub.geography import communes
from hub.pages.index import IndexPage
from hub.pages.links import PageLink, links_of, page_links, public_path, root_paths
from hub.pages.listing import Facet, Listing, Sort
from hub.pages.map import Chart, DrawnMap, Spot, chart, draw
from hub.pages.visibility import visible
from hub.vocabulary.models import Audience, Sector, Territory

TOOLS = (LikenessPage, ComparisonPage, DossierPage, ContributionPage, MentoringPage, FeedbackEventIndexPage)


MOST_CHOSEN = 12  # cases kept while looking; a comparison and a dossier take fewer


@dataclass(frozen=True)
class ShownChoice:
    """The visitor's choice as the list shows it.

    Each case with the query of the list without it; the addresses where the choice leads, empty when visitors have no
    such page; the slugs whose box is not on the page shown; filters, order and page of the list, which the form that
    chooses gives back.
    """

    cases: list[tuple[PageLink, str]]
    slugs: list[str]
    comparison: str
    dossier: str
    elsewhere: list[str]
    here: str

    @property
    def is_open(self) -> bool:
        return bool(self.comparison or self.dossier)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        return [(choosing.NAME, slug) for slug in self.slugs]


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
    _chosen: choosing.Choice | None = None
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
        return self.chosen(request).pairs

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

    def map_places(self, found: int | None = None, kept: Iterable[tuple[str, str]] = ()) -> DrawnMap:
        """The cases found, or all of them, as far as they stand in the three départements. ``kept``: what the
        addresses of the list say, which a place narrows and does not undo."""
        tally, language, roots = self.tally, self.locale.language_code, root_paths()
        titles, paths = tally.columns["title"], tally.columns["url_path"]
        codes = tally.columns["organisation__epci_code"]
        own = public_path(self.url_path, language, roots)
        others = [pair for pair in kept if pair[0] != "epci"]

        def line(entry: int) -> tuple[str, str]:
            return titles[entry], public_path(paths[entry], language, roots)

        def place_url(entries: list[int]) -> str:
            known = dict.fromkeys(codes[entry] for entry in entries if codes[entry])
            return f"{own}?{urlencode([*others, *(('epci', code) for code in known)])}" if known else ""

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

    def chosen(self, request: HttpRequest) -> choosing.Choice:
        """What the address names, read once a request."""
        if self._chosen is None:
            self._chosen = choosing.chosen(request, self, MOST_CHOSEN)
        return self._chosen

    def shown_choice(self, request: HttpRequest, listing: Listing) -> ShownChoice:
        choice = self.chosen(request)
        others = [pair for pair in listing.pairs if pair[0] != choosing.NAME]
        shown = {case.slug for case in listing.page.object_list}
        number = listing.page.number
        return ShownChoice(
            [
                (link, "?" + urlencode([*others, *(pair for pair in choice.pairs if pair[1] != case.slug)]))
                for case, link in zip(choice.cases, links_of(choice.cases, request), strict=True)
            ],
            choice.slugs,
            self._tool(ComparisonPage),
            self._tool(DossierPage),
            [slug for slug in choice.slugs if slug not in shown],
            urlencode([*others, *([("page", number)] if number > 1 else [])]),
        )

    # --- Serving ---

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        listing = context["listing"]
        drawn = self.map_places(listing.found, listing.pairs)
        numbers, place_of = drawn.numbers, self.tally.findings.place_of
        for case in listing.page.object_list:
            case.map_number = numbers.get(place_of.get(case.slug, -1))
        listing.messages.extend(self.chosen(request).messages)
        context.update(places=drawn, tools=self.tools, choice=self.shown_choice(request, listing))
        return context

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "keep" in request.GET:
            names = [*(facet.name for facet in self.facets()), "sort", "page"]
            slugs = request.GET.getlist(choosing.NAME)
            return redirect(choosing.kept_address(request.path, request.GET["keep"], slugs, names))
        return super().serve(request, *args, **kwargs)
