"""What visitors see around the results: corrections, other languages, promoted pages, advice, and odd questions."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from hub.home.models import SiteIdentity
from hub.search import outbox
from hub.search.models import MissedQuery, PromotedResult
from hub.search.results import find
from tests.factories.search import SmallSite

SEARCH = {"fr": "/fr/recherche/", "en": "/en/search/"}


@pytest.fixture
def ask(client: Client) -> Any:
    def asking(language: str = "fr", **params: Any) -> Any:
        return client.get(SEARCH[language], {**params, "format": "json"}).json()

    return asking


@pytest.fixture
def read(client: Client) -> Any:
    def reading(language: str = "fr", **params: Any) -> BeautifulSoup:
        response = client.get(SEARCH[language], params)
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser")

    return reading


@pytest.fixture
def shelf(site: SmallSite) -> SmallSite:
    site.page("Une charte de télétravail", "Rédigée avec les agents.", audiences=("elus",), territories=("manche",))
    site.page("An allowance", "Money for telework: the allowance.", locale="en", audiences=("elus",))
    site.page("Another allowance", "The allowance of public staff.", locale="en")
    outbox.rebuild()
    return site


@pytest.fixture
def library(shelf: SmallSite) -> SmallSite:
    """Two pages of results for « réunion »."""
    for number in range(12):
        shelf.page(f"Réunion {number}", "Le télétravail se discute.", audiences=("elus",))
    outbox.rebuild()
    return shelf


def query_of(link: Any) -> dict[str, list[str]]:
    return parse_qs(urlsplit(link["href"]).query)


# --- A second chance ---


def test_a_corrected_query_says_what_was_typed_and_what_is_shown(shelf: SmallSite, ask: Any, read: Any) -> None:
    answer = ask(q="télétavail", audience="elus")
    assert (answer["corrected"], answer["suggestion"]) == (True, "télétravail")
    said = read(q="télétavail", audience="elus").select_one(".did-you-mean")
    assert query_of(said.a) == {"q": ["télétravail"], "audience": ["elus"]}
    assert "télétavail" in said.get_text()


def test_well_spelt_and_still_not_together(library: SmallSite, ask: Any, read: Any) -> None:
    """No page holds both words: those that hold one of them answer the corrected text, and the page says both."""
    answer = ask(q="charte reunoin")
    assert (answer["corrected"], answer["suggestion"]) == (True, "charte réunion")
    assert {"Une charte de télétravail", "Réunion 1"} <= {
        result["title"] for result in ask(q="charte reunoin")["results"]
    }
    assert len(answer["messages"]) == 1
    said = read(q="charte reunoin").select_one(".did-you-mean")
    assert query_of(said.a) == {"q": ["charte réunion"]}


# --- The other language ---


def test_little_here_and_more_there(shelf: SmallSite, ask: Any, read: Any) -> None:
    assert ask(q="allowance")["other_languages"] == [{"locale": "en", "total": 2, "url": "/en/search/?q=allowance"}]
    link = read(q="allowance").select_one(".other-language a")
    assert (link["href"], link["hreflang"]) == ("/en/search/?q=allowance", "en")
    assert "2" in link.get_text()


def test_filters_go_along_to_the_other_language(shelf: SmallSite, ask: Any) -> None:
    [other] = ask(q="allowance", audience="elus")["other_languages"]
    assert (other["total"], parse_qs(urlsplit(other["url"]).query)["audience"]) == (1, ["elus"])


@pytest.mark.parametrize("q", ["réunion", "dinosaure", "charte"])
def test_no_other_language_where_there_is_enough_here_or_nothing_there(
    library: SmallSite, ask: Any, read: Any, q: str
) -> None:
    assert ask(q=q)["other_languages"] == []
    assert not read(q=q).select(".other-language")


def test_what_is_hidden_there_is_not_counted(shelf: SmallSite, ask: Any) -> None:
    for page in Page.objects.filter(title__contains="allowance"):
        Page.objects.filter(pk=page.pk).update(live=False)
        assert (
            sum(other["total"] for other in ask(q="allowance")["other_languages"])
            == Page.objects.filter(title__contains="allowance", live=True).count()
        )


# --- Promoted pages ---


def promote(page: Page, queries: str, **values: Any) -> PromotedResult:
    return PromotedResult.objects.create(page=page, queries=queries, **values)


def test_promoted_pages_stand_first_and_once(library: SmallSite, ask: Any, read: Any) -> None:
    last = ask(q="réunion", page=2)["results"][-1]["id"]
    promote(Page.objects.get(title="Une charte de télétravail"), "Réunions\nautre", position=1)
    promote(Page.objects.get(pk=last), "réunion", position=2)
    first, second = ask(q="reunion"), ask(q="reunion", page=2)
    assert first["results"][0]["title"] == "Une charte de télétravail"
    assert first["results"][1]["id"] == last
    ids = [result["id"] for result in first["results"] + second["results"]]
    assert sorted(ids) == sorted(set(ids))
    assert first["total"] == second["total"] == len(ids) == 13
    marked = read(q="réunion").select(".result-promoted h2")
    assert [each.get_text() for each in marked] == [result["title"] for result in first["results"][:2]]
    assert not read(q="réunion", page=2).select(".result-promoted")


def test_filters_take_promoted_pages_away(library: SmallSite, ask: Any) -> None:
    promote(Page.objects.get(title="Une charte de télétravail"), "réunion")
    assert ask(q="réunion", audience="elus")["total"] == 12


def test_a_promoted_page_that_is_hidden_stays_hidden(library: SmallSite, ask: Any) -> None:
    page = Page.objects.get(title="Une charte de télétravail")
    promote(page, "réunion")
    page.unpublish()
    answer = ask(q="réunion")
    assert answer["total"] == 12
    assert "charte" not in str(answer["results"])


def test_a_promoted_page_answers_where_the_engine_finds_nothing(shelf: SmallSite, ask: Any) -> None:
    promote(Page.objects.get(title="Une charte de télétravail"), "zanzibar")
    answer = ask(q="zanzibar")
    assert (answer["total"], answer["results"][0]["title"]) == (1, "Une charte de télétravail")
    assert not MissedQuery.objects.exists()


def test_judges_see_what_visitors_see(library: SmallSite, ask: Any) -> None:
    promote(Page.objects.get(title="Une charte de télétravail"), "réunion")
    assert [result.page.pk for result in find("réunion", "fr").results] == [
        result["id"] for result in ask(q="réunion")["results"]
    ]


# --- Nothing found ---


def test_nothing_found_is_no_dead_end(shelf: SmallSite, read: Any) -> None:
    identity = SiteIdentity.for_site(shelf.homes["fr"].get_site())
    identity.contact_email = "contact@relais.example"
    identity.save()
    shelf.page("Guide", show_in_menus=True, slug="guide")
    box = read(q="dinosaure").select_one(".empty")
    assert len(box.select(".advice li")) == 3
    assert box.select("a[href='/fr/guide/']")
    assert box.select("a[href='mailto:contact@relais.example']")


def test_filters_that_leave_nothing_are_taken_away_one_by_one(shelf: SmallSite, read: Any) -> None:
    page = read(q="charte", type="campaign", territory="manche")
    removals = [query_of(link) for link in page.select(".empty .chip")]
    assert {"q": ["charte"], "territory": ["manche"]} in removals
    assert {"q": ["charte"], "type": ["campaign"]} in removals
    assert query_of(page.select_one(".empty .chip-clear")) == {"q": ["charte"]}


def test_what_nobody_finds_is_recorded(shelf: SmallSite, read: Any, ask: Any) -> None:
    read(q="dinosaure")
    assert MissedQuery.objects.filter(language="fr").count() == 1


@pytest.mark.parametrize(
    "params",
    [{}, {"q": "   "}, {"q": "charte"}, {"q": "dinosaure", "type": "page"}, {"q": "dinosaure", "format": "json"}],
)
def test_what_is_found_narrowed_or_asked_by_programs_is_not_recorded(
    shelf: SmallSite, client: Client, params: Any
) -> None:
    client.get(SEARCH["fr"], params)
    assert not MissedQuery.objects.exists()


# --- Odd questions ---


@pytest.mark.parametrize(
    "q",
    [
        '"',
        '""""',
        "*",
        "?:\\/[]{}()^~!",
        "char*",
        "\x00",
        "\ud800",
        "   ",
        "\u200f\u202echarte\u202c",
        "charte AND OR NOT",
        "le la les",
        "x" * 1_000_000,
        "mot " * 250_000,
        "🦕",
        "é" * 250,
    ],
)
@pytest.mark.parametrize("format", ["", "json", "atom"])
def test_odd_text_gets_a_page(shelf: SmallSite, client: Client, q: str, format: str) -> None:
    response = client.get(SEARCH["fr"], {"q": q.encode("utf-8", "surrogatepass"), "format": format})
    assert response.status_code == 200
    if not format:
        page = BeautifulSoup(response.content, "html.parser")
        assert page.select(".result, .empty, .list-main .tags")


def test_marks_of_direction_do_not_hide_a_page(shelf: SmallSite, ask: Any) -> None:
    assert ask(q="\u200f\u202echarte\u202c")["total"] == 1


def test_too_many_values_are_refused_in_words(shelf: SmallSite, client: Client) -> None:
    response = client.get(SEARCH["fr"], {"audience": [str(number) for number in range(3000)]})
    assert response.status_code in (200, 400)
    assert BeautifulSoup(response.content, "html.parser").h1.get_text()


# --- Ten queries for the whole page ---


@pytest.mark.parametrize(
    ("q", "page"),
    [("réunion", 1), ("réunion", 2), ("télétavail", 1), ("allowance", 1), ("dinosaure", 1), ("chartes", 1)],
)
def test_at_most_ten_queries(library: SmallSite, client: Client, q: str, page: int) -> None:
    for title in ("Une charte de télétravail", "Accueil"):
        promote(Page.objects.get(title=title), "réunion\ncharte")
    client.get(SEARCH["fr"], {"q": "réchauffe les caches partagés"})
    with CaptureQueriesContext(connection) as queries:
        response = client.get(SEARCH["fr"], {"q": q, "page": page})
    assert response.status_code == 200
    assert 3 < len(queries) <= 10, [query["sql"][:100] for query in queries]
