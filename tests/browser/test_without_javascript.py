"""With scripts switched off nothing is lost."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import LANGUAGES, PLACES
from tests.browser.conftest import Open, follow


@pytest.fixture
def open_plain(open_page: Open) -> Open:
    def opening(path: str, **options: object) -> Page:
        return open_page(path, java_script_enabled=False, **options)

    return opening


@pytest.mark.parametrize("name", PLACES)
def test_every_page_shows_its_content(open_plain: Open, name: str) -> None:
    page = open_plain(PLACES[name].path("en"), language="en")
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("h1")).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_menu_opens_on_a_narrow_screen_and_lies_open_on_a_wide_one(open_plain: Open, language: str) -> None:
    page = open_plain(f"/{language}/", language=language, width=320)
    link = page.locator(f"[data-menu] a[href='{PLACES['case index'].path(language)}']")
    expect(link).to_be_hidden()
    page.locator("[data-menu] > summary").click()
    expect(link).to_be_visible()
    link.click()
    expect(page).to_have_url(re.compile(PLACES["case index"].path(language)))
    page = open_plain(f"/{language}/", language=language, width=1280)
    expect(page.locator(f"[data-menu] a[href='{PLACES['case index'].path(language)}']")).to_be_visible()


@pytest.mark.parametrize("name", ["home", "step with letters", "glossary", "audience", "search, blank"])
def test_the_language_switch_leads_to_the_same_page_and_back(open_plain: Open, name: str) -> None:
    page = open_plain(PLACES[name].path("fr"))
    page.locator(".languages a[hreflang=en]").click()
    expect(page).to_have_url(re.compile(re.escape(PLACES[name].path("en")) + "$"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.locator(".languages a[hreflang=fr]").click()
    expect(page).to_have_url(re.compile(re.escape(PLACES[name].path("fr")) + "$"))


@pytest.mark.parametrize("width", [320, 1280])
def test_filters_narrow_a_list_and_are_taken_away(open_plain: Open, width: int) -> None:
    page = open_plain(PLACES["case index"].path("fr"), width=width)
    if width == 320:
        page.locator("[data-filters] > summary").click()
    choice = page.locator(".facet label", has=page.locator("input[name=territory][value=orne]"))
    count = int(choice.locator(".count").inner_text())
    choice.click()
    page.locator(".filters button").click()
    expect(page).to_have_url(re.compile("territory=orne"))
    expect(page.locator(".case-card")).to_have_count(count)
    page.locator(".chip").click()
    expect(page.locator(".chip")).to_have_count(0)


def test_a_search_is_made_refined_and_widened(open_plain: Open) -> None:
    page = open_plain("/fr/")
    page.locator("#header-q").fill("refus")
    follow(page.locator(".header-search button"))
    expect(page).to_have_url(re.compile(r"/fr/recherche/\?q=refus$"))
    before = page.locator(".result").count()
    assert before > 1
    page.locator(".facet input[name=type][value=legal]").check()
    follow(page.locator("#search-form button"))
    expect(page).to_have_url(re.compile("q=refus.*type=legal"))
    assert 0 < page.locator(".result").count() <= before
    assert {kind.strip() for kind in page.locator(".result .kind").all_inner_texts()} == {"Page de droit"}
    page.locator(".chip").click()
    expect(page.locator(".result")).to_have_count(before)


def test_a_search_that_finds_nothing_says_what_to_do(open_plain: Open) -> None:
    page = open_plain(PLACES["search without result"].path("en"), language="en")
    expect(page.locator(".empty li")).not_to_have_count(0)


def test_the_next_page_of_a_list_and_the_way_back(open_plain: Open) -> None:
    page = open_plain(PLACES["case index"].path("en"), language="en")
    first = page.locator(".case-card h2").all_inner_texts()
    follow(page.locator(".pagination a[rel=next]"))
    expect(page).to_have_url(re.compile("page=2"))
    second = page.locator(".case-card h2").all_inner_texts()
    assert second and not set(first) & set(second)
    follow(page.locator(".pagination a[rel=prev]"))
    assert page.locator(".case-card h2").all_inner_texts() == first


def test_the_pages_of_a_search(open_plain: Open) -> None:
    page = open_plain("/fr/recherche/?q=télétravail")
    page.locator(".pagination a[rel=next]").click()
    expect(page).to_have_url(re.compile("q=.*page=2"))
    expect(page.locator(".result")).not_to_have_count(0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_of_the_glossary_and_a_term_from_the_whole_list(open_plain: Open, language: str) -> None:
    page = open_plain(PLACES["glossary"].path(language), language=language)
    follow(page.locator(".letters a", has_text="T"))
    expect(page).to_have_url(re.compile(r"\?letter=T$"))
    assert {term[0].lower() for term in page.locator("dfn").all_inner_texts()} == {"t"}
    page.goto(PLACES["glossary"].path(language))
    term = page.locator(".term-names a").first
    words = term.inner_text()
    term.click()
    expect(page.locator(".term:target dfn")).to_have_text(words)


def test_questions_and_tables_behind_charts_open(open_plain: Open) -> None:
    page = open_plain(PLACES["campaign with a chart"].path("fr"))
    for kind in ("details.question", "details.chart-table"):
        fold = page.locator(kind).first
        fold.locator("summary").click()
        expect(fold.locator(".prose, table").first).to_be_visible()
