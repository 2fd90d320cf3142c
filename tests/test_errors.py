"""Errors in the visitor's language, and input that means no good."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from hub.home import audiences
from tests.conftest import Fetch
from tests.factories.hub import Hub

pytestmark = pytest.mark.django_db
# What each page says in English; in French it must say something else.
NOT_FOUND = "This page is not here."
FAILED = "Something failed on our side."


@pytest.fixture
def visitor() -> Client:
    """Who gets an answer where a test would get the exception."""
    return Client(raise_request_exception=False)


def shown(response: Any) -> tuple[str, str]:
    html = BeautifulSoup(response.content, "html.parser")
    [heading] = html.find_all("h1")
    return html.html["lang"], heading.get_text()


# --- Not found ---


@pytest.mark.parametrize(
    ("path", "accepted", "language"),
    [
        ("/fr/rien/", "en", "fr"),
        ("/en/nothing/", "fr", "en"),
        ("/fr/rien/du/tout/", "", "fr"),
        ("/en/publics/", "fr", "en"),
        ("/fr/search/", "en", "fr"),
        ("/de/", "de,en;q=0.5", "en"),
        ("/de/", "de", "fr"),
        ("/xx/quelque/part/", "fr", "fr"),
        ("/xx/some/where/", "en", "en"),
        ("/wp-login.php", "en", "en"),
        ("/wp-login.php", "fr", "fr"),
    ],
)
def test_not_found_in_the_visitor_s_language(hub: Hub, client: Client, path: str, accepted: str, language: str) -> None:
    response = client.get(path, headers={"accept-language": accepted}, follow=True)
    assert response.status_code == 404
    assert response["Content-Language"] == language
    lang, heading = shown(response)
    assert lang == language
    assert (heading == NOT_FOUND) is (language == "en")
    assert not response.cookies


def test_not_found_leads_on(hub: Hub, fetch: Fetch) -> None:
    """A search, the menu and the way home, and nothing for search engines."""
    hub.section("cases")
    html = fetch("/fr/rien/", status=404)
    assert html.main.select_one("form[role=search]")["action"] == reverse("search")
    assert hub.section("cases")["fr"].get_url() in [link["href"] for link in html.main.select("a")]
    assert html.header.select_one("a.brand")["href"] == "/fr/"
    assert html.find("meta", attrs={"name": "robots"})["content"] == "noindex"
    assert html.find("link", rel="canonical") is None


def test_error_pages_keep_the_policy(hub: Hub, visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audiences, "labels", _fails)
    for path, status in (("/fr/rien/", 404), ("/fr/publics/x/", 500)):
        response = visitor.get(path)
        assert response.status_code == status
        policy = response["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        html = BeautifulSoup(response.content, "html.parser")
        assert html.find_all("style") == []
        assert html.find_all(style=True) == []


# --- Our fault ---


def _fails(*_args: Any, **_kwargs: Any) -> None:
    raise RuntimeError("zqsecret")


@pytest.mark.parametrize(
    ("path", "accepted", "language"),
    [
        ("/fr/publics/x/", "en", "fr"),
        ("/en/audiences/x/", "fr", "en"),
    ],
)
def test_a_failure_in_the_visitor_s_language(
    hub: Hub, visitor: Client, monkeypatch: pytest.MonkeyPatch, path: str, accepted: str, language: str
) -> None:
    monkeypatch.setattr(audiences, "labels", _fails)
    response = visitor.get(path, headers={"accept-language": accepted})
    assert response.status_code == 500
    lang, heading = shown(response)
    assert lang == language
    assert (heading == FAILED) is (language == "en")
    assert b"zqsecret" not in response.content
    html = BeautifulSoup(response.content, "html.parser")
    assert html.main.a["href"] == f"/{language}/"


def test_a_failure_of_the_frame_itself_still_gives_a_page(
    hub: Hub, visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cache down: every page fails, and says so."""
    from django.core.cache import cache

    hub.home["fr"].get_url()
    monkeypatch.setattr(type(cache._connections["default"]), "get", _fails)
    response = visitor.get("/en/")
    assert response.status_code == 500
    assert shown(response) == ("en", FAILED)


# --- Input that means no good ---


@pytest.mark.parametrize(
    "path",
    [
        "/fr/%00/",
        "/fr/a%00b/",
        "/fr/publics/%00/",
        "/%00",
        "/fr/%ED%A0%80/",
        "/fr/%FF%FE/",
        "/fr/%E2%80%AE/",
        "/fr/..%2f..%2fetc/passwd",
        "/fr//evil.example/",
        "/fr/" + "a" * 4000 + "/",
        "/media/%00",
        "/media/images/%00.png",
        "/documents/1/%00.pdf",
        "/api/v2/pages/%00/",
        "/fr/_util/authenticate_with_password/1/999/",
    ],
)
def test_a_hostile_path_is_not_found(hub: Hub, visitor: Client, path: str) -> None:
    response = visitor.get(path, follow=True)
    assert response.status_code in (400, 404)
    assert all("evil.example" not in url or url.startswith("/") for url, _status in response.redirect_chain)
    assert all(not url.startswith("//") for url, _status in response.redirect_chain)


@pytest.mark.parametrize(
    "value", ["%00", "%ED%A0%80", "%FF", "%E2%80%AE", "a" * 50_000, "%3Csvg%20onload=x%3E", "%0D%0Ax:y"]
)
@pytest.mark.parametrize(
    "address", ["/fr/?q=", "/fr/recherche/?q=", "/fr/recherche/?audience=", "/fr/recherche/suggestions/?q="]
)
def test_a_hostile_parameter_is_only_a_word(hub: Hub, visitor: Client, address: str, value: str) -> None:
    response = visitor.get(address + value)
    assert response.status_code == 200
    assert b"<svg onload" not in response.content


@pytest.mark.parametrize(("path", "language"), [("/fr/", "fr"), ("/en/", "en"), ("/compte/connexion/", "fr")])
def test_a_form_posted_without_its_token_is_refused_by_a_page_of_ours(hub: Hub, path: str, language: str) -> None:
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    response = strict.post(path, {"x": "y"}, headers={"accept-language": language})
    assert response.status_code == 403
    html = BeautifulSoup(response.content, "html.parser")
    assert html.html["lang"] == language
    assert html.find_all("style") == []


# --- Forged host ---


@pytest.mark.parametrize(("path", "language"), [("/fr/", "fr"), ("/en/", "en"), ("/fr/rien/", "fr"), ("/", "fr")])
def test_a_forged_host_is_refused(hub: Hub, visitor: Client, settings: Any, path: str, language: str) -> None:
    settings.ALLOWED_HOSTS = ["localhost"]
    response = visitor.get(path, headers={"host": "evil.example"})
    assert response.status_code == 400
    assert b"evil.example" not in response.content
    assert shown(response)[0] == language
    assert visitor.get(path, headers={"host": "localhost"}).status_code in (200, 302, 404)


def test_a_forged_host_does_not_stay_in_the_page_for_others(hub: Hub, client: Client) -> None:
    """The frame is kept for everybody: nothing of the first visitor's address may enter it."""
    hub.section("cases")
    forged = client.get("/fr/", headers={"host": "evil.example", "x-forwarded-host": "evil.example"})
    assert forged.status_code == 200
    later = client.get("/fr/", headers={"host": "localhost"}).content
    assert b"evil.example" not in forged.content + later
    assert hub.section("cases")["fr"].get_url().encode() in later
