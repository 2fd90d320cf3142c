"""Searching as visitors do: suggestions with the keyboard alone or a finger, boxes above results, and the way back."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.addresses import LANGUAGES, PLACES
from tests.browser.conftest import Open
from tests.browser.test_accessibility import _RUN, _TAGS, _axe, _told

SEARCH = {"fr": "/fr/recherche/", "en": "/en/search/"}
ASKED = re.compile(r"/suggestions/\?q=")
FIELD = "#search-q"
LIST = "#search-q-list"
OPTION = f"{LIST} [role=option]"


@pytest.fixture
def blank(open_page: Open) -> Iterator[Page]:
    page = open_page(SEARCH["fr"], kept_for="suggestions")
    page.locator(FIELD).focus()
    yield page
    page.unroute_all()


def _typed(page: Page, text: str) -> None:
    page.keyboard.type(text)
    expect(page.locator(OPTION).first).to_be_visible()


def _marked(page: Page) -> int:
    """The place of the option that the field points at, as assistive technology hears of it; -1 for none."""
    return page.evaluate(
        """([field, option]) => {
          const id = document.querySelector(field).getAttribute("aria-activedescendant");
          const options = [...document.querySelectorAll(option)];
          const selected = options.filter(each => each.getAttribute("aria-selected") === "true");
          if (!id) return selected.length ? NaN : -1;
          return selected.length === 1 && selected[0].id === id ? options.indexOf(selected[0]) : NaN;
        }""",
        [FIELD, OPTION],
    )


# --- Suggestions with the keyboard alone ---


def test_the_field_is_a_combobox_and_says_whether_it_is_open(blank: Page) -> None:
    field = blank.get_by_role("combobox", name=re.compile("question"))
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_attribute("aria-autocomplete", "list")
    _typed(blank, "tele")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(blank.get_by_role("listbox")).to_have_id(field.get_attribute("aria-controls") or "")
    count = blank.get_by_role("option").count()
    assert count > 3
    expect(blank.locator(f"{LIST} + [role=status]")).to_contain_text(str(count))


def test_arrows_go_round_the_list_and_the_field(blank: Page) -> None:
    _typed(blank, "tele")
    last = blank.locator(OPTION).count() - 1
    assert _marked(blank) == -1
    for key, place in [("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0), ("ArrowUp", -1), ("ArrowUp", last)]:
        blank.keyboard.press(key)
        assert _marked(blank) == place, key
    for key, place in [("ArrowDown", -1), ("ArrowDown", 0), ("End", last), ("Home", 0), ("ArrowLeft", -1)]:
        blank.keyboard.press(key)
        assert _marked(blank) == place, key
    expect(blank.locator(FIELD)).to_be_focused()
    expect(blank.locator(FIELD)).to_have_value("tele")


def test_enter_goes_to_the_page_chosen(blank: Page) -> None:
    _typed(blank, "tele")
    blank.keyboard.press("ArrowDown")
    option = blank.locator(OPTION).first
    address = option.get_attribute("href")
    blank.keyboard.press("Enter")
    blank.wait_for_url(f"**{address}")
    expect(blank.locator("h1")).to_be_visible()
    blank.go_back()
    expect(blank.locator(LIST)).to_be_hidden()


def test_enter_without_a_choice_searches(blank: Page) -> None:
    _typed(blank, "refus")
    blank.keyboard.press("Enter")
    blank.wait_for_url("**/fr/recherche/?q=refus")
    expect(blank.locator(".result").first).to_be_visible()


def test_escape_closes_then_clears(blank: Page) -> None:
    _typed(blank, "tele")
    blank.keyboard.press("ArrowDown")
    blank.keyboard.press("Escape")
    expect(blank.locator(LIST)).to_be_hidden()
    expect(blank.locator(FIELD)).to_have_value("tele")
    assert _marked(blank) == -1
    blank.keyboard.press("Escape")
    expect(blank.locator(FIELD)).to_have_value("")
    expect(blank.locator(FIELD)).to_be_focused()


def test_tab_leaves_and_an_arrow_opens_again(blank: Page) -> None:
    _typed(blank, "tele")
    blank.keyboard.press("Tab")
    expect(blank.locator("#search-form button")).to_be_focused()
    expect(blank.locator(LIST)).to_be_hidden()
    blank.keyboard.press("Shift+Tab")
    expect(blank.locator(LIST)).to_be_hidden()
    blank.keyboard.press("ArrowDown")
    expect(blank.locator(LIST)).to_be_visible()
    assert _marked(blank) == 0
    blank.keyboard.press("Alt+ArrowUp")
    expect(blank.locator(LIST)).to_be_hidden()


def test_the_option_pointed_at_shows_in_every_scheme(blank: Page) -> None:
    _typed(blank, "tele")
    blank.keyboard.press("ArrowDown")
    outline = "element => parseFloat(getComputedStyle(element).outlineWidth)"
    for media in ({"color_scheme": "dark"}, {"forced_colors": "active"}, {"color_scheme": "light"}):
        blank.emulate_media(**{"forced_colors": "none", **media})
        assert blank.locator(OPTION).first.evaluate(outline) >= 2


@pytest.mark.parametrize("place", [("/fr/", "#home-q"), ("/fr/", "#header-q"), ("/en/", "#header-q")])
def test_every_search_field_of_the_hub_suggests(open_page: Open, place: tuple[str, str]) -> None:
    path, field = place
    page = open_page(path, language=path[1:3], kept_for="fields")
    page.locator(field).focus()
    page.keyboard.type("tele")
    option = page.locator(f"{field}-list [role=option]").first
    expect(option).to_be_visible()
    assert (option.get_attribute("href") or "").startswith(path)


# --- Suggestions and the network ---


def _answering(asked: list[str], slow: str = "") -> Callable[[Route], None]:
    def answer(route: Route) -> None:
        text = route.request.url.rpartition("q=")[2]
        asked.append(text)
        if text == slow:
            return  # never answered: what comes late must not matter
        route.fulfill(json={"suggestions": [{"text": f"Page {text}", "url": "/fr/"}]})

    return answer


def test_a_burst_of_letters_asks_once_and_a_known_text_never_again(blank: Page) -> None:
    asked: list[str] = []
    blank.route(ASKED, _answering(asked))
    blank.keyboard.type("r")
    blank.wait_for_timeout(300)
    assert asked == []
    blank.keyboard.type("efus")
    expect(blank.locator(OPTION)).to_have_text("Page refus")
    blank.keyboard.press("Backspace")
    expect(blank.locator(OPTION)).to_have_text("Page refu")
    blank.keyboard.type("s")
    expect(blank.locator(OPTION)).to_have_text("Page refus")
    assert asked == ["refus", "refu"]


def test_an_older_question_is_dropped(blank: Page) -> None:
    asked: list[str] = []
    dropped: list[str] = []
    blank.on("requestfailed", lambda request: dropped.append(request.url))
    blank.route(ASKED, _answering(asked, slow="ref"))
    blank.keyboard.type("ref")
    blank.wait_for_timeout(300)
    blank.keyboard.type("us")
    expect(blank.locator(OPTION)).to_have_text("Page refus")
    assert asked == ["ref", "refus"]
    assert [url.rpartition("q=")[2] for url in dropped] == ["ref"]


def test_trouble_on_the_network_is_silent(blank: Page) -> None:
    errors: list[str] = []
    blank.on("pageerror", lambda error: errors.append(str(error)))
    blank.route(ASKED, lambda route: route.abort())
    blank.keyboard.type("refus")
    blank.wait_for_timeout(400)
    expect(blank.locator(LIST)).to_be_hidden()
    blank.unroute_all()
    blank.route(ASKED, lambda route: route.fulfill(status=500, body="<h1>500</h1>"))
    blank.keyboard.type("e")
    blank.wait_for_timeout(400)
    expect(blank.locator(LIST)).to_be_hidden()
    assert errors == []
    blank.keyboard.press("Enter")
    blank.wait_for_url("**?q=refuse")


def test_markup_in_a_title_is_text(blank: Page) -> None:
    markup = "<img src=x onerror=alert(1)>"
    blank.route(ASKED, lambda route: route.fulfill(json={"suggestions": [{"text": markup, "url": "/fr/"}]}))
    _typed(blank, "tele")
    expect(blank.locator(OPTION)).to_have_text(markup)


# --- Fingers, narrow screens, large text ---


def test_a_suggestion_is_touched(open_page: Open) -> None:
    page = open_page("/fr/", width=320, has_touch=True, is_mobile=True)
    page.locator("#header-q").tap()
    page.keyboard.type("tele")
    option = page.locator("#header-q-list [role=option]").nth(1)
    expect(option).to_be_visible()
    address = option.get_attribute("href")
    option.tap()
    page.wait_for_url(f"**{address}")


# Where everything else stands: suggestions lie over it.
_PLACES_OF_ALL = """() => JSON.stringify([...document.querySelectorAll("main :not(.combobox, .combobox *)")]
  .map(element => [element.offsetTop, element.offsetLeft]))"""


@pytest.mark.parametrize(("width", "size"), [(320, 100), (640, 200)])
@pytest.mark.parametrize("field", ["#header-q", "#search-q"])
def test_the_list_fits_the_screen_and_moves_nothing(open_page: Open, field: str, width: int, size: int) -> None:
    page = open_page(SEARCH["fr"], width=width, kept_for="narrow")
    page.evaluate("size => document.documentElement.style.fontSize = `${1.125 * size}%`", size)
    before = page.evaluate(_PLACES_OF_ALL)
    page.locator(field).focus()
    page.keyboard.type("tele")
    expect(page.locator(f"{field}-list")).to_be_visible()
    assert page.evaluate(_PLACES_OF_ALL) == before
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    for option in page.locator(f"{field}-list [role=option]").all():
        box = option.bounding_box()
        assert box and box["height"] >= 24 and box["x"] >= 0 and box["x"] + box["width"] <= width


# --- axe on what other pages do not show ---

SHOWN = {
    "a term": ("?q=teletravail", "?q=telework"),
    "an article": ("?q=L1222-9", "?q=L1222-9"),
    "an unknown article": ("?q=L9999-9", "?q=L9999-9"),
    "a corrected query": ("?q=teletravial", "?q=teleworkk"),
    "the other language": ("?q=allowance", "?q=indemnit%C3%A9"),
    "filters that leave nothing": ("?q=xylophone&type=legal&type=guide", "?q=xylophone&type=legal"),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SHOWN)
def test_axe_finds_nothing_around_the_results(open_page: Open, name: str, language: str) -> None:
    page = open_page(SEARCH[language] + SHOWN[name][language == "en"], language=language, kept_for="axe of search")
    _check(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_in_an_open_list(open_page: Open, language: str) -> None:
    page = open_page(SEARCH[language], language=language, kept_for="axe of search")
    page.locator(FIELD).focus()
    _typed(page, "tele")
    page.keyboard.press("ArrowDown")
    _check(page)


def _check(page: Page) -> None:
    page.evaluate(_axe())
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            violations = page.evaluate(_RUN, _TAGS)["violations"]
            assert not violations, f"\n{page.url}, {scheme}, {width} px\n" + "\n".join(map(_told, violations))
            assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


# --- Boxes, advice and the way back ---


@pytest.mark.parametrize("text", ["L1222-9", "article L. 1222-9", "l 1222 9"])
def test_the_number_of_an_article_leads_to_its_explainer(open_page: Open, text: str) -> None:
    page = open_page("/fr/", kept_for="article")
    page.locator("#home-q").fill(text)
    page.keyboard.press("Enter")
    expect(page.locator(".direct-answer h2")).to_contain_text("L1222-9")
    link = page.locator(".direct-answer li a").first
    assert (link.get_attribute("href") or "").startswith(PLACES["legal index"].path("fr"))
    assert link.get_attribute("href") == page.locator(".result h2 a").first.get_attribute("href")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_definition_leads_to_its_place_in_the_glossary(open_page: Open, scripts: bool) -> None:
    page = open_page(SEARCH["en"] + "?q=telework", language="en", java_script_enabled=scripts, kept_for="term")
    expect(page.locator(".direct-answer dfn")).to_have_text("telework")
    assert page.locator(".direct-answer [lang=fr]").inner_text()
    page.locator(".direct-foot > a").click()
    expect(page.locator(".term:target dfn")).to_have_text("telework")


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_found_leads_on_without_scripts(open_page: Open, language: str) -> None:
    page = open_page(PLACES["search without result"].path(language), language=language, java_script_enabled=False)
    found = {link.get_attribute("href") for link in page.locator(".empty .ruled a").all()}
    assert {PLACES[name].path(language) for name in ("guide", "legal index", "case index")} <= found


def test_a_search_in_the_wrong_language_is_one_step_from_the_right_one(open_page: Open) -> None:
    page = open_page(SEARCH["fr"] + "?q=broadband", kept_for="languages")
    page.locator(".other-language a").click()
    page.wait_for_url("**/en/search/?q=broadband")
    expect(page.locator(".result").first).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_the_way_back_brings_the_filters_of_before(open_page: Open, scripts: bool) -> None:
    page = open_page(SEARCH["fr"] + "?q=refus", java_script_enabled=scripts, kept_for="back")
    count = page.locator(".list-count").inner_text()
    page.locator(".facet input[value=legal]").check()
    page.locator(".filters button").click()
    expect(page.locator(".chip")).to_have_count(1)
    page.locator(FIELD).fill("charte")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=charte**type=legal**")
    page.go_back()
    expect(page.locator(FIELD)).to_have_value("refus")
    expect(page.locator(".facet input:checked")).to_have_count(1)
    page.go_back()
    expect(page.locator(".list-count")).to_have_text(count)
    expect(page.locator(".facet input:checked")).to_have_count(0)
    expect(page.locator(".chip")).to_have_count(0)


def test_a_page_kept_by_the_browser_comes_back_as_it_was_sent(open_page: Open) -> None:
    page = open_page(SEARCH["fr"] + "?q=refus", kept_for="back")
    page.locator(".facet input[value=legal]").check()
    page.locator(FIELD).fill("charte")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    expect(page.locator(FIELD)).to_have_value("refus")
    expect(page.locator(".facet input:checked")).to_have_count(0)
