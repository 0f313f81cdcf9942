"""What a page shows, for tests: its fenced blocks, and its tables, a mapping a row."""

from __future__ import annotations

import re
from collections.abc import Iterator

_BLOCK = re.compile(r"^```(?P<language>\w+)\n(?P<text>.*?)^```", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`([^`]+)`")


def blocks(page: str, language: str) -> list[str]:
    """List the fenced blocks of a language."""
    return [found["text"] for found in _BLOCK.finditer(page) if found["language"] == language]


def rows(page: str, *columns: str) -> Iterator[dict[str, str]]:
    """Go through the rows of the tables that have these columns, whatever others they have."""
    heads: list[str] = []
    for line in _BLOCK.sub("", page).splitlines():
        if not line.startswith("|"):
            heads = []
        elif not heads:
            heads = _cells(line)
        elif set(columns) <= set(heads) and not set(line) <= set("|- :"):
            yield dict(zip(heads, _cells(line), strict=True))


def codes(cell: str) -> list[str]:
    """List what a cell has in code spans."""
    return _CODE.findall(cell)


def code(cell: str) -> str:
    """Give a cell's only code span; empty for an empty cell."""
    return next(iter(codes(cell)), "")


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]
