"""Did you mean: what a hand may have typed, and what must be left as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.search.lexicon import fold
from hub.search.spelling import Spelling

WORDS = [
    ("télétravail", 40), ("négociation", 12), ("charte", 9), ("carte", 30), ("le", 99), ("2024", 5), ("employeur", 50),
    ("coworking", 7), ("covoiturage", 2), ("lettre", 9), ("modèle", 4), ("précise", 8), ("other", 60), ("argent", 5),
    ("déconnexion", 6), ("indemnité", 10), ("Avranches", 1), ("branches", 20), ("surveillance", 3), ("tranche", 2),
]  # fmt: skip
KNOWN = Spelling(WORDS)


def nobody(_word: str) -> bool:
    return False


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("teletravial", "télétravail"),  # swapped
        ("teltravial", "télétravail"),  # missing and swapped
        ("tteletravail", "télétravail"),  # doubled at the start
        ("négotiation", "négociation"),  # one wrong
        ("negociaton", "négociation"),  # missing
        ("chartte", "charte"),  # doubled
        ("charet", "charte"),
        ("carrte", "carte"),
        ("rharte", "charte"),
        ("dovoiturage", "covoiturage"),  # the first letter wrong
        ("ovoiturage", "covoiturage"),  # or missing
        ("ocvoiturage", "covoiturage"),  # or swapped
        ("cowroking", "coworking"),
        ("deconexion", "déconnexion"),
        ("survelliance", "surveillance"),
    ],
)
def test_one_slip_or_two(typed: str, meant: str) -> None:
    if typed == "rharte":  # a short word with another first letter is another word
        assert KNOWN.correct(typed, nobody) is None
    else:
        assert KNOWN.correct(typed, nobody) == meant


@pytest.mark.parametrize(
    ("typed", "meant"), [("lemployeur", "employeur"), ("dindemnité", "indemnité"), ("LEMPLOYEUR", "employeur")]
)
def test_a_missing_apostrophe(typed: str, meant: str) -> None:
    assert KNOWN.correct(typed, nobody) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("co voiturage", "covoiturage"), ("co-voiturage", "covoiturage"), ("modelelettre", "modèle lettre")],
)
def test_words_cut_or_joined(typed: str, meant: str) -> None:
    assert KNOWN.correct(typed, nobody) == meant


@pytest.mark.parametrize(
    "typed",
    ["télétravail", "TELETRAVAIL", "zzzzzz", "le", "2025", "", "chat", "mother", "argentan", "préconise", "avranches"],
)
def test_nothing_to_say(typed: str) -> None:
    assert KNOWN.correct(typed, nobody) is None


def test_every_misspelt_word_is_corrected_and_only_those() -> None:
    assert KNOWN.correct("la chartte du teletravial, 2024", nobody) == "la charte du télétravail, 2024"
    assert KNOWN.correct("chartte", lambda word: True) is None


def test_of_two_as_near_the_more_frequent() -> None:
    assert KNOWN.correct("cwarte", nobody) == "carte"


def test_the_same_first_letter_before_the_more_frequent() -> None:
    assert Spelling([("branche", 90), ("tranche", 1)]).nearest("tranhe") == "tranche"


@given(st.sampled_from([word for word, _pages in WORDS if len(word) > 6]), st.data())
def test_any_one_slip_inside_a_long_word_is_undone(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(word) - 2))
    letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
    slips = [
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + letter + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    ]
    typed = data.draw(st.sampled_from(slips))
    found = KNOWN.correct(typed, nobody) or typed
    assert fold(found) in {fold(known) for known, _pages in WORDS}


@given(st.text(max_size=120))
def test_any_text_is_corrected_to_words_that_are_known(text: str) -> None:
    corrected = KNOWN.correct(text, nobody)
    assert corrected is None or KNOWN.correct(corrected, nobody) is None
