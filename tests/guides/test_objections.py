"""The objection cards: anchors, figures with their sources, and sentences that go to the letter."""

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st

from guides.blocks import ObjectionCardBlock
from guides.letters.questions import MOST_SENTENCES
from hub.demo.files import CONTENT, read
from hub.typesetting.characters import tidy, unprintable
from tests.conftest import Fetch
from tests.factories.hub import Hub
from tests.factories.vocabulary import SourceFactory
from tests.guides.decoders import card, letter, objections

pytestmark = pytest.mark.django_db


def hidden(form: Any) -> list[tuple[str, str]]:
    return [(field["name"], field["value"]) for field in form.select("input[type=hidden]")]


def test_cards_have_anchors_figures_cases_and_sentences(hub: Hub, fetch: Fetch) -> None:
    SourceFactory()
    case = hub.case()
    hub.english(case, title="The Vire case", slug="the-vire-case")
    letters = letter(hub)
    pages = objections(hub, card(1, case=case.pk), card(2), card(2, objection="« Objection 2 ? »"))
    for language, title in (("fr", "Le cas de Vire"), ("en", "The Vire case")):
        soup = fetch(pages[language].url)
        anchors = [section["id"] for section in soup.select(".objection-card")]
        assert anchors == ["card-objection-1", "card-objection-2", "card-objection-2--2"]
        assert [link["href"] for link in soup.select(".card-contents a")] == [f"#{anchor}" for anchor in anchors]
        first = soup.select_one("#card-objection-1")
        words = " ".join(first.get_text(" ").split())
        for part in ("Réponse 1.", "59 %", "de la mesure 1", "2016", "Dares", "Phrase courtoise 1.", title):
            assert part in words
        form = soup.select_one("form.objection-cards")
        assert (form["method"], form["action"]) == ("post", letters[language].url)
        assert not form.select("[checked]")
        assert str(MOST_SENTENCES) in form.select_one(".card-count").get_text()


def test_ticked_cards_are_named_alike_in_both_languages(hub: Hub, fetch: Fetch) -> None:
    letter(hub)
    pages = objections(hub, card(1), card(2))
    names = [[box["value"] for box in fetch(page.url).select("[name=card]")] for page in pages.values()]
    assert names[0] == names[1] == [card(1)["id"], card(2)["id"]]


def test_ticks_and_answers_that_come_along_are_kept(hub: Hub, client: Client) -> None:
    letter(hub)
    url = objections(hub, card(1), card(2), card(3))["fr"].url
    data = {"carry": "1", "card": [card(2)["id"], card(3)["id"], "unknown"], "first_name": "Ada", "sector": "state"}
    response = client.post(url, data)
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies
    soup = BeautifulSoup(response.content, "html.parser")
    assert [box["value"] for box in soup.select("[name=card][checked]")] == [card(2)["id"], card(3)["id"]]
    assert hidden(soup.select_one("form.objection-cards")) == [
        ("carry", "1"),
        ("sector", "state"),
        ("first_name", "Ada"),
    ]


def test_without_a_letter_page_the_cards_are_still_read(hub: Hub, fetch: Fetch) -> None:
    soup = fetch(objections(hub, card(1))["fr"].url)
    assert "Phrase courtoise 1." in soup.get_text()
    assert not soup.select("form.objection-cards, [name=card]")


def test_a_page_without_cards_stands(hub: Hub, fetch: Fetch) -> None:
    assert not fetch(objections(hub)["fr"].url).select(".objection-card")


@limits(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.dictionaries(st.sampled_from(["card", "carry", "first_name"]), st.lists(st.text(), max_size=5)))
def test_nothing_typed_breaks_it(cards_page: str, data: dict[str, list[str]]) -> None:
    assert Client().post(cards_page, data).status_code == 200


@pytest.fixture
def cards_page(hub: Hub) -> str:
    letter(hub)
    return objections(hub, card(1))["fr"].url


def test_a_long_answer_is_escaped_and_goes_no_further_than_it_must(hub: Hub, client: Client) -> None:
    letter(hub)
    url = objections(hub, card(1))["fr"].url
    response = client.post(url, {"card": "x" * 100_000, "first_name": "<script>alert(1)</script>"})
    assert response.status_code == 200
    assert b"<script>alert" not in response.content
    assert b"xxxxxxxxxx" not in response.content


@pytest.mark.parametrize("lacking", ["label", "year", "source"])
def test_no_figure_without_its_label_year_and_source(lacking: str) -> None:
    SourceFactory()
    block = ObjectionCardBlock()
    whole = block.to_python(card(1)["value"])
    assert block.clean(whole)["value"] == 59
    with pytest.raises(ValidationError) as failure:
        block.clean(block.to_python({**card(1)["value"], lacking: ""}))
    assert lacking in failure.value.block_errors
    figureless = {**card(1)["value"], "value": None, "unit": "", "label": "", "year": "", "source": ""}
    assert block.clean(block.to_python(figureless))["value"] is None


def test_search_reads_the_cards(hub: Hub) -> None:
    body = objections(hub, card(1))["fr"].search_body()
    for part in ("« Objection 1 ? »", "Réponse 1.", "Phrase courtoise 1.", "de la mesure 1"):
        assert part in body
    assert "DARES-1" not in body


def test_queries_do_not_grow_with_the_cards(hub: Hub, client: Client, django_assert_max_num_queries: Any) -> None:
    SourceFactory()
    letter(hub)
    case = hub.case()
    one = objections(hub, card(1, case=case.pk))["fr"].url
    many = objections(hub, *(card(number, case=case.pk) for number in range(12)), title="Douze cartes")["fr"].url
    client.get(one)
    for url in (one, many):
        with django_assert_max_num_queries(13):
            client.get(url)
        with django_assert_max_num_queries(13):
            client.post(url, {"carry": "1"})


# --- The starting content ---

SHIPPED = read(CONTENT / "pages/guide/objections.yaml")["cards"]


def test_the_twelve_objections_ship() -> None:
    assert len(SHIPPED) == 12
    assert len({row["objection"]["fr"] for row in SHIPPED}) == 12


@pytest.mark.parametrize("row", SHIPPED, ids=lambda row: row["objection"]["en"])
def test_a_shipped_sentence_can_go_into_a_letter(row: Any) -> None:
    for sentence in row["sentence"].values():
        assert re.fullmatch(r"[A-ZÀÉÊÎ].*[^.]\.", sentence), sentence
        assert tidy(sentence) == sentence
        assert unprintable(sentence) == ""
        assert not re.search(r"[\[\]{}]|\(e\)|·e|\bprêt\b|\bravi\b|\bheureux\b", sentence)


@pytest.mark.parametrize("row", SHIPPED, ids=lambda row: row["objection"]["en"])
def test_a_shipped_card_rests_on_a_source(row: Any) -> None:
    assert row["source"]
    if "value" in row:
        assert row["label"]
        assert row["year"]
