"""From file values to field and block values, in one language at a time."""

import datetime
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from guides.blocks import ReferenceBlock
from hub.blocks.values import AudienceBlock, KeyBlock, SourceBlock
from hub.demo.files import ContentError, Mapping, Sequence
from hub.demo.markdown import UnknownPage, rich_text
from hub.typography import french_spaces, french_spaces_in_html

NAMESPACE = uuid.UUID("9a3c1f52-7a0e-4a51-8d1c-2c7a5d0e6b11")
SOURCE_LANGUAGE, TARGET_LANGUAGE = "fr", "en"


def stable_uuid(*parts: object) -> uuid.UUID:
    """The same identifier at every load, so that both languages of a block, and every run, agree."""
    return uuid.uuid5(NAMESPACE, "/".join(map(str, parts)))


@dataclass
class Keys:
    """What the files may name. ``page`` and ``picture`` give ids and raise KeyError for unknown keys."""

    sources: set[str]
    audiences: set[str]
    page: Callable[[str], int]
    picture: Callable[[str], int]
    references: set[str] = field(default_factory=set)


@dataclass
class Reader:
    """Reads one file's values in one language. ``path`` names the place inside the file for stable ids."""

    file: Path
    language: str
    keys: Keys
    line: int = 1
    seed: str = ""
    _trail: list[str] = field(default_factory=list)

    def fail(self, message: str, line: int | None = None) -> ContentError:
        return ContentError(self.file, line or self.line, message)

    def at(self, mapping: Mapping, key: str) -> None:
        self.line = mapping.lines.get(key, mapping.line)

    # --- Words ---

    def _pair(self, value: Any) -> str:
        if not isinstance(value, Mapping):
            raise self.fail("a bilingual value is expected: fr and en")
        self.line = value.line
        if set(value) == {"same"}:
            return str(value["same"])
        if set(value) != {SOURCE_LANGUAGE, TARGET_LANGUAGE}:
            raise self.fail(f"exactly fr and en are expected, not {', '.join(map(str, value)) or 'nothing'}")
        texts = {language: value[language] for language in value}
        for language, text in texts.items():
            if not isinstance(text, str | int | float) or not str(text).strip():
                raise self.fail(f"the text in {language} is missing", value.lines[language])
        if str(texts["fr"]).strip() == str(texts["en"]).strip():
            raise self.fail("both languages say the same: translate, or write same: for a proper name")
        self.line = value.lines[self.language]
        return str(texts[self.language])

    def plain(self, value: Any) -> str:
        text = " ".join(self._pair(value).split())
        return french_spaces(text) if self.language == "fr" else text

    def rich(self, value: Any) -> str:
        source = self._pair(value)
        line = self.line
        try:
            html = rich_text(source, self.keys.page)
        except UnknownPage as error:
            raise self.fail(f"no page has the key « {error} »", line) from error
        return french_spaces_in_html(html) if self.language == "fr" else html

    def page(self, value: Any) -> int:
        try:
            return self.keys.page(str(value))
        except KeyError as error:
            raise self.fail(f"no page has the key « {value} »") from error

    # --- Blocks ---

    def block(self, block: blocks.Block, value: Any, *path: str) -> Any:
        """A block's raw value, as stored, checked by the block itself."""
        if isinstance(block, blocks.StreamBlock):
            return self._stream(block, value, *path)
        if isinstance(block, blocks.StructBlock):
            return self._struct(block, value, *path)
        if isinstance(block, blocks.ListBlock):
            return self._list(block, value, *path)
        if isinstance(block, blocks.PageChooserBlock):
            return self.page(value)
        if isinstance(block, ImageChooserBlock):
            try:
                return self.keys.picture(str(value))
            except KeyError as error:
                raise self.fail(f"no picture has the key « {value} »") from error
        if isinstance(block, KeyBlock):
            return self._key(block, value)
        raw = self._leaf(block, value)
        self._check(block, raw)
        return raw

    def _key(self, block: blocks.ChoiceBlock, value: Any) -> str:
        """Keys of vocabulary rows, which need not be in the database yet."""
        what, known = {
            SourceBlock: ("source", self.keys.sources),
            AudienceBlock: ("audience", self.keys.audiences),
            ReferenceBlock: ("legal reference", self.keys.references),
        }[type(block)]
        if value not in known:
            raise self.fail(f"no {what} has the key « {value} »")
        return value

    def _leaf(self, block: blocks.Block, value: Any) -> Any:
        if isinstance(block, blocks.RichTextBlock):
            return self.rich(value)
        if isinstance(block, blocks.CharBlock | blocks.TextBlock):
            return self.plain(value)
        if isinstance(block, blocks.DecimalBlock):
            try:
                return str(Decimal(str(value)))
            except InvalidOperation as error:
                raise self.fail(f"« {value} » is no number") from error
        return value if isinstance(value, bool) else str(value)

    def _check(self, block: blocks.Block, raw: Any) -> None:
        try:
            block.clean(block.to_python(raw))
        except ValidationError as error:
            raise self.fail(" ".join(error.messages)) from error

    def _struct(self, block: blocks.StructBlock, value: Any, *path: str) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise self.fail(f"{', '.join(block.child_blocks)} are expected here")
        self.line = value.line
        for key in value:
            if key not in block.child_blocks:
                raise self.fail(f"« {key} » is not one of {', '.join(block.child_blocks)}", value.lines[key])
        result = {}
        for name, child in block.child_blocks.items():
            if name in value:
                self.at(value, name)
                result[name] = self.block(child, value[name], *path, name)
            elif getattr(child, "required", True) and not isinstance(child, blocks.BooleanBlock):
                raise self.fail(f"« {name} » is missing", value.line)
            else:
                default = child.get_prep_value(child.get_default())
                # A text that is not there is empty, never null: wagtail-localize cuts strings only.
                result[name] = "" if default is None and isinstance(child, blocks.CharBlock) else default
        return result

    def _list(self, block: blocks.ListBlock, value: Any, *path: str) -> list[dict[str, Any]]:
        items = self._items(value, block.meta.min_num, block.meta.max_num)
        return [
            {
                "type": "item",
                "value": self._item(block.child_block, item, *path, str(index)),
                "id": str(stable_uuid(self.seed, *path, index)),
            }
            for index, item in enumerate(items)
        ]

    def _item(self, child: blocks.Block, item: Any, *path: str) -> Any:
        self.line = getattr(item, "line", self.line)
        return self.block(child, item, *path)

    def _items(self, value: Any, least: int | None, most: int | None) -> Sequence:
        if not isinstance(value, Sequence):
            raise self.fail("a list is expected")
        self.line = value.line
        if least and len(value) < least or most and len(value) > most:
            raise self.fail(f"between {least or 0} and {most or 'any number of'} items are expected, not {len(value)}")
        return value

    def _stream(self, block: blocks.StreamBlock, value: Any, *path: str) -> list[dict[str, Any]]:
        items = self._items(value, block.meta.min_num, block.meta.max_num)
        only = next(iter(block.child_blocks)) if len(block.child_blocks) == 1 else None
        result = []
        for index, item in enumerate(items):
            name, inner = only, item
            if only is None:
                if not isinstance(item, Mapping) or len(item) != 1:
                    raise self.fail("one block is expected, as « - name: value »", getattr(item, "line", None))
                name, inner = next(iter(item.items()))
                self.at(item, name)
            if name not in block.child_blocks:
                raise self.fail(f"« {name} » is not one of {', '.join(block.child_blocks)}")
            result.append(
                {
                    "type": name,
                    "value": self._item(block.child_blocks[name], inner, *path, str(index)),
                    "id": str(stable_uuid(self.seed, *path, index)),
                }
            )
        return result

    # --- Data ---

    def date(self, value: Any) -> datetime.date:
        if not isinstance(value, datetime.date):
            raise self.fail(f"« {value} » is no date: write 2026-11-23")
        return value

    def moment(self, value: Any) -> datetime.datetime:
        """An hour of a day in Europe/Paris: 2026-11-23 14:30."""
        if not isinstance(value, datetime.datetime) or value.tzinfo is not None:
            raise self.fail(f"« {value} » is no hour of a day: write 2026-11-23 14:30:00")
        return value.replace(tzinfo=ZoneInfo("Europe/Paris"))

    def choice(self, value: Any, choices: Any) -> str:
        known = [choice for choice, _label in choices]
        if value not in known:
            raise self.fail(f"« {value} » is not one of {', '.join(map(str, known))}")
        return value
