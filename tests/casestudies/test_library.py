"""The library: its filters, its orders, the choice of cases and the map, as visitors meet them."""

import datetime
import gzip
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Page, PageViewRestriction
from wagtail.signal_handlers import disable_reference_index_auto_update

from hub.pages.map import MOST_LINES
from hub.vocabulary.models import AudienceTag
from tests.casestudies.lists import ALENCON, CAEN, counts, messages, query, titles
from tests.conftest import LANGUAGES, Fetch
from tests.factories.hub import Hub
from tests.factories.library import add_cases
from tests.factories.vocabulary import AudienceFactory, OrganisationFactory, SectorFactory, TerritoryFactory

pytestmark = pytest.mark.django_db
both_languages = pytest.mark.parametrize("language", LANGUAGES)

# --- Filters ---


def test_each_filter_counts_what_it_gives(cases: Hub, index: str, fetch: Fetch) -> None:
    html = fetch(index)
    assert counts(html, "size") == {"under-50": 1, "50-249": 2, "unknown": 1}
    assert counts(html, "setting") == {"rural": 1, "urban": 1, "mixed": 2}
    assert counts(html, "epci") == {"200065597": 2, "246100663": 1}
    assert counts(html, "form") == {"charter": 1, "agreement": 1, "unknown": 2}
    assert counts(html, "rhythm") == {"fixed": 1, "mixed": 1, "unknown": 2}
    assert counts(html, "status") == {"sheet": 2, "testimony": 1, "illustration": 1}
    found = {
        (box["name"], box["value"]): int(box.find_parent("label").select_one(".count").get_text())
        for box in html.select(".facet input")
    }
    for (facet, value), number in found.items():
        assert len(titles(fetch(index, data={facet: value}))) == number, (facet, value)


def test_home_and_shared_workplace_each_find_the_case_that_joins_them(cases: Hub, index: str, fetch: Fetch) -> None:
    html = fetch(index)
    assert counts(html, "place") == {"home": 2, "shared": 2, "unknown": 1}
    assert titles(fetch(index, data={"place": "home"})) == ["Alençon", "Écouché"]
    assert titles(fetch(index, data={"place": "shared"})) == ["Écouché", "Domfront"]
    # "both" is how editors say it; visitors choose one place or the other.
    assert "both" in messages(fetch(index, data={"place": "both"}))


def test_a_case_counts_in_every_year_of_its_period_newest_first(cases: Hub, index: str, fetch: Fetch) -> None:
    assert list(counts(fetch(index), "year").items()) == [("2020", 1), ("2011", 2), ("2010", 1), ("2009", 1)]
    assert titles(fetch(index, data={"year": "2011"})) == ["Alençon", "Écouché"]
    assert titles(fetch(index, data={"year": ["2010", "2020"]})) == ["Alençon", "Domfront"]


def test_a_period_typed_the_wrong_way_round_is_found_in_its_years(hub: Hub, index: str, fetch: Fetch) -> None:
    hub.case(title="À l’envers", period_start=2012, period_end=2010)
    hub.case(title="Un chiffre de trop", period_start=2012, period_end=20_122)
    shown = counts(fetch(index), "year")
    assert (shown["2010"], shown["2011"], shown["2012"]) == (1, 1, 2)
    assert all(len(year) == 4 for year in shown)


@both_languages
@pytest.mark.parametrize("name", ["size", "epci", "setting", "form", "rhythm", "place", "status", "year", "sort"])
def test_what_is_not_known_is_said_and_left_aside(hub: Hub, fetch: Fetch, language: str, name: str) -> None:
    hub.case(language, title="Vire", slug="vire")
    html = fetch(hub.section("cases")[language].get_url(), data={name: "<i>nulle part"})
    assert titles(html) == ["Vire"]
    assert "<i>nulle part" in messages(html)
    assert html.select("main i") == []
    if language == "en":
        assert "left aside" in messages(html)


def test_long_filters_fold_and_open_where_something_is_chosen(hub: Hub, index: str, fetch: Fetch) -> None:
    for year in range(2001, 2015):
        hub.case(title=f"Cas {year}", period_start=year)
    html = fetch(index)
    fold = html.select_one(".facet input[name=year]").find_parent("details", class_="facet-fold")
    assert not fold.has_attr("open")
    assert len(fold.select(".facet-more input")) == 7
    assert html.select_one(".facet input[name=kind]").find_parent("details", class_="facet-fold").has_attr("open")
    chosen = fetch(index, data={"year": "2001"})
    box = chosen.select_one("input[name=year][value='2001']")
    assert all(each.has_attr("open") for each in box.find_parents("details") if "data-filters" not in each.attrs)


# --- Orders ---


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("", ["Alençon", "Écouché", "Domfront", "Bayeux"]),
        # Two periods end in 2011: the one that began last comes first.
        ("newest", ["Domfront", "Écouché", "Alençon", "Bayeux"]),
        ("people", ["Alençon", "Écouché", "Domfront", "Bayeux"]),
        ("checked", ["Écouché", "Domfront", "Alençon", "Bayeux"]),
        ("title", ["Alençon", "Bayeux", "Domfront", "Écouché"]),
    ],
)
def test_orders(cases: Hub, index: str, fetch: Fetch, order: str, expected: list[str]) -> None:
    html = fetch(index, data={"sort": order})
    assert titles(html) == expected
    assert html.select_one("#sort option[selected]")["value"] == order
    assert html.select_one("label[for=sort]").get_text()
    assert messages(html) == ""


def test_an_order_goes_with_filters_and_pages_and_not_into_feeds(hub: Hub, index: str, fetch: Fetch) -> None:
    for number in range(13):
        hub.case(title=f"Cas {number:02}", audiences=["elus"], people_teleworking=number)
    html = fetch(index, data={"sort": "people", "audience": "elus"})
    assert titles(html)[0] == "Cas 12"
    following = html.select_one(".pagination a[rel=next]")
    assert query(following) == {"audience": ["elus"], "sort": ["people"], "page": ["2"]}
    assert titles(fetch(index + following["href"])) == ["Cas 00"]
    assert query(html.select_one(".list-count a")) == {"audience": ["elus"], "format": ["atom"]}
    assert query(html.select_one("a.chip")) == {"sort": ["people"]}


# --- The map ---


def test_every_dot_has_its_lines_and_every_line_its_case(cases: Hub, index: str, fetch: Fetch) -> None:
    html = fetch(index)
    lines = [(line["value"], line.a.get_text(), line.a["href"]) for line in html.select(".map-list ol li")]
    assert lines == [
        ("1", "Écouché", index + "ecouche/"),
        ("2", "Domfront", index + "domfront/"),
        ("3", "Alençon", index + "alencon/"),
    ]
    dots = html.select(".map-dot")
    # Two cases of Caen share its dot.
    assert [dot.get_text() for dot in dots] == ["1–2", "3"]
    assert all(html.select_one(dot["href"]).name == "li" for dot in dots)
    numbers = {
        card.h2.get_text(): card.select_one(".map-number")["href"]
        for card in html.select(".case-card")
        if card.select_one(".map-number")
    }
    assert numbers == {"Écouché": "#map-1", "Domfront": "#map-2", "Alençon": "#map-3"}


def test_dots_follow_the_filters_and_not_the_page(hub: Hub, index: str, fetch: Fetch) -> None:
    for number in range(14):
        hub.case(title=f"Cas {number:02}", audiences=["elus"], organisation=OrganisationFactory(**CAEN))
    hub.case(title="Ailleurs", organisation=OrganisationFactory(**ALENCON))
    html = fetch(index, data={"audience": "elus", "page": "2"})
    assert len(titles(html)) == 2
    assert [dot.get_text() for dot in html.select(".map-dot")] == ["1–14"]
    assert len(html.select(".map-list ol li")) == 14
    assert "Ailleurs" not in html.select_one(".map-list").get_text()


def test_places_too_close_to_tell_apart_share_a_dot_others_do_not(hub: Hub, index: str, fetch: Fetch) -> None:
    herouville = {"commune": "Hérouville-Saint-Clair", "latitude": "49.2044", "longitude": "-0.3263"}
    hub.case(title="Caen", organisation=OrganisationFactory(**CAEN))
    hub.case(title="Hérouville", organisation=OrganisationFactory(**herouville))
    hub.case(title="Alençon", organisation=OrganisationFactory(**ALENCON))
    assert [dot.get_text() for dot in fetch(index).select(".map-dot")] == ["1–2", "3"]


def test_places_outside_the_drawing_are_left_to_the_list(hub: Hub, index: str, fetch: Fetch) -> None:
    hub.case(title="Murat", organisation=OrganisationFactory(latitude="45.1", longitude="2.87"))
    html = fetch(index)
    assert titles(html) == ["Murat"]
    assert html.select(".map, .map-list") == []


@both_languages
def test_the_map_says_whose_data_it_is_and_draws_a_file_of_the_hub(hub: Hub, fetch: Fetch, language: str) -> None:
    hub.case(language, title="Caen", slug="caen", organisation=OrganisationFactory(**CAEN))
    html = fetch(hub.section("cases")[language].get_url())
    assert "IGN ADMIN EXPRESS COG" in html.select_one(".map-figure .credit").get_text()
    assert all(use["href"].startswith("/static/hub/map") for use in html.select(".map use"))


# --- What has changed shows at once ---


def test_a_change_shows_at_once(cases: Hub, index: str, fetch: Fetch) -> None:
    assert len(titles(fetch(index))) == 4
    case = cases.section("cases")["fr"].get_children().get(slug="bayeux").specific
    case.status = "testimony"
    case.save_revision().publish()
    assert counts(fetch(index), "status")["testimony"] == 2
    organisation = case.organisation
    organisation.setting = "rural"
    organisation.save()
    assert counts(fetch(index), "setting")["rural"] == 2
    AudienceTag.objects.create(tag=AudienceFactory(slug="elus"), content_object=case)
    assert counts(fetch(index), "audience") == {"elus": 1}
    PageViewRestriction.objects.create(page=case, restriction_type=PageViewRestriction.LOGIN)
    assert len(titles(fetch(index))) == 3
    assert counts(fetch(index), "audience") == {}
    assert sum(counts(fetch(index), "status").values()) == 3
    cases.section("cases")["fr"].get_children().get(slug="alencon").specific.unpublish()
    html = fetch(index)
    assert titles(html) == ["Écouché", "Domfront"]
    assert "Alençon" not in html.select_one(".map-list").get_text()
    domfront = cases.section("cases")["fr"].get_children().get(slug="domfront")
    domfront.move(cases.section("cases")["fr"], pos="first-child")
    domfront.refresh_from_db()
    assert titles(fetch(index)) == ["Domfront", "Écouché"]
    domfront.delete()
    assert titles(fetch(index)) == ["Écouché"]


def test_a_case_that_expires_leaves_the_list_by_itself(hub: Hub, index: str, fetch: Fetch, monkeypatch: Any) -> None:
    soon = datetime.datetime.now(datetime.UTC) + datetime.timedelta(minutes=5)
    hub.case(title="Bientôt passé", expire_at=soon)
    hub.case(title="Durable")
    assert titles(fetch(index)) == ["Bientôt passé", "Durable"]
    monkeypatch.setattr("django.utils.timezone.now", lambda: soon + datetime.timedelta(seconds=1))
    html = fetch(index)
    assert titles(html) == ["Durable"]
    assert sum(counts(html, "status").values()) == 1


def test_what_changed_without_a_signal_shows_within_minutes(cases: Hub, index: str, fetch: Fetch) -> None:
    assert "Écouché" in titles(fetch(index))
    Page.objects.filter(slug="ecouche").update(live=False)
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=11)):
        html = fetch(index)
    assert "Écouché" not in titles(html)
    assert sum(counts(html, "status").values()) == 3


# --- A thousand cases ---


@pytest.fixture
def thousand(hub: Hub) -> Hub:
    terms = (
        [AudienceFactory(slug=slug) for slug in ("elus", "salaries", "employeurs")],
        [TerritoryFactory(slug=slug) for slug in ("calvados", "manche", "orne")],
        [SectorFactory(slug=f"secteur-{number}") for number in range(8)],
    )
    with disable_reference_index_auto_update():
        add_cases(hub.section("cases")["fr"], 1_000, *terms)
    hub.library("comparison")
    hub.library("dossier")
    return hub


def test_a_thousand_cases_cost_few_queries_and_a_light_page(thousand: Hub, index: str, client: Client) -> None:
    filtered = {"audience": ["elus", "salaries"], "year": "2015", "sort": "people", "case": ["cas-1", "cas-2"]}
    case = thousand.section("cases")["fr"].get_children().get(slug="cas-7").specific
    for asked in ({}, filtered, {"page": "80"}, {"epci": "200065597"}):
        client.get(index, asked)
        case.save()
        for moment in ("after a change", "after another reader"):
            with CaptureQueriesContext(connection) as queries:
                response = client.get(index, asked)
            assert response.status_code == 200
            assert len(queries) <= 20, (asked, moment, len(queries))
            assert len(gzip.compress(response.content)) <= 25 * 1024, asked


def test_a_crowded_map_counts_by_place_and_names_every_dot(thousand: Hub, index: str, fetch: Fetch) -> None:
    html = fetch(index)
    lines = html.select(".map-list ol li")
    assert len(lines) == MOST_LINES
    others = html.select(".map-others li")
    assert len(html.select(".map-dot")) == MOST_LINES
    assert len(html.select(".map-point")) == len(others) > 0
    total = sum(int(line.get_text().rsplit("(", 1)[1].rstrip(") \n")) for line in [*lines, *others])
    assert total == 1_000
    busiest = lines[0].a
    assert set(query(busiest)) == {"epci"}
    narrowed = fetch(busiest["href"])
    assert 0 < len(titles(narrowed)) <= 12
    few = fetch(index, data={"epci": "246100390", "year": "2015"})
    assert few.select(".map-others") == []


def test_a_place_of_the_map_narrows_what_was_asked_and_undoes_none_of_it(
    thousand: Hub, index: str, fetch: Fetch
) -> None:
    asked = {"audience": ["elus"], "kind": ["sme", "public"], "sort": ["people"], "case": ["cas-1", "cas-2"]}
    html = fetch(index, data={**asked, "page": "2"})
    links = html.select(".map-list ol a")
    assert len(links) == MOST_LINES
    for link in links:
        assert {name: values for name, values in query(link).items() if name != "epci"} == asked
    assert len(fetch(links[0]["href"]).select(".choice li")) == 2


# --- Anything at all in the address ---


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["case", "sort", "year", "epci", "place", "page", "keep", "size", "format"]),
            st.one_of(st.text(max_size=30), st.sampled_from(["alencon", "title", "2011", "home", "1", "a=b&c"])),
        ),
        max_size=6,
    )
)
def test_whatever_is_asked_is_answered(cases: Hub, index: str, client: Client, pairs: list[tuple[str, str]]) -> None:
    asked: dict[str, list[str]] = {}
    for name, value in pairs:
        asked.setdefault(name, []).append(value)
    assert client.get(index, asked).status_code in (200, 302)
