"""A pioneer shares their experience, a moderator publishes it, and the pioneer takes it back."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.addresses import address
from tests.browser.conftest import follow
from tests.browser.sharing import ANSWERS, approve, fill, here, onward, question, share, sign_in, walk
from tests.browser.walking import Keys, Mouse, Watch, fits

Window = Callable[..., Page]


@pytest.fixture
def window(browser: Browser, hub: str) -> Iterator[Window]:
    """A window of its own for each person, with nothing left of another's visit."""
    contexts: list[BrowserContext] = []

    def opening(language: str = "fr", width: int = 1280, **options: object) -> Page:
        context = browser.new_context(
            base_url=hub,
            locale={"fr": "fr-FR", "en": "en-GB"}[language],
            viewport={"width": width, "height": 800},
            **options,
        )
        context.set_default_timeout(30_000)
        contexts.append(context)
        return context.new_page()

    yield opening
    for context in contexts:
        context.close()


@pytest.mark.parametrize(
    ("language", "width", "options"),
    [("fr", 320, {"java_script_enabled": False}), ("en", 1280, {})],
    ids=["French at 320 px without scripts", "English"],
)
def test_from_the_form_to_a_published_case_and_back(
    window: Window, hub: str, language: str, width: int, options: dict[str, object]
) -> None:
    visitor = window(language, width, **options)
    watch = Watch(visitor.context)
    headline = f"Un jour par semaine, {language}"
    own = share(Mouse(visitor), language, headline=headline)
    watch.assert_private(hub, [ANSWERS[0]["email"], ANSWERS[0]["name"], ANSWERS[1]["how"]])
    visitor.goto(address("case-studies", language))
    expect(visitor.get_by_text(headline)).to_have_count(0)

    moderator = window("fr")
    sign_in(moderator)
    approve(moderator, headline)

    visitor.goto(own)
    follow(visitor.locator(".result-box p > a"))
    expect(visitor.locator("h1")).to_contain_text(headline)
    expect(visitor.locator("main")).to_contain_text("Le débit de la ligne.")
    expect(visitor.locator("main")).not_to_contain_text("Zoé")
    fits(visitor)
    case = visitor.url

    visitor.goto(own)
    follow(visitor.locator("a[href*='do=withdraw']"))
    follow(visitor.locator("main form button"))
    expect(visitor.locator("main")).to_contain_text(re.compile("effacés|erased"))
    fits(visitor)
    response = visitor.goto(case)
    assert response is not None and response.status == 404


def test_with_keys_alone(window: Window) -> None:
    page = window("en")
    own = share(Keys(page), "en", headline="With keys alone")
    assert "key=" in own
    page.goto(f"{own}&do=withdraw")
    Keys(page).press(page.locator("main form button"))
    expect(page.locator("h1")).to_contain_text("withdrawn")


def test_an_amendment_begins_with_what_was_sent(window: Window) -> None:
    page = window("en")
    own = share(Mouse(page), "en", headline="To be amended")
    follow(page.locator("a[href*='do=amend']"))
    expect(question(page, "organisation")).to_have_value(ANSWERS[0]["organisation"])
    for _ in range(3):
        follow(onward(page))
    question(page, "agree").check()
    page.wait_for_timeout(3_200)
    follow(onward(page))
    expect(page).to_have_url(re.compile("done=amended$"))
    page.goto(f"{own}&do=withdraw")
    follow(page.locator("main form button"))


@pytest.mark.parametrize("scripts", [True, False])
def test_mistakes_are_shown_and_nothing_typed_is_lost(window: Window, scripts: bool) -> None:
    page = window("fr", 320, java_script_enabled=scripts)
    page.goto(address("contribution", "fr"))
    fill(Mouse(page), {"organisation": "Laiterie", "commune": "Nulle-Part", "email": "zoe@"})
    follow(onward(page))
    expect(page.locator(".error-summary")).to_be_visible()
    if scripts:
        expect(page.locator(".error-summary")).to_be_focused()
    expect(question(page, "commune")).to_have_value("Nulle-Part")
    assert here(page) == "1"
    fits(page)


def test_the_hidden_field_is_hidden_from_everybody(window: Window) -> None:
    page = window("fr")
    page.goto(address("contribution", "fr"))
    around = page.locator("[aria-hidden=true]:has(> [name=homepage])")
    box = around.bounding_box()
    assert box is not None and box["width"] <= 1 and box["height"] <= 1
    expect(around).to_have_css("overflow", "hidden")
    assert page.locator("[name=homepage]").get_attribute("tabindex") == "-1"


def test_a_file_too_large_is_told_beside_everything_typed(window: Window) -> None:
    page = window("en")
    page.goto(address("contribution", "en"))
    walk(Mouse(page))
    large = {"name": "long.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-" + b"0" * 20_000_000}
    question(page, "file_1").set_input_files(large)
    question(page, "agree").check()
    follow(onward(page))
    expect(page.locator(".error-summary")).to_contain_text("5 MB")
    expect(page.locator("main")).to_contain_text(ANSWERS[1]["how"])
    expect(question(page, "agree")).to_be_checked()
