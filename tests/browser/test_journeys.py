"""What people come for, done as they would do it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import LANGUAGES, address, content, keys
from tests.browser.conftest import Open

# Each door of the home page: where it leads, and what must stand there at once, at most a page full of it.
DOORS = [
    ("negotiation-guide", ".steps > li", "guide-step"),
    ("case-studies", ".case-card", "casestudy"),
    ("campaigns", ".campaign-card", "campaign"),
]
PAGE_FULL = 12


def _expect_at(page: Page, key: str, language: str) -> None:
    expect(page).to_have_url(re.compile(re.escape(address(key, language)) + "$"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("door", range(len(DOORS)))
def test_a_door_of_the_home_page_leads_in_one_click_to_what_it_promises(
    open_page: Open, door: int, language: str
) -> None:
    key, promised, kind = DOORS[door]
    page = open_page(f"/{language}/", language=language)
    link = page.locator(".door a").nth(door)
    expect(link).to_be_in_viewport()
    expect(link).to_contain_text(content()["home"]["doors"][door]["label"][language])
    link.click()
    _expect_at(page, key, language)
    expect(page.locator(promised)).to_have_count(min(len(keys(kind)), PAGE_FULL))


@pytest.mark.parametrize(("language", "letter_word"), [("fr", "lettre"), ("en", "letter")])
def test_an_employee_follows_the_guide_to_the_letter(open_page: Open, language: str, letter_word: str) -> None:
    page = open_page(f"/{language}/", language=language, width=320)
    page.locator(".door a").first.click()
    page.locator(f".action a[href='{address('guide-1', language)}']").first.click()
    for step in range(1, 9):
        _expect_at(page, f"guide-{step}", language)
        expect(page.locator(".progress [aria-current=step]")).to_contain_text(str(step))
        expect(page.locator(".reminder")).to_be_visible()
        page.locator(".step-nav a[rel=next]").click()
    _expect_at(page, "guide-9", language)
    letter = page.locator("figure.model-text", has=page.locator("figcaption", has_text=letter_word)).first
    expect(letter).to_be_visible()
    assert len(letter.inner_text().split()) > 100


def test_a_mayor_filters_the_case_studies_by_territory_and_opens_one(open_page: Open) -> None:
    page = open_page("/fr/")
    page.locator(".door a").nth(1).click()
    _expect_at(page, "case-studies", "fr")
    page.get_by_role("checkbox", name=re.compile("^Orne")).check()
    page.get_by_role("button", name="Afficher").click()
    expect(page.locator(".chip")).to_have_text(re.compile("^Orne"))
    cards = page.locator(".case-card")
    assert 1 < cards.count() < len(keys("casestudy"))
    for card in cards.all():
        expect(card.locator(".tag", has_text="Orne").first).to_be_visible()
    title = cards.first.locator("h2").inner_text()
    cards.first.locator("h2 a").click()
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator(".glance dd", has_text="Orne").first).to_be_visible()
    expect(page.locator(".kicker .status")).to_be_visible()


def test_an_english_speaker_reaches_the_rules_for_a_uk_employer_from_the_french_home_page(open_page: Open) -> None:
    page = open_page("/fr/", language="en")
    invitation = page.locator(".invitation[lang=en]")
    expect(invitation.locator("h2")).to_contain_text("English")
    invitation.get_by_role("link").click()
    _expect_at(page, "legal-newcomers", "en")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("h1")).to_contain_text("UK employer")


def test_an_english_speaker_finds_the_same_page_by_searching(open_page: Open) -> None:
    page = open_page("/fr/", language="en")
    page.locator(".languages a[hreflang=en]").click()
    page.locator("#home-q").fill("British employer")
    page.locator("#home-q").press("Enter")
    expect(page.locator(".result").first).to_be_visible()
    wanted = page.locator(f".result a[href='{address('legal-newcomers', 'en')}']")
    assert (
        wanted.count()
        and wanted.first.evaluate("element => [...document.querySelectorAll('.result a')].indexOf(element)") < 3
    )
    wanted.first.click()
    _expect_at(page, "legal-newcomers", "en")


@pytest.mark.parametrize(("accepts", "language"), [("en-GB,en", "en"), ("fr-FR,fr", "fr"), ("de", "fr")])
def test_the_bare_address_speaks_the_visitors_language(get, accepts: str, language: str) -> None:
    answer = get("/", headers={"Accept-Language": accepts})
    assert (answer.status, answer.headers["location"]) == (302, f"/{language}/")


def test_an_employer_goes_from_a_case_to_its_sources_and_to_the_law(open_page: Open) -> None:
    page = open_page(address("cas-pme-basse-normandie", "fr"))
    page.locator(".figure a.source-ref").first.click()
    expect(page.locator(".sources li:target")).to_be_in_viewport()
    page.locator(f".site-header nav a[href='{address('legal-framework', 'fr')}']").click()
    page.locator(f"a[href='{address('legal-refusal', 'fr')}']").first.click()
    expect(page.locator(".short-answer")).to_be_in_viewport()
