"""A mayor prepares a council meeting: from the home page to the papers in hand."""

import io
import zipfile
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.browser.addresses import LANGUAGES, address, content
from tests.browser.walking import Hand, Keys, Mouse, Watch, fits, taken

FIRST, SECOND = "cas-orne", "cas-finistere"


def _slug(key: str, language: str) -> str:
    slug: str = content()[key]["slug"][language]
    return slug


def _arrives(page: Page, hand: Hand, control: object, key: str, language: str) -> None:
    with page.expect_navigation():
        hand.press(control)  # type: ignore[arg-type]
    assert urlsplit(page.url).path == address(key, language)
    fits(page)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("kind", "width", "scripts"), [(Mouse, 320, False), (Mouse, 320, True), (Keys, 1280, True), (Keys, 320, False)]
)
def test_from_the_home_page_to_the_dossier_in_hand(
    browser: Browser, hub: str, language: str, kind: type[Mouse] | type[Keys], width: int, scripts: bool
) -> None:
    context = browser.new_context(
        base_url=hub,
        locale={"fr": "fr-FR", "en": "en-GB"}[language],
        viewport={"width": width, "height": 800},
        java_script_enabled=scripts,
    )
    context.set_default_timeout(10_000)
    watch, page = Watch(context), context.new_page()
    hand = kind(page)
    page.goto(f"/{language}/")
    _arrives(page, hand, page.locator(".door a").nth(1), "case-studies", language)

    # The list: two cases of councils are ticked, and compared.
    chosen = [_slug(key, language) for key in (FIRST, SECOND)]
    for slug in chosen:
        hand.tick(page.locator(f'.card-choice input[value="{slug}"]'))
    _arrives(page, hand, page.locator(".choosing-foot button").first, "comparison", language)
    assert sorted(parse_qs(urlsplit(page.url).query)["case"]) == sorted(chosen)
    expect(page.locator(".compare thead th")).to_have_count(2)
    assert page.locator(".compare .differs").count() > 0

    # The comparison goes on to the dossier with the same two.
    _arrives(page, hand, page.locator(".compare-onward .button"), "dossier", language)
    expect(page.locator(".dossier-cases li")).to_have_count(2)
    titles = [content()[key]["title"][language].split(":")[0].strip() for key in (FIRST, SECOND)]
    shown = page.locator(".dossier-cases").inner_text()
    assert all(title in shown for title in titles)

    name, pdf = taken(hand, page.locator(".dossier-made a[download]").first)
    assert name.endswith(".pdf")
    reader = PdfReader(io.BytesIO(pdf))
    assert reader.trailer["/Root"]["/Lang"].startswith(language)
    assert len(reader.pages) >= 4
    printed = " ".join(" ".join(sheet.extract_text().split()) for sheet in reader.pages)
    assert all(title in printed for title in titles)
    name, word = taken(hand, page.locator(".dossier-made a[download]").nth(1))
    assert name.endswith(".docx")
    text = zipfile.ZipFile(io.BytesIO(word)).read("word/document.xml").decode()
    assert all(title in text for title in titles)
    # The papers that need no choice stand on the same page, and take it.
    note, slides = (page.locator(f".dossier-papers a[href*='{query}']") for query in ("note&format=pdf", "slides"))
    assert taken(hand, note)[1].startswith(b"%PDF")
    assert zipfile.ZipFile(io.BytesIO(taken(hand, slides)[1])).testzip() is None

    watch.assert_among_ourselves(hub)
    context.close()
