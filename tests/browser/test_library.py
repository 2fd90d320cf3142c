"""Choosing cases on the list, with and without JavaScript; the map beside it."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import PLACES
from tests.browser.conftest import Open, follow

_COLOURS = """() => [".map-epcis", ".map-departements"].map(name => {
  const style = getComputedStyle(document.querySelector(name));
  return [style.fill, style.stroke];
})"""


def chosen(page: Page) -> list[str]:
    return parse_qs(urlsplit(page.url).query).get("case", [])


def boxes(page: Page) -> list[str]:
    values: list[str] = page.locator(".card-choice input").evaluate_all("all => all.map(box => box.value)")
    return values


@pytest.mark.parametrize("width", [320, 1280])
def test_ticked_cases_go_into_addresses_as_they_are_ticked(open_page: Open, width: int) -> None:
    page = open_page(PLACES["case index"].path("fr"), width=width)
    first, second = boxes(page)[:2]
    page.locator(".card-choice label").nth(0).click()
    page.locator(".card-choice label").nth(1).click()
    assert chosen(page) == [first, second]
    follow(page.locator(".pagination a[rel=next]"))
    assert chosen(page) == [first, second]
    expect(page.locator(".choice li")).to_have_count(2)
    # Filters keep them too.
    if width == 320:
        page.locator("[data-filters] > summary").click()
    page.locator(".facet input[name=territory][value=orne]").check()
    follow(page.locator(".filters button"))
    assert chosen(page) == [first, second]
    follow(page.locator(".choice-remove").first)
    assert chosen(page) == [second]


def test_removing_a_case_or_switching_the_language_keeps_what_was_ticked_since(open_page: Open) -> None:
    address = PLACES["case index"].path("fr")
    first, second, third = boxes(open_page(address))[:3]
    page = open_page(f"{address}?case={first}&case={second}")
    page.locator(f".card-choice input[value='{third}']").check()
    follow(page.locator(".choice-remove").first)
    assert chosen(page) == [second, third]
    page.locator(f".card-choice input[value='{first}']").check()
    if page.locator(".languages a").first.is_visible():
        follow(page.locator(".languages a").first)
        expect(page.locator(".choice li")).to_have_count(3)


def test_going_back_finds_the_boxes_as_they_were_left(open_page: Open) -> None:
    page = open_page(PLACES["case index"].path("en"), language="en")
    page.locator(".card-choice label").nth(1).click()
    slug = boxes(page)[1]
    follow(page.locator(".case-card h2 a").first)
    page.go_back()
    expect(page.locator(f".card-choice input[value='{slug}']")).to_be_checked()
    assert chosen(page) == [slug]


@pytest.mark.parametrize("scripts", [True, False])
def test_buttons_lead_to_the_comparison_with_the_ticked_cases(open_page: Open, scripts: bool) -> None:
    page = open_page(PLACES["case index"].path("fr"), java_script_enabled=scripts)
    page.locator(".card-choice input").nth(0).check()
    page.locator(".card-choice input").nth(2).check()
    wanted = [boxes(page)[number] for number in (0, 2)] if scripts else None
    follow(page.locator(".choosing-foot button").first)
    assert urlsplit(page.url).path.endswith("/comparer/")
    assert len(chosen(page)) == 2
    assert wanted is None or chosen(page) == wanted


def test_without_scripts_a_button_keeps_the_choice_and_the_filters(open_page: Open) -> None:
    page = open_page(f"{PLACES['case index'].path('fr')}?territory=orne&sort=title", java_script_enabled=False)
    page.locator(".card-choice input").nth(1).check()
    follow(page.locator("button[name=keep]"))
    query = parse_qs(urlsplit(page.url).query)
    assert (query["territory"], query["sort"], len(query["case"])) == (["orne"], ["title"], 1)
    expect(page.locator(".card-choice input").nth(1)).to_be_checked()


@pytest.mark.parametrize("name", ["case index", "home"])
def test_the_map_is_drawn_in_the_colours_of_the_page(open_page: Open, name: str) -> None:
    light = open_page(PLACES[name].path("fr"), scheme="light").evaluate(_COLOURS)
    dark = open_page(PLACES[name].path("fr"), scheme="dark").evaluate(_COLOURS)
    assert all(one != other for one, other in zip(light, dark, strict=True))
    page = open_page(PLACES[name].path("fr"))
    # The outlines of another file have come: without them the drawing has no size.
    box = page.locator(".map-departements").bounding_box()
    assert box
    assert box["width"] > 100
    assert box["height"] > 100


def test_a_dot_leads_to_its_line(open_page: Open) -> None:
    page = open_page(PLACES["case index"].path("fr"))
    dot = page.locator(".map-dot").first
    anchor = dot.get_attribute("href")
    dot.click()
    assert f"#{urlsplit(page.url).fragment}" == anchor
    expect(page.locator(f"{anchor}:target a")).to_be_visible()
