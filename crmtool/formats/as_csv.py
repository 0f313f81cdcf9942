"""Rows as CSV: what lists tell, for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from crmtool.spreadsheet import defused, table


def render(keys: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Write a header and the rows, lists joined by a blank, what is absent left empty."""
    return table([keys, *([_cell(row[key]) for key in keys] for row in rows)])


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case int() | float():
            return str(value)
        case str():
            return defused(value)
        case _:
            return defused(" ".join(value))
