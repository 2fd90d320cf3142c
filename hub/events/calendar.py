"""Events as a calendar file (.ics, RFC 5545), one or a list, for the calendars that people keep."""

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from icalendar import Calendar, Conference, Event
from icalendar.enums import STATUS

from hub.pages.feed import absolute

if TYPE_CHECKING:
    from hub.events.models import EventPage

PRODUCT = "-//Relais//Events//FR"
_A_DAY = datetime.timedelta(days=1)


def wants_calendar(request: HttpRequest) -> bool:
    return request.GET.get("format") == "ics"


def calendar_response(events: Iterable["EventPage"], name: str, title: str = "") -> HttpResponse:
    """``name`` is that of the file, ``title`` that of the calendar one subscribes to."""
    answer = HttpResponse(calendar_of(events, title), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return answer


def calendar_of(events: Iterable["EventPage"], title: str = "") -> bytes:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if title:
        calendar.add("name", title)
        calendar.add("x-wr-calname", title)
    days = []
    for event in events:
        calendar.add_component(_component(event))
        days.append(event.starts_locally.date())
    if days:
        calendar.add_missing_timezones(min(days) - 366 * _A_DAY, max(days) + 366 * _A_DAY)
    return calendar.to_ical()


def _component(event: "EventPage") -> Event:
    """The versions of an event in two languages are one event: they share their ``UID``."""
    found = Event()
    found.add("uid", str(event.translation_key))
    changed = event.last_published_at or event.starts_at
    found.add("dtstamp", changed)
    found.add("last-modified", changed)
    title = _("Cancelled: %(title)s") % {"title": event.title} if event.is_cancelled else event.title
    found.add("summary", title)
    found.add("description", event.search_description)
    found.add("url", absolute(event.get_url() or ""))
    found.add("status", STATUS.CANCELLED if event.is_cancelled else STATUS.CONFIRMED)
    if where := event.where or event.online_url:
        found.add("location", where)
    if event.organiser:
        found.add("contact", event.organiser)
    if event.online_url:
        found.conferences = [Conference(event.online_url, feature=["VIDEO", "AUDIO"])]
    _add_hours(found, event)
    return found


def _add_hours(found: Event, event: "EventPage") -> None:
    start, end = event.starts_locally, event.ends_locally
    if event.all_day:
        found.add("dtstart", start.date())
        if end and end.date() > start.date():
            found.add("dtend", end.date() + _A_DAY)  # the day after the last, says the norm
        return
    found.add("dtstart", start)
    if end:
        found.add("dtend", end)
