"""The door of a public form, asked as a view asks it."""

from typing import Any

import pytest
import time_machine
from django.http import HttpRequest
from django.test import RequestFactory

from hub.submissions.guard import Guard, client_network

NOON = "2026-11-23T12:00:00Z"
SOMEONE = "198.41.0.4"


def sent(post: dict[str, str], address: str = SOMEONE, **headers: str) -> HttpRequest:
    return RequestFactory().post("/", post, REMOTE_ADDR=address, headers=headers)


def opened(form: str = "contribution") -> str:
    return Guard(form, RequestFactory().get("/")).token


def check(token: str, address: str = SOMEONE, form: str = "contribution", **post: str) -> tuple[str, Guard]:
    guard = Guard(form, sent({"form_token": token, **post}, address))
    return str(guard.check()), guard


@pytest.fixture
def clock() -> Any:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def test_a_form_opened_a_while_ago_passes_and_keeps_its_number(clock: Any) -> None:
    token = opened()
    clock.shift(5)
    problem, guard = check(token)
    assert problem == ""
    assert guard.token == token and guard.serial == token.split(":")[0]


@pytest.mark.parametrize("seconds", [0, 1, 3])
def test_a_form_sent_at_once_is_asked_to_wait_and_keeps_its_number(clock: Any, seconds: int) -> None:
    token = opened()
    clock.shift(seconds)
    problem, guard = check(token)
    assert "secondes" in problem or "seconds" in problem
    assert guard.token == token


@pytest.mark.parametrize("hours", [25, 24 * 4, 24 * 400])
def test_a_form_left_open_for_a_day_gets_a_new_number_that_passes(clock: Any, hours: int) -> None:
    token = opened()
    clock.shift(hours * 3600)
    problem, guard = check(token)
    assert problem and guard.token != token
    clock.shift(5)
    assert check(guard.token)[0] == ""


@pytest.mark.parametrize("token", ["", "x", "a:b:c", "é\x00", ":" * 500, "x" * 100_000])
def test_a_mark_that_is_not_ours_is_replaced(clock: Any, token: str) -> None:
    problem, guard = check(token)
    assert problem and guard.serial
    clock.shift(5)
    assert check(guard.token)[0] == ""


def test_the_mark_of_one_form_does_not_open_another(clock: Any) -> None:
    token = opened("mentoring")
    clock.shift(5)
    assert check(token, form="contribution")[0] != ""
    assert check(token, form="mentoring")[0] == ""


def test_a_filled_hidden_field_is_told_politely_and_not_counted(clock: Any) -> None:
    token = opened()
    clock.shift(5)
    for _ in range(20):
        assert check(token, homepage="https://spam.example")[0] != ""
    assert check(token)[0] == ""


def test_one_address_may_send_a_few_an_hour_and_nobody_else_is_kept_waiting(clock: Any) -> None:
    token = opened()
    clock.shift(5)
    answers = [check(token)[0] for _ in range(7)]
    assert answers[:5] == [""] * 5 and all(answers[5:])
    assert check(token, "198.41.0.5")[0] == ""
    clock.shift(3600)
    assert check(token)[0] == ""


def test_the_ceiling_holds_for_everybody_together(clock: Any) -> None:
    token = opened()
    clock.shift(5)
    answers = [check(token, f"9.9.{number // 4}.{number % 4}")[0] for number in range(104)]
    assert answers[:100] == [""] * 100 and all(answers[100:])


def test_a_network_of_ipv6_counts_as_one(clock: Any) -> None:
    token = opened()
    clock.shift(5)
    answers = [check(token, f"2a01:e0a:1:2::{number:x}")[0] for number in range(6)]
    assert answers[:5] == [""] * 5 and answers[5]


@pytest.mark.parametrize(
    ("address", "forwarded", "found"),
    [
        (SOMEONE, "", SOMEONE),
        (SOMEONE, "9.9.9.9", SOMEONE),  # nobody but our own proxy is believed
        ("10.0.0.2", "9.9.9.9", "9.9.9.9"),
        ("10.0.0.2", "1.1.1.1, 9.9.9.9", "9.9.9.9"),  # what the visitor wrote stands before what the proxy did
        ("127.0.0.1", "9.9.9.9, 10.0.0.3", "9.9.9.9"),
        ("", "9.9.9.9", "9.9.9.9"),
        ("10.0.0.2", "", ""),
        ("10.0.0.2", "unknown", ""),
    ],
)
def test_whose_address_counts_behind_a_proxy(address: str, forwarded: str, found: str) -> None:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    assert client_network(sent({}, address, **headers)) == found


def test_behind_a_proxy_that_says_nothing_nobody_is_locked_out(clock: Any) -> None:
    token = opened()
    clock.shift(5)
    assert [check(token, "10.0.0.2")[0] for _ in range(30)] == [""] * 30


def test_no_address_stands_in_the_cache(clock: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.core.cache import cache

    names: list[str] = []
    add = cache.add
    monkeypatch.setattr(cache, "add", lambda key, *args, **kwargs: (names.append(key), add(key, *args, **kwargs))[1])
    token = opened()
    clock.shift(5)
    check(token)
    clock.shift(3600)
    check(opened())
    assert names and not any(SOMEONE in name for name in names)
