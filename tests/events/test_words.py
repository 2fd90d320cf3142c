"""Days and hours in words, and the data for search engines."""

import datetime
import json
import re
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from casestudies.models import FeedbackEventPage
from hub.events.structured import as_script
from hub.events.words import when_in_words
from tests.conftest import Fetch
from tests.factories.hub import Hub
from tests.factories.vocabulary import locale

PARIS = ZoneInfo("Europe/Paris")
H = "\u00a0"


def paris(*moment: int) -> datetime.datetime:
    return datetime.datetime(*moment, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("start", "end", "all_day", "english", "hours"),
    [
        (
            (2027, 3, 4, 17, 30),
            (2027, 3, 4, 19, 0),
            False,
            "Thursday 4 March 2027, from 17:30 to 19:00",
            ("17 h 30", "19 h"),
        ),
        ((2027, 3, 4, 9, 5), None, False, "Thursday 4 March 2027 at 09:05", ("9 h 05",)),
        (
            (2027, 3, 4, 9, 0),
            (2027, 3, 5, 17, 0),
            False,
            "from Thursday 4 March 2027 at 09:00 to Friday 5 March 2027 at 17:00",
            ("9 h", "17 h", "vendredi 5 mars 2027"),
        ),
        ((2016, 1, 26, 9, 0), None, True, "Tuesday 26 January 2016", ("mardi 26 janvier 2016",)),
        (
            (2027, 2, 1, 9),
            (2027, 2, 2, 9),
            True,
            "from Monday 1 February 2027 to Tuesday 2 February 2027",
            ("lundi 1er février",),
        ),
    ],
)
def test_days_and_hours(start: Any, end: Any, all_day: bool, english: str, hours: tuple[str, ...]) -> None:
    begins, ends = paris(*start), paris(*end) if end else None
    with override("en"):
        assert when_in_words(begins, ends, all_day) == english
    with override("fr"):
        french = when_in_words(begins, ends, all_day)
    for words in hours:
        assert re.sub(r"(?<=\d) h", f"{H}h", re.sub(r"h (?=\d)", f"h{H}", words)) in french
    if all_day:
        assert not re.search(r"\d\W?h\b|\d:\d", french)


# --- Data for search engines ---


def data(html: BeautifulSoup) -> dict[str, Any]:
    (script,) = html.select('script[type="application/ld+json"]')
    return json.loads(script.string or "")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "mode", "kinds"),
    [
        ({}, "Offline", ["Place"]),
        ({"online_url": "https://visio.example.org/x"}, "Mixed", ["Place", "VirtualLocation"]),
        ({"place": "", "address": "", "online_url": "https://visio.example.org/x"}, "Online", ["VirtualLocation"]),
    ],
)
def test_where_it_is_attended(hub: Hub, fetch: Fetch, values: dict[str, str], mode: str, kinds: list[str]) -> None:
    page = hub.feedback_event(starts_at=paris(2027, 7, 1, 17, 30), ends_at=paris(2027, 7, 1, 19), **values)
    found = data(fetch(page.get_url()))
    assert found["@type"] == "Event" and found["@context"] == "https://schema.org"
    assert found["startDate"] == "2027-07-01T17:30:00+02:00"
    assert found["endDate"] == "2027-07-01T19:00:00+02:00"
    assert found["eventAttendanceMode"] == f"https://schema.org/{mode}EventAttendanceMode"
    assert found["eventStatus"] == "https://schema.org/EventScheduled"
    assert found["organizer"] == {"@type": "Organization", "name": "Commune de Vire"}
    places = found["location"] if isinstance(found["location"], list) else [found["location"]]
    assert [place["@type"] for place in places] == kinds


@pytest.mark.django_db
def test_a_cancelled_event_and_one_of_unknown_hours(hub: Hub, fetch: Fetch) -> None:
    page = hub.feedback_event(state="cancelled", all_day=True, starts_at=paris(2016, 1, 26, 9), ends_at=None)
    found = data(fetch(page.get_url()))
    assert found["eventStatus"] == "https://schema.org/EventCancelled"
    assert found["startDate"] == "2016-01-26"
    assert "endDate" not in found


@pytest.mark.django_db
@given(st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=80))
def test_no_title_ends_the_script(title: str) -> None:
    hostile = f"</script><!--{title}-->"
    page = FeedbackEventPage(title=hostile, starts_at=paris(2027, 3, 4, 9), place=title, locale=locale("fr"))
    script = as_script(page)
    inside = script.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert "<" not in inside and ">" not in inside
    assert json.loads(inside)["name"] == hostile


# --- What editors may not save ---


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"ends_at": paris(2027, 3, 4, 9)}, "ends_at"),
        ({"ends_at": paris(2027, 3, 3, 18), "all_day": True}, "ends_at"),
        ({"place": "", "address": ""}, "place"),
    ],
)
def test_what_makes_no_sense_is_refused(hub: Hub, values: dict[str, Any], field: str) -> None:
    page = hub.feedback_event(starts_at=paris(2027, 3, 4, 9), ends_at=None)
    for name, value in values.items():
        setattr(page, name, value)
    with pytest.raises(ValidationError) as error:
        page.full_clean()
    assert field in error.value.message_dict


@pytest.mark.django_db
def test_a_day_may_end_as_it_starts_when_only_days_count(hub: Hub, client: Client) -> None:
    page = hub.feedback_event(starts_at=paris(2027, 3, 4, 9), ends_at=None)
    page.all_day, page.ends_at = True, page.starts_at
    page.full_clean()
    assert page.is_over is False
