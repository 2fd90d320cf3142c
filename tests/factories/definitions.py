"""Every block definition of every StreamField of the hub, found by walking."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from wagtail import blocks
from wagtail.fields import StreamField

Path = tuple[str, ...]
Found = tuple[Path, blocks.Block]


def stream_fields() -> list[tuple[Any, StreamField]]:
    return [
        (model, field)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, StreamField) and not model._meta.abstract
    ]


def children(definition: blocks.Block) -> Iterator[tuple[str, blocks.Block]]:
    if isinstance(definition, blocks.StreamBlock | blocks.StructBlock):
        yield from definition.child_blocks.items()
    elif isinstance(definition, blocks.ListBlock):
        yield "[]", definition.child_block


def walk(definition: blocks.Block, path: Path = ()) -> Iterator[Found]:
    yield path, definition
    for name, child in children(definition):
        yield from walk(child, (*path, name))


def definitions() -> Iterator[Found]:
    for model, field in stream_fields():
        yield from walk(field.stream_block, (model.__name__, field.name))


def offered() -> list[Found]:
    """The blocks that editors choose among: each child of a StreamBlock, each class once."""
    found: dict[tuple[str, type], Found] = {}
    for path, definition in definitions():
        if isinstance(definition, blocks.StreamBlock):
            for name, child in definition.child_blocks.items():
                found.setdefault((name, type(child)), ((*path, name), child))
    return list(found.values())
