"""From the home page to cases of communes like one’s own: by keys alone, without scripts, on a phone."""

import gzip
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import LANGUAGES, address, content
from tests.browser.conftest import Open, follow
from tests.browser.walking import Keys, fits

VIRE, ALENCON = "14762", "61001"
FIELD = "#id_commune"
OPTION = f"{FIELD}-list [role=option]"
CARD = ".likeness-cards .card"
# What the page shows: the question, a ranking, communes to choose from, a mistake.
STATES = {
    "asked": "",
    "ranked": f"?insee={VIRE}",
    "several": "?commune=61300",
    "near": "?commune=Alancon",
    "elsewhere": "?commune=75001",
}


def _from_home(page: Page, language: str) -> Any:
    return page.locator(f".home-ways a[href='{address('likeness', language)}']")


def _at_a_case(page: Page, title: str, language: str) -> None:
    expect(page.locator("h1")).to_have_text(title)
    assert re.search(rf"/{language}/", page.url) and address("case-studies", language) in page.url
    assert page.url.rstrip("/") != address("likeness", language).rstrip("/")
    fits(page)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [320, 1280])
def test_by_keys_alone_from_the_home_page_to_a_case(open_page: Open, language: str, width: int) -> None:
    page = open_page(f"/{language}/", language=language, width=width, kept_for="likeness by keys")
    keys = Keys(page)
    with page.expect_navigation():
        keys.press(_from_home(page, language))
    fits(page)
    keys.write(page.locator(FIELD), "alenç")
    expect(page.locator(OPTION).first).to_have_text("Alençon (Orne)")
    expect(page.locator(f"{FIELD}-list + [role=status]")).not_to_be_empty()
    page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    heading = page.locator("#closest")
    expect(heading).to_be_focused()
    expect(heading).to_contain_text("Alençon")
    expect(page.locator(".glance h2")).to_have_text("Alençon")
    fits(page)
    link = page.locator(f"{CARD} a").first
    title = link.inner_text()
    with page.expect_navigation():
        keys.press(link)
    _at_a_case(page, title, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_scripts_on_a_phone(open_page: Open, language: str) -> None:
    page = open_page(f"/{language}/", language=language, width=320, java_script_enabled=False)
    follow(_from_home(page, language))
    expect(page.locator("h1")).to_have_text(content()["likeness"]["title"][language])
    page.locator(FIELD).fill("Vire")
    with page.expect_navigation():
        page.locator(".likeness-form button").click()
    cards = page.locator(CARD)
    expect(cards).to_have_count(6)
    for card in cards.all():
        expect(card.locator(".likeness-reason")).not_to_be_empty()
    expect(page.locator(".likeness-others li")).to_have_count(
        sum(each["type"] == "casestudy" for each in content().values()) - 6
    )
    expect(page.locator(FIELD)).to_have_value("Vire")
    title = cards.first.locator("a").inner_text()
    follow(cards.first.locator("a"))
    expect(page.locator("h1")).to_have_text(title)


def test_without_scripts_a_misspelt_commune_is_one_choice_away(open_page: Open) -> None:
    page = open_page(address("likeness", "fr"), width=320, java_script_enabled=False)
    page.locator(FIELD).fill("Alancon")
    with page.expect_navigation():
        page.locator(".likeness-form button").click()
    expect(page.locator(".error-summary")).to_be_visible()
    expect(page.locator(FIELD)).to_have_value("Alancon")
    follow(page.locator(".likeness-choices a").first)
    expect(page.locator(".glance h2")).to_have_text("Alençon")


def test_a_mistake_is_focused_and_leads_back_to_the_field(open_page: Open) -> None:
    page = open_page(address("likeness", "fr"))
    page.locator(FIELD).fill("Atlantis")
    page.keyboard.press("Enter")
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    summary.locator("a").click()
    assert page.evaluate("location.hash") == FIELD
    page.keyboard.press("Tab")
    expect(page.locator(FIELD)).to_have_attribute("aria-invalid", "true")


def test_the_suggestions_of_both_fields_keep_to_their_own(open_page: Open) -> None:
    """The search in the header has suggestions of its own, on the same page."""
    page = open_page(address("likeness", "fr"))
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "sugg" in request.url else None)
    page.locator(FIELD).fill("coutan")
    expect(page.locator(OPTION).first).to_have_text("Coutances (Manche)")
    page.locator("#header-q").fill("tele")
    expect(page.locator("#header-q-list [role=option]").first).to_be_visible()
    expect(page.locator(OPTION).first).to_be_hidden()
    assert any("?suggest=coutan" in url for url in asked) and any("?q=tele" in url for url in asked)


@pytest.mark.parametrize("state", STATES)
def test_targets_are_large_enough_for_a_thumb(open_page: Open, state: str) -> None:
    page = open_page(address("likeness", "fr") + STATES[state], width=320, has_touch=True)
    small = page.evaluate(
        """() => [...document.querySelectorAll(
             ".likeness-form :is(input, button), .likeness-choices a, .likeness-ways a, .likeness-method summary")]
           .filter(each => each.getBoundingClientRect().height < 44).map(each => each.outerHTML)"""
    )
    assert small == []


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_stays_light_and_sets_no_cookie(get: Callable[..., Any], state: str, language: str) -> None:
    answer = get(address("likeness", language) + STATES[state])
    assert answer.status == 200
    assert len(gzip.compress(answer.body)) <= 10_000
    assert "set-cookie" not in answer.headers
    ways = answer.soup.select(".likeness-ways a")
    assert bool(ways) is (state == "ranked")
    for way, key in zip(ways, ("comparison", "dossier"), strict=False):
        path, _mark, query = way["href"].partition("?")
        assert path == address(key, language)
        assert query.count("case=") == 3
