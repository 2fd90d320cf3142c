"""Words on a slide: runs with their size and colour, boxes of lines, titles where ours stand."""

from collections.abc import Sequence
from typing import Any

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.util import Emu, Inches, Pt

LEFT, RIGHT = Inches(0.75), Inches(12.58)
WIDTH = RIGHT - LEFT
TITLE_SLIDE, TITLE_ONLY = 0, 5


class Run:
    def __init__(
        self,
        text: str,
        size: float,
        *,
        bold: bool = False,
        quiet: bool = False,
        accent: bool = False,
        warn: bool = False,
    ) -> None:
        self.text, self.size, self.bold = text, size, bold
        self.color = (
            MSO_THEME_COLOR.ACCENT_1
            if accent
            else MSO_THEME_COLOR.ACCENT_2
            if warn
            else MSO_THEME_COLOR.TEXT_2
            if quiet
            else MSO_THEME_COLOR.TEXT_1
        )


def write_lines(
    slide: Any, left: Any, top: Any, width: Any, height: Any, lines: Sequence[Sequence[Run]], after: float = 4
) -> None:
    frame = slide.shapes.add_textbox(Emu(int(left)), Emu(int(top)), Emu(int(width)), Emu(int(height))).text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for number, runs in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(after)
        for each in runs:
            run = paragraph.add_run()
            run.text = each.text
            run.font.size, run.font.bold = Pt(each.size), each.bold
            run.font.color.theme_color = each.color


def fill(placeholder: Any, text: str) -> None:
    placeholder.text_frame.text = text
    if placeholder.placeholder_format.idx == 0:
        placeholder.text_frame.paragraphs[0].runs[0].font.bold = True


def place_titles(file: Any) -> None:
    """The library's template is 4:3: its titles move to where ours stand."""
    for number, (top, height, size) in ((TITLE_SLIDE, (1.9, 2.1, 44)), (TITLE_ONLY, (0.45, 1.05, 28))):
        for shape in file.slide_layouts[number].placeholders:
            kind = shape.placeholder_format.idx
            if kind > 1:
                shape._element.getparent().remove(shape._element)
                continue
            subtitle = kind == 1
            shape.left, shape.width = LEFT, WIDTH
            shape.top, shape.height = (Inches(4.1), Inches(1.2)) if subtitle else (Inches(top), Inches(height))
            frame = shape.text_frame
            frame.word_wrap, frame.margin_left, frame.margin_right = True, 0, 0
            frame.vertical_anchor = MSO_ANCHOR.TOP if subtitle else MSO_ANCHOR.BOTTOM
            _set_level(shape, 20 if subtitle else size, bold=not subtitle)


def _set_level(shape: Any, size: float, *, bold: bool) -> None:
    """Size, weight and side of a placeholder's first level, which slides take up."""
    body = shape._element.txBody
    styles = body.find(qn("a:lstStyle"))
    for old in list(styles):
        styles.remove(old)
    level = _added(styles, "a:lvl1pPr", algn="l", marL="0", indent="0")
    _added(level, "a:buNone")
    run = _added(level, "a:defRPr", sz=str(int(size * 100)), b="1" if bold else "0")
    _added(_added(run, "a:solidFill"), "a:schemeClr", val="tx1" if bold else "tx2")


def _added(parent: Any, tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(name, value)
    parent.append(element)
    return element
