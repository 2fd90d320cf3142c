"""Fields that hold data: copied to every language as they stand, never offered to translators."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import ChoiceBlock, RegexBlock

from hub.vocabulary.models import Audience, Source

PERIOD = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?|-(\d{4}))?$")


def source_choices() -> list[tuple[str, str]]:
    return [(source.key, str(source)) for source in Source.objects.all()]


class KeyBlock(ChoiceBlock):
    """A choice among the rows of a vocabulary, stored by key."""

    def normalize_choice(self, value: Any) -> Any:
        """The stored key as it stands: the stock block would read the whole vocabulary for each value shown."""
        return value


class SourceBlock(KeyBlock):
    """The key of a ``Source``. Pages resolve all their keys with one query (``hub.pages.bibliography``)."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Source"))
        kwargs.setdefault("help_text", _("No figure without its source. Add missing ones under Snippets › Sources."))
        super().__init__(choices=source_choices, **kwargs)


def audience_choices() -> list[tuple[str, str]]:
    return [(audience.slug, str(audience)) for audience in Audience.objects.with_labels()]


class AudienceBlock(KeyBlock):
    """The slug of an ``Audience``."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Reader"))
        super().__init__(choices=audience_choices, **kwargs)


class PeriodBlock(RegexBlock):
    """A year, a span of years, a month or a day: ``2015``, ``2015-2016``, ``2016-01``, ``2016-01-26``."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Year or date"))
        super().__init__(
            regex=PERIOD,
            max_length=10,
            error_messages={"invalid": _("Write 2015, 2015-2016, 2016-01 or 2016-01-26.")},
            **kwargs,
        )

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        match = PERIOD.match(cleaned or "")
        if match and match[2] and not 1 <= int(match[2]) <= 12:
            raise ValidationError(_("A month goes from 01 to 12."))
        return cleaned

    @cached_property
    def preview_value(self) -> str:
        return "2016-01-26"
