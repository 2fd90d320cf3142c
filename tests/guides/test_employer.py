"""The employer's page: what it costs, and a charter that opens in an office and says what it must."""

import io
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from guides.employer import parts
from guides.letters.papers import Heading, Paragraph
from guides.models import EmployerPage, YearlyAmount
from tests.conftest import Fetch
from tests.factories.blocks import block
from tests.factories.hub import Hub
from tests.factories.pages import EmployerPageFactory
from tests.factories.vocabulary import SourceFactory

pytestmark = pytest.mark.django_db

DOTS = "…………"
ITEMS = [
    (
        "Commencer et revenir",
        f"<p>Réponse sous {DOTS} jours.</p><p>Au choix\u00a0:</p><ul><li>un</li><li>deux</li></ul>",
        True,
    ),
    ("Les frais", "<p>Sur <b>justificatifs</b> &amp; au forfait.</p>", False),
]


def charter(items: Any = ITEMS) -> list[dict[str, Any]]:
    return [
        block("item", {"title": title, "text": text, "compulsory": compulsory}) for title, text, compulsory in items
    ]


def employer_page(hub: Hub, language: str = "fr", **values: Any) -> EmployerPage:
    page = EmployerPageFactory(**{"parent": hub.guide(language), "charter": charter(), **values})
    return EmployerPage.objects.get(pk=page.pk)


def sums(soup: BeautifulSoup) -> list[list[str]]:
    return [
        [cell.get_text().replace("\u00a0", " ").replace("\u202f", " ") for cell in row.select("td.sum")]
        for row in soup.select(".employer-costs tbody tr")
    ]


# --- What it costs --------------------------------------------------------------


@time_machine.travel("2026-11-23")
def test_costs_are_worked_out_for_a_year(hub: Hub, fetch: Fetch) -> None:
    soup = fetch(employer_page(hub, "en", title="Employers").url)
    assert sums(soup) == [
        ["€121", "€242", "€363"],  # 11 € × 11 months
        ["€124.20", "€248.40", "€372.60"],  # 2.70 € × 46 days
        ["€145.20", "€290.40", "€435.60"],  # 13.20 € × 11 months
        ["€151.80", "€303.60", "€455.40"],  # 3.30 € × 46 days
        ["€132.48", "€253.44", "€253.44"],  # 2.88 € × 46 days, capped
    ]
    assumptions = soup.select_one(".employer-costs .figure-note").get_text(" ", strip=True)
    assert "46 weeks worked a year" in assumptions and "11 times" in assumptions


@time_machine.travel("2026-11-23")
def test_costs_say_what_nobody_verified(hub: Hub, fetch: Fetch) -> None:
    rows = fetch(employer_page(hub, "en", title="Employers").url).select(".employer-costs tbody tr")
    assert [bool(row.select(".tag-unverified")) for row in rows] == [True, True, True, True, False]


@time_machine.travel("2027-02-01")
def test_editors_change_an_amount_without_a_release(hub: Hub, fetch: Fetch) -> None:
    source = SourceFactory(key="URSSAF-2027", publisher="Urssaf")
    YearlyAmount.objects.create(
        key="allowance.private.day", starts_on="2027-01-01", value=Decimal("2.80"), source=source, verified=True
    )
    soup = fetch(employer_page(hub, "en", title="Employers").url)
    row = soup.select(".employer-costs tbody tr")[1]
    assert sums(soup)[1] == ["€128.80", "€257.60", "€386.40"]
    assert not row.select(".tag-unverified")
    anchor = row.select_one("a.source-ref")["href"].removeprefix("#")
    assert "Urssaf" in soup.find(id=anchor).get_text()


def test_french_sums_are_written_in_french(hub: Hub, fetch: Fetch) -> None:
    with time_machine.travel("2026-11-23"):
        assert "124,20" in sums(fetch(employer_page(hub).url))[1][0]


# --- The page ---------------------------------------------------------------------


@pytest.mark.parametrize("language", ["fr", "en"])
def test_page_shows_the_charter_and_offers_both_documents(hub: Hub, fetch: Fetch, language: str) -> None:
    soup = fetch(employer_page(hub, language).url)
    items = soup.select(".charter-items > li")
    assert [item.select_one("h3").contents[0].strip() for item in items] == [title for title, *_rest in ITEMS]
    assert [bool(item.select(".tag")) for item in items] == [True, False]
    assert [link["href"] for link in soup.select("a[download]")] == ["?format=docx", "?format=odt"]
    assert soup.html["lang"] == language


@pytest.mark.parametrize("asked", ["pdf", "exe", "<script>", "docx\0", "é" * 500, "docx;odt"])
def test_unknown_format_is_answered_with_the_page_and_a_message(hub: Hub, client: Client, asked: str) -> None:
    response = client.get(employer_page(hub, "en").url, {"format": asked})
    assert response.status_code == 200 and response["Content-Type"].startswith("text/html")
    message = BeautifulSoup(response.content, "html.parser").select_one("[role=alert]")
    assert "does not exist in that format" in message.get_text()
    assert asked not in message.get_text()


def test_plain_page_has_no_message(hub: Hub, fetch: Fetch) -> None:
    assert not fetch(employer_page(hub).url).select("[role=alert]")


def test_page_without_a_charter_offers_none(hub: Hub, fetch: Fetch) -> None:
    page = employer_page(hub, charter=[])
    assert not fetch(page.url).select("a[download], #charter, a[href='#charter']")
    assert fetch(page.url + "?format=docx").select("[role=alert]")


def test_queries_do_not_grow_with_the_charter(hub: Hub, client: Client) -> None:
    def counted(url: str) -> int:
        cache.clear()
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    few = employer_page(hub, title="Court")
    many = employer_page(hub, title="Long", charter=charter(ITEMS * 15))
    assert counted(many.url) == counted(few.url) <= 25


# --- The documents ------------------------------------------------------------------


@pytest.mark.parametrize(("language", "name"), [("fr", "fr-FR"), ("en", "en-GB")])
def test_word_charter_is_whole_and_in_its_language(hub: Hub, client: Client, language: str, name: str) -> None:
    response = client.get(employer_page(hub, language).url, {"format": "docx"})
    assert response.status_code == 200
    assert response["Content-Type"] == "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    assert response["Content-Disposition"].startswith("attachment;") and ".docx" in response["Content-Disposition"]
    document = docx.Document(io.BytesIO(response.content))
    assert document.core_properties.language == name
    shown = [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs]
    assert [style for style, _text in shown[:3]] == ["Letter notice", "Title", "Heading 1"]
    first = next(text for style, text in shown if style == "Heading 1")
    assert first.startswith("1. Commencer et revenir (") and first != "1. Commencer et revenir"
    assert ("Heading 1", "2. Les frais") in shown
    assert ("Normal", f"Réponse sous {DOTS} jours.") in shown
    assert [text for style, text in shown if style == "List Bullet"] == ["un", "deux"]
    assert ("Normal", "Sur justificatifs & au forfait.") in shown


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here (libreoffice-writer-nogui)")
@pytest.mark.xdist_group("office")
def test_charters_open_in_an_office(hub: Hub, client: Client, tmp_path: Path) -> None:
    files = []
    for language in ("fr", "en"):
        page = employer_page(hub, language)
        for form in ("docx", "odt"):
            file = tmp_path / f"{language}-{form}.{form}"
            file.write_bytes(client.get(page.url, {"format": form.upper()}).content)
            files.append(file)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
        + ["--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path), *map(str, files)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    for file in files:
        text = file.with_suffix(".txt").read_text(encoding="utf-8-sig")
        places = [text.index(each) for each in ("1. Commencer et revenir", DOTS, "un", "deux", "2. Les frais", "&")]
        assert text.count(DOTS) == 1 and places[0] < places[1] < places[4] < places[5]


def test_what_editors_paste_never_breaks_a_document(hub: Hub, client: Client) -> None:
    html = "<p>Un\x0c texte\ufffe</p><p></p><ul><li></li></ul><ol><li>a<ul><li>b</li></ul></li></ol>"
    url = employer_page(hub, charter=charter([("Titre \x0b <i> & 🙂", html, True)])).url
    assert client.get(url, {"format": "odt"}).status_code == 200
    document = docx.Document(io.BytesIO(client.get(url, {"format": "docx"}).content))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert any("Titre <i> & 🙂" in text for text in texts)
    assert "Un texte" in texts and texts[-2:] == ["a", "b"]


def test_a_list_belongs_to_the_paragraph_above_it() -> None:
    html = "<p>Avant</p><h3>Titre</h3><p>Au choix</p><ul><li>un</li></ul><ol><li>seul</li></ol><p>Fin</p>"
    assert list(parts(html, "x")) == [
        Paragraph("x-0", "Avant"),
        Heading("x-1", "Titre"),
        Paragraph("x-2", "Au choix", ("un",)),
        Paragraph("x-4", "", ("seul",)),
        Paragraph("x-5", "Fin"),
    ]


@given(st.text(max_size=200))
def test_any_markup_gives_parts_that_can_be_written(html: str) -> None:
    for part in parts(html, "x"):
        text = part.text + "".join(getattr(part, "items", ()))
        assert "\0" not in text and text == " ".join(text.split(" "))
