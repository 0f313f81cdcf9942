"""Small tables to read, and what is looked at of the outcome."""

from __future__ import annotations

from typing import Any

from crmtool.importers.record import Reading, Record
from crmtool.importers.tables.mapping import Mapping
from crmtool.importers.tables.reading import read_table


def reading(text: str | bytes, mapping: Mapping | None = None, date_format: str | None = None) -> Reading:
    data = text.encode() if isinstance(text, str) else text
    return read_table(data, currency="EUR", mapping=mapping, date_format=date_format)


def record(text: str | bytes, mapping: Mapping | None = None, date_format: str | None = None) -> Record:
    """Read a table that has just one record."""
    (found,) = reading(text, mapping, date_format).records
    return found


def row(header: str, cells: str, **settings: Any) -> Record:
    """Read the record of a table of one row."""
    return record(f"{header}\n{cells}\n", **settings)


def claims(found: Record) -> list[tuple[str, str]]:
    return [(claim.label, claim.value) for claim in found.claims]
