"""The choice of cases on the list: it lives in the address and goes where it is needed."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from casestudies.models import CaseStudyPage
from tests.casestudies.lists import messages, query, titles
from tests.conftest import LANGUAGES, Fetch
from tests.factories.hub import Hub

pytestmark = pytest.mark.django_db
both_languages = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture
def tools(cases: Hub) -> dict[str, str]:
    return {name: cases.library(name).get_url() for name in ("comparison", "dossier")}


def test_without_a_tool_there_is_nothing_to_choose_for(cases: Hub, index: str, fetch: Fetch) -> None:
    html = fetch(index, data={"case": "alencon"})
    assert html.select("input[type=checkbox][name=case], .choosing, .choice") == []


def test_ticked_cases_lead_to_the_comparison_and_the_dossier(
    cases: Hub, tools: dict[str, str], index: str, fetch: Fetch
) -> None:
    form = fetch(index).select_one("form.choosing")
    assert form["method"] == "get"
    assert form["action"] == tools["comparison"]
    assert [box["value"] for box in form.select("[name=case]")] == ["alencon", "ecouche", "domfront", "bayeux"]
    buttons = form.select("button[type=submit]")
    assert [button.get("formaction") for button in buttons] == [None, tools["dossier"], index]
    # Nothing of the filters goes to the tools.
    assert {tag.get("name") for tag in form.select("[name]")} == {"case", "keep"}


def test_chosen_cases_stay_chosen_beyond_the_filters(
    cases: Hub, tools: dict[str, str], index: str, fetch: Fetch
) -> None:
    html = fetch(index, data={"kind": "sme", "sort": "title", "case": ["alencon", "domfront"]})
    assert titles(html) == ["Domfront", "Écouché"]
    form = html.select_one("form.choosing")
    assert [box["value"] for box in form.select("[name=case][checked]")] == ["domfront"]
    assert [box["value"] for box in form.select("[name=case][type=hidden]")] == ["alencon"]
    kept = [field["value"] for field in html.select("#filters input[type=hidden][name=case]")]
    assert kept == ["alencon", "domfront"]
    bar = html.select_one(".choice")
    assert [link.get_text() for link in bar.select("li a:first-child")] == ["Alençon", "Domfront"]
    assert query(bar.select("a.choice-remove")[0]) == {"kind": ["sme"], "sort": ["title"], "case": ["domfront"]}
    # Its buttons send what is ticked now, and not only what was.
    buttons = bar.select("button[form=choosing]")
    assert [button.get("formaction", form["action"]) for button in buttons] == [tools["comparison"], tools["dossier"]]
    assert query(html.select_one("a.chip")) == {"sort": ["title"], "case": ["alencon", "domfront"]}
    assert query(html.select_one("a.chip-clear")) == {"sort": ["title"], "case": ["alencon", "domfront"]}


def test_a_choice_outlives_filters_that_find_nothing(
    cases: Hub, tools: dict[str, str], index: str, fetch: Fetch
) -> None:
    html = fetch(index, data={"kind": "sme", "epci": "246100663", "case": ["alencon", "domfront"]})
    assert titles(html) == []
    form = html.select_one("form.choosing")
    assert [box["value"] for box in form.select("[name=case]")] == ["alencon", "domfront"]
    assert query(html.select_one(".empty a")) == {"case": ["alencon", "domfront"]}


def test_ticked_cases_are_kept_while_one_goes_on_looking(
    cases: Hub, tools: dict[str, str], index: str, client: Client, fetch: Fetch
) -> None:
    html = fetch(index, data={"kind": "sme", "sort": "title"})
    button = html.select_one("button[name=keep]")
    assert button["formaction"] == index
    response = client.get(index, {"keep": button["value"], "case": ["domfront", "domfront"]})
    assert response.status_code == 302
    address = urlsplit(response["Location"])
    assert (address.netloc, address.path) == ("", index)
    assert parse_qs(address.query) == {"kind": ["sme"], "sort": ["title"], "case": ["domfront"]}
    kept = fetch(f"{address.path}?{address.query}")
    assert [box["value"] for box in kept.select("form.choosing [name=case][checked]")] == ["domfront"]
    # Only what a list understands comes back.
    hostile = client.get(index, {"keep": "//evil.example&next=x&format=atom&kind=sme", "case": "domfront"})
    assert parse_qs(urlsplit(hostile["Location"]).query) == {"kind": ["sme"], "case": ["domfront"]}
    assert urlsplit(hostile["Location"]).path == index


@both_languages
def test_a_case_that_cannot_be_chosen_is_named(hub: Hub, fetch: Fetch, language: str) -> None:
    hub.case(language, title="Vire", slug="vire")
    draft = hub.case(language, title="Brouillon", slug="brouillon", live=False)
    closed = hub.case(language, title="Fermée", slug="fermee")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    hub.library("comparison", language)
    asked = ["vire", draft.slug, closed.slug, "<b>rien"]
    html = fetch(hub.section("cases")[language].get_url(), data={"case": asked})
    assert [link.get_text() for link in html.select(".choice li a:first-child")] == ["Vire"]
    said = messages(html)
    assert all(slug in said for slug in asked[1:])
    if language == "en":
        assert "no published cases" in said
    assert "Fermée" not in html.get_text()


def test_a_choice_has_an_end(hub: Hub, index: str, fetch: Fetch) -> None:
    for number in range(15):
        hub.case(title=f"Cas {number}")
    hub.library("dossier")
    html = fetch(index, data={"case": [f"cas-{number}" for number in range(15)]})
    assert len(html.select(".choice li")) == 12
    assert "12" in messages(html)


def test_doors_lead_to_the_tools_that_are_live(hub: Hub, index: str, fetch: Fetch) -> None:
    hub.library("comparison")
    hub.library("likeness")
    hub.library("contribution", live=False)
    hub.library("feedback_event_index", title="Retours")
    assert [link.get_text() for link in fetch(index).select(".library-tools a")] == [
        "Communes comme la mienne",
        "Comparer",
        "Retours",
    ]


def test_the_switcher_keeps_filters_order_and_choice(cases: Hub, index: str, fetch: Fetch) -> None:
    english = cases.section("cases")["en"]
    cases.english(CaseStudyPage.objects.get(slug="domfront"), title="Domfront in English", slug="domfront-en")
    cases.english(cases.library("comparison"), title="Compare", slug="compare")
    html = fetch(index, data={"kind": "sme", "sort": "title", "case": ["domfront"]})
    switch = html.select_one(".languages a[lang=en]")
    assert urlsplit(switch["href"]).path == english.get_url()
    assert query(switch) == {"kind": ["sme"], "sort": ["title"], "case": ["domfront"]}
    there = fetch(switch["href"])
    assert [box["value"] for box in there.select("form.choosing [name=case][checked]")] == ["domfront-en"]
    assert messages(there) == ""
    # What search engines keep is the list itself, not one of its thousand filters.
    addresses = [link["href"] for link in there.select("link[rel=canonical], link[hreflang]")]
    assert addresses and not any("?" in address for address in addresses)
