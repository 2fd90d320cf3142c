"""What the slides hold: so many of them, nothing beyond their edge, every source whole."""

import io
import json
import re
import zipfile
from typing import Any
from xml.etree import ElementTree

import pytest
from pptx import Presentation

from tests.casestudies.papers import Take, bare, hostile, some
from tests.factories.blocks import block
from tests.factories.dossiers import full_case
from tests.factories.hub import Hub
from tests.factories.vocabulary import SourceFactory

pytestmark = pytest.mark.django_db
LOCALES = {"fr": "fr-FR", "en": "en-GB"}


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


def test_no_box_of_a_slide_holds_more_lines_than_it_has_room_for(hub: Hub, take: Take) -> None:
    cases = [
        full_case(
            hub,
            f"Commune {name} qui installe un lieu de travail partagé avec ses voisines",
            unknowns=json.dumps([block("unknown", "Ce que sont devenues les personnes attendues en 2016")] * 2),
        )
        for name in "ABCDEF"
    ]
    for slide in opened(take(cases, paper="slides", format="pptx")).slides:
        for shape in slide.shapes:
            if shape.is_placeholder or not shape.has_text_frame or not shape.text_frame.text:
                continue
            needed = 0.0
            for paragraph in shape.text_frame.paragraphs:
                size = max(run.font.size.pt for run in paragraph.runs)
                lines = -(-len(paragraph.text) * size * 0.5 // shape.width.pt)
                needed += lines * size * 1.2 + paragraph.space_after.pt
            assert needed <= shape.height.pt + 12, (slide.shapes.title.text, shape.text_frame.text[:60])


def test_sources_on_a_slide_keep_their_date_and_kind_whole(hub: Hub, take: Take) -> None:
    title = "Un titre de presse qui n’en finit pas et raconte tout ce que l’on a vu"
    SourceFactory(key="LONG", title=f"{title}, puis {title}", publisher="Journal", date="2016-05", kind="secondary")
    cases = some(hub, 1, sources=json.dumps([block("source", "LONG")]))
    last = opened(take(cases, paper="slides", format="pptx")).slides[-1]
    text = " ".join(shape.text_frame.text for shape in last.shapes if shape.has_text_frame)
    assert title in text and "[…], Journal, 2016-05 (source secondaire)" in text


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
