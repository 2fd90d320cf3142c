"""What presentations of the hub share: a clean template in the hub's colours, its language, no author and no hour."""

import io
import re
import zipfile
from typing import Any

from pptx.opc.constants import RELATIONSHIP_TYPE as RELATION
from pptx.opc.oxml import serialize_part_xml
from pptx.opc.package import XmlPart
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.util import Inches

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
_MADE = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")
_DECORATIVE = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)


def clean(presentation: Any, locale: str, colors: dict[str, str], heading: str, body: str) -> None:
    """16:9, without what the library's template says of the machine that made it, in these colours and fonts.

    ``colors`` names the theme's slots: ``dk1`` text, ``lt1`` ground, ``dk2``, ``lt2``, ``accent1`` and so on.
    """
    _widen(presentation)
    package = presentation.part.package
    for identifier, relation in list(package._rels.items()):
        if relation.reltype.endswith(("/thumbnail", "/extended-properties")):
            package._rels.pop(identifier)
    for child in list(presentation.core_properties._element):
        presentation.core_properties._element.remove(child)
    presentation.core_properties.language = locale
    theme = presentation.slide_master.part.part_related_by(RELATION.THEME)
    root = parse_xml(theme.blob)
    for slot, color in colors.items():
        element = root.find(f".//{qn('a:clrScheme')}/{qn(f'a:{slot}')}")
        for old in list(element):
            element.remove(old)
        new = OxmlElement("a:srgbClr")
        new.set("val", color)
        element.append(new)
    for kind, font in (("majorFont", heading), ("minorFont", body)):
        root.find(f".//{qn(f'a:{kind}')}/{qn('a:latin')}").set("typeface", font)
    theme._blob = serialize_part_xml(root)


def _widen(presentation: Any) -> None:
    """The template is 4:3 and as high as ours: what stands on its master and layouts grows sideways with it."""
    wider = WIDTH / presentation.slide_width
    presentation.slide_width, presentation.slide_height = WIDTH, HEIGHT
    for sheet in (presentation.slide_master, *presentation.slide_layouts):
        for place in sheet._element.iter(qn("a:off"), qn("a:ext")):
            for name in ("x", "cx"):
                if place.get(name):
                    place.set(name, str(int(int(place.get(name)) * wider)))


def set_language(presentation: Any, locale: str) -> None:
    """Every run, and every default of the masters."""
    for part in presentation.part.package.iter_parts():
        if isinstance(part, XmlPart):
            for tag in ("a:rPr", "a:defRPr", "a:endParaRPr"):
                for element in part._element.iter(qn(tag)):
                    element.set("lang", locale)


def describe(shape: Any, words: str) -> None:
    """What the shape says to someone who does not see it; no words: it is an ornament."""
    properties = shape._element.xpath(".//p:cNvPr")[0]
    properties.set("descr", words)
    if not words:
        properties.append(parse_xml(_DECORATIVE))


def without_hour_of_workbook(chart: Any) -> None:
    """The workbook behind a chart says when it was made."""
    part = chart.part.chart_workbook.xlsx_part
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(part.blob)) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.infolist():
            info = zipfile.ZipInfo(member.filename, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, _MADE.sub(b"", old.read(member)))
    part._blob = out.getvalue()
