"""The guide in a browser: ticks, notes and tasks stay on the device, and the whole of it goes on paper."""

from collections.abc import Iterator
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.addresses import LANGUAGES, address, content
from tests.browser.conftest import HERE, Open, follow

WHOLE = {"fr": "imprimer/", "en": "print/"}
TABLE = "guide-2"  # the step with the task table
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_KEPT = "Object.keys(localStorage).filter(name => name.startsWith('relais:'))"
_NO_STORAGE = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied'); } });"
_FULL_STORAGE = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"


def whole(language: str) -> str:
    return address("negotiation-guide", language) + WHOLE[language]


@pytest.fixture
def visitor(browser: Browser, hub: str) -> Iterator[Page]:
    """Somebody whose browser knows nothing of the guide yet."""
    context = browser.new_context(base_url=hub, locale="fr-FR", viewport={"width": 320, "height": 700})
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def wide(open_page: Open) -> Open:
    def opening(path: str, **options: object) -> Page:
        return open_page(path, kept_for="guide", **options)

    return opening


def fill(page: Page, *rows: tuple[str, str, str]) -> None:
    for number, (task, hours, mark) in enumerate(rows, start=1):
        row = page.locator("[data-row]").nth(number - 1)
        if row.is_hidden():
            page.locator("[data-more] button").click()
        row.locator("[name^=task]").fill(task)
        row.locator("[name^=hours]").fill(hours)
        row.locator("[name^=mark]").select_option(mark)


def figure(page: Page, name: str) -> str:
    return page.locator(f"[data-figure={name}]").inner_text()


# --- What stays on the device ---


def test_ticks_and_notes_outlive_the_visit_in_both_languages_and_go_when_erased(visitor: Page) -> None:
    sent: list[str] = []
    visitor.goto(address("guide-1", "fr"))
    visitor.on("request", lambda request: sent.append(request.url) if "/static/" not in request.url else None)
    points = visitor.locator(".tickable input")
    points.nth(0).check()
    points.nth(2).check()
    notes = "Mardi, à la maison <b>non</b>\n& deux lignes"
    visitor.locator("[data-notes] textarea").fill(notes)
    assert sent == []
    for language in ("fr", "en"):
        visitor.goto(address("guide-1", language))
        expect(points.nth(0)).to_be_checked()
        expect(points.nth(1)).not_to_be_checked()
        expect(points.nth(2)).to_be_checked()
        expect(visitor.locator("[data-notes] textarea")).to_have_value(notes)
    visitor.goto(whole("fr"))
    assert visitor.locator(".tickable input:checked").count() == 2
    assert visitor.locator("[data-written] b").count() == 0
    visitor.locator("[data-erase]").click()
    visitor.locator("[data-no]").click()
    assert visitor.locator(".tickable input:checked").count() == 2
    visitor.locator("[data-erase]").click()
    visitor.locator("[data-yes]").click()
    expect(visitor.locator("[data-said][role=status]")).not_to_be_empty()
    expect(visitor.locator(".tickable input:checked")).to_have_count(0)
    assert visitor.evaluate(_KEPT) == []
    assert visitor.context.cookies() == []
    visitor.goto(address("guide-1", "fr"))
    expect(visitor.locator("[data-notes] textarea")).to_have_value("")


def test_reading_leaves_nothing_on_the_device(visitor: Page) -> None:
    for path in (address("guide-1", "fr"), address(TABLE, "fr"), whole("fr"), address("negotiation-guide", "fr")):
        visitor.goto(path)
        expect(visitor.locator("[data-device]")).to_be_visible()
    expect(visitor.locator("[data-continue]")).to_be_hidden()
    assert visitor.evaluate("localStorage.length + sessionStorage.length") == 0


def test_who_has_ticked_something_is_offered_the_step_that_was_open_last(visitor: Page) -> None:
    guide = address("negotiation-guide", "fr")
    visitor.goto(address("guide-1", "fr"))
    visitor.locator(".tickable input").first.check()
    visitor.goto(guide)
    expect(visitor.locator("[data-continue] a")).to_contain_text(content()["guide-1"]["title"]["fr"])
    visitor.goto(address("guide-4", "fr"))
    visitor.goto(guide)
    offer = visitor.locator("[data-continue] a")
    expect(offer).to_contain_text(content()["guide-4"]["title"]["fr"])
    offer.click()
    expect(visitor).to_have_url(visitor.evaluate("location.origin") + address("guide-4", "fr"))
    visitor.goto(address("negotiation-guide", "en"))
    expect(offer).to_contain_text(content()["guide-4"]["title"]["en"])


def test_what_others_wrote_into_the_storage_breaks_nothing(visitor: Page) -> None:
    problems: list[str] = []
    visitor.on("pageerror", lambda error: problems.append(str(error)))
    visitor.goto(address(TABLE, "fr"))
    key = visitor.locator("[data-guide-page]").get_attribute("data-guide-page")
    script = "<img src=x onerror=document.title='broken'>"
    for value in (
        "nonsense{",
        "7",
        '{"ticks": {"a": 1}, "notes": ["x"]}',
        f'{{"ticks": [null, "{script}"], "notes": "{script}"}}',
        f'{{"rows": [null, 3, {{"task": "{script}", "hours": 2, "mark": "away"}}], "day": []}}',
        '{"rows": "x"}',
    ):
        for name in (key, f"{key}:tasks", "last"):
            visitor.evaluate("([name, value]) => localStorage.setItem('relais:guide:' + name, value)", [name, value])
        for path in (address(TABLE, "fr"), address("negotiation-guide", "fr"), whole("fr")):
            visitor.goto(path)
            expect(visitor.locator("[data-device]")).to_be_visible()
            assert visitor.title() != "broken"
            assert visitor.locator("main img[src=x]").count() == 0
    assert problems == []


@pytest.mark.parametrize("storage", [_NO_STORAGE, _FULL_STORAGE])
def test_a_browser_that_keeps_nothing_says_so_and_works(visitor: Page, storage: str) -> None:
    problems: list[str] = []
    visitor.on("pageerror", lambda error: problems.append(str(error)))
    visitor.add_init_script(storage)
    visitor.goto(address(TABLE, "fr"))
    visitor.locator(".tickable input").first.check()
    expect(visitor.locator("[data-said]")).to_contain_text("imprimez")
    fill(visitor, ("Devis", "7", "remote"))
    assert figure(visitor, "days") == "1"
    visitor.locator("[data-erase]").click()
    visitor.locator("[data-yes]").click()
    expect(visitor.locator(".tickable input:checked")).to_have_count(0)
    assert problems == []


# --- The task table ---


def test_the_table_adds_up_while_one_types_and_is_there_again(visitor: Page) -> None:
    visitor.goto(address(TABLE, "fr"))
    expect(visitor.locator("[data-sum]")).to_be_hidden()
    expect(visitor.locator("[data-row]:visible")).to_have_count(3)
    week = (("Devis", "4", "remote"), ("Saisie", "6,5", "grouped"), ("Accueil", "22 h", "on_site"), ("Tri", "2:30", ""))
    fill(visitor, *week)
    assert [figure(visitor, name) for name in ("days", "movable", "left_over", "total")] == ["1", "10,5", "3,5", "32,5"]
    visitor.locator("[data-row]").nth(3).locator("select").select_option("grouped")
    assert figure(visitor, "movable") == "13"
    visitor.locator("[name=day]").fill("6,5")
    assert figure(visitor, "days") == "2"
    visitor.reload()
    expect(visitor.locator("[data-row]:visible")).to_have_count(4)
    assert figure(visitor, "days") == "2"
    visitor.locator("[name=hours_1]").fill("beaucoup")
    expect(visitor.locator("[data-sum]")).to_be_hidden()
    visitor.locator("[name=hours_1]").fill("4")
    visitor.goto(whole("fr"))
    assert visitor.locator("[data-task-paper] tbody tr").first.locator("td").all_text_contents()[:2] == ["Devis", "4"]
    visitor.goto(address(TABLE, "en"))
    assert figure(visitor, "movable") == "13"
    visitor.locator("[data-erase]").click()
    visitor.locator("[data-yes]").click()
    expect(visitor.locator("#id_task_1")).to_have_value("")
    expect(visitor.locator("[name=day]")).to_have_value("7")
    expect(visitor.locator("[data-sum]")).to_be_hidden()


def test_browser_and_server_find_the_same_sum(visitor: Page) -> None:
    names = ("days", "movable", "left_over", "total", "share")
    for rows in (
        [("Devis", "2,35", "remote"), ("Saisie", "5 h 5", "grouped"), ("Tri", "20 min", "on_site")],
        [("Devis", "1 h 1", "remote"), ("Saisie", "0,1", "on_site")],
        [("Devis", "40", "remote"), ("Saisie", "20", "on_site")],
    ):
        visitor.goto(address(TABLE, "fr"))
        fill(visitor, *rows, *[("", "", "")] * (3 - len(rows)))
        worked_out = [figure(visitor, name) for name in names]
        response = visitor.context.request.post(
            address(TABLE, "fr"),
            form={name: visitor.locator(f"#id_{name}").input_value() for name in _names(visitor)},
        )
        other = visitor.context.new_page()
        other.set_content(response.text())
        assert [figure(other, name) for name in names] == worked_out
        other.close()


def _names(page: Page) -> list[str]:
    return page.locator("[data-task-table] [id]:is(input, select)").evaluate_all("all => all.map(({name}) => name)")


def test_the_button_gives_messages_at_the_fields_and_keeps_what_was_typed(visitor: Page) -> None:
    visitor.goto(address(TABLE, "fr"))
    fill(visitor, ("Devis", "beaucoup", "remote"))
    visitor.locator("[data-task-table] button[type=submit]").click()
    expect(visitor.locator(".error-summary")).to_be_focused()
    visitor.locator(".error-summary a").click()
    field = visitor.locator("[name=hours_1]")
    expect(field).to_have_value("beaucoup")
    expect(field).to_have_attribute("aria-invalid", "true")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scripts", [True, False])
def test_the_table_goes_to_the_letter(browser: Browser, hub: str, language: str, scripts: bool) -> None:
    """What is sent is read on its way: the letter itself has tests of its own."""
    context = browser.new_context(base_url=hub, java_script_enabled=scripts, viewport={"width": 1280, "height": 800})
    context.set_default_timeout(10_000)
    page, sent = context.new_page(), []

    def letter(route: Route) -> None:
        sent.append(parse_qs(route.request.post_data or ""))
        route.fulfill(body="<title>letter</title>", content_type="text/html")

    page.route(f"**{address('letter', language)}", letter)
    page.goto(address(TABLE, language))
    fill(page, *((f"Task {name}", "3", "on_site" if name == "B" else "grouped") for name in "ABCDEFG"))
    if not scripts:
        page.locator("[data-task-table] button[type=submit]").click()
    expect(page.locator("[data-when=more]")).to_be_visible()
    page.locator("[data-carry] button").click()
    page.wait_for_url(f"**{address('letter', language)}")
    tasks = {f"task_{number}": [f"Task {name}"] for number, name in enumerate("ACDEF", start=1)}
    assert sent == [{"carry": ["1"], "days": ["2"], **tasks}]
    context.close()


# --- Without scripts, with keys alone, on a narrow screen ---


def test_without_scripts_boxes_wait_for_a_pen_and_the_table_works(open_page: Open) -> None:
    page = open_page(address(TABLE, "fr"), java_script_enabled=False, width=320)
    expect(page.locator("[data-device]")).to_be_hidden()
    expect(page.locator("main textarea")).to_have_count(0)
    box = page.locator(".checklist li").first.evaluate("item => getComputedStyle(item, '::before').width")
    assert float(box.removesuffix("px")) > 10
    expect(page.locator("[data-row]:visible")).to_have_count(8)
    fill(page, ("Devis", "4", "remote"), ("Saisie", "6", "grouped"), ("Accueil", "25", "on_site"))
    page.locator("[data-task-table] button[type=submit]").click()
    expect(page.locator("#task-sum")).to_be_in_viewport()
    assert [figure(page, name) for name in ("days", "movable", "left_over", "share")] == ["1", "10", "3", "29"]
    expect(page.locator("#id_task_2")).to_have_value("Saisie")


def test_keys_alone_tick_write_and_erase(visitor: Page) -> None:
    visitor.goto(address("guide-1", "fr"))

    def tab_to(selector: str) -> None:
        for _ in range(200):
            visitor.keyboard.press("Tab")
            if visitor.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"Tab never reaches {selector}")

    tab_to(".tickable input")
    visitor.keyboard.press("Space")
    expect(visitor.locator(".tickable input").first).to_be_checked()
    tab_to("[data-notes] textarea")
    visitor.keyboard.type("Mardi")
    tab_to("[data-erase]")
    visitor.keyboard.press("Enter")
    expect(visitor.locator("[data-no]")).to_be_focused()
    visitor.keyboard.press("Escape")
    expect(visitor.locator("[data-erase]")).to_be_focused()
    expect(visitor.locator("[data-notes] textarea")).to_have_value("Mardi")
    visitor.keyboard.press("Enter")
    visitor.keyboard.press("Shift+Tab")
    visitor.keyboard.press("Enter")
    expect(visitor.locator("[data-erase]")).to_be_focused()
    expect(visitor.locator("[data-notes] textarea")).to_have_value("")


@pytest.mark.parametrize("width", [320, 1280])
def test_the_line_of_steps_has_room_for_fingers_and_says_names(open_page: Open, width: int) -> None:
    page = open_page(address("guide-5", "fr"), width=width)
    links = page.locator(".progress a")
    for link in links.all():
        box = link.bounding_box()
        assert box and box["width"] >= 44 and box["height"] >= 44
    for number in (0, 9):
        links.nth(number).focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        name = links.nth(number).locator(".progress-name")
        expect(name).to_have_css("opacity", "1")
        box = name.bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= width


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["table", "whole"])
def test_targets_are_large_and_nothing_is_wider_than_a_narrow_screen(open_page: Open, name: str, language: str) -> None:
    path = whole(language) if name == "whole" else address(TABLE, language)
    page = open_page(path, language=language, width=320)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    small = page.locator("main :is(button, .tickable label, .field input, .field select, textarea)").evaluate_all(
        "all => all.filter(item => item.checkVisibility() && item.getBoundingClientRect().height < 44)"
        ".map(item => item.outerHTML.slice(0, 90))"
    )
    assert small == []


# --- Accessibility and paper ---


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["guide", "step", "table", "wrong", "whole"])
def test_axe_finds_nothing_in_the_guide(wide: Open, name: str, language: str, scheme: str) -> None:
    paths = {"guide": address("negotiation-guide", language), "step": address("guide-1", language)}
    path = whole(language) if name == "whole" else paths.get(name, address(TABLE, language))
    page = wide(path, language=language, scheme=scheme)
    if name in ("table", "wrong"):
        fill(page, ("Devis", "9" if name == "table" else "beaucoup", "remote"))
    if name == "wrong":
        follow(page.locator("[data-task-table] button[type=submit]"))
    page.evaluate((HERE / "axe.min.js").read_text("utf-8"))
    violations = page.evaluate("tags => axe.run({runOnly: tags, resultTypes: ['violations']})", _TAGS)["violations"]
    told = [(rule["id"], [node["html"][:200] for node in rule["nodes"][:3]]) for rule in violations]
    assert not told, told
    page.evaluate("localStorage.clear()")


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_guide_on_paper(open_page: Open, language: str, scripts: bool) -> None:
    page = open_page(whole(language), language=language, kept_for="paper", java_script_enabled=scripts)
    page.emulate_media(media="print")
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("nav:visible, form:visible, button:visible, textarea:visible, .skip:visible")).to_have_count(0)
    steps = page.locator(".whole-step:has([data-notes])")
    expect(steps).to_have_count(10)
    for step in steps.all():
        expect(step).to_have_css("break-before", "page")
        expect(step.locator(".ruled-lines")).to_be_visible()
    expect(page.locator("[data-task-paper]")).to_be_visible()
    expect(page.locator(".sources")).to_have_count(1)
    address_of = "link => getComputedStyle(link, '::after').content"
    assert "http" in page.locator(".sources a[href^=http]").first.evaluate(address_of)
    assert f"/{language}/" in page.locator(f".whole-guide .prose a[href^='/{language}/']").first.evaluate(address_of)
    shown = page.locator(".checklist li").first.evaluate(
        "item => item.querySelector('input')?.checkVisibility() ?? getComputedStyle(item, '::before').width"
    )
    assert shown not in (False, "auto", "0px")


def test_notes_are_printed_in_place_of_lines(visitor: Page) -> None:
    visitor.goto(address("guide-1", "fr"))
    visitor.locator("[data-notes] textarea").fill("Mardi")
    visitor.emulate_media(media="print")
    expect(visitor.locator("[data-written]")).to_be_visible()
    expect(visitor.locator("[data-written]")).to_have_text("Mardi")
    expect(visitor.locator(".ruled-lines")).to_be_hidden()
    expect(visitor.locator("nav:visible, form:visible, textarea:visible")).to_have_count(0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_guide_leads_to_itself_in_the_other_language(open_page: Open, language: str) -> None:
    other = {"fr": "en", "en": "fr"}[language]
    page = open_page(address("guide-3", language), language=language)
    page.locator(".to-print a").click()
    expect(page).to_have_url(f"{page.evaluate('location.origin')}{whole(language)}")
    page.locator(f".languages a[hreflang={other}]").click()
    expect(page).to_have_url(f"{page.evaluate('location.origin')}{whole(other)}")
