"""Pictures and documents that come with an account: judged by content, cut off while they arrive when too large,
stored under names of our own where no address serves them."""

import io
import uuid
import zipfile
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from casestudies.models import Contribution, ContributionFile
from hub.forms.fields import LineField
from hub.media.forms import PictureField, document_matches_name

MOST_FILES = 3
MOST_BYTES = 5 * 1024 * 1024
MOST_TO_READ = 64 * 1024 * 1024  # a request beyond this is not read at all
_MOST_UNPACKED = 100 * 1024 * 1024
PICTURES = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}
MEDIA_TYPES = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "pdf": "application/pdf",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
ACCEPTED = ".jpg,.jpeg,.png,.webp,.pdf,.odt,.ods,.docx,.xlsx"


class CutOff(FileUploadHandler):
    """Lets go of a file once it is too large: the rest passes by, and what was typed beside it is still read."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.over = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.over = self.over or start + len(raw_data) > MOST_BYTES
        return None if self.over else raw_data

    def file_complete(self, file_size: int) -> Any:
        return TooLarge(self.file_name or "") if self.over else None


class TooLarge(SimpleUploadedFile):
    """Stands for a file whose content was let go."""

    def __init__(self, name: str) -> None:
        super().__init__(name, b"")


def extension_of(file: File[Any]) -> str:
    extension = (file.name or "").rpartition(".")[2].lower()
    return "jpg" if extension == "jpeg" else extension


class AttachmentField(forms.FileField):
    """A picture that decodes, or a document whose bytes are what its name says."""

    default_error_messages = {"empty": _("This file is empty.")}

    def to_python(self, data: Any) -> Any:
        if isinstance(data, TooLarge) or (data and (data.size or 0) > MOST_BYTES):
            raise ValidationError(_("This file is larger than 5 MB. Make it smaller, or leave it out."))
        file: Any = super().to_python(data)
        if file is None:
            return None
        extension = extension_of(file)
        if extension not in MEDIA_TYPES:
            raise ValidationError(
                _(
                    "Files of this kind are not accepted. "
                    "Send a picture (JPEG, PNG, WebP) or a PDF, ODT, ODS, DOCX, XLSX."
                )
            )
        if extension in PICTURES:
            return PictureField(required=False).to_python(file)
        if _is_a_bomb(file) or not document_matches_name(file, extension):
            raise ValidationError(_("What this file holds is not what its name says. Save it again and retry."))
        return file


def _is_a_bomb(file: Any) -> bool:
    """A small archive that unpacks to something enormous."""
    try:
        with zipfile.ZipFile(file) as archive:
            return sum(member.file_size for member in archive.infolist()) > _MOST_UNPACKED
    except zipfile.BadZipFile:
        return False
    finally:
        file.seek(0)


class FilesForm(forms.Form):
    """Up to three files. A browser sends none of them again, so they are asked for on the step that is sent."""

    use_required_attribute = False

    def __init__(
        self, data: Any, files: MultiValueDict[str, UploadedFile] | None, typed: Mapping[str, Any], already: int = 0
    ) -> None:
        """``typed`` is what was written about the files so far, shown while none is sent."""
        super().__init__(data, files, error_class=forms.utils.ErrorList, initial=dict(typed.items()))
        self.numbers = range(1, max(0, MOST_FILES - already) + 1)
        for number in self.numbers:
            self.fields[f"file_{number}"] = AttachmentField(
                required=False,
                label=_("File %(number)s") % {"number": number},
                widget=forms.FileInput(attrs={"accept": ACCEPTED}),
            )
            self.fields[f"alt_{number}"] = LineField(
                longest=250,
                label=_("What file %(number)s shows") % {"number": number},
                help_text=_("For people who do not see it."),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for number in self.numbers:
            file = cleaned.get(f"file_{number}")
            if file and extension_of(file) in PICTURES and not cleaned.get(f"alt_{number}", True):
                self.add_error(f"alt_{number}", _("Say in a few words what the picture shows."))
        return cleaned

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"file_{number}"], self[f"alt_{number}"]) for number in self.numbers]

    def carried(self) -> list[tuple[str, str]]:
        """What was written about files, while another step is on the screen."""
        names = [f"alt_{number}" for number in self.numbers]
        return [(name, str(self.initial[name])) for name in names if self.initial.get(name)]

    @property
    def has_pictures(self) -> bool:
        """Of a form whose files may be wrong otherwise."""
        return any(isinstance(file, File) and extension_of(file) in PICTURES for file in self.files.values())

    def attachments(self) -> list[tuple[UploadedFile, str]]:
        """Of a valid form: the files with their alternative texts."""
        found = ((self.cleaned_data[f"file_{n}"], self.cleaned_data[f"alt_{n}"]) for n in self.numbers)
        return [(file, alternative) for file, alternative in found if file]


def store(contribution: Contribution, file: UploadedFile, alternative: str) -> ContributionFile:
    """Keep a file under a random name, its extension that of what it holds. Pictures lose what the camera noted."""
    extension = extension_of(file)
    content: Any = file
    if extension in PICTURES:
        content = _bare_picture(file, PICTURES[extension])
    row = ContributionFile(
        contribution=contribution,
        name=_plain_name(file.name or "")[:120],
        media_type=MEDIA_TYPES[extension],
        size=content.size,
        alternative=alternative,
    )
    row.file.save(f"{uuid.uuid4().hex}.{extension}", content, save=False)
    try:
        row.save()
    except BaseException:
        row.file.delete(save=False)
        raise
    return row


def _bare_picture(file: UploadedFile, kind: str) -> ContentFile[bytes]:
    """The picture without place, camera and owner, turned the right way up first."""
    file.seek(0)
    buffer = io.BytesIO()
    with Image.open(file) as picture:
        upright = ImageOps.exif_transpose(picture)
        bare = Image.new(upright.mode, upright.size)
        if upright.mode == "P" and (palette := upright.getpalette()):
            bare.putpalette(palette)
        bare.paste(upright)
        transparency = upright.info.get("transparency")
        extra = {} if transparency is None else {"transparency": transparency}
        bare.save(buffer, kind, **({"quality": 90} if kind != "PNG" else {}), **extra)
    return ContentFile(buffer.getvalue())


def _plain_name(name: str) -> str:
    return "".join(each if each.isprintable() else " " for each in name.replace("\\", "/").rpartition("/")[2]).strip()
