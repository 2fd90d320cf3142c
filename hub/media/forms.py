"""What may be uploaded: judged by content, never by name alone.

Two faults of the stock forms are closed here: a picture with a damaged header answered 500, and a document form
accepted HTML and SVG, which run as script from the hub's own address.
"""

import zipfile
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image as PillowImage
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

_OFFICE_PARTS = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
_OPEN_DOCUMENT = {
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
}
_TEXT = {"csv", "txt", "ics"}
_MARKUP_STARTS = (b"<", b"\xef\xbb\xbf<", b"%!ps")


def document_matches_name(file: UploadedFile, extension: str) -> bool:
    """Whether the bytes are what the extension says. Reads the head of the file, or a ZIP's table of contents."""
    file.seek(0)
    head = file.read(4096)
    file.seek(0)
    try:
        if extension == "pdf":
            return head.startswith(b"%PDF-")
        if extension in _TEXT:
            return b"\x00" not in head and not head.lstrip().lower().startswith(_MARKUP_STARTS)
        if not zipfile.is_zipfile(file):
            return False
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            if extension in _OFFICE_PARTS:
                return any(name.startswith(_OFFICE_PARTS[extension]) for name in names)
            if extension in _OPEN_DOCUMENT:
                return (
                    "mimetype" in names
                    and archive.read("mimetype").decode("ascii", "replace") == _OPEN_DOCUMENT[extension]
                )
            return extension == "zip" and not any(name.startswith("/") or ".." in name.split("/") for name in names)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError):
        return False
    finally:
        file.seek(0)


class HubDocumentForm(BaseDocumentForm):
    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            extension = (file.name or "").rpartition(".")[2].lower()
            if not document_matches_name(file, extension):
                raise ValidationError(
                    _("This file’s content does not match its extension “.%(extension)s”. Save it again and retry.")
                    % {"extension": extension}
                )
        return file


class PictureField(WagtailImageField):
    """Decodes the whole picture, so that a damaged one is refused here and not when a page first shows it."""

    def to_python(self, data: Any) -> Any:
        try:
            file = super().to_python(data)
            if isinstance(file, UploadedFile):
                file.seek(0)
                with PillowImage.open(file) as picture:
                    picture.load()
                file.seek(0)
        except ValidationError:
            raise
        except Exception as error:  # a decoder fails in as many ways as there are formats
            message = _("This picture is damaged or is not a picture. Export it again and retry.")
            raise ValidationError(message) from error
        return file


class HubImageForm(BaseImageForm):
    file = PictureField(label=gettext_lazy("File"), widget=BaseImageForm.Meta.widgets["file"])
