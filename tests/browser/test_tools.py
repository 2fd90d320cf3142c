"""The tools lead to one another and to the letter, by form alone: what was answered before comes along."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.addresses import LANGUAGES, address
from tests.browser.walking import (
    ANSWERS,
    Mouse,
    Watch,
    answer,
    finished,
    fits,
    onward,
    open_letter,
    question,
    step_number,
    walk,
)

OWN_WORDS = "Je classe mieux au calme, <b>porte close</b> & sans bruit."


@pytest.fixture
def opened(browser: Browser, hub: str) -> Iterator[Any]:
    """A page of a visitor of one's own; who watches sees at the end that the visit was private."""
    watches = []

    def opening(language: str, *, scripts: bool, width: int = 320) -> Page:
        context = browser.new_context(
            base_url=hub,
            locale={"fr": "fr-FR", "en": "en-GB"}[language],
            viewport={"width": width, "height": 800},
            java_script_enabled=scripts,
        )
        context.set_default_timeout(10_000)
        watches.append(Watch(context))
        return context.new_page()

    yield opening
    for watch in watches:
        try:
            watch.assert_private(hub, ["Zéphyrine", "Lecœur", "porte close", "Quetteville", "Hérouvillette"])
        finally:
            watch.context.close()


def at_letter(page: Page, language: str) -> None:
    page.wait_for_url(f"**{address('letter', language)}")
    fits(page)


def draft(page: Page) -> str:
    """What the draft holds, folded or not."""
    return page.locator("[data-preview-sheet]").text_content() or ""


# --- Can they refuse? ---


@pytest.mark.parametrize(("language", "scripts"), [("fr", False), ("en", True)])
def test_the_answers_about_a_refusal_are_in_the_letter(opened: Any, language: str, scripts: bool) -> None:
    page = opened(language, scripts=scripts)
    page.goto(address("refusal", language))
    for name, value in (("sector", "private"), ("text", "charter"), ("eligible", "yes")):
        page.locator(f".refusal-form [name={name}][value={value}]").check()
    page.locator(".refusal-form [name=doctor]").check()
    page.locator(".refusal-form .action button").click()
    result = page.locator(".result-box")
    expect(result.locator("h2")).to_be_focused()
    expect(result.locator(".decision-line")).to_have_count(2)
    expect(result.locator(".owed:visible")).to_have_count(2)
    expect(result.locator(".not-owed:visible")).to_have_count(2)
    expect(result).to_contain_text("L4624-6")
    expect(result).to_contain_text("L1222-9")
    fits(page)
    result.locator(".onward button").click()
    at_letter(page, language)
    assert step_number(page) == "2", "the first step was answered on the way"
    assert "L4624-6" in draft(page) or "L. 4624-6" in draft(page)
    page.locator(".letter-steps [name=go][value='1']").click()
    for name, value in (("sector", "private"), ("text", "charter"), ("eligible", "yes")):
        expect(question(page, name, value)).to_be_checked()
    expect(question(page, "doctor")).to_be_checked()
    expect(question(page, "pregnant")).not_to_be_checked()


# --- The calculator, and the way there and back ---


@pytest.mark.parametrize(("language", "scripts"), [("fr", False), ("en", True)])
def test_the_calculator_is_a_detour_that_loses_nothing(opened: Any, language: str, scripts: bool) -> None:
    page = opened(language, scripts=scripts, width=1280)
    hand = Mouse(page)
    open_letter(page, language)
    walk(hand, last=4)
    answer(hand, {"arguments": ["common"], "own_words_1": OWN_WORDS})
    page.locator(f".letter-doors button[formaction='{address('savings', language)}']").click()
    page.wait_for_url(f"**{address('savings', language)}")
    fits(page)
    expect(page.locator("#id_days_a_week")).to_have_value("2")
    page.locator("#id_commute_km").fill("32")
    page.locator("#id_commute_minutes").fill("40")
    page.locator("#id_ltp_km").fill("5")
    page.locator("#id_ltp_minutes").fill("8")
    if not scripts:
        page.locator(".savings-send button").click()
    result = page.locator("[data-savings-result]")
    expect(result.locator(".figure")).to_have_count(4)
    expect(page.locator("#id_commute_km")).to_have_value("32")
    result.locator(".savings-letter button").click()
    at_letter(page, language)
    assert step_number(page) == "6"
    page.locator(".letter-steps [name=go][value='5']").click()
    expect(question(page, "own_words_1")).to_have_value(OWN_WORDS)
    expect(question(page, "arguments", "common")).to_be_checked()
    expect(question(page, "commute")).to_be_checked()
    expect(question(page, "commute_km")).to_have_value("32")
    expect(question(page, "commute_minutes")).to_have_value("40")
    hours = question(page, "hours_a_year").input_value()
    assert hours == "98", "twice 32 minutes on 92 days"
    assert hours in draft(page) and "40 minutes" in draft(page).replace("\u00a0", " ")
    question(page, "commute").uncheck()
    hand.press(onward(page))
    answer(hand, ANSWERS[5])
    hand.press(onward(page))
    expect(finished(page)).to_contain_text(OWN_WORDS)
    expect(finished(page)).not_to_contain_text("40")
    page.locator(".letter-steps [name=go][value='5']").click()
    question(page, "commute").check()
    hand.press(onward(page))
    hand.press(onward(page))
    expect(finished(page)).to_contain_text("40")
    expect(finished(page)).to_contain_text(hours)


def test_the_figures_follow_what_is_typed(opened: Any) -> None:
    page = opened("fr", scripts=True, width=1280)
    page.goto(address("savings", "fr"))
    page.evaluate("window.stillHere = true")
    page.locator("#id_commute_km").press_sequentially("32")
    page.locator("#id_commute_minutes").press_sequentially("40")
    hours = page.locator("[data-savings-result] .figure-value").first
    expect(hours).to_have_text("61 heures")
    expect(page.locator("[data-savings-status]")).not_to_be_empty()
    page.locator("#id_days_a_week").select_option("2")
    expect(hours).to_have_text("123 heures")
    assert page.evaluate("window.stillHere")
    page.locator("#id_commute_km").fill("loin")
    page.locator(".savings-send button").click()
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator("#id_commute_km")).to_have_value("loin")
    expect(page.locator("#id_commute_minutes")).to_have_value("40")
    page.locator(".error-summary a").click()
    expect(page.locator("#id_commute_km")).to_be_focused()


# --- Objection cards ---


@pytest.mark.parametrize(("language", "scripts"), [("fr", True), ("en", False)])
def test_the_sentences_of_ticked_cards_stand_in_the_letter(opened: Any, language: str, scripts: bool) -> None:
    page = opened(language, scripts=scripts)
    page.goto(address("objections", language))
    cards = page.locator(".objection-card")
    chosen = [cards.nth(0), cards.nth(3)]
    sentences = [card.locator("blockquote").inner_text() for card in chosen]
    for card in chosen:
        card.locator("[name=card]").check()
    ids = [card.locator("[name=card]").get_attribute("value") for card in chosen]
    fits(page)
    page.locator(".card-bar button").click()
    at_letter(page, language)
    assert step_number(page) == "1"
    walk(Mouse(page), last=4)
    for value in ids:
        expect(question(page, "card", value or "")).to_be_checked()
    walk(Mouse(page), first=5)
    for sentence in sentences:
        expect(finished(page)).to_contain_text(sentence)


def test_more_cards_than_a_letter_carries_are_told_where_they_are_ticked(opened: Any) -> None:
    page = opened("en", scripts=True)
    page.goto(address("objections", "en"))
    for number in range(4):
        page.locator(".objection-card [name=card]").nth(number).check()
    page.locator(".card-bar button").click()
    at_letter(page, "en")
    walk(Mouse(page), last=4)
    onward(page).click()
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator(".error-summary a")).to_have_count(1)
    expect(page.locator(".letter-form [name=card]:checked")).to_have_count(4)
    page.locator(".error-summary a").click()
    expect(page.locator("#q_card")).to_be_in_viewport()
    page.locator(".letter-form [name=card]:checked").first.uncheck()
    walk(Mouse(page), first=5)
    expect(finished(page)).to_be_visible()


# --- The table of tasks ---


@pytest.mark.parametrize(("language", "scripts"), [("fr", True), ("en", False)])
def test_the_tasks_of_the_table_stand_in_the_letter(opened: Any, language: str, scripts: bool) -> None:
    page = opened(language, scripts=scripts)
    page.goto(address("guide-2", language))
    for number, (task, hours, mark) in enumerate(
        (("Classer", "9", "remote"), ("Accueillir", "15", "on_site"), ("Relire", "6", "grouped")), start=1
    ):
        page.locator(f"[name=task_{number}]").fill(task)
        page.locator(f"[name=hours_{number}]").fill(hours)
        page.locator(f"[name=mark_{number}]").select_option(mark)
    if not scripts:
        page.locator("[data-task-table] button[type=submit]").click()
    expect(page.locator("[data-figure=days]")).to_have_text("2")
    page.locator("[data-carry] button").click()
    at_letter(page, language)
    hand = Mouse(page)
    walk(hand, last=2)
    expect(question(page, "days")).to_have_value("2")
    walk(hand, first=3, last=3)
    assert [question(page, f"task_{number}").input_value() for number in (1, 2, 3)] == ["Classer", "Relire", ""]
    page.locator(f".letter-doors button[formaction='{address('guide-2', language)}']").click()
    page.wait_for_url(f"**{address('guide-2', language)}")
    expect(page.locator("#id_task_1")).to_have_value("Classer")
    expect(page.locator("#id_task_2")).to_have_value("Relire")
    fits(page)


# --- What was answered, and the next letter ---


@pytest.mark.parametrize(("language", "scripts"), [("fr", True), ("en", False)])
def test_a_refusal_leads_to_the_letter_that_answers_it(opened: Any, language: str, scripts: bool) -> None:
    page = opened(language, scripts=scripts)
    hand = Mouse(page)
    open_letter(page, language)
    walk(hand)
    page.locator(f"button[formaction='{address('replies', language)}']").click()
    page.wait_for_url(f"**{address('replies', language)}")
    fits(page)
    expect(page.locator(".reply-form [name=sector][value=private]")).to_be_checked()
    page.locator("[name=reply][value=no_reasons]").check()
    page.locator(".reply-form .action button").click()
    result = page.locator(".result-box")
    expect(result.locator("h2")).to_be_focused()
    result.locator(".onward button").click()
    at_letter(page, language)
    hand.press(onward(page))
    expect(finished(page)).to_contain_text("Zéphyrine")
    assert page.locator(".letter-result [name=paper][type=hidden]").get_attribute("value") == "after_refusal"
    expect(question(page, "reasons_given")).to_have_count(1)
    question(page, "refused_on").fill("2026-12-12")
    question(page, "fallback", "fewer_days").check()
    page.locator(".letter-afterwards [name=go][value=paper]").click()
    expect(page.locator(".error-summary")).to_have_count(0)
    expect(finished(page)).to_contain_text("12 décembre 2026")


@pytest.mark.parametrize("language", LANGUAGES)
def test_questions_that_do_not_apply_step_aside(opened: Any, language: str) -> None:
    """Here by style alone, so without scripts too."""
    page = opened(language, scripts=False)
    open_letter(page, language)
    texts = question(page, "text", "agreement")
    expect(texts).to_be_hidden()
    question(page, "sector", "private").check()
    expect(texts).to_be_visible()
    expect(question(page, "eligible", "yes")).to_be_hidden()
    texts.check()
    expect(question(page, "eligible", "yes")).to_be_visible()
    question(page, "sector", "state").check()
    expect(texts).to_be_hidden()
    hidden_choice = onward(page)
    hidden_choice.click()
    assert step_number(page) == "2"
