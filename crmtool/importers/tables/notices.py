"""What is to be said of a table as a whole: what was left out, and what the user may tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crmtool.importers.tables.cells import is_nothing, quoted
from crmtool.importers.tables.column import Column, cells_of
from crmtool.importers.tables.dates import DATE_FORMATS, fitting_formats, read_day
from crmtool.importers.tables.headers import plain
from crmtool.importers.tables.mapping import Mapping
from crmtool.importers.tables.sheet import Sheet
from crmtool.text import visible

NAMES = frozenset({"name", "first_name", "last_name", "sorted_name", "organization", "person_name", "deal_name"})
"""Fields that hold how a record is called."""
ADVICE = "`crmtool import FILE --mapping mapping.yaml` drafts a mapping.yaml, in which you say what the columns hold"


def notices_of(sheet: Sheet, columns: Sequence[Column], mapping: Mapping, date_format: str | None) -> Iterator[str]:
    """Name what was left out, columns and dates that could not be read, and what is wrong in a mapping."""
    yield from _of_names(sheet, columns)
    left_out = [column.name for column in columns if column.field == "leave_out" and _says(sheet, column)]
    if left_out:
        yield f"left out: {', '.join(map(visible, dict.fromkeys(left_out)))}"
    yield from notices_of_footer(sheet)
    if date_format is None:
        yield from _of_slashes(sheet, columns)
    have = set(map(plain, sheet.header))
    for header in mapping.columns:
        if plain(header) not in have:
            yield f"the mapping names a column {quoted(header)}, which the table does not have"


def notices_of_footer(sheet: Sheet) -> Iterator[str]:
    """Say how many lines of a report around the table were left out."""
    if sheet.footer:
        yield f"left out: {sheet.footer} {'line' if sheet.footer == 1 else 'lines'} of the report around the table"


def _of_names(sheet: Sheet, columns: Sequence[Column]) -> Iterator[str]:
    """Name the columns that may hold names where none is known to: people would be called by their addresses."""
    unknown = [quoted(column.name) for column in columns if column.is_unknown and _says(sheet, column)]
    if unknown and not any(column.field in NAMES for column in columns):
        yield f"no column is known to hold names or organizations; one of these may: {', '.join(unknown)}; {ADVICE}"


def _says(sheet: Sheet, column: Column) -> bool:
    return any(not is_nothing(cell) for cell in cells_of(column, sheet))


def _of_slashes(sheet: Sheet, columns: Sequence[Column]) -> Iterator[str]:
    """Say once that dates with slashes were not read, and which format reads all of them if only one does."""
    by_column = {column.name: _slashed(sheet, column) for column in columns if column.field == "date"}
    names = [name for name, days in by_column.items() if days]
    if not names:
        return
    days = [day for days in by_column.values() for day in days]
    fitting = list(map(fitting_formats, days))
    common = frozenset[str].intersection(*fitting)
    example = next((day for day, formats in zip(days, fitting, strict=True) if len(formats) > 1), days[0])
    has = f"{', '.join(map(visible, names))} {'has' if len(names) == 1 else 'have'} days with slashes"
    formats = " or ".join(told for told in DATE_FORMATS if told in common)
    if len(common) == 1:
        yield f"{has} such as {visible(example)}: --date-format {formats} reads all of them"
    else:
        formats = formats or f"{DATE_FORMATS[0]} or {DATE_FORMATS[1]}"
        yield f"{has} such as {visible(example)}: --date-format {formats} tells how to read them"


def _slashed(sheet: Sheet, column: Column) -> list[str]:
    read = dict.fromkeys(cells_of(column, sheet))
    return [cell.split()[0] for cell in read if read_day(cell).has_slashes]
