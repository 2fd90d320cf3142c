"""How papers are counted, and what editors see of it: totals, and nothing that could be traced."""

import datetime
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from guides.models import LettersMade
from tests.environment import environment
from tests.factories.hub import Hub
from tests.factories.letters import (
    ENOUGH,
    letter_pages,
)
from tests.factories.people import admin

pytestmark = pytest.mark.django_db
REPORT = "/admin/reports/papers-written/"


@pytest.fixture
def pages(hub: Hub) -> dict[str, str]:
    return letter_pages(hub)


def read(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def test_totals_stand_under_reports(hub: Hub, client: Client) -> None:
    LettersMade.objects.create(month=datetime.date(2026, 10, 1), language="fr", kind="letter", total=12)
    LettersMade.objects.create(month=datetime.date(2026, 11, 1), language="en", kind="after_refusal", total=3)
    client.force_login(admin("editor"))
    page = BeautifulSoup(client.get(REPORT).content, "html.parser")
    rows = [[cell.get_text(strip=True) for cell in row.find_all("td")] for row in page.select("table.listing tbody tr")]
    assert [row[2:] for row in rows] == [["en", "3"], ["fr", "12"]]
    assert "2026" in rows[0][0] and rows[0][1]
    assert client.get(f"{REPORT}results/").status_code == 200
    exported = client.get(f"{REPORT}?export=csv")
    assert b"2026-10-01,letter,fr,12" in b"".join(exported.streaming_content)


def test_nobody_else_sees_them(hub: Hub, client: Client) -> None:
    assert client.get(REPORT).status_code == 302


# --- Counting ---


def test_counts_by_month_language_and_kind(client: Client, pages: dict[str, str], time_machine: Any) -> None:
    for day, more in (("2026-11-30", {}), ("2026-12-01", {}), ("2026-12-31", {"language": "en"}), ("2026-12-31", {})):
        time_machine.move_to(datetime.datetime.fromisoformat(f"{day}T10:00:00+00:00"))
        client.post(pages["fr"], {**ENOUGH, "date": "2026-11-23", **more, "format": "txt"})
    rows = LettersMade.objects.values_list("month", "language", "kind", "total")
    assert set(rows) == {
        (datetime.date(2026, 11, 1), "fr", "letter", 1),
        (datetime.date(2026, 12, 1), "fr", "letter", 2),
        (datetime.date(2026, 12, 1), "en", "letter", 1),
    }


def test_forged_marks_are_not_given_back(client: Client, pages: dict[str, str]) -> None:
    page = read(client.post(pages["fr"], {**ENOUGH, "step": "paper", "made": ["x" * 99, "letter.en"]}))
    made = [field["value"] for field in page.find_all("input", attrs={"name": "made"})]
    assert made == ["letter.en", "letter.fr"]


_COUNTING = """
import django
django.setup()
from threading import Thread
from django.db import connection
from guides.letters import counter
from guides.letters.papers import PaperKind
from guides.models import LettersMade

with connection.schema_editor() as editor:
    editor.create_model(LettersMade)

def count():
    for _ in range(10):
        counter.count_once(PaperKind.LETTER, "fr", ())
    connection.close()

threads = [Thread(target=count) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(list(LettersMade.objects.values_list("total", flat=True)))
"""


def test_no_count_is_lost_between_threads(tmp_path: Path) -> None:
    """On a database in a file: the suite's own, in memory, cannot be written by two threads."""
    done = subprocess.run(
        [sys.executable, "-c", _COUNTING],
        env=environment(tmp_path),
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[80]", done.stderr
