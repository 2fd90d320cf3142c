"""A canary in every question, through every screen, file and failure: afterwards it is nowhere but with the visitor.

Looked through: every table, every SQL statement, every log record at DEBUG, the cache with its values unpacked, the
search index, uploads, temporary files, mail, sessions, and the headers of every answer.
"""

import hashlib
import io
import logging
import pickle
import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guides.letters import views
from guides.letters.exports import FORMATS, Format
from guides.letters.forms import AFTERWARDS, LetterForm
from guides.letters.forms_words import KIND_NAMES
from hub.forms.fields import ClockField, DayField, LineField, NumberField
from tests.factories.hub import Hub
from tests.factories.letters import Visitor, cards, fields_of, letter_pages, sent

pytestmark = pytest.mark.django_db

FREE = {
    name: kind
    for name, field in LetterForm.base_fields.items()
    for kind in (LineField, DayField, ClockField, NumberField)
    if isinstance(field, kind)
}
WORD = "zqcanary"
_WORDS = {name: f"{WORD}{number:02}x" for number, name in enumerate(FREE)}
_DAYS = {
    "since": "2030-05",
    "date": "2031-06-02",
    "start": "2031-07-03",
    "trial_end": "2031-10-04",
    "review": "2031-08-05",
    "answer_by": "2031-07-06",
    "paper_date": "2031-06-07",
    "agreed_on": "2031-06-08",
    "refused_on": "2031-06-09",
    "talk_again": "2031-09-10",
}
_CLOCKS = {"morning_start": "08:41", "morning_end": "11:42", "afternoon_start": "13:43", "afternoon_end": "17:44"}
_NUMBERS = {
    "days": "2",
    "occasional_days": "17",
    "commute_km": "321.7",
    "commute_minutes": "431",
    "km_a_year": "65431",
    "hours_a_year": "1987",
}
_CHOSEN: dict[str, Any] = {
    "sector": "private",
    "text": "charter",
    "eligible": "not_stated",
    "disabled_or_carer": "on",
    "pregnant": "on",
    "doctor": "on",
    "civility": "ms",
    "rhythm": "both",
    "per": "week",
    "weekdays": ["1", "3"],
    "place": "both",
    "kit": "need",
    "cost": "ltp",
    "arguments": ["retention"],
    "commute": "on",
    "delivery": "registered",
    "enclosures": ["tasks", "doctor"],
    "reasons_given": "on",
    "fallback": "ltp",
}
# Every word, every day of those years in any spelling, and the one number that nothing else could be.
CANARY = re.compile(
    rf"{WORD}|\b203[01]-\d\d\b|\b\d\d/\d\d/203[01]\b|(?:mai|juin|juillet|août|septembre|octobre) 203[01]\b"
    r"|(?:May|June|July|August|September|October) 203[01]\b|\b321[.,]7\b",
    re.IGNORECASE,
)
_ALL_KINDS = [kind.value for kind in KIND_NAMES]


def answers() -> dict[str, Any]:
    given = {name: _WORDS[name] for name, kind in FREE.items() if kind is LineField}
    given["email"] = f"{_WORDS['email']}@example.fr"
    # Three sentences in all, so one argument leaves room for two of one's own.
    del given["own_words_3"]
    return {**given, **_DAYS, **_CLOCKS, **_NUMBERS, **_CHOSEN}


class Ears(logging.Handler):
    """Hears every logger, whatever its level, and keeps all that a formatter could print of a record."""

    def __init__(self) -> None:
        super().__init__(logging.NOTSET)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(logging.Formatter().format(record) + repr(record.__dict__))


@pytest.fixture
def ears() -> Iterator[Ears]:
    ears = Ears()
    root = logging.getLogger()
    loggers = [root, *(logging.getLogger(name) for name in list(root.manager.loggerDict))]
    before = [(logger, logger.level, logger.disabled) for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
        logger.disabled = False
        logger.addHandler(ears)
    yield ears
    for logger, level, disabled in before:
        logger.removeHandler(ears)
        logger.setLevel(level)
        logger.disabled = disabled


@pytest.fixture
def places(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A real cache in files; temporary files in a folder of the test's own."""
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": str(tmp_path / "cache"),
        }
    }
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    return tmp_path


def rows() -> dict[str, list[str]]:
    """Everything in the database, by table."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found[table] = sorted(map(repr, cursor.fetchall()))
    return found


def files(folder: Path) -> dict[str, str]:
    """Every file below a folder as text; values of the cache unpacked."""
    return {str(path): _unpacked(path) for path in folder.rglob("*") if path.is_file()}


def _unpacked(path: Path) -> str:
    raw = path.read_bytes()
    if path.suffix == ".djcache":
        kept = io.BytesIO(raw)
        pickle.load(kept)
        raw = zlib.decompress(kept.read())
    return raw.decode("utf-8", "replace") + raw.decode("utf-16-le", "replace")


def print_of(folder: Path) -> dict[str, str]:
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".djcache"
    }


class Watched(Client):
    """A browser that keeps every answer it was given."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.answers: list[Any] = []

    def request(self, **request: Any) -> Any:
        response = super().request(**request)
        self.answers.append(response)
        return response


def in_full(response: Any) -> str:
    """The words of a file or page."""
    if response.content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(response.content)) as file:
            return " ".join(file.read(name).decode("utf-8", "replace") for name in file.namelist())
    return response.content.decode("utf-8", "replace")


def whole_journey(client: Client, url: str, card: str) -> None:
    """Every screen, the draft, every paper in every format, both languages of the letter."""
    given = {**answers(), "card": card}
    visitor = Visitor(client, url).open()
    for step in "123456":
        for go in ("next", "back", "3"):
            assert client.post(url, {**given, "step": step, "go": go}).status_code == 200
        assert WORD in in_full(client.post(url, {**given, "step": step}, headers={"x-fragment": "preview"}))
    for kind in _ALL_KINDS:
        for language in ("fr", "en"):
            visitor._read(client.post(url, {**given, "paper": kind, "language": language, "step": "paper"}))
            assert WORD in visitor.sheet, kind
            form = fields_of(visitor.page.find("form", class_="letter-form"))
            assert client.post(url, sent(form, "format", "ics")).content.startswith(b"BEGIN:VCALENDAR")
            for name in (*FORMATS, *(f"reading.{each}" for each in FORMATS)):
                response = client.post(url, sent(form, "format", name))
                assert response.status_code == 200 and response.has_header("Content-Disposition")
                assert name.endswith("pdf") or WORD in in_full(response), (kind, name)
    assert not visitor.wrong()


def what_is_refused(client: Client, url: str) -> None:
    """Wrong answers, other sites, other methods, other tools, bodies too large."""
    given = answers()
    broken = {name: f"{value} 😀" for name, value in given.items() if isinstance(value, str)}
    for step in "123456":
        page = client.post(url, {**given, **broken, **_CHOSEN, "step": step, "go": "next"})
        assert WORD in in_full(page)
    client.post(url, {**given, **broken, "carry": "1"})
    for name in _CHOSEN:
        client.post(url, {**given, name: WORD, "step": "paper"})
    for name in ("step", "go", "reached", "made", "format", "paper", "language", "carry", "unknown"):
        client.post(url, {**given, name: WORD})
    assert client.post(url, given, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert client.put(url, given).status_code == 405
    too_long = client.post(url, {**given, "task_1": WORD * 400_000, "step": "4", "go": "next"})
    broken_off = client.post(url, WORD, content_type="multipart/form-data; boundary=x")
    assert (too_long.status_code, broken_off.status_code) == (400, 200)
    client.post(url, f"first_name={WORD}&x={'y' * 3_000_000}", content_type="application/x-www-form-urlencoded")
    client.post(f"{url}nowhere/", given)


def what_fails(client: Client, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def quoting(*_args: Any, **_kwargs: Any) -> Any:
        raise ValueError(f"cannot write {answers()}")

    with monkeypatch.context() as patch:
        patch.setitem(FORMATS, "pdf", Format("pdf", "application/pdf", quoting))
        assert client.post(url, {**answers(), "format": "pdf"}).status_code == 503
    with monkeypatch.context() as patch:
        patch.setattr(views.Desk, "finish", quoting)
        assert client.post(url, {**answers(), "step": "paper"}).status_code == 500


def test_every_free_question_has_its_canary() -> None:
    assert {*_DAYS, *_CLOCKS, *_NUMBERS} == {name for name, kind in FREE.items() if kind is not LineField}
    assert {name for names in AFTERWARDS.values() for name in names} <= {*answers(), "own_words_3"}
    assert set(LetterForm.base_fields) - set(answers()) == {"own_words_3", "card", "paper", "language"}


def test_nothing_of_a_letter_stays_behind(
    hub: Hub, places: Path, ears: Ears, monkeypatch: pytest.MonkeyPatch, capfd: Any
) -> None:
    # The English page does all that the French one does, and shows both languages besides.
    url, card = letter_pages(hub)["en"], cards(hub)
    Client().get(url)
    tables, kept_files = rows(), print_of(places)
    client = Watched(raise_request_exception=False)

    with CaptureQueriesContext(connection) as statements:
        whole_journey(client, url, card)
        what_is_refused(client, url)
        what_fails(client, url, monkeypatch)

    assert len(client.answers) > 150
    assert all(response.status_code not in (301, 302) for response in client.answers)
    for response in client.answers:
        assert not CANARY.search(repr(response.headers)), response.headers
        assert not response.cookies
    assert not client.cookies

    after = rows()
    assert [table for table in after if after[table] != tables[table]] == ["guides_lettersmade"]
    for table, found in after.items():
        assert not CANARY.search("\n".join(found)), table
    assert not [each["sql"] for each in statements if CANARY.search(each["sql"])]
    assert after["django_session"] == []

    assert len(ears.heard) > len(client.answers)
    assert not [line[:2000] for line in ears.heard if CANARY.search(line)]
    assert not CANARY.search("".join(capfd.readouterr()))

    assert print_of(places) == kept_files
    found = files(places)
    assert any(name.endswith(".djcache") for name in found), "the cache was in use"
    assert not [name for name, text in found.items() if CANARY.search(text) or CANARY.search(name)]
    assert not list((places / "tmp").iterdir())
    assert mail.outbox == []


def test_the_page_of_an_error_keeps_no_answer_either(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error page is sent to whoever erred; it need not say their answers back."""
    client = Watched(raise_request_exception=False)
    url = letter_pages(hub)["fr"]
    what_fails(client, url, monkeypatch)
    assert not CANARY.search(BeautifulSoup(client.answers[-1].content, "html.parser").get_text())
