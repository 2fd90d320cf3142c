"""The form's address, and below it each contributor's own page: ``?key=`` with what was signed for them."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse

from casestudies.contributing import sending
from casestudies.contributing.desk import Desk
from casestudies.contributing.files import MOST_TO_READ, CutOff
from casestudies.models import Contribution, ContributionPage
from hub.pages.tools import answer
from hub.submissions.guard import uncached

_METHODS = ("GET", "HEAD", "POST")
_FOLLOW = "casestudies/contribution/follow.html"
_GONE = "casestudies/contribution/gone.html"
_TOO_MUCH = "casestudies/contribution/too_much.html"
# What a contributor may do on their page: ``?do=``. ``done`` says what was.
AMEND, WITHDRAW = "amend", "withdraw"
SENT, AMENDED = "sent", "amended"


def contribution(request: HttpRequest, page: ContributionPage) -> HttpResponse:
    if (refused := _not_readable(request, page)) is not None:
        return refused
    desk = Desk(request, page.locale.language_code)
    if desk.asks_to_send:
        first = row = desk.guard.sent_before(Contribution)
        if row is None and desk.may_send():
            row = sending.receive(page, desk.guard.serial, desk.form, desk.files)
        if row is not None and (row is not first or desk.says_what(row)):
            return _see_other(row, page, SENT)
        if first is not None:
            return _private(answer(request, page, desk=desk, own_url=first.follow_url(page)))
    elif desk.sent:
        desk.turn()
    return uncached(answer(request, page, desk=desk))


def follow(request: HttpRequest, page: ContributionPage) -> HttpResponse:
    """How a contribution stands; its amendment and its withdrawal. Nobody may keep it, list it or learn its address."""
    if (refused := _not_readable(request, page)) is not None:
        return refused
    row = Contribution.behind(request.GET.get("key", ""))
    if row is None:
        return _private(answer(request, page, _GONE), 404)
    doing = request.GET.get("do", "") if row.status != Contribution.Status.WITHDRAWN else ""
    if doing == AMEND:
        return _private(_amend(request, page, row))
    if doing == WITHDRAW and request.method == "POST":
        sending.withdraw(row)
        return _private(_see_other(row, page))
    values: dict[str, Any] = {"row": row, "own_url": row.follow_url(page), "done": request.GET.get("done", "")}
    return _private(answer(request, page, _FOLLOW, withdrawing=doing == WITHDRAW, **values))


def _amend(request: HttpRequest, page: ContributionPage, row: Contribution) -> HttpResponse:
    desk = Desk(request, page.locale.language_code, row)
    if desk.asks_to_send and desk.may_send():
        with desk.guard.first_time() as is_first:
            if is_first:
                sending.amend(row, desk.form, desk.files, desk.dropped)
        return _see_other(row, page, AMENDED)
    if desk.sent and not desk.asks_to_send:
        desk.turn()
    return answer(request, page, desk=desk, row=row, own_url=row.follow_url(page))


def _see_other(row: Contribution, page: ContributionPage, done: str = "") -> HttpResponse:
    url = f"{row.follow_url(page)}&done={done}" if done else row.follow_url(page)
    return _private(HttpResponseRedirect(url), 303)


def _private(response: HttpResponse, status: int = 0) -> HttpResponse:
    response.status_code = status or response.status_code
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return uncached(response)


def _not_readable(request: HttpRequest, page: ContributionPage) -> HttpResponse | None:
    """An answer in place of reading a request of the wrong kind, or one that is far too large."""
    if request.method not in _METHODS:
        return HttpResponseNotAllowed(_METHODS)
    if request.method == "POST":
        if _length(request) > MOST_TO_READ:
            return TemplateResponse(request, _TOO_MUCH, page.get_context(request), status=413)
        request.upload_handlers = [CutOff(request), *request.upload_handlers]
    return None


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
