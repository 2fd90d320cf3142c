"""The letter builder as a visitor goes through it: with a mouse or with keys alone, and with somebody watching."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.sync_api import BrowserContext, Download, Locator, Page, Request, Response, expect

from tests.browser.addresses import address

NAME = "Zéphyrine Lecœur"
# What is answered at each step. A list is ticked; a day reads the same whichever of day and month comes first.
ANSWERS: tuple[dict[str, str | list[str]], ...] = (
    {"sector": "private", "text": "agreement", "text_reference": "accord Quetteville", "eligible": "yes"},
    {
        "first_name": "Zéphyrine",
        "last_name": "Lecœur",
        "post": "Archiviste",
        "email": "zephyrine@tinchebray.example",
        "civility": "unknown",
        "function": "Chancelière",
        "firm": "Laiterie Hérouvillette",
    },
    {"days": "2", "weekdays": ["1", "3"], "start": "2027-02-02", "place": "ltp", "ltp_name": "Halle Cerisy"},
    {"task_1": "Dépouiller les registres", "task_2": "Coter les fonds", "kit": "have"},
    {"arguments": ["retention"], "own_words_1": "Je classe mieux au calme."},
    {"town": "Tinchebray"},
)
_TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
_FOCUSED = "element => document.activeElement === element"
_MOST_TABS = 250


class Mouse:
    """A visitor who points, clicks and types."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, control: Locator) -> None:
        control.click()

    def write(self, field: Locator, words: str) -> None:
        field.fill(words)

    def tick(self, box: Locator) -> None:
        box.check()

    choose = tick


class Keys:
    """A visitor without a mouse. Looking for a control goes on from where the focus is."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def _go_to(self, reached: Callable[[], bool], wanted: object, key: str = "Tab") -> None:
        for _ in range(_MOST_TABS):
            if reached():
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"{key} never reaches {wanted}")

    def press(self, control: Locator) -> None:
        self._go_to(lambda: bool(control.evaluate(_FOCUSED)), control)
        expect(control).to_be_in_viewport()
        self.page.keyboard.press("Enter")

    def write(self, field: Locator, words: str) -> None:
        self._go_to(lambda: bool(field.evaluate(_FOCUSED)), field)
        if field.get_attribute("type") == "date":
            year, month, day = words.split("-")
            self.page.keyboard.type(f"{day}{month}{year}")
        else:
            self.page.keyboard.press("Control+a")
            self.page.keyboard.type(words)
        expect(field).to_have_value(words)

    def tick(self, box: Locator) -> None:
        self._go_to(lambda: bool(box.evaluate(_FOCUSED)), box)
        self.page.keyboard.press("Space")
        expect(box).to_be_checked()

    def choose(self, radio: Locator) -> None:
        """Tab reaches the group, arrows one of its answers."""
        name = radio.get_attribute("name")
        group = self.page.locator(f"input[type=radio][name={name}]")
        self._go_to(lambda: bool(group.evaluate_all("all => all.includes(document.activeElement)")), group)
        self.page.keyboard.press("Space")
        self._go_to(lambda: bool(radio.evaluate(_FOCUSED)), radio, "ArrowDown")
        expect(radio).to_be_checked()


Hand = Mouse | Keys


@dataclass
class Watch:
    """What a visit asks of the network, what it gets, and what the browser complains of."""

    context: BrowserContext
    requested: list[Request] = field(default_factory=list)
    answered: list[Response] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.on("request", lambda request: self.requested.append(request))
        self.context.on("response", lambda response: self.answered.append(response))
        self.context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        self.context.on(
            "console",
            lambda said: self.complaints.append(said.text) if said.type in ("error", "warning") else None,
        )

    def assert_among_ourselves(self, hub: str) -> None:
        """No cookie, no other host, and nothing that the browser complains of."""
        assert self.context.cookies() == []
        urls = [request.url for request in self.requested]
        assert [url for url in urls if not url.startswith((f"{hub}/", "data:"))] == []
        assert self.complaints == []

    def assert_private(self, hub: str, typed: Sequence[str]) -> None:
        """Besides, no answer in an address, and no answer that anybody may keep."""
        self.assert_among_ourselves(hub)
        urls = [request.url for request in self.requested]
        told = [unquote(url).casefold() for url in urls]
        assert [(words, url) for words in typed for url in told if words.casefold() in url] == []
        posted = [response for response in self.answered if response.request.method == "POST"]
        assert posted, "nothing was sent"
        assert [url for response in posted if urlsplit(url := response.url).query] == []
        kept = {response.url: response.headers.get("cache-control") for response in posted}
        assert set(kept.values()) == {"no-store"}, kept


def fits(page: Page) -> None:
    assert page.evaluate(_TOO_WIDE) <= 0, f"wider than the window: {page.url}"


def step_number(page: Page) -> str:
    return page.locator(".letter-steps [aria-current=step] .letter-step-number").inner_text()


def question(page: Page, name: str, value: str = "") -> Locator:
    chosen = f'[value="{value}"]' if value else ""
    return page.locator(f".letter-form [name={name}]{chosen}:not([type=hidden])")


def answer(hand: Hand, answers: dict[str, str | list[str]]) -> None:
    for name, given in answers.items():
        if isinstance(given, list):
            for value in given:
                hand.tick(question(hand.page, name, value))
        elif question(hand.page, name).first.get_attribute("type") == "radio":
            if not question(hand.page, name, given).is_checked():
                hand.choose(question(hand.page, name, given))
        else:
            hand.write(question(hand.page, name), given)


def onward(page: Page) -> Locator:
    return page.locator(".letter-actions [name=go][value=next]")


def walk(hand: Hand, first: int = 1, last: int = 6, **other: str | list[str]) -> None:
    """Answer the questions of these steps; ``other`` answers take the place of the usual ones or come on top."""
    for number in range(first, last + 1):
        assert step_number(hand.page) == str(number)
        fits(hand.page)
        usual = ANSWERS[number - 1]
        more = {name: given for name, given in other.items() if name not in usual and on_screen(hand.page, name)}
        answer(hand, {**usual, **more, **{name: given for name, given in other.items() if name in usual}})
        hand.press(onward(hand.page))
        expect(hand.page.locator(".error-summary")).to_have_count(0)
        here = ".letter-finished" if number == 6 else f".letter-steps .here:nth-child({number + 1})"
        expect(hand.page.locator(here)).to_be_visible()


def on_screen(page: Page, name: str) -> bool:
    return bool(question(page, name).count())


def finished(page: Page) -> Locator:
    return page.locator(".letter-finished .letter-sheet")


def open_letter(page: Page, language: str) -> None:
    page.goto(address("letter", language))


def taken(hand: Hand, button: Locator) -> tuple[str, bytes]:
    """The file behind a button: its name and its bytes."""
    with hand.page.expect_download() as waiting:
        hand.press(button)
    download: Download = waiting.value
    return download.suggested_filename, Path(download.path()).read_bytes()
