"""Kinds of answer that only this form asks for."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.forms.fields import ChoiceField, LineField
from hub.geography import communes
from hub.geography.communes import Commune

_EARLIEST = 1980
_MOST_NAMED = 5
# What people paste from a word processor and no paper of ours can carry.
_PASTED = str.maketrans({"•": "–", "‣": "–", "▪": "–", "−": "-", "\u200b": None, "\ufeff": None})


class StoryField(LineField):
    """Some paragraphs in plain words. What separates them is kept, whatever else was typed is tidied."""

    widget = forms.Textarea

    def __init__(self, *, rows: int = 6, **kwargs: Any) -> None:
        self.rows = rows
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "rows": self.rows}

    def to_python(self, value: Any) -> str:
        text = str(value or "").translate(_PASTED)
        if len(text) > self.longest:
            raise ValidationError(
                _("At most %(limit)s characters; there are %(count)s here."),
                params={"limit": self.longest, "count": len(text)},
            )
        lines = [super(StoryField, self).to_python(line) for line in text.splitlines()]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


class YearField(LineField):
    """A year in four figures, not in the future."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "inputmode": "numeric", "class": "number"}

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        latest = timezone.localdate().year
        if re.fullmatch(r"\d{4}", text, re.ASCII) and _EARLIEST <= int(text) <= latest:
            return int(text)
        raise ValidationError(
            _("Write a year in four figures, from %(first)s to %(last)s."),
            params={"first": str(_EARLIEST), "last": str(latest)},
        )


class CommuneField(LineField):
    """A commune of Calvados, Manche or Orne by its name or INSEE code. Several of one name are told apart."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        found = communes.find(text)
        if len(found) == 1:
            return found[0]
        if found:
            message = _("Several communes answer to this: %(names)s. Write the INSEE code of yours.")
        elif found := communes.suggest(text):
            message = _("No commune has exactly this name. Did you mean: %(names)s?")
        else:
            raise ValidationError(
                _("No commune of Calvados, Manche or Orne has this name or code. Leave it empty if yours is elsewhere.")
            )
        raise ValidationError(message, params={"names": _named(found)})


def _named(found: list[Commune]) -> str:
    names = [f"{each.name} ({each.code})" for each in found[:_MOST_NAMED]]
    return ", ".join(names) + (" …" if len(found) > _MOST_NAMED else "")


class PickField(ChoiceField):
    """One answer of several in a list, or none."""

    def __init__(self, choices: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(choices=[("", "–"), *choices], required=False, **kwargs)
