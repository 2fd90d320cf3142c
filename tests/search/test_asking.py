"""A visitor's text, asked again in other words when few pages meet it."""

import pytest
from django.core.management import call_command
from wagtail.models import Page

from hub.search.asking import ask
from hub.search.engine import SearchPage
from hub.search.lexicon import Synonyms
from hub.search.models import SynonymGroup
from tests.factories.search import SmallSite

PAGES = {
    "Déconnexion et surveillance": "Les heures où l’on peut joindre une personne.",
    "Handicap et grossesse": "Ce que l’on doit prévoir pour chacun.",
    "Un lieu à Coutances": "Des bureaux pour les voisins.",
    "Le covoiturage": "Partager une voiture pour venir.",
    "Prix des bureaux": "À l’heure, au jour, au mois.",
}


@pytest.fixture
def library(site: SmallSite) -> SmallSite:
    for title, body in PAGES.items():
        site.page(title, body)
    call_command("rebuild_search", verbosity=0)
    return site


def titles(found: SearchPage) -> list[str]:
    names = dict(Page.objects.values_list("pk", "title"))
    return [names[hit.id] for hit in found.hits]


@pytest.mark.parametrize(
    ("typed", "meant", "title"),
    [
        ("deconexion", "déconnexion", "Déconnexion et surveillance"),
        ("teletravial coutences", "télétravail coutances", "Un lieu à Coutances"),
        ("un covoiturrage en wxcvbn", "un covoiturage en wxcvbn", "Le covoiturage"),
    ],
)
def test_the_nearest_spelling_takes_the_place_of_what_nobody_writes(
    library: SmallSite, typed: str, meant: str, title: str
) -> None:
    found = ask(typed, "fr")
    assert (found.suggestion, found.corrected) == (meant, True)
    assert titles(found)[0] == title


def test_a_misspelt_synonym_is_understood(library: SmallSite) -> None:
    """No page holds the word: the editors' synonyms do."""
    found = ask("rqht", "fr")
    assert (found.suggestion, found.corrected) == ("rqth", True)
    assert titles(found)[0] == "Handicap et grossesse"


def test_a_word_of_the_synonyms_is_not_corrected_though_no_page_holds_it(library: SmallSite) -> None:
    SynonymGroup.objects.create(language="fr", terms="voituron, covoiturage")
    found = ask("voituron bureaux", "fr")
    assert "voiture" not in (found.suggestion or "")
    assert "Le covoiturage" in titles(found)


def test_no_spelling_is_offered_for_a_word_that_editors_know(library: SmallSite) -> None:
    """The engine, which knows the words of pages only, would say coutances."""
    known = Synonyms([["coutence rien", "zzz"]], "fr")
    assert ask("coutancs", "fr", known=known).suggestion == "coutances"
    assert ask("coutence", "fr", known=known).suggestion is None


def test_a_word_that_a_page_holds_is_not_corrected_into_a_synonym(library: SmallSite) -> None:
    known = Synonyms([["vaisins", "handicap"]], "fr")
    found = ask("voisins", "fr", known=known)
    assert not found.corrected
    assert titles(found) == ["Un lieu à Coutances"]


def test_when_no_page_holds_all_the_words_some_do(library: SmallSite) -> None:
    found = ask("surveillance covoiturage", "fr")
    assert found.relaxed
    assert set(titles(found)) == {"Déconnexion et surveillance", "Le covoiturage"}


def test_few_pages_with_all_the_words_come_before_those_with_some(library: SmallSite) -> None:
    found = ask("prix bureaux", "fr")
    assert not found.relaxed
    assert titles(found)[0] == "Prix des bureaux"
    assert "Un lieu à Coutances" in titles(found)


def test_misspelt_words_are_corrected_before_some_of_the_words_are_enough(library: SmallSite) -> None:
    found = ask("survellance covoiturrage", "fr")
    assert found.corrected
    assert found.relaxed
    assert set(titles(found)) == {"Déconnexion et surveillance", "Le covoiturage"}


@pytest.mark.parametrize("text", ["", "le la les", "zzzzzzz", '"zzzz zzzz"', "L9999-9"])
def test_there_may_be_nothing_to_find(library: SmallSite, text: str) -> None:
    found = ask(text, "fr")
    assert (found.corrected, found.relaxed) == (False, False)
    assert bool(found.total) == (text == "")
