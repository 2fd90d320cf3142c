"""Everything can be reached, seen and done with the keyboard alone."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import PLACES
from tests.browser.conftest import Open

# Where the focus is: a name for it, how it shows, and whether it is inside the window.
_FOCUS = """() => {
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return null;
  const style = getComputedStyle(element), box = element.getBoundingClientRect();
  const known = element.dataset.tabStop !== undefined;
  element.dataset.tabStop = "";
  return {
    name: element.outerHTML.replace(/ data-tab-stop=""/, "").slice(0, 120), seenBefore: known,
    outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    colour: style.outlineColor,
    ground: getComputedStyle(document.body).backgroundColor,
    visible: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight
      && box.right > 0 && box.left < innerWidth,
    inFooter: !!element.closest("footer"),
  };
}"""
# What a Tab must reach: every control that is shown and enabled. Radio buttons of one name are one stop.
_MISSED = """() => {
  const reached = element => element.dataset.tabStop !== undefined;
  const group = element => element.type === "radio" ? [...element.form.elements[element.name]] : [element];
  return [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
    .filter(element => !element.disabled && element.type !== "hidden" && element.checkVisibility())
    .filter(element => element.tabIndex !== -1 && !group(element).some(reached))
    .map(element => element.outerHTML.slice(0, 120));
}"""


def _tab_through(page: Page) -> list[dict[str, Any]]:
    """Every stop from the top of the page until the focus leaves it or comes back to where it was."""
    stops: list[dict[str, Any]] = []
    for _ in range(600):
        page.keyboard.press("Tab")
        stop = page.evaluate(_FOCUS)
        if stop is None or stop["seenBefore"]:
            return stops
        stops.append(stop)
    raise AssertionError("600 Tab stops and no end")


def _contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        parts = [int(part) / 255 for part in colour.removeprefix("rgb(").removesuffix(")").split(",")]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


def _faint(stops: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [stop for stop in stops if stop["outline"] < 2 or _contrast(stop["colour"], stop["ground"]) < 3]


def _tab_to(page: Page, selector: str) -> None:
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never reaches {selector}")


@pytest.mark.parametrize("name", PLACES)
def test_the_skip_link_comes_first_and_moves_the_focus_to_the_content(open_page: Open, name: str) -> None:
    page = open_page(PLACES[name].path("fr"))
    page.keyboard.press("Tab")
    expect(page.locator("a.skip")).to_be_focused()
    expect(page.locator("a.skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main, footer') !== null")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", PLACES)
def test_every_control_is_reached_once_and_shows_the_focus(open_page: Open, name: str, width: int) -> None:
    page = open_page(PLACES[name].path("fr"), width=width)
    stops = _tab_through(page)
    assert not _faint(stops), f"no clear outline: {_faint(stops)}"
    assert not [stop["name"] for stop in stops if not stop["visible"]], "focus outside the window"
    assert not page.evaluate(_MISSED), "not reached by Tab"
    assert stops[-1]["inFooter"], f"trapped at {stops[-1]['name']}"


def test_the_focus_shows_in_the_dark_too(open_page: Open) -> None:
    stops = _tab_through(open_page("/en/", scheme="dark", language="en"))
    assert len(stops) > 20
    assert not _faint(stops)


def test_the_way_back_is_the_way_there(open_page: Open) -> None:
    page = open_page("/fr/")
    there = [stop["name"] for stop in _tab_through(page)]
    page.reload()
    page.locator("footer a").last.focus()
    back = [page.evaluate(_FOCUS)["name"]]
    for _ in there[1:]:
        page.keyboard.press("Shift+Tab")
        back.append(page.evaluate(_FOCUS)["name"])
    assert back == there[::-1]


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_menu_opens_and_escape_closes_it_and_gives_the_focus_back(open_page: Open, key: str) -> None:
    page = open_page("/fr/", width=320)
    button, links = page.locator("[data-menu] > summary"), page.locator("[data-menu] nav a")
    expect(links.first).to_be_hidden()
    _tab_to(page, "[data-menu] > summary")
    page.keyboard.press(key)
    expect(links.first).to_be_visible()
    page.keyboard.press("Tab")
    expect(links.first).to_be_focused()
    page.keyboard.press("Escape")
    expect(links.first).to_be_hidden()
    expect(button).to_be_focused()


def test_a_link_of_the_menu_is_followed_with_the_keyboard(open_page: Open) -> None:
    page = open_page("/en/", language="en", width=320)
    _tab_to(page, "[data-menu] > summary")
    page.keyboard.press("Enter")
    _tab_to(page, f"[data-menu] a[href='{PLACES['legal index'].path('en')}']")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{PLACES['legal index'].path('en')}")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", ["case index", "search with results"])
def test_filters_are_ticked_and_sent_with_the_keyboard(open_page: Open, name: str, width: int) -> None:
    page = open_page(PLACES[name].path("fr"), width=width)
    if width == 320:
        _tab_to(page, "[data-filters] > summary")
        page.keyboard.press("Enter")
    _tab_to(page, ".facet input")
    value = page.evaluate("[document.activeElement.name, document.activeElement.value].join('=')")
    page.keyboard.press("Space")
    expect(page.locator(".facet input").first).to_be_checked()
    _tab_to(page, ".filters button")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{value}**")
    expect(page.locator(".chip")).to_have_count(1)
    if "q=" in PLACES[name].path("fr"):
        expect(page.locator("#search-q")).to_have_value("refus")


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_questions_open_and_close_with_the_keyboard(open_page: Open, key: str) -> None:
    page = open_page(PLACES["campaign with a chart"].path("fr"))
    _tab_to(page, "details.question > summary")
    answer = page.locator("details.question .prose").first
    expect(answer).to_be_hidden()
    page.keyboard.press(key)
    expect(answer).to_be_visible()
    page.keyboard.press(key)
    expect(answer).to_be_hidden()


def test_a_search_is_made_with_the_keyboard(open_page: Open) -> None:
    page = open_page("/en/", language="en")
    _tab_to(page, "#header-q")
    page.keyboard.type("refusal")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/search/?q=refusal")
    assert page.locator(".result").count() > 0


def test_a_wide_table_is_scrolled_with_the_keyboard(open_page: Open) -> None:
    page = open_page(PLACES["legal explainer with tables"].path("fr"), width=320)
    _tab_to(page, ".table-scroll")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".table-scroll:focus")).not_to_have_js_property("scrollLeft", 0)
