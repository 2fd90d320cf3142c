"""The letter builder's one address: a step at a time by POST, each carrying every answer, and nothing kept here.

``step`` says which screen was sent, ``go`` where to: ``next``, ``back``, the number of a step, or ``paper``.
``format`` asks for the paper as a file. ``carry`` comes from the other tools.
"""

import logging
from collections.abc import Callable
from functools import wraps
from traceback import extract_tb
from typing import Any

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers

from guides.letters.counter import count_once
from guides.letters.desk import Desk
from guides.letters.exports import CALENDAR, FORMATS, Format
from guides.letters.papers import Calendar, Paper
from hub.typesetting.names import attachment

_logger = logging.getLogger(__name__)
_METHODS = ("GET", "HEAD", "POST")
_READING = "reading."
View = Callable[..., HttpResponse]


class Unforeseen(Exception):
    """Stands for an error whose own message may quote an answer: says what failed and where."""


def _place(error: BaseException) -> str:
    frames = extract_tb(error.__traceback__)
    return " > ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in frames)


def quoting_nothing(view: View) -> View:
    """What fails here is logged by its type and place, never in its own words."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any) -> HttpResponse:
        try:
            return view(request, *args)
        except (SuspiciousOperation, BadRequest):
            raise
        except Exception as error:
            raise Unforeseen(f"{type(error).__name__} at {_place(error)}") from None

    return guarded


@quoting_nothing
def letter(request: HttpRequest, page: Any) -> HttpResponse:
    if request.method not in _METHODS:
        return HttpResponseNotAllowed(_METHODS)
    if request.method != "POST":
        return _shown(request, page, Desk.opened(page))
    desk = Desk.sent(page, request.POST)
    if request.headers.get("X-Fragment") == "preview":
        response = HttpResponse(render_to_string("guides/letter/preview.html", {"sheet": desk.preview}))
        patch_vary_headers(response, ["X-Fragment"])
        return response
    if desk.asks_for_paper():
        return _finished(request, page, desk)
    desk.turn()
    return _shown(request, page, desk)


def _finished(request: HttpRequest, page: Any, desk: Desk) -> HttpResponse:
    """The paper on screen or as a file; where an answer is wrong, the first step that holds one."""
    if not desk.finish():
        return _shown(request, page, desk)
    desk.made = count_once(desk.form.kind, desk.form.paper_language, desk.made)
    wanted = request.POST.get("format", "")
    if desk.form.errors or wanted.removeprefix(_READING) not in {*FORMATS, CALENDAR.extension}:
        return _shown(request, page, desk)
    try:
        return _file(desk, wanted)
    except Exception as error:  # whatever a format's library may raise: the answers are still on the screen
        _logger.error("export failed: %s to %s at %s", type(error).__name__, wanted, _place(error))
        desk.failed = True
        return _shown(request, page, desk, status=503)


def _file(desk: Desk, wanted: str) -> HttpResponse:
    if wanted == CALENDAR.extension:
        return _attachment(CALENDAR, desk.calendar())
    paper = desk.reading_copy if wanted.startswith(_READING) else desk.paper
    return _attachment(FORMATS[wanted.removeprefix(_READING)], paper)


def _attachment(format: Format[Any], written: Paper | Calendar) -> HttpResponse:
    return HttpResponse(
        format.write(written),
        content_type=format.media_type,
        headers={"Content-Disposition": attachment(written.file_name, format.extension)},
    )


def _shown(request: HttpRequest, page: Any, desk: Desk, status: int = 200) -> HttpResponse:
    if desk.sheet:
        desk.text = _plain_text(desk)
    context = {**page.get_context(request), "desk": desk, "formats": list(FORMATS)}
    return render(request, "guides/letter_page.html", context, status=status)


def _plain_text(desk: Desk) -> str:
    """For copying. Left out when it fails: the paper itself can still be marked and copied."""
    try:
        return FORMATS["txt"].write(desk.paper).decode("utf-8").lstrip("\ufeff")
    except Exception as error:
        _logger.error("plain text failed: %s at %s", type(error).__name__, _place(error))
        return ""
