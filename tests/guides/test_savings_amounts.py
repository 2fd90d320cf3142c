"""Yearly amounts: what editors may write, from when it counts, and the allowances read from them."""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from wagtail.models import Locale, Page

from guides.models import YearlyAmount
from guides.savings import constants
from guides.savings.allowances import allowances
from guides.savings.names import name_with_unit
from hub.demo import entries
from tests.demo.conftest import FILES
from tests.factories.hub import Hub
from tests.factories.pages import SavingsPageFactory
from tests.factories.people import admin
from tests.factories.vocabulary import SourceFactory
from tests.guides.calculator import ANSWERS

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 23)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(datetime.datetime(2026, 11, 23, 10, tzinfo=datetime.timezone.utc), tick=False):  # noqa: UP017
        yield


def row(key: str, value: str, starts_on: str, **values: Any) -> YearlyAmount:
    return YearlyAmount.objects.create(
        key=key,
        value=value,
        starts_on=datetime.date.fromisoformat(starts_on),
        source=SourceFactory(key="BAREME-27", publisher="Impots.gouv.fr"),
        **values,
    )


@pytest.fixture
def url(hub: Hub) -> str:
    return SavingsPageFactory(parent=hub.guide("en")).url


def constants_shown(client: Client, url: str) -> list[str]:
    soup = BeautifulSoup(client.post(url, ANSWERS).content, "html.parser")
    return [" ".join(line.get_text(" ").split()) for line in soup.select(".savings-method tbody tr")]


def low_rate(client: Client, url: str) -> str:
    return constants_shown(client, url)[3]


# --- From when a row counts ---


def test_a_row_counts_at_once_with_its_year_and_source(client: Client, url: str) -> None:
    assert "0.357" in low_rate(client, url)
    row("scale.low.5", "0.4", "2026-11-23", verified=True)
    assert "0.4 " in low_rate(client, url) and "2026 Impots.gouv.fr" in low_rate(client, url)
    soup = BeautifulSoup(client.post(url, ANSWERS).content, "html.parser")
    assert "€1,840.00" in soup.get_text() or "€1,840" in soup.get_text(), "4,600 × 0.4"
    YearlyAmount.objects.all().delete()
    assert "0.357" in low_rate(client, url)


def test_a_row_of_tomorrow_waits_for_its_day(client: Client, url: str) -> None:
    row("scale.low.5", "0.4", "2026-11-24")
    assert "0.357" in low_rate(client, url)
    with time_machine.travel(datetime.datetime(2026, 11, 24, 10), tick=False):
        assert "0.4 " in low_rate(client, url)


def test_the_newest_row_that_has_begun_wins_even_over_what_ships(client: Client, url: str) -> None:
    row("scale.low.5", "0.30", "2020-01-01")
    row("scale.low.5", "0.31", "2021-01-01")
    row("scale.low.5", "0.32", "2030-01-01")
    assert "0.31 " in low_rate(client, url) and " 2021 " in low_rate(client, url)


def test_the_default_number_of_weeks_is_an_amount_like_any_other(client: Client, url: str) -> None:
    row("weeks_per_year", "44", "2026-01-01")
    soup = BeautifulSoup(client.get(url).content, "html.parser")
    assert soup.select_one("[name=weeks]")["value"] == "44"


def test_a_row_of_a_forgotten_constant_is_passed_over(client: Client, url: str) -> None:
    row("scale.low.99", "1", "2026-01-01")
    assert "0.357" in low_rate(client, url)


def test_the_amounts_cost_one_query() -> None:
    row("scale.low.5", "0.4", "2026-01-01")
    with CaptureQueriesContext(connection) as captured:
        allowances()
    assert len(captured) == 1


# --- Allowances ---


def test_the_allowances_of_today() -> None:
    found = allowances()
    assert (found.private.day.value, found.private.month_per_weekly_day.value) == (Decimal("2.70"), Decimal("11.00"))
    assert found.private.month_cap.value == Decimal("59.40")
    assert (found.agreement.day.value, found.agreement.month_cap.value) == (Decimal("3.30"), Decimal("72.60"))
    assert (found.public.day.value, found.public.year_cap.value) == (Decimal("2.88"), Decimal("253.44"))
    assert found.public.month_cap is None and found.private.year_cap is None
    assert found.public.verified and not found.private.verified
    assert found.agreement.month_per_weekly_day.note == "proportion"
    assert found.sources == ["URSSAF-2026", "SP-PUB"]


def test_the_allowances_of_another_day() -> None:
    assert allowances(datetime.date(2023, 6, 1)).private.day.value == Decimal("2.60")
    assert allowances(datetime.date(2022, 6, 1)).public.day.value == Decimal("2.50")


def test_next_year_s_allowance_is_announced_ahead() -> None:
    row("allowance.private.day", "2.80", "2027-01-01", verified=True)
    assert allowances().private.day.value == Decimal("2.70")
    coming = allowances(datetime.date(2027, 1, 1)).private.day
    assert (coming.value, coming.year, coming.source, coming.verified) == (
        Decimal("2.80"),
        "2027",
        "BAREME-27",
        True,
    )


# --- The admin ---


@pytest.fixture
def editor(hub: Hub, client: Client) -> Client:
    client.force_login(admin(), "django.contrib.auth.backends.ModelBackend")
    return client


ADD, LIST = "/admin/snippets/guides/yearlyamount/add/", "/admin/snippets/guides/yearlyamount/"


def posted(**values: str) -> dict[str, str]:
    source = SourceFactory(key="URSSAF-2027")
    return {
        "key": "allowance.private.day",
        "value": "2.80",
        "starts_on": "2027-01-01",
        "source": str(source.pk),
        **values,
    }


def test_the_key_is_chosen_by_its_name_and_unit(editor: Client) -> None:
    soup = BeautifulSoup(editor.get(ADD).content, "html.parser")
    options = {option["value"]: option.get_text() for option in soup.select("select[name=key] option")}
    assert options.keys() == {"", *constants.shipped()}
    with override("en"):
        assert name_with_unit("allowance.private.day") == "Private sector, employer’s decision: per day (€ per day)"
        names = [name_with_unit(key) for key in constants.shipped()]
    assert len(set(names)) == len(names)


def test_an_editor_adds_next_year_s_amount(editor: Client) -> None:
    response = editor.post(ADD, posted())
    assert response.status_code == 302
    saved = YearlyAmount.objects.get()
    assert (saved.key, saved.value, saved.starts_on.year) == ("allowance.private.day", Decimal("2.80"), 2027)
    listed = BeautifulSoup(editor.get(LIST).content, "html.parser").select_one("table.listing").get_text()
    assert "2,8" in listed or "2.8" in listed
    kept = editor.get(LIST, {"key": "allowance.private.day"}).content.decode()
    other = editor.get(LIST, {"key": "ef.ter"}).content.decode()
    assert "URSSAF-2027" in kept and "URSSAF-2027" not in other


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"key": "allowance.unknown"}, "key"),
        ({"key": ""}, "key"),
        ({"value": "-1"}, "value"),
        ({"value": "270"}, "value"),
        ({"value": "2,80 €"}, "value"),
        ({"key": "net_factor_co2", "value": "1.5"}, "value"),
        ({"key": "weeks_per_year", "value": "0"}, "value"),
        ({"key": "weeks_per_year", "value": "46.5"}, "value"),
        ({"starts_on": "bientôt"}, "starts_on"),
        ({"source": ""}, "source"),
    ],
)
def test_an_impossible_row_is_refused_at_its_field(editor: Client, values: dict[str, str], field: str) -> None:
    response = editor.post(ADD, posted(**values))
    assert response.status_code == 200
    assert set(response.context["form"].errors) == {field}
    assert not YearlyAmount.objects.exists()


def test_one_row_a_day_and_amount(editor: Client) -> None:
    editor.post(ADD, posted())
    assert editor.post(ADD, posted(value="2.90")).status_code == 200
    assert YearlyAmount.objects.count() == 1


# --- The starting content ---


def test_load_demo_gives_editors_every_constant_whose_source_it_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entries, "shipped", dict)  # no clauses of the letters
    Locale.objects.get_or_create(language_code="fr")
    if not Page.objects.filter(depth=1).exists():
        Page.add_root(instance=Page(title="Root", slug="root", locale=Locale.objects.get(language_code="fr")))
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
    keys = sorted({amount.source for row in constants.shipped().values() for amount in row.values} - {"NBER"})
    with (tmp_path / "vocabulary/sources.yaml").open("a", encoding="utf-8") as file:
        file.writelines(f"- {{key: {key}, title: T, publisher: P, kind: primary}}\n" for key in keys)
    call_command("load_demo", content=tmp_path, verbosity=0)
    expected = {
        (amount.key, amount.starts_on, amount.value, amount.source, amount.verified)
        for constant in constants.shipped().values()
        for amount in constant.values
        if amount.source != "NBER"
    }
    rows = YearlyAmount.objects.values_list("key", "starts_on", "value", "source__key", "verified")
    assert set(rows) == expected
    assert allowances().private.day.year == "2026"
