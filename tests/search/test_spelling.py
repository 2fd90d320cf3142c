import pytest

from hub.search.spelling import Spelling

KNOWN = Spelling([("télétravail", 40), ("négociation", 12), ("charte", 9), ("carte", 30), ("le", 99), ("2024", 5)])


def nobody(_word: str) -> bool:
    return False


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("teletravial", "télétravail"),
        ("négotiation", "négociation"),
        ("negociaton", "négociation"),
        ("chartte", "charte"),
        ("charet", "charte"),
        ("carrte", "carte"),
    ],
)
def test_one_slip_or_two(typed: str, meant: str) -> None:
    assert KNOWN.correct(typed, nobody) == meant


@pytest.mark.parametrize("typed", ["télétravail", "TELETRAVAIL", "zzzzzz", "le", "2025", "", "chat"])
def test_nothing_to_say(typed: str) -> None:
    assert KNOWN.correct(typed, nobody) is None


def test_only_unknown_words_change() -> None:
    assert KNOWN.correct("la chartte du télétravail, 2024", nobody) == "la charte du télétravail, 2024"
    assert KNOWN.correct("chartte", lambda word: True) is None


def test_of_two_as_near_the_more_frequent() -> None:
    assert KNOWN.correct("cwarte", nobody) == "carte"
