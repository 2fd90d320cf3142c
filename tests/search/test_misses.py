"""Queries that found nothing: counted, shown when frequent, forgotten in time; nothing of a visitor is kept."""

import datetime
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
import time_machine
from django.db import DatabaseError
from django.test import override_settings

from hub.search import misses
from hub.search.models import MissedQuery

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)


def ask_in_vain(text: str, times: int = 1, locale: str = "fr", days_ago: int = 0) -> None:
    with time_machine.travel(NOW - datetime.timedelta(days=days_ago), tick=False):
        for _time in range(times):
            misses.record(text, locale)


def frequent(locale: str = "fr") -> list[tuple[str, int]]:
    with time_machine.travel(NOW, tick=False):
        return [(miss.text, miss.count) for miss in misses.frequent(locale)]


def stored_texts() -> set[str]:
    return set(MissedQuery.objects.values_list("text", flat=True))


def test_shown_from_the_third_time_on() -> None:
    ask_in_vain("crèche", 2)
    assert frequent() == []
    assert stored_texts() == {""}
    ask_in_vain("crèche")
    assert frequent() == [("crèche", 3)]


def test_case_accents_and_blanks_count_together() -> None:
    for text in ("Crèche", "creche ", "CRÈCHE"):
        ask_in_vain(text)
    assert [count for _text, count in frequent()] == [3]
    assert MissedQuery.objects.count() == 1


def test_the_days_of_a_month_add_up_and_older_ones_do_not() -> None:
    ask_in_vain("crèche", days_ago=30)
    ask_in_vain("crèche", days_ago=29)
    ask_in_vain("crèche")
    assert frequent() == []
    ask_in_vain("crèche")
    assert frequent() == [("crèche", 3)]


def test_most_frequent_first_in_each_language() -> None:
    ask_in_vain("crèche", 3)
    ask_in_vain("bus", 4)
    ask_in_vain("nursery", 5, locale="en")
    assert frequent() == [("bus", 4), ("crèche", 3)]
    assert frequent("en") == [("nursery", 5)]


@pytest.mark.parametrize(
    "text",
    [
        "marie@example.org",
        "dossier 12345",
        "06 12 34 56 78",
        "un deux trois quatre cinq six sept huit neuf",
        "a" * 81,
        "b" * 9000,
    ],
)
def test_what_looks_personal_is_never_kept(text: str) -> None:
    ask_in_vain(text, 5)
    assert frequent() == []
    assert stored_texts() <= {""}


@pytest.mark.parametrize("text", ["L. 1222-9", "un deux trois quatre cinq six sept huit", "a" * 80, "CO2 en 2027"])
def test_what_does_not_look_personal_is(text: str) -> None:
    ask_in_vain(text, 3)
    assert frequent() == [(text, 3)]


@pytest.mark.parametrize("text", ["", "  ", "!?", "\x00", "\ud83d"])
def test_no_word_is_no_query(text: str) -> None:
    ask_in_vain(text, 3)
    assert not MissedQuery.objects.exists()


def test_the_digest_needs_the_hub_s_secret() -> None:
    ask_in_vain("crèche")
    with override_settings(SECRET_KEY="another-secret"):
        ask_in_vain("crèche")
    first, second = MissedQuery.objects.values_list("digest", flat=True)
    assert first != second
    assert "creche" not in first


def test_a_day_holds_so_many_different_queries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(misses, "MOST_A_DAY", 3)
    for text in ("un", "deux", "trois", "quatre", "cinq"):
        ask_in_vain(text)
    assert MissedQuery.objects.count() == 3
    ask_in_vain("deux", 2)
    assert frequent() == [("deux", 3)]
    ask_in_vain("hier", days_ago=1)
    assert MissedQuery.objects.count() == 4


def test_the_first_miss_of_a_day_forgets_what_is_old() -> None:
    ask_in_vain("ancienne", 4, days_ago=30)
    ask_in_vain("récente", 4, days_ago=29)
    ask_in_vain("neuve")
    assert stored_texts() == {"récente", ""}
    assert MissedQuery.objects.count() == 2


def test_forgetting_takes_the_words_of_what_became_rare() -> None:
    ask_in_vain("crèche", 2, days_ago=30)
    ask_in_vain("crèche", 2, days_ago=20)
    assert stored_texts() == {"", "crèche"}
    with time_machine.travel(NOW, tick=False):
        assert misses.forget_old() == 1
        assert misses.forget_old() == 0
    assert stored_texts() == {""}


def test_a_database_that_fails_is_logged_without_the_query(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def failing(text: str, locale: str) -> None:
        raise DatabaseError(f"could not write {text}")

    monkeypatch.setattr(misses, "_count", failing)
    with caplog.at_level(logging.WARNING):
        misses.record("secret de famille", "fr")
    assert "not counted" in caplog.text
    assert "famille" not in caplog.text


_LOCKED = """
import sqlite3, sys, time
import django
django.setup()
from django.db import connection
from hub.search import misses
from hub.search.models import MissedQuery
with connection.schema_editor() as editor:
    editor.create_model(MissedQuery)
other = sqlite3.connect(sys.argv[1], isolation_level=None)
other.execute("BEGIN IMMEDIATE")
began = time.monotonic()
misses.record("crèche", "fr")
print(round(time.monotonic() - began, 2), MissedQuery.objects.count())
other.execute("ROLLBACK")
misses.record("crèche", "fr")
with connection.cursor() as cursor:
    cursor.execute("PRAGMA busy_timeout")
    print(cursor.fetchone()[0], MissedQuery.objects.count())
"""


def test_nobody_waits_for_a_locked_database(tmp_path: Path) -> None:
    """Another process writes for long: the visitor goes on soon. A file of its own, for locks in memory never wait."""
    database = tmp_path / "hub.sqlite3"
    ran = subprocess.run(
        [sys.executable, "-c", _LOCKED, str(database)],
        env={**os.environ, "DATABASE_URL": f"sqlite:///{database}", "DJANGO_SETTINGS_MODULE": "hub.settings.test"},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    (waited, counted_then), (patience, counted) = (line.split() for line in ran.stdout.splitlines()[-2:])
    assert 0.1 < float(waited) < 2
    assert (counted_then, counted) == ("0", "1")
    assert patience == "20000"  # other writers still wait as the settings say
    assert "not counted" in ran.stderr + ran.stdout
