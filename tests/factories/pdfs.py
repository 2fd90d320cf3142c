"""PDF documents, written by hand: sound ones, and others made to hurt whoever reads them."""

import io
import zlib

from django.core.files.base import ContentFile
from pypdf import PdfReader, PdfWriter
from wagtail.models import Collection

from hub.media.models import HubDocument

_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"


def _file(objects: list[bytes]) -> bytes:
    """Numbered objects, the first being the catalogue, with the table of where they stand."""
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size + table
    return out + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, out.index(b"xref\n0"))


def _stream(content: bytes, entries: bytes = b"") -> bytes:
    packed = zlib.compress(content)
    return b"<<%s/Filter/FlateDecode/Length %d>>stream\n" % (entries, len(packed)) + packed + b"\nendstream"


def _with_contents(contents: list[bytes], extra: list[bytes] = [], resources: bytes = b"") -> bytes:  # noqa: B006
    """One page for each content stream. Object 3 is the font; ``extra`` objects follow it."""
    first = 4 + len(extra)
    pages = [first + 2 * number for number in range(len(contents))]
    kids = b" ".join(b"%d 0 R" % number for number in pages)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(contents), kids),
        _FONT,
        *extra,
    ]
    for number, content in zip(pages, contents, strict=True):
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F 3 0 R>>%s>>>>"
            % (number + 1, resources)
        )
        objects.append(_stream(content))
    return _file(objects)


def _lines(text: str) -> bytes:
    shown = b"".join(b"(%s) Tj T* " % line.encode("cp1252") for line in text.split("\n"))
    return b"BT /F 12 Tf 50 800 Td 14 TL %sET" % shown


def pdf(*pages: str) -> bytes:
    return _with_contents([_lines(text) for text in pages])


def scanned() -> bytes:
    """A page that holds a drawing and no words."""
    return _with_contents([b"0 0 1 rg 50 50 200 200 re f"])


def encrypted(text: str, password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(text))))
    writer.encrypt(password, owner_password="owner", algorithm="AES-256")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def nested(depth: int = 40) -> bytes:
    """Drawings that each show the next one twice: two to the power of ``depth`` words in all."""
    forms = []
    for level in range(depth):
        following = b"/XObject<</X %d 0 R>>" % (5 + level) if level < depth - 1 else b""
        entries = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</F 3 0 R>>%s>>" % following
        forms.append(_stream(b"/X Do /X Do" if following else _lines("encore"), entries))
    return _with_contents([b"/X Do"], forms, b"/XObject<</X 4 0 R>>")


def circular() -> bytes:
    """A tree of pages that holds itself."""
    return _file([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]>>"])


def endless() -> bytes:
    """One page with a word, then many that take seconds each and hold none."""
    return _with_contents([_lines("avant"), *[b"BT " + b"[()] TJ " * 200_000 + b"ET"] * 60])


def bomb(megabytes: int = 70) -> bytes:
    """A few kilobytes that unpack into a page of many."""
    return _with_contents([b"BT /F 12 Tf " + b"(boum) Tj " * (megabytes * 100_000) + b"ET"])


def document(content: bytes, name: str = "document.pdf", collection: Collection | None = None) -> HubDocument:
    """An uploaded document, with what Wagtail's form notes of its file."""
    made = HubDocument(title=name, collection=collection or _root())
    made.file.save(name, ContentFile(content), save=False)
    made._set_document_file_metadata()
    made.save()
    return made


def _root() -> Collection:
    return Collection.get_first_root_node() or Collection.add_root(instance=Collection(name="Root"))


def link_to(made: HubDocument) -> str:
    return f'<a linktype="document" id="{made.pk}">{made.title}</a>'
