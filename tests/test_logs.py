"""One JSON line a request, which never says what somebody searched for, wrote or is called."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from pythonjsonlogger.json import JsonFormatter

from hub.home import audiences
from tests.factories.hub import Hub
from tests.factories.people import PASSWORD, admin

pytestmark = pytest.mark.django_db

SECRET = "zqsecret"
Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def lines() -> Iterator[Lines]:
    """What the hub's own handler writes, line by line, as the operator's machine reads it."""
    [handler] = [each for each in logging.getLogger().handlers if isinstance(each.formatter, JsonFormatter)]
    written = io.StringIO()
    before = handler.setStream(written)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    handler.setStream(before)


@pytest.fixture
def visitor() -> Client:
    return Client(
        raise_request_exception=False, headers={"user-agent": SECRET, "referer": f"https://{SECRET}.example/"}
    )


def test_a_request_is_one_line(hub: Hub, visitor: Client, lines: Lines) -> None:
    response = visitor.get(f"/fr/?q={SECRET}")
    [line] = lines()
    assert {name: line[name] for name in ("message", "method", "path", "status", "levelname")} == {
        "message": "request",
        "method": "GET",
        "path": "/fr/",
        "status": 200,
        "levelname": "INFO",
    }
    assert line["request_id"] == response["X-Request-ID"]
    assert SECRET not in json.dumps(line)


def test_probes_and_static_files_are_not_logged(hub: Hub, visitor: Client, lines: Lines) -> None:
    visitor.get("/-/live")
    visitor.get("/static/hub/hub.css")
    assert lines() == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [("0123456789abcdef", True), ("a b", False), ("x\r\nSet-Cookie: a=b", False), ("é" * 20, False), ("a" * 65, False)],
)
def test_the_proxy_s_identifier_is_kept_when_it_is_one(
    hub: Hub, visitor: Client, lines: Lines, given: str, kept: bool
) -> None:
    response = visitor.get("/fr/", headers={"x-request-id": given})
    assert (response["X-Request-ID"] == given) is kept
    assert len(response["X-Request-ID"]) >= 8
    assert lines()[0]["request_id"] == response["X-Request-ID"]


def _fails(*_args: Any, **_kwargs: Any) -> None:
    raise RuntimeError("broken")


def test_a_failure_is_logged_with_its_cause_and_without_the_query(
    hub: Hub, visitor: Client, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audiences, "labels", _fails)
    assert visitor.get(f"/fr/publics/x/?q={SECRET}").status_code == 500
    written = lines()
    assert any("RuntimeError: broken" in line.get("exc_info", "") for line in written)
    assert all(SECRET not in json.dumps(line) for line in written), written


@pytest.mark.parametrize(
    "path", ["/fr/rien/", "/fr/publics/rien/", "/media/images/rien.png", "/media/images/../../x", "/api/v2/pages/0/"]
)
def test_what_is_not_found_is_logged_without_the_query(hub: Hub, visitor: Client, lines: Lines, path: str) -> None:
    assert visitor.get(f"{path}?q={SECRET}", follow=False).status_code >= 300
    written = lines()
    assert written
    assert all(SECRET not in json.dumps(line) for line in written), written


def test_a_forged_host_is_logged_without_the_query(hub: Hub, visitor: Client, lines: Lines, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["localhost"]
    assert visitor.get(f"/fr/?q={SECRET}", headers={"host": "evil.example"}).status_code == 400
    written = lines()
    assert written
    assert all(SECRET not in json.dumps(line) for line in written), written


def test_a_refused_form_is_logged_without_what_it_held(hub: Hub, lines: Lines) -> None:
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    assert strict.post(f"/compte/connexion/?next={SECRET}", {"login": SECRET, "password": SECRET}).status_code == 403
    written = lines()
    assert written
    assert all(SECRET not in json.dumps(line) for line in written), written


def test_signing_in_is_logged_without_name_or_password(hub: Hub, visitor: Client, lines: Lines) -> None:
    admin(SECRET)
    for password in ("faux", PASSWORD):
        visitor.post("/compte/connexion/", {"login": SECRET, "password": password})
    written = lines()
    assert len(written) >= 2
    assert all(SECRET not in json.dumps(line) and PASSWORD not in json.dumps(line) for line in written), written
