"""Translations written by a program: a source and its twin in the other language, paired string by string.

The twin is an unsaved instance of the same model built from the other language's texts. Both are cut into segments by
wagtail-localize itself, so what is stored is what its translation editor would have stored.
"""

from collections import defaultdict
from typing import Any

from django.db import models, transaction
from wagtail.models import Locale
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)
from wagtail_localize.segments import StringSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.extract import extract_segments


class Mismatch(Exception):
    """Source and twin do not pair: says at which field or block."""


def _by_path(instance: models.Model, kind: type) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    segments: list[Any] = [segment for segment in extract_segments(instance) if isinstance(segment, kind)]
    for segment in segments:
        found[segment.path].append(segment)
    return found


def check_pairs(source: models.Model, twin: models.Model) -> None:
    """Raise Mismatch unless each string of the source has one in the twin, in the same structure and with its links."""
    templates, twin_templates = _by_path(source, TemplateSegmentValue), _by_path(twin, TemplateSegmentValue)
    for path, segments in templates.items():
        others = twin_templates.get(path, [])
        if [segment.template for segment in segments] != [segment.template for segment in others]:
            raise Mismatch(f"{path}: paragraphs, lists or headings differ between the languages")
    strings, twin_strings = _by_path(source, StringSegmentValue), _by_path(twin, StringSegmentValue)
    for path in strings.keys() | twin_strings.keys():
        ours, theirs = strings.get(path, []), twin_strings.get(path, [])
        if len(ours) != len(theirs):
            raise Mismatch(f"{path}: {len(ours)} texts in one language, {len(theirs)} in the other")
        for one, other in zip(ours, theirs, strict=True):
            if one.attrs != other.attrs:
                raise Mismatch(f"{path}: the links differ between the languages, near “{one.string.data[:60]}”")


def translate(source: models.Model, twin: models.Model, locale: Locale, slug: str = "") -> models.Model:
    """Store the twin's texts as the source's translation and publish it. One transaction per object.

    ``slug`` overrides the address of a page. Raises Mismatch when the two do not pair, and RuntimeError when
    wagtail-localize refused a string.
    """
    with transaction.atomic():
        translation_source, _created = TranslationSource.update_or_create_from_instance(source)
        translation, _created = Translation.objects.get_or_create(
            source=translation_source, target_locale=locale, defaults={"enabled": True}
        )
        twins = _by_path(twin, StringSegmentValue)
        seen: dict[str, int] = defaultdict(int)
        segments = StringSegment.objects.filter(source=translation_source).select_related("string", "context")
        for segment in segments.order_by("order"):
            path = segment.context.path
            position = seen[path]
            seen[path] += 1
            if position >= len(twins.get(path, [])):
                raise Mismatch(f"{path}: no text in {locale.language_code}")
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                locale=locale,
                context=segment.context,
                defaults={
                    "data": twins[path][position].string.data,
                    "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
                },
            )
        if slug:
            override = OverridableSegment.objects.select_related("context").get(
                source=translation_source, context__path="slug"
            )
            SegmentOverride.objects.update_or_create(
                locale=locale, context=override.context, defaults={"data_json": f'"{slug}"'}
            )
        translation.refresh_from_db()
        translation.save_target(publish=True)
        total, done = translation.get_progress()
        if total != done:
            raise RuntimeError(f"{source}: {total - done} of {total} strings were refused")
    return translation.get_target_instance()
