"""The calendar files of events, read back by a reader of such files."""

import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from icalendar import Event as Entry

from casestudies.models import FeedbackEventPage
from hub.events.calendar import calendar_of
from tests.factories.hub import Hub, publish
from tests.factories.vocabulary import locale

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")
NOW = datetime.datetime(2026, 11, 23, 12, 0, tzinfo=datetime.UTC)


def paris(*moment: int) -> datetime.datetime:
    return datetime.datetime(*moment, tzinfo=PARIS)


def calendar(client: Client, page: Any) -> Calendar:
    response = client.get(f"{page.get_url()}?format=ics")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.content)


def only(found: Calendar) -> Entry:
    (event,) = found.walk("VEVENT")
    return event


def test_one_event_with_its_hours_place_and_address(hub: Hub, client: Client) -> None:
    page = hub.feedback_event(starts_at=paris(2027, 3, 4, 17, 30), ends_at=paris(2027, 3, 4, 19, 0))
    event = only(calendar(client, page))
    assert event.decoded("dtstart") == paris(2027, 3, 4, 17, 30)
    assert event["dtstart"].params["TZID"] == "Europe/Paris"
    assert event.decoded("dtend") == paris(2027, 3, 4, 19, 0)
    assert event["summary"] == "Un an de télétravail à Vire"
    assert event["location"] == "Salle du conseil, Vire Normandie"
    assert event["contact"] == "Commune de Vire"
    assert event["status"] == "CONFIRMED"
    assert event["url"] == f"http://localhost:8000{page.get_url()}"
    assert event.decoded("last-modified") == page.last_published_at.replace(microsecond=0)
    assert event.decoded("dtstamp") == page.last_published_at.replace(microsecond=0)


def test_the_time_zone_comes_with_it_and_knows_summer(hub: Hub, client: Client) -> None:
    """A reader that knows no Europe/Paris must find both offsets in the file itself."""
    page = hub.feedback_event(starts_at=paris(2027, 7, 1, 9, 0), ends_at=None)
    (zone,) = calendar(client, page).walk("VTIMEZONE")
    assert zone["tzid"] == "Europe/Paris"
    offsets = {rule["tzoffsetto"].td for rule in zone.subcomponents}
    assert offsets == {datetime.timedelta(hours=1), datetime.timedelta(hours=2)}


def test_the_same_event_keeps_its_number_in_both_languages_and_when_published_again(hub: Hub, client: Client) -> None:
    index = hub.library("feedback_event_index")
    hub.english(index, title="Feedback events", slug="feedback-events")
    page = hub.feedback_event(parent=index)
    number = only(calendar(client, page))["uid"]
    translated = hub.english(page, title="A year in Vire")
    assert only(calendar(client, translated))["uid"] == number
    assert only(calendar(client, translated))["summary"] == "A year in Vire"
    assert only(calendar(client, publish(page)))["uid"] == number


def test_a_cancelled_event_says_so_twice(hub: Hub, client: Client) -> None:
    event = only(calendar(client, hub.feedback_event(state="cancelled")))
    assert event["status"] == "CANCELLED"
    assert event["summary"] != "Un an de télétravail à Vire" and event["summary"].endswith("Vire")


def test_days_without_hours_are_dates(hub: Hub, client: Client) -> None:
    parent = hub.library("feedback_event_index")
    one = hub.feedback_event(parent=parent, starts_at=paris(2016, 1, 26, 9, 0), ends_at=None, all_day=True)
    event = only(calendar(client, one))
    assert event.decoded("dtstart") == datetime.date(2016, 1, 26)
    assert "dtend" not in event
    two = hub.feedback_event(
        parent=parent, title="Deux jours", starts_at=paris(2027, 1, 26, 9), ends_at=paris(2027, 1, 27, 9), all_day=True
    )
    assert only(calendar(client, two)).decoded("dtend") == datetime.date(2027, 1, 28)


def test_a_day_is_that_of_paris(hub: Hub, client: Client) -> None:
    """Half past midnight in Paris is still the day before in the database."""
    page = hub.feedback_event(starts_at=paris(2027, 6, 2, 0, 30), ends_at=None, all_day=True)
    assert only(calendar(client, page)).decoded("dtstart") == datetime.date(2027, 6, 2)


def test_an_online_meeting_gives_its_address(hub: Hub, client: Client) -> None:
    page = hub.feedback_event(place="", address="", online_url="https://visio.example.org/a?b=1,2;3")
    event = only(calendar(client, page))
    assert str(event["conference"]) == "https://visio.example.org/a?b=1,2;3"
    assert event["conference"].params["VALUE"] == "URI"
    assert event["location"] == "https://visio.example.org/a?b=1,2;3"


def test_the_feed_holds_what_is_coming_cancelled_ones_included(hub: Hub, client: Client) -> None:
    parent = hub.library("feedback_event_index")
    with time_machine.travel(NOW, tick=False):
        for title, start, state in (
            ("Passé", paris(2026, 11, 20, 10), "planned"),
            ("Bientôt", paris(2026, 11, 25, 10), "planned"),
            ("Annulé", paris(2026, 12, 1, 10), "cancelled"),
        ):
            hub.feedback_event(parent=parent, title=title, starts_at=start, ends_at=None, state=state)
        hub.feedback_event(parent=parent, title="Brouillon", starts_at=paris(2026, 12, 2, 10), ends_at=None, live=False)
        found = calendar(client, parent)
    assert [(str(event["summary"])[-7:], event["status"]) for event in found.walk("VEVENT")] == [
        ("Bientôt", "CONFIRMED"),
        (" Annulé", "CANCELLED"),
    ]
    assert found["name"] == "Retours d’expérience"
    assert len(found.walk("VTIMEZONE")) == 1


def test_a_feed_of_nothing_is_still_a_calendar(hub: Hub, client: Client) -> None:
    found = calendar(client, hub.library("feedback_event_index"))
    assert found.walk("VEVENT") == [] and found["version"] == "2.0"


def test_a_feed_costs_few_queries_however_many_events(
    hub: Hub, client: Client, django_assert_max_num_queries: Any
) -> None:
    parent = hub.library("feedback_event_index")
    for number in range(12):
        hub.feedback_event(parent=parent, title=f"Rencontre {number}", slug=f"rencontre-{number}")
    client.get(parent.get_url())
    with django_assert_max_num_queries(12):
        assert len(calendar(client, parent).walk("VEVENT")) == 12


@given(
    title=st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=200),
    summary=st.text(st.characters(exclude_categories=("Cs",)), max_size=300),
    place=st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=160),
)
def test_no_words_of_an_editor_break_the_file(title: str, summary: str, place: str) -> None:
    """Line ends, colons, BEGIN:VEVENT: what comes out is one event with these words."""
    page = FeedbackEventPage(
        title=title,
        search_description=summary,
        place=place,
        address="Vire",
        starts_at=paris(2027, 3, 4, 17, 30),
        last_published_at=NOW,
        locale=locale("fr"),
    )
    written = calendar_of([page])
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    event = only(Calendar.from_ical(written))
    assert str(event["summary"]) == title
    assert event.decoded("dtstart") == paris(2027, 3, 4, 17, 30)
    assert set(event.keys()) <= {
        *("UID", "DTSTAMP", "LAST-MODIFIED", "SUMMARY", "DESCRIPTION", "URL", "STATUS", "LOCATION", "DTSTART"),
    }
