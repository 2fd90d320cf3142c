"""What editors see of search: its pages, its forms, who may open them, and what visitors get from it."""

import json
from collections.abc import Callable, Mapping
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Collection

from hub.accounts.roles import ROLES
from hub.search import misses, outbox
from hub.search.embedded import EmbeddedEngine
from hub.search.engine import EngineUnavailable
from hub.search.models import Evaluation, JudgedQuery, PromotedResult, SynonymGroup
from tests.factories.people import PASSWORD
from tests.factories.search import SmallSite
from tests.factories.servers import closed_port

HOME, TRY, DRAFT, EVALUATE = (f"/admin/search/{path}" for path in ("", "try/", "draft/", "evaluate/"))
SYNONYMS, PROMOTED, JUDGED = (f"/admin/search/{name}/" for name in ("synonyms", "promoted", "judged"))

Enter = Callable[[str], Client]


@pytest.fixture
def library(site: SmallSite) -> SmallSite:
    SynonymGroup.objects.all().delete()
    site.page("L’employeur peut-il refuser ?", "Il répond par écrit.", slug="refus")
    site.page("Une charte", "Rédigée avec les agents.", slug="charte")
    site.page("Work from a barn", "It is quiet.", locale="en", slug="barn")
    outbox.rebuild()
    return site


@pytest.fixture
def enter(library: SmallSite) -> Enter:
    """A browser in which somebody of that role is signed in."""
    if Collection.get_first_root_node() is None:
        Collection.add_root(instance=Collection(name="Root"))
    call_command("create_demo_users", password=PASSWORD, verbosity=0, stdout=StringIO())

    def entering(role: str) -> Client:
        client = Client()
        client.force_login(get_user_model().objects.get(username=role), "django.contrib.auth.backends.ModelBackend")
        return client

    return entering


@pytest.fixture
def editor(enter: Enter) -> Client:
    return enter("editor")


def soup(response: Any, status: int = 200) -> BeautifulSoup:
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def panel(page: BeautifulSoup, name: str) -> str:
    found = page.find(id=f"{name}-content")
    assert found is not None, name
    return " ".join(found.get_text(" ").split())


def errors(response: Any) -> str:
    return " ".join(each.get_text() for each in soup(response).select(".error-message"))


def found_by_visitors(query: str, language: str = "fr") -> list[str]:
    path = {"fr": "/fr/recherche/", "en": "/en/search/"}[language]
    answer = Client().get(path, {"q": query, "format": "json"})
    assert answer.status_code == 200
    return [each["title"] for each in answer.json()["results"]]


def judged(text: str, expected: str, language: str = "fr") -> JudgedQuery:
    return JudgedQuery.objects.create(language=language, text=text, expected=expected)


# --- Who may ---

PAGES = [HOME, TRY, DRAFT, *(f"{each}{path}" for each in (SYNONYMS, PROMOTED, JUDGED) for path in ("", "new/"))]


@pytest.mark.parametrize("role", ["editor", "moderator", "admin"])
def test_who_steers_search(enter: Enter, role: str) -> None:
    client = enter(role)
    for path in PAGES:
        assert client.get(path).status_code == 200, path
    assert HOME in client.get("/admin/").content.decode()
    client.post(f"{SYNONYMS}new/", {"language": "fr", "terms": "grange, barn"})
    group = SynonymGroup.objects.get()
    client.post(f"{SYNONYMS}delete/{group.pk}/")
    assert not SynonymGroup.objects.exists()


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"editor", "moderator"}))
def test_who_does_not(enter: Enter, role: str) -> None:
    judged("charte", "charte")
    client = enter(role)
    for path in PAGES:
        assert client.get(path).status_code in (302, 403), path
    assert HOME not in client.get("/admin/").content.decode()
    client.post(f"{SYNONYMS}new/", {"language": "fr", "terms": "grange, barn"})
    assert not SynonymGroup.objects.exists()
    for path in (EVALUATE, DRAFT):
        assert client.post(path, {"language": "fr", "terms": "a, b"}).status_code in (302, 403)
    assert not Evaluation.objects.exists()


@pytest.mark.parametrize("path", PAGES)
def test_strangers_are_sent_to_the_door(library: SmallSite, path: str) -> None:
    answer = Client().get(path)
    assert answer.status_code == 302
    assert "/compte/connexion/" in answer["Location"] or "login" in answer["Location"]


# --- Synonyms ---


def test_a_synonym_takes_effect_at_once(editor: Client) -> None:
    assert found_by_visitors("hangar") == []
    editor.post(f"{SYNONYMS}new/", {"language": "fr", "terms": "charte, hangar"})
    assert found_by_visitors("hangar") == ["Une charte"]
    assert found_by_visitors("hangar", "en") == []
    group = SynonymGroup.objects.get()
    editor.post(f"{SYNONYMS}edit/{group.pk}/", {"language": "fr", "terms": "charte, remise"})
    assert found_by_visitors("hangar") == []
    assert found_by_visitors("remise") == ["Une charte"]
    editor.post(f"{SYNONYMS}delete/{group.pk}/")
    assert found_by_visitors("remise") == []


@pytest.mark.parametrize(
    "terms", ["", "seul", "télétravail, teletravail, Télétravails", "charte, !", ",\n,", "charte\x00, hangar"]
)
def test_a_group_that_would_do_nothing_is_refused(editor: Client, terms: str) -> None:
    answer = editor.post(f"{SYNONYMS}new/", {"language": "fr", "terms": terms})
    assert errors(answer)
    assert not SynonymGroup.objects.exists()


def test_a_group_has_as_many_terms_as_a_search_tries(editor: Client) -> None:
    letters = "abcdefghijklmnopqrstuvw"
    answer = editor.post(f"{SYNONYMS}new/", {"language": "fr", "terms": ", ".join(f"mot{each}" for each in letters)})
    assert "20" in errors(answer)


def test_the_listing_is_searched_and_filtered_by_language(editor: Client) -> None:
    SynonymGroup.objects.create(language="fr", terms="charte, remise")
    SynonymGroup.objects.create(language="en", terms="barn, shed")
    page = editor.get(SYNONYMS, {"language": "en"}).content.decode()
    assert "barn, shed" in page and "charte, remise" not in page
    page = editor.get(SYNONYMS, {"q": "remise"}).content.decode()
    assert "barn, shed" not in page and "charte, remise" in page


# --- Promoted results ---


def promotion(page: Any, /, **values: Any) -> dict[str, Any]:
    return {
        "language": "fr",
        "queries": "grange",
        "page": page.pk,
        "position": 1,
        "starts_on": "",
        "ends_on": "",
        **values,
    }


def test_a_promotion_is_saved(editor: Client, library: SmallSite) -> None:
    page = library.page("Granges")
    editor.post(f"{PROMOTED}new/", promotion(page, starts_on="2026-01-01", ends_on="2026-01-01"))
    assert PromotedResult.objects.get().page_id == page.pk
    assert "Granges" in editor.get(PROMOTED).content.decode()


@pytest.mark.parametrize(
    "values",
    [
        {"queries": ""},
        {"queries": "?!\n"},
        {"queries": "grange\n?"},
        {"starts_on": "2026-02-02", "ends_on": "2026-02-01"},
        {"starts_on": "bientôt"},
        {"language": "en"},
        {"language": "xx"},
        {"page": ""},
        {"page": "99999999"},
        {"position": "-1"},
    ],
)
def test_a_promotion_that_makes_no_sense_is_refused_in_words(
    editor: Client, library: SmallSite, values: Mapping[str, str]
) -> None:
    answer = editor.post(f"{PROMOTED}new/", promotion(library.page("Granges"), **values))
    assert errors(answer)
    assert not PromotedResult.objects.exists()


def test_an_alias_cannot_be_promoted(editor: Client, library: SmallSite) -> None:
    english = library.page("Granges").copy_for_translation(library.en, alias=True)
    answer = editor.post(f"{PROMOTED}new/", promotion(english, language="en"))
    assert errors(answer)
    assert not PromotedResult.objects.exists()


def test_the_root_cannot_be_promoted(editor: Client, library: SmallSite) -> None:
    answer = editor.post(f"{PROMOTED}new/", promotion(library.homes["fr"].get_parent()))
    assert errors(answer)


# --- Judged queries ---


def test_a_judged_query_is_saved(editor: Client) -> None:
    editor.post(f"{JUDGED}new/", {"language": "fr", "text": " la  charte ", "expected": "/charte/$\n\n ^une charte "})
    row = JudgedQuery.objects.get()
    assert (row.text, row.expected) == ("la charte", "/charte/$\n^une charte")


@pytest.mark.parametrize(
    "expected", ["(", "fine\n[a-", "*", "a{99999999999}", "(" * 500 + ")" * 500, "(a+)+$", r"(?P<é", "\\"]
)
def test_an_expression_that_cannot_be_read_is_named(editor: Client, expected: str) -> None:
    answer = editor.post(f"{JUDGED}new/", {"language": "fr", "text": "charte", "expected": expected})
    last = expected.splitlines()[-1]
    assert last in errors(answer)
    assert not JudgedQuery.objects.exists()


def test_two_judgements_of_one_query_are_refused(editor: Client) -> None:
    judged("charte", "charte")
    answer = editor.post(f"{JUDGED}new/", {"language": "fr", "text": "charte", "expected": "x"})
    assert answer.status_code == 200
    assert JudgedQuery.objects.count() == 1


# --- The workbench: status and queries without result ---


def test_an_empty_workbench_says_what_to_do(editor: Client) -> None:
    page = soup(editor.get(HOME))
    assert "load_judged_queries" in panel(page, "judged")
    assert page.find("form", action=EVALUATE) is None
    assert panel(page, "missed")
    assert "embedded" in panel(page, "health")


def test_frequent_misses_lead_to_prefilled_forms(editor: Client) -> None:
    for _time in range(3):
        misses.record("crèche & Cie", "fr")
    misses.record("rare", "fr")
    page = soup(editor.get(HOME))
    assert "crèche & Cie" in panel(page, "missed")
    assert "rare" not in panel(page, "missed").split()
    links = [a["href"] for a in page.select("#missed-content .actions a")]
    synonym, promote = (soup(editor.get(link)) for link in links)
    assert synonym.find("textarea", {"name": "terms"}).get_text().strip() == "crèche & Cie"
    assert promote.find("textarea", {"name": "queries"}).get_text().strip() == "crèche & Cie"
    for form in (synonym, promote):
        assert form.select_one("select[name=language] option[selected]")["value"] == "fr"


def test_a_miss_that_finds_something_by_now_says_so(editor: Client) -> None:
    for _time in range(3):
        misses.record("hangar", "fr")
    before = panel(soup(editor.get(HOME)), "missed")
    SynonymGroup.objects.create(language="fr", terms="hangar, charte")
    after = panel(soup(editor.get(HOME)), "missed")
    assert before != after
    assert "1 page" in after


def test_each_engine_has_a_table_of_its_own(editor: Client, settings: Any) -> None:
    settings.ELASTICSEARCH_URL = closed_port()
    page = soup(editor.get(HOME))
    assert [each.get_text(" ", strip=True).split()[0] for each in page.select("#health-content h3")] == [
        "elasticsearch",
        "embedded",
    ]


# --- Trying a query ---


def test_how_a_query_is_understood_and_what_it_finds(editor: Client, library: SmallSite) -> None:
    SynonymGroup.objects.create(language="fr", terms="charte, hangar")
    first = library.page("En avant", slug="en-avant")
    PromotedResult.objects.create(language="fr", queries="hangar", page=first)
    page = soup(editor.get(TRY, {"language": "fr", "q": "hangar"}))
    assert panel(page, "understood").endswith("hangar charte")
    rows = [row.get_text(" ") for row in page.select("#results-content tbody tr")]
    assert [title in row for title, row in zip(("En avant", "Une charte"), rows, strict=True)] == [True, True]


def test_a_promoted_page_that_visitors_may_not_see_is_not_a_result(editor: Client, library: SmallSite) -> None:
    hidden = library.page("Brouillon secret", publish=False)
    PromotedResult.objects.create(language="fr", queries="charte", page=hidden)
    assert "Brouillon secret" not in panel(soup(editor.get(TRY, {"language": "fr", "q": "charte"})), "results")


def test_another_spelling_is_shown(editor: Client) -> None:
    page = soup(editor.get(TRY, {"language": "fr", "q": "emploieur"}))
    assert "employeur" in panel(page, "understood")
    assert "L’employeur peut-il refuser" in panel(page, "results")


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"q": ""},
        {"q": "charte"},
        {"q": "charte", "language": "xx"},
        {"q": "\x00", "language": "fr"},
        {"q": "le la les", "language": "fr"},
        {"q": "a" * 5000, "language": "fr"},
        {"q": '"><script>alert(1)</script>', "language": "en"},
        {"q": "dinosaure", "language": "fr"},
        {"q": '"' * 50 + "((((", "language": "fr"},
    ],
)
def test_any_text_may_be_tried(editor: Client, params: dict[str, str]) -> None:
    answer = editor.get(TRY, params)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_args: Any, **_kwargs: Any) -> None:
        raise EngineUnavailable("down")

    monkeypatch.setattr(EmbeddedEngine, "search", failing)


def test_the_workbench_stands_when_the_index_is_away(editor: Client, broken: None) -> None:
    judged("charte", "/charte/$")
    for path in (HOME, f"{TRY}?language=fr&q=charte"):
        assert editor.get(path).status_code == 200
    draft = soup(editor.post(DRAFT, {"language": "fr", "terms": "charte, hangar"}))
    assert draft.find(id="judged-content") is None, "figures of anything but the index would mislead"
    answer = editor.post(EVALUATE, follow=True)
    assert answer.redirect_chain[-1][0] == HOME
    assert not Evaluation.objects.exists()


# --- Evaluating ---


def test_an_evaluation_is_kept_and_compared(editor: Client) -> None:
    judged("charte", "/charte/$")
    judged("hangar", "/charte/$")
    judged("barn", "/barn/$", "en")
    editor.post(EVALUATE)
    first = Evaluation.objects.get()
    assert (first.hits, first.total, round(first.reciprocal_rank, 3)) == (2, 3, 0.667)
    assert first.ranks == {"fr charte": 1, "fr hangar": None, "en barn": 1}
    SynonymGroup.objects.create(language="fr", terms="hangar, charte")
    JudgedQuery.objects.filter(text="barn").update(expected="shed")
    judged("nouvelle", "jamais")
    answer = editor.post(EVALUATE, follow=True)
    page = soup(answer)
    assert "hangar" in panel(page, "better") and "barn" not in panel(page, "better")
    assert "barn" in panel(page, "worse") and "hangar" not in panel(page, "worse")
    assert {"barn", "nouvelle"} == {row.a.get_text() for row in page.select("#missing-content tbody tr")}
    assert "1 sur 2 → 2 sur 3" in panel(page, "scores") or "1 of 2 → 2 of 3" in panel(page, "scores")
    home = panel(soup(editor.get(HOME)), "judged")
    assert "0,750" not in home and ("2 sur 4" in home or "2 of 4" in home)


def test_nothing_to_evaluate(editor: Client) -> None:
    assert editor.post(EVALUATE, follow=True).redirect_chain[-1][0] == HOME
    assert not Evaluation.objects.exists()


def test_evaluating_needs_a_button(editor: Client) -> None:
    judged("charte", "charte")
    assert editor.get(EVALUATE).status_code == 302
    assert not Evaluation.objects.exists()


def test_what_visitors_do_not_see_is_no_hit(editor: Client, library: SmallSite) -> None:
    hidden = library.page("Brouillon", slug="brouillon", publish=False)
    PromotedResult.objects.create(language="fr", queries="charte", page=hidden)
    judged("charte", "/brouillon/$")
    editor.post(EVALUATE)
    assert Evaluation.objects.get().ranks == {"fr charte": None}


def test_a_promotion_counts_as_visitors_see_it(editor: Client, library: SmallSite) -> None:
    judged("charte", "/refus/$")
    page = library.homes["fr"].get_children().get(slug="refus")
    PromotedResult.objects.create(language="fr", queries="charte", page=page)
    editor.post(EVALUATE)
    assert Evaluation.objects.get().ranks == {"fr charte": 1}


def test_an_expression_that_no_form_has_checked(editor: Client) -> None:
    judged("charte", "(")
    answer = editor.post(EVALUATE, follow=True)
    assert "charte" in answer.content.decode()
    assert not Evaluation.objects.exists()
    assert editor.post(DRAFT, {"language": "fr", "terms": "charte, hangar"}).status_code == 200


def test_queries_to_the_database_do_not_grow_with_the_judged(editor: Client) -> None:
    judged("charte", "charte")
    editor.post(EVALUATE)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            editor.post(EVALUATE)
        return len(captured)

    one = queries()
    for text in ("refus", "employeur", "agents", "écrit"):
        judged(text, "charte")
    assert queries() == one


@pytest.mark.parametrize("pk", [0, 999, 10**30])
def test_an_unknown_evaluation_is_404(editor: Client, pk: int) -> None:
    assert editor.get(f"/admin/search/evaluations/{pk}/").status_code == 404


# --- What would this change do ---


def test_a_draft_names_what_gets_better_and_saves_nothing(editor: Client) -> None:
    judged("hangar", "/charte/$")
    judged("charte", "/charte/$")
    page = soup(editor.post(DRAFT, {"language": "fr", "terms": "charte, hangar"}))
    rows = [row.get_text(" ").split() for row in page.select("#judged-content table:last-of-type tbody tr")]
    assert [row[0] for row in rows] == ["hangar"]
    assert rows[0][-1] == "1"
    assert "Une charte" in panel(page, "terms")
    assert not SynonymGroup.objects.exists()
    assert found_by_visitors("hangar") == []


def test_a_draft_names_what_gets_worse(editor: Client) -> None:
    judged("hangar", "/charte/$")
    group = SynonymGroup.objects.create(language="fr", terms="charte, hangar")
    form = soup(editor.get(DRAFT, {"group": group.pk}))
    assert form.find("textarea", {"name": "terms"}).get_text().strip() == "charte, hangar"
    page = soup(editor.post(f"{DRAFT}?group={group.pk}", {"language": "fr", "terms": "charte, remise"}))
    assert "hangar" in panel(page, "judged")
    group.refresh_from_db()
    assert group.terms == "charte, hangar"
    moved = soup(editor.post(f"{DRAFT}?group={group.pk}", {"language": "en", "terms": "charte, hangar"}))
    assert "hangar" in panel(moved, "judged"), "a group that moves to English leaves French"


def test_the_form_of_a_group_leads_to_the_draft_and_back(editor: Client) -> None:
    """Without JavaScript: both buttons send the same fields to another address."""
    group = SynonymGroup.objects.create(language="fr", terms="charte, remise")
    form = soup(editor.get(f"{SYNONYMS}edit/{group.pk}/"))
    button = form.select_one("#w-editor-form button[formaction]")
    assert button["formaction"] == f"{DRAFT}?group={group.pk}"
    data = {"language": "fr", "terms": "charte, hangar"}
    save = soup(editor.post(button["formaction"], data)).select_one("button[formaction]")
    editor.post(save["formaction"], data)
    assert found_by_visitors("hangar") == ["Une charte"]
    assert soup(editor.get(f"{SYNONYMS}new/")).select_one("button[formaction]")["formaction"] == DRAFT


def test_a_draft_without_judged_queries_still_shows_its_terms(editor: Client) -> None:
    page = soup(editor.post(DRAFT, {"language": "fr", "terms": "charte, hangar"}))
    assert panel(page, "judged")
    assert "hangar" in panel(page, "terms")


@pytest.mark.parametrize("data", [{}, {"language": "xx", "terms": "a"}, {"language": "fr", "terms": "x" * 3000}])
def test_a_draft_that_makes_no_sense_is_refused_in_words(editor: Client, data: dict[str, str]) -> None:
    assert errors(editor.post(DRAFT, data))


@pytest.mark.parametrize("group", ["0", "-1", "abc", "²", "9" * 40])
def test_an_unknown_group_is_404(editor: Client, group: str) -> None:
    assert editor.get(DRAFT, {"group": group}).status_code == 404


# --- Loading judged queries ---


def load(path: Path, *rows: Any) -> str:
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    out = StringIO()
    call_command("load_judged_queries", str(path), stdout=out)
    return out.getvalue()


def test_loading_adds_and_changes_and_then_does_nothing(db: None, tmp_path: Path) -> None:
    judged("charte", "ancien")
    judged("à moi", "rien")
    rows = (
        {"locale": "fr", "q": "charte", "expected": ["/charte/$", "^une charte"]},
        {"locale": "en", "q": "barn", "expected": ["/barn/$"]},
    )
    assert load(tmp_path / "judged.jsonl", *rows).startswith("1 judged queries added, 1 changed")
    assert load(tmp_path / "judged.jsonl", *rows).startswith("0 judged queries added, 0 changed")
    assert JudgedQuery.objects.get(text="charte").expected == "/charte/$\n^une charte"
    assert JudgedQuery.objects.count() == 3


@pytest.mark.parametrize(
    "row",
    [
        {"locale": "de", "q": "x", "expected": ["x"]},
        {"locale": "fr", "q": "", "expected": ["x"]},
        {"locale": "fr", "q": 5, "expected": ["x"]},
        {"locale": "fr", "q": "x" * 300, "expected": ["x"]},
        {"locale": "fr", "q": "x", "expected": []},
        {"locale": "fr", "q": "x", "expected": "abc"},
        {"locale": "fr", "q": "x", "expected": ["a\nb"]},
        {"locale": "fr", "q": "x", "expected": ["("]},
        {"locale": "fr", "q": "x", "expected": [5]},
    ],
)
def test_a_file_at_fault_loads_nothing(db: None, tmp_path: Path, row: Any) -> None:
    with pytest.raises(CommandError):
        load(tmp_path / "judged.jsonl", {"locale": "fr", "q": "bonne", "expected": ["x"]}, row)
    assert not JudgedQuery.objects.exists()


def test_the_command_judges_the_editors_queries_when_no_file_is_named(library: SmallSite) -> None:
    judged("charte", "/charte/$")
    judged("dragon", "dragon")
    out = StringIO()
    call_command("evaluate_search", stdout=out)
    assert "1 of 2 in the first 3" in out.getvalue()
    assert "miss (fr) 'dragon'" in out.getvalue()
