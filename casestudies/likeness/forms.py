"""The one question: which commune?"""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casestudies.likeness.naming import LONGEST, Named, named
from hub.forms.fields import LineField
from hub.geography import communes


class CommuneForm(forms.Form):
    """Of a bound form, ``named`` says what the words name, also when that is no commune."""

    commune = LineField(
        label=_("Your commune"),
        help_text=_("In Calvados, Manche or Orne: its name or a former name, its postal code or its INSEE code."),
        longest=LONGEST,
    )
    named = Named([], [])

    def clean_commune(self) -> str:
        words: str = self.cleaned_data["commune"]
        if not words:
            raise ValidationError(_("Write the name or the code of a commune."))
        self.named = named(words)
        if self.named.found:
            return words
        if self.named.is_elsewhere:
            raise ValidationError(
                _("This code lies outside Calvados, Manche and Orne, the only départements whose communes we know.")
            )
        raise ValidationError(
            _("We know no commune of this name or code: only those of Calvados, Manche and Orne, as of %(year)s."),
            params={"year": str(communes.year())},
        )
