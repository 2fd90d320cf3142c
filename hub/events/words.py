"""Days and hours of an event as people say them, in the language in use."""

import datetime

from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hub.pages.templatetags.hub_tags import day
from hub.typography import HARD


def when_in_words(start: datetime.datetime, end: datetime.datetime | None, all_day: bool) -> str:
    """ "Thursday 4 March 2027, from 17:30 to 19:00". Both hours must be local already."""
    if all_day:
        return _days(start.date(), end.date() if end else start.date())
    if end is None:
        return _("%(day)s at %(hour)s") % {"day": _day(start.date()), "hour": _hour(start)}
    if end.date() == start.date():
        return _("%(day)s, from %(start)s to %(end)s") % {
            "day": _day(start.date()),
            "start": _hour(start),
            "end": _hour(end),
        }
    return _("from %(first)s at %(start)s to %(last)s at %(end)s") % {
        "first": _day(start.date()),
        "start": _hour(start),
        "last": _day(end.date()),
        "end": _hour(end),
    }


def _days(first: datetime.date, last: datetime.date) -> str:
    if first == last:
        return _day(first)
    return _("from %(first)s to %(last)s") % {"first": _day(first), "last": _day(last)}


def _day(date: datetime.date) -> str:
    weekday = formats.date_format(date, "l")
    return f"{weekday.lower() if get_language() == 'fr' else weekday} {day(date)}"


def _hour(moment: datetime.datetime) -> str:
    """17:30 and 09:00; in French 17 h 30 and 9 h."""
    if get_language() != "fr":
        return f"{moment:%H:%M}"
    return f"{moment.hour}{HARD}h" + (f"{HARD}{moment:%M}" if moment.minute else "")
