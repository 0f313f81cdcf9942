"""Values as SQLite holds them."""

from __future__ import annotations

import json
from datetime import date
from typing import TypeAlias

from crmtool.yaml_reader import Value

Cell: TypeAlias = str | int | float | None
Row: TypeAlias = tuple[Cell, ...]
_INTEGERS = 1 << 63
_MOST = 1.7976931348623157e308
"""The largest number that there is room for; a file may hold a larger one."""


def text(value: Value) -> str | None:
    """Give a text as UTF-8 has it: half of a surrogate pair as its escape, NUL as its sign; None for anything else."""
    if not isinstance(value, str):
        return None
    return value.replace("\0", "\u2400").encode(errors="backslashreplace").decode()


def needed(value: str) -> str:
    """Give a text that is there in any case, as `text` does."""
    return text(value) or ""


def number(value: Value) -> float | None:
    """Give a number, one beyond 64 bits as near as there is room for; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if isinstance(value, int) and not -_INTEGERS <= value < _INTEGERS:
        return float(min(max(value, -int(_MOST)), int(_MOST)))
    return value


def day(value: date | None) -> str | None:
    """Give a day as YYYY-MM-DD."""
    return value.isoformat() if value else None


def as_json(value: Value) -> str | None:
    """Give what is no plain value as JSON; None for nothing."""
    return None if value is None else text(json.dumps(value, ensure_ascii=False, sort_keys=True))
