"""From a firm to a mentor: an editor opens a case, a firm writes, a moderator passes it on.

On a hub of its own, for it changes what visitors see.
"""

import email
from collections.abc import Callable, Iterator
from email import policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.addresses import address
from tests.browser.conftest import HERE, follow
from tests.browser.server import running_hub
from tests.browser.walking import Hand, Keys, Mouse, Watch, fits
from tests.ready import PASSWORD, loaded

MENTOR = "dominique@quetteville.example"
CASE = "cas-orne"
FORMAT = "Un appel d’une heure"
_AXE = "tags => axe.run({runOnly: tags, resultTypes: ['violations']})"
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
GIVEN = {
    "organisation_name": "Laiterie Hérouvillette",
    "commune": "Flers",
    "name": "Zéphyrine Lecœur",
    "email": "zephyrine@tinchebray.example",
    "message": "Nous sommes quarante et hésitons entre un et deux jours. Qui a décidé chez vous ?",
}


@pytest.fixture(scope="module")
def mails(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mails")


@pytest.fixture(scope="module")
def own_hub(chromium: str, mails: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_hub(loaded(tmp_path_factory), EMAIL_URL=f"filemail:///{mails}") as url:
        yield url


def mail_to(mails: Path, whom: str) -> list[EmailMessage]:
    found = []
    for path in sorted(mails.iterdir()):
        for part in path.read_bytes().split(b"-" * 79 + b"\n"):
            message = email.message_from_bytes(part.lstrip(), _class=EmailMessage, policy=policy.default)
            if whom in str(message["To"]):
                found.append(message)
    return found


@pytest.fixture(scope="module")
def desk(browser: Browser, own_hub: str) -> Iterator[Page]:
    """Somebody of the team, who has opened a case and noted whom its requests go to."""
    context = browser.new_context(base_url=own_hub, locale="fr-FR", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.goto("/compte/connexion/")
    page.locator("[name=login]").fill("moderator")
    page.locator("[name=password]").fill(PASSWORD)
    follow(page.locator("form [type=submit]").last)
    _open_the_case(page)
    _note_the_contact(page)
    yield page
    context.close()


def _case_number(page: Page) -> str:
    """The page's number in the admin, from the public interface."""
    slug = address(CASE, "fr").rstrip("/").rpartition("/")[2]
    return str(page.request.get(f"/api/v2/pages/?slug={slug}&fields=_,id").json()["items"][0]["id"])


def _open_the_case(page: Page) -> None:
    page.goto(f"/admin/pages/{_case_number(page)}/edit/")
    page.locator("#id_mentoring_open").check()
    page.locator("#id_mentoring_format").fill(FORMAT)
    page.locator("#id_mentoring_per_year").fill("2")
    page.locator("footer [data-w-dropdown-target=toggle]").click()
    follow(page.locator("[name=action-publish]"))
    # Nobody is noted yet: the editor is told, with the way to do it.
    expect(page.locator(".messages .warning a[href$='/mentoring/contacts/new/']")).to_be_visible()


def _note_the_contact(page: Page) -> None:
    number = _case_number(page)
    page.goto("/admin/mentoring/contacts/new/")
    # The chooser keeps the page's number in a hidden field.
    page.locator("#id_page").evaluate("(field, number) => { field.value = number }", number)
    page.locator("#id_agreed_on").fill("2026-11-02")
    page.locator("#id_name").fill("Dominique Quetteville")
    page.locator("#id_email").fill(MENTOR)
    with page.expect_navigation():
        page.locator("#id_email").press("Enter")  # the calendar of the day covers the button
    expect(page.locator(".messages .success")).to_be_visible()


def accessible(page: Page) -> None:
    fits(page)
    page.evaluate((HERE / "axe.min.js").read_text("utf-8"))
    found: list[dict[str, Any]] = page.evaluate(_AXE, _TAGS)["violations"]
    assert [(each["id"], [node["html"][:200] for node in each["nodes"]]) for each in found] == []


def field(page: Page, name: str) -> Any:
    return page.locator(f".mentor-form [name={name}]")


def ask(hand: Hand, language: str, look: Callable[[Page], None]) -> None:
    """From the page of the relay to the receipt, with one mistake on the way. ``look`` judges each screen."""
    page = hand.page
    page.goto(address("mentoring", language))
    look(page)
    with page.expect_navigation():
        hand.press(page.locator(".mentor-card a.button"))
    expect(page.locator("#request")).to_be_visible()
    look(page)
    hand.choose(field(page, "sender_kind").and_(page.locator("[value=firm]")))
    for name, words in GIVEN.items():
        hand.write(field(page, name), words.replace("@", " at ") if name == "email" else words)
    hand.tick(field(page, "agree"))
    page.wait_for_timeout(3_500)  # a robot would not wait
    with page.expect_navigation():
        hand.press(page.locator(".mentor-form .action button"))
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator(".error-summary li")).to_have_count(1)
    for name in ("organisation_name", "message"):
        expect(field(page, name)).to_have_value(GIVEN[name])
    look(page)
    hand.write(field(page, "email"), GIVEN["email"])
    with page.expect_navigation():
        hand.press(page.locator(".mentor-form .action button"))
    expect(page.locator("#sent")).to_be_focused()
    expect(page.locator(".result-box")).to_contain_text(GIVEN["email"])
    look(page)


@pytest.mark.parametrize(
    ("language", "visitor", "scripts"), [("fr", Mouse, False), ("en", Keys, True)], ids=["fr, no script", "en, keys"]
)
def test_a_firm_asks_and_the_mentor_gets_it(
    browser: Browser, own_hub: str, desk: Page, mails: Path, language: str, visitor: Any, scripts: bool
) -> None:
    context = browser.new_context(
        base_url=own_hub,
        locale={"fr": "fr-FR", "en": "en-GB"}[language],
        viewport={"width": 320, "height": 800},
        java_script_enabled=scripts,
    )
    context.set_default_timeout(20_000)
    watch = Watch(context)
    before = len(mail_to(mails, MENTOR))
    page = context.new_page()
    # axe needs scripts; without any, the width is looked at.
    ask(visitor(page), language, accessible if scripts else fits)
    assert MENTOR not in page.content()
    watch.assert_private(own_hub, list(GIVEN.values()))
    context.close()
    assert len(mail_to(mails, MENTOR)) == before

    desk.goto("/admin/mentoring/requests/?status=received")
    follow(desk.locator("table.listing tbody a[href*='/inspect/']").first)
    expect(desk.locator("main")).to_contain_text(GIVEN["message"])
    follow(desk.locator("main a[href*='/pass-on/']"))
    follow(desk.locator("main form[method=post] button[type=submit]"))
    expect(desk.locator(".messages .success")).to_be_visible()

    received = mail_to(mails, MENTOR)[before:]
    assert [message["Reply-To"] for message in received] == [GIVEN["email"]]
    assert GIVEN["message"] in received[0].get_content()
    told = mail_to(mails, GIVEN["email"])[-2:]
    assert len(told) == 2 and not any(MENTOR in str(message) for message in told)


def test_the_third_request_of_the_year_is_told_that_it_is_too_late(browser: Browser, own_hub: str, desk: Page) -> None:
    """After the two above."""
    context = browser.new_context(base_url=own_hub, locale="fr-FR", viewport={"width": 320, "height": 800})
    page = context.new_page()
    slug = address(CASE, "fr").rstrip("/").rpartition("/")[2]
    page.goto(f"{address('mentoring', 'fr')}?case={slug}")
    expect(page.locator(".mentor-trouble")).to_be_visible()
    expect(page.locator(".mentor-form")).to_have_count(0)
    expect(page.locator(".mentor-full")).to_have_count(1)
    expect(page.locator(".mentor-totals tbody td")).to_have_text(["2", "2"])
    accessible(page)
    context.close()
