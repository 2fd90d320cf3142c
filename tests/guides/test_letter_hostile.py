"""Whatever is typed: an answer in the visitor's language, everything kept, nothing broken, nothing from elsewhere."""

import datetime
import io
import zipfile
from typing import Any
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.http import QueryDict
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guides.carrying import LETTER_FIELDS
from guides.letters import forms
from guides.letters.clauses import shipped_wording
from guides.letters.composition import compose, draft
from guides.letters.forms import LetterForm
from guides.letters.forms_words import STEPS
from guides.letters.questions import problems
from hub.forms.fields import NativeInput
from tests.factories.hub import Hub
from tests.factories.letters import (
    ENOUGH,
    Visitor,
    fields_of,
    letter_pages,
    sent,
)

pytestmark = pytest.mark.django_db

LINES = ("first_name", "last_name", "post", "service", "firm", "task_3", "own_words_2", "town", "phone", "ltp_name")
DAYS = ("start", "trial_end", "review", "date", "answer_by", "agreed_on", "refused_on", "talk_again", "paper_date")
HOSTILE = {
    "markup": '<script>alert(1)</script>"><svg onload=x>',
    "template": "{{ answers }} {% load x %} {first_name} %(x)s",
    "override": "Maud \u202eecœur",
    "control": "Maud\x07\x00\x1b",
    "emoji": "Maud 😀👩‍👩‍👧",
    "long": "é" * 100_000,
    "lone": "\ufffd",
    "arabic": "مود",
    "spaces": " \t\u00a0 ",
    "lines": "a\r\nb\r\nSet-Cookie: x=y",
    "formula": "=HYPERLINK(1)",
}


@pytest.fixture
def pages(hub: Hub) -> dict[str, str]:
    return letter_pages(hub)


def read(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def step_of(name: str) -> int:
    return next(step.number for step in STEPS if name in step.names)


def typed(page: BeautifulSoup, name: str) -> str:
    return fields_of(page.find("form", class_="letter-form"))[name][0]


def as_read(text: str) -> str:
    """As a browser and its parser give it back."""
    return text.replace("\x00", "\ufffd").replace("\r\n", "\n")


# --- Words ---


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_hostile_words_are_answered_and_kept(client: Client, pages: dict[str, str], language: str, kind: str) -> None:
    words = HOSTILE[kind]
    for step in (2, 4, 5, 6):
        names = [name for name in LINES if name in STEPS[step - 1].names]
        data = {**ENOUGH, **dict.fromkeys(names, words), "step": str(step), "go": "next"}
        response = client.post(pages[language], data)
        assert response.status_code == 200
        assert b"<script>alert" not in response.content and b"<svg onload" not in response.content
        page = read(response)
        for name in names:
            assert as_read(typed(page, name)) == as_read(words), name


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("override", "U+202E"),
        ("control", "U+0007"),
        ("emoji", "😀 (U+1F600)"),
        ("long", "100000"),
        ("arabic", "U+0645"),
    ],
)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_message_names_what_is_wrong(
    client: Client, pages: dict[str, str], language: str, kind: str, told: str
) -> None:
    data = {**ENOUGH, "first_name": HOSTILE[kind], "step": "2", "go": "next"}
    message = read(client.post(pages[language], data)).find(id="q_first_name_error").get_text()
    assert told in message
    assert "\u202e" not in message and "\x07" not in message


def test_markup_is_words_like_any_other(client: Client, pages: dict[str, str]) -> None:
    answers = {**ENOUGH, "task_1": HOSTILE["markup"], "post": HOSTILE["template"], "step": "6", "go": "next"}
    visitor = Visitor(client, pages["fr"])
    visitor._read(client.post(visitor.url, answers))
    assert "<script>alert(1)</script>" in visitor.sheet and "{{ answers }}" in visitor.sheet
    form = fields_of(visitor.page.find("form", class_="letter-form"))
    with zipfile.ZipFile(io.BytesIO(client.post(visitor.url, sent(form, "format", "docx")).content)) as file:
        assert "&lt;script&gt;" in file.read("word/document.xml").decode()


def test_every_question_takes_rubbish_without_falling(client: Client, pages: dict[str, str]) -> None:
    """All the questions of a step at once."""
    for rubbish in ("😀\x00\u202e<b>", "-1", "9" * 400, "NaN", ""):
        for step in STEPS:
            data = {**ENOUGH, **dict.fromkeys(step.names, rubbish), "step": str(step.number), "go": "next"}
            assert client.post(pages["fr"], data).status_code == 200, (step.number, rubbish)
    data = {**ENOUGH, **dict.fromkeys(_AFTER, "😀\x00\u202e<b>"), "step": "paper"}
    assert client.post(pages["fr"], data).status_code == 200


_AFTER = {"paper_date", "agreed_on", "refused_on", "reasons_given", "fallback", "talk_again", "paper"}


def test_rubbish_about_where_one_stands(client: Client, pages: dict[str, str]) -> None:
    for value in ("0", "7", "x", "²", "-1", "1.5", "\x00", "paper", ""):
        for name in ("step", "go", "reached", "made", "format", "carry"):
            assert client.post(pages["en"], {**ENOUGH, name: value}).status_code == 200, (name, value)


def test_a_body_that_is_too_large_is_refused(client: Client, pages: dict[str, str]) -> None:
    response = client.post(pages["fr"], urlencode({"first_name": "x" * 3_000_000}), "application/x-www-form-urlencoded")
    assert response.status_code == 400


# --- Days, hours, numbers ---


@pytest.mark.parametrize(
    "wrong", ["0001-01-01", "9999-12-31", "31/02/2026", "2026-02-30", "2026-13-01", "demain", "1/1/26", "٢٠٢٦-١١-٢٣"]
)
def test_impossible_days(client: Client, pages: dict[str, str], wrong: str) -> None:
    for name in DAYS:
        data = {**ENOUGH, name: wrong, "paper": "after_refusal" if name in _AFTER else "letter"}
        data["paper"] = "thanks" if name == "agreed_on" else data["paper"]
        data |= {"step": "paper"} if name in _AFTER else {"step": str(step_of(name)), "go": "next"}
        page = read(client.post(pages["en"], data))
        assert page.find(id=f"q_{name}_error"), name
        field = page.find(id=f"q_{name}")
        assert field["value"] == wrong
        assert field["type"] == "text" or NativeInput("date", r"\d{4}-\d{2}-\d{2}").shape.fullmatch(wrong)


@pytest.mark.parametrize("right", ["2027-02-01", "01/02/2027", "1.2.2027", "1-2-2027", " 1/2/2027 "])
def test_days_as_people_type_them(client: Client, pages: dict[str, str], right: str) -> None:
    page = read(client.post(pages["fr"], {**ENOUGH, "start": right, "step": "3"}))
    assert not page.find(id="q_start_error")
    back = read(client.post(pages["fr"], {**ENOUGH, "start": right, "go": "3"}))
    assert back.find(id="q_start")["value"] == "2027-02-01" and back.find(id="q_start")["type"] == "date"


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("days", ["1", " 5 ", "2.0"], ["0", "six", "6", "1,5", "1e3", "-1"]),
        ("occasional_days", ["1", "120"], ["0", "121", "beaucoup"]),
        ("commute_km", ["38", "38,5", "0.4"], ["0", "501", "loin", "1,2,3"]),
        ("hours_a_year", ["1 200", "1\u202f200"], ["0", "3001"]),
        ("morning_start", ["9h", "09:30", "9 h 30", "9h30"], ["25:00", "9:75", "matin"]),
        ("since", ["09/2019", "2019-09", "2019-09-15", "15/09/2019"], ["13/2019", "1900-01", "2099-12"]),
        ("email", ["a@b.fr", ""], ["a@b", "a b@c.fr", "@"]),
    ],
)
def test_numbers_and_hours(
    client: Client, pages: dict[str, str], name: str, right: list[str], wrong: list[str]
) -> None:
    more = {"commute": "on", "rhythm": "both" if name == "occasional_days" else "regular", "occasional_days": "5"}
    base = {**ENOUGH, **more, "morning_end": "12:00", "step": str(step_of(name)), "go": "next"}
    for value in right:
        assert not read(client.post(pages["fr"], {**base, name: value})).find(id=f"q_{name}_error"), value
    for value in wrong:
        page = read(client.post(pages["fr"], {**base, name: value}))
        assert page.find(id=f"q_{name}_error"), value
        assert page.find(id=f"q_{name}")["value"] == value


def test_thousands_as_each_language_writes_them(client: Client, pages: dict[str, str]) -> None:
    data = {**ENOUGH, "commute": "on", "km_a_year": "1,200", "step": "5", "go": "next"}
    assert read(client.post(pages["fr"], data)).find(id="q_km_a_year_error")
    page = read(client.post(pages["en"], {**data, "language": "en"}))
    assert not page.find(id="q_km_a_year_error") and "1,200 km" in page.find(class_="letter-sheet").get_text()


def test_half_an_opening_hour(client: Client, pages: dict[str, str]) -> None:
    data = {**ENOUGH, "step": "4", "go": "next"}
    assert read(client.post(pages["fr"], {**data, "morning_start": "9:00"})).find(id="q_morning_end_error")
    late = {"morning_start": "9:00", "morning_end": "8:00"}
    assert read(client.post(pages["fr"], {**data, **late})).find(id="q_morning_end_error")
    overlapping = {
        "morning_start": "9:00",
        "morning_end": "13:00",
        "afternoon_start": "12:00",
        "afternoon_end": "17:00",
    }
    assert read(client.post(pages["fr"], {**data, **overlapping})).find(id="q_afternoon_start_error")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_problem_has_its_sentence(client: Client, pages: dict[str, str], language: str) -> None:
    wrong = {
        "days": ("3", {"sector": "state", "days": "4"}),
        "weekdays": ("3", {"days": "2", "weekdays": ["1"]}),
        "occasional_days": ("3", {"rhythm": "occasional"}),
        "ltp_name": ("3", {"place": "ltp"}),
        "trial_end": ("3", {"trial_end": "2027-01-01"}),
        "review": ("3", {"trial_end": "2027-03-01", "review": "2027-03-01"}),
        "start": ("3", {"start": "2026-11-23"}),
        "cost": ("4", {"cost": "ltp"}),
        "arguments": ("5", {"arguments": ["retention", "common", "cheap"], "own_words_1": "Et puis."}),
        "answer_by": ("6", {"answer_by": "2026-11-22"}),
        "since": ("2", {"since": "2026-12"}),
        "text": ("1", {"text": ""}),
    }
    for name, (step, answers) in wrong.items():
        page = read(client.post(pages[language], {**ENOUGH, **answers, "step": step, "go": "next"}))
        message = page.find(id=f"q_{name}_error")
        assert message and len(message.get_text()) > 8, name


ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        name: st.one_of(
            st.sampled_from(
                ["", "on", "private", "state", "charter", "yes", "both", "month", "ltp", "fr", "en", "letter"]
            ),
            st.dates(datetime.date(2026, 1, 1), datetime.date(2028, 1, 1)).map(str),
            st.integers(-1, 130).map(str),
            st.text(max_size=40),
        )
        for name in LETTER_FIELDS
    },
)


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(typed=ANSWERS, enough=st.booleans())
def test_any_answers_give_a_draft_and_clean_ones_a_paper(typed: dict[str, str], enough: bool) -> None:
    """The form never lets through what composition cannot write, and a draft can always be shown."""
    data = QueryDict(mutable=True)
    data.update({**(ENOUGH if enough else {}), **typed})
    for language in ("fr", "en"):
        with translation.override(language):
            form = LetterForm(data, wording=shipped_wording(language), cards={"x": ("Oui.", "Yes.")}, reader=language)
            valid = form.is_valid()
            assert draft(form.answers, form.kind, language, shipped_wording(language))
            if not problems(form.answers, form.kind):
                assert compose(form.answers, form.kind, language, shipped_wording(language)).body
            if valid:
                assert problems(form.answers, form.kind) == []
            kept = dict(form.carried())
            assert all(kept[name] == value for name, value in typed.items() if value)


def test_needed_answers_are_not_called_optional() -> None:
    with translation.override("en"):
        form = LetterForm(None, wording=shipped_wording("en"), cards={}, reader="en")
        optional = {name for name in form.fields if "optional" in str(form[name].label)}
    assert optional.isdisjoint(ENOUGH)
    assert {"service", "since", "phone", "task_2"} <= optional
    assert forms.LAST_STEP == 6
