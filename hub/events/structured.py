"""An event as search engines read it: schema.org's Event, as a block of data in the page's head."""

import json
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString, mark_safe

from hub.pages.feed import absolute

if TYPE_CHECKING:
    from hub.events.models import EventPage

_SCHEMA = "https://schema.org"
# Nothing that an editor writes may end the script element, open a comment in it, or stand for a line's end in one.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def as_script(event: "EventPage") -> SafeString:
    """Browsers do not run a block of data, so the policy that forbids inline scripts lets it stand."""
    data = json.dumps(event_data(event), ensure_ascii=False).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{data}</script>')  # noqa: S308  (escaped above)


def event_data(event: "EventPage") -> dict[str, Any]:
    on_site = bool(event.place or event.address)
    data: dict[str, Any] = {
        "@context": _SCHEMA,
        "@type": "Event",
        "name": event.title,
        "description": event.search_description,
        "url": absolute(event.get_url() or ""),
        "inLanguage": event.locale.language_code,
        "startDate": _moment(event.starts_locally, event.all_day),
        "eventStatus": f"{_SCHEMA}/{'EventCancelled' if event.is_cancelled else 'EventScheduled'}",
        "eventAttendanceMode": f"{_SCHEMA}/{_attendance(on_site, bool(event.online_url))}",
        "location": _location(event, on_site),
    }
    if event.ends_locally:
        data["endDate"] = _moment(event.ends_locally, event.all_day)
    if event.organiser:
        data["organizer"] = {"@type": "Organization", "name": event.organiser}
    return data


def _moment(moment: Any, all_day: bool) -> str:
    return str(moment.date().isoformat() if all_day else moment.isoformat())


def _attendance(on_site: bool, online: bool) -> str:
    if on_site and online:
        return "MixedEventAttendanceMode"
    return "OnlineEventAttendanceMode" if online else "OfflineEventAttendanceMode"


def _location(event: "EventPage", on_site: bool) -> Any:
    found: list[dict[str, Any]] = []
    if on_site:
        place: dict[str, Any] = {"@type": "Place", "name": event.place or event.address}
        if event.address:
            place["address"] = event.address
        found.append(place)
    if event.online_url:
        found.append({"@type": "VirtualLocation", "url": event.online_url})
    return found[0] if len(found) == 1 else found
