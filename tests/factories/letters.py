"""The letter's page with the pages around it, and what a visitor may answer."""

import json
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup
from django.test import Client

from tests.factories.blocks import block
from tests.factories.hub import Hub
from tests.factories.pages import LetterPageFactory, ObjectionCardsFactory

SENTENCES = {
    "fr": "Je vous propose un point chaque lundi.",
    "en": "I suggest that we take stock every Monday.",
}
# Every question that must be answered, and as little else as may be.
ENOUGH = {
    "sector": "private",
    "text": "none",
    "first_name": "Maud",
    "last_name": "Lecœur",
    "post": "Comptable",
    "function": "Directrice",
    "firm": "Laiterie du Bocage",
    "start": "2027-02-01",
    "task_1": "Saisir les factures",
    "town": "Vire",
    "date": "2026-11-23",
}


def letter_pages(hub: Hub) -> dict[str, str]:
    """The builder in both languages: its addresses."""
    french = LetterPageFactory(parent=hub.guide())
    english = hub.english(french, title="Write your request", slug="write-your-request")
    return {"fr": french.get_url(), "en": english.get_url()}


def cards(hub: Hub, slug: str = "cartes", **sentences: str) -> str:
    """A page of objection cards in both languages with one card; gives the card's id."""
    words = {**SENTENCES, **sentences}
    stored = block("card", {"objection": "Je ne vous verrai plus.", "answer": "<p>Un point.</p>", "source": "X"})
    pages = {}
    pages["fr"] = ObjectionCardsFactory(parent=hub.guide(), slug=slug)
    pages["en"] = hub.english(pages["fr"], title="Cards", slug=f"{slug}-en")
    for language, page in pages.items():
        value = {**stored, "value": {**stored["value"], "sentence": words[language]}}
        page.cards = json.dumps([value])
        page.save()
    return stored["id"]


@dataclass
class Visitor:
    """Fills in the form as a browser without JavaScript does: what the page holds goes along, hidden or not."""

    client: Client
    url: str
    page: BeautifulSoup | None = None
    response: Any = None

    def open(self) -> "Visitor":
        return self._read(self.client.get(self.url))

    def press(self, button: str, value: str, **answers: Any) -> "Visitor":
        """Press a button that the page has, with these answers typed or ticked."""
        assert self.page is not None
        form = self.page.find("form", class_="letter-form")
        found = form.find("button", attrs={"name": button, "value": value})
        assert found is not None, f"no button {button}={value}"
        data = fields_of(form)
        for name in answers:
            assert form.find(attrs={"name": name}) is not None, f"no question {name}"
        return self._read(self.client.post(self.url, sent({**data, **_lists(answers)}, button, value)))

    def _read(self, response: Any) -> "Visitor":
        self.response = response
        if response["Content-Type"].startswith("text/html"):
            self.page = BeautifulSoup(response.content, "html.parser")
        return self

    @property
    def heading(self) -> str:
        return self.page.find("h2", class_="letter-step-title").get_text()

    @property
    def sheet(self) -> str:
        return self.page.find(class_="letter-sheet").get_text(" ", strip=True)

    def wrong(self) -> dict[str, str]:
        """The message at each question, by the id of the question."""
        return {
            found["id"].removeprefix("q_").removesuffix("_error"): found.get_text(" ", strip=True)
            for found in self.page.select("form .errorlist[id]")
        }


def sent(data: dict[str, list[str]], button: str, value: str) -> dict[str, list[str]]:
    return {**data, button: [*data.get(button, []), value]}


def _lists(answers: dict[str, Any]) -> dict[str, list[str]]:
    return {name: value if isinstance(value, list) else [value] for name, value in answers.items()}


def fields_of(form: Any) -> dict[str, list[str]]:
    """What a browser would send of a form, without its buttons."""
    data: dict[str, list[str]] = {}
    for field in form.find_all(["input", "textarea", "select"]):
        kind = field.get("type", "text")
        if not field.get("name") or (kind in ("radio", "checkbox") and not field.has_attr("checked")):
            continue
        if field.name == "textarea":
            # The parser of a browser drops the first line break.
            value = field.get_text().removeprefix("\r").removeprefix("\n")
        else:
            value = field.get("value", "on" if kind == "checkbox" else "")
        data.setdefault(field["name"], []).append(value)
    return data
