"""What makes the hub trustworthy, on the page itself: sources, years, doubts, dates of checking, status."""

import datetime
import json
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from campaigns.models import CampaignPage
from casestudies.models import CaseStudyPage
from tests.conftest import LANGUAGES, Fetch
from tests.factories import showcase
from tests.factories.blocks import block, figure
from tests.factories.hub import Hub
from tests.factories.pages import cites
from tests.factories.vocabulary import LegalReferenceFactory, SourceFactory

pytestmark = pytest.mark.django_db
both_languages = pytest.mark.parametrize("language", LANGUAGES)


def words(tag: Any) -> str:
    return " ".join(tag.get_text(" ").split())


# --- Figures ---


@both_languages
def test_every_figure_shows_its_year_and_leads_to_its_source(hub: Hub, fetch: Fetch, language: str) -> None:
    html = fetch(showcase.case(hub)[language].get_url())
    figures = html.main.select(".figure")
    assert len(figures) >= 3
    for each in figures:
        line = each.select_one(".figure-source")
        assert "2015" in words(line)
        assert "Dares" in words(line)
        [link] = line.find_all("a")
        assert "Le télétravail en chiffres" in words(html.find(id=link["href"].lstrip("#")))


@both_languages
def test_a_chart_has_its_table_its_year_and_its_source(hub: Hub, fetch: Fetch, language: str) -> None:
    html = fetch(showcase.plain(hub)[language].get_url())
    chart = html.main.select_one("figure.chart")
    rows = {row.th.get_text(): words(row.td) for row in chart.table.find_all("tr")}
    assert rows == {
        "Orne": "28,4 %" if language == "fr" else "28.4 %",
        "Manche": "29,3 %" if language == "fr" else "29.3 %",
    }
    assert "2019" in words(chart)
    assert "Dares" in words(chart)


@pytest.mark.parametrize(
    ("values", "french", "english"),
    [
        ({"value": "1344", "unit": ""}, "1 344", "1,344"),
        ({"value": "2.88", "unit": "€"}, "2,88", "2.88"),
        ({"value": "28.40", "unit": "%"}, "28,4", "28.4"),
        ({"value": "1500", "upper": "2000", "unit": ""}, "1 500 à 2 000", "1,500 to 2,000"),
        ({"value": "133", "approximate": True, "unit": ""}, "environ 133", "about 133"),
    ],
)
def test_numbers_are_written_as_each_language_writes_them(
    hub: Hub, fetch: Fetch, values: dict[str, Any], french: str, english: str
) -> None:
    SourceFactory()
    page = hub.case(figures=json.dumps([block("figure", figure(**values))]))
    translation = hub.english(page, title="The Vire case", slug="the-vire-case")
    shown = {page.get_url(): french, translation.get_url(): english}
    for url, expected in shown.items():
        assert words(fetch(url).main.select_one(".figure-value")).startswith(expected)


@both_languages
def test_what_is_not_known_and_what_differs_is_said(hub: Hub, fetch: Fetch, language: str) -> None:
    html = fetch(showcase.case(hub)[language].get_url())
    honesty = html.main.select_one(".honesty")
    assert "Le coût du matériel." in words(honesty)
    [discrepancy] = [item for item in honesty.find_all("li") if "La presse dit 200." in words(item)]
    assert html.find(id=discrepancy.a["href"].lstrip("#"))
    unanswered = next(item for item in html.select(".difficulties li") if "Le réseau." in words(item))
    assert words(unanswered) != "Le réseau."


@pytest.mark.parametrize("status", CaseStudyPage.Status.values)
def test_the_status_of_a_case_is_on_its_page_and_on_its_card(hub: Hub, fetch: Fetch, status: str) -> None:
    page = hub.case(status=status)
    hub.english(page, title="The Vire case", slug="the-vire-case")
    labels = {}
    for language in LANGUAGES:
        with override(language):
            labels[language] = str(CaseStudyPage.Status(status).label)
        index = hub.section("cases")[language]
        card = fetch(index.get_url()).main.select_one(".case-card")
        assert labels[language].lower() in words(card).lower()
        head = fetch(card.select_one(".card-title a")["href"]).main.select_one(".article-head")
        assert labels[language].lower() in words(head).lower()
    assert labels["fr"] != labels["en"]


def test_a_source_at_second_hand_says_so(hub: Hub, fetch: Fetch) -> None:
    SourceFactory(key="PRESSE-1", kind="secondary")
    page = hub.plain(sources=json.dumps([block("source", "PRESSE-1")]))
    english = hub.english(page, title="About", slug="about")
    marks = [words(fetch(each.get_url()).main.select_one(".sources .tag")) for each in (page, english)]
    assert re.search("second", marks[0])
    assert marks[0] != marks[1] == "second-hand"


def test_a_key_without_its_source_shows_as_it_is(hub: Hub, fetch: Fetch) -> None:
    page = hub.case(figures=json.dumps([block("figure", figure(source="PERDUE-9"))]))
    assert "PERDUE-9" in words(fetch(page.get_url()).main.select_one(".figure-source"))


# --- Law ---


@pytest.mark.parametrize(
    ("language", "date", "disclaimer"),
    [
        ("fr", r"(?i)vérifiée? le 23 novembre 2026\b.*La rédaction", r"(?i)information.*conseil juridique"),
        ("en", r"Checked on 23 November 2026\b.*The editors", r"Information, not legal advice"),
    ],
)
def test_a_legal_page_says_when_it_was_checked_and_what_it_is(
    hub: Hub, fetch: Fetch, language: str, date: str, disclaimer: str
) -> None:
    head = fetch(showcase.explainer(hub)[language].get_url()).main.select_one(".article-head")
    assert re.search(date, words(head)), words(head)
    assert re.search(disclaimer, words(head)), words(head)


@pytest.mark.parametrize(("language", "mark"), [("fr", r"(?i)non vérifié"), ("en", r"Not verified")])
def test_what_nobody_could_verify_bears_a_mark(hub: Hub, fetch: Fetch, language: str, mark: str) -> None:
    html = fetch(showcase.explainer(hub)[language].get_url())
    references = {row.dt.get_text(): words(row) for row in html.select(".references dl > div")}
    assert len(references) == 2
    marked = [number for number, text in references.items() if re.search(mark, text)]
    assert [number.split()[0] for number in marked] == ["2016-151"]
    callout = html.main.select_one(".callout-unverified")
    assert re.search(mark, words(callout))
    assert "À vérifier" in words(callout)


@pytest.mark.parametrize(("language", "date"), [("fr", "24 septembre 2017"), ("en", "24 September 2017")])
def test_a_reference_says_since_when_it_holds(hub: Hub, fetch: Fetch, language: str, date: str) -> None:
    references = fetch(showcase.explainer(hub)[language].get_url()).main.select_one(".references")
    assert date in words(references)
    assert references.find("a", href="https://legifrance.example/a")


def test_a_text_no_longer_in_force_says_so(hub: Hub, client: Client, fetch: Fetch) -> None:
    page = hub.explainer(references=cites(LegalReferenceFactory(in_force_until=datetime.date(2020, 3, 31))))
    english = hub.english(page, title="Refusal", slug="refusal")
    assert "31 mars 2020" in words(fetch(page.get_url()).main.select_one(".references"))
    assert "31 March 2020" in words(fetch(english.get_url()).main.select_one(".references"))


def test_the_regimes_stand_in_the_language_of_the_page(hub: Hub, fetch: Fetch) -> None:
    versions = showcase.explainer(hub)
    line = {code: words(fetch(page.get_url()).main.select_one(".for-whom")) for code, page in versions.items()}
    assert "Private sector" in line["en"]
    assert "privé" in line["fr"]


# --- Campaigns and guide ---


@pytest.mark.parametrize(
    ("start", "end", "phase"),
    [
        (None, None, "permanent"),
        (10, 20, "announced"),
        (-10, 10, "running"),
        (0, 0, "running"),
        (-10, None, "running"),
        (-20, -10, "over"),
    ],
)
def test_a_campaign_says_where_it_stands(
    hub: Hub, fetch: Fetch, start: int | None, end: int | None, phase: str
) -> None:
    def day(offset: int | None) -> datetime.date | None:
        return None if offset is None else timezone.localdate() + datetime.timedelta(days=offset)

    page = hub.campaign(starts_on=day(start), ends_on=day(end))
    expected = str(CampaignPage.Phase(phase).label)
    assert expected in words(fetch(page.get_url()).main.select_one(".campaign-hero .kicker"))
    assert expected in words(fetch(hub.section("campaigns")["fr"].get_url()).main.select_one(".campaign-card"))


@both_languages
def test_a_step_knows_its_neighbours(hub: Hub, fetch: Fetch, language: str) -> None:
    showcase.step(hub)
    guide = fetch(hub.guide(language).get_url())
    steps = [link["href"] for link in guide.select(".steps a")]
    assert len(steps) == 3
    first, second, last = (fetch(url) for url in steps)
    assert first.select_one(".step-nav .previous")["href"] == hub.guide(language).get_url()
    assert first.select_one(".step-nav .next")["href"] == steps[1]
    assert second.select_one(".step-nav .previous")["href"] == steps[0]
    assert second.select_one(".progress [aria-current=step]")["href"] == steps[1]
    assert last.select_one(".step-nav .next") is None
    assert hub.guide(language).reminder in words(second.main)
