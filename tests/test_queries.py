"""A fixed number of queries a page, whatever the number of pages, tags, blocks, sources and links."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.signal_handlers import disable_reference_index_auto_update

from casestudies.models import CaseStudyPage
from hub.vocabulary.models import AudienceTag, PageTerritory
from tests.factories.blocks import block, figure, many
from tests.factories.hub import Hub
from tests.factories.pages import CaseStudyFactory, LegalExplainerFactory, cites, regimes
from tests.factories.vocabulary import (
    AudienceFactory,
    GlossaryTermFactory,
    LegalReferenceFactory,
    OrganisationFactory,
    SectorFactory,
    SourceFactory,
    TerritoryFactory,
)

pytestmark = pytest.mark.django_db

SLUGS = ["salaries", "employeurs", "elus", "agents-publics", "independants", "nouveaux-arrivants"]
PLACES = ["calvados", "manche", "orne"]
SMALL, LARGE = 30, 300

Count = Callable[..., int]


@pytest.fixture
def queries(client: Client) -> Count:
    """How many queries an address costs; ``warm`` after somebody else has asked for it."""

    def counting(url: str, warm: bool = True, **params: Any) -> int:
        cache.clear()
        if warm:
            client.get(url, params)
        with CaptureQueriesContext(connection) as captured:
            response = client.get(url, params)
        assert response.status_code == 200
        return len(captured)

    return counting


class Library:
    """Case studies by the hundred, each with every tag, figures and a place on the map."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.audiences = [AudienceFactory(slug=slug) for slug in SLUGS]
        self.territories = [TerritoryFactory(slug=slug) for slug in PLACES]
        self.sector, self.source = SectorFactory(), SourceFactory()
        self.section = hub.section("cases")["fr"]

    def grow_to(self, number: int) -> None:
        made = []
        figures = json.dumps([block("figure", figure()) for _ in range(3)])
        with disable_reference_index_auto_update():
            for index in range(CaseStudyPage.objects.count(), number):
                organisation = OrganisationFactory(latitude="48.8380", longitude=f"-0.{index:04}")
                made.append(
                    CaseStudyFactory(
                        parent=self.section,
                        title=f"Cas {index}",
                        organisation=organisation,
                        sector=self.sector,
                        figures=figures,
                    )
                )
        tags = [AudienceTag(tag=tag, content_object=page) for page in made for tag in self.audiences]
        AudienceTag.objects.bulk_create(tags)
        PageTerritory.objects.bulk_create(
            PageTerritory(page=page, territory=place) for page in made for place in self.territories
        )


@pytest.fixture
def library(hub: Hub) -> Library:
    return Library(hub)


def related(pages: list[Any]) -> str:
    return json.dumps([block("page", page.pk) for page in pages])


# --- Growing with the number of pages ---


def test_lists_and_home_cost_the_same_at_30_and_at_300_pages(library: Library, queries: Count) -> None:
    hub = library.hub
    library.grow_to(SMALL)
    cases = list(CaseStudyPage.objects.all()[:3])
    home = hub.home["fr"]
    home.campaign, home.map_page = hub.campaign(), library.section
    home.case_figures = json.dumps([block("figure", {**figure(), "page": page.pk}) for page in cases])
    home.save()
    index = library.section.get_url()
    asked: dict[str, tuple[str, dict[str, Any], int]] = {
        "home": (home.get_url(), {}, 14),
        "listing": (index, {}, 16),
        "second page": (index, {"page": 2}, 16),
        "filters": (index, {"audience": SLUGS[:3], "territory": "calvados", "kind": "public"}, 16),
        "unknown values": (index, {"audience": "x", "page": "abc"}, 16),
        "feed": (index, {"format": "atom"}, 16),
        "audience": (reverse("audience", args=["elus"]), {}, 16),
        "sitemap": ("/sitemap.xml", {}, 16),
    }

    def cost(warm: bool) -> dict[str, int]:
        return {name: queries(url, warm, **params) for name, (url, params, _bar) in asked.items()}

    small, small_cold = cost(warm=True), cost(warm=False)
    library.grow_to(LARGE)
    assert CaseStudyPage.objects.count() == LARGE
    large, large_cold = cost(warm=True), cost(warm=False)
    assert large == small
    assert large_cold == small_cold
    assert {name: n for name, n in large.items() if n > asked[name][2]} == {}


def test_the_other_lists_cost_the_same_whatever_they_hold(hub: Hub, queries: Count) -> None:
    references = [LegalReferenceFactory(number=f"L{number}") for number in range(3)]
    explained, told = hub.section("legal")["fr"], hub.section("campaigns")["fr"]

    def grow(number: int) -> None:
        for index in range(number):
            LegalExplainerFactory(
                parent=explained,
                title=f"Question {number} {index}",
                regimes=regimes("private", "state"),
                references=cites(*references),
                audiences=SLUGS,
            )
            hub.campaign(title=f"Campagne {number} {index}", audiences=SLUGS)
            GlossaryTermFactory(term=f"mot {number} {index}")

    glossary = hub.glossary()
    urls = [explained.get_url(), told.get_url(), glossary.get_url()]
    grow(3)
    small = [queries(url) for url in urls]
    grow(24)
    assert [queries(url) for url in urls] == small
    assert max(small) <= 16


# --- Growing with what stands on the page ---


@pytest.mark.parametrize("blocks", [SMALL, LARGE])
def test_a_case_study_costs_at_most_15_queries(library: Library, queries: Count, blocks: int) -> None:
    library.grow_to(8)
    neighbours = list(CaseStudyPage.objects.all()[:4])
    keys = [SourceFactory(key=f"SOURCE-{number}").key for number in range(blocks)]
    links = "".join(f'<a linktype="page" id="{page.pk}">un cas</a> ' for page in neighbours)
    page = library.hub.case(
        title="Le grand cas",
        sector=library.sector,
        body=json.dumps(many(blocks)),
        figures=json.dumps([block("figure", figure(source=key)) for key in keys]),
        sources=json.dumps([block("source", key) for key in keys]),
        why=f"<p>{links}</p>",
        related=related(neighbours),
        audiences=SLUGS,
        territories=PLACES,
    )
    assert queries(page.get_url()) <= 15


@pytest.mark.parametrize("kind", ["plain", "explainer", "step", "campaign"])
def test_detail_pages_cost_the_same_with_ten_times_the_blocks(library: Library, queries: Count, kind: str) -> None:
    library.grow_to(4)
    neighbours = list(CaseStudyPage.objects.all())

    def cost(blocks: int, tags: list[str], linked: int) -> int:
        page = getattr(library.hub, kind)(
            title=f"Page de {blocks} blocs",
            body=json.dumps(many(blocks)),
            related=related(neighbours[:linked]),
            audiences=tags,
        )
        return queries(page.get_url())

    small = cost(SMALL, SLUGS[:1], 1)
    assert cost(LARGE, SLUGS, 4) == small
    assert small <= 15


def test_an_explainer_costs_the_same_with_many_references(hub: Hub, queries: Count) -> None:
    def cost(number: int) -> int:
        references = [LegalReferenceFactory(number=f"L{index}") for index in range(number)]
        page = hub.explainer(title=f"{number} articles", references=cites(*references), audiences=SLUGS)
        return queries(page.get_url())

    assert cost(20) == cost(2) <= 15


def test_a_step_costs_the_same_in_a_long_guide(hub: Hub, queries: Count) -> None:
    first = hub.step(title="Étape 0")
    hub.step(title="Étape 1")
    few = queries(first.get_url()), queries(hub.guide().get_url())
    for number in range(2, 20):
        hub.step(title=f"Étape {number}")
    assert (queries(first.get_url()), queries(hub.guide().get_url())) == few
    assert max(few) <= 15
