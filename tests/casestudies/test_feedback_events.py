"""Feedback events: the list in its two halves, the page before and after the day, and what a cancelled one says."""

import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from tests.conftest import Fetch
from tests.factories.hub import Hub

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")
NOON = datetime.datetime(2026, 11, 23, 12, 0, tzinfo=PARIS)


def paris(*moment: int) -> datetime.datetime:
    return datetime.datetime(*moment, tzinfo=PARIS)


def listed(html: BeautifulSoup, half: str) -> list[str]:
    return [link.get_text() for link in html.select(f"[aria-labelledby={half}] .event-entry h3 a")]


def telling(*pages: Any) -> list[tuple[str, int]]:
    return [("case", page.pk) for page in pages]


@pytest.fixture
def meetings(hub: Hub) -> Any:
    """An index with meetings on both sides of noon on 23 November 2026."""
    index = hub.library("feedback_event_index")
    for title, start, end, values in (
        ("Il y a dix ans", (2016, 1, 26, 9), None, {"all_day": True}),
        ("Hier", (2026, 11, 22, 9), (2026, 11, 22, 11), {}),
        ("Ce matin, finie", (2026, 11, 23, 9), (2026, 11, 23, 11), {}),
        ("Ce matin, sans fin", (2026, 11, 23, 9, 30), None, {}),
        ("En cours", (2026, 11, 23, 10), (2026, 11, 23, 18), {}),
        ("Aujourd’hui, jour entier", (2026, 11, 23, 8), None, {"all_day": True}),
        ("Dans un an", (2027, 11, 23, 9), None, {}),
        ("Demain", (2026, 11, 24, 9), None, {"state": "cancelled"}),
    ):
        ends = paris(*end) if end else None
        hub.feedback_event(parent=index, title=title, starts_at=paris(*start), ends_at=ends, **values)
    return index


def test_coming_ones_first_the_next_before_the_others_then_past_ones(meetings: Any, fetch: Fetch) -> None:
    with time_machine.travel(NOON, tick=False):
        html = fetch(meetings.get_url())
    assert listed(html, "coming") == [
        "Aujourd’hui, jour entier",
        "Ce matin, sans fin",
        "En cours",
        "Demain",
        "Dans un an",
    ]
    assert listed(html, "past") == ["Ce matin, finie", "Hier", "Il y a dix ans"]
    assert html.select(".empty") == []


def test_the_list_and_the_page_agree_on_what_is_over(meetings: Any, fetch: Fetch) -> None:
    with time_machine.travel(NOON, tick=False):
        html = fetch(meetings.get_url())
        for half, is_over in (("coming", False), ("past", True)):
            links = html.select(f"[aria-labelledby={half}] .event-entry h3 a")
            assert links
            for link in links:
                assert bool(fetch(link["href"]).select("#report")) is is_over, link.get_text()


def test_the_feed_and_the_calendar_are_offered(meetings: Any, fetch: Fetch, client: Client) -> None:
    with time_machine.travel(NOON, tick=False):
        html = fetch(meetings.get_url())
        assert {link["type"] for link in html.select("head link[rel=alternate][type]")} == {
            "application/atom+xml",
            "text/calendar",
        }
        assert html.select('.list-count a[href="?format=ics"]')
        atom = BeautifulSoup(client.get(f"{meetings.get_url()}?format=atom").content, "xml")
    assert [entry.find("title").get_text() for entry in atom.find_all("entry")][:2] == [
        "Aujourd’hui, jour entier",
        "Ce matin, sans fin",
    ]


def test_none_planned_says_what_to_do(hub: Hub, fetch: Fetch) -> None:
    index = hub.library("feedback_event_index")
    contribution = hub.library("contribution")
    empty = fetch(index.get_url()).select_one(".empty")
    assert empty and empty.select_one(f'a[href="{contribution.get_url()}"]')
    hub.feedback_event(parent=index, title="Passé", starts_at=paris(2016, 1, 26, 9), ends_at=None)
    html = fetch(index.get_url())
    assert html.select(".empty") and listed(html, "past") == ["Passé"]
    assert not html.select('.list-count a[href="?format=ics"]')


def test_the_second_page_of_past_ones_does_not_say_that_none_is_planned(hub: Hub, fetch: Fetch) -> None:
    index = hub.library("feedback_event_index")
    for day in range(1, 15):
        hub.feedback_event(
            parent=index, title=f"N° {day}", slug=f"n-{day}", starts_at=paris(2016, 1, day, 9), ends_at=None
        )
    assert fetch(index.get_url()).select(".empty")
    html = fetch(f"{index.get_url()}?page=2")
    assert listed(html, "past") == ["N° 2", "N° 1"] and not html.select(".empty")


def test_many_meetings_cost_no_more_queries(
    hub: Hub, client: Client, fetch: Fetch, django_assert_num_queries: Any
) -> None:
    index = hub.library("feedback_event_index")
    hub.feedback_event(parent=index, title="Une")
    fetch(index.get_url())
    with CaptureQueriesContext(connection) as few:
        fetch(index.get_url())
    cost = len(few)
    for number in range(11):
        hub.feedback_event(parent=index, title=f"Rencontre {number}", slug=f"rencontre-{number}")
    fetch(index.get_url())
    with django_assert_num_queries(cost):
        fetch(index.get_url())
    assert cost <= 14


# --- The page ---


def test_before_the_day_one_can_sign_up_and_keep_the_date(hub: Hub, fetch: Fetch) -> None:
    page = hub.feedback_event(
        starts_at=paris(2027, 3, 4, 17, 30),
        ends_at=paris(2027, 3, 4, 19),
        sign_up_url="https://example.org/inscription",
        sign_up_email="mairie@example.org",
        online_url="https://visio.example.org/x",
        report="<p>Écrit trop tôt.</p>",
    )
    with time_machine.travel(NOON, tick=False):
        html = fetch(page.get_url())
    facts = html.select_one(".event-facts")
    addresses = {link["href"] for link in facts.select("a")}
    assert addresses == {
        "https://example.org/inscription",
        "mailto:mairie@example.org",
        "https://visio.example.org/x",
        f"{page.get_url()}?format=ics",
    }
    assert "17\u00a0h\u00a030" in facts.get_text()
    assert html.select("#report") == [] and "trop tôt" not in html.get_text()


def test_once_over_nobody_signs_up_and_the_report_stands(hub: Hub, fetch: Fetch) -> None:
    values = {
        "starts_at": paris(2026, 3, 4, 17, 30),
        "ends_at": paris(2026, 3, 4, 19),
        "sign_up_url": "https://example.org/inscription",
        "online_url": "https://visio.example.org/x",
    }
    index = hub.library("feedback_event_index")
    told = hub.feedback_event(parent=index, title="Racontée", report="<p>Trente personnes.</p>", **values)
    untold = hub.feedback_event(parent=index, title="Pas encore", **values)
    with time_machine.travel(NOON, tick=False):
        html = fetch(told.get_url())
        assert html.select(".event-facts a") == []
        assert "Trente personnes." in html.select_one("[aria-labelledby=report]").get_text()
        missing = fetch(untold.get_url()).select_one("[aria-labelledby=report] .difficulty-unknown")
    assert missing and missing.get_text()


@pytest.mark.parametrize("year", [2026, 2027])
def test_a_cancelled_one_says_so_before_anything_else(hub: Hub, fetch: Fetch, year: int) -> None:
    page = hub.feedback_event(
        starts_at=paris(year, 3, 4, 17, 30),
        ends_at=None,
        state="cancelled",
        sign_up_url="https://example.org/inscription",
    )
    with time_machine.travel(NOON, tick=False):
        html = fetch(page.get_url())
        index = fetch(page.get_parent().get_url())
    assert html.select_one(".article-head .event-cancelled strong")
    assert html.select_one(".event-facts s time")
    assert html.select('a[href="https://example.org/inscription"]') == [] and html.select("#report") == []
    assert index.select_one(".event-entry .event-cancelled")


def test_the_cases_told_are_linked_in_the_readers_language_and_only_public_ones(hub: Hub, fetch: Fetch) -> None:
    public, secret = hub.case(title="Vire"), hub.case(title="Secret de Falaise")
    hub.english(public, title="Vire in English", slug="vire-in-english")
    PageViewRestriction.objects.create(page=secret, restriction_type=PageViewRestriction.LOGIN)
    index = hub.library("feedback_event_index")
    hub.english(index, title="Feedback events", slug="feedback-events")
    page = hub.feedback_event(parent=index, cases=telling(public, secret))
    english = hub.english(page, title="A year", slug="a-year")
    french = fetch(page.get_url())
    assert [link.get_text() for link in french.select("[aria-labelledby=cases] h3 a")] == ["Vire"]
    assert "Falaise" not in french.get_text()
    assert [link["href"] for link in fetch(english.get_url()).select("[aria-labelledby=cases] h3 a")] == [
        "/en/case-studies/vire-in-english/"
    ]


def test_a_restricted_meeting_gives_no_calendar_file(hub: Hub, client: Client) -> None:
    index = hub.library("feedback_event_index")
    page = hub.feedback_event(parent=index, title="Entre nous")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(f"{page.get_url()}?format=ics").status_code == 302
    assert b"Entre nous" not in client.get(f"{index.get_url()}?format=ics").content


def test_a_page_of_a_meeting_costs_few_queries(hub: Hub, fetch: Fetch, django_assert_max_num_queries: Any) -> None:
    cases = [hub.case(title=f"Cas {number}") for number in range(6)]
    page = hub.feedback_event(cases=telling(*cases))
    fetch(page.get_url())
    with django_assert_max_num_queries(16):
        fetch(page.get_url())
