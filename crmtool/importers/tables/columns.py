"""The columns of a table: what each of them holds, told by its header, and by its cells where that says more."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from crmtool.importers.tables.cells import quoted
from crmtool.importers.tables.column import Column
from crmtool.importers.tables.headers import (
    MOST_MISTYPED,
    Meaning,
    currency_of,
    is_of_dates,
    meaning,
    plain,
    typo,
)
from crmtool.importers.tables.looking import by_cells
from crmtool.importers.tables.program import CSV, GOOGLE, Program
from crmtool.importers.tables.sheet import Sheet

_NUMBERED = re.compile(
    r"(email|phone|website|address|organization|im|relation|event|customfield|jot|calendarlink|externalid)\d+"
    r"(label|type|value|service|formatted|street|extendedaddress|city|pobox|region|postalcode|country|name|title|"
    r"department|yominame|symbol|location|jobdescription)"
)
_NUMBERED_FIELDS = {
    "email": "email", "phone": "phone", "website": "url", "customfield": "claim", "im": "claim", "jot": "claim",
    "calendarlink": "claim", "externalid": "claim", "relation": "leave_out", "event": "leave_out",
}  # fmt: skip
_NUMBERED_PARTS = {
    "formatted": "formatted", "street": "street", "extendedaddress": "street", "city": "city", "pobox": "po_box",
    "region": "region", "postalcode": "postal_code", "country": "country", "name": "organization", "title": "role",
}  # fmt: skip
_SHORTEST_ID = 6
_OF_PERSONS = frozenset({"id", "name", "first_name", "last_name", "sorted_name"})
_LAST_NAMES = frozenset({"name", "nom", "nome", "naam"})
"""Headers of last names where another column has the first names."""


def columns_of(
    sheet: Sheet, program: Program, mapped: Mapping[str, str], *, has_origin: bool = False
) -> tuple[tuple[Column, ...], tuple[str, ...]]:
    """Tell what the columns of a table hold, and what had to be guessed.

    `mapped` are the fields that a user said, by plain header; `has_origin` is true if ids of a program that is not
    known may be relied on.
    """
    columns = [_column(i, header, program, mapped) for i, header in enumerate(sheet.header)]
    columns = _with_labels(columns)
    columns, notices = _typos(columns, program)
    columns = [by_cells(column, sheet) for column in columns]
    columns = _with_organization_id(_with_last_name(columns))
    if program.origin == CSV and not has_origin:
        columns = [_without_weak_ids(column, sheet) for column in columns]
    return tuple(columns), notices


def _column(index: int, header: str, program: Program, mapped: Mapping[str, str]) -> Column:
    field = mapped.get(plain(header))
    if field is not None:
        return Column(index=index, header=header, field=field, currency=currency_of(header), is_mapped=True)
    found = _meaning(header, program)
    currency = currency_of(header) if found.field == "value" else ""
    return Column(index=index, header=header, field=found.field, group=found.group, currency=currency)


def _meaning(header: str, program: Program) -> Meaning:
    if program.origin == GOOGLE and (numbered := _numbered(header)):
        return numbered
    return meaning(header, program.meanings) or Meaning("date" if is_of_dates(header) else "")


def _numbered(header: str) -> Meaning | None:
    """Read Google's numbered headers, such as `E-mail 1 - Value`."""
    key = plain(header)
    match = _NUMBERED.fullmatch(key)
    if match is None:
        return None
    kind, part = match.groups()
    number = re.sub(r"\D", "", key)
    if part in ("label", "type", "service"):
        return Meaning("label", kind + number)
    if kind in ("address", "organization"):
        group = number if kind == "address" else ""
        return Meaning(_NUMBERED_PARTS.get(part, "claim"), group)
    return Meaning(_NUMBERED_FIELDS[kind], kind + number)


def _with_labels(columns: Sequence[Column]) -> list[Column]:
    """Give each numbered column of claims or phone numbers the column with its label."""
    labels = {column.group: column.index for column in columns if column.field == "label"}
    return [
        replace(column, label_at=labels.get(column.group)) if column.field in ("claim", "phone") else column
        for column in columns
    ]


def _typos(columns: Sequence[Column], program: Program) -> tuple[list[Column], tuple[str, ...]]:
    """Take unknown headers of an unknown program for the well-known ones that they are near to, and say so."""
    if program.origin != CSV:
        return list(columns), ()
    have = {column.field for column in columns}
    meant = {column: slip for column in columns[:MOST_MISTYPED] if not column.field and (slip := typo(column.header))}
    fields = {column: found.field for column, slip in meant.items() if (found := meaning(slip))}
    fields = {column: field for column, field in fields.items() if field not in have}
    notices = tuple(f"the column {quoted(column.header)} was read as {quoted(meant[column])}" for column in fields)
    return [replace(column, field=fields.get(column, column.field)) for column in columns], notices


def _with_last_name(columns: list[Column]) -> list[Column]:
    """Take a column Name beside one of first names for that of last names, as is usual in German tables."""
    fields = {column.field for column in columns}
    if "first_name" not in fields or "last_name" in fields:
        return columns
    return [
        replace(column, field="last_name") if column.field == "name" and plain(column.header) in _LAST_NAMES else column
        for column in columns
    ]


def _with_organization_id(columns: list[Column]) -> list[Column]:
    """Take the id of an organization for that of the record where the table has nobody else; else it is another's."""
    fields = {column.field for column in columns}
    field = "id" if fields.isdisjoint(_OF_PERSONS) else "leave_out"
    return [replace(column, field=field) if column.field == "organization_id" else column for column in columns]


def _without_weak_ids(column: Column, sheet: Sheet) -> Column:
    """Rely on no ids that other tables have as well, such as 1, 2, 3, or that different rows share."""
    if column.field != "id" or column.is_mapped:
        return column
    rows = [(row.cells[column.index].strip(), row.cells) for row in sheet.rows if len(row.cells) > column.index]
    several = Counter(id for id, _ in dict.fromkeys(rows) if id)
    is_weak = any(id.isdecimal() and len(id) < _SHORTEST_ID for id, _ in rows) or max(several.values(), default=0) > 1
    return replace(column, field="claim") if is_weak else column
