"""Every page type in both languages: head, frame, outline, manners towards visitors."""

import re
from collections import Counter
from typing import Any
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client

from tests.conftest import LANGUAGES
from tests.factories.hub import Hub
from tests.factories.showcase import SHOWCASE, VIEWS, addresses

pytestmark = pytest.mark.django_db


class Shown:
    """One page as a visitor gets it."""

    def __init__(self, client: Client, urls: dict[str, str], language: str) -> None:
        self.urls, self.language = urls, language
        self.other = next(code for code in LANGUAGES if code != language)
        self.response = client.get(urls[language])
        self.html = BeautifulSoup(self.response.content, "html.parser")

    def links(self, rel: str) -> list[Any]:
        return [link for link in self.html.head.find_all("link") if rel in link.get("rel", [])]


@pytest.fixture(params=[(name, language) for name in [*SHOWCASE, *VIEWS] for language in LANGUAGES], ids="-".join)
def shown(request: pytest.FixtureRequest, hub: Hub, client: Client) -> Shown:
    name, language = request.param
    return Shown(client, addresses(hub, name), language)


def test_the_page_answers_in_its_language(shown: Shown) -> None:
    assert shown.response.status_code == 200
    assert shown.html.html["lang"] == shown.language
    assert shown.response["Content-Language"] == shown.language


def test_the_head_names_the_page_and_its_versions(shown: Shown) -> None:
    assert shown.html.title.get_text(strip=True)
    [description] = shown.html.find_all("meta", attrs={"name": "description"})
    assert description["content"]
    alternates = {link["hreflang"]: link["href"] for link in shown.links("alternate") if link.get("hreflang")}
    absolute = {code: settings.BASE_URL + url for code, url in shown.urls.items()}
    assert alternates == {**absolute, "x-default": absolute["fr"]}
    assert [link["href"] for link in shown.links("canonical")] == [absolute[shown.language]]


def test_the_switcher_leads_to_the_same_page(shown: Shown) -> None:
    [switch] = shown.html.header.find_all("a", attrs={"hreflang": True})
    assert (switch["href"], switch["hreflang"], switch["lang"]) == (shown.urls[shown.other], shown.other, shown.other)


def test_the_outline_is_sound(shown: Shown) -> None:
    titles = shown.html.find_all(re.compile("^h[1-6]$"))
    levels = [int(title.name[1]) for title in titles]
    assert levels.count(1) == 1
    assert all(title.get_text(strip=True) for title in titles)
    main = [int(title.name[1]) for title in shown.html.main.find_all(re.compile("^h[1-6]$"))]
    assert main[0] == 1
    assert all(after <= before + 1 for before, after in zip(main, main[1:], strict=False)), main


def test_no_id_stands_twice(shown: Shown) -> None:
    """Not even when an editor calls two headings the same, or one as the page calls its own parts."""
    ids = Counter(tag["id"] for tag in shown.html.find_all(id=True))
    assert [name for name, times in ids.items() if times > 1] == []


def test_every_id_referred_to_is_there(shown: Shown) -> None:
    ids = {tag["id"] for tag in shown.html.find_all(id=True)}
    wanted = {
        name
        for attribute in ("aria-labelledby", "aria-describedby", "for", "aria-controls")
        for tag in shown.html.find_all(attrs={attribute: True})
        for name in tag[attribute].split()
    }
    wanted |= {link["href"][1:] for link in shown.html.find_all("a", href=re.compile("^#."))}
    assert wanted
    assert wanted - ids == set()


def test_a_reader_gets_no_cookie_and_a_strict_policy(shown: Shown) -> None:
    response = shown.response
    assert not response.cookies
    policy = dict(part.strip().partition(" ")[::2] for part in response["Content-Security-Policy"].split(";"))
    assert "unsafe" not in response["Content-Security-Policy"]
    for directive in ("default-src", "script-src", "style-src"):
        assert policy[directive] == "'self'"
    assert policy["object-src"] == policy["base-uri"] == "'none'"
    assert policy["form-action"] == policy["frame-ancestors"] == "'self'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "DENY"
    assert "geolocation=()" in response["Permissions-Policy"]


def test_nothing_is_fetched_from_elsewhere(shown: Shown) -> None:
    fetched = [tag.get("src") for tag in shown.html.find_all(["script", "img", "iframe", "source", "video", "audio"])]
    fetched += [link["href"] for link in shown.html.find_all("link") if not {"canonical", "alternate"} & {*link["rel"]}]
    assert fetched
    assert [url for url in fetched if url and (urlsplit(url).netloc or not url.startswith("/"))] == []
    assert shown.html.find_all("form")
    assert [form["action"] for form in shown.html.find_all("form") if urlsplit(form["action"]).netloc] == []


def test_nothing_runs_or_is_styled_inline(shown: Shown) -> None:
    data = "application/ld+json"  # a data block: nothing that runs
    assert [script for script in shown.html.select("script:not([src])") if script.get("type") != data] == []
    assert shown.html.find_all("style") == []
    inline = [
        (tag.name, name)
        for tag in shown.html.find_all(True)
        for name in tag.attrs
        if name == "style" or name.startswith("on")
    ]
    assert inline == []


def test_links_lead_somewhere(shown: Shown) -> None:
    """No empty link, no link without words, none that runs a script."""
    for link in shown.html.find_all("a"):
        named = link.get_text(strip=True) or link.get("aria-label")
        assert named, link
        assert link.get("href"), link
        assert not link["href"].lower().startswith("javascript:")
