"""Pages fit narrow screens, large text, paper, and the colours and stillness a visitor asked for."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import LANGUAGES, PLACES, address
from tests.browser.conftest import Open
from tests.browser.states import STATES

# What is wider than the window, innermost last: the page itself, or a box that cuts its words off.
_TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const scrolls = element =>
    element && (getComputedStyle(element).overflowX !== "visible" || scrolls(element.parentElement));
  return [...document.body.querySelectorAll("*")]
    .filter(element => element.getBoundingClientRect().right > width + 1 && !scrolls(element.parentElement))
    .map(element => element.outerHTML.slice(0, 120));
}"""
# Words cut off by their box. The current page's name in the breadcrumb may be: it stands above the title in full.
# What is clipped away as a whole is for the ear alone.
_CUT_OFF = """() => [...document.body.querySelectorAll("*")]
  .filter(element => element.checkVisibility())
  .filter(element => !element.matches(".breadcrumb *, .table-scroll, svg *"))
  .filter(element => !getComputedStyle(element).clipPath.startsWith("inset(50%"))
  .filter(element => ["hidden", "clip"].includes(getComputedStyle(element).overflowX))
  .filter(element => element.scrollWidth > element.clientWidth + 1)
  .map(element => element.outerHTML.slice(0, 120))"""
# Neighbours in the header that lie over one another.
_OVERLAPPING = """() => {
  const boxes = [...document.querySelectorAll(".site-header :is(a, input, button, summary)")]
    .filter(element => element.checkVisibility()).map(element => [element, element.getBoundingClientRect()]);
  return boxes.flatMap(([one, a], index) => boxes.slice(index + 1)
    .filter(([, b]) => a.left + 1 < b.right && b.left + 1 < a.right && a.top + 1 < b.bottom && b.top + 1 < a.bottom)
    .map(([other]) => [one.outerHTML.slice(0, 80), other.outerHTML.slice(0, 80)]));
}"""
_MOVING = """() => [...document.querySelectorAll("*")].flatMap(element => [null, "::before", "::after"].map(pseudo => {
  const style = getComputedStyle(element, pseudo), moves = list => list.split(",").some(part => parseFloat(part) > 0);
  const still = !moves(style.transitionDuration) && (style.animationName === "none" || !moves(style.animationDuration))
    && style.scrollBehavior !== "smooth";
  return still ? null : `${element.outerHTML.slice(0, 80)} ${pseudo || ""}`;
})).filter(Boolean)"""
_TWICE = """() => {
  const root = document.documentElement;
  root.style.fontSize = 2 * parseFloat(getComputedStyle(root).fontSize) + "px";
}"""
ARTICLES = ["case study, the richest", "step with letters", "legal explainer with tables", "campaign with a chart"]


def _assert_fits(page: Page) -> None:
    wide = page.evaluate(_TOO_WIDE)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, wide
    assert not page.evaluate(_CUT_OFF)
    assert not page.evaluate(_OVERLAPPING)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PLACES)
def test_a_narrow_screen_needs_no_sideways_scrolling(open_page: Open, name: str, language: str) -> None:
    page = open_page(PLACES[name].path(language), language=language, width=320)
    _assert_fits(page)
    for fold in page.locator("summary:visible").all():
        fold.click()
    _assert_fits(page)


@pytest.mark.parametrize("name", PLACES)
def test_text_at_twice_its_size_fits(open_page: Open, name: str) -> None:
    """In French, whose words are the longer ones."""
    page = open_page(PLACES[name].path("fr"))
    page.evaluate(_TWICE)
    _assert_fits(page)


@pytest.mark.parametrize("name", STATES)
def test_what_the_tools_answer_fits_as_well(open_page: Open, name: str) -> None:
    key, reach = STATES[name]
    page = open_page(address(key, "fr"), kept_for="states")
    reach(page)
    page.wait_for_load_state()
    page.set_viewport_size({"width": 320, "height": 800})
    _assert_fits(page)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.evaluate(_TWICE)
    _assert_fits(page)


@pytest.mark.parametrize("width", [480, 768, 991, 993, 1600])
def test_the_widths_between_fit_as_well(open_page: Open, width: int) -> None:
    for name in ("home", "case index", "legal explainer with tables"):
        _assert_fits(open_page(PLACES[name].path("fr"), width=width))


@pytest.mark.parametrize("name", ARTICLES)
def test_paper_shows_the_article_and_no_way_around(open_page: Open, name: str) -> None:
    page = open_page(PLACES[name].path("fr"))
    page.emulate_media(media="print")
    try:
        expect(page.locator("h1")).to_be_visible()
        expect(page.locator("article .prose").first).to_be_visible()
        expect(page.locator("nav:visible, form:visible, .skip:visible, .related:visible")).to_have_count(0)
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
        for answer in page.locator("details.question .prose").all():
            expect(answer).to_be_visible()
        expect(page.locator(".sources li").first).to_be_visible()
    finally:
        page.emulate_media(media="screen")


@pytest.mark.parametrize("name", ["home", "case index", "campaign with a chart"])
def test_nothing_moves_for_those_who_asked_for_stillness(open_page: Open, name: str) -> None:
    assert not open_page(PLACES[name].path("fr"), reduced_motion="reduce").evaluate(_MOVING)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_keep_buttons_bars_and_focus(open_page: Open, scheme: str) -> None:
    page = open_page(PLACES["campaign with a chart"].path("fr"), forced_colors="active", scheme=scheme)
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    button = page.locator("a.button").first.evaluate(
        "element => [getComputedStyle(element).borderTopStyle, getComputedStyle(element).borderTopColor]"
    )
    assert button[0] == "solid" and button[1] != ground
    bars = page.locator(".bar-shape rect").evaluate_all("all => all.map(element => getComputedStyle(element).fill)")
    assert bars and ground not in bars
    page.keyboard.press("Tab")
    assert page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)") >= 2
