"""The page of a case: what is known and what is not, drawn to scale, quotable, and leading on."""

import datetime
import json
from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction

from casestudies.models import CaseStudyPage, MentorContact
from hub.search import outbox
from hub.vocabulary.models import Territory
from tests.conftest import Fetch
from tests.factories.blocks import block, figure
from tests.factories.hub import Hub
from tests.factories.vocabulary import OrganisationFactory, SourceFactory, TerritoryFactory, in_english

pytestmark = pytest.mark.django_db


def figures(*values: dict[str, Any], kind: str = "figure") -> str:
    return json.dumps([block(kind, figure(**each)) for each in values])


def stream(kind: str, *values: Any) -> str:
    return json.dumps([block(kind, value) for value in values])


def facts(soup: BeautifulSoup) -> dict[str, str]:
    terms = soup.select(".glance dt")
    return {term.get_text(): term.find_next_sibling("dd").get_text(" ", strip=True) for term in terms}


def headings(soup: BeautifulSoup) -> list[str]:
    return [heading["id"] for heading in soup.select(".article-body section > h2[id]")]


def charts(soup: BeautifulSoup) -> dict[str, list[float]]:
    """The widths of the bars of each chart."""
    return {
        chart.figcaption.get_text(): [float(bar["width"]) for bar in chart.select("rect:not(.bar-reach)")]
        for chart in soup.select("#results ~ .chart, #costs ~ .chart")
    }


def part(soup: BeautifulSoup, name: str) -> Any:
    return soup.select_one(f"section[aria-labelledby={name}]")


# --- What is known and what is not ---


def test_facts_at_a_glance_say_what_is_known_and_name_what_is_not(hub: Hub, fetch: Fetch) -> None:
    organisation = OrganisationFactory(
        name="Ville de Flers", commune="Flers", epci="Flers Agglo", population=14_800, population_year=2023
    )
    page = hub.case(
        organisation=organisation,
        legal_form="charter",
        rhythm="unknown",
        rhythm_detail="Un jour par semaine",
        people_teleworking=0,
        territories=["orne"],
    )
    soup = fetch(page.get_url())
    told = list(facts(soup).values())
    for value in ("Flers", "Flers Agglo", "Français orne", "Charte", "Un jour par semaine", "0"):
        assert value in told
    assert "14\u202f800 (2023)" in told
    unknown = soup.select_one(".glance-unknown").get_text()
    assert "Lieux" in unknown and "Période" in unknown
    assert "Rythme" not in unknown and "Forme juridique" not in unknown


def test_a_case_without_results_opens_with_its_difficulties(hub: Hub, fetch: Fetch) -> None:
    problem = {"problem": "Peu de monde.", "answer": ""}
    bare = fetch(hub.case(title="Sans chiffre", difficulties=stream("difficulty", problem)).get_url())
    assert headings(bare)[:3] == ["difficulties", "results", "costs"]
    SourceFactory()
    told = fetch(hub.case(title="Avec", figures=figures({}), difficulties=stream("difficulty", problem)).get_url())
    assert headings(told)[:3] == ["results", "difficulties", "costs"]


def test_what_was_not_published_is_said(hub: Hub, fetch: Fetch) -> None:
    soup = fetch(hub.case(title="Presque rien").get_url())
    for name in ("results", "difficulties", "costs"):
        assert part(soup, name).select_one(".difficulty-unknown").get_text(strip=True)
    SourceFactory()
    paid = fetch(hub.case(title="Des coûts", costs=figures({"value": "1500"}, kind="cost")).get_url())
    assert part(paid, "costs").select_one(".figure-value")
    assert len(part(paid, "costs").select(".difficulty-unknown")) == 1
    funded = fetch(hub.case(title="Tout", costs=figures({}, kind="cost"), funding="<p>La Région.</p>").get_url())
    assert not part(funded, "costs").select(".difficulty-unknown")


# --- Figures ---


@pytest.mark.parametrize(
    ("language", "unit", "shown"),
    [("fr", "%", "20\u00a0%"), ("en", "%", "20%"), ("fr", "ans", "20\u00a0ans"), ("en", "firms", "20 firms")],
)
def test_a_figure_stands_with_its_unit_as_its_language_does(
    hub: Hub, fetch: Fetch, language: str, unit: str, shown: str
) -> None:
    """On the card as on the page: a sign never goes on to the next line without its number."""
    SourceFactory()
    page = hub.case(language, figures=figures({"value": "20", "unit": unit, "approximate": False}))
    assert fetch(page.get_url()).select_one(".figure-value").get_text() == shown
    listed = fetch(hub.section("cases")[language].get_url())
    assert listed.select_one(".card-figures strong").get_text() == shown


# --- Charts ---


def test_people_are_drawn_once_two_numbers_are_known(hub: Hub, fetch: Fetch) -> None:
    page = hub.case(people_total=1000, people_eligible=240, people_teleworking=133, people_note="Une prévision.")
    soup = fetch(page.get_url())
    assert list(charts(soup).values()) == [[100.0, 24.0, 13.3]]
    chart = soup.select_one(".chart")
    assert [cell.get_text() for cell in chart.select("table td")] == ["1\u202f000", "240", "133"]
    assert "55,4" in chart.get_text() and "Une prévision." in chart.get_text()
    assert not charts(fetch(hub.case(title="Un seul", people_teleworking=20).get_url()))
    impossible = fetch(hub.case(title="Faux", people_eligible=10, people_teleworking=20).get_url())
    assert "%" not in impossible.select_one(".chart").get_text()


def test_figures_in_one_unit_share_a_scale_and_the_others_stand_alone(hub: Hub, fetch: Fetch) -> None:
    SourceFactory(key="A", publisher="Dares")
    values = [
        {"value": "25", "unit": "%", "label": "Au domicile", "source": "A", "year": "2017"},
        {"value": "20", "unit": "métiers", "label": "Métiers", "source": "A"},
        {"value": "50", "unit": "%", "label": "En télécentre", "source": "A", "year": "2018", "note": "Arrondi."},
        {"value": "150", "upper": "1000", "unit": "euros", "label": "Part payée", "source": "A"},
        {"value": "2000", "unit": "Euros", "label": "Audit", "source": "A", "approximate": True},
        {"value": "7", "unit": "", "label": "Sans unité", "source": "A"},
        {"value": "9", "unit": "", "label": "Sans unité non plus", "source": "A"},
    ]
    soup = fetch(hub.case(figures=figures(*values)).get_url())
    assert list(charts(soup).values()) == [[25.0, 50.0], [7.5, 100.0]]
    assert [reach["width"] for reach in soup.select(".bar-reach")] == ["50.0"]
    alone = [label.get_text() for label in part(soup, "results").select(".figure-label")]
    assert alone == ["Métiers", "Sans unité", "Sans unité non plus"]
    shares = soup.select(".chart")[0]
    rows = [[cell.get_text() for cell in line.select("th, td")] for line in shares.select("table tr")]
    assert rows == [["Au domicile", "25\u00a0%", "2017"], ["En télécentre", "50\u00a0%", "2018"]]
    assert "Arrondi." in shares.get_text()
    assert [link.get_text() for link in shares.select(".source-ref")] == ["Dares", "Dares"]


amounts = st.decimals(min_value=Decimal(0), max_value=Decimal(10) ** 9, places=2)


@limits(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.lists(st.tuples(amounts, st.none() | amounts), min_size=2, max_size=6))
def test_bars_are_to_scale_whatever_the_figures(hub: Hub, client: Client, values: list[Any]) -> None:
    SourceFactory()
    ends = [(str(low), None if high is None else str(high)) for low, high in values]
    given_figures = [{"value": low, "upper": high, "unit": "agents"} for low, high in ends]
    page = hub.case(title="Une échelle", slug=f"cas-{CaseStudyPage.objects.count()}", figures=figures(*given_figures))
    soup = BeautifulSoup(client.get(page.get_url()).content, "html.parser")
    whole = max(max(low, high or 0) for low, high in values)
    drawn = [float(bar["width"]) for bar in soup.select("#results ~ .chart rect:not(.bar-reach)")]
    assert drawn == pytest.approx([float(100 * low / whole) if whole else 0 for low, _high in values], abs=0.051)
    assert all(0 <= float(reach["width"]) <= 100 for reach in soup.select(".bar-reach"))


# --- Words of people, citation, machines ---


def test_nobody_is_quoted_without_consent(hub: Hub, fetch: Fetch) -> None:
    words = {"text": "Deux jours fixes.", "person": "Une agente", "function": "DRH", "when": "2024-05"}
    quotes = [{**words, "translated": True, "consent": True}, {**words, "text": "Zqcanari", "consent": False}]
    soup = fetch(hub.case(quotes=stream("quote", *quotes)).get_url())
    assert [quote.get_text(strip=True) for quote in soup.select("blockquote")] == ["Deux jours fixes."]
    assert "Une agente, DRH, mai 2024" in soup.select_one(".quote figcaption").get_text()
    assert "Zqcanari" not in str(soup)
    assert not fetch(hub.case(title="Muet", quotes=stream("quote", quotes[1])).get_url()).select("#quotes")


def test_search_finds_quotations_with_consent_only(hub: Hub, client: Client) -> None:
    words = {"person": "Une agente", "function": "", "when": "2024", "translated": False}
    quotes = [{**words, "text": "Un cormoran.", "consent": True}, {**words, "text": "Un héron.", "consent": False}]
    page = hub.case(title="Ici", quotes=stream("quote", *quotes))
    outbox.rebuild()

    def found(q: str) -> list[str]:
        answer = client.get(reverse("search"), {"q": q, "format": "json"}).json()
        return [result["url"] for result in answer["results"]]

    assert any(page.get_url() in url for url in found("cormoran"))
    assert found("héron") == []


def test_the_citation_is_ready_in_both_languages(hub: Hub, fetch: Fetch) -> None:
    page = hub.case(title="L’Orne & <sa> charte")
    english = hub.english(page, title="The Orne’s charter", slug="charter")
    for version, day in ((page, "23 novembre 2026"), (english, "23 November 2026")):
        field = fetch(version.get_url()).select_one("textarea#citation")
        text = field.get_text()
        assert field.has_attr("readonly")
        for piece in ("Relais", version.title, day, settings.BASE_URL + version.get_url()):
            assert piece in text


def test_what_machines_read_cannot_leave_its_element(hub: Hub, fetch: Fetch) -> None:
    title = "</script><script>alert(1)</script> & l’Orne"
    soup = fetch(hub.case(title=title, slug="piege").get_url())
    data = json.loads(soup.select_one('script[type="application/ld+json"]').string)
    assert (data["@type"], data["headline"], data["inLanguage"]) == ("Article", title, "fr")
    assert data["encoding"]["contentUrl"] == f"{data['url']}?format=json"
    assert not soup.find_all("script", src=False, type=lambda kind: kind != "application/ld+json")


# --- Where one goes on ---


def alike(soup: BeautifulSoup) -> list[str]:
    return [link.get_text() for link in soup.select("section[aria-labelledby=alike] a")]


def test_cases_alike_are_those_that_share_most(hub: Hub, fetch: Fetch) -> None:
    def body(kind: str) -> Any:
        return OrganisationFactory(kind=kind)

    hub.case(title="Autre", organisation=body("sme"), legal_form="agreement", territories=["manche"])
    hub.case(title="Ailleurs", organisation=body("sme"), territories=["hors-normandie"])
    hub.case(title="Même type", organisation=body("public"))
    hub.case(title="Tout pareil", organisation=body("public"), legal_form="charter", territories=["orne"])
    hub.case(title="Deux points", organisation=body("sme"), legal_form="charter", territories=["orne"])
    named = hub.case(title="Déjà nommé", organisation=body("public"), legal_form="charter", territories=["orne"])
    draft = hub.case(title="Brouillon", organisation=body("public"), legal_form="charter")
    draft.unpublish()
    closed = hub.case(title="Fermé", organisation=body("public"), legal_form="charter")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    page = hub.case(
        title="Ici",
        organisation=body("public"),
        legal_form="charter",
        territories=["orne"],
        related=stream("page", named.pk),
    )
    english = hub.english(page, title="Here", slug="here")
    hub.english(named, title="Named already", slug="named")
    hub.english(CaseStudyPage.objects.get(title="Même type"), title="Same kind", slug="same-kind")
    assert alike(fetch(english.get_url())) == ["Same kind"]
    soup = fetch(page.get_url())
    assert alike(soup) == ["Tout pareil", "Deux points", "Même type"]
    reasons = [reason.get_text() for reason in soup.select("section[aria-labelledby=alike] small")]
    assert [reason.count(",") for reason in reasons] == [2, 1, 0]


def test_an_unknown_legal_form_and_the_rest_of_the_world_liken_nobody(hub: Hub, fetch: Fetch) -> None:
    TerritoryFactory(slug="hors-normandie", kind=Territory.Kind.OUTSIDE)
    hub.case(title="Inconnu", organisation=OrganisationFactory(kind="sme"), territories=["hors-normandie"])
    page = hub.case(title="Ici", organisation=OrganisationFactory(kind="place"), territories=["hors-normandie"])
    assert alike(fetch(page.get_url())) == []


def test_law_and_guide_come_for_the_same_readers_unless_editors_chose(hub: Hub, fetch: Fetch) -> None:
    law = hub.explainer(title="Agents publics", audiences=["elus", "agents-publics"])
    hub.explainer(title="Salariés", slug="salaries", audiences=["salaries"])
    step = hub.step(title="Convaincre", audiences=["elus"])
    page = hub.case(title="Ici", audiences=["elus", "agents-publics"])
    reading = [link["href"] for link in fetch(page.get_url()).select("section[aria-labelledby=reading] a")]
    assert sorted(reading) == sorted([law.get_url(), step.get_url()])
    chosen = hub.case(title="Choisi", audiences=["elus"], related=stream("page", law.pk))
    reading = [link["href"] for link in fetch(chosen.get_url()).select("section[aria-labelledby=reading] a")]
    assert reading == [step.get_url()]


def test_feedback_events_that_tell_the_case_stand_on_its_page(hub: Hub, fetch: Fetch) -> None:
    page, other = hub.case(title="Ici"), hub.case(title="Un autre")
    english = hub.english(page, title="Here", slug="here")
    calendar = hub.library("feedback_event_index", slug="retours")
    hub.english(calendar, title="Events", slug="events")
    told = hub.feedback_event(title="Un an après", parent=calendar, cases=stream("case", page.pk))
    translated = hub.english(told, title="One year on", slug="one-year-on")
    hub.feedback_event(title="Ailleurs", parent=calendar, cases=stream("case", other.pk))
    hub.feedback_event(title="À lire aussi", parent=calendar, related=stream("page", page.pk))
    draft = hub.feedback_event(title="Brouillon", parent=calendar, cases=stream("case", page.pk))
    draft.unpublish()
    for version, event in ((page, told), (english, translated)):
        links = [link["href"] for link in fetch(version.get_url()).select("section[aria-labelledby=events] a")]
        assert links == [event.get_url()]


def test_tools_are_opened_with_the_case(hub: Hub, fetch: Fetch) -> None:
    tools = {name: hub.library(name) for name in ("comparison", "dossier", "mentoring")}
    themes = stream("theme", "Écrire une charte")
    page = hub.case(title="Ici", slug="ici", mentoring_open=True, mentoring_themes=themes)
    assert not part(fetch(page.get_url()), "mentoring"), "nobody is there to write to"
    MentorContact.objects.create(page=page, name="D. Secret", email="d@pionniers.example", agreed_on=timezone.now())
    soup = fetch(page.get_url())
    for tool in tools.values():
        assert soup.select_one(f'a[href="{tool.get_url()}?case=ici"]'), tool
    assert "Écrire une charte" in part(soup, "mentoring").get_text()
    assert not part(fetch(hub.case(title="Fermé").get_url()), "mentoring")
    # A mentor who stops has stopped in every language.
    hub.english(tools["mentoring"], title="Mentoring", slug="mentoring")
    english = hub.english(page, title="Here", slug="here")
    assert part(fetch(english.get_url()), "mentoring")
    CaseStudyPage.objects.filter(pk=page.pk).update(mentoring_open=False)
    assert not part(fetch(english.get_url()), "mentoring")
    CaseStudyPage.objects.filter(pk=page.pk).update(mentoring_open=True)
    tools["mentoring"].unpublish()
    assert not part(fetch(page.get_url()), "mentoring")


def test_a_case_alone_is_a_page_all_the_same(hub: Hub, fetch: Fetch) -> None:
    organisation = OrganisationFactory(description="")
    soup = fetch(hub.case(title="Seul", organisation=organisation, sector=None).get_url())
    assert not soup.select("#alike, #reading, #events, #mentoring, .case-tools")
    english = hub.english(
        CaseStudyPage.objects.get(), title="Alone", slug="alone", organisation=in_english(organisation)
    )
    assert fetch(english.get_url()).h1.get_text() == "Alone"


def test_a_case_with_everything_around_it_costs_at_most_15_queries(hub: Hub, client: Client) -> None:
    SourceFactory()
    for name in ("comparison", "dossier", "mentoring"):
        hub.library(name)
    for number in range(6):
        hub.explainer(title=f"Loi {number}", audiences=["elus"])
        hub.case(title=f"Cas {number}", territories=["orne"])
    related = CaseStudyPage.objects.first()
    page = hub.case(
        title="Ici",
        audiences=["elus"],
        territories=["orne"],
        mentoring_open=True,
        figures=figures({}, {}),
        related=stream("page", related.pk),
        why=f'<p><a linktype="page" id="{related.pk}">un cas</a></p>',
    )
    MentorContact.objects.create(page=page, name="D. Secret", email="d@pionniers.example", agreed_on=timezone.now())
    hub.feedback_event(cases=stream("case", page.pk), starts_at=timezone.now() + datetime.timedelta(days=9))
    english = hub.english(page, title="Here", slug="here")
    for version in (page, english):
        cache.clear()
        client.get(version.get_url())
        with CaptureQueriesContext(connection) as captured:
            assert client.get(version.get_url()).status_code == 200
        assert len(captured) <= 15
