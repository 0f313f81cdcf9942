"""A mapping.yaml to begin with: the best guess for each column of a table, and its stages to be filled in."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from crmtool.details import LISTS
from crmtool.importers.tables.addressing import PARTS
from crmtool.importers.tables.cells import is_email, is_nothing, is_phone, is_url, tidy
from crmtool.importers.tables.column import Column
from crmtool.importers.tables.dates import DATE_FORMATS, is_day
from crmtool.importers.tables.headers import known, plain
from crmtool.importers.tables.looking import is_of_another
from crmtool.importers.tables.mapping import FIELDS, LEAVE_OUT, VERSION
from crmtool.importers.tables.program import Program
from crmtool.importers.tables.programs import OTHER
from crmtool.importers.tables.sheet import Sheet
from crmtool.text import one_line

_LONGEST_KEY = 1_000
"""YAML reads no key that is much longer; one of control characters soon is."""
_LOOKED_AT, _MOST_STAGES, _MOST_COLUMNS = 200, 50, 200
_MOST, _NEAR, _SHORTEST, _WIDTH, _FEWEST_DIGITS = 0.6, 0.84, 5, 110, 6
_NUMBER = re.compile(r"[-+]?(?:[1-9]\d{0,2}(?:[.,']\d{3})+(?:[.,]\d+)?|\d+[.,]\d{1,2})")


def _is_only_phone(text: str) -> bool:
    """Whether a text reads like a phone number, and not like an amount, a day or a short number of anything."""
    digits = sum(map(str.isdigit, text))
    return is_phone(text) and digits >= _FEWEST_DIGITS and not (_NUMBER.fullmatch(text) or is_day(text))


_AS_WRITTEN = {"notes": "note", "": "claim"}
_LOOKS = (
    ("email", is_email, "e-mail addresses"),
    ("url", is_url, "web addresses"),
    ("date", is_day, "dates"),
    ("claim", _is_only_phone, "what may be phone numbers"),
)
_SPECIAL = {
    "person_name": "the persons of a deal",
    "person_id": "the ids of a deal's persons",
    "deal_name": "the name of a deal",
    "sorted_name": "the last name, and behind a comma the first",
    "formatted": "an address as a whole",
    "house_number": "the number of a house",
    "po_box": "a post-office box",
    "postal_code_and_city": "a postal code and a city",
    "label": "what another column is called",
}
"""What a column may hold that a mapping cannot say."""
_HEAD = """\
# What the columns of a table mean, for `crmtool import FILE --mapping mapping.yaml`.
# Look at each line below `columns`, and correct what was guessed wrong. A column may be:"""
_OF_KNOWN = "# {label} is known: what follows a # holds already, take that away only where it is wrong."
_OF_OTHER = """\
# A short name for the program that this comes from; with it, the ids of its records are relied on.
# origin: our-old-crm"""
_STAGES = """\
# Which status a stage of the other program would be here. It decides nothing: what is said there is kept as a claim.
# Take away the #, and write a status, or leave_out for records that are not wanted.
# Statuses: {statuses}
# stages:"""


_OF_DELIMITERS = """\
# The columns cannot be told apart: they are parted by {sign}, which is not read. Save the table with commas,
# semicolons, tabs or | between its cells, or put the line sep={sign} above the others. Then delete this file, and
# let it be drafted again."""


def draft_without_columns(sign: str) -> str:
    """Write a mapping for a table whose delimiter is not read: it says so, and what to do."""
    return f"{_OF_DELIMITERS.format(sign=sign)}\nversion: {VERSION}\ncolumns: {{}}\n"


def draft_mapping(sheet: Sheet, program: Program, columns: Sequence[Column], statuses: Sequence[str]) -> str:
    """Write a mapping for a table, with comments; `statuses` are the ids that a stage may be given."""
    return "".join(f"{line}\n" for line in _lines(sheet, program, columns, statuses))


def _lines(sheet: Sheet, program: Program, columns: Sequence[Column], statuses: Sequence[str]) -> Iterator[str]:
    is_known = program is not OTHER
    yield _HEAD
    yield from _wrapped(FIELDS)
    yield f"version: {VERSION}"
    yield _OF_KNOWN.format(label=program.label) if is_known else _OF_OTHER
    yield f"# How dates with slashes are read: {', '.join(DATE_FORMATS)}"
    yield f"# date_format: {DATE_FORMATS[0]}"
    can_be_keys = (column for column in reversed(columns) if len(_key(column.header)) <= _LONGEST_KEY)
    named = {name: column for column in can_be_keys if (name := plain(column.header))}
    yield "columns:" if named else "columns: {}"
    have, first = {column.field for column in columns}, _first_place(columns)
    for number, column in enumerate(reversed(named.values())):
        # To look for what is spelled nearly so takes a while: no table that people made has that many columns.
        is_told = is_known or number >= _MOST_COLUMNS
        field, why = _told_by_name(column) if is_told else _guess(column, sheet, have)
        is_held = is_known or _is_beyond(column, first)
        yield f"  {'# ' if is_held else ''}{_key(column.header)}: {field}{f'  # {why}' if why else ''}"
    yield _STAGES.format(statuses=", ".join(statuses))
    stages = (stage for column in columns if column.field == "stage" for stage in _told(column, sheet))
    for stage in islice(dict.fromkeys(stages), _MOST_STAGES):
        yield f"#   {_key(stage)}:"


def _first_place(columns: Sequence[Column]) -> str:
    """Give the group of columns that holds the first address; empty where none does."""
    return min((column.group for column in columns if column.field in PARTS), default="")


def _is_beyond(column: Column, first_place: str) -> bool:
    """Whether a mapping cannot say as well what a column holds, such as a part of somebody's second address."""
    is_second = column.field in PARTS and column.group != first_place
    return is_second or _as_written(column) not in FIELDS


def _as_written(column: Column) -> str:
    return _AS_WRITTEN.get(column.field, column.field)


def _told_by_name(column: Column) -> tuple[str, str]:
    """Give the field that a column's name tells, and in words what it holds where a mapping cannot say that."""
    field = _as_written(column)
    if field in FIELDS:
        return field, ""
    return LEAVE_OUT if field == "label" else "claim", f"read as {_SPECIAL[field]}" if field in _SPECIAL else ""


def _guess(column: Column, sheet: Sheet, have: Collection[str]) -> tuple[str, str]:
    """Guess the field of a column, and say by what where it was not its name."""
    if _as_written(column) != "claim":
        return _told_by_name(column)
    cells = [] if is_of_another(column.header) else list(islice(_told(column, sheet), _LOOKED_AT))
    for looks, holds, words in _LOOKS:
        if sum(map(holds, cells)) > len(cells) * _MOST:
            return looks, f"holds {words}"
    found = _nearly(plain(column.header))
    if not found or (found in have and found not in LISTS) or _AS_WRITTEN.get(found, found) not in FIELDS:
        return "claim", ""
    return _AS_WRITTEN.get(found, found), "a guess: it is spelled nearly so"


def _nearly(key: str) -> str:
    """Give the field of the header that one is spelled nearly like; empty where there is none."""
    near = difflib.get_close_matches(key, known(), n=1, cutoff=_NEAR) if len(key) >= _SHORTEST else []
    return known()[near[0]].field if near and near[0] != key else ""


def _told(column: Column, sheet: Sheet) -> Iterator[str]:
    cells = (tidy(row.cells[column.index]) for row in sheet.rows if len(row.cells) > column.index)
    return (one_line(cell) for cell in cells if not is_nothing(cell))


def _key(text: str) -> str:
    written = json.dumps(text, ensure_ascii=False)
    return "".join(char if char.isprintable() else f"\\U{ord(char):08x}" for char in written)


def _wrapped(fields: Sequence[str]) -> Iterator[str]:
    line = "#  "
    for field in fields:
        if len(line) + len(field) > _WIDTH:
            yield line
            line = "#  "
        line += f" {field},"
    yield line.rstrip(",")
