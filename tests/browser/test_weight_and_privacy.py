"""Pages are light, keep to their own host, set no cookie, break no rule of their policy, and all are in the sitemap."""

import gzip
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Request

from tests.browser.addresses import LANGUAGES, PLACES, PUBLIC_PLACES, content
from tests.browser.conftest import Answer

KB = 1024
Get = Callable[..., Answer]


def _size(body: bytes) -> int:
    return len(gzip.compress(body, 6))


@dataclass
class Visit:
    """What happened while a browser that knows nothing of the hub loaded one page."""

    complaints: list[str] = field(default_factory=list)
    requested: list[Request] = field(default_factory=list)
    cookies: list[str] = field(default_factory=list)
    stored: int = 0


@pytest.fixture(scope="module")
def visit(browser: Browser, hub: str) -> Callable[[str, str], Visit]:
    kept: dict[tuple[str, str], Visit] = {}

    def visiting(name: str, language: str) -> Visit:
        if (name, language) in kept:
            return kept[name, language]
        seen = kept[name, language] = Visit()
        context = browser.new_context(base_url=hub, locale=language, viewport={"width": 1280, "height": 800})
        page = context.new_page()
        own = hub + PLACES[name].path(language)

        def complain(message: object) -> None:
            text = getattr(message, "text", str(message))
            # A browser notes on its console that a 404 page answered 404.
            if not (PLACES[name].status == 404 and "status of 404" in text and message.location["url"] == own):
                seen.complaints.append(text)

        page.on("console", lambda message: complain(message) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        page.on("requestfailed", lambda request: seen.complaints.append(f"{request.url}: {request.failure}"))
        page.on("request", lambda request: seen.requested.append(request))
        response = page.goto(own)
        assert response.status == PLACES[name].status
        page.evaluate("scrollTo(0, document.body.scrollHeight)")  # what waits to be seen is asked for now
        page.wait_for_timeout(200)
        seen.cookies = [cookie["name"] for cookie in context.cookies()]
        seen.stored = page.evaluate("localStorage.length + sessionStorage.length")
        context.close()
        return seen

    return visiting


def test_the_sitemap_names_every_page_once(sitemap: list[tuple[str, dict[str, str]]]) -> None:
    counted = Counter(path for path, _alternates in sitemap)
    assert [path for path, times in counted.items() if times > 1] == []
    assert len(counted) >= 2 * (len(content()) + 9)  # the audience pages and their index are no files


def test_every_page_of_the_sitemap_has_its_alternates_and_they_agree(
    sitemap: list[tuple[str, dict[str, str]]],
) -> None:
    by_path = dict(sitemap)
    for path, alternates in sitemap:
        assert set(alternates) == {*LANGUAGES, "x-default"}, path
        assert alternates[path.split("/")[1]] == path
        assert alternates["x-default"] == alternates["fr"]
        assert all(by_path.get(other) == alternates for other in alternates.values()), path


def test_every_page_of_the_sitemap_answers(public_pages: dict[str, Answer]) -> None:
    assert {path: answer.status for path, answer in public_pages.items() if answer.status != 200} == {}


def test_pages_say_the_same_alternates_as_the_sitemap(
    sitemap: list[tuple[str, dict[str, str]]], public_pages: dict[str, Answer]
) -> None:
    for path, alternates in sitemap:
        soup = public_pages[path].soup
        said = {link["hreflang"]: urlsplit(link["href"]).path for link in soup.select("link[rel=alternate][hreflang]")}
        assert said == alternates, path
        assert [urlsplit(link["href"]).path for link in soup.select("link[rel=canonical]")] == [path]


def test_no_link_of_the_hub_leads_nowhere(public_pages: dict[str, Answer], get: Get) -> None:
    wanted: dict[str, str] = {}
    for path, answer in public_pages.items():
        for link in answer.soup.select("a[href^='/'], a[href^='?']"):
            target = link["href"] if link["href"].startswith("/") else path + link["href"]
            wanted.setdefault(target.partition("#")[0], path)
    broken = {}
    for target, page in wanted.items():
        status = public_pages[target].status if target in public_pages else get(target).status
        if status != 200:
            broken[target] = (status, f"on {page}")
    assert broken == {}


def test_a_link_to_a_place_in_a_page_finds_it(public_pages: dict[str, Answer]) -> None:
    lost = []
    for path, answer in public_pages.items():
        here = {element["id"] for element in answer.soup.select("[id]")}
        lost += [(path, a["href"]) for a in answer.soup.select("a[href^='#']") if a["href"][1:] not in here]
    assert lost == []


def test_ids_are_unique_and_titles_tell_pages_apart(public_pages: dict[str, Answer]) -> None:
    titles = Counter((answer.language, answer.soup.title.get_text()) for answer in public_pages.values())
    assert [title for title, times in titles.items() if times > 1] == []
    for path, answer in public_pages.items():
        ids = Counter(element["id"] for element in answer.soup.select("[id]"))
        assert [name for name, times in ids.items() if times > 1] == [], path
        assert len(answer.soup.select("h1")) == 1, path


def test_no_public_page_sets_a_cookie(public_pages: dict[str, Answer], get: Get) -> None:
    others = ["/", "/sitemap.xml", "/robots.txt", "/api/v2/pages/", "/fr/recherche/suggestions/?q=ref"]
    others += [PLACES["case index"].path("fr") + "?format=atom", "/en/search/?q=refusal&format=json"]
    others += [PLACES[name].path(language) for name in PUBLIC_PLACES for language in LANGUAGES]
    answers = [*public_pages.values(), *map(get, others)]
    assert [answer.path for answer in answers if "set-cookie" in answer.headers] == []


def test_public_pages_carry_the_strict_policy(public_pages: dict[str, Answer]) -> None:
    for path, answer in public_pages.items():
        policy = answer.headers["content-security-policy"]
        assert "unsafe" not in policy and "default-src 'self'" in policy and "object-src 'none'" in policy, path
        assert answer.headers["x-content-type-options"] == "nosniff"
        inline = answer.soup.select("[style], style, script:not([src]):not([type='application/ld+json'])")
        assert not inline and b" onclick=" not in answer.body, path


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PUBLIC_PLACES)
def test_a_visit_is_private_and_quiet(visit: Callable[..., Visit], hub: str, name: str, language: str) -> None:
    seen = visit(name, language)
    assert [r.url for r in seen.requested if not r.url.startswith((hub + "/", "data:"))] == []
    assert seen.complaints == []
    assert (seen.cookies, seen.stored) == ([], 0)
    assert len(seen.requested) <= 10, [request.url for request in seen.requested]


def test_html_is_light(public_pages: dict[str, Answer]) -> None:
    sizes = {path: _size(answer.body) for path, answer in public_pages.items()}
    assert {path: size for path, size in sizes.items() if size > 10 * KB} == {}


def test_styles_scripts_and_font_are_light(visit: Callable[..., Visit], get: Get, hub: str) -> None:
    """What one page loads, whichever it is: a tool brings its own files where it stands and nowhere else."""
    sizes: dict[str, int] = {}
    for name in PUBLIC_PLACES:
        files = {r.url: r.resource_type for r in visit(name, "fr").requested if not r.url.startswith("data:")}
        code = [url for url, kind in files.items() if kind in ("stylesheet", "script")]
        fonts = [url for url, kind in files.items() if kind == "font"]
        for url in (*code, *fonts):
            if url not in sizes:
                body = get(url.removeprefix(hub)).body
                sizes[url] = len(body) if url in fonts else _size(body)
        assert code and sum(sizes[url] for url in code) <= 25 * KB, (name, {url: sizes[url] for url in code})
        assert len(fonts) <= 1 and sum(sizes[url] for url in fonts) <= 30 * KB, (name, fonts)
