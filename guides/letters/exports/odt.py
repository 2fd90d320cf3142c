"""OpenDocument: real titles, lists and header rows, the paper's language, no author and no hour."""

import io
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from odfdo import Document, Element

from guides.letters.exports.layout import Block, Role, blocks, signed_by_hand
from guides.letters.papers import Paper, Table
from hub.typesetting.archive import without_hours
from hub.typesetting.pdf import LOCALES

_STYLES = Path(__file__).with_name("odt_styles.xml")
_META = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-meta'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.4"><office:meta>'
    "<dc:title>{title}</dc:title><dc:language>{locale}</dc:language>"
    "</office:meta></office:document-meta>"
)
_SETTINGS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-settings'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.4"/>'
)
# LibreOffice takes a table's look from the document's own styles only.
_GRID = (
    ("table", "Grid", {"style:width": "16.2cm", "table:align": "left", "table:border-model": "collapsing"}),
    ("table-row", "GridRow", {"fo:keep-together": "always"}),
    ("table-cell", "GridCell", {"fo:padding": "3pt", "fo:border": "0.5pt solid #595959"}),
)
_ROLE_STYLES = {
    Role.NOTICE: "Letter_20_notice",
    Role.SENDER: "Letter_20_sender",
    Role.RECIPIENT: "Letter_20_recipient",
    Role.PLACE_AND_DATE: "Letter_20_place_20_and_20_date",
    Role.DELIVERY: "Letter_20_delivery",
    Role.TITLE: "Title",
    Role.SUBJECT: "Letter_20_subject",
    Role.REFERENCE: "Letter_20_reference",
    Role.SALUTATION: "Letter_20_salutation",
    Role.TEXT: "Text_20_body",
    Role.CLOSING: "Letter_20_closing",
    Role.ENCLOSURES: "Letter_20_enclosures",
}


def write(paper: Paper) -> bytes:
    document = Document("text")
    for part in document.get_parts():
        # What LibreOffice left in the library's template: its thumbnail and the layout of its windows.
        if part.startswith(("Thumbnails/", "Configurations2/")):
            document.del_part(part)
    for path in document.manifest.get_paths():
        if path.startswith(("Thumbnails/", "Configurations2/")):
            document.manifest.del_full_path(path)
    language, country = LOCALES[paper.language].split("-")
    styles = _styles().replace("LANGUAGE", language).replace("COUNTRY", country)
    meta = _META.format(title=escape(paper.title), locale=LOCALES[paper.language])
    document.set_part("styles.xml", styles.encode())
    document.set_part("meta.xml", meta.encode())
    document.set_part("settings.xml", _SETTINGS.encode())
    _grid_styles(document)
    body = document.body
    body.clear()
    for number, block in enumerate(blocks(paper)):
        for element in _elements(paper, block, number):
            body.append(element)
    out = io.BytesIO()
    document.save(out)
    return without_hours(out.getvalue())


def _elements(paper: Paper, block: Block, number: int) -> list[Element]:
    if block.table:
        return [_line("text:p", "Caption", (block.table.caption,)), _table(block.table, f"Table{number}")]
    match block.role:
        case Role.ITEM:
            return [_list(block.lines)]
        case Role.HEADING:
            # Under a title the headings are the first level; under a subject, itself a heading, the second.
            level = 2 if paper.subject else 1
            return [_heading(level, f"Heading_20_{level}", block)]
        case Role.SUBJECT:
            return [_heading(1, _ROLE_STYLES[Role.SUBJECT], block)]
        case Role.SIGNATURE:
            style = "Letter_20_signature" if signed_by_hand(paper) else "Letter_20_name"
            return [_line("text:p", style, block.lines)]
        case role:
            return [_line("text:p", _ROLE_STYLES[role], block.lines)]


@cache
def _styles() -> str:
    return _STYLES.read_text(encoding="utf-8")


def _grid_styles(document: Document) -> None:
    automatic = document.content.get_elements("//office:automatic-styles")[0]
    for family, name, values in _GRID:
        style = _element("style:style", style_name=name, style_family=family)
        properties = _element(f"style:{family}-properties")
        for attribute, value in values.items():
            properties.set_attribute(attribute, value)
        style.append(properties)
        automatic.append(style)


def _element(tag: str, **attributes: str) -> Element:
    element = Element.from_tag(tag)
    for name, value in attributes.items():
        prefix, _, rest = name.partition("_")
        element.set_attribute(f"{prefix}:{rest.replace('_', '-')}", value)
    return element


def _line(tag: str, style: str, lines: tuple[str, ...]) -> Element:
    """Text goes in as it stands: the library's own way in would fold its spaces."""
    element = _element(tag, text_style_name=style)
    element.text = lines[0]
    for line in lines[1:]:
        broken = _element("text:line-break")
        broken.tail = line
        element.append(broken)
    return element


def _heading(level: int, style: str, block: Block) -> Element:
    element = _line("text:h", style, block.lines)
    element.set_attribute("text:outline-level", str(level))
    return element


def _list(items: tuple[str, ...]) -> Element:
    element = _element("text:list", text_style_name="Bullets")
    for item in items:
        entry = _element("text:list-item")
        entry.append(_line("text:p", "List_20_item", (item,)))
        element.append(entry)
    return element


def _table(table: Table, name: str) -> Element:
    element = _element("table:table", table_name=name, table_style_name="Grid")
    element.append(_element("table:table-column", table_number_columns_repeated=str(len(table.columns))))
    head = _element("table:table-header-rows")
    head.append(_row(table.columns, heading=len(table.columns)))
    element.append(head)
    for cells in table.rows:
        element.append(_row(cells, heading=1))
    return element


def _row(cells: tuple[str, ...], heading: int) -> Element:
    """The first ``heading`` cells are set as headings."""
    row = _element("table:table-row", table_style_name="GridRow")
    for place, text in enumerate(cells):
        cell = _element("table:table-cell", table_style_name="GridCell", office_value_type="string")
        cell.append(_line("text:p", "Table_20_Heading" if place < heading else "Table_20_Contents", (text,)))
        row.append(cell)
    return row
