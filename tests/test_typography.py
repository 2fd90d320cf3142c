"""French spacing (hub.typography): what it sets, and what it never touches."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.typography import FINE, HARD, french_spaces, french_spaces_in_html

SPACES = re.compile(r"[ \u00a0\u202f]")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Peut-il refuser ?", f"Peut-il refuser{FINE}?"),
        ("Oui ; non !", f"Oui{FINE}; non{FINE}!"),
        ("Objet : télétravail", f"Objet{HARD}: télétravail"),
        ("« oui »", f"«{HARD}oui{HARD}»"),
        ("«oui»", f"«{HARD}oui{HARD}»"),
        ("1 344 entreprises", f"1{FINE}344 entreprises"),
        ("57 300 et 2 500", f"57{FINE}300 et 2{FINE}500"),
        ("33,1 % et 2,88 €", f"33,1{HARD}% et 2,88{HARD}€"),
        ("n° 111, 25 km, 62 min", f"n°{HARD}111, 25{HARD}km, 62{HARD}min"),
        ("le 21 juillet 2023 20 agents", "le 21 juillet 2023 20 agents"),
        ("à 10:30", "à 10:30"),
        ("https://exemple.fr/?a=1;b", "https://exemple.fr/?a=1;b"),
    ],
)
def test_what_it_sets(typed: str, expected: str) -> None:
    assert french_spaces(typed) == expected


def test_entities_and_tags_are_left_alone() -> None:
    html = '<p>Droit &amp; devoir ? <a href="https://x.fr/?q=a !b">voir : ici</a></p>'
    done = french_spaces_in_html(html)
    assert 'href="https://x.fr/?q=a !b"' in done
    assert "&amp;" in done
    assert f"devoir{FINE}?" in done
    assert f"voir{HARD}: ici" in done


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\ue000\ue001"), max_size=200))
def test_it_changes_spaces_only(text: str) -> None:
    assert SPACES.sub("", french_spaces(text)) == SPACES.sub("", text)


@given(st.text(alphabet="aé1234 \u00a0\u202f:;!?%€«»n°km&;", max_size=60))
def test_twice_is_once(text: str) -> None:
    once = french_spaces(text)
    assert french_spaces(once) == once
