"""A column of a table, and what it holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from crmtool.details import DETAILS
from crmtool.importers.tables.addressing import PARTS
from crmtool.importers.tables.sheet import Sheet
from crmtool.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its place from 0, its header, and what it holds; see `crmtool.importers.tables.headers.Meaning`.

    `label_at` is the place of the column with the label of each of its cells. `currency` is the one that its header
    names. `is_mapped` is true where the user said what it holds; such a column is preferred to others. `is_unknown` is
    true where nothing tells what it holds.
    """

    index: int
    header: str
    field: str
    group: str = ""
    label_at: int | None = None
    currency: str = ""
    is_mapped: bool = False
    is_unknown: bool = False

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


def told_by(by_field: ByField) -> frozenset[str]:
    """Give the details that columns can tell: of these alone an empty cell says something."""
    told = {key for key in DETAILS if key in by_field}
    return frozenset(told | ({"address"} if any(field in by_field for field in PARTS) else set()))


def cells_of(column: Column, sheet: Sheet) -> Iterable[str]:
    """Go through the cells of a column, without the blanks around them."""
    return (row.cells[column.index].strip() for row in sheet.rows if len(row.cells) > column.index)
