"""The kinds of field that the public forms are made of. What was typed is kept; the message says what to change."""

import datetime
import re
import unicodedata
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hub.pages.templatetags.hub_tags import number
from hub.typesetting.characters import tidy, unprintable
from hub.typography import FINE, HARD

MOST_LINES = 6
LONGEST_LINE = 120  # characters of a name, a post, a town
_EARLIEST = datetime.date(1950, 1, 1)
_LATEST = datetime.date(2099, 12, 31)
_MOST_CHARACTERS_NAMED = 6
_NUMBER = re.compile(r"[-+]?[0-9]{1,12}(\.[0-9]{1,6})?")
_ENGLISH_THOUSANDS = re.compile(r"[-+]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
_SPACES = re.compile(rf"[\s{HARD}{FINE}]")


def _named(characters: str) -> str:
    """Characters for a message: those that can be seen as they are, the others by their code."""
    names = [
        f"{each} (U+{ord(each):04X})" if unicodedata.category(each)[0] in "LNPS" else f"U+{ord(each):04X}"
        for each in characters[:_MOST_CHARACTERS_NAMED]
    ]
    return ", ".join(names) + (" …" if len(characters) > _MOST_CHARACTERS_NAMED else "")


def _checked(text: str, longest: int) -> str:
    """What was typed, tidied. Raises ValidationError for what a letter cannot carry, and for what is too long."""
    clean = tidy(text)
    if strange := unprintable(clean):
        raise ValidationError(
            _("These characters cannot be printed: %(characters)s. Please take them out."),
            params={"characters": _named(strange)},
        )
    if len(clean) > longest:
        raise ValidationError(
            _("At most %(limit)s characters; there are %(count)s here."),
            params={"limit": longest, "count": len(clean)},
        )
    return clean


class LineField(forms.Field):
    """Words on one line, for the letter as they are typed. Markup is words like any other."""

    widget: type[forms.Widget] = forms.TextInput

    def __init__(self, *, longest: int = LONGEST_LINE, autocomplete: str = "off", **kwargs: Any) -> None:
        self.longest, self.autocomplete = longest, autocomplete
        super().__init__(required=False, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"autocomplete": self.autocomplete}

    def to_python(self, value: Any) -> str:
        return _checked(str(value or ""), self.longest)


class AddressField(LineField):
    """The lines of an address, in the order typed."""

    widget = forms.Textarea

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "rows": 3}

    def to_python(self, value: Any) -> Any:
        lines = tuple(filter(None, (_checked(line, self.longest) for line in str(value or "").splitlines())))
        if len(lines) > MOST_LINES:
            raise ValidationError(
                _("At most %(limit)s lines; there are %(count)s here."),
                params={"limit": MOST_LINES, "count": len(lines)},
            )
        return lines


class ParagraphField(LineField):
    """Some lines that become one sentence."""

    widget = forms.Textarea

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "rows": 2}


class AddressOfMailField(LineField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(autocomplete="email", widget=forms.EmailInput, **kwargs)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        if text:
            try:
                validate_email(text)
            except ValidationError as error:
                raise ValidationError(_("An e-mail address looks like name@example.fr.")) from error
        return text


class NumberField(forms.Field):
    """A number with its bounds, written the French or the English way: 12,5 or 12.5, 1 200 or 1,200. Whole ones come
    as ``int``, others as ``Decimal``. A text field, for a number field shows nothing of a mistake."""

    widget = forms.TextInput
    default_error_messages = {
        "required": _("This answer is needed."),
        "number": _("Write a number in figures, such as %(example)s."),
        "whole": _("Write a whole number, such as 2."),
        "range": _("Write a number from %(least)s to %(most)s."),
    }

    def __init__(self, least: Decimal | int | str, most: Decimal | int, *, whole: bool = False, **kwargs: Any) -> None:
        self.least, self.most, self.whole = Decimal(least), Decimal(most), whole
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "numeric" if self.whole else "decimal", "autocomplete": "off", "class": "number"}

    def to_python(self, value: Any) -> Decimal | int | None:
        text = _SPACES.sub("", str(value or "")).replace("−", "-")
        if not text:
            return None
        if get_language() == "en" and _ENGLISH_THOUSANDS.fullmatch(text):
            text = text.replace(",", "")
        text = text.replace(",", ".")
        if not _NUMBER.fullmatch(text):
            raise self._error("number", example="12" if self.whole else number(Decimal("12.5")))
        exact = Decimal(text)
        if not self.least <= exact <= self.most:
            raise self._error("range", least=number(self.least), most=number(self.most))
        if not self.whole:
            return exact
        if exact != exact.to_integral_value():
            raise self._error("whole")
        return int(exact)

    def _error(self, code: str, **values: str) -> ValidationError:
        return ValidationError(self.error_messages[code], code, values)


class NativeInput(forms.TextInput):
    """The browser's own field for a date or a time, unless it could not show what was typed."""

    def __init__(self, kind: str, shape: str) -> None:
        self.kind, self.shape = kind, re.compile(shape, re.ASCII)
        super().__init__()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        shown = widget["value"] or ""
        widget["type"] = self.kind if not shown or self.shape.fullmatch(shown) else "text"
        return context


class DayField(forms.Field):
    """A day: 2026-11-23 as browsers send it, or 23/11/2026 as people type it."""

    shapes: tuple[str, ...] = (
        r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
        r"(?P<day>\d{1,2})[/. -](?P<month>\d{1,2})[/. -](?P<year>\d{4})",
    )
    native = ("date", r"\d{4}-\d{2}-\d{2}")
    wrong = _("Write a day that exists, such as 23/11/2026.")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=NativeInput(*self.native), **kwargs)

    def to_python(self, value: Any) -> datetime.date | None:
        if isinstance(value, datetime.date):
            return value
        text = str(value or "").strip()
        if not text:
            return None
        for shape in self.shapes:
            if found := re.fullmatch(shape, text, re.ASCII):
                parts = {name: int(number) for name, number in found.groupdict().items()}
                try:
                    return self._in_range(datetime.date(parts["year"], parts["month"], parts.get("day", 1)))
                except ValueError:
                    break
        raise ValidationError(self.wrong)

    def _in_range(self, day: datetime.date) -> datetime.date:
        if not _EARLIEST <= day <= _LATEST:
            raise ValidationError(
                _("The year must lie between %(first)s and %(last)s."),
                params={"first": str(_EARLIEST.year), "last": str(_LATEST.year)},
            )
        return day

    def prepare_value(self, value: Any) -> Any:
        """The browser's own spelling where it is a day, else what was typed."""
        try:
            day = self.to_python(value)
        except ValidationError:
            return value
        return self.spelt(day) if day else value

    def spelt(self, day: datetime.date) -> str:
        return day.isoformat()


class MonthField(DayField):
    """A month; its first day stands for it."""

    shapes = (r"(?P<year>\d{4})-(?P<month>\d{1,2})", r"(?P<month>\d{1,2})[/. -](?P<year>\d{4})", *DayField.shapes)
    native = ("month", r"\d{4}-\d{2}")
    wrong = _("Write a month that exists, such as 09/2019.")

    def to_python(self, value: Any) -> datetime.date | None:
        day = super().to_python(value)
        return day.replace(day=1) if day else None

    def spelt(self, day: datetime.date) -> str:
        return f"{day:%Y-%m}"


class ClockField(forms.Field):
    """A time of day: 09:30, 9h30, 9 h."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=NativeInput("time", r"\d{2}:\d{2}"), **kwargs)

    def to_python(self, value: Any) -> datetime.time | None:
        text = str(value or "").strip()
        if not text:
            return None
        found = re.fullmatch(r"(\d{1,2})\s?[:hH.]\s?(\d{2})?(:00)?", text, re.ASCII)
        if found and int(found[1]) < 24 and int(found[2] or 0) < 60:
            return datetime.time(int(found[1]), int(found[2] or 0))
        raise ValidationError(_("Write a time of day, such as 09:30."))

    def prepare_value(self, value: Any) -> Any:
        try:
            clock = self.to_python(value)
        except ValidationError:
            return value
        return f"{clock:%H:%M}" if clock else value


class ChoiceField(forms.ChoiceField):
    """Its message does not repeat what was sent, however long."""

    default_error_messages = {
        "required": _("This answer is needed."),
        "invalid_choice": _("Choose one of the answers offered."),
    }


class OneOf(ChoiceField, forms.TypedChoiceField):
    """One of an enumeration, as radio buttons. Empty when nothing is chosen."""

    def __init__(self, members: Callable[[str], Any], choices: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(
            coerce=members,
            choices=list(choices),
            empty_value=None,
            required=False,
            widget=forms.RadioSelect,
            **kwargs,
        )


class SomeOf(forms.TypedMultipleChoiceField):
    """Any of an enumeration, as boxes to tick."""

    def __init__(self, coerce: Any, choices: Iterable[tuple[Any, Any]], **kwargs: Any) -> None:
        super().__init__(
            coerce=coerce,
            choices=list(choices),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": _("Choose among the answers offered.")},
            **kwargs,
        )


class OfferedField(forms.MultipleChoiceField):
    """Boxes whose choices depend on other answers and on what editors have published. What is no longer offered is
    left out without a word: nobody could untick it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.CheckboxSelectMultiple, **kwargs)

    def to_python(self, value: Any) -> list[str]:
        return [each for each in super().to_python(value) if self.valid_value(each)]


class TickField(forms.BooleanField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
