"""A StreamField that keeps block definitions out of migrations."""

from typing import Any

from wagtail.fields import StreamField


class SlimStreamField(StreamField):
    """Migrations record that the column exists, not what may stand in it.

    Block definitions change weekly and never change the column; recorded, they make migrations of many thousand
    lines. A data migration that must read blocks imports the block definition it needs.
    """

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs
