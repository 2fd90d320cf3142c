"""Filtered lists: counts, several values, what is not understood, and lists with nothing in them."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils.translation import override

from tests.conftest import LANGUAGES, Fetch
from tests.factories.hub import Hub
from tests.factories.pages import regimes
from tests.factories.vocabulary import AudienceFactory, OrganisationFactory, SectorFactory

pytestmark = pytest.mark.django_db
both_languages = pytest.mark.parametrize("language", LANGUAGES)


def titles(html: BeautifulSoup) -> list[str]:
    return [link.get_text() for link in html.select(".list-main h2 a")]


def counts(html: BeautifulSoup, facet: str) -> dict[str, int]:
    boxes = html.select(f".facet input[name={facet}]")
    return {box["value"]: int(box.find_parent("label").select_one(".count").get_text()) for box in boxes}


def selected(html: BeautifulSoup) -> set[tuple[str, str]]:
    return {(box["name"], box["value"]) for box in html.select(".facet input[checked]")}


def messages(html: BeautifulSoup) -> str:
    return " ".join(tag.get_text(" ") for tag in html.select("[role=status]"))


@pytest.fixture
def cases(hub: Hub) -> Hub:
    hub.case(title="Alençon", audiences=["elus"], territories=["orne"], sector=SectorFactory(slug="mairies"))
    hub.case(title="Bayeux", audiences=["elus", "salaries"], territories=["calvados"])
    hub.case(
        title="Coutances",
        audiences=["employeurs"],
        territories=["manche"],
        organisation=OrganisationFactory(kind="sme", name="Alizé"),
    )
    hub.case(title="Domfront", audiences=["salaries"], territories=["orne", "manche"])
    return hub


def url(hub: Hub, section: str = "cases", language: str = "fr") -> str:
    return hub.section(section)[language].get_url()


# --- Choosing ---


def test_without_filters_everything_is_listed_with_its_counts(cases: Hub, fetch: Fetch) -> None:
    html = fetch(url(cases))
    assert titles(html) == ["Alençon", "Bayeux", "Coutances", "Domfront"]
    assert counts(html, "audience") == {"elus": 2, "salaries": 2, "employeurs": 1}
    assert counts(html, "territory") == {"orne": 2, "manche": 2, "calvados": 1}
    assert counts(html, "kind") == {"public": 3, "sme": 1}
    assert counts(html, "sector") == {"mairies": 1, "administration": 3}
    assert selected(html) == set()


def test_a_value_narrows_the_list_and_the_other_counts_but_not_its_own(cases: Hub, fetch: Fetch) -> None:
    html = fetch(url(cases), data={"territory": "orne"})
    assert titles(html) == ["Alençon", "Domfront"]
    assert counts(html, "audience") == {"elus": 1, "salaries": 1}
    assert counts(html, "territory") == {"orne": 2, "manche": 2, "calvados": 1}
    assert selected(html) == {("territory", "orne")}


def test_values_of_one_filter_widen_and_filters_narrow(cases: Hub, fetch: Fetch) -> None:
    html = fetch(url(cases), data={"territory": ["orne", "calvados"]})
    assert titles(html) == ["Alençon", "Bayeux", "Domfront"]
    html = fetch(url(cases), data={"territory": ["orne", "calvados"], "audience": "elus"})
    assert titles(html) == ["Alençon", "Bayeux"]
    # What choosing one more territory would give, among pages for elected people.
    assert counts(html, "territory") == {"orne": 1, "calvados": 1}
    assert counts(html, "audience") == {"elus": 2, "salaries": 2}


def test_every_count_keeps_its_promise(cases: Hub, fetch: Fetch) -> None:
    html = fetch(url(cases))
    for facet in ("audience", "territory", "kind", "sector"):
        for value, number in counts(html, facet).items():
            assert len(titles(fetch(url(cases), data={facet: value}))) == number, (facet, value)


def test_a_chosen_value_stays_to_be_unchosen_when_nothing_matches(cases: Hub, fetch: Fetch) -> None:
    html = fetch(url(cases), data={"kind": "sme", "territory": "calvados"})
    assert titles(html) == []
    assert html.select_one(".empty h2").get_text()
    assert {("kind", "sme"), ("territory", "calvados")} == selected(html)
    assert html.select_one(".empty a")["href"] == url(cases)


def test_each_chip_takes_one_value_away(cases: Hub, fetch: Fetch) -> None:
    html = fetch(url(cases), data={"territory": ["orne", "manche"], "audience": "elus", "page": "1"})
    left = [parse_qs(urlsplit(chip["href"]).query) for chip in html.select("a.chip")]
    wanted = [
        {"territory": ["orne", "manche"]},
        {"territory": ["manche"], "audience": ["elus"]},
        {"territory": ["orne"], "audience": ["elus"]},
    ]
    assert len(left) == len(wanted)
    assert all(query in left for query in wanted)
    assert html.select_one("a.chip-clear")["href"] == url(cases)


def test_explainers_are_filtered_by_regime(hub: Hub, fetch: Fetch) -> None:
    hub.explainer(title="Refus", regimes=regimes("private", "state"))
    hub.explainer(title="Indemnité", regimes=regimes("state"))
    html = fetch(url(hub, "legal"))
    assert counts(html, "regime") == {"private": 1, "state": 2}
    assert titles(fetch(url(hub, "legal"), data={"regime": "private"})) == ["Refus"]


def test_campaigns_are_filtered_by_audience(hub: Hub, fetch: Fetch) -> None:
    hub.campaign(title="Essayez", audiences=["salaries"])
    hub.campaign(title="Osez", audiences=["employeurs"])
    assert titles(fetch(url(hub, "campaigns"), data={"audience": "employeurs"})) == ["Osez"]


def test_a_list_holds_the_pages_of_its_own_language(cases: Hub, fetch: Fetch) -> None:
    page = cases.case(title="Elbeuf", territories=["orne"])
    cases.english(page, title="The Elbeuf case", slug="elbeuf")
    html = fetch(url(cases, language="en"))
    assert titles(html) == ["The Elbeuf case"]
    assert counts(html, "territory") == {"orne": 1}
    assert "English orne" in html.select_one(".facet input[value=orne]").find_parent("label").get_text()


# --- Pages of a long list ---


@pytest.fixture
def long_list(hub: Hub) -> Hub:
    for number in range(13):
        hub.case(title=f"Cas {number:02}", audiences=["elus"] if number else [])
    return hub


def test_a_long_list_has_pages_that_keep_the_filters(long_list: Hub, fetch: Fetch) -> None:
    first = fetch(url(long_list))
    assert len(titles(first)) == 12
    following = first.select_one(".pagination a[rel=next]")["href"]
    assert titles(fetch(url(long_list) + following)) == ["Cas 12"]
    one_page = fetch(url(long_list), data={"audience": "elus"})
    assert one_page.select_one(".pagination") is None
    long_list.case(title="Cas 13", audiences=["elus"])
    filtered = fetch(url(long_list), data={"audience": "elus"})
    assert parse_qs(urlsplit(filtered.select_one(".pagination a[rel=next]")["href"]).query) == {
        "audience": ["elus"],
        "page": ["2"],
    }


@pytest.mark.parametrize(
    ("page", "shown"),
    [("-1", 12), ("0", 12), ("9999", 1), ("99999999999999999999", 1), ("abc", 12), ("1.5", 12), ("²", 12)],
)
@both_languages
def test_a_page_that_is_not_there(long_list: Hub, fetch: Fetch, language: str, page: str, shown: int) -> None:
    if language == "en":
        for case in long_list.section("cases")["fr"].get_children().specific():
            long_list.english(case, title=case.title.replace("Cas", "Case"))
    html = fetch(url(long_list, language=language), data={"page": page})
    assert len(titles(html)) == shown
    word = {"fr": "page", "en": "There is no page"}[language]
    assert word in messages(html)
    assert ("There is no" in messages(html)) is (language == "en")
    assert page[:20] in messages(html)


# --- What is not understood ---


@pytest.mark.parametrize("section", ["cases", "legal", "campaigns"])
@both_languages
def test_an_unknown_value_is_named_and_left_aside(hub: Hub, fetch: Fetch, section: str, language: str) -> None:
    AudienceFactory()
    html = fetch(url(hub, section, language), data={"audience": ["martiens", "<svg onload=x>"]})
    said = messages(html)
    assert "martiens" in said
    assert "<svg onload=x>" in said
    assert html.select("main svg[onload]") == []
    assert ("left aside" in said) is (language == "en")
    assert selected(html) == set()


def test_known_values_hold_beside_unknown_ones(cases: Hub, fetch: Fetch) -> None:
    html = fetch(url(cases), data={"territory": ["orne", "atlantide"], "autre": "x"})
    assert titles(html) == ["Alençon", "Domfront"]
    assert "atlantide" in messages(html)


@both_languages
def test_an_empty_list_says_so(hub: Hub, fetch: Fetch, language: str) -> None:
    html = fetch(url(hub, language=language))
    assert titles(html) == []
    heading = html.select_one(".empty h2").get_text()
    assert (heading == "Nothing matches all these filters.") is (language == "en")


# --- Readers ---


@both_languages
def test_an_audience_page_gathers_what_is_for_that_reader_by_kind(hub: Hub, fetch: Fetch, language: str) -> None:
    wanted = {
        "casestudy": hub.case(audiences=["elus"]),
        "legal": hub.explainer(audiences=["elus"]),
        "guide": hub.step(audiences=["elus"]),
        "campaign": hub.campaign(audiences=["elus"]),
        "page": hub.plain(audiences=["elus"]),
    }
    others = [hub.case(title="Pas pour eux", audiences=["salaries"]), hub.plain(title="Pour personne")]
    if language == "en":
        wanted = {kind: hub.english(page, title=f"English {kind}") for kind, page in wanted.items()}
    with override(language):
        html = fetch(reverse("audience", args=["elus"]))
    found = {
        section["aria-labelledby"].removeprefix("kind-"): [link.get_text() for link in section.select(".card a")]
        for section in html.select("section[aria-labelledby^=kind-]")
    }
    assert list(found) == ["guide", "legal", "casestudy", "campaign", "page"]
    assert found == {kind: [page.title] for kind, page in wanted.items()}
    assert not any(page.title in html.get_text() for page in others)
    assert html.h1.get_text() == {"fr": "Français elus", "en": "English elus"}[language]


@both_languages
def test_the_index_of_readers_names_each_of_them(hub: Hub, fetch: Fetch, language: str) -> None:
    slugs = ["salaries", "elus"]
    for slug in slugs:
        AudienceFactory(slug=slug)
    with override(language):
        html = fetch(reverse("audience_index"))
        expected = [reverse("audience", args=[slug]) for slug in sorted(slugs)]
    assert sorted(link["href"] for link in html.main.select(".door a")) == expected


@both_languages
def test_a_reader_with_nothing_yet(hub: Hub, fetch: Fetch, language: str) -> None:
    AudienceFactory(slug="elus")
    with override(language):
        html = fetch(reverse("audience", args=["elus"]))
    assert ("Nothing has been published" in html.select_one(".empty").get_text()) is (language == "en")


def test_a_reader_who_does_not_exist(hub: Hub, fetch: Fetch) -> None:
    fetch(reverse("audience", args=["martiens"]), status=404)


def test_a_renamed_reader_is_renamed_at_once(hub: Hub, fetch: Fetch) -> None:
    audience = AudienceFactory(slug="elus")
    address = reverse("audience", args=["elus"])
    assert fetch(address).h1.get_text() == "Français elus"
    label: Any = audience.labels.get(locale=hub.fr)
    label.label = "Élus et élues"
    label.save()
    assert fetch(address).h1.get_text() == "Élus et élues"
