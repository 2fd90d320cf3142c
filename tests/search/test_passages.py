"""Passages out of texts as long as a report: the right one, whatever its spelling, without reading it all each time."""

import pytest

from hub.search.engine import SearchEngine, SearchQuery, Upsert
from hub.search.lexicon import synonyms
from hub.search.plan import plan
from tests.factories.search import doc

FILLER = "Rien de ce que vous cherchez ne se trouve dans cette phrase, ni dans la suivante. "


def passage(engine: SearchEngine, text: str) -> tuple[str, set[str]]:
    """The passage shown for the first hit, and what is marked in it."""
    hits = engine.search(SearchQuery("fr", plan(text, "fr", synonyms("fr")), text)).hits
    return "".join(words for words, _match in hits[0].fragments), {words for words, match in hits[0].fragments if match}


@pytest.mark.parametrize(
    ("text", "sentence", "marked"),
    [
        ("parapheurs", "Les parapheurs électroniques suffisent", {"parapheurs"}),
        ("parapheur electronique", "Les parapheurs électroniques suffisent", {"parapheurs", "électroniques"}),
        ("coeur de metier", "Le cœur de métier reste sur place", {"cœur", "métier"}),
        ("généraux", "Le conseil général vote", {"général"}),
        ("ÇA-ET-LÀ hôtels", "Un hotel çà et là", {"hotel"}),
        ("journaux", "Un journal local en parle", {"journal"}),
        ("L1222-9", "Voir l’article L. 1222-9 du code", {"1222"}),
    ],
)
def test_the_stretch_of_a_long_text_that_holds_the_words(
    engine: SearchEngine, text: str, sentence: str, marked: set[str]
) -> None:
    body = FILLER * 2500 + sentence + ". " + FILLER * 1500
    engine.apply([Upsert(doc(1, "Un rapport", body, summary="En bref."))], wait_visible=True)
    shown, found = passage(engine, text)
    assert sentence in shown
    assert marked <= found
    assert shown.startswith("… ") and len(shown) < 600


def test_the_stretch_with_most_of_the_words_wins(engine: SearchEngine) -> None:
    body = f"Un parapheur. {FILLER * 200}Un parapheur et un tampon. {FILLER * 200}Un tampon."
    engine.apply([Upsert(doc(1, "Un rapport", body))], wait_visible=True)
    assert "Un parapheur et un tampon" in passage(engine, "tampon parapheur")[0]


def test_the_summary_when_the_words_are_only_there(engine: SearchEngine) -> None:
    engine.apply([Upsert(doc(1, "Un rapport", FILLER * 400, summary="Un parapheur en bref."))], wait_visible=True)
    assert passage(engine, "parapheurs") == ("Un parapheur en bref.", {"parapheur"})
    engine.apply([Upsert(doc(2, "Une zibeline", FILLER * 400, summary="En bref."))], wait_visible=True)
    assert passage(engine, "zibeline") == ("En bref.", set())
