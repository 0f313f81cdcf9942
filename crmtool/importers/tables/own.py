"""Tables that crmtool exported itself: they give back exactly the details that were exported."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from crmtool.details import DETAILS, LISTS
from crmtool.importers.record import Claim, Record
from crmtool.importers.tables.amounts import read_amount
from crmtool.importers.tables.cells import quoted
from crmtool.importers.tables.headers import plain
from crmtool.importers.tables.rows import Row
from crmtool.importers.tables.sheet import Sheet
from crmtool.spreadsheet import unguarded
from crmtool.text import printable
from crmtool.yaml_reader import Value

_JOINED = "; "
_NUMBER = re.compile(r"\d+(\.\d+)?(e[+-]?\d+)?", re.IGNORECASE)
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?!\d)")
_NO_NAME = "it has no name"


def own_records(sheet: Sheet, currency: str) -> tuple[Record, ...]:
    """Read the records of crmtool's own table; columns that say what was decided are passed over, but the status.

    A value is in `currency`, whose sign a spreadsheet may have added.
    """
    places = {plain(header): i for i, header in reversed(list(enumerate(sheet.header)))}
    return tuple(_record(row, places, sheet.delimiter, currency) for row in sheet.rows)


def _record(row: Row, places: Mapping[str, int], delimiter: str, currency: str) -> Record:
    if row.fault:
        return Record(line=row.line, refused=row.fault)

    def cell(key: str) -> str:
        place = places.get(plain(key), len(row.cells))
        return printable(unguarded(row.cells[place])) if place < len(row.cells) else ""

    details: dict[str, Value] = {}
    for key in DETAILS:
        if key != "value" and (told := cell(key)):
            details[key] = _entries(told) if key in LISTS else told
    written = cell("value").strip()
    value = _german(written, currency) if delimiter == ";" else _number(written)
    if value is not None:
        details["value"] = value
    is_wrong = bool(written) and value is None
    return Record(
        line=row.line,
        details=details,
        contact=cell("crmtool_id").strip(),
        version=cell("crmtool_version").strip(),
        stage=cell("status").strip(),
        stage_label="status",
        claims=(Claim(label="value", value=written),) if is_wrong else (),
        doubts=(f"value: {quoted(written)} is no number of 0 or more",) if is_wrong else (),
        refused="" if str(details.get("name", "")).strip() else _NO_NAME,
    )


def _entries(cell: str) -> list[Value]:
    """Split a list: one entry a line where an entry holds a semicolon itself, else at semicolons."""
    parts = cell.split("\n") if "\n" in cell else cell.split(_JOINED)
    return [part for part in parts if part]


def _german(text: str, currency: str) -> int | float | None:
    """Read a number with a decimal comma, as it was exported, or as a spreadsheet shows it: `1.500,5`."""
    if _GROUPED.match(text):
        return read_amount(text, currency, ",").value
    value = _number(text.replace(",", "."))
    return read_amount(text, currency, ",").value if value is None else value


def _number(text: str) -> int | float | None:
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    if not (match[1] or match[2]):
        return int(text) if len(text) <= 300 else None
    value = float(text)
    return value if math.isfinite(value) else None
