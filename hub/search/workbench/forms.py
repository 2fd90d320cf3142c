"""What editors fill in, checked so that it does what they mean."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminAutoHeightTextInput

from hub.search.evaluate import expression
from hub.search.models import Language, SynonymGroup
from hub.search.plan import MAX_ALTERNATIVES, MAX_LENGTH, normalise
from hub.search.promotions import key_of


def _lines(text: str) -> list[str]:
    """Its lines as search would read them, without the empty ones."""
    return [clean for line in text.splitlines() if (clean := normalise(line))]


class SynonymGroupForm(WagtailAdminModelForm):
    def clean_terms(self) -> str:
        lines = _lines(self.cleaned_data["terms"])
        terms = [term for line in lines for part in line.split(",") if (term := part.strip())]
        language = self.cleaned_data.get("language", "")
        for term in terms:
            if not key_of(term, language):
                raise ValidationError(_("“%(term)s” holds no word.") % {"term": term})
        if len({key_of(term, language) for term in terms}) < 2:
            raise ValidationError(_("A group needs at least two terms that differ by more than accents or a plural."))
        if len(terms) > MAX_ALTERNATIVES:
            raise ValidationError(
                _("A search tries at most %(most)s terms; this group has %(count)s.")
                % {"most": MAX_ALTERNATIVES, "count": len(terms)}
            )
        return "\n".join(lines)


class DraftForm(SynonymGroupForm):
    """A synonym group that is tried, not saved."""

    class Meta:
        model = SynonymGroup
        fields = ("language", "terms")
        widgets = {"terms": AdminAutoHeightTextInput(attrs={"rows": 4})}


class PromotedResultForm(WagtailAdminModelForm):
    def clean_queries(self) -> str:
        queries = _lines(self.cleaned_data["queries"])
        language = self.cleaned_data.get("language", "")
        for query in queries:
            if not key_of(query, language):
                raise ValidationError(_("“%(term)s” holds no word.") % {"term": query})
        if not queries:
            raise ValidationError(_("Give at least one query."))
        return "\n".join(queries)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        page, language = cleaned.get("page"), cleaned.get("language")
        if page and (page.is_root() or not page.get_url()):
            self.add_error("page", _("This page has no address that visitors could open."))
        elif page and page.alias_of_id:
            self.add_error("page", _("Search leaves this page out: it shows the text of another one. Choose that one."))
        elif page and language and page.locale.language_code != language:
            self.add_error(
                "page",
                _("This page is not in the language chosen: %(language)s.") % {"language": Language(language).label},
            )
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The last day cannot be before the first."))
        return cleaned


class JudgedQueryForm(WagtailAdminModelForm):
    def clean_text(self) -> str:
        text = normalise(self.cleaned_data["text"])
        if not key_of(text, self.cleaned_data.get("language", "")):
            raise ValidationError(_("“%(term)s” holds no word.") % {"term": text})
        return text

    def clean_expected(self) -> str:
        lines = [line.strip() for line in self.cleaned_data["expected"].splitlines() if line.strip()]
        for number, line in enumerate(lines, start=1):
            try:
                expression(line)
            except ValueError as error:
                raise ValidationError(
                    _(
                        "Line %(number)s cannot be read as a regular expression: %(line)s. "
                        "Put a backslash before signs that stand for themselves, such as ( [ ? * +, "
                        "and no repeat within a repeat."
                    )
                    % {"number": number, "line": line}
                ) from error
        return "\n".join(lines)


class TrialForm(forms.Form):
    """A query to try. ``q`` as on the public page."""

    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=Language.choices, initial=Language.FRENCH)
    q = forms.CharField(label=gettext_lazy("Query"), max_length=MAX_LENGTH)

    def clean_q(self) -> str:
        text = normalise(self.cleaned_data["q"])
        if not text:
            raise ValidationError(_("Give at least one query."))
        return text
