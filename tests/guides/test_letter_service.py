"""Who may ask, what the answer carries and costs, and what happens when something breaks."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guides.letters import counter, views
from guides.letters.clauses import shipped_wording
from guides.letters.exports import FORMATS, Format
from guides.models import LetterClause
from tests.factories.hub import Hub
from tests.factories.letters import (
    ENOUGH,
    cards,
    fields_of,
    letter_pages,
)
from tests.factories.pages import RefusalFactory, SavingsPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(hub: Hub) -> dict[str, str]:
    return letter_pages(hub)


def read(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


# --- Who may ask, and what the answer carries ---


@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace"])
def test_other_methods_are_not_taken(client: Client, pages: dict[str, str], method: str) -> None:
    response = getattr(client, method)(pages["fr"])
    assert response.status_code == 405
    assert "POST" in response["Allow"]
    assert client.head(pages["fr"]).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "null"},
    ],
)
def test_another_site_cannot_post(pages: dict[str, str], headers: dict[str, str]) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(pages["fr"], ENOUGH, headers=headers).status_code == 403
    assert strict.post(pages["fr"], ENOUGH, headers={"sec-fetch-site": "same-origin"}).status_code == 200


def test_no_cookie_and_no_store(client: Client, pages: dict[str, str]) -> None:
    assert not client.get(pages["fr"]).cookies
    for more in ({"step": "1"}, {"step": "6", "go": "next"}, {"format": "pdf"}, {"format": "ics"}, {"carry": "1"}):
        response = client.post(pages["fr"], {**ENOUGH, **more})
        assert response["Cache-Control"] == "no-store"
        assert not response.cookies


def test_the_page_has_no_token_no_inline_script_and_no_style(client: Client, pages: dict[str, str]) -> None:
    page = read(client.post(pages["en"], {**ENOUGH, "step": "6", "go": "next"}))
    assert not page.find("input", attrs={"name": "csrfmiddlewaretoken"})
    assert all(script.get("src") for script in page.find_all("script"))
    assert not page.find(style=True) and not page.find("style")
    assert not [each for each in page.find_all(True) if any(name.startswith("on") for name in each.attrs)]


def test_queries_do_not_grow(client: Client, hub: Hub, pages: dict[str, str]) -> None:
    def cost(send: Any) -> int:
        cache.clear()
        send()
        with CaptureQueriesContext(connection) as captured:
            assert send().status_code == 200
        return len(captured)

    def costs() -> list[int]:
        return [
            cost(lambda: client.get(pages["fr"])),
            cost(lambda: client.post(pages["fr"], {**ENOUGH, "step": "4", "go": "next"})),
            cost(lambda: client.post(pages["fr"], {**ENOUGH, "step": "6", "go": "next", "made": "letter.fr"})),
            cost(lambda: client.post(pages["fr"], {**ENOUGH, "step": "2"}, headers={"x-fragment": "preview"})),
        ]

    before = costs()
    assert all(number <= bar for number, bar in zip(before, (12, 12, 12, 8), strict=True)), before
    for number in range(3):
        cards(hub, slug=f"cartes-{number}")
        RefusalFactory(parent=hub.guide(), slug=f"refus-{number}")
        SavingsPageFactory(parent=hub.guide(), slug=f"calcul-{number}")
    for key in ("closing.email", "notice.both"):
        for language, locale in (("fr", hub.fr), ("en", hub.en)):
            LetterClause.objects.create(locale=locale, key=key, text=shipped_wording(language)[key])
    assert costs() == before


def test_a_clause_that_editors_changed_is_the_one_that_is_written(
    client: Client, hub: Hub, pages: dict[str, str]
) -> None:
    LetterClause.objects.create(locale=hub.fr, key="place.home", text="Je serais chez moi, au bourg.")
    page = read(client.post(pages["en"], {**ENOUGH, "step": "6", "go": "next"}))
    assert "Je serais chez moi, au bourg." in page.find(class_="letter-finished").get_text()


def test_the_sentence_to_add_by_hand_is_a_clause(client: Client, hub: Hub, pages: dict[str, str]) -> None:
    LetterClause.objects.create(locale=hub.fr, key="special.by_hand", text="Je vous en parlerai.")
    french, english = (read(client.get(pages[language])).find(id="special-note") for language in ("fr", "en"))
    assert "«\u00a0Je vous en parlerai.\u00a0»" in french.get_text()
    assert english.find(lang="fr").get_text() == "«\u00a0Je vous en parlerai.\u00a0»"
    assert shipped_wording("en")["special.by_hand"].replace("'", "’") in english.get_text()


# --- When something breaks ---


def _breaks(*_args: Any, **_kwargs: Any) -> Any:
    raise ValueError("Maud Lecœur, 12 rue du Secret")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_file_that_fails_leaves_every_answer(
    client: Client, pages: dict[str, str], monkeypatch: pytest.MonkeyPatch, caplog: Any, language: str
) -> None:
    monkeypatch.setitem(FORMATS, "pdf", Format("pdf", "application/pdf", _breaks))
    response = client.post(pages[language], {**ENOUGH, "format": "pdf"})
    assert response.status_code == 503 and response["Cache-Control"] == "no-store"
    page = read(response)
    assert page.find(class_="error-summary")
    sent_again = fields_of(page.find("form", class_="letter-form"))
    assert {name: sent_again[name] for name in ENOUGH} == {name: [value] for name, value in ENOUGH.items()}
    assert "ValueError" in caplog.text and "Secret" not in caplog.text
    monkeypatch.setitem(FORMATS, "txt", Format("txt", "text/plain", _breaks))
    assert client.post(pages[language], {**ENOUGH, "step": "paper"}).status_code == 200


def test_an_unforeseen_error_quotes_no_answer(
    pages: dict[str, str], monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    monkeypatch.setattr(views.Desk, "turn", _breaks)
    assert Client(raise_request_exception=False).post(pages["fr"], {"first_name": "Maud"}).status_code == 500
    assert "ValueError" in caplog.text and "Secret" not in caplog.text
    assert all("Secret" not in (record.exc_text or "") for record in caplog.records)


def test_a_count_that_fails_costs_nobody_a_letter(
    client: Client, pages: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_args: Any) -> None:
        raise DatabaseError("locked")

    monkeypatch.setattr(counter, "_grow", locked)
    assert read(client.post(pages["fr"], {**ENOUGH, "step": "paper"})).find(class_="letter-finished")
