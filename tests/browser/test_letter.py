"""From the home page to a letter on disk: by mouse and by keys, with and without scripts, in both languages."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from pypdf import PdfReader

from tests.browser.addresses import LANGUAGES, address
from tests.browser.conftest import follow
from tests.browser.walking import (
    ANSWERS,
    NAME,
    Keys,
    Mouse,
    Watch,
    answer,
    finished,
    fits,
    onward,
    open_letter,
    question,
    step_number,
    taken,
    walk,
)

FILE_NAME = "demande-de-teletravail"
# Three ways of going: the hand, the width of the screen, and whether scripts run.
WAYS = {"mouse": (Mouse, 1280, True), "no scripts": (Mouse, 320, False), "keys": (Keys, 320, True)}
_TYPED = [NAME, "Zéphyrine", "Lecœur", "Archiviste", "Quetteville", "Chancelière", "Hérouvillette", "Cerisy"]
_TYPED += ["registres", "calme", "Tinchebray"]
MESSAGES = {
    "fr": ("La lettre a besoin de cette réponse.", "Un agent public peut télétravailler trois jours par semaine"),
    "en": ("The letter needs this answer.", "A public servant may telework three days a week at most"),
}


@dataclass
class Visit:
    page: Page
    watch: Watch


@pytest.fixture
def visiting(browser: Browser, hub: str) -> Iterator[Any]:
    contexts = []

    def opening(language: str = "fr", width: int = 1280, scripts: bool = True) -> Visit:
        context = browser.new_context(
            base_url=hub,
            locale={"fr": "fr-FR", "en": "en-GB"}[language],
            viewport={"width": width, "height": 800},
            java_script_enabled=scripts,
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        return Visit(context.new_page(), Watch(context))

    yield opening
    for context in contexts:
        context.close()


def spaced(text: str) -> str:
    """With every space an ordinary one: lines of a PDF break anywhere."""
    return " ".join(text.split())


# --- The whole way ---


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("way", WAYS)
def test_from_the_home_page_to_the_letter_on_disk(visiting: Any, hub: str, language: str, way: str) -> None:
    kind, width, scripts = WAYS[way]
    visit = visiting(language, width, scripts)
    page, hand = visit.page, kind(visit.page)
    page.goto(f"/{language}/")
    hand.press(page.locator(".door a").first)
    page.wait_for_url(f"**{address('negotiation-guide', language)}")
    hand.press(page.locator(f".tool-list a[href='{address('letter', language)}']"))
    page.wait_for_url(f"**{address('letter', language)}")
    walk(hand)
    fits(page)
    french = page.locator(".letter-finished [lang=fr]")
    expect(french.filter(has_text="Madame, Monsieur,").first).to_be_visible()
    expect(finished(page)).to_contain_text(NAME)
    expect(finished(page)).to_contain_text("2 février 2027")
    if language == "en":
        _assert_english_beside(page)
    else:
        expect(page.locator(".letter-pair")).to_have_count(0)
    name, word = taken(hand, page.locator("[name=format][value=docx]"))
    assert name == f"{FILE_NAME}.docx"
    assert word.startswith(b"PK\x03\x04")
    document = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(word)).read("word/document.xml"))
    _assert_is_the_letter("".join(document.itertext()))
    name, pdf = taken(hand, page.locator("[name=format][value=pdf]"))
    assert name == f"{FILE_NAME}.pdf"
    assert pdf.startswith(b"%PDF-")
    _assert_is_the_letter("\n".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf)).pages))
    visit.watch.assert_private(hub, _TYPED)
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.url == hub + address("letter", language)


def _assert_is_the_letter(text: str) -> None:
    assert NAME in spaced(text)
    assert "Madame, Monsieur," in spaced(text)
    assert "Laiterie Hérouvillette" in spaced(text)


def _assert_english_beside(page: Page) -> None:
    pairs = page.locator(".letter-finished .letter-pair")
    words = pairs.evaluate_all(
        "all => all.map(pair => [...pair.children].map(side => [side.lang, side.innerText.trim()]))"
    )
    assert len(words) > 10
    for french, english in words[:-1]:
        assert (french[0], english[0]) == ("fr", "en")
        assert french[1] and english[1]
    assert words[-1][0] == ["fr", ""], "the last one says in English which text prevails"
    assert words[-1][1][0] == "en" and "prevails" in words[-1][1][1]
    expect(pairs.filter(has_text="Madame, Monsieur,").first).to_contain_text("Dear Sir or Madam,")
    expect(page.locator(".letter-note")).to_be_visible()


# --- Something is wrong on the way ---


@pytest.mark.parametrize(("language", "scripts"), [("fr", False), ("en", True)])
def test_a_mistake_is_told_where_it_is_and_nothing_typed_is_lost(visiting: Any, language: str, scripts: bool) -> None:
    visit = visiting(language, 320, scripts)
    page, hand = visit.page, Mouse(visit.page)
    missing, too_many = MESSAGES[language]
    open_letter(page, language)
    answer(hand, {"sector": "territorial"})
    hand.press(onward(page))
    answer(hand, {**ANSWERS[1], "first_name": "", "email": "zephyrine at home"})
    hand.press(onward(page))
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    expect(summary.locator("li")).to_have_count(2)
    expect(summary).to_contain_text(missing)
    expect(question(page, "last_name")).to_have_value("Lecœur")
    expect(question(page, "email")).to_have_value("zephyrine at home")
    expect(question(page, "first_name")).to_have_attribute("aria-invalid", "true")
    assert page.title() == page.title().strip() and ":" in page.title().split("–")[0]
    hand.press(summary.locator("a").first)
    expect(question(page, "first_name")).to_be_focused()
    fits(page)
    answer(hand, {"first_name": "Zéphyrine", "email": "zephyrine@tinchebray.example"})
    hand.press(onward(page))
    answer(hand, {"days": "4", "start": "2027-02-02"})
    hand.press(onward(page))
    expect(summary).to_be_focused()
    expect(summary).to_contain_text(too_many)
    hand.press(summary.locator("a").first)
    expect(question(page, "days")).to_be_focused()
    expect(question(page, "days")).to_have_value("4")
    expect(question(page, "start")).to_have_value("2027-02-02")
    described = question(page, "days").get_attribute("aria-describedby")
    assert described and all(page.locator(f"#{name}").count() for name in described.split())
    answer(hand, {"days": "3"})
    hand.press(onward(page))
    expect(summary).to_have_count(0)
    assert step_number(page) == "4"


@pytest.mark.parametrize(("language", "scripts"), [("fr", True), ("en", False)])
def test_a_page_pulled_down_again_loses_nothing(visiting: Any, language: str, scripts: bool) -> None:
    """On a telephone that happens by itself. The browser sends the step again, for nobody kept it."""
    visit = visiting(language, 320, scripts)
    page, hand = visit.page, Mouse(visit.page)
    open_letter(page, language)
    walk(hand, last=3)
    page.reload()
    assert step_number(page) == "4"
    walk(hand, first=4)
    page.reload()
    expect(finished(page)).to_contain_text(NAME)
    expect(finished(page)).to_contain_text("Laiterie Hérouvillette")


@pytest.mark.parametrize("scripts", [True, False])
def test_enter_goes_on_and_never_back_or_away(visiting: Any, scripts: bool) -> None:
    """The steps above the questions and the other tools below them are buttons too."""
    visit = visiting("en", 1280, scripts)
    page = visit.page
    open_letter(page, "en")
    walk(Mouse(page), last=1)
    answer(Mouse(page), ANSWERS[1])
    question(page, "firm").press("Enter")
    expect(page.locator(".letter-steps .here:nth-child(3)")).to_be_visible()
    walk(Mouse(page), first=3)
    follow(page.locator(".letter-papers [name=paper][value=thanks]"))
    title = page.locator(".letter-step-title").inner_text()
    question(page, "agreed_on").fill("2027-01-07")
    question(page, "agreed_on").press("Enter")
    expect(finished(page)).to_contain_text("7 janvier 2027")
    expect(page.locator(".letter-step-title")).to_have_text(title)


# --- The draft beside the questions ---


def test_the_draft_follows_what_is_typed_without_a_new_page(visiting: Any, hub: str) -> None:
    visit = visiting("fr", 1280)
    page, hand = visit.page, Mouse(visit.page)
    open_letter(page, "fr")
    walk(hand, last=1)
    draft = page.locator("[data-preview-sheet]")
    expect(draft).to_be_visible()
    expect(draft).not_to_contain_text("Zéphyrine")
    page.evaluate("window.stillHere = true")
    question(page, "first_name").press_sequentially("Zéphyrine")
    question(page, "last_name").press_sequentially("Lecœur")
    expect(draft).to_contain_text(NAME)
    expect(page.locator("[data-preview-status]")).not_to_be_empty()
    expect(question(page, "last_name")).to_be_focused()
    question(page, "civility", "ms").check()
    expect(draft).to_contain_text("Madame,")
    expect(draft).not_to_contain_text("Madame, Monsieur")
    assert page.evaluate("window.stillHere")
    visit.watch.assert_private(hub, _TYPED)


def test_on_a_narrow_screen_the_draft_is_asked_for_when_it_is_opened(visiting: Any) -> None:
    visit = visiting("en", 320)
    page = visit.page
    open_letter(page, "en")
    walk(Mouse(page), last=1)
    question(page, "last_name").press_sequentially("Lecœur")
    page.wait_for_timeout(1000)
    assert not [one for one in visit.watch.requested if one.headers.get("x-fragment")]
    page.locator("[data-preview] > summary").click()
    expect(page.locator("[data-preview-sheet]")).to_contain_text("Lecœur")
    fits(page)


def test_without_an_answer_the_draft_stays_and_the_form_works(visiting: Any) -> None:
    visit = visiting("en", 1280)
    page, hand = visit.page, Mouse(visit.page)
    open_letter(page, "en")
    walk(hand, last=1)
    refused: list[str] = []

    def refuse(route: Route) -> None:
        if route.request.headers.get("x-fragment"):
            refused.append(route.request.url)
            route.abort()
        else:
            route.fallback()

    page.route("**/*", refuse)
    before = page.locator("[data-preview-sheet]").inner_text()
    question(page, "first_name").press_sequentially("Zéphyrine")
    page.wait_for_timeout(1000)
    assert refused
    assert page.locator("[data-preview-sheet]").inner_text() == before
    walk(hand, first=2, last=2)
    expect(page.locator("[data-preview-sheet]")).to_contain_text(NAME)
    # The browser itself notes on its console that a request failed; no script may have.
    assert not [told for told in visit.watch.complaints if "net::ERR_FAILED" not in told]


# --- The finished letter ---


@pytest.fixture(scope="module")
def ends(browser: Browser, hub: str) -> Iterator[dict[str, Page]]:
    found, contexts = {}, []
    for language in LANGUAGES:
        context = browser.new_context(base_url=hub, viewport={"width": 1280, "height": 800})
        context.set_default_timeout(10_000)
        contexts.append(context)
        found[language] = context.new_page()
        open_letter(found[language], language)
        walk(Mouse(found[language]))
    yield found
    for context in contexts:
        context.close()


@pytest.fixture
def at_the_end(ends: dict[str, Page]) -> Iterator[dict[str, Page]]:
    """A finished letter in each language, on the screen. Tests leave it finished."""
    yield ends
    for page in ends.values():
        page.emulate_media(media="screen")


@pytest.mark.parametrize("language", LANGUAGES)
def test_paper_shows_the_letter_alone(at_the_end: dict[str, Page], language: str) -> None:
    page = at_the_end[language]
    page.emulate_media(media="print")
    shown = page.evaluate(
        "() => [...document.body.querySelectorAll('*')].filter(element => element.checkVisibility()"
        " && !element.closest('.letter-finished') && [...element.childNodes].some(node => node.nodeType === 3"
        " && node.textContent.trim())).map(element => element.outerHTML.slice(0, 120))"
    )
    assert shown == []
    expect(finished(page)).to_be_visible()
    expect(page.locator(".letter-beside:visible")).to_have_count(0)
    expect(finished(page)).to_have_css("border-top-width", "0px")


@pytest.mark.parametrize(
    ("language", "papers"),
    [
        ("fr", {"email": "demande", "reminder": "relance", "after_refusal": "refus"}),
        ("en", {"trial_plan": "plan", "thanks": ""}),
    ],
)
def test_the_papers_that_go_with_it_are_made_from_the_same_answers(
    at_the_end: dict[str, Page], language: str, papers: dict[str, str]
) -> None:
    page = at_the_end[language]
    hand = Mouse(page)
    names = set()
    for paper, stem in papers.items():
        button = page.locator(f".letter-papers [name=paper][value={paper}]")
        title = button.inner_text()
        button.click()
        expect(page.locator(".letter-step-title")).to_have_text(title)
        expect(finished(page)).to_contain_text("Zéphyrine")
        name, written = taken(hand, page.locator("[name=format][value=odt]"))
        assert name.endswith(".odt") and stem in name and name not in names
        names.add(name)
        content = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(written)).read("content.xml"))
        assert "Zéphyrine" in "".join(content.itertext())
    page.locator(".letter-papers [name=paper][value=letter]").click()
    expect(finished(page)).to_contain_text("Madame, Monsieur,")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_dates_go_into_a_calendar_and_the_text_to_where_one_wants_it(
    at_the_end: dict[str, Page], language: str
) -> None:
    page = at_the_end[language]
    name, calendar = taken(Mouse(page), page.locator("[name=format][value=ics]"))
    assert name.endswith(".ics")
    assert calendar.startswith(b"BEGIN:VCALENDAR\r\n")
    assert b"DTSTART;VALUE=DATE:20270202" in calendar
    assert calendar.count(b"BEGIN:VEVENT") >= 3
    name, text = taken(Mouse(page), page.locator("[name=format][value=txt]"))
    assert name == f"{FILE_NAME}.txt"
    assert NAME in text.decode("utf-8-sig")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(".letter-copy summary").click()
    page.locator("[data-copy]").click()
    expect(page.locator("[data-copy-status]")).not_to_be_empty()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert spaced(copied) == spaced(text.decode("utf-8-sig"))
    page.locator(".letter-copy summary").click()


def test_an_english_copy_is_marked_as_a_translation(at_the_end: dict[str, Page]) -> None:
    page = at_the_end["en"]
    name, pdf = taken(Mouse(page), page.locator("[name=format][value='reading.pdf']"))
    assert re.fullmatch(rf"{FILE_NAME}\S*translation\.pdf|telework-request\S*\.pdf", name), name
    text = spaced("\n".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf)).pages))
    assert "Dear Sir or Madam," in text and "prevails" in text
