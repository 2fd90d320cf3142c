"""Translation as the editor's screens do it: submitted, every string translated, published."""

from collections.abc import Callable
from typing import Any

from wagtail.models import Locale
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)


def submit(instance: Any, target: Locale) -> Translation:
    source, _created = TranslationSource.update_or_create_from_instance(instance)
    return Translation.objects.get_or_create(source=source, target_locale=target)[0]


def strings(translation: Translation) -> list[str]:
    """What the translator is offered, in order."""
    segments = StringSegment.objects.filter(source=translation.source).order_by("order")
    return list(segments.values_list("string__data", flat=True))


def translate_all(translation: Translation, words: Callable[[str], str]) -> None:
    """Give every string a translation and publish. The caller runs what waits for the commit."""
    for segment in StringSegment.objects.filter(source=translation.source).select_related("string", "context"):
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=translation.target_locale,
            context=segment.context,
            defaults={"data": words(segment.string.data)},
        )
    translation.save_target(publish=True)
