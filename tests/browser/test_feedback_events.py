"""Feedback events in a browser: the block of data in the head stands under the strict policy without a complaint."""

import json

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.addresses import LANGUAGES, address
from tests.browser.conftest import HERE
from tests.browser.walking import Watch, fits

_AXE = "tags => axe.run({runOnly: tags, resultTypes: ['violations']}).then(found => found.violations.map(v => v.id))"
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [320, 1280])
def test_from_the_list_to_the_report_and_its_case(browser: Browser, hub: str, language: str, width: int) -> None:
    context = browser.new_context(base_url=hub, viewport={"width": width, "height": 800}, color_scheme="dark")
    context.set_default_timeout(20_000)
    watch = Watch(context)
    page = context.new_page()
    page.goto(address("feedback-events", language))
    fits(page)
    page.locator("[aria-labelledby=past] .event-entry h3 a").first.click()
    page.wait_for_url(f"**{address('event-pme-2016', language)}")
    fits(page)
    data = json.loads(page.locator('script[type="application/ld+json"]').inner_text())
    assert (data["startDate"], data["inLanguage"]) == ("2016-01-26", language)
    expect(page.locator("[aria-labelledby=report] li")).to_have_count(6)
    page.evaluate((HERE / "axe.min.js").read_text("utf-8"))
    assert page.evaluate(_AXE, _TAGS) == []
    page.locator("[aria-labelledby=cases] h3 a").click()
    page.wait_for_url(f"**{address('cas-pme-basse-normandie', language)}")
    assert watch.complaints == [] and context.cookies() == []
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_calendar_of_the_list_is_a_file(browser: Browser, hub: str, language: str) -> None:
    context = browser.new_context(base_url=hub)
    answer = context.request.get(f"{address('feedback-events', language)}?format=ics")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.text().startswith("BEGIN:VCALENDAR")
    context.close()
