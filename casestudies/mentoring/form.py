"""The form of a request for advice."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from casestudies.contributing.fields import CommuneField, StoryField
from casestudies.mentoring.openings import Opening
from casestudies.models import MentoringRequest
from hub.forms.fields import AddressOfMailField, ChoiceField, LineField, TickField

LONGEST = 3000
# Words too few to tell a mentor anything.
SHORTEST = 20


class MentoringForm(forms.Form):
    """``chosen`` is the case that is written to, when it takes requests; else one is chosen here among ``others``."""

    case = ChoiceField(label=_("Whom do you ask?"), required=False)
    sender_kind = ChoiceField(
        label=_("Who asks?"),
        choices=lambda: [(each.value, capfirst(each.label)) for each in MentoringRequest.From],
        required=False,
        widget=forms.RadioSelect,
    )
    organisation_name = LineField(label=_("Name of your organisation"), autocomplete="organization")
    commune = CommuneField(
        label=_("Your commune (optional)"),
        help_text=_("Its name or INSEE code, in Calvados, Manche or Orne. Leave it empty if yours is elsewhere."),
    )
    name = LineField(label=_("Your name"), autocomplete="name")
    email = AddressOfMailField(
        label=_("Your e-mail address"), help_text=_("The mentor answers you there. It is shown nowhere.")
    )
    theme = ChoiceField(label=_("What about?"), required=False)
    message = StoryField(
        label=_("Your request"),
        longest=LONGEST,
        rows=8,
        help_text=_(
            "Your situation, what you are considering and what you would like to know. No name of anybody else."
        ),
    )
    agree = TickField(
        label=_("I agree that my name, my e-mail address and my request are passed on to this mentor"),
        help_text=_("Nobody else receives them. Without this agreement the request cannot be passed on."),
    )

    _needed = ("case", "sender_kind", "organisation_name", "name", "email", "message")

    def __init__(self, data: Any, *, chosen: Opening | None, others: list[Opening]) -> None:
        super().__init__(data, initial={"case": chosen.slug if chosen else ""})
        self.chosen = chosen
        self._fill_cases(others)
        self._fill_themes([chosen] if chosen else others)

    def _fill_cases(self, others: list[Opening]) -> None:
        if self.chosen:
            self._offer("case", [(self.chosen.slug, self.chosen.case.title)])
            self.fields["case"].widget = forms.HiddenInput()
        else:
            self._offer("case", [("", "–"), *((each.slug, each.case.title) for each in others if not each.is_full)])

    def _fill_themes(self, offered: list[Opening]) -> None:
        themes = dict.fromkeys(theme for each in offered for theme in each.themes)
        if themes:
            self._offer("theme", [("", _("Something else")), *((theme, theme) for theme in themes)])
        else:
            del self.fields["theme"]

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, ChoiceField)  # noqa: S101  (declared so above)
        field.choices = choices

    def clean_message(self) -> str:
        message = str(self.cleaned_data["message"])
        if message and len(message) < SHORTEST:
            raise forms.ValidationError(_("Please say a little more: the mentor knows nothing of your situation."))
        return message

    def clean(self) -> dict[str, Any]:
        for name in self._needed:
            if not self.errors.get(name) and not self.cleaned_data.get(name):
                self.add_error(name, _("This answer is needed."))
        if not self.cleaned_data.get("agree"):
            self.add_error("agree", _("The request can only be passed on with your agreement."))
        return self.cleaned_data
