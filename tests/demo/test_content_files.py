"""The hub's own starting content, as files: sound, really in two languages, no figure without year and source."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from hub.demo.files import CONTENT, Mapping, read

FILES = sorted(CONTENT.rglob("*.yaml"))
PAGES = sorted((CONTENT / "pages").rglob("*.yaml"))
each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def values(node: Any) -> Iterator[Any]:
    """Every mapping below, itself included."""
    if isinstance(node, dict):
        yield node
        for inner in node.values():
            yield from values(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from values(inner)


def pairs(path: Path) -> list[Mapping]:
    return [node for node in values(read(path)) if set(node) == {"fr", "en"}]


def keys(name: str, field: str = "key") -> set[str]:
    return {str(row[field]) for row in read(CONTENT / name)}


@pytest.mark.django_db
def test_every_file_is_sound(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_demo", check=True)
    assert f"{len(PAGES)} page files are sound." in capsys.readouterr().out


@each_file
def test_both_languages_say_something_of_their_own(path: Path) -> None:
    same = [pair.line for pair in pairs(path) if str(pair["fr"]).strip() == str(pair["en"]).strip()]
    assert same == []
    assert [pair.line for pair in pairs(path) if not str(pair["fr"]).strip() or not str(pair["en"]).strip()] == []


@each_file
def test_what_is_the_same_in_both_languages_is_a_name_or_a_number(path: Path) -> None:
    shared = [str(node["same"]) for node in values(read(path)) if set(node) == {"same"}]
    assert [text for text in shared if len(text) > 80 or text.count(" ") > 9] == []


@each_file
def test_apostrophes_are_apostrophes(path: Path) -> None:
    found = [
        (pair.line, text)
        for pair in pairs(path)
        for text in map(str, pair.values())
        if re.search(r"\w'\w", re.sub(r"\(https?://[^)]*\)|https?://\S+", "", text))
    ]
    assert found == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_no_figure_without_its_year_and_source(path: Path) -> None:
    sources = keys("vocabulary/sources.yaml")
    figures = [node for node in values(read(path)) if "value" in node and "label" in node and "unit" in node]
    figures += [node for node in values(read(path)) if "bars" in node]
    assert [figure.line for figure in figures if not figure.get("year") or figure.get("source") not in sources] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_source_named_is_known(path: Path) -> None:
    sources = keys("vocabulary/sources.yaml")
    named = {node["source"] for node in values(read(path)) if node.get("source")}
    named |= set(read(path).get("sources", []))
    assert named - sources == set()


def of_type(kind: str) -> list[Path]:
    return [path for path in PAGES if read(path)["type"] == kind]


@pytest.mark.parametrize(("kind", "least"), [("casestudy", 10), ("legal", 10), ("campaign", 8), ("guide-step", 10)])
def test_there_is_as_much_as_was_promised(kind: str, least: int) -> None:
    assert len(of_type(kind)) >= least


@pytest.mark.parametrize("path", of_type("legal"), ids=lambda path: path.stem)
def test_an_explainer_has_references_a_date_and_a_short_answer(path: Path) -> None:
    data = read(path)
    assert data["references"]
    assert data["checked_on"]
    for text in data["answer"].values():
        assert len(re.sub(r"\(\S*\)", "", text).split()) <= 75


@pytest.mark.parametrize("path", of_type("campaign"), ids=lambda path: path.stem)
def test_a_campaign_has_three_proofs_a_case_and_measures(path: Path) -> None:
    data = read(path)
    assert len(data["proofs"]) == 3
    assert data["case"] in {each.stem for each in of_type("casestudy")}
    assert data["measures"]


def test_the_glossary_has_every_term_in_both_languages() -> None:
    terms = read(CONTENT / "snippets" / "glossary.yaml")
    assert len(terms) >= 115
    assert len({row["key"] for row in terms}) == len(terms)


def test_the_audiences_are_those_of_the_contract() -> None:
    assert keys("vocabulary/audiences.yaml", "slug") == {
        "salaries", "employeurs", "elus", "agents-publics", "independants", "nouveaux-arrivants",
        "gestionnaires-de-lieux", "communicants",
    }  # fmt: skip


def test_every_reader_finds_pages() -> None:
    tagged = {slug for path in PAGES for slug in read(path)["audiences"]}
    assert tagged == keys("vocabulary/audiences.yaml", "slug")
