""" "Can they refuse?" over HTTP: the right lines in both languages, nothing kept, nothing broken by bad input."""

import json
from itertools import product
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st

from guides.situation import Eligible, Line, Sector, Situation, TextInForce
from hub.demo.files import CONTENT, read
from tests.conftest import Fetch
from tests.factories.blocks import items
from tests.factories.hub import Hub
from tests.factories.vocabulary import LegalReferenceFactory, in_english
from tests.guides.decoders import LINES, letter, line, refusal

pytestmark = pytest.mark.django_db

PRIVATE_ANSWERS = list(product([Sector.PRIVATE], TextInForce, Eligible, (False, True), (False, True)))
PUBLIC_ANSWERS = [(sector, TextInForce.AGREEMENT, Eligible.YES, True, True) for sector in Sector if sector.public]
CANARY = "7c0ffee-canary"


def posted(client: Client, url: str, **data: Any) -> BeautifulSoup:
    response = client.post(url, data)
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies
    return BeautifulSoup(response.content, "html.parser")


def shown(soup: BeautifulSoup) -> list[str]:
    """The lines of the result, by the titles that the factory gives them."""
    box = soup.select_one(".result-box")
    titles = [title.get_text() for title in box.select("h3")] if box else []
    return [title.removeprefix("Titre ").removesuffix(".") for title in titles]


def hidden(form: Any) -> list[tuple[str, str]]:
    return [(field["name"], field["value"]) for field in form.select("input[type=hidden]")]


def test_every_answer_lands_on_its_lines(hub: Hub, client: Client) -> None:
    url = refusal(hub)["fr"].url
    for sector, text, eligible, box, doctor in PRIVATE_ANSWERS + PUBLIC_ANSWERS:
        data = {"sector": sector.value, "text": text.value, "eligible": eligible.value}
        data |= {"disabled_or_carer": "on"} if box else {}
        data |= {"doctor": "on"} if doctor else {}
        lines = Situation(sector, text, eligible, box, doctor).lines
        assert shown(posted(client, url, **data)) == [name.value for name in lines], data


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_answers_go_on_to_the_letter_of_the_language(hub: Hub, client: Client, language: str) -> None:
    letters, pages = letter(hub), refusal(hub)
    soup = posted(
        client,
        pages[language].url,
        sector="private",
        text="none",
        disabled_or_carer="on",
        doctor="on",
        first_name="Ada",
        card=["one", "two"],
    )
    form = soup.select_one(".result-box form")
    assert (form["method"], form["action"]) == ("post", letters[language].url)
    assert hidden(form) == [
        ("carry", "1"),
        ("sector", "private"),
        ("text", "none"),
        ("disabled_or_carer", "on"),
        ("doctor", "on"),
        ("first_name", "Ada"),
        ("card", "one"),
        ("card", "two"),
    ]
    assert not soup.select("[name=csrfmiddlewaretoken]")


def test_a_result_says_everything_of_its_line(hub: Hub, client: Client) -> None:
    reference = LegalReferenceFactory(
        slug="l1222-9", title="Refus", url="https://legifrance.example/l1222-9", checked_on="2026-11-23"
    )
    in_english(reference, title="Refusal")
    explainer = hub.explainer()
    hub.english(explainer, title="Can my employer refuse?", slug="refusal")
    pages = refusal(hub, lines=json.dumps([line("c", explainer=explainer.pk)]))
    for language, title, day in (
        ("fr", "L’employeur peut-il refuser ?", "23 novembre 2026"),
        ("en", "Can my employer refuse?", "23 November 2026"),
    ):
        box = posted(client, pages[language].url, sector="private", text="none").select_one(".result-box")
        words = " ".join(box.get_text(" ").split())
        for part in ("Titre c.", "Peut c.", "Raisons c.", "Dû c.", "Pas dû c.", title, day):
            assert part in words
        assert box.select_one(".line-text a")["href"] == "https://legifrance.example/l1222-9"
        assert box.select_one(".line-text a").get_text() == "L1222-9"


def test_a_reference_that_is_gone_leaves_its_key(hub: Hub, client: Client) -> None:
    pages = refusal(hub, lines=json.dumps([line("d", references=items("gone-away"))]))
    assert "gone-away" in posted(client, pages["fr"].url, sector="state").select_one(".result-box").get_text()


def test_a_line_that_editors_deleted_gives_way_to_the_legal_index(hub: Hub, client: Client) -> None:
    legal = hub.section("legal")
    pages = refusal(hub, ["e"])
    for language in ("fr", "en"):
        soup = posted(client, pages[language].url, sector="private", text="none", doctor="on")
        assert shown(soup) == ["e"]
        message = soup.select_one(".result-box .messages")
        assert message.a["href"] == legal[language].url
    assert posted(client, refusal(hub, [], title="Vide")["fr"].url, sector="state").select_one(".result-box .messages")


def test_without_a_letter_page_there_is_no_button(hub: Hub, client: Client) -> None:
    assert not posted(client, refusal(hub)["fr"].url, sector="state").select(".result-box form")


# --- The questions ---


def test_no_sector_gives_a_message_at_the_question_and_keeps_the_rest(hub: Hub, client: Client) -> None:
    soup = posted(client, refusal(hub)["fr"].url, text="charter", eligible="yes", doctor="on", last_name=CANARY)
    assert not soup.select(".result-box")
    assert soup.select_one("#id_sector .errorlist")
    assert soup.select_one(".error-summary a")["href"] == "#id_sector"
    assert [field["value"] for field in soup.select(".refusal-form input[checked]")[:2]] == ["charter", "yes"]
    assert soup.select_one("[name=doctor]").has_attr("checked")
    assert ("last_name", CANARY) in hidden(soup.select_one(".refusal-form"))


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        ({"sector": "state", "text": "nonsense", "eligible": "nonsense"}, ["d"]),
        ({"sector": "private", "text": "none", "eligible": "nonsense"}, ["c"]),
        ({"sector": "private"}, ["unknown"]),
        ({"sector": "private", "text": "charter"}, ["b"]),
        ({"sector": ["state", "private"], "text": ["none", "charter"], "eligible": ["no", "yes"]}, ["a"]),
    ],
)
def test_what_does_not_apply_is_no_error(hub: Hub, client: Client, data: Any, lines: list[str]) -> None:
    assert shown(posted(client, refusal(hub)["fr"].url, **data)) == lines


@pytest.mark.parametrize("wrong", ["nonsense", "<script>alert(1)</script>", "x" * 100_000, "\x00", "‮state"])
@pytest.mark.parametrize("field", ["sector", "text"])
def test_an_answer_that_is_none_of_ours_gives_a_message(hub: Hub, client: Client, field: str, wrong: str) -> None:
    response = client.post(refusal(hub)["en"].url, {"sector": "private", field: wrong})
    assert response.status_code == 200
    soup = BeautifulSoup(response.content, "html.parser")
    assert soup.select_one(f"#id_{field} .errorlist")
    assert not soup.select(".result-box")
    assert b"<script>alert" not in response.content


@limits(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.dictionaries(st.sampled_from(["sector", "text", "eligible", "doctor", "carry", "card"]), st.text()))
def test_nothing_typed_breaks_it(refusal_page: str, data: dict[str, str]) -> None:
    response = Client().post(refusal_page, data)
    assert response.status_code == 200
    assert not response.cookies


@pytest.fixture
def refusal_page(hub: Hub) -> str:
    return refusal(hub)["fr"].url


def test_answers_that_come_along_fill_the_questions_without_judging(hub: Hub, client: Client) -> None:
    url = refusal(hub)["fr"].url
    soup = posted(client, url, carry="1", sector="private", text="charter", disabled_or_carer="on", post=CANARY)
    assert not soup.select(".result-box, .errorlist")
    checked = [(field["name"], field.get("value", "on")) for field in soup.select(".refusal-form input[checked]")]
    assert checked == [("sector", "private"), ("text", "charter"), ("disabled_or_carer", "on")]
    assert hidden(soup.select_one(".refusal-form")) == [("post", CANARY)]
    assert not posted(client, url, carry="1", doctor="False").select("[name=doctor][checked]")
    assert not posted(client, url, carry="1").select(".errorlist")


def test_another_site_cannot_post(hub: Hub, client: Client) -> None:
    response = client.post(refusal(hub)["fr"].url, {"sector": "state"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403


# --- The page as a whole ---


def test_the_whole_table_is_readable_and_each_line_has_an_anchor(hub: Hub, fetch: Fetch) -> None:
    for page in refusal(hub).values():
        soup = fetch(page.url)
        rows = soup.select(".decision-table tbody tr")
        assert [row.th.get_text() for row in rows] == [f"Titre {name}." for name in LINES]
        assert [row.th.a["href"] for row in rows] == [f"#line-{name}" for name in LINES]
        for name in LINES:
            words = soup.select_one(f"#line-{name}").get_text()
            assert f"Dû {name}." in words
            assert f"Pas dû {name}." in words
        assert not soup.select(".result-box")


def test_the_form_asks_for_no_detail(hub: Hub, fetch: Fetch) -> None:
    soup = fetch(refusal(hub)["fr"].url)
    names = {field["name"] for field in soup.select(".refusal-form [name]")}
    assert names == {"sector", "text", "eligible", "disabled_or_carer", "doctor"}
    assert not soup.select(".refusal-form input[type=text], .refusal-form textarea")
    assert not soup.select(".refusal-form input[checked]")


def test_search_reads_the_lines_and_the_article_numbers(hub: Hub) -> None:
    LegalReferenceFactory(slug="l1222-9", number="L1222-9")
    page = refusal(hub)["fr"]
    body = page.search_body()
    for name in LINES:
        assert f"Pas dû {name}." in body
    assert "l1222-9" not in body
    assert not {"c_plus", "unknown"} & set(body.replace("Titre c_plus.", "").split())
    assert page.search_keywords == ["L1222-9"]


def test_queries_do_not_grow_with_the_lines(hub: Hub, client: Client, django_assert_max_num_queries: Any) -> None:
    LegalReferenceFactory(slug="l1222-9")
    letter(hub)
    explainer = hub.explainer()
    one = refusal(hub, lines=json.dumps([line("c", explainer=explainer.pk)]))["fr"].url
    many = refusal(hub, lines=json.dumps([line(name, explainer=explainer.pk) for name in LINES]), title="Long")[
        "fr"
    ].url
    client.get(one)
    for url in (one, many):
        with django_assert_max_num_queries(13):
            client.get(url)
        with django_assert_max_num_queries(13):
            client.post(url, {"sector": "private", "text": "none", "doctor": "on"})


# --- The starting content ---

REFUSAL = read(CONTENT / "pages/guide/refusal.yaml")
SHIPPED = {row["line"]: row for row in REFUSAL["lines"]}
OWING = {"fr": ("Oui",), "en": ("Yes",)}


def test_every_line_ships_in_both_languages() -> None:
    assert [row["line"] for row in REFUSAL["lines"]] == ["a", "b", "c", "c_plus", "e", "d", "unknown"]
    assert set(SHIPPED) == {name.value for name in Line}
    for row in SHIPPED.values():
        for field in ("title", "may_refuse", "reasons", "owed", "not_owed"):
            assert set(row[field]) == {"fr", "en"}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_shipped_lines_say_that_reasons_are_owed_in_the_four_cases_only(language: str) -> None:
    said = {name for name, row in SHIPPED.items() if row["reasons"][language].startswith(OWING[language])}
    assert said == {"a", "c_plus", "d", "e"}
    promise = {"fr": "**les raisons du refus", "en": "**the reasons for the refusal"}[language]
    withheld = {"fr": "**les raisons", "en": "**reasons"}[language]
    for name in ("b", "c", "unknown"):
        assert promise not in SHIPPED[name]["owed"][language].lower()
        assert withheld in SHIPPED[name]["not_owed"][language].lower()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_shipped_line_promises_a_yes_or_a_private_deadline(language: str) -> None:
    for name, row in SHIPPED.items():
        assert {"fr": "**Le oui", "en": "**A yes"}[language] in row["not_owed"][language]
        if name != "d":
            month = {"fr": "un mois", "en": "one month"}[language]
            assert month not in row["owed"][language]
