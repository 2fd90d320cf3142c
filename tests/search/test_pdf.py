"""Words that stand only in a PDF find the pages that link to it, and no PDF does any harm."""

import logging
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Collection, CollectionViewRestriction

from hub.media.models import HubDocument
from hub.search import outbox, pdf, pdf_reader
from hub.search.asking import ask
from hub.search.documents import documents
from hub.search.models import DocumentText
from tests.factories import files, pdfs
from tests.factories.hub import Hub, publish
from tests.factories.search import SmallSite

ANNEX = "Annexe\nLes parapheurs électroniques remplacent les chemises cartonnées."


@pytest.fixture
def collections(db: None) -> tuple[Collection, Collection]:
    """One that everybody may read, and one below another that asks to log in."""
    root = Collection.get_first_root_node() or Collection.add_root(instance=Collection(name="Root"))
    closed = root.add_child(instance=Collection(name="Fermée"))
    CollectionViewRestriction.objects.create(collection=closed, restriction_type=CollectionViewRestriction.LOGIN)
    return root.add_child(instance=Collection(name="Ouverte")), closed.add_child(instance=Collection(name="Dedans"))


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """One entry for each process that read a document."""
    started: list[Any] = []
    real = subprocess.run

    def counting(*args: Any, **kwargs: Any) -> Any:
        started.append(args)
        return real(*args, **kwargs)

    monkeypatch.setattr(subprocess, "run", counting)
    return started


def found(text: str) -> list[int]:
    outbox.drain()
    return [hit.id for hit in ask(text, "fr").hits]


def text_of(content: bytes, name: str = "document.pdf") -> str:
    made = pdfs.document(content, name)
    return pdf.texts([made.pk]).get(made.pk, "")


# --- What visitors find ---


def test_a_word_of_the_document_finds_the_page_and_the_passage_shows_it(site: SmallSite) -> None:
    annex = pdfs.document(pdfs.pdf("Une page de garde", ANNEX))
    outbox.rebuild()
    page = site.page("Une charte", f"Le texte de la charte : {pdfs.link_to(annex)}")
    outbox.drain()
    hits = ask("parapheur electronique", "fr").hits
    assert [hit.id for hit in hits] == [page.pk]
    passage = "".join(words for words, _match in hits[0].fragments)
    assert "remplacent les chemises cartonnées" in passage
    assert {"parapheurs", "électroniques"} <= {words for words, match in hits[0].fragments if match}


def test_documents_of_every_kind_of_field(hub: Hub) -> None:
    annex = pdfs.document(pdfs.pdf(ANNEX))
    case = publish(hub.case(why=f"<p>Voir {pdfs.link_to(annex)}</p>"))
    explainer = publish(hub.explainer(answer=f"<p>{pdfs.link_to(annex)}</p>"))
    assert case.linked_document_ids() == explainer.linked_document_ids() == {annex.pk}
    found_documents = documents([case.pk, explainer.pk], 1)
    assert all("parapheurs" in found_documents[page.pk].body for page in (case, explainer))


def test_a_document_chosen_in_a_block(site: SmallSite) -> None:
    """No block holds a chooser today; stored data that has one counts all the same."""
    page = site.page("Une charte")
    page.__dict__["_stored"] = [[{"type": "document", "value": 7}], [{"type": "card", "value": {"document": 8}}]]
    assert page.linked_document_ids() == {7, 8}


def test_documents_behind_a_door_stay_there(site: SmallSite, collections: tuple[Collection, Collection]) -> None:
    opened, closed = collections
    secret = pdfs.document(pdfs.pdf("Le salaire de la directrice"), collection=closed)
    outbox.rebuild()
    page = site.page("Une charte", pdfs.link_to(secret))
    assert found("directrice") == []
    secret.collection = opened
    secret.save()
    assert found("directrice") == [page.pk]
    login = CollectionViewRestriction.LOGIN
    restriction = CollectionViewRestriction.objects.create(collection=opened, restriction_type=login)
    assert found("directrice") == []
    restriction.delete()
    assert found("directrice") == [page.pk]


def test_other_files_are_not_read(site: SmallSite, runs: list[Any]) -> None:
    assert text_of(files.docx(), "charte.docx") == ""
    assert runs == []


def test_a_replaced_file_is_read_again(site: SmallSite, runs: list[Any]) -> None:
    annex = pdfs.document(pdfs.pdf("parapheur"))
    outbox.rebuild()
    page = site.page("Une charte", pdfs.link_to(annex))
    assert found("parapheur") == [page.pk]

    annex.file.save("autre.pdf", ContentFile(pdfs.pdf("tampographe")), save=False)
    annex._set_document_file_metadata()
    annex.save()
    assert found("tampographe") == [page.pk]
    assert found("parapheur") == []

    annex.delete()
    assert found("tampographe") == []
    assert not DocumentText.objects.exists()
    assert len(runs) == 2


# --- What it costs ---


def test_a_document_is_read_once_for_each_content(site: SmallSite, runs: list[Any]) -> None:
    annex = pdfs.document(pdfs.pdf(ANNEX))
    pages = [site.page(f"Charte {number}", pdfs.link_to(annex)) for number in range(3)]
    for _turn in range(3):
        assert all("parapheurs" in each.body for each in documents([page.pk for page in pages], 1).values())
    assert len(runs) == 1


def test_a_document_without_a_hash_is_given_one(site: SmallSite, runs: list[Any]) -> None:
    annex = pdfs.document(pdfs.pdf(ANNEX))
    HubDocument.objects.update(file_hash="")
    for _turn in range(2):
        assert "parapheurs" in pdf.texts([annex.pk])[annex.pk]
    assert len(runs) == 1


def test_as_many_queries_for_many_documents_as_for_one(site: SmallSite) -> None:
    def queries(count: int) -> int:
        made = [pdfs.document(pdfs.pdf(f"mot {count} {number}")) for number in range(count)]
        pages = [site.page(f"Page {count} {number}", pdfs.link_to(made[number])).pk for number in range(count)]
        documents(pages, 1)
        with CaptureQueriesContext(connection) as asked:
            documents(pages, 1)
        return len(asked)

    assert queries(1) == queries(6)


def test_a_text_has_a_longest_length(site: SmallSite) -> None:
    text = text_of(pdfs.pdf(*["mot " * 400] * 310))
    assert 290_000 < len(text) <= pdf_reader.CHARACTERS
    only_first = text_of(pdfs.pdf(*[f"page{number}" for number in range(310)]), "pages.pdf")
    assert "page299" in only_first and "page300" not in only_first


# --- Files that are not what they should be ---


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "damaged"),
    "not a PDF": (files.picture, "damaged"),
    "without pages": (lambda: files.PDF, "damaged"),
    "cut short": (lambda: pdfs.pdf(ANNEX)[:200], "damaged"),
    "scanned": (pdfs.scanned, "no text"),
    "encrypted": (lambda: pdfs.encrypted("secret", "password"), "encrypted"),
    "its own child": (pdfs.circular, "damaged"),
    # A busy machine gives up on it by the clock, before its size.
    "a bomb": (pdfs.bomb, "damaged|too long"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_has_no_text_and_one_line_in_the_log(
    db: None, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    make, reason = HOSTILE[kind]
    made = pdfs.document(make())
    with caplog.at_level(logging.INFO, logger="hub.search.pdf"):
        assert [pdf.texts([made.pk]) for _turn in range(2)] == [{made.pk: ""}] * 2
    assert [bool(re.search(reason, record.getMessage())) for record in caplog.records] == [True]


def test_a_document_that_only_asks_not_to_be_changed_is_read(db: None) -> None:
    assert text_of(pdfs.encrypted("ouvert", "")) == "ouvert"


def test_drawings_within_drawings_end(db: None) -> None:
    assert text_of(pdfs.nested()).startswith("encore encore")


def test_an_endless_document_is_left_in_time(
    site: SmallSite, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(pdf_reader, "SECONDS", 1)
    endless = pdfs.document(pdfs.endless())
    outbox.rebuild()
    page = site.page("Une charte", f"parapheur {pdfs.link_to(endless)}")
    assert found("parapheur") == found("avant") == [page.pk]
    assert [record.getMessage() for record in caplog.records if record.name == "hub.search.pdf"] == [
        f"document {endless.pk} is not searched whole: it takes too long"
    ]


def test_a_very_large_file_is_not_opened(db: None, monkeypatch: pytest.MonkeyPatch, runs: list[Any]) -> None:
    monkeypatch.setattr(pdf, "MAX_BYTES", 500)
    assert text_of(pdfs.pdf(ANNEX)) == ""
    assert runs == []


def test_a_reader_cannot_outgrow_its_memory(tmp_path: Path) -> None:
    """The reader's own limit, met by a parser that asks for more than any machine should give it."""
    source = tmp_path / "document.pdf"
    source.write_bytes(pdfs.pdf(ANNEX))
    command = [sys.executable, "-I", "-c", GREEDY, pdf_reader.__file__]
    with source.open("rb") as stdin:
        done = subprocess.run(command, stdin=stdin, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (pdf_reader.TOO_MUCH, b"")


GREEDY = """
import importlib.util, sys
spec = importlib.util.spec_from_file_location("reader", sys.argv[1])
reader = importlib.util.module_from_spec(spec)
spec.loader.exec_module(reader)
import pypdf
pypdf.PageObject.extract_text = lambda page: "x" * 10**9
sys.exit(reader.main())
"""


def test_a_file_that_is_gone_is_tried_again(site: SmallSite, caplog: pytest.LogCaptureFixture) -> None:
    annex = pdfs.document(pdfs.pdf(ANNEX))
    content = annex.file.read()
    name = annex.file.name
    annex.file.storage.delete(name)
    page = site.page("Une charte", pdfs.link_to(annex))
    assert documents([page.pk], 1)[page.pk].title == "Une charte"
    assert "cannot be opened" in caplog.text
    annex.file.storage.save(name, ContentFile(content))
    assert "parapheurs" in documents([page.pk], 1)[page.pk].body
