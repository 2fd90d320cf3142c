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
        ["télétravail", "TT", "travail à distance"],
        ["charte", "règlement écrit", "politique d'entreprise"],
        ["règlement", "norme"],
        ["tiers-lieu", "coworking"],
        ["l'aigle", "laigle"],
    ],
    "fr",
)


def wordings(text: str, locale: str = "fr", known: Synonyms = SMALL) -> list[tuple[str, ...]]:
    return [clause.alternatives for clause in plan(text, locale, known)]


def test_each_word_is_a_clause_and_stop_words_are_not() -> None:
    assert wordings("le droit des agents dans la loi") == [("droit",), ("agents",), ("loi",)]


def test_the_visitor_s_words_come_first_then_synonyms() -> None:
    assert wordings("Chartes") == [("Chartes", "règlement écrit", "politique d'entreprise")]


def test_the_longest_term_wins() -> None:
    assert wordings("règlement écrit") == [("règlement écrit", "règlementécrit", "charte", "politique d'entreprise")]
    assert wordings("règlement loi écrite") == [("règlement", "norme"), ("loi",), ("écrite",)]


@pytest.mark.parametrize("text", ["tiers-lieu", "Tiers Lieux", "TIERS‑LIEU", "tiers–lieux", "tierslieux", "Tierslieu"])
def test_terms_are_known_in_every_spelling(text: str) -> None:
    assert "coworking" in wordings(text)[0][1:]


@pytest.mark.parametrize("text", ["co working", "co-working", "CO WORKING"])
def test_a_term_cut_otherwise_is_asked_for_as_it_is_written(text: str) -> None:
    assert wordings(text)[0][0] == "coworking"


@pytest.mark.parametrize(
    ("text", "locale"),
    [("négocie", "fr"), ("négociez", "fr"), ("NÉGOCIÉE", "fr"), ("negotiating", "en"), ("negotiated", "en")],
)
def test_terms_are_known_in_their_inflected_forms(text: str, locale: str) -> None:
    known = Synonyms([["négocier", "guide"], ["negotiate", "guide"]], locale)
    assert plan(text, locale, known)[0].alternatives == (text, *known.of([words(text, locale)[0].key]))
    assert "guide" in plan(text, locale, known)[0].alternatives


@pytest.mark.parametrize("text", ["travailleuse handicapée", "travailleurs handicapés"])
def test_french_feminines_and_plurals_are_the_same_term(text: str) -> None:
    assert "rqth" in wordings(text, known=Synonyms([["travailleur handicapé", "rqth"]], "fr"))[0]


@pytest.mark.parametrize("text", ["TT", "télé-travail", "tele travail", "le télétravail", "travail à distance", "T.T."])
def test_what_every_page_is_about_is_asked_for_only_when_nothing_else_is(text: str) -> None:
    assert wordings(text)[0][0] == "télétravail"
    assert wordings(f"refus {text}") == wordings("refus") == [("refus",)]
    assert plan(f'{text} "refus"', "fr", SMALL) == (Clause(("refus",), exact=True),)


def test_an_employer_is_in_nearly_every_page_too() -> None:
    known = Synonyms([["employeur", "patron"]], "fr")
    assert wordings("mon patron et le télétravail", known=known) == [("employeur", "patron")]
    assert wordings("mon patron refuse", known=known) == [("refuse",)]


@pytest.mark.parametrize("apostrophe", "'’‘ʼ´`")
def test_elided_articles_are_left_out_whatever_the_apostrophe(apostrophe: str) -> None:
    assert wordings(f"l{apostrophe}accord") == [("accord",)]
    assert wordings(f"L{apostrophe}Aigle") == [("Aigle", "laigle")]
    assert wordings(f"union{apostrophe}s refusal", "en") == [("union",), ("refusal",)]


def test_words_written_together_are_one_phrase() -> None:
    assert wordings("Seine-Maritime 4g CO2 1222-9") == [("Seine-Maritime",), ("4g",), ("CO2",), ("1222-9",)]
    assert wordings("peut-il est-ce") == []


@pytest.mark.parametrize("quotes", ['""', "“”", "«»"])
def test_quoted_text_is_one_exact_clause_without_synonyms(quotes: str) -> None:
    text = f"avenant {quotes[0]}charte de la maison{quotes[1]} accord"
    assert plan(text, "fr", SMALL) == (
        Clause(("avenant",)),
        Clause(("charte de la maison",), exact=True),
        Clause(("accord",)),
    )


def test_a_lone_quotation_mark_means_nothing() -> None:
    assert wordings('"avenant') == [("avenant",)]
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


@pytest.mark.parametrize(
    ("locale", "one", "other"),
    [
        ("fr", "3 jours", "trois"),
        ("fr", "DUERP", "document unique"),
        ("fr", "rqth", "handicap"),
        ("fr", "mon patron ne veut pas", "refus"),
        ("fr", "Mortagne", "perche"),
        ("fr", "saint lo", "manche"),
        ("en", "2 days", "two"),
        ("en", "my boss said no", "refuse"),
        ("en", "SMEs", "small firm"),
        ("en", "third places", "shared workplace"),
    ],
)
def test_the_hub_s_own_synonyms_say_what_readers_mean(locale: str, one: str, other: str) -> None:
    assert any(other in clause.alternatives for clause in plan(one, locale, synonyms(locale)))


@pytest.mark.parametrize("locale", ["fr", "en"])
def test_neighbouring_territories_are_not_synonyms(locale: str) -> None:
    for place in ("Orne", "Calvados", "Manche"):
        (clause,) = plan(place, locale, synonyms(locale))
        assert not {"orne", "calvados", "manche", "normandie"} - {place.lower()} & set(map(fold, clause.alternatives))


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


@given(st.text(alphabet="abtéle -", max_size=30), locales)
def test_asking_for_the_subject_too_changes_nothing(text: str, locale: str) -> None:
    """Whatever is asked for beside it."""
    known = synonyms(locale)
    alone = plan(f"dragon {text}", locale, known)
    about = {"fr": "télétravail", "en": "telework", "de": ""}[locale]
    assert plan(f"{about} dragon {text}", locale, known) == alone


@given(st.lists(st.text(alphabet="abcdé", min_size=5, max_size=8), min_size=2, max_size=2))
def test_a_term_is_found_however_it_is_joined(parts: list[str]) -> None:
    known = Synonyms([["".join(parts), "autre"]], "de")
    for between in ("", " ", "-"):
        assert plan(between.join(parts), "de", known)[0].alternatives[-1] == "autre"


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
