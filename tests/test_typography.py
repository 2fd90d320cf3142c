"""French spacing: what it sets, and that it touches nothing else."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hub.typography import FINE, HARD, french_spaces, french_spaces_in_html

SPACES = re.compile(r"\s+")
marks = st.sampled_from([*"«»:;!?%€°.,’()-/&<>", " ", "\u00a0", "\u202f", "12", "345", "n°", "km", "k€", "art.", "mot"])
texts = st.lists(marks | st.text(max_size=4), max_size=12).map("".join)


def bare(text: str) -> str:
    """Without any space."""
    return SPACES.sub("", text)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Pourquoi ?", f"Pourquoi{FINE}?"),
        ("Pourquoi?", f"Pourquoi{FINE}?"),
        ("Non ! Oui ; peut-être", f"Non{FINE}! Oui{FINE}; peut-être"),
        ("Attention : danger", f"Attention{HARD}: danger"),
        ("« mot »", f"«{HARD}mot{HARD}»"),
        ("«mot»", f"«{HARD}mot{HARD}»"),
        ("1 344 entreprises", f"1{FINE}344 entreprises"),
        ("1 234 567", f"1{FINE}234{FINE}567"),
        ("28,4 %", f"28,4{HARD}%"),
        ("2,88 € par jour", f"2,88{HARD}€ par jour"),
        ("10 km", f"10{HARD}km"),
        ("3 k€", f"3{HARD}k€"),
        ("n° 2016-151", f"n°{HARD}2016-151"),
        ("art. 7", f"art.{HARD}7"),
        # What must stay as it is.
        ("10 kilomètres", "10 kilomètres"),
        ("en 2015 1 000 personnes", f"en 2015 1{FINE}000 personnes"),
        ("12:30", "12:30"),
        ("https://exemple.fr/?q=a&b=1", "https://exemple.fr/?q=a&b=1"),
        ("Tom &amp; Léa", "Tom &amp; Léa"),
        ("&laquo; &#8217; &#x2019;", "&laquo; &#8217; &#x2019;"),
        ("", ""),
    ],
)
def test_what_it_sets(given: str, expected: str) -> None:
    assert french_spaces(given) == expected


@given(texts)
@example("Vraiment ?!")
@example("Quoi ?! Non !!!")
@example("«« mot »»")
@example("1 000 000 %")
@example("\ue0005\ue001")
def test_once_is_enough(text: str) -> None:
    once = french_spaces(text)
    assert french_spaces(once) == once


@given(texts)
@example("\ue0000\ue001 &amp;")
def test_only_spaces_change(text: str) -> None:
    assert bare(french_spaces(text)) == bare(text)


@given(texts)
def test_line_breaks_between_words_stay(text: str) -> None:
    assert french_spaces(f"mot\n{bare(text)}x").startswith("mot\n")


urls = st.from_regex(
    r"https?://[a-z]{2,8}\.fr(/[a-z0-9%._-]{0,8}){0,3}(\?[a-z]=[a-z0-9;:!?%]{0,6}[a-z0-9])?", fullmatch=True
)


@given(before=texts, url=urls, after=st.sampled_from(["", " ", " fin", ", et", ". Fin"]))
def test_addresses_stay(before: str, url: str, after: str) -> None:
    assert url in french_spaces(f"{before} {url}{after}")


@given(
    st.lists(
        st.sampled_from(
            [
                "<p>", "</p>", "<b>", "</b>", '<a href="https://x.fr/?q=a ; b ! : « » 1 000 %">', "</a>", "<br/>",
                '<a linktype="page" id="12">', "&amp;", "&nbsp;", "&#8217;", "mot ?", "1 000 %", " ; ", "« mot »",
            ]
        ),
        max_size=12,
    ).map("".join)
)  # fmt: skip
def test_markup_and_entities_stay(html: str) -> None:
    result = french_spaces_in_html(html)
    tags = re.compile(r"<[^>]*>|&#?\w+;")
    assert tags.findall(result) == tags.findall(html)
    assert bare(result) == bare(html)
    assert french_spaces_in_html(result) == result


@given(st.text(alphabet="<>&;\"'= ap/?!:«»", max_size=30))
def test_broken_markup_keeps_its_characters(html: str) -> None:
    assert bare(french_spaces_in_html(html)) == bare(html)
