"""The glossary: every term in both languages, by letter, with its counterpart."""

import pytest
from bs4 import BeautifulSoup

from tests.conftest import LANGUAGES, Fetch
from tests.factories.hub import Hub
from tests.factories.vocabulary import GlossaryTermFactory, in_english

pytestmark = pytest.mark.django_db
both_languages = pytest.mark.parametrize("language", LANGUAGES)

TERMS = {"avenant": "amendment", "étude": "study", "télétravail": "telework", "tiers-lieu": "third place"}


@pytest.fixture
def glossary(hub: Hub) -> dict[str, str]:
    """Its address in each language."""
    for french, english in TERMS.items():
        row = GlossaryTermFactory(term=french, definition=f"Ce qu’est {french}.", note=f"À propos de {french}.")
        in_english(row, term=english, definition=f"What {english} is.", note="")
    page = hub.glossary()
    return {"fr": page.get_url(), "en": hub.english(page, title="Glossary", slug="glossary").get_url()}


def names(html: BeautifulSoup) -> list[str]:
    return [link.get_text() for link in html.select(".term-names li a")]


@both_languages
def test_every_term_stands_under_its_letter(glossary: dict[str, str], fetch: Fetch, language: str) -> None:
    html = fetch(glossary[language])
    own = {
        "fr": ["avenant", "étude", "télétravail", "tiers-lieu"],
        "en": ["amendment", "study", "telework", "third place"],
    }
    assert names(html) == own[language]
    letters = [link.get_text() for link in html.select(".letters a")]
    assert letters == {"fr": ["A", "E", "T"], "en": ["A", "S", "T"]}[language]


@both_languages
def test_each_name_leads_to_its_definition(glossary: dict[str, str], fetch: Fetch, language: str) -> None:
    for link in fetch(glossary[language]).select(".term-names li a"):
        query, _hash, anchor = link["href"].partition("#")
        term = fetch(glossary[language] + query).find(id=anchor)
        assert term.dfn.get_text() == link.get_text()
        assert link.get_text() in term.dd.get_text()


@both_languages
def test_a_letter_shows_definitions_and_counterparts(glossary: dict[str, str], fetch: Fetch, language: str) -> None:
    html = fetch(glossary[language], data={"letter": "T"})
    terms = {term.dfn.get_text(): term for term in html.select(".term")}
    own = {"fr": ["télétravail", "tiers-lieu"], "en": ["telework", "third place"]}
    other = "en" if language == "fr" else "fr"
    assert list(terms) == own[language]
    counterparts = [term.select_one(".counterpart") for term in terms.values()]
    assert [each.get_text() for each in counterparts] == own[other]
    assert {each["lang"] for each in counterparts} == {other}
    # The anchor is the same in every language.
    assert html.find(id="teletravail")


@pytest.mark.parametrize("letter", ["X", "é", "TT", "<svg onload=x>", "\x00", "’"])
@both_languages
def test_a_letter_without_terms(glossary: dict[str, str], fetch: Fetch, language: str, letter: str) -> None:
    html = fetch(glossary[language], data={"letter": letter})
    said = html.select_one("[role=status]").get_text()
    assert ("No term starts with" in said) is (language == "en")
    assert len(names(html)) == len(TERMS)
    assert html.select("main svg[onload]") == []


def test_a_lower_case_letter_is_the_same_letter(glossary: dict[str, str], fetch: Fetch) -> None:
    html = fetch(glossary["fr"], data={"letter": "t"})
    assert [term.get_text() for term in html.select("dfn")] == ["télétravail", "tiers-lieu"]


def test_a_glossary_without_terms(hub: Hub, fetch: Fetch) -> None:
    assert names(fetch(hub.glossary().get_url())) == []
