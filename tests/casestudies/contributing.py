"""Walking through "Share your experience" as a browser does: each screen's own hidden fields go along."""

from datetime import timedelta
from typing import Any

import time_machine
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casestudies.models import Contribution
from hub.accounts.roles import ensure_roles
from tests.factories.people import user

WHO = {
    "organisation": "Atelier du Bocage",
    "kind": "sme",
    "size": "under-50",
    "commune": "Vire Normandie",
    "name": "Camille Lefèvre",
    "role": "Gérante",
    "email": "camille@atelier.example",
}
WHAT = {
    "headline": "Deux jours par semaine",
    "how": "Un essai de six mois.\n\nPuis une charte, relue par tous ?",
    "why": "Moins de route.",
    "start_year": "2022",
    "legal_form": "charter",
    "places": "home",
    "rhythm": "fixed",
    "people_total": "12",
    "people_teleworking": "7",
}
CAME = {
    "figure_1_label": "heures de route évitées",
    "figure_1_value": "1 200",
    "figure_1_unit": "heures",
    "figure_1_year": "2024",
    "figure_1_how": "Carnet de bord de chacun.",
    "difficulty_1": "Les débuts ont été lents.",
    "difficulty_1_answer": "Un point chaque lundi.",
    "cost_1_label": "ordinateurs portables",
    "cost_1_value": "8400,50",
    "cost_1_year": "2022",
    "unmeasured": "La fatigue.",
    "tip_1": "Commencez petit.",
}
AGREED = {"agree": "on", "may_be_named": "on"}
STEPS = (WHO, WHAT, CAME)
READING = ("view_contribution", "change_contribution")
SOMEBODY = "198.41.0.4"


def soup(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def fields(page: BeautifulSoup) -> dict[str, Any]:
    """What the form of a screen would send, untouched."""
    form = page.select_one("form.share-form")
    assert form is not None, page.get_text(" ", strip=True)[:500]
    data: dict[str, Any] = {}
    for tag in form.select("input[name], textarea[name], select[name]"):
        kind = tag.get("type", "")
        if kind == "file" or (kind in ("radio", "checkbox") and not tag.has_attr("checked")):
            continue
        if tag.name == "select":
            chosen = tag.select_one("option[selected]")
            data[tag["name"]] = chosen["value"] if chosen else ""
        elif tag.name == "textarea":
            data[tag["name"]] = tag.text.removeprefix("\n")
        else:
            data[tag["name"]] = tag.get("value", "on" if kind in ("radio", "checkbox") else "")
    return data


class Walk:
    """A visitor at the form. ``page`` is what they see; ``wait`` lets the time pass that filling in takes."""

    def __init__(self, client: Client, url: str, **answers: str) -> None:
        self.client, self.url, self.answers = client, url, answers
        self.response: Any = client.get(url)
        assert self.response.status_code == 200
        self.page = soup(self.response)

    def press(self, go: str = "next", **answers: Any) -> Any:
        data = {**fields(self.page), **answers, "go": go}
        self.response = self.client.post(self.url, data, REMOTE_ADDR=SOMEBODY)
        if self.response.status_code == 200:
            self.page = soup(self.response)
        return self.response

    def to_the_last_step(self) -> "Walk":
        for step in STEPS:
            self.press(**{**step, **{name: value for name, value in self.answers.items() if name in step}})
            assert not self.errors, self.errors
        return self

    def send(self, **answers: Any) -> Any:
        """Later than a robot would. Answers with the redirection to the contributor's own page, or the form again."""
        with time_machine.travel(timezone.now() + timedelta(minutes=5), tick=False):
            return self.press("send", **{**AGREED, **answers})

    @property
    def errors(self) -> str:
        found = self.page.select_one(".error-summary")
        return found.get_text(" ", strip=True) if found else ""


def shared(client: Client, url: str, last: dict[str, Any] | None = None, **answers: str) -> str:
    """Send a whole account: the address of the contributor's own page."""
    response = Walk(client, url, **answers).to_the_last_step().send(**(last or {}))
    assert response.status_code == 303, soup(response).get_text(" ", strip=True)[:800]
    return response["Location"].partition("&")[0]


def staff(role: str) -> Client:
    person = user(role)
    person.groups.add(ensure_roles()[role])
    if role == "moderator":
        rights = Permission.objects.filter(content_type__app_label="casestudies", codename__in=READING)
        person.user_permissions.add(*rights)
    client = Client()
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    return client


def judge(moderator: Client, action: str, comment: str = "") -> None:
    """Approve, or ask for changes, in Wagtail's own workflow, a while after it was sent."""
    page = Contribution.objects.get().page
    state = page.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
    with time_machine.travel(timezone.now() + timedelta(minutes=10), tick=False):
        assert moderator.post(url, {"comment": comment}).status_code in (200, 302)


def amended(client: Client, own: str, **answers: Any) -> Any:
    """Walk through the form again by the contributor's link."""
    walk = Walk(client, f"{own}&do=amend")
    for step in STEPS:
        walk.press(**{name: value for name, value in answers.items() if name in step})
        assert not walk.errors, walk.errors
    return walk.send(**{name: value for name, value in answers.items() if not any(name in step for step in STEPS)})
