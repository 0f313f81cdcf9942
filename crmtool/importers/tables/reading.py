"""CSV files of other programs, and crmtool's own: bytes in, records out. Nothing here raises for what a file says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from crmtool.importers.decoding import Decoded, decoded
from crmtool.importers.record import Reading, Record
from crmtool.importers.tables.amounts import decimal_sign
from crmtool.importers.tables.cells import is_email, is_nothing
from crmtool.importers.tables.columns import Column, by_field, columns_of
from crmtool.importers.tables.dates import read_day
from crmtool.importers.tables.drafting import draft_mapping
from crmtool.importers.tables.headers import plain
from crmtool.importers.tables.kinds import other_kind
from crmtool.importers.tables.making import Maker
from crmtool.importers.tables.mapping import Mapping
from crmtool.importers.tables.own import own_records
from crmtool.importers.tables.program import CRMTOOL, Program
from crmtool.importers.tables.programs import OTHER, program_of
from crmtool.importers.tables.sheet import Sheet, read_sheet
from crmtool.text import visible

_CALLS = frozenset(
    {"name", "first_name", "last_name", "sorted_name", "organization", "email", "person_name", "deal_name"}
)
"""Fields by which a record can be called."""
_NO_MAPPING = Mapping()
_PROBLEM = "no column holds a name, an organization or an e-mail address"
_NO_HEADER = "put a line with the names of the columns above the others, such as `Name,Company,Email`"
_ADVICE = "`crmtool import FILE --mapping mapping.yaml` drafts a mapping.yaml, in which you say what the columns hold"


def read_table(
    data: bytes, *, currency: str, mapping: Mapping | None = None, date_format: str | None = None
) -> Reading:
    """Read a table of contacts or deals; `currency` is the rule book's, in which a contact's value is given.

    `date_format`, one of DATE_FORMATS, tells how dates with slashes are read; it goes before that of the mapping.
    """
    kind = other_kind(data)
    if kind:
        return Reading(origin=OTHER.origin, label=OTHER.label, problem=kind.problem, advice=kind.advice)
    mapping = mapping or _NO_MAPPING
    source = decoded(data)
    sheet, program = _sheet(source.text, mapping)
    if program.origin == CRMTOOL:
        notices = (*source.notices, *_of_footer(sheet))
        return Reading(origin=program.origin, label=program.label, records=own_records(sheet), notices=notices)
    columns, guessed = columns_of(sheet, program, mapping.by_header(), has_origin=mapping.origin is not None)
    if not any(column.field in _CALLS for column in columns):
        return _unreadable(sheet, source, program)
    maker = Maker(
        program=program,
        width=len(columns),
        currency=currency,
        date_format=date_format or mapping.date_format,
        decimals=_decimals(sheet, columns),
        by_field=by_field(columns),
    )
    records = tuple(_spelled(maker.record(row), mapping) for row in sheet.rows)
    return Reading(
        origin=mapping.origin or program.origin,
        label=program.label if mapping.origin in (None, program.origin) else mapping.origin,
        records=records,
        notices=(*source.notices, *guessed, *_notices(sheet, columns, maker.date_format, mapping)),
    )


def draft_for(data: bytes, statuses: Sequence[str]) -> str:
    """Draft a mapping.yaml for a table, in which the user says what the program could not tell."""
    sheet, program = _sheet("" if other_kind(data) else decoded(data).text, _NO_MAPPING)
    if not sheet.header and sheet.rows:
        sheet = replace(sheet, header=sheet.rows[0].cells, line=sheet.rows[0].line, rows=sheet.rows[1:])
    columns, _ = columns_of(sheet, program, {}, has_origin=True)
    return draft_mapping(sheet, program, columns, statuses)


def _sheet(text: str, mapping: Mapping) -> tuple[Sheet, Program]:
    mapped = mapping.by_header()
    sheet = read_sheet(text, lambda header: plain(header) in mapped)
    program = program_of(frozenset(map(plain, sheet.header)))
    if program.origin == CRMTOOL:
        sheet = read_sheet(text, exact=True)
    return sheet, program


def _unreadable(sheet: Sheet, source: Decoded, program: Program) -> Reading:
    records = tuple(Record(line=row.line, refused=row.fault or _PROBLEM) for row in sheet.rows)
    has_data_first = not sheet.header and bool(sheet.rows) and any(map(is_email, sheet.rows[0].cells))
    return Reading(
        origin=program.origin,
        label=program.label,
        records=records,
        notices=source.notices,
        problem=_PROBLEM,
        advice=_NO_HEADER if has_data_first else _ADVICE,
    )


def _spelled(record: Record, mapping: Mapping) -> Record:
    stage = mapping.spelled(record.stage) if record.stage and mapping.stages else record.stage
    return record if stage == record.stage else replace(record, stage=stage)


def _decimals(sheet: Sheet, columns: Sequence[Column]) -> dict[int, str]:
    return {
        column.index: decimal_sign((cell for _, cell in _cells(sheet, column)), sheet.delimiter)
        for column in columns
        if column.field == "value"
    }


def _cells(sheet: Sheet, column: Column) -> Iterator[tuple[int, str]]:
    for row in sheet.rows:
        if len(row.cells) > column.index and (cell := row.cells[column.index].strip()):
            yield row.line, cell


def _notices(sheet: Sheet, columns: Sequence[Column], date_format: str | None, mapping: Mapping) -> Iterator[str]:
    left_out = [column.name for column in columns if column.field == "leave_out" and _says(sheet, column)]
    if left_out:
        yield f"left out: {', '.join(map(visible, dict.fromkeys(left_out)))}"
    yield from _of_footer(sheet)
    if date_format is None:
        yield from _of_slashes(sheet, columns)
    have = set(map(plain, sheet.header))
    for header in mapping.columns:
        if plain(header) not in have:
            yield f"the mapping names a column {visible(header)!r}, which the table does not have"


def _says(sheet: Sheet, column: Column) -> bool:
    return any(not is_nothing(cell) for _, cell in _cells(sheet, column))


def _of_footer(sheet: Sheet) -> Iterator[str]:
    if sheet.footer:
        yield f"left out: {sheet.footer} {'line' if sheet.footer == 1 else 'lines'} of the report around the table"


def _of_slashes(sheet: Sheet, columns: Sequence[Column]) -> Iterator[str]:
    """Say once that dates with slashes were not read, with the first of them."""
    for column in columns:
        for _, cell in _cells(sheet, column) if column.field == "date" else ():
            if read_day(cell).has_slashes:
                yield f"{cell.split()[0]} may be read in two ways; --date-format MM/DD/YYYY or DD/MM/YYYY tells which"
                return
