"""A composed paper as a file. One module a format; each takes the paper alone and gives bytes.

A new format is a module with ``write`` and its line in ``FORMATS``. Texts are those that ``questions.unprintable``
finds nothing in; a character that a format cannot carry raises.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from guides.letters.exports import docx, ics, odt, pdf, text
from guides.letters.papers import Calendar, Paper

Written = TypeVar("Written")


@dataclass(frozen=True)
class Format(Generic[Written]):
    extension: str
    media_type: str
    write: Callable[[Written], bytes]


FORMATS: dict[str, Format[Paper]] = {
    "docx": Format("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", docx.write),
    "odt": Format("odt", "application/vnd.oasis.opendocument.text", odt.write),
    "pdf": Format("pdf", "application/pdf", pdf.write),
    "txt": Format("txt", "text/plain; charset=utf-8", text.write),
}
CALENDAR: Format[Calendar] = Format("ics", "text/calendar; charset=utf-8", ics.write)
