""" "Can they refuse?": a few questions, the lines of the decision table that hold, and the table as a whole."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from guides.answering import only_carried, ticked
from guides.blocks import LINE_NAMES, cited, rows_by_slug
from guides.carrying import carried
from guides.models import LegalIndexPage, LetterPage, RefusalPage
from guides.sectors import SECTORS
from guides.situation import Eligible, Sector, Situation, TextInForce
from hub.forms.fields import ChoiceField
from hub.pages.tools import answer, neighbour
from hub.vocabulary.models import LegalReference

TEXTS = [
    (TextInForce.AGREEMENT.value, _("Yes, a collective agreement")),
    (TextInForce.CHARTER.value, _("Yes, a charter")),
    (TextInForce.NONE.value, _("No, neither")),
    (TextInForce.UNKNOWN.value, _("I do not know")),
]
ELIGIBLE = [
    (Eligible.YES.value, _("Yes")),
    (Eligible.NO.value, _("No")),
    (Eligible.NOT_STATED.value, _("It does not say")),
    (Eligible.UNKNOWN.value, _("I do not know")),
]


class RefusalForm(forms.Form):
    """Only the sector must be answered. What was left open counts as not known; what does not apply is not read."""

    sector = ChoiceField(label=_("Where do you work?"), choices=SECTORS, widget=forms.RadioSelect)
    text = ChoiceField(
        label=_("Does your firm have an agreement or a charter on telework?"),
        help_text=_("Only if you work in the private sector."),
        choices=TEXTS,
        required=False,
        widget=forms.RadioSelect,
    )
    eligible = ChoiceField(
        label=_("Does that text say that your post can be teleworked?"),
        help_text=_("Only if there is an agreement or a charter."),
        choices=ELIGIBLE,
        required=False,
        widget=forms.RadioSelect,
    )
    disabled_or_carer = forms.BooleanField(
        label=_("I am a disabled worker, or I care for a child, a parent or a relative"),
        help_text=_(
            "Only if you wish to say so, and only in the private sector. One box for all these situations: "
            "never say which. Nothing is kept: the answer is worked out, shown and forgotten."
        ),
        required=False,
    )
    doctor = forms.BooleanField(
        label=_("The occupational doctor has proposed telework in writing"),
        help_text=_("Only in the private sector. The reason is not asked, nor anything about your health."),
        required=False,
    )
    own: ClassVar[tuple[str, ...]] = ("sector", "text", "eligible", "disabled_or_carer", "doctor")

    def clean(self) -> dict[str, Any]:
        for name in self._beside_the_point():
            self.errors.pop(name, None)
        return self.cleaned_data

    def _beside_the_point(self) -> tuple[str, ...]:
        if self.cleaned_data.get("sector", Sector.PRIVATE) != Sector.PRIVATE:
            return ("text", "eligible")
        if self.cleaned_data.get("text") not in (TextInForce.AGREEMENT, TextInForce.CHARTER):
            return ("eligible",)
        return ()

    @property
    def situation(self) -> Situation:
        """Of a valid form."""
        given = self.cleaned_data
        return Situation(
            Sector(given["sector"]),
            TextInForce(given.get("text") or TextInForce.UNKNOWN),
            Eligible(given.get("eligible") or Eligible.UNKNOWN),
            given["disabled_or_carer"],
            given["doctor"],
        )

    @property
    def answers(self) -> list[tuple[str, str]]:
        """What a valid form gives to the letter, whose form has the same fields."""
        given = ((name, self.cleaned_data.get(name)) for name in self.own)
        return [(name, "on" if value is True else value) for name, value in given if value]


@dataclass(frozen=True)
class TableLine:
    """One line of the page's decision table with the legal texts behind it."""

    name: str
    value: Any
    references: list[LegalReference | str]

    @property
    def checked_on(self) -> datetime.date | None:
        """When the text that was read again longest ago was read."""
        dates = [row.checked_on for row in self.references if isinstance(row, LegalReference) and row.checked_on]
        return min(dates, default=None)


def table_of(page: RefusalPage, language: str) -> dict[str, TableLine]:
    """The lines by name in the order of the page; where editors wrote one twice, the first."""
    values = [block.value for block in page.lines]
    rows = rows_by_slug((slug for value in values for slug in value["references"]), language)
    table: dict[str, TableLine] = {}
    for value in values:
        table.setdefault(value["line"], TableLine(value["line"], value, cited(value["references"], rows)))
    return table


def _given(request: HttpRequest) -> dict[str, Any]:
    """The answers as they came, to fill the questions in."""
    boxes = {name: ticked(request, name) for name in ("disabled_or_carer", "doctor")}
    return {name: request.POST.get(name) for name in ("sector", "text", "eligible")} | boxes


def refusal(request: HttpRequest, page: RefusalPage) -> HttpResponse:
    language = page.locale.language_code
    asked = request.method == "POST" and not only_carried(request)
    form = RefusalForm(request.POST) if asked else RefusalForm(initial=_given(request))
    table = table_of(page, language)
    situation = form.situation if asked and form.is_valid() else None
    names: Iterable[str] = situation.lines if situation else ()
    found = [table[name] for name in names if name in table]
    untold = [str(label) for name, label in LINE_NAMES if name in names and name not in table]
    return answer(
        request,
        page,
        form=form,
        table=list(table.values()),
        asked=situation is not None,
        found=found,
        untold=untold,
        answers=form.answers if situation else [],
        carried=carried(request, own=RefusalForm.own),
        letter=neighbour(LetterPage, language),
        legal_index=neighbour(LegalIndexPage, language) if untold else None,
    )
