"""What readers see is whole in both languages, well set, dated and sourced. Plain HTTP, no browser window."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import polib
import pytest
from bs4 import Comment, NavigableString, Tag

from tests.browser.addresses import LANGUAGES, address, keys
from tests.browser.conftest import Answer

CATALOGUE = Path(__file__).resolve().parents[2] / "hub" / "locale" / "fr" / "LC_MESSAGES" / "django.po"
OTHER = {"fr": "en", "en": "fr"}
Pages = dict[str, Answer]
_COMMON = {
    "fr": r"\b(?:le|la|les|des|du|une|est|sont|dans|pour|pas|que|qui|par|sur|avec|vous|ce|cette|au|aux|ou|ne|se)\b",
    "en": r"\b(?:the|of|and|to|in|is|are|for|not|that|which|by|with|you|this|it|from|or|be|at|as|an)\b",
}


def _plain(words: str) -> str:
    return " ".join(words.split())


def _in_other_language(node: NavigableString | Tag, language: str) -> bool:
    """Whether the nearest ``lang`` around it says the other language."""
    marked = next((parent for parent in node.parents if parent.get("lang")), None)
    return marked is not None and marked["lang"] != language


def _words(answer: Answer) -> Iterator[str]:
    """Every piece of text of the page in its own language, words read aloud or shown on hovering among them."""
    for node in answer.soup.find_all(string=True):
        hidden = isinstance(node, Comment) or node.parent.name in ("script", "style", "[document]")
        if not hidden and not _in_other_language(node, answer.language) and node.strip():
            yield _plain(node)
    for element in answer.soup.select("[aria-label], [title], [alt], [placeholder]"):
        if element.get("lang", answer.language) == answer.language and not _in_other_language(element, answer.language):
            yield from (
                _plain(element[name]) for name in ("aria-label", "title", "alt", "placeholder") if name in element.attrs
            )


def _shown(answer: Answer) -> str:
    """The text of the page in its own language, spaces as they are."""
    nodes = (node for node in answer.soup.body.find_all(string=True) if not _in_other_language(node, answer.language))
    return "".join(
        node for node in nodes if node.parent.name not in ("script", "style") and not isinstance(node, Comment)
    )


@cache
def _interface(language: str) -> re.Pattern[str]:
    """The words of the interface in ``language`` that the other language does not have as well."""
    pairs = [(entry.msgid, entry.msgstr) for entry in polib.pofile(str(CATALOGUE)) if entry.msgstr]
    own, other = (
        {_plain(pair[index]).casefold() for pair in pairs} for index in ((1, 0) if language == "fr" else (0, 1))
    )
    telling = [words for words in own - other if len(re.sub(r"%\(\w+\)s|\W", "", words)) > 3]
    return re.compile(
        "|".join(re.sub(r"%\\\(\w+\\\)s", ".+", re.escape(words)) for words in sorted(telling)), re.IGNORECASE
    )


def _told(found: dict[str, Iterable[str]]) -> str:
    return "\n" + "\n".join(f"{path}\n    " + "\n    ".join(map(repr, words)) for path, words in found.items())


def _in(pages: Pages, language: str) -> list[Answer]:
    return [answer for answer in pages.values() if answer.language == language]


def _main(answer: Answer) -> str:
    return _plain(answer.soup.main.get_text(" "))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_has_a_counterpart_with_words_of_its_own(
    sitemap: list[tuple[str, dict[str, str]]], public_pages: Pages, language: str
) -> None:
    seen = 0
    for path, alternates in sitemap:
        if not path.startswith(f"/{language}/"):
            continue
        here, there = public_pages[path], public_pages[alternates[OTHER[language]]]
        assert there.status == 200 and there.path != path
        assert (here.soup.html["lang"], there.soup.html["lang"]) == (language, OTHER[language])
        assert here.soup.title.get_text() != there.soup.title.get_text(), path
        assert _main(here) != _main(there), path
        switch = here.soup.select_one(f".languages a[hreflang={OTHER[language]}]")
        assert switch["href"] == there.path, path
        seen += 1
    assert seen > 50


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_of_the_interface_are_in_the_other_language(public_pages: Pages, language: str) -> None:
    foreign = _interface(OTHER[language])
    assert foreign.fullmatch({"en": "Search the hub", "fr": "Rechercher sur le site"}[OTHER[language]])
    left = {
        answer.path: found
        for answer in _in(public_pages, language)
        if (found := set(filter(foreign.fullmatch, _words(answer))))
    }
    assert not left, _told(left)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_passage_is_in_the_other_language_without_saying_so(public_pages: Pages, language: str) -> None:
    strange = []
    for answer in _in(public_pages, language):
        for element in answer.soup.select(
            "main p, main li, main dd, main td, main th, h1, h2, h3, summary, figcaption"
        ):
            if _in_other_language(element, language) or element.get("lang", language) != language:
                continue
            own = [node for node in element.find_all(string=True) if not _in_other_language(node, language)]
            counts = {code: len(re.findall(common, " ".join(own).lower())) for code, common in _COMMON.items()}
            if counts[OTHER[language]] > max(2, counts[language]):
                strange.append((answer.path, _plain(" ".join(own))[:120]))
    assert strange == []


def test_french_signs_do_not_stand_alone_at_the_start_of_a_line(public_pages: Pages) -> None:
    """A no-break space before ? ! : ; and inside « », wherever words are shown."""
    loose = {}
    for answer in _in(public_pages, "fr"):
        found = re.findall(r".{0,30}\S[ \t\n][?!:;»](?!\S).{0,10}|.{0,10}«[ \t\n].{0,20}", _shown(answer))
        if found:
            loose[answer.path] = found[:5]
    assert not loose, _told(loose)


def test_english_pages_are_not_set_in_the_french_way(public_pages: Pages) -> None:
    odd = {}
    for answer in _in(public_pages, "en"):
        found = re.findall(r".{0,30}\w[ \u00a0\u202f][?!;:](?=\s|$).{0,10}|.{0,10}\d\u202f\d{3}.{0,10}", _shown(answer))
        if found:
            odd[answer.path] = found[:5]
    assert not odd, _told(odd)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_says_its_year_and_its_source(public_pages: Pages, language: str) -> None:
    figures = [(a, f) for a in _in(public_pages, language) for f in a.soup.select(".figure, figure.chart")]
    assert len(figures) > 60
    for answer, figure in figures:
        told = figure.select_one(".figure-source")
        words = _plain(told.get_text()) if told else ""
        year, _dot, source = words.partition(" · ")
        assert re.search(r"\b(19|20)\d\d\b", year) and re.search(r"\w{2}", source), (
            answer.path,
            _plain(figure.get_text())[:200],
        )
        link = told.select_one("a.source-ref")
        if link:
            assert answer.soup.select_one(f".sources li[id='{link['href'][1:]}']"), (answer.path, link["href"])
    for answer in _in(public_pages, language):
        for small in answer.soup.select(".card-figures li > small:last-child"):
            assert re.search(r"\b(19|20)\d\d\b", small.get_text()), answer.path


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chart_has_its_table(public_pages: Pages, language: str) -> None:
    charts = [(a, c) for a in _in(public_pages, language) for c in a.soup.select("figure.chart")]
    assert charts
    for answer, chart in charts:
        assert len(chart.select("table tr")) == len(chart.select(".bar")) > 0, answer.path


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_legal_page_says_when_it_was_checked_and_what_it_is_not(public_pages: Pages, language: str) -> None:
    checked = {"fr": r"Page vérifiée le \d{1,2}(er)? \w+ 20\d\d", "en": r"Checked on \d{1,2} \w+ 20\d\d"}[language]
    disclaimer = "Information, not legal advice."
    if language == "fr":
        disclaimer = polib.pofile(str(CATALOGUE)).find(disclaimer).msgstr
    assert len(keys("legal")) >= 10
    for key in keys("legal"):
        answer = public_pages[address(key, language)]
        assert re.search(checked, _main(answer)), (key, answer.soup.select_one(".kicker"))
        assert disclaimer in _main(answer), key
        assert answer.soup.select(".references dt") and answer.soup.select(".sources li"), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_case_study_says_where_it_comes_from(public_pages: Pages, language: str) -> None:
    assert len(keys("casestudy")) >= 10
    for key in keys("casestudy"):
        answer = public_pages[address(key, language)]
        assert answer.soup.select_one(".kicker .status").get_text(strip=True), key
        assert answer.soup.select(".sources li"), key
