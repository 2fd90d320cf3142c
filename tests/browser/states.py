"""What the tools show once they were used: mistakes, results, papers."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.sharing import STATES as SHARING
from tests.browser.walking import Mouse, answer, onward, walk


def _first_questions(page: Page) -> None:
    walk(Mouse(page), last=4)


def _mistakes(page: Page) -> None:
    walk(Mouse(page), last=1)
    answer(Mouse(page), {"email": "nowhere", "since": "2099-01"})
    onward(page).click()
    page.locator(".error-summary").wait_for()


def _finished(page: Page) -> None:
    walk(Mouse(page))
    for fold in page.locator("main summary").all():
        fold.click()


def _another_paper(page: Page, paper: str) -> None:
    walk(Mouse(page))
    page.locator(f".letter-papers [name=paper][value={paper}]").click()


def _chosen(page: Page, form: str, **values: str) -> None:
    for name, value in values.items():
        page.locator(f".{form} [name={name}][value={value}]").check()
    page.locator(f".{form} .action button").click()
    page.locator(".result-box, .error-summary").first.wait_for()


def _worked_out(page: Page) -> None:
    page.locator("#id_commute_km").fill("32")
    page.locator("#id_commute_minutes").fill("40")
    page.locator(".savings-send button").click()
    page.locator(".figure").first.wait_for()
    for fold in page.locator(".savings-result summary").all():
        fold.click()


def _tasks(page: Page, hours: str) -> None:
    page.locator("#id_task_1").fill("Devis")
    page.locator("#id_hours_1").fill(hours)
    page.locator("#id_mark_1").select_option("remote")
    page.locator("[data-task-table] button[type=submit]").click()
    page.locator("[data-sum]:visible, .error-summary").first.wait_for()


def _commune(page: Page, name: str) -> None:
    page.locator("#id_commune").fill(name)
    with page.expect_navigation():
        page.locator(".likeness-form button").click()
    for fold in page.locator("main summary").all():
        fold.click()


_ANSWERED = {"sector": "private", "text": "charter", "eligible": "yes"}
# The page a state begins at, by its key, and how to come there on a wide screen.
STATES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "letter, fifth step": ("letter", _first_questions),
    "letter, step with mistakes": ("letter", _mistakes),
    "letter, finished": ("letter", _finished),
    "letter, trial plan": ("letter", lambda page: _another_paper(page, "trial_plan")),
    "letter, reply after a refusal": ("letter", lambda page: _another_paper(page, "after_refusal")),
    "refusal check, answered": ("refusal", lambda page: _chosen(page, "refusal-form", **_ANSWERED)),
    "refusal check, nothing chosen": ("refusal", lambda page: _chosen(page, "refusal-form")),
    "savings, worked out": ("savings", _worked_out),
    "reply, decoded": ("replies", lambda page: _chosen(page, "reply-form", reply="no_reasons", sector="private")),
    "task table, added up": ("guide-2", lambda page: _tasks(page, "9")),
    "task table, a mistake": ("guide-2", lambda page: _tasks(page, "beaucoup")),
    "communes like mine, ranked": ("likeness", lambda page: _commune(page, "Vire")),
    "communes like mine, not found": ("likeness", lambda page: _commune(page, "Alancon")),
    **SHARING,
}
