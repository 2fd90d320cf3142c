"""The public API: read-only, filtered by audience and language."""

from typing import Any

import pytest
from django.test import Client

from tests.factories.hub import Hub
from tests.factories.vocabulary import AudienceFactory

pytestmark = pytest.mark.django_db
PAGES = "/api/v2/pages/"


def titles(client: Client, **params: Any) -> list[str]:
    response = client.get(PAGES, params)
    assert response.status_code == 200, response.content
    return [item["title"] for item in response.json()["items"]]


def test_the_list_holds_every_visible_page(hub: Hub, client: Client) -> None:
    hub.case(title="Alençon", audiences=["elus"], territories=["orne"])
    answer = client.get(PAGES).json()
    assert sorted(item["title"] for item in answer["items"]) == [
        "Accueil", "Alençon", "Case studies", "Home", "Études de cas"
    ]  # fmt: skip
    assert answer["meta"]["total_count"] == 5


def test_one_type_with_its_tags(hub: Hub, client: Client) -> None:
    hub.case(title="Alençon", audiences=["elus"], territories=["orne"])
    params = {"type": "casestudies.CaseStudyPage", "fields": "audience_slugs,territory_slugs"}
    [item] = client.get(PAGES, params).json()["items"]
    assert (item["title"], item["audience_slugs"], item["territory_slugs"]) == ("Alençon", ["elus"], ["orne"])


def test_filters_by_audience_and_language(hub: Hub, client: Client) -> None:
    page = hub.case(title="Alençon", audiences=["elus"])
    hub.english(page, title="The Alençon case", slug="alencon")
    hub.case(title="Bayeux", audiences=["salaries"])
    assert titles(client, locale="fr", audience="elus") == ["Alençon"]
    assert titles(client, locale="en", audience="elus") == ["The Alençon case"]
    both = client.get(f"{PAGES}?audience=elus&audience=salaries&locale=fr").json()
    assert sorted(item["title"] for item in both["items"]) == ["Alençon", "Bayeux"]


@pytest.mark.parametrize("params", [{"audience": "martiens"}, {"limit": "9999"}, {"nonsense": "1"}])
def test_what_is_not_understood_is_said(hub: Hub, client: Client, params: dict[str, str]) -> None:
    AudienceFactory()
    response = client.get(PAGES, params)
    assert response.status_code == 400
    assert response.json()["message"]


def test_search_works_or_is_said_to_be_off(hub: Hub, client: Client) -> None:
    hub.plain(title="Cormoran")
    response = client.get(PAGES, {"search": "cormoran"})
    if response.status_code == 400:
        assert response.json()["message"] == "search is disabled"
    else:
        assert [item["title"] for item in response.json()["items"]] == ["Cormoran"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(hub: Hub, client: Client, method: str) -> None:
    page = hub.plain()
    for address in (PAGES, f"{PAGES}{page.pk}/"):
        response = getattr(client, method)(address, {"title": "x"}, content_type="application/json")
        assert response.status_code == 405
    page.refresh_from_db()
    assert page.title == "À propos"


def test_one_page(hub: Hub, client: Client) -> None:
    page = hub.plain(title="Mentions", audiences=["elus"])
    answer = client.get(f"{PAGES}{page.pk}/").json()
    assert (answer["title"], answer["audience_slugs"]) == ("Mentions", ["elus"])


@pytest.mark.parametrize("address", [f"{PAGES}999999/", f"{PAGES}?locale=xx", f"{PAGES}?format=xx"])
def test_what_is_not_there_is_a_plain_404(hub: Hub, client: Client, address: str) -> None:
    """A program gets an answer for programs, not a redirection to a page for people."""
    response = client.get(address)
    assert response.status_code == 404
    assert response["Content-Type"].startswith("application/json")


def test_reading_leaves_no_cookie(hub: Hub, client: Client) -> None:
    assert not client.get(PAGES).cookies
