"""Signing in: one door, a second factor that no other door goes around, a lock, and no way to make an account."""

import time
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client

from tests.factories.hub import Hub
from tests.factories.people import PASSWORD, admin, code, second_factor, user

pytestmark = pytest.mark.django_db

LOGIN = "/compte/connexion/"
# Wagtail's own login views take a password alone, whatever second factor the account has.
OTHER_DOORS = ["/admin/login/", "/_util/login/", "/fr/_util/login/", "/en/_util/login/"]


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def try_to_enter(client: Client, door: str, name: str = "admin", password: str = PASSWORD, **extra: Any) -> Any:
    """The names that allauth's form and Django's give to their first field, both at once."""
    data = {"login": name, "username": name, "password": password}
    return client.post(door, data, **extra)


@pytest.fixture
def person(hub: Hub) -> Any:
    return admin()


# --- One door ---


def test_the_right_password_opens_the_one_door(person: Any, client: Client) -> None:
    response = try_to_enter(client, LOGIN)
    assert response.status_code == 302
    assert signed_in(client)
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("name", ["admin", "admin@example.org"])
def test_by_name_or_by_address(person: Any, client: Client, name: str) -> None:
    try_to_enter(client, LOGIN, name)
    assert signed_in(client)


@pytest.mark.parametrize("door", OTHER_DOORS)
def test_the_right_password_opens_no_other_door(person: Any, client: Client, door: str) -> None:
    response = try_to_enter(client, door)
    assert not signed_in(client)
    assert response.status_code in (302, 403, 404, 405)
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize("door", OTHER_DOORS)
def test_the_other_doors_lead_to_the_one(person: Any, client: Client, door: str) -> None:
    response = client.get(door, {"next": "/admin/pages/"}, follow=True)
    assert response.status_code == 200
    assert response.request["PATH_INFO"] == LOGIN
    html = BeautifulSoup(response.content, "html.parser")
    assert html.find("input", attrs={"name": "next"})["value"] == "/admin/pages/"


@pytest.mark.parametrize("path", ["/admin/", "/admin/pages/", "/admin/reports/site-history/"])
def test_the_admin_asks_to_sign_in_at_the_one_door(hub: Hub, client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 302
    assert response["Location"].partition("?")[0] == LOGIN


def test_a_restricted_page_asks_to_sign_in_at_the_one_door(hub: Hub, client: Client) -> None:
    page = hub.plain(title="Entre nous", slug="entre-nous")
    page.view_restrictions.create(restriction_type="login")
    response = client.get(page.get_url(), follow=True)
    assert response.request["PATH_INFO"] == LOGIN


@pytest.mark.parametrize(
    "path",
    [
        "/admin/password_reset/",
        "/admin/password_reset/done/",
        "/admin/password_reset/confirm/MQ/abc-def/",
        "/admin/password_reset/complete/",
    ],
)
def test_password_resets_of_wagtail_are_shadowed(person: Any, client: Client, path: str) -> None:
    for response in (client.get(path), client.post(path, {"email": person.email})):
        assert response.status_code == 302
        assert response["Location"] == "/compte/mot-de-passe/oublie/"
    assert mail.outbox == []


def test_a_forgotten_password_tells_nobody_who_has_an_account(person: Any, client: Client) -> None:
    answers = [
        client.post("/compte/mot-de-passe/oublie/", {"email": address}, follow=True)
        for address in (person.email, "personne@example.org")
    ]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].request["PATH_INFO"] == answers[1].request["PATH_INFO"]
    assert [message.to for message in mail.outbox if PASSWORD in message.body] == []


def test_signing_out_takes_a_post(person: Any, client: Client) -> None:
    client.force_login(person)
    client.get("/admin/logout/")
    assert signed_in(client)
    client.post("/admin/logout/")
    assert not signed_in(client)


# --- No new accounts ---


def test_nobody_can_sign_up(hub: Hub, client: Client) -> None:
    data = {"username": "intrus", "email": "intrus@example.org", "password1": PASSWORD, "password2": PASSWORD}
    for path in ("/compte/inscription/", "/accounts/signup/", "/fr/compte/inscription/"):
        assert client.post(path, data).status_code in (302, 404)
        assert client.get(path, follow=True).status_code in (200, 404)
    assert not get_user_model().objects.filter(username="intrus").exists()


def test_the_login_page_offers_no_account(hub: Hub, client: Client) -> None:
    html = BeautifulSoup(client.get(LOGIN).content, "html.parser")
    assert [link["href"] for link in html.find_all("a") if "inscription" in link.get("href", "")] == []


def test_an_account_without_a_role_does_not_enter_the_admin(hub: Hub, client: Client) -> None:
    user("passant")
    try_to_enter(client, LOGIN, "passant")
    assert client.get("/admin/").status_code in (302, 403)
    assert client.get("/admin/pages/").status_code in (302, 403)


# --- Second factor ---


@pytest.mark.parametrize("door", [LOGIN, *OTHER_DOORS])
def test_the_password_alone_is_not_enough(person: Any, client: Client, door: str) -> None:
    second_factor(person)
    try_to_enter(client, door)
    assert not signed_in(client)
    assert client.get("/admin/").status_code == 302


def test_password_and_code_together_are(person: Any, client: Client) -> None:
    secret = second_factor(person)
    with time_machine.travel(time.time(), tick=False):
        response = try_to_enter(client, LOGIN)
        assert response["Location"].startswith("/compte/double-facteur/")
        client.post(response["Location"], {"code": code(secret, time.time())})
        assert signed_in(client)
        assert client.get("/admin/").status_code == 200


def test_a_wrong_code_is_refused_and_a_code_serves_once(person: Any, client: Client) -> None:
    secret = second_factor(person)
    with time_machine.travel(time.time(), tick=False):
        right = code(secret, time.time())
        wrong = f"{(int(right) + 1) % 1_000_000:06}"
        step = try_to_enter(client, LOGIN)["Location"]
        client.post(step, {"code": wrong})
        assert not signed_in(client)
        client.post(step, {"code": right})
        assert signed_in(client)
        other = Client()
        other.post(try_to_enter(other, LOGIN)["Location"], {"code": right})
        assert not signed_in(other)


def test_codes_cannot_be_tried_without_end(person: Any, client: Client) -> None:
    secret = second_factor(person)
    with time_machine.travel(time.time(), tick=False):
        right = code(secret, time.time())
        step = try_to_enter(client, LOGIN)["Location"]
        for number in range(12):
            client.post(step, {"code": f"{(int(right) + 1 + number) % 1_000_000:06}"})
        client.post(step, {"code": right})
        assert not signed_in(client)


# --- The lock ---


def fail(client: Client, times: int, name: str = "admin", **extra: Any) -> None:
    for number in range(times):
        try_to_enter(client, LOGIN, name, f"faux-{number}", **extra)


def test_after_repeated_failures_even_the_right_password_is_refused(person: Any, client: Client) -> None:
    fail(client, 5)
    response = try_to_enter(client, LOGIN)
    assert not signed_in(client)
    assert response.status_code in (200, 429)


def test_a_few_failures_do_not_lock(person: Any, client: Client) -> None:
    fail(client, 4)
    try_to_enter(client, LOGIN)
    assert signed_in(client)


def test_the_lock_follows_the_account_from_address_to_address(person: Any, client: Client) -> None:
    for number in range(5):
        fail(client, 1, REMOTE_ADDR=f"192.0.2.{number}")
    try_to_enter(client, LOGIN, REMOTE_ADDR="192.0.2.99")
    assert not signed_in(client)


def test_the_lock_follows_the_address_from_account_to_account(person: Any, client: Client) -> None:
    for number in range(5):
        fail(client, 1, f"nom{number}", headers={"x-forwarded-for": f"198.51.100.{number}"})
    try_to_enter(client, LOGIN, headers={"x-forwarded-for": "198.51.100.99"})
    assert not signed_in(client)


def test_the_lock_opens_again(person: Any, client: Client) -> None:
    fail(client, 6)
    with time_machine.travel(time.time() + 6 * 60, tick=False):
        try_to_enter(client, LOGIN)
        assert signed_in(client)


def test_a_failure_tells_nobody_who_has_an_account(person: Any, client: Client) -> None:
    known = try_to_enter(client, LOGIN, "admin", "faux").content
    unknown = try_to_enter(client, LOGIN, "personne", "faux").content

    def errors(content: bytes) -> list[str]:
        return [
            each.get_text(strip=True)
            for each in BeautifulSoup(content, "html.parser").select("[role=alert], .errorlist")
        ]

    assert errors(known) == errors(unknown) != []


# --- Where one goes next ---


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "\thttps://evil.example"],
)
def test_nobody_is_sent_away_after_signing_in(person: Any, client: Client, target: str) -> None:
    for door in ("/admin/login/", LOGIN):
        first = client.get(door, {"next": target})
        assert "evil" not in first.get("Location", "")
        response = client.post(LOGIN, {"login": "admin", "password": PASSWORD, "next": target})
        assert response.status_code == 302
        assert response["Location"].startswith("/")
        assert "evil" not in response["Location"]
        client.post("/admin/logout/")


def test_a_local_address_is_kept(person: Any, client: Client) -> None:
    response = client.post(LOGIN, {"login": "admin", "password": PASSWORD, "next": "/admin/pages/"})
    assert response["Location"] == "/admin/pages/"
