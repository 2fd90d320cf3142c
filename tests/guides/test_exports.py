"""A paper as a file: everything that was written is there, literally, in order, and nothing else is told."""

import io
import re
import unicodedata
import zipfile
from concurrent.futures import ThreadPoolExecutor
from xml.etree import ElementTree

import docx
import page
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guides.letters.exports import CALENDAR, FORMATS
from guides.letters.papers import Heading, Paper, PaperKind, Paragraph, Table
from hub.typesetting.characters import tidy, unprintable
from tests.factories import papers

EVERY_PAPER = papers.every_paper()
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"


def name(paper: Paper) -> str:
    return f"{paper.language}-{paper.kind}"


each_paper = pytest.mark.parametrize("paper", EVERY_PAPER, ids=name)
each_format = pytest.mark.parametrize("form", FORMATS)


# --- Reading files back -------------------------------------------------------


def member(data: bytes, path: str) -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return ElementTree.fromstring(opened.read(path))


def pdf_text(data: bytes) -> str:
    return "\n".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(data)).pages)


READ = {
    "docx": lambda data: "".join(member(data, "word/document.xml").itertext()),
    "odt": lambda data: "".join(member(data, "content.xml").itertext()),
    "pdf": pdf_text,
    "txt": lambda data: data.decode(),
}


def plain_table_order(paper: Paper) -> Paper:
    """Plain text says each column's name beside its value: there the cells alone are looked for."""
    body = tuple(
        Paragraph(part.key, part.caption, tuple(cell for row in part.rows for cell in row))
        if isinstance(part, Table)
        else part
        for part in paper.body
    )
    return Paper(**{**vars(paper), "body": body})


def expected(paper: Paper, form: str) -> Paper:
    return plain_table_order(paper) if form == "txt" else paper


# --- Every paper in every format ----------------------------------------------


@each_format
@each_paper
def test_everything_stands_in_its_order(paper: Paper, form: str) -> None:
    assert papers.missing(expected(paper, form), READ[form](FORMATS[form].write(paper))) == []


@each_format
def test_hostile_texts_come_out_as_they_were_typed(form: str) -> None:
    paper = papers.hostile()
    if form == "pdf":
        # A reader of PDFs puts combining marks where it likes; the next test looks for them one by one.
        body = tuple(part for part in paper.body if not any(part.key.endswith(n) for n in ("8",)))
        paper = Paper(**{**vars(paper), "body": body})
    assert papers.missing(expected(paper, form), READ[form](FORMATS[form].write(paper))) == []


@each_format
def test_every_allowed_character_is_written(form: str) -> None:
    paper = papers.letter(
        body=(Paragraph("text", " ".join(papers.ALPHABET)), Heading("bold", " ".join(papers.ALPHABET)))
    )
    text = READ[form](FORMATS[form].write(paper))
    lost = {sign for sign in papers.ALPHABET if text.count(sign) < 2 and sign != "\u00ad"}
    assert lost == set()


@each_format
def test_no_break_spaces_are_kept(form: str) -> None:
    text = READ[form](FORMATS[form].write(papers.letter()))
    assert "1\u202f344" in text and "2,88\u00a0€" in text and "trop\u202f?" in text and "Objet\u00a0:" in text


@each_format
def test_an_email_has_no_address_block(form: str) -> None:
    text = READ[form](FORMATS[form].write(papers.paper(PaperKind.EMAIL)))
    assert "14500" not in text and "Haÿs" not in text and "À Vire" not in text and "Bien cordialement," in text


@each_format
@each_paper
def test_the_same_paper_gives_the_same_bytes(paper: Paper, form: str) -> None:
    assert FORMATS[form].write(paper) == FORMATS[form].write(paper)


@each_format
def test_threads_may_write_at_once(form: str) -> None:
    alone = [FORMATS[form].write(paper) for paper in EVERY_PAPER]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(FORMATS[form].write, EVERY_PAPER * 4))
    assert together == alone * 4


# --- Structure and metadata ---------------------------------------------------


@pytest.mark.parametrize(
    "paper", [*EVERY_PAPER, papers.hostile()], ids=lambda paper: f"{name(paper)}-{len(paper.body)}"
)
def test_pdf_is_accessible(paper: Paper) -> None:
    report = page.validate_pdf_bytes(FORMATS["pdf"].write(paper), profile="ua1")
    assert [(each.rule_id, each.message) for each in report.failures] == []
    assert report.is_compliant and report.rules.failed == 0 and report.rules.total > 50


@each_paper
def test_pdf_says_title_and_language_and_nothing_of_people_or_hours(paper: Paper) -> None:
    reader = pypdf.PdfReader(io.BytesIO(FORMATS["pdf"].write(paper)))
    assert reader.metadata == {"/Title": paper.title, "/Creator": reader.metadata["/Creator"]}
    assert reader.metadata["/Creator"].startswith("Typst")
    assert reader.trailer["/Root"]["/Lang"] == {"fr": "fr-FR", "en": "en-GB"}[paper.language]


@each_paper
def test_short_papers_fit_one_page_without_a_number(paper: Paper) -> None:
    reader = pypdf.PdfReader(io.BytesIO(FORMATS["pdf"].write(paper)))
    assert len(reader.pages) == 1
    assert "1 / 1" not in reader.pages[0].extract_text()


def test_long_papers_number_their_pages() -> None:
    body = tuple(Paragraph(str(number), "Une phrase assez longue pour faire une ligne. " * 3) for number in range(60))
    reader = pypdf.PdfReader(io.BytesIO(FORMATS["pdf"].write(papers.letter(body=body))))
    assert len(reader.pages) > 1
    assert f"2 / {len(reader.pages)}" in reader.pages[1].extract_text()


def test_word_has_real_titles_lists_and_header_rows() -> None:
    plan = docx.Document(io.BytesIO(FORMATS["docx"].write(papers.paper(PaperKind.TRIAL_PLAN))))
    styles = {paragraph.text: paragraph.style.name for paragraph in plan.paragraphs}
    assert styles["Plan d’essai du télétravail"] == "Title"
    assert styles["Ce que je propose"] == "Heading 1"
    assert styles["Le plan d’essai en une page"] == "Caption"
    for table in plan.tables:
        flagged = [row._tr.find(f"{WORD}trPr/{WORD}tblHeader") is not None for row in table.rows]
        assert flagged == [True] + [False] * (len(table.rows) - 1)
    letter = docx.Document(io.BytesIO(FORMATS["docx"].write(papers.letter())))
    styles = {paragraph.text: paragraph.style.name for paragraph in letter.paragraphs}
    assert styles["Objet\u00a0: demande de télétravail, deux jours par semaine"] == "Heading 1"
    assert styles["la relecture des plans\u202f;"] == styles["plan d’essai"] == "List Bullet"


@each_paper
def test_word_says_title_and_language_and_nothing_of_people_or_hours(paper: Paper) -> None:
    data = FORMATS["docx"].write(paper)
    locale = {"fr": "fr-FR", "en": "en-GB"}[paper.language]
    told = {element.tag.rpartition("}")[2]: element.text for element in member(data, "docProps/core.xml")}
    assert told == {"title": paper.title, "language": locale}
    languages = {element.get(f"{WORD}val") for element in member(data, "word/styles.xml").iter(f"{WORD}lang")}
    assert languages == {locale}
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        assert {entry.date_time for entry in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert "docProps/thumbnail.jpeg" not in opened.namelist() and "docProps/app.xml" not in opened.namelist()


def test_opendocument_has_real_titles_lists_and_header_rows() -> None:
    content = member(FORMATS["odt"].write(papers.paper(PaperKind.TRIAL_PLAN)), "content.xml")
    assert [each.text for each in content.iter(f"{TEXT}h")] == ["Ce que je propose", "Mes tâches"]
    heads = [
        ["".join(cell.itertext()) for cell in head.iter(f"{TABLE}table-cell")]
        for head in content.iter(f"{TABLE}table-header-rows")
    ]
    assert heads == [["Point", "Proposition"], ["Tâche", "À distance", "Part de la semaine"]]
    letter = member(FORMATS["odt"].write(papers.letter()), "content.xml")
    assert [(each.get(f"{TEXT}outline-level"), each.text[:5]) for each in letter.iter(f"{TEXT}h")] == [("1", "Objet")]
    assert [len(each) for each in letter.iter(f"{TEXT}list")] == [3, 2]


@each_paper
def test_opendocument_says_title_and_language_and_nothing_of_people_or_hours(paper: Paper) -> None:
    data = FORMATS["odt"].write(paper)
    locale = {"fr": "fr-FR", "en": "en-GB"}[paper.language]
    told = {element.tag.rpartition("}")[2]: element.text for element in member(data, "meta.xml")[0]}
    assert told.pop("generator").startswith("odfdo")
    assert told == {"title": paper.title, "language": locale}
    languages = {each.get(f"{FO}language") for each in member(data, "styles.xml").iter() if each.get(f"{FO}language")}
    assert languages == {paper.language}
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        entries = opened.infolist()
        listed = re.findall(r'full-path="([^"]+)"', opened.read("META-INF/manifest.xml").decode())
    assert (entries[0].filename, entries[0].compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert set(listed) - {"/"} == {entry.filename for entry in entries} - {"mimetype", "META-INF/manifest.xml"}


def test_plain_text_is_laid_out_like_a_french_letter() -> None:
    lines = FORMATS["txt"].write(papers.letter()).decode().splitlines()
    assert max(map(len, lines)) <= 76
    assert lines[0] == "Élodie Lefèvre-Brasseur"
    assert " " * 38 + "Madame la Directrice" in lines
    assert " " * 38 + "À Vire, le 23 novembre 2026" in lines
    assert "- le chiffrage des devis\u202f;" in lines
    assert lines.index("Madame la Directrice,") > lines.index(" " * 38 + "À Vire, le 23 novembre 2026")


def test_plain_text_names_the_column_of_each_value() -> None:
    text = FORMATS["txt"].write(papers.paper(PaperKind.TRIAL_PLAN)).decode()
    assert "- Jours\u00a0: Mardi et jeudi\n" in text
    assert "- Chiffrage des devis\n  À distance\u00a0: oui\n  Part de la semaine\u00a0: 40\u00a0%\n" in text


# --- Any paper ----------------------------------------------------------------

# Combining marks are left to the test of every character: readers of PDFs place them where they like.
_SIGNS = [sign for sign in papers.ALPHABET if unicodedata.category(sign) not in ("Mn", "Me", "Cf", "Zs")]
texts = (
    st.text(st.sampled_from([*_SIGNS, " ", " ", "\u00a0", "\u202f"]), min_size=1, max_size=80)
    .map(tidy)
    .filter(lambda text: bool(text.strip()) and not unprintable(text))
)
parts = st.one_of(
    st.builds(Heading, texts, texts),
    st.builds(Paragraph, texts, texts, st.lists(texts, max_size=3).map(tuple)),
    st.integers(2, 4).flatmap(
        lambda width: st.builds(
            Table,
            texts,
            texts,
            st.tuples(*[texts] * width),
            st.lists(st.tuples(*[texts] * width), min_size=1, max_size=3).map(tuple),
        )
    ),
)
some_texts = st.lists(texts, max_size=4).map(tuple)
any_paper = st.builds(
    Paper,
    kind=st.sampled_from(PaperKind),
    language=st.sampled_from(["fr", "en"]),
    title=texts,
    file_name=st.just("x"),
    sender=some_texts,
    recipient=some_texts,
    place_and_date=texts | st.just(""),
    delivery=texts | st.just(""),
    subject_label=texts,
    subject=texts | st.just(""),
    reference_label=texts,
    reference=texts | st.just(""),
    salutation=texts | st.just(""),
    body=st.lists(parts, max_size=5).map(tuple),
    closing=texts | st.just(""),
    signature=texts | st.just(""),
    enclosures_label=texts,
    enclosures=some_texts,
    notice=texts | st.just(""),
)


@settings(max_examples=40, deadline=None)
@given(any_paper)
def test_any_paper_is_whole_in_every_format(paper: Paper) -> None:
    for form in FORMATS:
        data = FORMATS[form].write(paper)
        assert papers.missing(expected(paper, form), READ[form](data)) == [], form
        if form == "pdf":
            assert page.is_pdf_compliant_bytes(data, profile="ua1")


# --- Calendar -----------------------------------------------------------------


def test_calendar_holds_whole_days_and_nothing_personal() -> None:
    text = CALENDAR.write(papers.calendar()).decode()
    assert text.count("BEGIN:VEVENT") == 2
    assert "DTSTART;VALUE=DATE:20261223\r\n" in text and "DTEND;VALUE=DATE:20261224\r\n" in text
    assert "DTSTART;VALUE=DATE:20270228\r\n" in text and "DTEND;VALUE=DATE:20270301\r\n" in text
    assert "SUMMARY;LANGUAGE=fr:Réponse attendue\r\n" in text
    assert "DESCRIPTION;LANGUAGE=fr:Sinon\\, relancer\u202f\\; merci\r\n" in text
    assert text.count("CLASS:PRIVATE") == text.count("TRANSP:TRANSPARENT") == text.count("DTSTAMP:") == 2
    assert "ATTENDEE" not in text and "ORGANIZER" not in text


def test_calendar_names_the_same_date_the_same_way() -> None:
    def identifiers(language: str) -> list[str]:
        return re.findall(r"UID:([0-9a-f-]{36}@relais)\r\n", CALENDAR.write(papers.calendar(language)).decode())

    assert len(set(identifiers("fr"))) == 2
    assert identifiers("fr") == identifiers("en")
