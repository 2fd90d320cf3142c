"""What every Word document of the hub shares: a clean template, its language, header rows, page numbers, no hours."""

import io
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from hub.typesetting.archive import without_hours

_FIELD_SIGNS = ("begin", "separate", "end")
_SCRIPTS = ("ascii", "hAnsi", "cs", "eastAsia")


def clean(document: Any) -> None:
    """Drop what the library's template says of the machine that made it, its table styles and old layout."""
    package = document.part.package
    for identifier, relation in list(package.rels.items()):
        if relation.reltype.endswith(("/thumbnail", "/extended-properties")):
            del package.rels[identifier]
    for style in list(document.styles.element.iter(qn("w:style"))):
        if style.get(qn("w:type")) == "table" and style.name_val not in ("Table Grid", "Normal Table"):
            document.styles.element.remove(style)
    for child in list(document.core_properties._element):
        document.core_properties._element.remove(child)
    mode = document.settings.element.find(f".//{qn('w:compatSetting')}[@{qn('w:name')}='compatibilityMode']")
    mode.set(qn("w:val"), "15")


def set_language(document: Any, locale: str) -> None:
    for element in document.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), locale)
    document.settings.element.find(qn("w:themeFontLang")).set(qn("w:val"), locale)
    document.core_properties.language = locale


def set_font(style: Any, name: str) -> None:
    """One font for every script, in place of the template's theme."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for script in _SCRIPTS:
        fonts.set(qn(f"w:{script}"), name)


def set_borders(style: Any, sides: tuple[str, ...], color: str = "595959", size: int = 4) -> None:
    """Lines on these sides of a paragraph style, none on the others. ``size`` is in eighths of a point."""
    properties = style.element.get_or_add_pPr()
    for old in properties.findall(qn("w:pBdr")):
        properties.remove(old)
    borders = OxmlElement("w:pBdr")
    for side in sides:
        line = OxmlElement(f"w:{side}")
        for attribute, value in (("val", "single"), ("sz", str(size)), ("space", "4"), ("color", color)):
            line.set(qn(f"w:{attribute}"), value)
        borders.append(line)
    if sides:
        # The schema wants the borders before the spacing.
        properties.find(qn("w:spacing")).addprevious(borders)


def mark_row(row: Any, *, header: bool) -> None:
    """Rows stay whole; the header row is one, and comes again on each page."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if header:
        properties.append(OxmlElement("w:tblHeader"))


def number_pages(section: Any) -> None:
    """ "2 / 3" at the foot; a document of one page bears no number."""
    section.different_first_page_header_footer = True
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _field(footer, "PAGE")
    footer.add_run(" / ")
    _field(footer, "NUMPAGES")


def _field(paragraph: Any, name: str) -> None:
    for sign in _FIELD_SIGNS:
        run = paragraph.add_run()
        character = OxmlElement("w:fldChar")
        character.set(qn("w:fldCharType"), sign)
        run._r.append(character)
        if sign == "begin":
            code = OxmlElement("w:instrText")
            code.text = name
            paragraph.add_run()._r.append(code)
        elif sign == "separate":
            paragraph.add_run("1")


def saved(document: Any) -> bytes:
    """The document as bytes, after which it is gone; works for python-docx and python-pptx alike.

    The libraries' parts hold one another, and a worker would keep hundreds of documents until Python looks for such
    rings. Undone here, each is gone with its answer.
    """
    out = io.BytesIO()
    document.save(out)
    package = document.part.package
    for part in list(package.iter_parts()):
        vars(part).clear()
    vars(package).clear()
    return out.getvalue()


def without_traces(document: Any) -> bytes:
    """Saved, and without the hour at which it was."""
    return without_hours(saved(document))
