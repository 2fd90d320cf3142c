"""Dates to keep in mind, for any calendar: whole days, without a time zone, an alarm or a name."""

import datetime
import uuid

import icalendar

from guides.letters.papers import Appointment, Calendar

_NAMESPACE = uuid.UUID("4c0de8a5-2a0e-5d0c-9f43-b1a2d2a5c0d7")


def write(calendar: Calendar) -> bytes:
    file = icalendar.Calendar()
    file.add("prodid", f"-//Relais//Telework//{calendar.language.upper()}")
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    for appointment in calendar.appointments:
        file.add_component(_event(appointment, calendar.language))
    return bytes(file.to_ical())


def _event(appointment: Appointment, language: str) -> icalendar.Event:
    """The same date taken twice is one entry: its identifier comes from what it is about and the day."""
    event = icalendar.Event()
    event.add("uid", f"{uuid.uuid5(_NAMESPACE, f'{appointment.key} {appointment.day}')}@relais")
    # The format wants to know when the file was made, and nothing else stands in for it.
    event.add("dtstamp", datetime.datetime.now(datetime.UTC))
    event.add("dtstart", appointment.day)
    event.add("dtend", appointment.day + datetime.timedelta(days=1))
    event.add("summary", appointment.summary, parameters={"language": language})
    if appointment.description:
        event.add("description", appointment.description, parameters={"language": language})
    # A reminder for oneself: it takes no time, and colleagues who see the calendar see no words.
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event
