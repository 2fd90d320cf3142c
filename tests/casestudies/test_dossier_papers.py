"""What the papers hold: everything told with its year and source, real structure, and nothing that a font lacks."""

import io
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import docx
import page as validator
import pypdf
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pptx import Presentation

from casestudies.dossier.shortening import CUT, short
from casestudies.dossier.values import drawn
from casestudies.models import CaseStudyPage
from hub.typesetting.characters import unprintable
from tests.factories.blocks import block, figure, items
from tests.factories.dossiers import STUDY, dossier_page, full_case, sources, stage
from tests.factories.hub import Hub

# What Debian's package of Impress brings: soffice alone may be there without it.
IMPRESS = Path(shutil.which("soffice") or "").resolve().with_name("libslideshowlo.so").exists()
pytestmark = pytest.mark.django_db

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LOCALES = {"fr": "fr-FR", "en": "en-GB"}
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmütze" * 4
EMOJI = "Rire 😀 et 👩‍👩‍👧‍👦 puis 日本語 fin"
MARKUP = '#import "x"; $ *gras* _it_ <script>alert(1)</script> [lien](x) \\n @ref'

Take = Callable[..., bytes]


@pytest.fixture
def take(hub: Hub, client: Client) -> Take:
    """The bytes of a paper of some cases."""

    def taking(cases: list[CaseStudyPage], page: Any = None, language: str = "fr", **asked: str) -> bytes:
        sources()
        url = (page or dossier_page(hub, language)).url
        response = client.get(url, {"case": [case.slug for case in cases], **asked})
        assert response.status_code == 200 and "attachment" in response.get("Content-Disposition", "")
        return response.content

    return taking


def some(hub: Hub, number: int, language: str = "fr", **values: Any) -> list[CaseStudyPage]:
    sources()
    return [
        full_case(hub, f"Commune {name}", language, people_teleworking=place, **values)
        for place, name in enumerate("ABCDEF"[:number], start=1)
    ]


def hostile(hub: Hub, language: str) -> CaseStudyPage:
    """Every text as long, as strange and as much like markup as editors can make it."""
    strange = [LONG, EMOJI, MARKUP]
    figures = [figure(value="-1234567.89", unit=each[:60], label=each[:200], note=each) for each in strange * 2]
    return full_case(
        hub,
        f"{MARKUP} 😀 {LONG}"[:250],
        language,
        slug=f"hostile-{language}",
        search_description=f"{LONG} {EMOJI} {MARKUP}"[:300],
        why=f"<p>{LONG}</p><p>{EMOJI}</p><h3>Titre</h3><ul><li>{LONG}</li></ul>" * 5,
        approach="<p></p><ul><li></li></ul>" + f"<p>{MARKUP.replace('<', '&lt;')}</p>" * 20,
        funding="",
        rhythm_detail=EMOJI,
        people_note=LONG[:300],
        figures=json.dumps([block("figure", each) for each in figures]),
        costs="[]",
        difficulties=json.dumps([block("difficulty", {"problem": each[:300], "answer": ""}) for each in strange * 2]),
        unknowns=json.dumps([block("unknown", each[:300]) for each in strange * 3]),
        discrepancies="[]",
        advice=json.dumps([block("tip", each[:300]) for each in strange]),
    )


def bare(hub: Hub, language: str) -> CaseStudyPage:
    """Nothing told but what must be."""
    return hub.case(language, title="Vide", search_description="", why="", approach="", sector=None)


def pdf_text(data: bytes) -> str:
    text = "\n".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(data)).pages)
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())


def checked(data: bytes) -> None:
    report = validator.validate_pdf_bytes(data, profile="ua1")
    assert [(each.rule_id, each.message) for each in report.failures] == []
    assert report.is_compliant and report.rules.total > 50


# --- PDF ------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("number", [1, 2, 4, 6])
def test_dossier_has_a_cover_a_page_for_each_case_and_says_everything(
    hub: Hub, take: Take, language: str, number: int
) -> None:
    cases = some(hub, number, language)
    data = take(cases, language=language, format="pdf")
    checked(data)
    reader = pypdf.PdfReader(io.BytesIO(data))
    assert reader.trailer["/Root"]["/Lang"] == LOCALES[language]
    assert set(reader.metadata) == {"/Title", "/Creator"}
    text = [" ".join(sheet.extract_text().split()) for sheet in reader.pages]
    for place, case in enumerate(cases, start=1):
        assert case.title in text[0]
        assert f"Agents {case.title}" in text[place] and f"Peu de volontaires à {case.title}" in text[place]
        assert f"Matériel {case.title}" in text[place] and "La presse dit 60." in text[place]
        assert case.slug in text[place].replace(" ", "")
    assert "Étude régionale" in text[-1] and "press.example/a" in text[-1]
    assert len(text) <= number + 4
    assert ("≠" in " ".join(text)) == (number > 1)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("asked", [{"format": "pdf"}, {"paper": "note", "format": "pdf"}], ids=["dossier", "note"])
def test_hostile_and_empty_cases_make_a_sound_pdf(hub: Hub, take: Take, language: str, asked: dict[str, str]) -> None:
    cases = [hostile(hub, language), bare(hub, language)]
    data = take(cases, language=language, **asked)
    checked(data)
    text = pdf_text(data)
    assert "<script>alert(1)</script>" in text and "*gras*" in text
    assert "[…]" in text and "😀" not in text and "日" not in text


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("size", ["none", "usual", "most"])
def test_note_is_two_pages_always(hub: Hub, take: Take, language: str, size: str) -> None:
    sources()
    long = "Une mesure assez longue pour tenir sur plusieurs lignes du tableau, et même un peu plus que cela. "
    stages = [
        stage(title=f"Étape {n} {long}"[:160], measures=items(*[long * 2] * 3), cost_note=long * 3) for n in range(9)
    ]
    figures = [figure(label=long * 2, note=long * 3, source=STUDY) for _ in range(6)]
    steps = {"title": long[:120], "items": items(*[long * 3] * 8)}
    values: dict[str, Any] = {
        "none": {"findings": "[]", "stages": "[]", "body": "[]"},
        "usual": {},
        "most": {
            "findings": json.dumps([block("figure", each) for each in figures]),
            "stages": json.dumps([block("stage", each) for each in stages]),
            "body": json.dumps([block("checklist", steps)]),
        },
    }[size]
    page = dossier_page(hub, language, **values)
    data = take(some(hub, 4, language), page, paper="note", format="pdf")
    checked(data)
    reader = pypdf.PdfReader(io.BytesIO(data))
    assert len(reader.pages) == 2
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [595, 842]
    text = pdf_text(data)
    for name in "ABC":
        assert f"Agents Commune {name}" in text and f"Matériel Commune {name}" in text
    assert "Commune D" not in text
    if size == "usual":
        assert "Étape 0" in text and "Compter d’abord." in text and "Étude régionale" in text


def test_note_of_a_hub_without_cases_still_tells_the_study(hub: Hub, take: Take) -> None:
    sources()
    text = pdf_text(take([], paper="note", format="pdf"))
    assert "Emplois possibles" in text and "Étape 0" in text


def test_figures_say_year_source_and_amount_as_the_language_writes_it(hub: Hub, take: Take) -> None:
    french, english = (pdf_text(take([], language=each, paper="note", format="pdf")) for each in ("fr", "en"))
    assert "33,1 %" in french and "(2019) [1]" in french
    assert "33.1%" in english.replace("33.1 %", "x") and "€4k to €8k in all" in english


def test_cases_that_do_not_differ_are_not_marked(hub: Hub, take: Take) -> None:
    sources()
    same = [full_case(hub, f"Commune {name}") for name in "AB"]
    assert "≠" not in pdf_text(take(same, format="pdf"))


def test_what_no_case_tells_is_named_once_below_the_comparison(hub: Hub, take: Take) -> None:
    text = pdf_text(take(some(hub, 2, "en"), language="en", format="pdf"))
    assert re.search(r"Not known in any of these cases: [^.]*People in all", text)


# --- Signs and lengths ------------------------------------------------------------


@given(st.text(max_size=200))
def test_what_is_drawn_can_be_drawn(text: str) -> None:
    words = drawn(text)
    assert unprintable(words) == ""
    assert drawn(words) == words


def test_signs_that_cannot_be_drawn_leave_a_mark_or_the_same_in_other_signs() -> None:
    assert drawn("Bravo 😀😀 !") == "Bravo […] !"
    assert drawn("CO₂, m², ﬁn") == "CO2, m², fin"
    assert drawn("a\u200db\u202ec") == "abc"
    assert drawn("\u00a0:") == "\u00a0:" and drawn("\u202f") == "\u202f"


@given(st.text(max_size=400), st.integers(20, 300))
def test_short_texts_stay_short_and_are_marked_where_cut(text: str, most: int) -> None:
    result = short(text, most)
    assert len(result) <= most + len(CUT) + 1
    assert result == text if len(text) <= most else result.endswith(CUT)


# --- Word -------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["fr", "en"])
def test_word_dossier_has_titles_header_rows_language_and_no_trace_of_the_machine(
    hub: Hub, take: Take, language: str
) -> None:
    cases = some(hub, 4, language)
    data = take(cases, language=language, format="docx")
    document = docx.Document(io.BytesIO(data))
    titles = [each.text for each in document.paragraphs if each.style.name == "Heading 1"]
    assert titles[:4] == [case.title for case in cases] and len(titles) == 7
    assert [each.style.name for each in document.paragraphs].count("Title") == 1
    assert len(document.tables) == 5
    for table in document.tables:
        flagged = [row._tr.find(f"{WORD}trPr/{WORD}tblHeader") is not None for row in table.rows]
        assert flagged == [True] + [False] * (len(table.rows) - 1)
    widths = [section.page_width > section.page_height for section in document.sections]
    assert widths == [False, True, False]
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        core = ElementTree.fromstring(opened.read("docProps/core.xml"))
        styles = ElementTree.fromstring(opened.read("word/styles.xml"))
        assert {entry.date_time for entry in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    told = {each.tag.rpartition("}")[2]: each.text for each in core}
    assert set(told) == {"title", "language"} and told["language"] == LOCALES[language]
    assert {each.get(f"{WORD}val") for each in styles.iter(f"{WORD}lang")} == {LOCALES[language]}


@pytest.mark.parametrize("paper", ["dossier", "note"])
def test_word_papers_of_hostile_cases_hold_the_words_as_words(hub: Hub, take: Take, paper: str) -> None:
    data = take([hostile(hub, "fr"), bare(hub, "fr")], paper=paper, format="docx")
    document = docx.Document(io.BytesIO(data))
    text = "\n".join(each.text for each in document.paragraphs)
    assert "<script>alert(1)</script>" in text and "😀" not in text and "Vide" in text


# --- Slides -----------------------------------------------------------------------


def opened(data: bytes) -> Any:
    return Presentation(io.BytesIO(data))


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(("number", "slides"), [(1, 8), (2, 11), (3, 10), (4, 11), (5, 11), (6, 12)])
def test_slides_are_eight_to_twelve_each_with_a_title_and_notes(
    hub: Hub, take: Take, language: str, number: int, slides: int
) -> None:
    data = take(some(hub, number, language), language=language, paper="slides", format="pptx")
    show = opened(data)
    assert len(show.slides) == slides
    assert show.slide_width / show.slide_height == pytest.approx(16 / 9, abs=0.001)
    for slide in show.slides:
        assert slide.shapes.title is not None and slide.shapes.title.text.strip()
        assert slide.shapes[0].shape_id == slide.shapes.title.shape_id
        assert slide.notes_slide.notes_text_frame.text.strip() or slide.shapes.title.text
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= show.slide_width + 1
            assert shape.top >= 0 and shape.top + shape.height <= show.slide_height + 1
    for layout in show.slide_layouts:
        assert all(each.left + each.width <= show.slide_width for each in layout.placeholders)
    assert "Étude régionale" in show.slides[2].notes_slide.notes_text_frame.text


def test_slides_draw_the_findings_of_one_unit_and_year_as_a_chart_that_says_itself(hub: Hub, take: Take) -> None:
    data = take(some(hub, 3), paper="slides", format="pptx")
    charts = [shape for slide in opened(data).slides for shape in slide.shapes if shape.has_chart]
    assert len(charts) == 1
    plot = charts[0].chart.plots[0]
    assert list(plot.categories) == ["Orne", "Normandie"] and list(plot.series[0].values) == [28.4, 33.1]
    described = charts[0]._element.xpath(".//p:cNvPr/@descr")[0]
    assert "Orne" in described and "28,4" in described and "2019" in described
    tables = [shape for slide in opened(data).slides for shape in slide.shapes if shape.has_table]
    assert len(tables) == 2
    assert all(shape.table.first_row and shape._element.xpath(".//p:cNvPr/@descr")[0] for shape in tables)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_slides_say_language_and_title_and_nothing_of_people_or_hours(hub: Hub, take: Take, language: str) -> None:
    data = take(some(hub, 2, language), language=language, paper="slides", format="pptx")
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        names = file.namelist()
        core = ElementTree.fromstring(file.read("docProps/core.xml"))
        spoken = {
            found.decode()
            for name in names
            if re.match(r"ppt/(slides|notesSlides|slideMasters|slideLayouts)/[^/]+\.xml$", name)
            for found in re.findall(rb'lang="([^"]+)"', file.read(name))
        }
        books = [file.read(name) for name in names if name.endswith(".xlsx")]
    told = {each.tag.rpartition("}")[2]: each.text for each in core}
    assert set(told) == {"title", "language"} and told["language"] == LOCALES[language]
    assert spoken == {LOCALES[language]}
    assert not [name for name in names if "thumbnail" in name or name == "docProps/app.xml"]
    assert len(books) == 1
    with zipfile.ZipFile(io.BytesIO(books[0])) as book:
        assert b"dcterms:created" not in book.read("docProps/core.xml")


def test_slides_of_hostile_cases_open(hub: Hub, take: Take) -> None:
    show = opened(take([hostile(hub, "fr"), bare(hub, "fr")], paper="slides", format="pptx"))
    text = "\n".join(shape.text_frame.text for slide in show.slides for shape in slide.shapes if shape.has_text_frame)
    assert "Vide" in text and "😀" not in text


@pytest.mark.parametrize("asked", [("dossier", "pdf"), ("note", "docx"), ("slides", "pptx")])
def test_the_same_choice_on_the_same_day_gives_the_same_bytes(hub: Hub, take: Take, asked: tuple[str, str]) -> None:
    cases, page = some(hub, 2), dossier_page(hub)
    first, second = (take(cases, page, paper=asked[0], format=asked[1]) for _ in range(2))
    assert first == second


# --- LibreOffice -------------------------------------------------------------------


@pytest.mark.skipif(not IMPRESS, reason="LibreOffice is not here (libreoffice-writer-nogui, libreoffice-impress-nogui)")
@pytest.mark.xdist_group("office")
def test_papers_open_in_libreoffice(hub: Hub, take: Take, tmp_path: Path) -> None:
    cases, page = [*some(hub, 2), hostile(hub, "fr")], dossier_page(hub)
    files = []
    for paper, form in (("dossier", "docx"), ("note", "docx"), ("slides", "pptx")):
        file = tmp_path / f"{paper}.{form}"
        file.write_bytes(take(cases[:2] if paper == "note" else cases, page, paper=paper, format=form))
        files.append(str(file))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf"]
        + ["--outdir", str(tmp_path), *files],
        check=True,
        capture_output=True,
        timeout=180,
    )
    for name in ("dossier", "note", "slides"):
        text = pdf_text((tmp_path / f"{name}.pdf").read_bytes())
        assert "Commune A" in text and "Commune B" in text
    assert len(pypdf.PdfReader(tmp_path / "note.pdf").pages) == 2
    assert len(pypdf.PdfReader(tmp_path / "slides.pdf").pages) == len(
        opened((tmp_path / "slides.pptx").read_bytes()).slides
    )
