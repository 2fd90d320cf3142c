"""The dossier and the note as PDF/UA-1."""

from dataclasses import asdict
from pathlib import Path

from casestudies.dossier.values import Dossier, Note
from hub.typesetting.pdf import LOCALES, compiled

_HERE = Path(__file__).parent


def dossier(paper: Dossier) -> bytes:
    return _compiled("dossier.typ", paper)


def note(paper: Note) -> bytes:
    return _compiled("note.typ", paper)


def _compiled(template: str, paper: Dossier | Note) -> bytes:
    region = LOCALES[paper.imprint.language].partition("-")[2]
    return compiled(_HERE / template, {**asdict(paper), "region": region})
