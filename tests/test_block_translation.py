"""Every block goes to translators whole and comes back whole: each text translated, each datum as it was."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from wagtail import blocks

from hub.home.models import PlainPage
from tests.factories import pages
from tests.factories.blocks import Sample, block
from tests.factories.definitions import stream_fields
from tests.factories.hub import Hub
from tests.factories.translating import strings, submit, translate_all
from tests.factories.vocabulary import AudienceFactory, SourceFactory

FACTORIES = {
    factory._meta.model: factory
    for factory in vars(pages).values()
    if isinstance(factory, type) and issubclass(factory, pages.HubPageFactory) and factory is not pages.HubPageFactory
}
SECTIONS = {
    "CaseStudyPage": "cases",
    "LegalExplainerPage": "legal",
    "CampaignPage": "campaigns",
    "GuideStepPage": "guide",
}
# The same body stands on many page types: once is enough.
CASES = [
    pytest.param(model, field.name, name, id=f"{model.__name__}.{field.name}.{name}")
    for model, field in stream_fields()
    for name in field.stream_block.child_blocks
    if (field.name not in ("body", "results") or model is PlainPage) and (field.name != "related" or model is PlainPage)
]


def english(text: str) -> str:
    return re.sub(r"Texte (\d+)", r"Text \1", text)


def build(hub: Hub, model: Any, **values: Any) -> Any:
    section = SECTIONS.get(model.__name__)
    if model is type(hub.home["fr"]):
        page = hub.home["fr"]
        for name, value in values.items():
            setattr(page, name, value)
        page.save()
        return page
    parent = hub.section(section)["fr"] if section else hub.home["fr"]
    return FACTORIES[model](parent=parent, **values)


def plain(value: Any) -> Any:
    """Stored blocks with numbers as texts: 28.4 and "28.4" are the same figure."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value if value is None or isinstance(value, bool) else str(value)


def test_every_page_type_with_blocks_has_a_factory() -> None:
    assert {model for model, _field in stream_fields()} <= set(FACTORIES)


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "field", "name"), CASES)
def test_a_block_survives_translation(
    hub: Hub, django_capture_on_commit_callbacks: Callable[..., Any], model: Any, field: str, name: str
) -> None:
    SourceFactory()
    AudienceFactory()
    definition: blocks.Block = model._meta.get_field(field).stream_block.child_blocks[name]
    sample = Sample()
    page = build(hub, model, **{field: json.dumps([block(name, sample.of(definition))])})
    stored = model.objects.get(pk=page.pk)

    translation = submit(stored, hub.en)
    offered = [text for text in strings(translation) if text.startswith("Texte ")]
    assert offered == sample.texts

    with django_capture_on_commit_callbacks(execute=True):
        translate_all(translation, english)
    target = model.objects.get(translation_key=page.translation_key, locale=hub.en)
    source_blocks = plain(getattr(stored, field).get_prep_value())
    expected = json.loads(english(json.dumps(source_blocks)))
    assert plain(getattr(target, field).get_prep_value()) == expected
    assert target.live
