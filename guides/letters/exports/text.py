"""Plain text for a mail or a terminal: 76 columns, nothing but words and spaces."""

import textwrap
from collections.abc import Iterator

from guides.letters.exports.layout import Block, Role, blocks, signed_by_hand
from guides.letters.papers import Paper, Table

COLUMNS = 76
_HALFWAY = 38  # where the right-hand column of a French letter begins
_RIGHT = frozenset({Role.RECIPIENT, Role.PLACE_AND_DATE})
_BULLET = "- "
_COLON = {"fr": "\u00a0:", "en": ":"}


def write(paper: Paper) -> bytes:
    return ("\n\n".join(_written(paper)) + "\n").encode()


def _written(paper: Paper) -> Iterator[str]:
    for block in blocks(paper):
        if block.table:
            yield _table(block.table, _COLON[paper.language])
        elif block.role is Role.ITEM:
            yield "\n".join(_item(line) for line in block.lines)
        elif block.role in _RIGHT:
            yield _lines(block, " " * _HALFWAY)
        elif block.role is Role.SIGNATURE and signed_by_hand(paper):
            yield "\n\n" + _lines(block, " " * _HALFWAY)
        elif block.role is Role.NOTICE:
            rule = "-" * COLUMNS
            yield f"{rule}\n{_lines(block)}\n{rule}"
        elif block.role in (Role.TITLE, Role.HEADING):
            yield f"{_lines(block)}\n{('=' if block.role is Role.TITLE else '-') * _width(block)}"
        else:
            yield _lines(block)


def _lines(block: Block, indent: str = "") -> str:
    return "\n".join(_wrapped(line, indent, indent) for line in block.lines)


def _width(block: Block) -> int:
    return min(COLUMNS, max(len(line) for line in block.lines))


def _item(line: str) -> str:
    return _wrapped(line, _BULLET, " " * len(_BULLET))


def _table(table: Table, colon: str) -> str:
    """Row by row, each value beside what it is a value of: read aloud or on a phone, a grid would fall apart."""
    rows = [_wrapped(table.caption, "", "")]
    for head, *cells in table.rows:
        if len(cells) == 1:
            rows.append(_item(f"{head}{colon} {cells[0]}"))
            continue
        rows.append(_item(head))
        rows += [
            _wrapped(f"{name}{colon} {cell}", "  ", "    ") for name, cell in zip(table.columns[1:], cells, strict=True)
        ]
    return "\n".join(rows)


def _wrapped(line: str, first: str, rest: str) -> str:
    return textwrap.fill(
        line,
        COLUMNS,
        initial_indent=first,
        subsequent_indent=rest,
        break_on_hyphens=False,
        replace_whitespace=False,
        expand_tabs=False,
    )
