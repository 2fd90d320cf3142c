"""What the papers hold: everything told with its year and source, real structure, and nothing that a font lacks."""

import io
import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import docx
import page as validator
import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pptx import Presentation

from casestudies.dossier.shortening import CUT, short
from casestudies.dossier.values import drawn
from hub.typesetting.characters import unprintable
from tests.casestudies.papers import Take, bare, hostile, some
from tests.factories.blocks import block, figure, items
from tests.factories.dossiers import PRESS, STUDY, dossier_page, full_case, sources, stage
from tests.factories.hub import Hub

# What Debian's package of Impress brings: soffice alone may be there without it.
IMPRESS = Path(shutil.which("soffice") or "").resolve().with_name("libslideshowlo.so").exists()
pytestmark = pytest.mark.django_db

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LOCALES = {"fr": "fr-FR", "en": "en-GB"}


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


@pytest.mark.parametrize("beside", [1, 3, 8])
def test_a_case_that_tells_much_keeps_to_its_page_and_says_what_is_cut(hub: Hub, take: Take, beside: int) -> None:
    sentence = "Le bilan compte les journées, les lieux et les personnes, commune par commune. "
    told = full_case(
        hub,
        "Commune bavarde",
        why=f"<p>{sentence * 6}</p>",
        approach="".join(f"<p>{sentence * 2}</p>" for _ in range(5)),
        difficulties=json.dumps(
            [block("difficulty", {"problem": sentence * 2, "answer": f"<p>{sentence * 3}</p>"}) for _ in range(4)]
        ),
        unknowns=json.dumps([block("unknown", sentence * 2) for _ in range(beside)]),
        discrepancies=json.dumps(
            [block("discrepancy", {"text": sentence * 3, "source": PRESS}) for _ in range(beside)]
        ),
        advice=json.dumps([block("tip", sentence * 2) for _ in range(beside)]),
        people_note=sentence * 3,
        rhythm_detail=sentence,
    )
    data = take([told, *some(hub, 1)], format="pdf")
    checked(data)
    pages = [" ".join(sheet.extract_text().split()) for sheet in pypdf.PdfReader(io.BytesIO(data)).pages]
    assert "Commune bavarde" in pages[1] and told.slug in pages[1].replace(" ", "")
    assert pages[1].count(sentence.split(",")[0]) >= 8 and "[…]" in pages[1]
    assert "Commune A" in pages[2]


def test_no_group_of_the_comparison_is_named_at_the_foot_of_a_page_and_told_on_the_next(hub: Hub, take: Take) -> None:
    cases, page = some(hub, 4), dossier_page(hub)
    ends = []
    for words in range(2, 14):
        cost = figure(label="Une journée de travail. " * (words // 2), source=PRESS)
        funding = "".join(f"<p>{'La commune a payé. ' * (words // 2)}</p>" for _ in range(words % 2 * 2 + 1))
        cases[0].costs, cases[0].funding = json.dumps([block("cost", cost)] * 3), funding
        cases[0].save_revision().publish()
        sheets = pypdf.PdfReader(io.BytesIO(take(cases, page, format="pdf"))).pages
        texts = [" ".join(sheet.extract_text().split()) for sheet in sheets[5:-1]]
        ends += [text.partition(" localhost")[0].rpartition(" ")[2] for text in texts]
    assert ends and not {"Comment", "financement", "Résultats", "Difficultés"} & set(ends), ends


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


# --- All of them ---


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
        Presentation(str(tmp_path / "slides.pptx")).slides
    )
