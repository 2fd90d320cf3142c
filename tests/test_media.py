"""Uploads are judged by what they contain; documents are served to those who may read them, and nobody else."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction

from hub.media.models import HubDocument, HubImage
from tests.factories import files
from tests.factories.hub import Hub
from tests.factories.people import admin

pytestmark = pytest.mark.django_db

AJAX = {"x-requested-with": "XMLHttpRequest"}


@pytest.fixture
def editor(hub: Hub) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(admin(), "django.contrib.auth.backends.ModelBackend")
    return client


def root() -> int:
    return Collection.get_first_root_node().pk


def by_form(client: Client, kind: str, name: str, content: bytes) -> Any:
    data = {"title": "Un fichier", "file": files.upload(name, content), "collection": root(), "tags": ""}
    return client.post(reverse(f"wagtail{kind}:add"), data)


def by_many(client: Client, kind: str, name: str, content: bytes) -> Any:
    data = {"title": "Un fichier", "files[]": files.upload(name, content), "collection": root()}
    return client.post(reverse(f"wagtail{kind}:add_multiple"), data, headers=AJAX)


def by_chooser(client: Client, kind: str, name: str, content: bytes) -> Any:
    chooser = {"images": "wagtailimages_chooser", "docs": "wagtaildocs_chooser"}[kind]
    prefix = {"images": "image-chooser-upload-", "docs": "document-chooser-upload-"}[kind]
    fields = {"title": "Un fichier", "file": files.upload(name, content), "collection": root(), "tags": ""}
    return client.post(reverse(f"{chooser}:create"), {f"{prefix}{key}": value for key, value in fields.items()})


DOORS = {"form": by_form, "many": by_many, "chooser": by_chooser}
every_door = pytest.mark.parametrize("door", DOORS)


# --- Pictures ---

BAD_PICTURES = {
    "damaged header": ("photo.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 200),
    "header only": ("photo.png", b"\x89PNG\r\n\x1a\n"),
    "size of nothing": ("photo.png", files.png(0, 0)),
    "cut short": ("photo.png", files.picture()[:60]),
    "cut short jpeg": ("photo.jpg", files.picture("JPEG", (400, 300))[:700]),
    "damaged gif": ("photo.gif", b"GIF89a" + b"\xff" * 40),
    "damaged webp": ("photo.webp", b"RIFF\x10\x00\x00\x00WEBPVP8 " + b"\x00" * 40),
    "damaged avif": ("photo.avif", b"\x00\x00\x00\x20ftypavif" + b"\x00" * 60),
    "html": ("photo.jpg", files.HTML),
    "svg": ("photo.svg", files.SVG),
    "svg called png": ("photo.png", files.SVG),
    "pdf called png": ("photo.png", files.PDF),
    "empty": ("photo.png", b""),
    "bomb": ("photo.png", files.png(40_000, 40_000)),
    "bomb that ends early": ("photo.png", files.png(9_000, 9_000)),
    "larger than allowed": ("photo.png", files.picture(size=(9_000, 9_000), mode="1")),
}


@every_door
@pytest.mark.parametrize("name", BAD_PICTURES)
def test_a_bad_picture_is_refused_in_words(editor: Client, door: str, name: str) -> None:
    response = DOORS[door](editor, "images", *BAD_PICTURES[name])
    assert response.status_code == 200
    assert not HubImage.objects.exists()
    if door == "many":
        answer = response.json()
        assert answer["success"] is False
        assert answer["error_message"]
    else:
        assert b"error" in response.content


@every_door
@pytest.mark.parametrize(("name", "kind"), [("photo.png", "PNG"), ("photo.jpg", "JPEG"), ("photo.webp", "WEBP")])
def test_a_sound_picture_is_taken(editor: Client, door: str, name: str, kind: str) -> None:
    DOORS[door](editor, "images", name, files.picture(kind))
    image = HubImage.objects.get()
    assert (image.width, image.height) == (64, 48)


def test_a_picture_is_not_replaced_by_a_bad_one(editor: Client) -> None:
    by_form(editor, "images", "photo.png", files.picture())
    image = HubImage.objects.get()
    url = reverse("wagtailimages:edit", args=[image.pk])
    data = {"title": "Autre", "file": files.upload("photo.jpg", files.HTML), "collection": root(), "tags": ""}
    assert editor.post(url, data).status_code == 200
    before = image.file.name
    image.refresh_from_db()
    assert (image.title, image.file.name) == ("Un fichier", before)


def test_a_picture_keeps_its_credit_and_licence(editor: Client) -> None:
    data = {
        "title": "Marché",
        "file": files.upload("photo.png", files.picture()),
        "collection": root(),
        "tags": "",
        "credit": "Commune de Vire",
        "licence": "CC BY 4.0",
    }
    editor.post(reverse("wagtailimages:add"), data)
    image = HubImage.objects.get()
    assert (image.credit, image.licence) == ("Commune de Vire", "CC BY 4.0")


# --- Documents ---

BAD_DOCUMENTS = {
    "svg": ("dessin.svg", files.SVG),
    "html": ("page.html", files.HTML),
    "html called pdf": ("page.pdf", files.HTML),
    "html called txt": ("page.txt", files.HTML),
    "html with a mark called csv": ("page.csv", b"\xef\xbb\xbf" + files.HTML),
    "html after blanks called txt": ("page.txt", b"  \n\t" + files.HTML),
    "svg called txt": ("dessin.txt", files.SVG),
    "program called txt": ("outil.txt", b"\x7fELF\x00\x00"),
    "html called docx": ("lettre.docx", files.HTML),
    "zip called docx": ("lettre.docx", files.archive(autre=b"x")),
    "zip called odt": ("lettre.odt", files.archive(autre=b"x")),
    "sheet called text": ("lettre.odt", files.open_document("spreadsheet")),
    "zip that climbs": ("lot.zip", files.archive(**{"..__..__etc__passwd": b"x"})),
    "broken zip": ("lot.zip", b"PK\x03\x04" + b"\x00" * 40),
    "program": ("outil.exe", b"MZ\x90\x00"),
    "no extension": ("lettre", files.PDF),
    "two extensions": ("lettre.pdf.html", files.PDF),
    "empty": ("lettre.pdf", b""),
}
GOOD_DOCUMENTS = {
    "pdf": ("lettre.pdf", files.PDF),
    "capitals": ("LETTRE.PDF", files.PDF),
    "odt": ("lettre.odt", files.open_document()),
    "ods": ("tableau.ods", files.open_document("spreadsheet")),
    "docx": ("lettre.docx", files.docx()),
    "csv": ("tableau.csv", "nom;âge\nAlix;42\n".encode()),
    "ics": ("date.ics", b"BEGIN:VCALENDAR\nEND:VCALENDAR\n"),
    "zip": ("lot.zip", files.archive(lisez_moi=b"x")),
}


@every_door
@pytest.mark.parametrize("name", BAD_DOCUMENTS)
def test_a_document_other_than_its_name_says_is_refused_in_words(editor: Client, door: str, name: str) -> None:
    response = DOORS[door](editor, "docs", *BAD_DOCUMENTS[name])
    assert response.status_code == 200
    assert not HubDocument.objects.exists()
    if door == "many":
        assert response.json()["success"] is False


@every_door
@pytest.mark.parametrize("name", GOOD_DOCUMENTS)
def test_a_sound_document_is_taken_and_served(editor: Client, door: str, name: str) -> None:
    filename, content = GOOD_DOCUMENTS[name]
    DOORS[door](editor, "docs", filename, content)
    document = HubDocument.objects.get()
    response = Client().get(document.url)
    assert response.status_code == 200
    assert b"".join(response) == content
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "html" not in response["Content-Type"]
    assert not response.cookies


# --- Who may read ---

SECRET = b"%PDF-1.4 zqsecret"


@pytest.fixture
def private(hub: Hub) -> HubDocument:
    collection = Collection.get_first_root_node().add_child(instance=Collection(name="Entre nous"))
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    document = HubDocument(title="Secret", collection=collection)
    document.file.save("secret.pdf", ContentFile(SECRET))
    return document


def content(response: Any) -> bytes:
    return b"".join(response) if response.streaming else response.content


def test_a_document_of_a_private_collection_is_not_served(private: HubDocument, client: Client) -> None:
    response = client.get(private.url)
    assert response.status_code == 302
    assert "/compte/connexion/" in response["Location"] or "login" in response["Location"]
    client.force_login(admin(), "django.contrib.auth.backends.ModelBackend")
    assert content(client.get(private.url)) == SECRET


@pytest.mark.parametrize(
    "path",
    [
        "/media/documents/{name}",
        "/media//documents/{name}",
        "/media/./documents/{name}",
        "/media/images/../documents/{name}",
        "/media/images/%2e%2e/documents/{name}",
        "/media/original_images/../documents/{name}",
        "/media/original_images/..%2fdocuments/{name}",
        "/media/images/..%5cdocuments/{name}",
        "/media/images//../documents/{name}",
        "/media/images/./../documents/{name}",
        "/media/DOCUMENTS/{name}",
        "/static/../media/documents/{name}",
    ],
)
def test_documents_have_no_address_around_their_view(private: HubDocument, path: str) -> None:
    name = private.file.name.rpartition("/")[2]
    response = Client(raise_request_exception=False).get(path.format(name=name))
    assert response.status_code in (302, 404)
    assert SECRET not in content(response)


@pytest.mark.parametrize(
    "path", ["/media/images/../../../../etc/passwd", "/media/images/%2e%2e/%2e%2e/%2e%2e/etc/passwd"]
)
def test_nothing_outside_the_media_folder_is_served(hub: Hub, path: str) -> None:
    response = Client(raise_request_exception=False).get(path)
    assert response.status_code in (302, 400, 404)


def test_pictures_are_served_and_run_nothing(hub: Hub, client: Client) -> None:
    image = HubImage.objects.create(title="Vue", file=ContentFile(files.picture(), "vue.png"))
    response = client.get(image.file.url)
    assert response.status_code == 200
    assert "sandbox" in response["Content-Security-Policy"]
    assert "script-src" not in response["Content-Security-Policy"]
    assert "max-age" in response["Cache-Control"]
    assert not response.cookies


@pytest.mark.parametrize("path", ["/media/", "/media/images/", "/media/images", "/media/original_images/rien.png"])
def test_folders_are_not_listed(hub: Hub, client: Client, path: str) -> None:
    assert client.get(path, follow=True).status_code == 404
