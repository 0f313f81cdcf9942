"""CSV files of other programs, and crmtool's own: bytes in, records out. Nothing here raises for what a file says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crmtool.importers.decoding import Decoded, decoded
from crmtool.importers.record import DEALS, Reading, Record
from crmtool.importers.tables.amounts import decimal_sign
from crmtool.importers.tables.cells import is_email
from crmtool.importers.tables.column import Column, by_field, cells_of, told_by
from crmtool.importers.tables.columns import columns_of
from crmtool.importers.tables.drafting import draft_mapping, draft_without_columns
from crmtool.importers.tables.headers import MOST_COLUMNS, plain
from crmtool.importers.tables.kinds import other_kind
from crmtool.importers.tables.leftovers import usual_width
from crmtool.importers.tables.making import Maker
from crmtool.importers.tables.mapping import Mapping
from crmtool.importers.tables.notices import ADVICE, NAMES, notices_of, notices_of_footer
from crmtool.importers.tables.own import own_records
from crmtool.importers.tables.program import CRMTOOL, Program
from crmtool.importers.tables.programs import OTHER, program_of
from crmtool.importers.tables.sheet import Sheet, other_delimiter, read_sheet

_CALLS = NAMES | {"email", "phone"}
"""Fields by which a record can be called."""
_NO_MAPPING = Mapping()
_PROBLEM = "no column holds a name, an organization, an e-mail address or a phone number"
_TOO_WIDE = "it has {count:,} columns; up to {most:,} are read"
_TOO_WIDE_ADVICE = "leave out columns that say nothing of contacts, and import it again"
_NO_HEADER = "put a line with the names of the columns above the others, such as `Name,Company,Email`"
_OTHER_SIGN = "its cells are parted by {sign}, which is not read: commas, semicolons, tabs and | are"
_OTHER_SIGN_ADVICE = "put the line `sep={sign}` above the others, or save it with semicolons between the cells"


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
    if _width(sheet) > MOST_COLUMNS:
        problem = _TOO_WIDE.format(count=_width(sheet), most=MOST_COLUMNS)
        return Reading(origin=program.origin, label=program.label, problem=problem, advice=_TOO_WIDE_ADVICE)
    if program.origin == CRMTOOL:
        notices, records = (*source.notices, *notices_of_footer(sheet)), own_records(sheet, currency)
        return Reading(origin=program.origin, label=program.label, records=records, notices=notices)
    columns, guessed = columns_of(sheet, program, mapping.by_header(), has_origin=mapping.origin is not None)
    if not any(column.field in _CALLS for column in columns):
        return _unreadable(sheet, source, program)
    maker = Maker(
        program=program,
        width=len(columns),
        usual=usual_width(sheet.rows, len(columns)),
        currency=currency,
        date_format=date_format or mapping.date_format,
        decimals=_decimals(sheet, columns),
        by_field=by_field(columns),
    )
    records = tuple(_as_mapped(maker.record(row), mapping) for row in sheet.rows)
    is_renamed = mapping.origin not in (None, program.origin)
    return Reading(
        origin=_origin(program, mapping.origin),
        label=mapping.origin if mapping.origin and is_renamed else program.label,
        records=records,
        tells=told_by(maker.by_field),
        notices=(*source.notices, *guessed, *notices_of(sheet, columns, mapping, maker.date_format)),
    )


def draft_for(data: bytes, statuses: Sequence[str]) -> str:
    """Draft a mapping.yaml for a table, in which the user says what the program could not tell."""
    text = "" if other_kind(data) else decoded(data).text
    sheet, program = _sheet(text, _NO_MAPPING)
    if not sheet.header and (sign := other_delimiter(text)):
        return draft_without_columns(sign)
    if not sheet.header and sheet.rows:
        sheet = replace(sheet, header=sheet.rows[0].cells, line=sheet.rows[0].line, rows=sheet.rows[1:])
    sheet = replace(sheet, header=sheet.header[:MOST_COLUMNS])
    columns, _ = columns_of(sheet, program, {}, has_origin=True)
    return draft_mapping(sheet, program, columns, statuses)


def _sheet(text: str, mapping: Mapping) -> tuple[Sheet, Program]:
    mapped = mapping.by_header()
    sheet = read_sheet(text, lambda header: plain(header) in mapped)
    program = program_of(frozenset(map(plain, sheet.header)))
    if program.origin == CRMTOOL:
        sheet = read_sheet(text, exact=True)
    return sheet, program


def _width(sheet: Sheet) -> int:
    """Tell how many columns a table has, by its header or else by its first row."""
    first = sheet.header or next((row.cells for row in sheet.rows), ())
    return len(first)


def _unreadable(sheet: Sheet, source: Decoded, program: Program) -> Reading:
    problem, advice = _why_unreadable(sheet, source.text)
    return Reading(
        origin=program.origin,
        label=program.label,
        records=tuple(Record(line=row.line, refused=row.fault or problem) for row in sheet.rows),
        notices=source.notices,
        problem=problem,
        advice=advice,
    )


def _why_unreadable(sheet: Sheet, text: str) -> tuple[str, str]:
    """Say why a table names nobody, and what to type or do instead."""
    if sheet.header:
        return _PROBLEM, ADVICE
    if sign := other_delimiter(text):
        return _OTHER_SIGN.format(sign=sign), _OTHER_SIGN_ADVICE.format(sign=sign)
    has_data_first = bool(sheet.rows) and any(map(is_email, sheet.rows[0].cells))
    return _PROBLEM, _NO_HEADER if has_data_first else ADVICE


def _origin(program: Program, wanted: str | None) -> str:
    """Give the origin of a table's records; deals are told from the persons of the same program, whatever its name."""
    if wanted is None or not program.persons or wanted.endswith(DEALS):
        return wanted or program.origin
    return wanted + DEALS


def _as_mapped(record: Record, mapping: Mapping) -> Record:
    """Give a record with the stage as the mapping spells it, and its persons from where the mapping says."""
    stage = mapping.spelled(record.stage) if record.stage and mapping.stages else record.stage
    persons = tuple(((mapping.origin or origin).removesuffix(DEALS), id) for origin, id in record.persons)
    return (
        record if (stage, persons) == (record.stage, record.persons) else replace(record, stage=stage, persons=persons)
    )


def _decimals(sheet: Sheet, columns: Sequence[Column]) -> dict[int, str]:
    return {
        column.index: decimal_sign(cells_of(column, sheet), sheet.delimiter)
        for column in columns
        if column.field == "value"
    }
