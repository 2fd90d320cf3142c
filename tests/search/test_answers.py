"""What stands above the results: the article of law, or the term of the glossary, that was asked."""

import datetime
import shutil
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guides.models import ExplainerReference
from hub.search import outbox
from hub.search.answers import article_number
from hub.vocabulary.models import LegalReference
from tests.factories.hub import Hub, publish
from tests.factories.vocabulary import GlossaryTermFactory, LegalReferenceFactory, in_english

SEARCH = {"fr": "/fr/recherche/", "en": "/en/search/"}


@pytest.fixture
def ask(client: Client) -> Any:
    def asking(q: str, language: str = "fr", **params: Any) -> Any:
        return client.get(SEARCH[language], {"q": q, "format": "json", **params}).json()

    return asking


@pytest.fixture
def read(client: Client) -> Any:
    def reading(q: str, language: str = "fr", **params: Any) -> BeautifulSoup:
        response = client.get(SEARCH[language], {"q": q, **params})
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser")

    return reading


def cite(page: Any, reference: LegalReference) -> None:
    ExplainerReference.objects.create(page=page, reference=reference, point="Le principe.", locale=page.locale)
    publish(page)


# --- Articles of law ---


@pytest.fixture
def law(hub: Hub) -> LegalReference:
    """An article that one explainer rests on, while pages that only speak of it say so louder."""
    article = LegalReferenceFactory(
        number="L1222-9", title="Télétravail : définition", url="https://law.example/1222-9"
    )
    article.in_force_from = datetime.date(2023, 7, 21)
    article.save()
    hub.plain(title="L1222-9, L1222-9 et encore L1222-9", search_description="L1222-9 : l’article L1222-9.")
    hub.explainer(title="Tout sur L1222-9 sans le citer", search_description="L1222-9 L1222-9")
    cite(hub.explainer(title="L’employeur peut-il refuser ?", search_description="Oui, par écrit."), article)
    outbox.rebuild()
    return article


@pytest.mark.parametrize(
    "text", ["L1222-9", "l1222-9", "article L. 1222-9", "l 1222 9", "L’article L.1222-9 ?", "art. l1222‑9", '"L1222-9"']
)
def test_an_article_by_its_number(law: LegalReference, ask: Any, text: str) -> None:
    answer = ask(text)
    assert answer["article"]["number"] == "L1222-9"
    [known] = answer["article"]["texts"]
    assert known["title"] == "Télétravail : définition"
    assert (known["url"], known["in_force_from"]) == ("https://law.example/1222-9", "2023-07-21")
    assert [each["title"] for each in answer["article"]["explainers"]] == ["L’employeur peut-il refuser ?"]
    assert answer["results"][0]["title"] == "L’employeur peut-il refuser ?"
    assert (answer["total"], len(answer["results"])) == (3, 3)


@pytest.mark.parametrize(
    ("text", "language"),
    [("article L1222-9 du code du travail", "fr"), ("L. 1222-9 c. trav.", "fr"), ("L1222-9 French Labour Code", "en")],
)
def test_the_name_of_the_code_goes_with_the_number(text: str, language: str) -> None:
    assert article_number(text, language) == "L1222-9"


@pytest.mark.parametrize("text", ["L1222-9 refus", "1222-9", "télétravail", "L’ 12", "", "L1222-9 L1222-10"])
def test_more_or_less_than_a_number_is_no_article(text: str) -> None:
    assert article_number(text, "fr") is None


def test_the_box_of_an_article(law: LegalReference, read: Any) -> None:
    box = read("L1222-9").select_one(".direct-answer")
    assert "L1222-9" in box.h2.get_text()
    assert "Code du travail" in box.get_text() and "2023" in box.get_text()
    links = [a["href"] for a in box.select("a")]
    assert links[0] == "https://law.example/1222-9"
    assert links[1].startswith("/fr/cadre-legal/")


def test_an_unknown_article_is_said_plainly(law: LegalReference, ask: Any, read: Any) -> None:
    answer = ask("L9999-9")
    assert (answer["article"]["texts"], answer["article"]["explainers"], answer["total"]) == ([], [], 0)
    page = read("L9999-9")
    assert page.select_one(".direct-answer a[href^='https://www.legifrance']")
    assert page.select_one(".empty")


def test_an_article_that_is_stored_with_dots_and_stars(hub: Hub, ask: Any) -> None:
    LegalReferenceFactory(number="R. *4227-28", title="Évacuation")
    LegalReferenceFactory(number="R34227-28", title="Autre chose")
    outbox.rebuild()
    assert [text["title"] for text in ask("r4227-28")["article"]["texts"]] == ["Évacuation"]


def test_explainers_that_visitors_may_not_see_are_not_named(law: LegalReference, hub: Hub, ask: Any) -> None:
    secret = hub.explainer(title="Canari", slug="canari")
    cite(secret, law)
    assert ask("L1222-9")["total"] == 4
    type(secret).objects.get(pk=secret.pk).unpublish()
    answer = ask("L1222-9")
    assert answer["total"] == 3
    assert "Canari" not in str(answer)


def test_the_box_stands_on_the_first_page_only(law: LegalReference, hub: Hub, read: Any) -> None:
    for number in range(12):
        hub.plain(title=f"L1222-9, note {number}")
    outbox.rebuild()
    assert read("L1222-9").select(".direct-answer")
    second = read("L1222-9", page=2)
    assert second.select(".result")
    assert not second.select(".direct-answer")


def test_the_article_is_known_while_the_index_is_away(law: LegalReference, ask: Any, own_index: Any) -> None:
    shutil.rmtree(own_index)
    answer = ask("L1222-9")
    assert answer["degraded"]
    assert answer["article"]["texts"][0]["title"] == "Télétravail : définition"
    assert answer["results"][0]["title"] == "L’employeur peut-il refuser ?"


def test_filters_keep_the_box_and_the_engine_order(law: LegalReference, ask: Any) -> None:
    answer = ask("L1222-9", type="page")
    assert answer["article"]["number"] == "L1222-9"
    assert [result["type"] for result in answer["results"]] == ["page"]


def test_explainers_are_counted_once_over_several_pages(law: LegalReference, hub: Hub, ask: Any) -> None:
    for number in range(12):
        hub.plain(title=f"L1222-9, note {number}", search_description="L1222-9 " * 5)
    outbox.rebuild()
    first, second = ask("L1222-9"), ask("L1222-9", page=2)
    assert first["total"] == second["total"] == 15
    titles = [result["title"] for result in first["results"] + second["results"]]
    assert titles[0] == "L’employeur peut-il refuser ?"
    assert sorted(titles) == sorted(set(titles))
    assert len(titles) == 15


# --- Terms of the glossary ---


@pytest.fixture
def glossary(hub: Hub) -> Hub:
    hub.glossary(title="Glossaire", slug="glossaire")
    term = GlossaryTermFactory(
        term="droit à la déconnexion",
        definition="Droit de ne pas répondre hors du temps de travail.",
        variants="déconnexion, se déconnecter",
        note="À négocier.",
        slug="droit-a-la-deconnexion",
    )
    in_english(term, term="right to disconnect", definition="The right not to answer.", variants="right to switch off")
    GlossaryTermFactory(term="CSE (comité social et économique)", definition="Élus du personnel.", slug="cse")
    GlossaryTermFactory(term="École", definition="Lieu.", variants="droit à la déconnexion de l’élève", slug="ecole")
    hub.plain(title="Horaires et déconnexion", search_description="Le droit à la déconnexion.")
    outbox.rebuild()
    return hub


@pytest.mark.parametrize(
    "text",
    ["droit à la déconnexion", "Droit a la deconnexion ?", "le droit à la déconnexion", "droits à la déconnexion"],
)
def test_a_term_by_its_name(glossary: Hub, ask: Any, text: str) -> None:
    assert ask(text)["definition"] == {
        "term": "droit à la déconnexion",
        "definition": "Droit de ne pas répondre hors du temps de travail.",
        "url": "/fr/glossaire/?letter=D#droit-a-la-deconnexion",
    }


@pytest.mark.parametrize(
    ("text", "term"),
    [("se déconnecter", "droit à la déconnexion"), ("cse", "CSE (comité social et économique)"), ("ecoles", "École")],
)
def test_a_term_by_another_spelling(glossary: Hub, ask: Any, text: str, term: str) -> None:
    assert ask(text)["definition"]["term"] == term


def test_the_address_of_a_term_leads_to_it(glossary: Hub, ask: Any, client: Client) -> None:
    address, _hash, anchor = ask("ecole")["definition"]["url"].partition("#")
    page = BeautifulSoup(client.get(address).content, "html.parser")
    assert page.find(id=anchor).dfn.get_text() == "École"


def test_the_box_of_a_term_says_the_other_language_too(glossary: Hub, read: Any) -> None:
    box = read("déconnexion").select_one(".direct-answer")
    assert box.dfn.get_text() == "droit à la déconnexion"
    assert "À négocier." in box.get_text()
    word = box.select_one("a[lang=en]")
    assert (word.get_text(), word["hreflang"]) == ("right to disconnect", "en")
    assert word["href"] == "/en/search/?q=right+to+disconnect"


def test_the_glossary_of_the_other_language(glossary: Hub, ask: Any, read: Any) -> None:
    definition = ask("rights to switch off", "en")["definition"]
    assert definition == {"term": "right to disconnect", "definition": "The right not to answer.", "url": ""}
    assert "glossa" not in read("right to switch off", "en").select_one(".direct-answer").get_text().lower()


@pytest.mark.parametrize("text", ["déconnexion au travail", "", "le la", "???", "mot " * 40])
def test_words_that_are_no_term_have_no_definition(glossary: Hub, ask: Any, text: str) -> None:
    assert ask(text)["definition"] is None


def test_a_slip_in_a_term_finds_its_definition(glossary: Hub, ask: Any) -> None:
    answer = ask("déconexion")
    assert answer["corrected"]
    assert answer["definition"]["term"] == "droit à la déconnexion"


# --- Ten queries for the whole page, with all of this ---


@pytest.mark.parametrize("text", ["déconnexion", "déconexion", "droit"])
def test_queries_of_a_page_with_a_definition(glossary: Hub, client: Client, text: str) -> None:
    assert _queries(client, text) <= 10


@pytest.mark.parametrize("text", ["L1222-9", "L9999-9"])
def test_queries_of_a_page_with_an_article(law: LegalReference, client: Client, text: str) -> None:
    assert _queries(client, text) <= 10


def test_queries_of_an_article_with_many_explainers_and_pages(law: LegalReference, hub: Hub, client: Client) -> None:
    for number in range(12):
        cite(hub.explainer(title=f"L1222-9, question {number}", slug=f"question-{number}"), law)
    outbox.rebuild()
    assert _queries(client, "L1222-9") <= 10
    assert _queries(client, "L1222-9", page=2) <= 10


def _queries(client: Client, text: str, **params: Any) -> int:
    client.get(SEARCH["fr"], {"q": "réchauffe les caches partagés"})
    with CaptureQueriesContext(connection) as queries:
        assert client.get(SEARCH["fr"], {"q": text, **params}).status_code == 200
    assert len(queries) > 3
    return len(queries)
