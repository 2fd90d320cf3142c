"""A running hub and a real browser. These tests speak HTTP only: no test touches Django or its database here.

``RELAIS_BROWSER_URL`` names a hub that already runs with the starting content; then none is started.
``CHROMIUM`` names the browser. Without any Chromium the whole folder is skipped.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
import requests
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

from tests.browser.addresses import NOT_FOUND
from tests.browser.server import running_hub
from tests.ready import loaded

HERE = Path(__file__).parent
# About as long as all the others together.
LOOKS = ("test_accessibility", "test_keyboard", "test_layout")
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}

Open = Callable[..., Page]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "browser: needs Chromium and a running hub")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marked for choosing, and kept together by xdist: one hub and one browser serve a half of them."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("looks" if item.path.stem in LOOKS else "visits"))


@pytest.fixture(autouse=True)
def clean_slate() -> None:
    """The fixture of this name for every other test prepares Django; nothing to prepare here."""


@pytest.fixture(scope="package", autouse=True)
def chromium() -> str:
    # The one without windows does the same work with half the effort.
    known = ("chromium-headless-shell", "chromium", "chromium-browser")
    named = [os.environ.get("CHROMIUM", ""), *(f"/usr/bin/{name}" for name in known)]
    found = next((path for path in named if path and shutil.which(path)), None)
    if found is None:
        pytest.skip("browser tests: no Chromium found (install it, or name it in CHROMIUM)")
    return found


@pytest.fixture(scope="package")
def hub(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the hub, without a slash at its end. Started once."""
    running = os.environ.get("RELAIS_BROWSER_URL", "").rstrip("/")
    if running:
        yield running
        return
    with running_hub(loaded(tmp_path_factory)) as url:
        yield url


@pytest.fixture(scope="package")
def browser(chromium: str) -> Iterator[Browser]:
    # Of the package and not of the session: while Playwright runs, Django refuses to touch a database in its thread.
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=_ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture(scope="package")
def open_page(browser: Browser, hub: str) -> Iterator[Open]:
    """``open_page("/fr/", width=320, scheme="dark")``: the page, in a window that is kept for the next one like it.

    Whoever resizes a window or changes its media for good asks for one ``kept_for`` itself.
    """
    windows: dict[tuple[Any, ...], tuple[BrowserContext, Page]] = {}

    def opening(
        path: str,
        *,
        width: int = 1280,
        language: str = "fr",
        scheme: str = "light",
        kept_for: str = "",
        **options: Any,
    ) -> Page:
        key = (kept_for, language, width, scheme, *sorted(options.items()))
        if key not in windows:
            context = browser.new_context(
                base_url=hub,
                locale={"fr": "fr-FR", "en": "en-GB"}[language],
                viewport={"width": width, "height": 800},
                color_scheme=scheme,
                **options,
            )
            context.set_default_timeout(10_000)
            windows[key] = context, context.new_page()
        page = windows[key][1]
        response = page.goto(path)
        assert response is not None and response.status == (404 if path in NOT_FOUND else 200), path
        return page

    yield opening
    for context, _page in windows.values():
        context.close()


def follow(link: Locator) -> None:
    """Press what leads to another page, and wait until that page stands: a click alone returns while it is coming."""
    with link.page.expect_navigation():
        link.click()


class Answer:
    """One page over plain HTTP. Parsed when first asked."""

    def __init__(self, path: str, response: requests.Response) -> None:
        self.path, self.status, self.headers, self.body = path, response.status_code, response.headers, response.content
        self.language = path.split("/")[1]
        self._soup: BeautifulSoup | None = None

    @property
    def soup(self) -> BeautifulSoup:
        if self._soup is None:
            self._soup = BeautifulSoup(self.body, "html.parser")
        return self._soup


@pytest.fixture(scope="package")
def get(hub: str) -> Callable[..., Answer]:
    def getting(path: str, **options: Any) -> Answer:
        return Answer(path, requests.get(hub + path, timeout=30, allow_redirects=False, **options))

    return getting


@pytest.fixture(scope="package")
def sitemap(hub: str) -> list[tuple[str, dict[str, str]]]:
    """Paths of the public pages in the order of the sitemap, each with its alternates by language."""
    root = ElementTree.fromstring(requests.get(f"{hub}/sitemap.xml", timeout=30).content)
    assert len(root) > 100, "the sitemap names too few pages for tests over all of them to mean anything"

    def path(url: str) -> str:
        return urlsplit(url).path

    return [
        (
            path(entry.findtext("s:loc", "", _SITEMAP)),
            {link.attrib["hreflang"]: path(link.attrib["href"]) for link in entry.findall("x:link", _SITEMAP)},
        )
        for entry in root.findall("s:url", _SITEMAP)
    ]


@pytest.fixture(scope="package")
def public_pages(sitemap: list[tuple[str, dict[str, str]]], get: Callable[..., Answer]) -> dict[str, Answer]:
    """Every page of the sitemap, fetched once."""
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(get, dict.fromkeys(path for path, _alternates in sitemap)))
    return {answer.path: answer for answer in answers}
