"""Every block: its nesting is one that wagtail-localize reads, it has a sample to show, and migrations ignore it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.embeds.blocks import EmbedBlock
from wagtail.images.blocks import ImageBlock

from hub.media.models import HubImage
from tests.factories import files
from tests.factories.definitions import children, definitions, offered, walk

LEAVES = (blocks.FieldBlock,)
NEVER_EXTRACTED = (TableBlock, TypedTableBlock, blocks.RawHTMLBlock, EmbedBlock)


def lost(definition: blocks.Block, above: tuple[blocks.Block, ...] = ()) -> Iterator[str]:
    """What wagtail-localize would lose, or fail on, below a definition."""
    name = type(definition).__name__
    if isinstance(definition, NEVER_EXTRACTED):
        yield f"{name} is never extracted"
    if isinstance(definition, ImageBlock):
        if any(isinstance(each, blocks.StructBlock) for each in above):
            yield f"{name} inside a struct makes the submission fail"
        return
    if isinstance(definition, blocks.ListBlock) and _struct_in_struct(above):
        yield f"{name} two structs deep is silently left out"
    for _child_name, child in children(definition):
        yield from lost(child, (*above, definition))


def _struct_in_struct(above: tuple[blocks.Block, ...]) -> bool:
    """The nearest container and the one around it are both structs."""
    return len(above) > 1 and all(isinstance(each, blocks.StructBlock) for each in above[-2:])


def ids(found: Any) -> str:
    return ".".join(found[0])


# --- Nesting ---


class Inner(blocks.StructBlock):
    points = blocks.ListBlock(blocks.CharBlock())


class Pictured(blocks.StructBlock):
    image = ImageBlock()


BAD = {
    "struct in struct with a list": blocks.StructBlock([("inner", Inner())]),
    "the same below a stream": blocks.StreamBlock([("outer", blocks.StructBlock([("inner", Inner())]))]),
    "the same below a list": blocks.ListBlock(blocks.StructBlock([("inner", Inner())])),
    "image in struct": Pictured(),
    "image in a list in a struct": blocks.StructBlock([("all", blocks.ListBlock(ImageBlock()))]),
    "table": blocks.StreamBlock([("table", TableBlock())]),
    "typed table": blocks.StreamBlock([("table", TypedTableBlock([("text", blocks.CharBlock())]))]),
    "raw html": blocks.StructBlock([("html", blocks.RawHTMLBlock())]),
    "embed": blocks.StreamBlock([("video", EmbedBlock())]),
}
GOOD = {
    "list in struct": Inner(),
    "list of structs with lists": blocks.StructBlock([("rows", blocks.ListBlock(Inner()))]),
    "stream in struct in struct": blocks.StructBlock(
        [("inner", blocks.StructBlock([("body", blocks.StreamBlock([("point", blocks.CharBlock())]))]))]
    ),
    "image in a stream": blocks.StreamBlock([("image", ImageBlock())]),
}


@pytest.mark.parametrize("definition", BAD.values(), ids=BAD.keys())
def test_the_guard_sees_a_bad_nesting(definition: blocks.Block) -> None:
    assert len(list(lost(definition))) == 1


@pytest.mark.parametrize("definition", GOOD.values(), ids=GOOD.keys())
def test_the_guard_lets_a_good_nesting_pass(definition: blocks.Block) -> None:
    assert list(lost(definition)) == []


@pytest.mark.parametrize(
    ("path", "definition"),
    [pytest.param(path, each, id=".".join(path)) for path, each in definitions() if len(path) == 2],
)
def test_no_stream_loses_text_in_translation(path: tuple[str, ...], definition: blocks.Block) -> None:
    assert list(lost(definition)) == []


# --- Samples and previews ---


def composed(definition: blocks.Block) -> bool:
    """Not a plain field: what an editor could not picture from its name."""
    return not isinstance(definition, LEAVES) or type(definition).__module__.startswith("hub.blocks.text")


COMPOSED = [pytest.param(*each, id=ids(each)) for each in offered() if composed(each[1])]


def test_there_are_blocks_to_preview() -> None:
    assert len(COMPOSED) > 20


@pytest.mark.parametrize(("path", "definition"), COMPOSED)
def test_every_block_has_a_template_and_a_sample(path: tuple[str, ...], definition: blocks.Block) -> None:
    assert getattr(definition.meta, "template", None), "no template"
    assert "preview_value" in dir(definition.meta), "no preview_value"
    assert definition.is_previewable, "the editor is offered no preview"


_DATA = {
    *("source", "year", "when", "tone", "strength", "audience", "line", "reply", "paper"),
    *("strand", "cost_basis"),
}


def words(value: Any) -> Iterator[str]:
    """The words of a sample, without what templates turn into something else."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in _DATA:
                yield from words(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from words(inner)
    elif isinstance(value, str) and value:
        yield " ".join(BeautifulSoup(value, "html.parser").get_text().split())


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "definition"), COMPOSED)
def test_the_preview_shows_the_whole_sample(admin_client: Any, path: tuple[str, ...], definition: blocks.Block) -> None:
    HubImage.objects.create(title="Vue", file=ContentFile(files.picture(), "vue.png"))
    response = admin_client.get(reverse("wagtailadmin_block_preview"), {"id": definition.definition_prefix})
    assert response.status_code == 200
    shown = " ".join(BeautifulSoup(response.content, "html.parser").main.get_text(" ").split())
    missing = [text for text in words(definition.meta.preview_value) if " ".join(text.split()) not in shown]
    assert missing == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "definition",
    [pytest.param(each, id=".".join(path)) for path, each in definitions() if isinstance(each, blocks.StructBlock)],
)
def test_every_struct_shows_its_sample_without_error(admin_client: Any, definition: blocks.Block) -> None:
    response = admin_client.get(reverse("wagtailadmin_block_preview"), {"id": definition.definition_prefix})
    assert response.status_code == 200


# --- Migrations ---


def migrations() -> list[Path]:
    root = Path(settings.ROOT)
    packages = [root / "hub", root / "casestudies", root / "guides", root / "campaigns"]
    return [path for package in packages for path in package.rglob("migrations/0*.py")]


def test_there_are_migrations_with_streams() -> None:
    assert sum("SlimStreamField(" in path.read_text() for path in migrations()) >= 4


@pytest.mark.parametrize("path", migrations(), ids=lambda path: f"{path.parts[-3]}.{path.stem}")
def test_migrations_know_no_block(path: Path) -> None:
    source = path.read_text()
    assert "wagtail.blocks" not in source
    assert "block_lookup" not in source
    assert not re.search(r"wagtail\.fields\.StreamField\(", source)
    assert re.findall(r"SlimStreamField\((?!\[\],)", source) == []


def test_the_walk_reaches_the_deepest_blocks() -> None:
    paths = {".".join(path) for path, _definition in definitions()}
    assert "CaseStudyPage.body.table.rows.[].cells.[]" in paths
    assert list(walk(blocks.CharBlock(), ("a",)))[0][0] == ("a",)
