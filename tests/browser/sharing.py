""" "Share your experience" as a visitor goes through it, by mouse or by keys, and a moderator at work."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.addresses import address
from tests.browser.conftest import follow
from tests.browser.walking import Hand, Mouse, fits
from tests.ready import PASSWORD

FORM = ".share-form"
# What is answered at each step: enough to be sent, and of each kind of question one.
ANSWERS: tuple[dict[str, str], ...] = (
    {"organisation": "Laiterie Hérouvillette", "kind": "sme", "commune": "Hérouvillette", "name": "Zoé Lecœur"}
    | {"email": "zoe@herouvillette.example"},
    {"headline": "Un jour par semaine", "how": "Un essai de trois mois, puis une charte.", "start_year": "2023"},
    {"difficulty_1": "Le débit de la ligne.", "figure_1_label": "trajets évités par an", "figure_1_value": "96"}
    | {"figure_1_year": "2024", "unmeasured": "La fatigue."},
)
_PATIENCE = 3_200  # milliseconds: nobody who fills the form in is quicker than this


def question(page: Page, name: str, value: str = "") -> Locator:
    chosen = f'[value="{value}"]' if value else ""
    return page.locator(f"{FORM} [name={name}]{chosen}:not([type=hidden])")


def onward(page: Page) -> Locator:
    return page.locator(".letter-actions .button").first


def here(page: Page) -> str:
    return page.locator(".letter-steps [aria-current=step] .letter-step-number").inner_text()


def fill(hand: Hand, answers: dict[str, str]) -> None:
    for name, given in answers.items():
        if question(hand.page, name).first.get_attribute("type") == "radio":
            hand.choose(question(hand.page, name, given))
        else:
            hand.write(question(hand.page, name), given)


def walk(hand: Hand, last: int = 3, **other: str) -> None:
    for number, usual in enumerate(ANSWERS[:last], start=1):
        assert here(hand.page) == str(number)
        fits(hand.page)
        fill(hand, {**usual, **{name: given for name, given in other.items() if name in usual}})
        with hand.page.expect_navigation():
            hand.press(onward(hand.page))
        expect(hand.page.locator(".error-summary")).to_have_count(0)


def share(hand: Hand, language: str, **other: str) -> str:
    """Send an account: the address of the contributor's own page."""
    hand.page.goto(address("contribution", language))
    walk(hand, **other)
    fits(hand.page)
    hand.tick(question(hand.page, "may_be_named"))
    hand.tick(question(hand.page, "agree"))
    hand.page.wait_for_timeout(_PATIENCE)
    with hand.page.expect_navigation():
        hand.press(onward(hand.page))
    expect(hand.page).to_have_url(re.compile("done=sent$"))
    fits(hand.page)
    return hand.page.url.partition("&")[0]


# --- A moderator ---


def sign_in(page: Page) -> None:
    page.goto("/admin/")
    page.locator("[name=login]").fill("moderator")
    page.locator("[name=password]").fill(PASSWORD)
    follow(page.locator("main form button[type=submit]"))
    expect(page).to_have_url(re.compile("/admin/$"))


def approve(page: Page, title: str) -> None:
    """From the list of what waits on the dashboard, in Wagtail's own page editor."""
    page.goto("/admin/")
    follow(page.get_by_role("link", name=title).first)
    page.locator("footer [data-w-dropdown-target=toggle], footer button.w-dropdown-button__toggle").first.click()
    with page.expect_navigation():
        page.locator("[data-workflow-action-name=approve]").first.click()


# --- What axe looks at ---


def _mistakes(page: Page) -> None:
    fill(Mouse(page), {"organisation": "Laiterie", "commune": "Nulle-Part", "email": "zoe@"})
    follow(onward(page))
    page.locator(".error-summary").wait_for()


def _came_of_it(page: Page) -> None:
    walk(Mouse(page), last=2)
    for fold in page.locator(f"{FORM} details summary").all():
        fold.click()


def _nothing_agreed(page: Page) -> None:
    walk(Mouse(page))
    follow(onward(page))
    page.locator(".error-summary").wait_for()


STATES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "sharing, first step with mistakes": ("contribution", _mistakes),
    "sharing, third step": ("contribution", _came_of_it),
    "sharing, last step with a mistake": ("contribution", _nothing_agreed),
}
