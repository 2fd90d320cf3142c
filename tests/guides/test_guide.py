"""The guide: its steps, its tools, its checklists, and the whole of it on one page."""

import json
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from guides.models import EmployerPage, LetterPage, NegotiationGuidePage, SavingsPage
from tests.conftest import LANGUAGES, Fetch
from tests.factories.blocks import block, figure, items, many, text
from tests.factories.hub import Hub
from tests.factories.vocabulary import SourceFactory

pytestmark = pytest.mark.django_db
both_languages = pytest.mark.parametrize("language", LANGUAGES)
WHOLE = {"fr": "imprimer/", "en": "print/"}


def words(tag: Any) -> str:
    return " ".join(tag.get_text(" ").split())


def checklist(title: str, *points: str) -> dict[str, Any]:
    return block("checklist", {"title": title, "items": items(*points)})


@pytest.fixture
def guide(hub: Hub) -> dict[str, Any]:
    """Three steps in both languages, each with a checklist and a heading; the second has the task table."""
    for number in (1, 2, 3):
        body = [
            block("heading", "La méthode"),
            text("Un paragraphe."),
            checklist("À vérifier", f"Point {number} a", f"Point {number} b"),
        ]
        step = hub.step(
            title=f"Étape numéro {number}", slug=f"etape-{number}", task_table=number == 2, body=json.dumps(body)
        )
        hub.english(step, title=f"Step number {number}", slug=f"step-{number}")
    return {language: NegotiationGuidePage.objects.get(pk=hub.guide(language).pk) for language in LANGUAGES}


def whole(guide: dict[str, Any], language: str) -> str:
    return f"{guide[language].get_url()}{WHOLE[language]}"


def tool(guide: Any, model: Any, title: str, **values: Any) -> Any:
    page = model(
        title=title, slug=title.lower(), search_description=f"En bref : {title}", locale=guide.locale, **values
    )
    return guide.add_child(instance=page)


# --- The guide's own page ---


@both_languages
def test_the_guide_lists_its_steps_with_outcome_and_minutes(guide: dict[str, Any], fetch: Fetch, language: str) -> None:
    html = fetch(guide[language].get_url())
    steps = html.select(".steps > li")
    assert len(steps) == 3
    for step in steps:
        assert words(step.select_one(".step-outcome")) == "Une liste de tâches"
        assert words(step.select_one(".step-minutes")).startswith("1 minute")
    assert "3 minutes" in words(html.select_one(".article-head .kicker"))
    assert html.select_one(f"a[href='{whole(guide, language)}']")


def test_the_offer_to_continue_is_for_browsers_that_remember(guide: dict[str, Any], fetch: Fetch) -> None:
    french, english = (fetch(guide[language].get_url()) for language in LANGUAGES)
    assert french.select_one("[data-continue]").has_attr("hidden")
    keys = [step["data-step"] for step in french.select("[data-step]")]
    assert len(set(keys)) == 3
    assert keys == [step["data-step"] for step in english.select("[data-step]")]


def test_the_guide_lists_its_visible_tools_in_order(guide: dict[str, Any], fetch: Fetch) -> None:
    french = guide["fr"]
    tool(french, SavingsPage, "Calculatrice")
    tool(french, EmployerPage, "Brouillon", live=False)
    hidden = tool(french, EmployerPage, "Reserve")
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    tool(french, LetterPage, "Lettre")
    listed = fetch(french.get_url()).select(".tool-list li")
    assert [words(item.h3) for item in listed] == ["Calculatrice", "Lettre"]
    assert [item.a["href"] for item in listed] == [f"{french.get_url()}{slug}/" for slug in ("calculatrice", "lettre")]
    assert [words(item.select_one("h3 + p")) for item in listed] == ["En bref : Calculatrice", "En bref : Lettre"]
    verbs = [words(item.select_one(".tool-verb")) for item in listed]
    assert all(verbs) and len(set(verbs)) == 2


def test_without_tools_there_is_no_empty_list_of_them(guide: dict[str, Any], fetch: Fetch) -> None:
    assert fetch(guide["fr"].get_url()).select_one(".tool-list") is None


# --- A step ---


@both_languages
def test_a_step_says_where_it_stands_and_to_which_guide_it_belongs(
    guide: dict[str, Any], fetch: Fetch, language: str
) -> None:
    html = fetch(guide[language].get_children().live()[1].get_url())
    assert html.select_one(".article-head .kicker a")["href"] == guide[language].get_url()
    assert [words(name) for name in html.select(".progress-name")] == [
        f"{ {'fr': 'Étape numéro', 'en': 'Step number'}[language] } {number}" for number in (1, 2, 3)
    ]
    assert words(html.select_one(".progress [aria-current=step] .progress-name")).endswith("2")
    assert html.select_one(f".to-print a[href='{whole(guide, language)}']")
    assert words(html.select_one(".reminder")) == "Votre employeur peut dire non."
    assert "2" in html.title.get_text() and html.h1.get_text() in html.title.get_text()


def test_ticks_are_named_alike_in_both_languages(guide: dict[str, Any], fetch: Fetch) -> None:
    pages = [fetch(guide[language].get_children().live()[0].get_url()) for language in LANGUAGES]
    names = [[point["data-item"] for point in html.select(".checklist li")] for html in pages]
    assert len(set(names[0])) == 2 and all(names[0])
    assert names[0] == names[1]
    roots = {html.select_one("[data-guide-page]")["data-guide-page"] for html in pages}
    assert len(roots) == 1


def test_without_scripts_there_are_boxes_and_lines_for_a_pen_and_no_dead_control(
    guide: dict[str, Any], fetch: Fetch
) -> None:
    html = fetch(guide["fr"].get_children().live()[0].get_url())
    assert not html.select(".checklist input")
    for each in html.find_all("template"):
        each.decompose()
    assert not html.main.select("textarea")
    assert html.select_one("[data-device]").has_attr("hidden")
    assert len(html.select(".ruled-lines span")) >= 4
    assert "paper-only" in html.select_one("[data-notes]")["class"]


# --- The whole guide ---


@both_languages
def test_the_whole_guide_stands_on_one_page_in_order(guide: dict[str, Any], fetch: Fetch, language: str) -> None:
    html = fetch(whole(guide, language))
    assert len(html.find_all("h1")) == 1
    assert words(html.h1) == guide[language].title
    titles = [words(section.h2) for section in html.select(".whole-step")]
    assert [title[-1] for title in titles] == ["1", "2", "3"]
    for number, section in enumerate(html.select(".whole-step"), start=1):
        assert [words(point) for point in section.select(".checklist li")] == [
            f"Point {number} a",
            f"Point {number} b",
        ]
        assert section.select_one(".ruled-lines")
        assert "La méthode" in [words(heading) for heading in section.find_all("h3")]
    assert len(html.select("[data-task-paper] tbody tr")) == 8
    ids = [tag["id"] for tag in html.find_all(id=True)]
    assert len(ids) == len(set(ids))


@both_languages
def test_the_whole_guide_is_kept_out_of_search_and_leads_to_the_other_language(
    guide: dict[str, Any], fetch: Fetch, language: str
) -> None:
    html = fetch(whole(guide, language))
    other = {"fr": "en", "en": "fr"}[language]
    assert html.select_one("meta[name=robots]")["content"] == "noindex"
    assert html.select_one("link[rel=canonical]")["href"].endswith(whole(guide, language))
    assert html.select_one(f"link[hreflang={other}]")["href"].endswith(whole(guide, other))
    assert html.select_one(f".languages a[hreflang={other}]")["href"] == whole(guide, other)


@both_languages
def test_the_whole_guide_has_one_address_a_language(guide: dict[str, Any], fetch: Fetch, language: str) -> None:
    other = {"fr": "en", "en": "fr"}[language]
    fetch(f"{guide[language].get_url()}{WHOLE[other]}", status=404)
    fetch(f"{whole(guide, language)}{WHOLE[language]}", status=404)


def test_the_whole_guide_names_each_source_once_at_its_end(hub: Hub, guide: dict[str, Any], fetch: Fetch) -> None:
    SourceFactory(key="DARES-1")
    body = json.dumps([block("figures", {"items": items(figure(), figure())})])
    for number in (4, 5):
        hub.step(title=f"Étape numéro {number}", slug=f"etape-{number}", body=body)
    html = fetch(whole(guide, "fr"))
    assert len(html.select(".sources")) == 1
    assert len(html.select(".sources li")) == 1
    references = html.select(".figure .source-ref")
    assert len(references) == 4
    assert {reference["href"] for reference in references} == {"#source-1"}


def test_an_expired_or_hidden_guide_has_no_printable_page(guide: dict[str, Any], fetch: Fetch) -> None:
    french = guide["fr"]
    url = whole(guide, "fr")
    french.expire_at = timezone.now() - timezone.timedelta(hours=1)
    french.save()
    fetch(url, status=404)
    french.expire_at, french.live = None, False
    french.save()
    fetch(url, status=404)


def test_hidden_steps_and_their_guide_stay_hidden_in_print(
    hub: Hub, guide: dict[str, Any], client: Client, fetch: Fetch
) -> None:
    secret = hub.step(title="Canari secret", slug="secret")
    PageViewRestriction.objects.create(page=secret, restriction_type=PageViewRestriction.LOGIN)
    hub.step(title="Canari brouillon", slug="brouillon", live=False)
    assert "Canari" not in fetch(whole(guide, "fr")).get_text()
    PageViewRestriction.objects.create(page=guide["fr"], restriction_type=PageViewRestriction.LOGIN)
    assert client.get(whole(guide, "fr")).status_code == 302


def test_costs_do_not_grow_with_steps_blocks_and_tools(hub: Hub, guide: dict[str, Any], client: Client) -> None:
    def queries(url: str) -> int:
        cache.clear()
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    tool(guide["fr"], LetterPage, "Lettre")
    SourceFactory(key="DARES-1")
    step = hub.step(title="Trier", slug="trier", task_table=True, body=json.dumps(many(5)))
    urls = [guide["fr"].get_url(), whole(guide, "fr"), step.get_url()]
    few = [queries(url) for url in urls]
    for number in range(4, 14):
        hub.step(title=f"Étape numéro {number}", slug=f"etape-{number}", body=json.dumps(many(30)))
    for model in (SavingsPage, EmployerPage):
        tool(guide["fr"], model, model.__name__)
    assert [queries(url) for url in urls] == few
    assert max(few) <= 16, few
