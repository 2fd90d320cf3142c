"""The words of published PDF documents, which are searched with the pages that link to them.

A document is read once for each content, when a page that links to it is indexed, in a process of its own with limits
(``hub.search.pdf_reader``). A file that is encrypted, damaged, endless or without words counts as an empty text; it
never stands in the way of who uploads or publishes.
"""

import logging
import shutil
import signal
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, transaction
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.models import Collection, CollectionViewRestriction, Page, ReferenceIndex
from wagtail.utils.file import hash_filelike

from hub.search import pdf_reader
from hub.search.models import DocumentText

logger = logging.getLogger(__name__)

MAX_BYTES = 50 * 1024 * 1024
_READER = Path(pdf_reader.__file__)
_REASONS = {
    pdf_reader.ENCRYPTED: "encrypted",
    pdf_reader.DAMAGED: "damaged",
    pdf_reader.TOO_MUCH: "it needs too much memory",
    -signal.SIGXCPU: "it takes too long",
}


def texts(document_ids: Iterable[int]) -> dict[int, str]:
    """The words of those of the documents that are PDFs and that everybody may read: one query once they are known."""
    wanted = set(document_ids)
    if not wanted:
        return {}
    found, unread = {}, []
    for document in _public(wanted):
        known = getattr(document, "search_text", None)
        if known is not None and document.file_hash and known.file_hash == document.file_hash:
            found[document.pk] = known.text
        else:
            unread.append(document)
    read = [row for document in unread if (row := _read(document))]
    if read:
        _keep(read)
    return found | {row.document_id: row.text for row in read}


def pages_linking_below(collection: Collection) -> set[int]:
    """Pages that link to a document of a collection or of one below it, whose restrictions changed."""
    documents = get_document_model().objects.filter(collection__path__startswith=collection.path)
    references = ReferenceIndex.get_references_to_in_bulk(documents)
    pages = references.filter(base_content_type=ContentType.objects.get_for_model(Page))
    return {int(pk) for pk in pages.values_list("object_id", flat=True)}


def _public(ids: set[int]) -> QuerySet[AbstractDocument]:
    restrictions = CollectionViewRestriction.objects.annotate(
        listed_path=ExpressionWrapper(OuterRef("collection__path"), output_field=CharField())
    ).filter(listed_path__startswith=F("collection__path"))
    documents = get_document_model().objects.filter(~Exists(restrictions), pk__in=ids, file__iendswith=".pdf")
    return documents.select_related("search_text").order_by("pk")


def _read(document: AbstractDocument) -> DocumentText | None:
    """The document's words as they are to be kept, which may be none; nothing when its file cannot be opened now."""
    try:
        with document.open_file() as file, tempfile.TemporaryFile() as copy:
            if not document.file_hash:
                document.file_hash = hash_filelike(file)
            if file.size > MAX_BYTES:
                text, trouble = "", "too large"
            else:
                file.seek(0)
                shutil.copyfileobj(file, copy)
                copy.seek(0)
                text, trouble = _words(copy.fileno())
    except Exception:  # a storage raises what it likes
        logger.exception("document %s cannot be opened for search", document.pk)
        return None
    if trouble or not text:
        logger.warning("document %s is not searched whole: %s", document.pk, trouble or "it holds no text")
    return DocumentText(document=document, file_hash=document.file_hash, text=text)


def _words(source: int) -> tuple[str, str]:
    """What the reader's process printed, and why it stopped early if it did."""
    with tempfile.TemporaryFile() as printed:
        try:
            done = subprocess.run(  # noqa: S603  # the hub's own reader, with no argument
                # Isolated: neither the environment nor this directory decides what it imports.
                [sys.executable, "-I", str(_READER)],
                stdin=source,
                stdout=printed,
                stderr=subprocess.DEVNULL,
                timeout=pdf_reader.SECONDS,
                check=False,
            )
            trouble = _REASONS.get(done.returncode, f"its reader ended with {done.returncode}" * bool(done.returncode))
        except subprocess.TimeoutExpired:
            trouble = "it takes too long"
        printed.seek(0)
        text = printed.read().decode(errors="ignore")
    # A soft hyphen says where a word may be cut, and is no part of it.
    plain = unicodedata.normalize("NFC", text.replace("\x00", "").replace("\xad\n", "").replace("\xad", ""))
    return " ".join(plain.split())[: pdf_reader.CHARACTERS], trouble


def _keep(rows: list[DocumentText]) -> None:
    try:
        with transaction.atomic():
            for row in rows:
                get_document_model().objects.filter(pk=row.document_id, file_hash="").update(file_hash=row.file_hash)
            DocumentText.objects.bulk_create(
                rows, update_conflicts=True, unique_fields=["document"], update_fields=["file_hash", "text"]
            )
    except DatabaseError:  # a document was deleted meanwhile, say: its words are read again when they are needed
        logger.exception("the text of documents could not be kept")
