"""What LibreOffice makes of the files: every paper in one go, read back as PDF and as text."""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pypdf
import pytest

from guides.letters.exports import FORMATS
from guides.letters.papers import PaperKind
from tests.factories import papers

pytestmark = [
    pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here (libreoffice-writer-nogui)"),
    pytest.mark.xdist_group("office"),
]

OFFICE = ("docx", "odt")
EVERY_PAPER = {f"{paper.language}-{paper.kind}": paper for paper in papers.every_paper()}
EVERYTHING = {**EVERY_PAPER, "hostile": papers.hostile()}


@dataclass
class Converted:
    folder: Path

    def text(self, name: str, form: str) -> str:
        return (self.folder / f"{name}-{form}.txt").read_text(encoding="utf-8-sig")

    def pdf(self, name: str, form: str) -> pypdf.PdfReader:
        return pypdf.PdfReader(self.folder / f"{name}-{form}.pdf")


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Converted:
    folder = tmp_path_factory.mktemp("office")
    files = []
    for name, paper in EVERYTHING.items():
        for form in OFFICE:
            file = folder / f"{name}-{form}.{form}"
            file.write_bytes(FORMATS[form].write(paper))
            files.append(str(file))
    for target in ("pdf", "txt:Text (encoded):UTF8"):
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", target]
            + ["--outdir", str(folder), *files],
            check=True,
            capture_output=True,
            timeout=240,
        )
    return Converted(folder)


@pytest.mark.parametrize("form", OFFICE)
@pytest.mark.parametrize("name", EVERYTHING)
def test_office_reads_every_word_in_order(converted: Converted, name: str, form: str) -> None:
    assert papers.missing(EVERYTHING[name], converted.text(name, form)) == []


@pytest.mark.parametrize("form", OFFICE)
@pytest.mark.parametrize("name", EVERY_PAPER)
def test_office_prints_short_papers_on_one_page(converted: Converted, name: str, form: str) -> None:
    pages = converted.pdf(name, form).pages
    assert len(pages) == 1
    assert papers.missing(EVERY_PAPER[name], pages[0].extract_text()) == []


@pytest.mark.parametrize("form", OFFICE)
@pytest.mark.parametrize("name", EVERY_PAPER)
def test_office_finds_title_and_no_author(converted: Converted, name: str, form: str) -> None:
    metadata = converted.pdf(name, form).metadata
    assert metadata["/Title"] == EVERY_PAPER[name].title
    assert not metadata.get("/Author")


@pytest.mark.parametrize("form", OFFICE)
def test_office_keeps_no_break_spaces(converted: Converted, form: str) -> None:
    text = converted.text(f"fr-{PaperKind.LETTER}", form)
    assert "1\u202f344" in text and "2,88\u00a0€" in text and "prête\u00a0:" in text
