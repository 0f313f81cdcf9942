"""The columns of a table: what each of them holds, told by its header, and by its cells where that says more."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from crmtool.importers.tables.cells import is_email, is_nothing, is_phone
from crmtool.importers.tables.headers import Meaning, currency_of, is_of_dates, meaning, plain, typo, words
from crmtool.importers.tables.program import CSV, GOOGLE, Program
from crmtool.importers.tables.sheet import Sheet
from crmtool.records import dataclass
from crmtool.text import visible

_PREFIX = re.compile(r"\s*(?:person|deal|organi[sz]ation|lead|contact|opportunity|account)\s*(?:-|:)\s+", re.IGNORECASE)
_LOOKED_AT = 200
_MOST = 0.6
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
_PHONE_WORDS = frozenset({"phone", "telefon", "tel", "mobile", "mobil", "handy", "telephone", "cell", "whatsapp"})
_NAMES_OF_SOMEBODY = frozenset({"name", "first_name", "last_name", "organization", "person_name", "sorted_name"})
_SHORTEST_ID = 6
_LAST_NAMES = frozenset({"name", "nom", "nome", "naam"})
"""Headers of last names where another column has the first names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its place from 0, its header, and what it holds; see `crmtool.importers.headers.Meaning`.

    `label_at` is the place of the column with the label of each of its cells. `currency` is the one that its header
    names. `is_mapped` is true where the user said what it holds; such a column is preferred to others.
    """

    index: int
    header: str
    field: str
    group: str = ""
    label_at: int | None = None
    currency: str = ""
    is_mapped: bool = False

    @property
    def preference(self) -> tuple[bool, str, int]:
        """How columns of the same field are sorted, the preferred one first."""
        return not self.is_mapped, self.group, self.index

    @property
    def name(self) -> str:
        """What to call it: its header, or its number from 1 where that is empty."""
        return self.header or f"column {self.index + 1}"


ByField = Mapping[str, tuple[Column, ...]]
"""Columns by what they hold, the preferred ones first."""


def by_field(columns: Iterable[Column]) -> ByField:
    """Group columns by what they hold."""
    grouped: dict[str, list[Column]] = {}
    for column in sorted(columns, key=lambda column: column.preference):
        grouped.setdefault(column.field, []).append(column)
    return {field: tuple(columns) for field, columns in grouped.items()}


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
    columns = [_by_cells(column, sheet) for column in columns]
    columns = _with_last_name(columns)
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
    whole = program.meanings.get(plain(header))
    found = whole or meaning(header, program.meanings) or meaning(_PREFIX.sub("", header, count=1), program.meanings)
    return found or Meaning("date" if is_of_dates(header) else "")


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
    """Give each numbered column of claims the column with its label."""
    labels = {column.group: column.index for column in columns if column.field == "label"}
    return [
        replace(column, label_at=labels.get(column.group)) if column.field == "claim" and column.group else column
        for column in columns
    ]


def _typos(columns: Sequence[Column], program: Program) -> tuple[list[Column], tuple[str, ...]]:
    """Take unknown headers of an unknown program for the well-known ones that they are near to, and say so."""
    if program.origin != CSV:
        return list(columns), ()
    have = {column.field for column in columns}
    meant = {column: slip for column in columns if not column.field and (slip := typo(column.header))}
    fields = {column: found.field for column, slip in meant.items() if (found := meaning(slip))}
    fields = {column: field for column, field in fields.items() if field not in have}
    notices = tuple(f"the column {visible(column.header)!r} was read as {meant[column]!r}" for column in fields)
    return [replace(column, field=fields.get(column, column.field)) for column in columns], notices


def _by_cells(column: Column, sheet: Sheet) -> Column:
    """Look at the cells of a column that is unknown or should hold names: do they rather hold something else?"""
    if column.is_mapped or column.field not in _NAMES_OF_SOMEBODY | {"", "date"}:
        return column
    cells = list(islice((cell for cell in _cells(column, sheet) if not is_nothing(cell)), _LOOKED_AT))
    if _share(cells, is_email) > _MOST:
        return replace(column, field="email", group="~")
    said = frozenset(words(column.header))
    if _share(cells, _is_whole_number) > _MOST and (column.field in _NAMES_OF_SOMEBODY or said & _PHONE_WORDS):
        return replace(column, field="phone", group="~")
    return column if column.field else replace(column, field="claim")


def _cells(column: Column, sheet: Sheet) -> Iterable[str]:
    return (row.cells[column.index].strip() for row in sheet.rows if len(row.cells) > column.index)


def _share(cells: Sequence[str], holds: Callable[[str], bool]) -> float:
    return sum(map(holds, cells)) / len(cells) if cells else 0


def _is_whole_number(cell: str) -> bool:
    return is_phone(cell) and sum(map(str.isdigit, cell)) >= _SHORTEST_ID


def _with_last_name(columns: list[Column]) -> list[Column]:
    """Take a column Name beside one of first names for that of last names, as is usual in German tables."""
    fields = {column.field for column in columns}
    if "first_name" not in fields or "last_name" in fields:
        return columns
    return [
        replace(column, field="last_name") if column.field == "name" and plain(column.header) in _LAST_NAMES else column
        for column in columns
    ]


def _without_weak_ids(column: Column, sheet: Sheet) -> Column:
    """Rely on no ids that other tables have as well, such as 1, 2, 3, or that different rows share."""
    if column.field != "id" or column.is_mapped:
        return column
    rows = [(row.cells[column.index].strip(), row.cells) for row in sheet.rows if len(row.cells) > column.index]
    several = Counter(id for id, _ in dict.fromkeys(rows) if id)
    is_weak = any(id.isdecimal() and len(id) < _SHORTEST_ID for id, _ in rows) or max(several.values(), default=0) > 1
    return replace(column, field="claim") if is_weak else column
