"""The dossier and the note for Word: real titles, lists and header rows, to be taken up and changed."""

import io
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from casestudies.dossier.values import Comparison, Dossier, Note, Sheet, Source, Stage, Text
from hub.typesetting.pdf import LOCALES
from hub.typesetting.word import (
    clean,
    mark_row,
    number_pages,
    saved,
    set_borders,
    set_font,
    set_language,
    without_traces,
)

_FONT = "Times New Roman"
_INK, _QUIET, _ACCENT = RGBColor(0x1B, 0x24, 0x30), RGBColor(0x55, 0x60, 0x6E), RGBColor(0x3B, 0x3F, 0x9E)
_NARROW, _WIDE = Cm(17.4), Cm(25.9)

# Name, size, bold, colour, space before and after in points, kept with what follows.
_STYLES = (
    ("Normal", 9.5, False, _INK, 0, 3, False),
    ("Title", 30, True, _INK, 120, 10, True),
    ("Subtitle", 14, False, _QUIET, 0, 40, False),
    ("Heading 1", 16, True, _INK, 10, 4, True),
    ("Heading 2", 11, True, _INK, 6, 2, True),
    ("Heading 3", 10.5, True, _INK, 8, 3, True),
    ("List Bullet", 9.5, False, _INK, 0, 1, False),
    ("List Number", 9.5, False, _INK, 0, 1, False),
    ("Caption", 9, False, _QUIET, 0, 4, True),
    ("Dossier masthead", 22, True, _INK, 0, 4, True),
    ("Dossier kicker", 9, False, _QUIET, 0, 4, True),
    ("Dossier lead", 10.5, False, _INK, 0, 4, False),
    ("Dossier small", 8.5, False, _QUIET, 4, 4, False),
    ("Dossier cell", 8.8, False, _INK, 0.5, 0.5, False),
)


def dossier(paper: Dossier) -> bytes:
    page = _Page(paper.imprint.language, paper.imprint.title)
    words = paper.imprint.words
    page.write("Dossier masthead", paper.imprint.hub)
    page.write("Dossier kicker", f"{paper.kicker} · {paper.imprint.date}")
    page.write("Title", paper.imprint.title)
    page.write("Subtitle", paper.subtitle)
    page.write("Heading 2", words["contents"])
    page.bullets([*(sheet.title for sheet in paper.sheets), *([words["comparison"]] if paper.comparison else [])])
    page.bullets([words["sources"], words["reading"]])
    page.write("Dossier small", f"{paper.imprint.hub} · {paper.imprint.address}. {paper.imprint.licence}")
    for sheet in paper.sheets:
        _sheet(page, sheet, words)
    if paper.comparison:
        _comparison(page, paper.comparison, words)
    page.new_page("Heading 1", words["sources"])
    _sources(page, paper.sources, words)
    page.write("Heading 1", words["reading"])
    page.bullets(paper.reading)
    return page.bytes()


def note(paper: Note) -> bytes:
    page, words = _Page(paper.imprint.language, paper.imprint.title, compact=True), paper.imprint.words
    page.write("Dossier kicker", f"{paper.imprint.hub} · {paper.kicker} · {paper.imprint.date}")
    page.write("Title", paper.imprint.title)
    page.write("Dossier lead", paper.lead)
    if paper.findings:
        page.write("Heading 1", words["stakes"])
        page.bullets(f"{each.told}. {each.note}".rstrip() for each in paper.findings)
    if paper.cases:
        page.write("Heading 1", words["others"])
    for case in paper.cases:
        page.write("Heading 2", case.title)
        page.write("Normal", f"{case.kicker}. {case.summary}")
        colon = words["colon"]
        page.bullets(
            f"{words[name]}{colon} {text}"
            for name, text in (("figure", case.figure), ("case_cost", case.cost), ("difficulty", case.difficulty))
        )
    if paper.stages:
        page.new_page("Heading 1", words["by_stage"])
        _stages(page, paper.stages, words)
    if paper.steps:
        page.write("Heading 1", paper.steps_title)
        page.numbered(paper.steps)
    if paper.sources:
        page.write("Heading 1", words["sources"])
        _sources(page, paper.sources, words)
    page.write("Dossier small", f"{paper.reading} {paper.imprint.licence} {paper.imprint.hub}, {paper.imprint.address}")
    return page.bytes()


# --- Parts --------------------------------------------------------------------


def _sheet(page: "_Page", sheet: Sheet, words: Mapping[str, str]) -> None:
    colon = words["colon"]
    page.new_page("Heading 1", sheet.title)
    page.write("Dossier kicker", sheet.kicker)
    page.write("Dossier lead", sheet.summary)
    page.write("Heading 2", words["results"])
    page.bullets((each.told for each in sheet.figures), otherwise=words["no_figure"])
    page.write("Heading 2", words["difficulties"])
    for each in sheet.difficulties:
        met = f"{words['met']}{colon} {each.answer}" if each.answer else words["not_met"]
        page.labelled(each.problem, met)
    if not sheet.difficulties:
        page.write("Normal", words["no_difficulty"])
    page.write("Heading 2", words["glance"])
    page.table((words["fact"], words["known"]), [(fact.label, "\n".join(fact.lines)) for fact in sheet.facts])
    for name, texts in (("why", sheet.why), ("how", sheet.how)):
        if texts:
            page.write("Heading 2", words[name])
            _texts(page, texts)
    page.write("Heading 2", words["costs"])
    page.bullets((each.told for each in sheet.costs), otherwise="" if sheet.funding else words["no_cost"])
    _texts(page, sheet.funding)
    for name, lines in (
        ("advice", sheet.advice),
        ("unknown", sheet.unknowns),
        ("discrepancies", sheet.discrepancies),
    ):
        if lines:
            page.write("Heading 2", words[name])
            page.bullets(lines)
    cited = " ".join(f"[{number}]" for number in sheet.sources)
    foot = [f"{words['sources']}{colon} {cited}." if cited else "", f"{words['whole']}{colon} {sheet.address}"]
    page.write("Dossier small", " ".join(part for part in foot if part))


def _comparison(page: "_Page", table: Comparison, words: Mapping[str, str]) -> None:
    page.turn(wide=len(table.titles) > 3)
    page.write("Heading 1", words["comparison"])
    if table.differs:
        page.write("Caption", f"≠{words['colon']} {words['differs']}")
    rows = [
        (
            f"{row.label} ≠" if row.differs else row.label,
            *("\n".join(cell) or words["not_known"] for cell in row.cells),
        )
        for group in table.groups
        for row in group.rows
    ]
    page.table((words["criterion"], *table.titles), rows)
    if table.never_known:
        page.write("Dossier small", f"{words['never_known']} {', '.join(table.never_known)}.")
    page.turn(wide=False)


def _stages(page: "_Page", stages: Iterable[Stage], words: Mapping[str, str]) -> None:
    rows = []
    for stage in stages:
        cost = ". ".join(part for part in (stage.cost, stage.note) if part) or words["not_stated"]
        led = f"\n{words['lead']}{words['colon']} {stage.lead}" if stage.lead else ""
        mark = f" [{stage.source}]" if stage.source else ""
        rows.append(
            (f"{stage.title}\n{stage.strand}", ". ".join(stage.measures) + "." + led, f"{cost} ({stage.year}){mark}")
        )
    page.table((words["stage"], words["measures"], words["cost"]), rows, shares=(0.27, 0.46, 0.27))


def _sources(page: "_Page", sources: Iterable[Source], words: Mapping[str, str]) -> None:
    for each in sources:
        told = ", ".join(part for part in (each.title, each.publisher, each.date) if part)
        second = f" ({words['second_hand']})" if each.second_hand else ""
        page.write("Dossier cell", f"[{each.number}] {told}{second}. {each.address}".rstrip())


def _texts(page: "_Page", texts: Iterable[Text]) -> None:
    for part in texts:
        if part.words:
            page.write("Heading 3" if part.is_heading else "Normal", part.words)
        page.bullets(part.items)


# --- The document -------------------------------------------------------------


class _Page:
    """Writes block after block. Texts go in as they stand."""

    def __init__(self, language: str, title: str, *, compact: bool = False) -> None:
        frame, self._styles = _frame(LOCALES[language], compact)
        self._document = docx.Document(io.BytesIO(frame))
        self._document.core_properties.title = title
        self._width = _NARROW

    def write(self, style: str, text: str) -> Any:
        paragraph = self._document.add_paragraph()
        paragraph._p.style = self._styles[style]
        paragraph.add_run(text)
        return paragraph

    def new_page(self, style: str, text: str) -> None:
        self.write(style, text).paragraph_format.page_break_before = True

    def labelled(self, label: str, text: str) -> None:
        paragraph = self.write("List Bullet", "")
        paragraph.add_run(label).bold = True
        paragraph.add_run().add_break()
        paragraph.add_run(text)

    def bullets(self, lines: Iterable[str], otherwise: str = "") -> None:
        told = False
        for line in lines:
            self.write("List Bullet", line)
            told = True
        if not told and otherwise:
            self.write("Normal", otherwise)

    def numbered(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write("List Number", line)

    def table(
        self, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]], shares: tuple[float, ...] | None = None
    ) -> None:
        grid = self._document.add_table(rows=0, cols=len(columns), style="Table Grid")
        grid.autofit = False
        first = 0.3 if len(columns) == 2 else 0.18
        shares = shares or (first, *[(1 - first) / (len(columns) - 1)] * (len(columns) - 1))
        widths = [int(self._width * share) for share in shares]
        for column, width in zip(grid.columns, widths, strict=True):
            column.width = width
        # Tells readers that the first row and the first column name the others.
        look = OxmlElement("w:tblLook")
        for name in ("firstRow", "firstColumn"):
            look.set(qn(f"w:{name}"), "1")
        for old in grid._tbl.tblPr.findall(qn("w:tblLook")):
            grid._tbl.tblPr.remove(old)
        grid._tbl.tblPr.append(look)
        for number, cells in enumerate((columns, *rows)):
            row = grid.add_row()
            mark_row(row, header=number == 0)
            for place, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
                cell.width = widths[place]
                paragraph = cell.paragraphs[0]
                paragraph._p.style = self._styles["Dossier cell"]
                for line_number, line in enumerate(text.split("\n")):
                    run = paragraph.add_run()
                    if line_number:
                        run.add_break()
                    run.add_text(line)
                    run.bold = True if number == 0 or (place == 0 and line_number == 0) else None

    def turn(self, *, wide: bool) -> None:
        """From here on, pages of this width."""
        section = self._document.sections[-1]
        if (section.orientation == WD_ORIENT.LANDSCAPE) == wide:
            if wide or len(self._document.sections) == 1:
                self._document.add_page_break()
            return
        section = self._document.add_section(WD_SECTION.NEW_PAGE)
        section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = section.page_height, section.page_width
        self._width = _WIDE if wide else _NARROW

    def bytes(self) -> bytes:
        return without_traces(self._document)


@cache
def _frame(locale: str, compact: bool) -> tuple[bytes, Mapping[str, str]]:
    """An empty document with its page, styles and language, and the identifiers of its styles by name."""
    document = docx.Document()
    clean(document)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin = section.bottom_margin = Cm(1.5)
    section.footer_distance = Cm(0.8)
    number_pages(section)
    set_language(document, locale)
    existing = {style.name for style in document.styles}
    for name, size, bold, color, before, after, kept in _STYLES:
        if name not in existing:
            document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles["Normal"]
        style = document.styles[name]
        set_font(style, _FONT)
        font, layout = style.font, style.paragraph_format
        font.size, font.bold, font.italic, font.color.rgb = Pt(size), bold, False, color
        layout.space_before, layout.space_after = Pt(before), Pt(after)
        layout.line_spacing, layout.keep_with_next, layout.widow_control = 1.0, kept, True
    set_borders(document.styles["Title"], ())
    set_borders(document.styles["Dossier masthead"], ("bottom",), "3B3F9E", 12)
    if compact:
        for name, size, before, after in (
            ("Title", 20, 4, 4),
            ("Normal", 9.5, 0, 3),
            ("Heading 1", 12.5, 8, 3),
            ("Heading 2", 10, 5, 2),
            ("List Bullet", 9.5, 0, 1),
            ("List Number", 9.5, 0, 1),
            ("Dossier lead", 10, 0, 4),
            ("Dossier cell", 8.2, 1, 1),
            ("Dossier small", 7.8, 4, 0),
        ):
            style = document.styles[name]
            style.font.size = Pt(size)
            style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
            style.paragraph_format.line_spacing = 1.0
    identifiers = {style.name: style.style_id for style in document.styles}
    return saved(document), identifiers
