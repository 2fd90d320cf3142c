"""The page of the papers: what it offers, what it answers to a strange address, and what it costs."""

import io
import logging
import re
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pptx import Presentation
from wagtail.models import PageViewRestriction

from casestudies.dossier import papers
from casestudies.models import CaseStudyPage
from tests.conftest import Fetch
from tests.factories.dossiers import dossier_page, full_case, sources
from tests.factories.hub import Hub

pytestmark = pytest.mark.django_db

FILES = [
    ("", "pdf", b"%PDF-"),
    ("dossier", "pdf", b"%PDF-"),
    ("", "docx", b"PK\x03\x04"),
    ("note", "pdf", b"%PDF-"),
    ("note", "docx", b"PK\x03\x04"),
    ("slides", "pptx", b"PK\x03\x04"),
]


@pytest.fixture
def cases(hub: Hub) -> list[CaseStudyPage]:
    sources()
    return [full_case(hub, f"Commune {name}") for name in ("Alpha", "Beta", "Gamma", "Delta")]


def slugs(cases: list[CaseStudyPage]) -> dict[str, list[str]]:
    return {"case": [case.slug for case in cases]}


def words(element: Any) -> str:
    return " ".join(element.get_text(" ").split())


# --- The page -------------------------------------------------------------------


def test_without_a_choice_the_page_offers_every_visible_case_and_the_ready_papers(
    hub: Hub, fetch: Fetch, cases: list[CaseStudyPage]
) -> None:
    full_case(hub, "Brouillon", live=False)
    closed = full_case(hub, "Réservé")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    soup = fetch(dossier_page(hub).url)
    boxes = soup.select("form.dossier-choice input[name=case]")
    assert [box["value"] for box in boxes] == [case.slug for case in cases]
    assert soup.select_one("form.dossier-choice")["method"] == "get"
    assert [link["href"] for link in soup.select("a[download]")] == [
        "?paper=note&format=pdf",
        "?paper=note&format=docx",
        "?paper=slides&format=pptx",
    ]
    assert not soup.select(".dossier-made") and not soup.select("[role=alert]")
    assert "Étape 0" in words(soup.select_one(".stages")) and "33,1" in words(soup.select_one(".figures"))


def test_a_choice_is_shown_ticked_and_every_download_takes_it_along(
    hub: Hub, fetch: Fetch, client: Client, cases: list[CaseStudyPage]
) -> None:
    url = dossier_page(hub).url
    soup = fetch(url, data=slugs(cases[2:0:-1]))
    assert [words(item) for item in soup.select(".dossier-cases li")] == ["Commune Gamma", "Commune Beta"]
    assert {box["value"] for box in soup.select("input[name=case][checked]")} == {"commune-gamma", "commune-beta"}
    links = [link["href"] for link in soup.select("a[download]")]
    assert len(links) == 5
    for link in links:
        assert link.startswith("?case=commune-gamma&case=commune-beta&")
        assert client.get(url + link).headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_stages_say_their_cost_or_that_none_is_stated(hub: Hub, fetch: Fetch, language: str) -> None:
    sources()
    found = fetch(dossier_page(hub, language).url).select(".stage")
    assert ("€4k to €8k" if language == "en" else "8") in words(found[0].select_one(".stage-cost"))
    assert found[1].select_one(".stage-cost strong") is None
    assert "2015" in words(found[1])


def test_search_reads_the_words_of_stages_and_not_their_keys(hub: Hub) -> None:
    sources()
    found = dossier_page(hub).search_body().split()
    assert {"sensibiliser", "référent"} <= set(found)
    assert not {"both", "places", "once"} & set(found)


def test_an_empty_hub_says_that_there_is_no_case(hub: Hub, fetch: Fetch) -> None:
    page = dossier_page(hub, "en", findings="[]", stages="[]", body="[]")
    soup = fetch(page.url)
    assert "No case is published yet." in words(soup.select_one("#choose").parent)
    assert not soup.select(".stages")


# --- The files ------------------------------------------------------------------


@time_machine.travel("2026-11-23 12:00")
@pytest.mark.parametrize(("paper", "form", "start"), FILES)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_paper_is_a_file_with_a_plain_name_that_search_engines_leave_alone(
    hub: Hub, client: Client, language: str, paper: str, form: str, start: bytes
) -> None:
    sources()
    chosen = [full_case(hub, f"Case {name}", language) for name in ("A", "B")]
    response = client.get(dossier_page(hub, language).url, {"paper": paper, "format": form, **slugs(chosen)})
    assert response.status_code == 200 and response.content.startswith(start)
    assert response["X-Robots-Tag"] == "noindex"
    name = re.fullmatch(r'attachment; filename="([a-z-]+-2026-11-23\.[a-z]+)"', response["Content-Disposition"])
    assert name is not None and name[1].endswith(f".{form}")
    assert not response.cookies


def test_a_paper_for_which_nothing_was_chosen_takes_the_best_documented_for_elected_members(
    hub: Hub, client: Client
) -> None:
    sources()
    poor = full_case(hub, "Sans coût", costs="[]")
    others = full_case(hub, "Pour salariés", audiences=["salaries"])
    good = [full_case(hub, f"Commune {name}") for name in ("Alpha", "Beta", "Gamma")]
    text = deck_text(client.get(dossier_page(hub).url, {"paper": "slides", "format": "pptx"}).content)
    assert all(case.title in text for case in good)
    assert poor.title not in text and others.title not in text


def deck_text(data: bytes) -> str:
    return "\n".join(
        shape.text_frame.text
        for slide in Presentation(io.BytesIO(data)).slides
        for shape in slide.shapes
        if shape.has_text_frame
    )


def test_restricted_and_unpublished_cases_enter_no_paper(hub: Hub, client: Client, cases: list[CaseStudyPage]) -> None:
    draft = full_case(hub, "Projet secret", live=False)
    response = client.get(
        dossier_page(hub).url, {"case": [draft.slug, cases[0].slug], "paper": "slides", "format": "pptx"}
    )
    text = deck_text(response.content)
    assert cases[0].title in text and "secret" not in text


# --- Strange addresses ----------------------------------------------------------


@pytest.mark.parametrize(
    "asked",
    [
        {"format": "exe"},
        {"paper": "poster"},
        {"paper": "slides", "format": "pdf"},
        {"format": "pdf\x00"},
        {"format": "é" * 900},
    ],
)
def test_an_unknown_paper_is_answered_with_the_page_and_a_message(
    hub: Hub, client: Client, cases: list[CaseStudyPage], asked: dict[str, str]
) -> None:
    response = client.get(dossier_page(hub, "en").url, asked)
    assert response.status_code == 200
    soup = BeautifulSoup(response.content, "html.parser")
    assert "does not exist in that format" in words(soup.select_one("[role=alert]"))


def test_a_dossier_of_nothing_asks_for_a_case(hub: Hub, fetch: Fetch, cases: list[CaseStudyPage]) -> None:
    soup = fetch(dossier_page(hub, "en").url, data={"format": "pdf"})
    assert "Choose at least one case" in words(soup.select_one("[role=alert]"))


def test_unknown_and_supernumerary_cases_are_named(hub: Hub, fetch: Fetch, cases: list[CaseStudyPage]) -> None:
    more = [full_case(hub, f"Commune {number}") for number in range(4)]
    soup = fetch(dossier_page(hub).url, data={"case": ["<b>nulle</b>", *(case.slug for case in [*cases, *more])]})
    message = words(soup.select_one("[role=alert]"))
    assert "<b>nulle</b>" in message and more[2].title in message and more[3].title in message
    assert len(soup.select(".dossier-cases li")) == 6


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.dictionaries(st.sampled_from(["case", "paper", "format", "page"]), st.text(max_size=60), max_size=4))
def test_no_address_breaks_the_page(hub: Hub, client: Client, asked: dict[str, str]) -> None:
    url = "/fr/etudes-de-cas/un-dossier/"
    if not CaseStudyPage.objects.exists():
        sources()
        full_case(hub, "Commune Alpha")
        assert dossier_page(hub).url == url
    assert client.get(url, {key: value.encode("utf-8", "replace") for key, value in asked.items()}).status_code == 200


def test_a_library_that_fails_leaves_the_page_with_a_message_and_no_words_in_the_log(
    hub: Hub,
    client: Client,
    cases: list[CaseStudyPage],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken(_paper: Any) -> bytes:
        raise RuntimeError("told by a case: Commune Alpha")

    monkeypatch.setattr(papers.pdf, "dossier", broken)
    with caplog.at_level(logging.ERROR):
        response = client.get(dossier_page(hub, "en").url, {"format": "pdf", **slugs(cases[:2])})
    assert response.status_code == 503
    soup = BeautifulSoup(response.content, "html.parser")
    assert "could not be made" in words(soup.select_one("[role=alert]"))
    assert len(soup.select(".dossier-cases li")) == 2
    told = " ".join(record.getMessage() for record in caplog.records)
    assert "RuntimeError" in told and "Alpha" not in told


# --- Queries --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "most"), [({}, 16), ({"format": "pdf"}, 13), ({"paper": "note", "format": "pdf"}, 13)]
)
def test_queries_do_not_grow_with_the_library_or_the_choice(
    hub: Hub, client: Client, cases: list[CaseStudyPage], asked: dict[str, str], most: int
) -> None:
    url = dossier_page(hub).url

    def cost(chosen: list[CaseStudyPage]) -> int:
        cache.clear()
        client.get(url, {**asked, **slugs(chosen)})
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url, {**asked, **slugs(chosen)}).status_code == 200
        return len(captured)

    small = cost(cases[:1])
    many = [full_case(hub, f"Encore {number}") for number in range(12)]
    assert cost([*cases[:2], *many[:4]]) <= small + 1
    assert small <= most
