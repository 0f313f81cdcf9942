"""Tables as CSV (RFC 4180), safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence

from crmtool.text import LINE_BREAK, printable

_FORMULA = ("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")
"""How a text begins that a spreadsheet would run; some take the full-width signs for the others."""
_GUARDED = re.compile(f"'*[{re.escape(''.join(_FORMULA))}]|''")
"""How a text begins that gets an apostrophe, so that whoever reads it back may take just one away."""


class _Lines(list[str]):
    """Something to write to: the pure part opens no files."""

    write = list.append


def table(rows: Iterable[Sequence[str]], *, delimiter: str = ",", line_end: str = "\n") -> str:
    """Write rows of texts, one with a delimiter, a quotation mark or a line break in it between quotation marks."""
    lines = _Lines()
    csv.writer(lines, delimiter=delimiter, lineterminator=line_end).writerows(rows)
    return "".join(lines)


def defused(text: str) -> str:
    """Defuse what would be run as a formula: spreadsheets take a text that begins with an apostrophe as it stands."""
    told = _told(text).rstrip("\n")
    return f"'{told}" if told.startswith(_FORMULA) else told


def guarded(text: str) -> str:
    """Defuse a text so that it can be told from any other: without the apostrophe in front it is as it was.

    One gets the apostrophe, too, that begins with `''`, or with apostrophes and what would be run. Line breaks become
    LF, and control characters U+FFFD.
    """
    told = _told(text)
    return f"'{told}" if _GUARDED.match(told) else told


def unguarded(text: str) -> str:
    """Give the text that was guarded: without the apostrophe in front by which it is kept from being run."""
    return text[1:] if text.startswith("'") and _GUARDED.match(text[1:]) else text


def _told(text: str) -> str:
    # A carriage return alone would end the row for many readers, and Python writes it without quotes.
    return LINE_BREAK.sub("\n", printable(text))
