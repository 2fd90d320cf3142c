"""What editors see of the letters: totals, and nothing that could be changed or traced."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from guides.models import LettersMade
from tests.factories.hub import Hub
from tests.factories.people import admin

pytestmark = pytest.mark.django_db
REPORT = "/admin/reports/papers-written/"


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
