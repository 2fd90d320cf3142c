"""A hub with the commute calculator in both languages, asked as a visitor asks it."""

from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup
from django.test import Client

from guides.models import LetterPage
from guides.savings import constants
from tests.factories.hub import Hub
from tests.factories.pages import LetterPageFactory, SavingsPageFactory
from tests.factories.vocabulary import SourceFactory

LANGUAGES = ("fr", "en")
# The first worked example: 4,600 km, 92 h, 662.4 kg, 1,642.20 to 2,925.60 euros.
ANSWERS = {
    "commute_km": "25",
    "commute_minutes": "30",
    "mode": "car_default",
    "people": "1",
    "power": "5",
    "days_a_week": "2",
    "weeks": "46",
    "where": "home",
}
AT_LTP = {**ANSWERS, "where": "ltp", "ltp_km": "5", "ltp_minutes": "10", "ltp_mode": "same"}


@dataclass
class Calculator:
    hub: Hub
    urls: dict[str, str]
    client: Client

    @classmethod
    def build(cls, hub: Hub, client: Client) -> "Calculator":
        """A page in each language and every source that the constants name."""
        for key in {amount.source for row in constants.shipped().values() for amount in row.values}:
            SourceFactory(key=key, publisher=f"Éditeur {key}")
        pages = {language: SavingsPageFactory(parent=hub.guide(language)) for language in LANGUAGES}
        return cls(hub, {language: page.url for language, page in pages.items()}, client)

    def post(self, answers: dict[str, Any], language: str = "en", **headers: str) -> Any:
        return self.client.post(self.urls[language], answers, headers=headers)

    def page(self, answers: dict[str, Any], language: str = "en") -> BeautifulSoup:
        response = self.post(answers, language)
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser")

    def letter(self, language: str = "en", **values: Any) -> LetterPage:
        return LetterPageFactory(parent=self.hub.guide(language), **values)


def figures(soup: BeautifulSoup) -> list[str]:
    return [tag.get_text().strip() for tag in soup.select(".result-box .figure-value")]


def value_of(soup: BeautifulSoup, name: str) -> str:
    """What the visible field of that name holds."""
    field = soup.select_one(f'.savings-form [name="{name}"]:not([type=hidden])')
    if field.name == "select":
        chosen = field.select_one("option[selected]")
        return chosen["value"] if chosen else ""
    if field.get("type") == "radio":
        return soup.select_one(f'.savings-form [name="{name}"][checked]')["value"]
    return field.get("value", "")


def hidden(form: Any) -> dict[str, str]:
    return {field["name"]: field["value"] for field in form.select("input[type=hidden]")}


def errors(soup: BeautifulSoup) -> dict[str, str]:
    """The message of each field that has one, by the field's name."""
    found = {}
    for box in soup.select(".savings-form .field-wrong"):
        found[box.select_one("[name]")["name"]] = box.select_one(".errorlist").get_text(strip=True)
    return found
