"""Every filtered list as Atom."""

import datetime
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from tests.conftest import LANGUAGES, Fetch
from tests.factories.hub import Hub
from tests.factories.vocabulary import AudienceFactory

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"

Feed = Callable[..., ElementTree.Element]


@pytest.fixture
def feed(client: Client) -> Feed:
    """A feed that keeps RFC 4287: each feed and entry has id, title and date, every address is absolute."""

    def asking(url: str, **params: Any) -> ElementTree.Element:
        response = client.get(url, {**params, "format": "atom"})
        assert response.status_code == 200
        assert response["Content-Type"].startswith("application/atom+xml")
        root = ElementTree.fromstring(response.content)
        assert root.tag == f"{ATOM}feed"
        for each in [root, *root.findall(f"{ATOM}entry")]:
            assert each.findtext(f"{ATOM}title") is not None
            assert each.findtext(f"{ATOM}id")
            datetime.datetime.fromisoformat(each.findtext(f"{ATOM}updated") or "")
            for link in each.findall(f"{ATOM}link"):
                assert link.get("href", "").startswith(settings.BASE_URL + "/")
        ids = [each.findtext(f"{ATOM}id") for each in root.findall(f"{ATOM}entry")]
        assert len(ids) == len(set(ids))
        return root

    return asking


def titles(root: ElementTree.Element) -> list[str | None]:
    return [entry.findtext(f"{ATOM}title") for entry in root.findall(f"{ATOM}entry")]


@pytest.mark.parametrize("section", ["cases", "legal", "campaigns"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_is_a_feed_in_its_language(hub: Hub, feed: Feed, section: str, language: str) -> None:
    make = {"cases": hub.case, "legal": hub.explainer, "campaigns": hub.campaign}[section]
    page = make(title="Une & deux « pages »", audiences=["elus"])
    english = hub.english(page, title="One & two “pages”", slug="one")
    root = feed(hub.section(section)[language].get_url())
    shown = {"fr": page, "en": english}[language]
    assert titles(root) == [shown.title]
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    assert root.findtext(f"{ATOM}title") == hub.section(section)[language].title
    [link] = root.findall(f"{ATOM}entry/{ATOM}link")
    assert link.get("href") == settings.BASE_URL + shown.get_url()
    assert root.findtext(f"{ATOM}entry/{ATOM}summary") == shown.search_description


def test_a_feed_keeps_the_filters(hub: Hub, feed: Feed) -> None:
    hub.case(title="Alençon", territories=["orne"])
    hub.case(title="Bayeux", territories=["calvados"])
    assert titles(feed(hub.section("cases")["fr"].get_url(), territory="orne")) == ["Alençon"]


@pytest.mark.parametrize("section", ["cases", "legal"])
def test_a_feed_tells_what_was_published_last(hub: Hub, feed: Feed, section: str) -> None:
    """The editors' order puts a new page behind the others: beyond the list's first page nobody would hear of it."""
    make = {"cases": hub.case, "legal": hub.explainer}[section]
    address = hub.section(section)["fr"].get_url()
    for number in range(14):
        day = datetime.datetime(2026, 1, 1 + number, tzinfo=datetime.UTC)
        make(title=f"Page {number}", territories=["orne"], first_published_at=day)
    expected = [f"Page {number}" for number in reversed(range(14))]
    assert titles(feed(address)) == expected
    assert titles(feed(address, territory="orne")) == expected
    if section == "cases":
        assert titles(feed(address, sort="title"))[:2] == ["Page 0", "Page 1"]


def test_a_feed_takes_bad_parameters_and_empty_lists(hub: Hub, feed: Feed) -> None:
    address = hub.section("cases")["fr"].get_url()
    assert titles(feed(address, page="-1", territory="atlantide")) == []
    hub.case(title="Alençon")
    assert titles(feed(address, page="9999")) == ["Alençon"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reader_has_a_feed(hub: Hub, feed: Feed, language: str) -> None:
    AudienceFactory(slug="elus")
    page = hub.plain(title="Pour vous", audiences=["elus"])
    hub.english(page, title="For you", slug="for-you")
    with override(language):
        address = reverse("audience", args=["elus"])
    root = feed(address)
    assert titles(root) == [{"fr": "Pour vous", "en": "For you"}[language]]
    assert root.findtext(f"{ATOM}title") == {"fr": "Français elus", "en": "English elus"}[language]


def test_pages_lead_to_their_feed(hub: Hub, fetch: Fetch, feed: Feed) -> None:
    hub.case(title="Alençon", territories=["orne"])
    address = hub.section("cases")["fr"].get_url()
    html = fetch(address, data={"territory": "orne"})
    assert html.head.find("link", type="application/atom+xml")["href"] == "?format=atom"
    [link] = [each["href"] for each in html.main.find_all("a") if "format=atom" in each["href"]]
    assert link == "?territory=orne&format=atom"
    assert titles(feed(address + link)) == ["Alençon"]


def test_a_forged_host_does_not_enter_a_feed(hub: Hub, client: Client) -> None:
    hub.case(title="Alençon")
    answer = client.get(hub.section("cases")["fr"].get_url(), {"format": "atom"}, headers={"host": "evil.example"})
    assert answer.status_code == 200
    assert b"evil.example" not in answer.content
