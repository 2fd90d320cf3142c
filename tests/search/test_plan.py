"""From text to clauses: examples first, then what holds for any text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.search.engine import Clause
from hub.search.lexicon import Synonyms, fold, synonyms, words
from hub.search.plan import MAX_ALTERNATIVES, MAX_CLAUSES, MAX_LENGTH, normalise, plan

SMALL = Synonyms(
    [
        ["télétravail", "travail à distance", "travail à la maison"],
        ["travail", "emploi"],
        ["tiers-lieu", "coworking"],
        ["l'aigle", "laigle"],
    ],
    "fr",
)


def wordings(text: str, locale: str = "fr", known: Synonyms = SMALL) -> list[tuple[str, ...]]:
    return [clause.alternatives for clause in plan(text, locale, known)]


def test_each_word_is_a_clause_and_stop_words_are_not() -> None:
    assert wordings("le droit des agents dans la charte") == [("droit",), ("agents",), ("charte",)]


def test_the_visitor_s_words_come_first_then_synonyms() -> None:
    assert wordings("Teletravail") == [("Teletravail", "travail à distance", "travail à la maison")]


def test_the_longest_term_wins() -> None:
    assert wordings("travail à distance") == [("travail à distance", "télétravail", "travail à la maison")]
    assert wordings("travail distance") == [("travail", "emploi"), ("distance",)]


@pytest.mark.parametrize("text", ["tiers-lieu", "Tiers Lieux", "TIERS‑LIEU", "tiers–lieux"])
def test_terms_are_known_in_every_spelling(text: str) -> None:
    assert wordings(text)[0][1:] == ("coworking",)


@pytest.mark.parametrize("apostrophe", "'’‘ʼ´`")
def test_elided_articles_are_left_out_whatever_the_apostrophe(apostrophe: str) -> None:
    assert wordings(f"l{apostrophe}accord") == [("accord",)]
    assert wordings(f"L{apostrophe}Aigle") == [("Aigle", "laigle")]
    assert wordings(f"employer{apostrophe}s refusal", "en") == [("employer",), ("refusal",)]


def test_words_written_together_are_one_phrase() -> None:
    assert wordings("Seine-Maritime 4g CO2 1222-9") == [("Seine-Maritime",), ("4g",), ("CO2",), ("1222-9",)]
    assert wordings("peut-il est-ce") == []


@pytest.mark.parametrize("quotes", ['""', "“”", "«»"])
def test_quoted_text_is_one_exact_clause_without_synonyms(quotes: str) -> None:
    text = f"charte {quotes[0]}travail à la maison{quotes[1]} accord"
    assert plan(text, "fr", SMALL) == (
        Clause(("charte",)),
        Clause(("travail à la maison",), exact=True),
        Clause(("accord",)),
    )


def test_a_lone_quotation_mark_means_nothing() -> None:
    assert wordings('"charte') == [("charte",)]
    assert wordings('""') == wordings('" "') == wordings('"…"') == []


@pytest.mark.parametrize(
    "text",
    ["L1222-9", "L. 1222-9", "l 1222 9", "l.1222‑9", "article L1222-9", "art. L 1222 - 9", "Articles L.1222–9"],
)
def test_an_article_number_is_one_exact_clause(text: str) -> None:
    assert plan(text, "fr", SMALL) == (Clause(("L1222-9",), exact=True),)


@pytest.mark.parametrize(("text", "expected"), [("R*4227-28", "R4227-28"), ("D. 3121-1-2", "D3121-1-2")])
def test_other_article_numbers(text: str, expected: str) -> None:
    assert plan(f"selon {text} du code", "fr", SMALL) == (Clause((expected,), exact=True), Clause(("code",)))


@pytest.mark.parametrize("text", ["avril 2021 3 mois", "tel 0231 55", "l'an 2024", "le 14 50"])
def test_dates_and_numbers_are_not_articles(text: str) -> None:
    assert not any(clause.exact for clause in plan(text, "fr", SMALL))


def test_the_hub_s_own_synonyms() -> None:
    assert "frais" in plan("qui paie", "fr", synonyms("fr"))[0].alternatives
    assert "refusal" in plan("employer says no", "en", synonyms("en"))[0].alternatives
    assert plan("dragon", "de", synonyms("de")) == (Clause(("dragon",)),)


def test_normalise_makes_text_safe_to_store_and_show() -> None:
    assert normalise("  a\x00b\n c\ud800\u202e\u200b\ufeff ") == "a b c"
    assert normalise("e\u0301") == "é"
    assert len(normalise("x" * 1_000_000)) == MAX_LENGTH


anything = st.text(alphabet=st.characters(), max_size=300) | st.text(alphabet="aeéLl1229 -'’\"«»“”.@", max_size=60)
locales = st.sampled_from(["fr", "en", "de"])


@given(anything, locales)
def test_any_text_gives_a_few_clauses_with_words(text: str, locale: str) -> None:
    clauses = plan(text, locale, synonyms(locale))
    assert len(clauses) <= MAX_CLAUSES
    for clause in clauses:
        assert 1 <= len(clause.alternatives) <= MAX_ALTERNATIVES
        assert words(clause.alternatives[0], locale) or clause.exact
        assert len(set(map(fold, clause.alternatives))) == len(clause.alternatives)
        clause.alternatives[0].encode()


@given(anything)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert len(once) <= MAX_LENGTH
    assert unicodedata.is_normalized("NFC", once)


@given(anything, locales)
def test_a_plan_depends_on_the_normalised_text_only(text: str, locale: str) -> None:
    known = synonyms(locale)
    assert plan(text, locale, known) == plan(normalise(text), locale, known)


@given(st.text(alphabet="abcdéèêàçœ ", max_size=60))
def test_accents_and_capitals_ask_for_the_same(text: str) -> None:
    known = synonyms("fr")
    plain, loud = plan(fold(text), "fr", known), plan(text.upper(), "fr", known)
    assert [[fold(each) for each in clause.alternatives[1:]] for clause in plain] == [
        [fold(each) for each in clause.alternatives[1:]] for clause in loud
    ]


@given(st.lists(st.text(alphabet="abcd", min_size=1, max_size=4), min_size=1, max_size=4))
def test_quoting_keeps_the_words(found: list[str]) -> None:
    assert plan(f'"{" ".join(found)}"', "de", SMALL) == (Clause((" ".join(found),), exact=True),)
