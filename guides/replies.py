""" "I was told…": what an employer's reply means, what can be done with it, and the next letter."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from guides.answering import only_carried
from guides.blocks import REPLY_NAMES
from guides.carrying import carried
from guides.letters.papers import PaperKind
from guides.models import LetterPage, ReplyPage
from guides.situation import Sector
from hub.forms.fields import ChoiceField
from hub.pages.tools import answer, neighbour

PUBLIC = "public"
_PUBLIC_SERVICES = frozenset(sector.value for sector in Sector if sector.public)
_BUTTONS = {
    PaperKind.THANKS.value: _("Write the thank-you and confirmation"),
    PaperKind.REMINDER.value: _("Write the reminder"),
    PaperKind.AFTER_REFUSAL.value: _("Write the reply to the refusal"),
    PaperKind.LETTER.value: _("Write the request"),
}


class ReplyForm(forms.Form):
    """Private or public is enough for the rights. Which public service is kept where the letter had asked it."""

    def __init__(self, page: ReplyPage, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        names = dict(REPLY_NAMES)
        told = told_on(page).items()
        given = request.POST.get("sector", "")
        self.fields["reply"] = _question(
            _("What were you told?"),
            [(name, format_html("<strong>{}</strong> {}", names[name], value["title"])) for name, value in told],
        )
        self.fields["sector"] = _question(
            _("Where do you work?"),
            [
                (Sector.PRIVATE.value, _("In the private sector")),
                (given if given in _PUBLIC_SERVICES else PUBLIC, _("In the public service")),
            ],
        )


def _question(label: Any, choices: list[tuple[str, Any]]) -> ChoiceField:
    return ChoiceField(label=label, choices=choices, widget=forms.RadioSelect)


def told_on(page: ReplyPage) -> dict[str, Any]:
    """The replies that the page explains, by name; where editors wrote one twice, the first."""
    known = dict(REPLY_NAMES)
    found: dict[str, Any] = {}
    for block in page.replies:
        if block.value["reply"] in known:
            found.setdefault(block.value["reply"], block.value)
    return found


def replies(request: HttpRequest, page: ReplyPage) -> HttpResponse:
    asked = request.method == "POST" and not only_carried(request)
    given = {name: request.POST.get(name) for name in ("reply", "sector")}
    form = ReplyForm(page, request, data=request.POST) if asked else ReplyForm(page, request, initial=given)
    told = told_on(page)
    rows = [
        {"name": name, "label": label, "value": told[name], "button": _BUTTONS.get(told[name]["paper"])}
        for name, label in REPLY_NAMES
        if name in told
    ]
    found = None
    sector = request.POST.get("sector", "")
    if asked and form.is_valid():
        found = next(row for row in rows if row["name"] == form.cleaned_data["reply"])
    answers = carried(request, own=("sector", "paper"))
    if sector in set(Sector):
        answers.append(("sector", sector))
    return answer(
        request,
        page,
        form=form,
        rows=rows,
        found=found,
        public=sector != Sector.PRIVATE,
        answers=answers,
        carried=carried(request, own=("sector",)),
        letter=neighbour(LetterPage, page.locale.language_code),
    )
