"""The page of the relay: what it is, the cases that take requests, the form, and the receipt."""

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from casestudies.mentoring.form import MentoringForm
from casestudies.mentoring.openings import Opening, find_case, main_version, openings, take_place, totals
from casestudies.models import ContributionPage, MentoringPage, MentoringRequest
from casestudies.models.mentoring import KEPT
from hub.pages.tools import answer, neighbour
from hub.submissions.guard import Guard, uncached
from hub.submissions.mail import tell

_MOST_WORDS = 300  # of what stands in an address
_COMPARED = ("organisation_name", "name", "email", "message")


class Full(Exception):
    """The last place of the year was taken between opening the form and sending it."""


def mentoring(request: HttpRequest, page: MentoringPage) -> HttpResponse:
    try:
        return _answered(request, page)
    except Full:
        return _answered(request, page)  # where the case is now among those that are full


def _answered(request: HttpRequest, page: MentoringPage) -> HttpResponse:
    language = page.locale.language_code
    offered = openings(language)
    sending = request.method == "POST"
    asked = (request.POST if sending else request.GET).get("case", "")[:_MOST_WORDS].strip()
    chosen = next((each for each in offered if each.slug == asked and not each.is_full), None)
    trouble = "" if chosen or not asked else _why_not(language, asked, offered)
    guard = Guard("mentoring", request)
    form: MentoringForm | None = None
    row: MentoringRequest | None = None
    if sending or chosen:
        form = MentoringForm(request.POST if sending else None, chosen=chosen, others=offered)
    if sending and form is not None:
        row = guard.sent_before(MentoringRequest)
        if row is None:
            row = _taken_in(form, guard, language, trouble)
        elif not _is_what_arrived(row, form, language, asked):
            row = None
            guard.renew()
            words = _(
                "This form was sent before, and arrived as it was then. If this is another request, send it again."
            )
            form.add_error(None, words)
    response = answer(
        request,
        page,
        row=row,
        form=None if row else form,
        guard=guard,
        chosen=chosen,
        trouble="" if sending else trouble,
        offered=[each for each in offered if each is not chosen or row],
        can_choose=not chosen and any(not each.is_full for each in offered),
        contribution=None if offered else neighbour(ContributionPage, language),
        totals=totals() if page.show_counts else [],
        kept_days=KEPT.days,
    )
    return uncached(response) if form else response


def _is_what_arrived(row: MentoringRequest, form: MentoringForm, language: str, asked: str) -> bool:
    """Whether a form that comes again says what it said the first time. A case that is gone since settles nothing."""
    form.is_valid()  # reads the answers; the last place of the year may be the first one's
    case = find_case(language, asked)
    if case is not None and main_version(case).pk != row.page_id:
        return False
    return all(form.cleaned_data.get(name) == getattr(row, name) for name in _COMPARED)


def _why_not(language: str, asked: str, offered: list[Opening]) -> str:
    """Why the case that was named takes no request. One that may not be seen is not told from one that is not there."""
    full = next((each for each in offered if each.slug == asked), None)
    if full:
        return _full(full)
    case = find_case(language, asked)
    if case is None:
        return _("No case that you can read here has this address. Choose one of those that take requests.")
    return _("“%(case)s” does not take requests at the moment.") % {"case": case.title}


def _full(opening: Opening) -> str:
    return _("“%(case)s” has had as many requests this year as they can answer. It opens again in January.") % {
        "case": opening.case.title
    }


def _taken_in(form: MentoringForm, guard: Guard, language: str, trouble: str) -> MentoringRequest | None:
    """The row of a request that is whole; else what is wrong stands at the fields."""
    if not form.is_valid() or form.chosen is None:
        if trouble:
            form.errors.pop("case", None)
            form.add_error("case", trouble)
        return None
    if problem := guard.check():
        form.add_error(None, str(problem))
        return None
    try:
        return _kept(form, form.chosen, guard.serial, language)
    except IntegrityError:
        # The same form came twice at once: the other one made the row.
        if row := guard.sent_before(MentoringRequest):
            return row
        raise


def _kept(form: MentoringForm, chosen: Opening, serial: str, language: str) -> MentoringRequest:
    """Count and row together, or neither; the mail once they stand."""
    given = form.cleaned_data
    commune = given.get("commune")
    with transaction.atomic():
        case = main_version(chosen.case)
        if not take_place(case, chosen.limit):
            raise Full
        row = MentoringRequest.objects.create(
            once=serial,
            language=language,
            keep_until=timezone.localdate() + KEPT,
            page=case,
            name=given["name"],
            email=given["email"],
            sender_kind=given["sender_kind"],
            organisation_name=given["organisation_name"],
            commune_code=commune.code if commune else "",
            theme=given.get("theme", ""),
            message=given["message"],
        )
        tell(row)
    return row
