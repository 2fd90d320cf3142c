"""The reply decoder over HTTP: meaning, the rights of one's sector, and the next letter."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st

from guides.letters.papers import PaperKind
from hub.demo.files import CONTENT, read
from tests.conftest import Fetch
from tests.factories.hub import Hub
from tests.guides.decoders import PAPERS, REPLIES, letter, replies

pytestmark = pytest.mark.django_db


def posted(client: Client, url: str, **data: Any) -> BeautifulSoup:
    response = client.post(url, data)
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies
    return BeautifulSoup(response.content, "html.parser")


def hidden(form: Any) -> list[tuple[str, str]]:
    return [(field["name"], field["value"]) for field in form.select("input[type=hidden]")]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", REPLIES)
@pytest.mark.parametrize("sector", ["private", "public"])
def test_a_reply_is_read_in_its_sector(hub: Hub, client: Client, language: str, name: str, sector: str) -> None:
    letters = letter(hub)
    soup = posted(client, replies(hub)[language].url, reply=name, sector=sector)
    box = soup.select_one(".result-box")
    words = box.get_text()
    for part in (f"Mots {name}", f"Sens {name}.", f"Suite {name}.", f"Qui {name}."):
        assert part in words
    assert (f"Privé {name}." in words) is (sector == "private")
    assert (f"Public {name}." in words) is (sector == "public")
    form = box.form
    assert (form["method"], form["action"]) == ("post", letters[language].url)
    expected = [("carry", "1"), ("paper", PAPERS[name])]
    assert hidden(form) == expected + ([("sector", "private")] if sector == "private" else [])


def test_what_the_letter_knew_goes_on_with_it(hub: Hub, client: Client) -> None:
    letter(hub)
    url = replies(hub)["fr"].url
    soup = posted(client, url, carry="1", sector="hospital", first_name="Ada", paper="letter")
    assert not soup.select(".result-box, .errorlist")
    assert soup.select_one("[name=sector][checked]")["value"] == "hospital"
    assert hidden(soup.select_one(".reply-form")) == [("first_name", "Ada"), ("paper", "letter")]
    form = posted(client, url, reply="nothing", sector="hospital", first_name="Ada", paper="letter").select_one(
        ".result-box form"
    )
    assert hidden(form) == [("carry", "1"), ("paper", "reminder"), ("first_name", "Ada"), ("sector", "hospital")]


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        ({}, ["reply", "sector"]),
        ({"reply": "yes"}, ["sector"]),
        ({"sector": "public"}, ["reply"]),
        ({"reply": "perhaps", "sector": "private"}, ["reply"]),
        ({"reply": "yes", "sector": "<b>"}, ["sector"]),
        ({"reply": "x" * 100_000, "sector": "x" * 100_000}, ["reply", "sector"]),
    ],
)
def test_a_missing_or_strange_answer_gives_a_message_at_its_question(
    hub: Hub, client: Client, data: dict[str, str], wrong: list[str]
) -> None:
    for page in replies(hub).values():
        soup = posted(client, page.url, **data)
        assert not soup.select(".result-box")
        assert [link["href"] for link in soup.select(".error-summary a")] == [f"#id_{name}" for name in wrong]
        assert [bool(soup.select_one(f"#id_{name} .errorlist")) for name in wrong] == [True] * len(wrong)


def test_a_repeated_answer_counts_once(hub: Hub, client: Client) -> None:
    soup = posted(client, replies(hub)["fr"].url, reply=["yes", "nothing"], sector=["public", "private"])
    assert "Sens nothing." in soup.select_one(".result-box").get_text()


def test_a_reply_that_editors_deleted_is_not_offered(hub: Hub, client: Client) -> None:
    url = replies(hub, ["yes", "nothing"])["fr"].url
    soup = posted(client, url, reply="yes_but", sector="private")
    assert [field["value"] for field in soup.select("[name=reply]")] == ["yes", "nothing"]
    assert soup.select_one("#id_reply .errorlist")


def test_a_page_without_replies_stands(hub: Hub, client: Client) -> None:
    url = replies(hub, [])["fr"].url
    assert client.get(url).status_code == 200
    assert posted(client, url, reply="yes", sector="private").select(".result-box") == []


@limits(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.dictionaries(st.sampled_from(["reply", "sector", "paper", "carry"]), st.text()))
def test_nothing_typed_breaks_it(reply_page: str, data: dict[str, str]) -> None:
    assert Client().post(reply_page, data).status_code == 200


@pytest.fixture
def reply_page(hub: Hub) -> str:
    return replies(hub)["fr"].url


def test_every_reply_is_readable_and_has_an_anchor(hub: Hub, fetch: Fetch) -> None:
    letters = letter(hub)
    for language, page in replies(hub).items():
        soup = fetch(page.url)
        for name in REPLIES:
            section = soup.select_one(f"#{name}")
            assert {f"Privé {name}.", f"Public {name}."} <= set(section.stripped_strings)
            assert section.form["action"] == letters[language].url
            assert ("paper", PAPERS[name]) in hidden(section.form)


def test_search_reads_the_words_and_not_the_choices(hub: Hub) -> None:
    body = replies(hub)["fr"].search_body()
    assert "Privé nothing." in body
    assert "after_refusal" not in body
    assert "no_silent" not in body.replace("no_silent.", "").replace("no_silent »", "")


def test_queries_do_not_grow_with_the_replies(hub: Hub, client: Client, django_assert_max_num_queries: Any) -> None:
    letter(hub)
    url = replies(hub)["fr"].url
    client.get(url)
    with django_assert_max_num_queries(11):
        client.get(url)
    with django_assert_max_num_queries(11):
        client.post(url, {"reply": "yes", "sector": "public"})


# --- The starting content ---

SHIPPED = {row["reply"]: row for row in read(CONTENT / "pages/guide/replies.yaml")["replies"]}


def test_every_reply_ships_in_both_languages_with_its_letter() -> None:
    assert list(SHIPPED) == REPLIES
    assert {name: row["paper"] for name, row in SHIPPED.items()} == PAPERS
    assert set(PAPERS.values()) <= {kind.value for kind in PaperKind}
    for row in SHIPPED.values():
        for field in ("title", "meaning", "private", "public", "next", "whom"):
            assert set(row[field]) == {"fr", "en"}


def test_the_month_is_the_public_service_s_alone() -> None:
    for row in SHIPPED.values():
        assert "un mois après" not in row["private"]["fr"]
        assert "within one month" not in row["private"]["en"]
    assert "dans un délai d’un mois" in SHIPPED["nothing"]["public"]["fr"]
    assert "within one month" in SHIPPED["nothing"]["public"]["en"]
    assert "ne fixe aucun délai" in SHIPPED["nothing"]["private"]["fr"]
    assert "sets no time limit" in SHIPPED["nothing"]["private"]["en"]
