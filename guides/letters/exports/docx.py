"""Word: real titles, lists and header rows, the paper's language, no author and no hour."""

import io
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Cm, Pt, RGBColor

from guides.letters.exports.layout import Block, Role, blocks, signed_by_hand
from guides.letters.papers import Paper, Table
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

FONT = "Times New Roman"
_MARGIN = Cm(2.4)
_HALFWAY = Cm(8.9)  # where the right-hand column of a French letter begins
_INK = RGBColor(0, 0, 0)

# The style of a role, and the space before and after it, in points.
_STYLES: dict[Role, tuple[str, float, float]] = {
    Role.NOTICE: ("Letter notice", 0, 14),
    Role.SENDER: ("Letter sender", 0, 14),
    Role.RECIPIENT: ("Letter recipient", 0, 20),
    Role.PLACE_AND_DATE: ("Letter place and date", 0, 18),
    Role.DELIVERY: ("Letter delivery", 0, 12),
    Role.TITLE: ("Title", 0, 12),
    Role.SUBJECT: ("Heading 1", 10, 6),
    Role.REFERENCE: ("Letter reference", 0, 6),
    Role.SALUTATION: ("Letter salutation", 12, 10),
    Role.HEADING: ("Heading 2", 14, 6),
    Role.TEXT: ("Normal", 0, 7),
    Role.ITEM: ("List Bullet", 0, 7),
    Role.CLOSING: ("Letter closing", 12, 8),
    Role.SIGNATURE: ("Letter signature", 0, 14),
    Role.ENCLOSURES: ("Letter enclosures", 14, 4),
}
_CAPTION = "Caption"
_SIZES = {"Title": 17, "Heading 1": 11, "Heading 2": 11.5, _CAPTION: 10.5, "Letter notice": 9.5}
_BOLD = {"Title", "Heading 1", "Heading 2", _CAPTION}
_KEPT_WITH_NEXT = {"Heading 1", "Heading 2", _CAPTION, "Letter closing", "Letter enclosures"}


def write(paper: Paper) -> bytes:
    titled = not paper.subject
    frame, styles = _frame(LOCALES[paper.language], signed_by_hand(paper), titled)
    document = docx.Document(io.BytesIO(frame))
    document.core_properties.title = paper.title
    for block in blocks(paper):
        if block.table:
            _table(document, block.table, styles)
        else:
            _paragraphs(document, block, styles[_style_name(block.role, titled=titled)])
    return without_traces(document)


@cache
def _frame(locale: str, room_to_sign: bool, titled: bool) -> tuple[bytes, Mapping[str, str]]:
    """An empty document with its page, styles and language, and the identifiers of its styles by name.

    Setting the styles, and finding one by its name, costs the library more than writing the words.
    """
    document = docx.Document()
    clean(document)
    _page(document)
    set_language(document, locale)
    _styles(document, room_to_sign=room_to_sign, titled=titled)
    identifiers = {style.name: style.style_id for style in document.styles}
    return saved(document), identifiers


def _paragraphs(document: Any, block: Block, style: str) -> None:
    if block.role is Role.ITEM:
        for line in block.lines:
            _paragraph(document, style).add_run(line)
        return
    paragraph = _paragraph(document, style)
    for number, line in enumerate(block.lines):
        run = paragraph.add_run()
        if number:
            run.add_break()
        run.add_text(line)


def _paragraph(document: Any, style: str) -> Any:
    paragraph = document.add_paragraph()
    paragraph._p.style = style
    return paragraph


def _style_name(role: Role, *, titled: bool) -> str:
    """Under a title the headings are the first level; under a subject, which is itself a heading, the second."""
    return "Heading 1" if role is Role.HEADING and titled else _STYLES[role][0]


def _table(document: Any, table: Table, styles: Mapping[str, str]) -> None:
    _paragraph(document, styles[_CAPTION]).add_run(table.caption)
    grid = document.add_table(rows=0, cols=len(table.columns), style="Table Grid")
    for number, cells in enumerate((table.columns, *table.rows)):
        row = grid.add_row()
        mark_row(row, header=number == 0)
        for place, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(2)
            paragraph.paragraph_format.space_before = Pt(2)
            paragraph.add_run(text).bold = True if number == 0 or place == 0 else None
    document.add_paragraph().paragraph_format.space_after = Pt(0)


# --- The document around the words -------------------------------------------


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin = section.bottom_margin = Cm(2)
    section.footer_distance = Cm(1)
    number_pages(section)


def _styles(document: Any, *, room_to_sign: bool, titled: bool) -> None:
    existing = {style.name for style in document.styles}
    for role, (name, before, after) in _STYLES.items():
        if name not in existing:
            document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles["Normal"]
        _set(document.styles[name], before, after)
        if extra := _EXTRAS.get(role):
            extra(document.styles[name])
    _set(document.styles[_CAPTION], 8, 4)
    if titled:
        document.styles["Heading 1"].font.size = Pt(_SIZES["Heading 2"])
    if room_to_sign:
        signature = document.styles[_STYLES[Role.SIGNATURE][0]].paragraph_format
        signature.space_before, signature.left_indent = Cm(1.6), _HALFWAY


def _set(style: Any, before: float, after: float) -> None:
    font, layout, name = style.font, style.paragraph_format, style.name
    set_font(style, FONT)
    font.size = Pt(_SIZES.get(name, 11))
    font.bold = name in _BOLD
    font.color.rgb = _INK
    layout.space_before, layout.space_after, layout.line_spacing = Pt(before), Pt(after), 1.1
    layout.keep_with_next = name in _KEPT_WITH_NEXT
    layout.widow_control = True


def _right(style: Any) -> None:
    style.paragraph_format.left_indent = _HALFWAY


def _framed(style: Any) -> None:
    set_borders(style, ("top", "left", "bottom", "right"))


def _plain_title(style: Any) -> None:
    """The template underlines its title with a coloured rule."""
    set_borders(style, ())


def _italic(style: Any) -> None:
    style.font.italic = True


_EXTRAS: dict[Role, Callable[[Any], None]] = {
    Role.NOTICE: _framed,
    Role.RECIPIENT: _right,
    Role.PLACE_AND_DATE: _right,
    Role.DELIVERY: _italic,
    Role.TITLE: _plain_title,
}
