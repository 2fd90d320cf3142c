"""Search as visitors and programs meet it."""

import json
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page, PageViewRestriction

from hub.search import outbox
from hub.search.embedded import EmbeddedEngine
from hub.search.engine import EngineUnavailable
from tests.factories.search import SmallSite, set_body, yesterday

Ask = Callable[..., Any]


def address(name: str, language: str = "fr") -> str:
    with override(language):
        return reverse(name)


@pytest.fixture
def library(site: SmallSite) -> SmallSite:
    site.page(
        "L’employeur peut-il refuser ?",
        "Il répond par écrit et donne ses raisons. Le télétravail se demande.",
        audiences=("salaries", "employeurs"),
        territories=("orne",),
        search_description="Oui, et voici comment.",
    )
    site.page("Une charte de télétravail", "Rédigée avec les agents.", audiences=("elus",), territories=("manche",))
    site.page("Can my employer refuse?", "They must write.", locale="en", audiences=("salaries",))
    outbox.rebuild()
    return site


@pytest.fixture
def ask(client: Client) -> Ask:
    def asking(language: str = "fr", **params: Any) -> Any:
        response = client.get(address("search", language), {**params, "format": "json"})
        assert response.status_code == 200
        return response.json()

    return asking


@pytest.fixture
def html(client: Client) -> Ask:
    def asking(language: str = "fr", **params: Any) -> str:
        response = client.get(address("search", language), params)
        assert response.status_code == 200
        return response.content.decode()

    return asking


# --- JSON: a contract ---


def test_json_has_the_agreed_shape(library: SmallSite, ask: Ask) -> None:
    answer = ask(q="refus")
    page = Page.objects.get(title="L’employeur peut-il refuser ?")
    agreed = ["engine", "degraded", "total", "suggestion", "results", "facets", "messages"]
    added = ["corrected", "other_languages", "definition", "article"]
    assert list(answer) == agreed + added
    assert (answer["corrected"], answer["definition"], answer["article"]) == (False, None, None)
    assert (answer["engine"], answer["degraded"], answer["total"]) == ("embedded", False, 1)
    assert answer["suggestion"] is None
    assert answer["messages"] == []
    [result] = answer["results"]
    assert result.pop("excerpt") == [["Oui, et voici comment.", False]]
    assert result == {
        "id": page.pk,
        "type": "page",
        "title": "L’employeur peut-il refuser ?",
        "url": page.get_url(),
        "locale": "fr",
        "audiences": ["employeurs", "salaries"],
        "territories": ["orne"],
    }
    assert list(answer["facets"]) == ["audience", "type", "territory", "sector"]
    assert answer["facets"]["territory"] == [{"value": "orne", "label": "Lieu orne", "count": 1, "selected": False}]


def test_excerpts_are_pairs(library: SmallSite, ask: Ask) -> None:
    excerpt = ask(q="raisons")["results"][0]["excerpt"]
    assert ["raisons", True] in excerpt
    assert "".join(words for words, _is_match in excerpt).count("Il répond par écrit et donne ses raisons") == 1


def test_an_excerpt_reads_as_the_page_does(site: SmallSite, ask: Ask) -> None:
    """Paragraphs stay apart, words beside a bold one do not."""
    site.page("Aidants", "Un salarié <b>aidant</b>, seul.</p><p>R&amp;D : sans &lt;accord&gt;.")
    outbox.rebuild()
    excerpt = "".join(words for words, _is_match in ask(q="aidant")["results"][0]["excerpt"])
    assert "Un salarié aidant, seul. R&D : sans <accord" in excerpt


def test_filters_are_repeatable_and_disjunctive(library: SmallSite, ask: Ask) -> None:
    answer = ask(q="télétravail", audience=["salaries", "elus"], territory="orne")
    assert [result["territories"] for result in answer["results"]] == [["orne"]]
    assert {each["value"]: each["count"] for each in answer["facets"]["territory"]} == {"orne": 1, "manche": 1}
    assert {each["value"] for each in answer["facets"]["audience"] if each["selected"]} == {"salaries", "elus"}


def test_filters_alone_list_everything_newest_first(library: SmallSite, ask: Ask) -> None:
    assert [result["title"] for result in ask(type="page")["results"]] == [
        "Une charte de télétravail",
        "L’employeur peut-il refuser ?",
        "Accueil",
    ]


def test_nothing_asked_nothing_answered(library: SmallSite, ask: Ask) -> None:
    answer = ask()
    assert (answer["total"], answer["results"]) == (0, [])
    assert answer["facets"]["audience"]


def test_languages_do_not_mix(library: SmallSite, ask: Ask) -> None:
    assert [result["locale"] for result in ask("en", q="refuse")["results"]] == ["en"]
    assert ask("en", q="charte")["total"] == 0
    assert ask("en", q="refuse")["facets"]["audience"][0]["label"] == "Readers salaries"


@pytest.mark.parametrize(
    "params",
    [
        {"audience": "inconnu"},
        {"territory": ["orne", '"><svg onload=alert(1)>']},
        {"type": "x" * 5000},
        {"sector": "\x00"},
        {"page": "-1"},
        {"page": "99"},
        {"page": "0"},
        {"page": "1e9"},
        {"page": "9" * 500},
        {"page": "²"},
    ],
)
def test_values_that_make_no_sense_are_named_not_fatal(library: SmallSite, ask: Ask, html: Ask, params: Any) -> None:
    answer = ask(q="télétravail", **params)
    assert len(answer["messages"]) == 1
    assert answer["results"]
    assert "<svg onload" not in html(q="télétravail", **params)


def test_an_unknown_format_is_the_page(library: SmallSite, html: Ask) -> None:
    assert "<h1>" in html(q="charte", format="exe")


def test_pages(site: SmallSite, ask: Ask, html: Ask) -> None:
    for number in range(12):
        site.page(f"Réunion {number}")
    outbox.rebuild()
    first, second = ask(q="réunion"), ask(q="réunion", page=2)
    assert (first["total"], len(first["results"]), len(second["results"])) == (12, 10, 2)
    assert "page=2" in html(q="réunion")


def test_some_of_the_words_when_no_page_holds_all(library: SmallSite, ask: Ask) -> None:
    answer = ask(q="charte dinosaure")
    assert [result["title"] for result in answer["results"]] == ["Une charte de télétravail"]
    assert len(answer["messages"]) == 1


# --- HTML ---


def test_results_page(library: SmallSite, html: Ask) -> None:
    page = html(q="raisons", audience="salaries")
    assert "<mark>raisons</mark>" in page
    assert 'data-audience="salaries"' in page
    assert 'name="audience" value="salaries" checked' in page
    assert page.count("<h1") == 1
    assert "style=" not in page.split("<main", 1)[1].split("</main>")[0]


def test_blank_search_shows_help(library: SmallSite, html: Ask) -> None:
    page = html()
    assert "?q=L1222-9" in page
    assert 'class="results"' not in page


@pytest.mark.parametrize(
    "q", ['"><script>alert(1)</script>', "<svg onload=alert(1)>", "{{ 7*7 }}", "\x00\ud83d", "a" * 9000]
)
def test_hostile_text_is_shown_as_text(library: SmallSite, html: Ask, ask: Ask, q: str) -> None:
    page = html(q=q.encode("utf-8", "surrogatepass"))
    assert "<script>alert" not in page
    assert "<svg onload" not in page
    ask(q=q.encode("utf-8", "surrogatepass"))


def test_stored_markup_is_shown_as_text(site: SmallSite, html: Ask) -> None:
    site.page("Titre <i>penché</i>", "Avant &lt;script&gt;alert(1)&lt;/script&gt; repère après")
    outbox.rebuild()
    page = html(q="repère")
    assert "<mark>repère</mark>" in page
    assert "<script>alert" not in page
    assert "Titre &lt;i&gt;" in page


def test_at_most_ten_queries_for_the_whole_page(library: SmallSite, client: Client) -> None:
    client.get(address("search"), {"q": "réchauffe les caches partagés"})
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address("search"), {"q": "télétravail", "audience": ["salaries", "elus"], "type": "page"})
    assert response.context["results"]
    assert len(queries) <= 10, [query["sql"][:100] for query in queries]


def test_readers_get_no_cookie_and_may_only_read(library: SmallSite, client: Client) -> None:
    response = client.get(address("search"), {"q": "charte"})
    assert not response.cookies
    assert response["X-Robots-Tag"] == "noindex"
    for name in ("search", "search_suggestions"):
        assert client.post(address(name)).status_code == 405


def test_atom(library: SmallSite, client: Client) -> None:
    response = client.get(address("search"), {"q": "charte", "format": "atom"})
    assert response["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(response.content)
    titles = [each.text for each in feed.iterfind(".//{http://www.w3.org/2005/Atom}title")]
    assert "Une charte de télétravail" in titles


# --- Suggestions ---


def test_suggestions(library: SmallSite, client: Client) -> None:
    page = Page.objects.get(title="Une charte de télétravail")
    answer = client.get(address("search_suggestions"), {"q": "teletr"}).json()
    assert answer == {"suggestions": [{"text": "Une charte de télétravail", "url": page.get_url()}]}
    assert client.get(address("search_suggestions", "en"), {"q": "teletr"}).json() == {"suggestions": []}


@pytest.mark.parametrize("q", ["", "a", "\x00", "'", '"', "(" * 300, "é" * 9000, ".*", "<script>"])
def test_suggestions_for_odd_text(library: SmallSite, client: Client, q: str) -> None:
    assert client.get(address("search_suggestions"), {"q": q}).json() == {"suggestions": []}


# --- What must never be shown ---


def hide_draft(page: Page) -> None:
    page.unpublish()


def hide_restricted(page: Page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def hide_under_password(page: Page) -> None:
    parent = page.get_parent()
    PageViewRestriction.objects.create(page=parent, restriction_type=PageViewRestriction.PASSWORD, password="x")


def hide_expired(page: Page) -> None:
    Page.objects.filter(pk=page.pk).update(expire_at=yesterday())


@pytest.mark.parametrize("hide", [hide_draft, hide_restricted, hide_under_password, hide_expired])
@pytest.mark.parametrize("drained", [True, False])
def test_hidden_pages_never_show(library: SmallSite, client: Client, ask: Ask, hide: Any, drained: bool) -> None:
    """Even before the index hears of it: the database has the last word."""
    parent = library.page("Rubrique")
    page = library.page("Canari secret", "Le canari chante.", parent=parent, search_description="Canari.")
    outbox.rebuild()
    assert ask(q="canari")["total"] == 1
    hide(Page.objects.get(pk=page.pk))
    if drained:
        outbox.enqueue_expired()
        outbox.drain()
    answer = ask(q="canari")
    assert (answer["total"], answer["results"]) == (0, [])
    assert client.get(address("search_suggestions"), {"q": "canar"}).json() == {"suggestions": []}
    if drained:
        assert ask(q="canarri")["suggestion"] is None


def test_the_draft_of_a_live_page_is_not_searched(library: SmallSite, ask: Ask) -> None:
    page = Page.objects.get(title="Une charte de télétravail").specific
    page.title = "Titre confidentiel"
    set_body(page, "Un canari dans le brouillon.")
    page.save_revision()
    outbox.rebuild()
    assert ask(q="canari")["total"] == ask(q="confidentiel")["total"] == 0


# --- When the engine is away ---


@pytest.fixture
def broken(library: SmallSite, monkeypatch: pytest.MonkeyPatch) -> SmallSite:
    def failing(*_args: Any, **_kwargs: Any) -> None:
        raise EngineUnavailable("down")

    monkeypatch.setattr(EmbeddedEngine, "search", failing)
    monkeypatch.setattr(EmbeddedEngine, "autocomplete", failing)
    return library


def test_the_database_answers_meanwhile(broken: SmallSite, ask: Ask, html: Ask, client: Client) -> None:
    answer = ask(q="charte")
    assert (answer["engine"], answer["degraded"], answer["total"]) == ("embedded", True, 1)
    assert answer["results"][0]["title"] == "Une charte de télétravail"
    assert len(answer["messages"]) == 1
    assert html(q="charte").count('class="notice"') == 1
    assert [each["text"] for each in client.get(address("search_suggestions"), {"q": "charte"}).json()["suggestions"]]


def test_the_database_knows_the_filters(broken: SmallSite, ask: Ask) -> None:
    assert ask(audience="elus")["total"] == 1
    assert ask(territory="orne", type="page")["total"] == 1
    assert ask(type="campaign")["total"] == 0
    assert ask(q="le", audience="elus")["total"] == 0


def test_the_database_leaks_nothing(broken: SmallSite, ask: Ask) -> None:
    broken.page("Canari", publish=False)
    assert ask(q="canari")["total"] == 0


# --- Health ---


def test_health_needs_the_token(library: SmallSite, client: Client, settings: Any) -> None:
    url = "/-/health"
    assert client.get(url).status_code == 403
    settings.HEALTH_TOKEN = "jeton-é"
    assert client.get(url, headers={"Authorization": "Bearer autre"}).status_code == 403
    settings.HEALTH_TOKEN = "jeton"
    answer = client.get(url, headers={"Authorization": "Bearer jeton"})
    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"
    assert answer.json()["search"]["documents"] == {"fr": 3, "en": 2}
    assert answer.json()["search"]["outbox"]["depth"] >= 0


def test_health_without_an_index_is_503(db: None, client: Client, settings: Any) -> None:
    settings.HEALTH_TOKEN = "jeton"
    answer = client.get("/-/health", headers={"Authorization": "Bearer jeton"})
    assert answer.status_code == 503
    assert json.loads(answer.content)["status"] == "degraded"
