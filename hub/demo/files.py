"""YAML files whose every value knows its line, so that an error can name it."""

from pathlib import Path
from typing import Any

import yaml

CONTENT = Path(__file__).parent / "content"


class ContentError(Exception):
    """A content file that cannot be loaded: says which, at what line, and why."""

    def __init__(self, file: Path, line: int, message: str) -> None:
        self.file, self.line, self.message = file, line, message
        super().__init__(f"{file}:{line}: {message}")


class Mapping(dict[str, Any]):
    """A YAML mapping with the line on which it, and each of its keys, starts."""

    line: int = 0
    lines: dict[str, int]


class Sequence(list[Any]):
    line: int = 0


class _Loader(yaml.SafeLoader):
    pass


def _mapping(loader: _Loader, node: yaml.MappingNode) -> Any:
    result = Mapping()
    result.line = node.start_mark.line + 1
    result.lines = {}
    yield result
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node)
        if key in result:
            raise yaml.constructor.ConstructorError(None, None, f"« {key} » stands twice", key_node.start_mark)
        result.lines[key] = key_node.start_mark.line + 1
        result[key] = loader.construct_object(value_node, deep=True)


def _sequence(loader: _Loader, node: yaml.SequenceNode) -> Any:
    result = Sequence()
    result.line = node.start_mark.line + 1
    yield result
    result.extend(loader.construct_object(child, deep=True) for child in node.value)


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_SEQUENCE_TAG, _sequence)


def read(path: Path) -> Any:
    """The file's value. Raises ContentError for what is no YAML."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506  (a SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise ContentError(path, mark.line + 1 if mark else 1, error.problem or "not YAML") from error
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise ContentError(path, 1, str(error)) from error


def read_list(path: Path) -> list[Mapping]:
    rows = read(path)
    if not isinstance(rows, Sequence) or not all(isinstance(row, Mapping) for row in rows):
        raise ContentError(path, 1, "a list of entries is expected")
    return rows


def read_mapping(path: Path) -> Mapping:
    data = read(path)
    if not isinstance(data, Mapping):
        raise ContentError(path, 1, "a mapping is expected")
    return data
