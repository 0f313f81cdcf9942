"""Rows as CSV (RFC 4180), safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from crmtool.text import printable

_FORMULA = ("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")
"""How a text begins that a spreadsheet would run; some take the full-width signs for the others."""


class _Lines(list[str]):
    """Something to write to: the pure part opens no files."""

    write = list.append


def render(keys: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Write a header and the rows, lists joined by a blank, what is absent left empty."""
    lines = _Lines()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(keys)
    writer.writerows([_cell(row[key]) for key in keys] for row in rows)
    return "".join(lines)


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case int() | float():
            return str(value)
        case str():
            return _harmless(value)
        case _:
            return _harmless(" ".join(value))


def _harmless(text: str) -> str:
    """Defuse what would be run as a formula: spreadsheets take a text that begins with an apostrophe as it stands."""
    # A carriage return alone would end the row for many readers, and Python writes it without quotes.
    told = printable(text).rstrip("\r\n").replace("\r\n", "\n").replace("\r", "\n")
    return f"'{told}" if told.startswith(_FORMULA) else told
