"""A case that takes requests, and a visitor who sends one."""

import datetime
from typing import Any

import time_machine
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from casestudies.models import CaseStudyPage, MentorContact
from tests.factories.hub import Hub

MENTOR = "mentor.secret@pionniers.example"
SENDER = "camille@atelier.example"
GIVEN = {
    "sender_kind": "firm",
    "organisation_name": "Atelier du Bocage",
    "commune": "Vire Normandie",
    "name": "Camille Lefèvre",
    "email": SENDER,
    "theme": "Écrire une charte",
    "message": "Nous sommes douze et hésitons sur le nombre de jours. Comment avez-vous choisi ?",
    "agree": "on",
}
SOMEBODY = "198.41.0.4"


def open_case(hub: Hub, title: str = "Vire", contact: bool = True, **values: Any) -> CaseStudyPage:
    themes = values.pop("themes", ["Écrire une charte", "Former les cadres"])
    case = hub.case(
        title=title,
        mentoring_open=True,
        mentoring_themes=[("theme", theme) for theme in themes],
        mentoring_format="Un appel d’une heure",
        **values,
    )
    if contact:
        MentorContact.objects.create(
            page=case, name="Dominique Secret", email=MENTOR, agreed_on=datetime.date(2026, 11, 2)
        )
    return case


def soup(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


class Visitor:
    """Opens the form of a case and sends it, later than a robot would."""

    def __init__(self, client: Client, url: str, case: str = "", address: str = SOMEBODY) -> None:
        self.client, self.url, self.address = client, url, address
        self.response: Any = client.get(url, {"case": case} if case else {})
        self.page = soup(self.response)
        self.hidden = hidden(self.page)

    def send(self, later: int = 60, **answers: str | None) -> Any:
        with time_machine.travel(timezone.now() + datetime.timedelta(seconds=later), tick=False):
            return self.send_now(**answers)

    def send_now(self, **answers: str | None) -> Any:
        data = {name: value for name, value in {**self.hidden, **GIVEN, **answers}.items() if value is not None}
        self.response = self.client.post(self.url, data, REMOTE_ADDR=self.address)
        self.page = soup(self.response)
        self.hidden = hidden(self.page) or self.hidden
        return self.response

    @property
    def was_received(self) -> bool:
        return bool(self.page.select("#sent"))

    @property
    def wrong(self) -> set[str]:
        """The names of the fields that the summary of mistakes names."""
        return {link["href"].removeprefix("#id_") for link in self.page.select(".error-summary a")}

    @property
    def errors(self) -> str:
        found = self.page.select_one(".error-summary")
        return found.get_text(" ", strip=True) if found else ""


def hidden(page: BeautifulSoup) -> dict[str, str]:
    fields = page.select(".mentor-form input[type=hidden], .mentor-form [name=homepage]")
    return {field["name"]: field.get("value", "") for field in fields}
