"""Reading tables never raises, whatever the bytes, and every row is accounted for."""

from __future__ import annotations

import csv
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from crmtool.details import DETAILS, LISTS
from crmtool.importers.tables.mapping import Mapping, read_mapping
from crmtool.importers.tables.reading import draft_for, read_table
from crmtool.spreadsheet import guarded, table
from crmtool.text import printable

PIECES = [
    "Name", "First Name", "Vorname", "Nachname", "Email", "E-mail 1 - Value", "Phone", "Telefon geschäftlich",
    "Company",
    "Record ID", "Deal Name", "Deal - Title", "Deal Stage", "Status", "Amount", "Betrag (EUR)", "Currency",
    "Close Date",
    "Associated Contact", "Associated Contact IDs", "Address", "Street", "City", "Notes", "Labels", "crmtool_id",
    "crmtool_version", "value", ",", ",", ";", "\t", "|", "\n", "\n", "\r\n", "\r", '"', '""', "'", "=", "@",
    "sep=;\n", "/", ":",
    " ::: ", "a@example.org", "+49 421 1234", "1.234,50", "12/11/2026", "31.02.2026", "23 Nov 2026", "N/A", "(",
    ")", " ", "\0",
    "\ufeff", "\u202e", "ä", "名", "😀", "\x07", "1e999", "-", "Grand Totals (1 record)", "Copyright (c)",
    "https://x.example",
    "Wert", "Deal - Währung des Werts", "Last Activity", "Title", "Herr ", "Fax: ", "Account ID", "Phone 1 - Label",
    "Phone 1 - Value", "Work Fax", "^", "{", "[", "<a>", "USD", "4/3/2026",
]  # fmt: skip
TABLES = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
CELLS = st.text(max_size=12).map(printable).map(lambda text: text.replace("\r\n", "\n").replace("\r", "\n"))
ENTRIES = st.lists(
    CELLS.filter(lambda text: text and "\n" not in text and not text.startswith(" ")), min_size=1, max_size=3
)


def assert_sound(data: bytes) -> None:
    """Hold a reading to what is promised of every one."""
    reading = read_table(data, currency="EUR")
    lines = [record.line for record in reading.records]
    assert lines == sorted(set(lines))
    assert all(line >= 1 for line in lines)
    for record in reading.records:
        assert ("name" in record.details) != bool(record.refused)
        assert set(record.details) <= set(DETAILS)
        for key, value in record.details.items():
            assert value not in ("", [], None)
            assert isinstance(value, list) == (key in LISTS)
        assert all(claim.label and claim.value for claim in record.claims)
        assert not reading.problem or record.refused


@given(st.binary(max_size=300))
@example(b"\xff\xfeN\0")
@example(b'"')
def test_any_bytes_give_a_reading(data: bytes) -> None:
    assert_sound(data)
    assert isinstance(read_mapping("mapping.yaml", draft_for(data, ["new"]).encode()), Mapping)


@given(TABLES, st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_any_table_gives_a_reading_and_a_draft_that_can_be_read(text: str, encoding: str) -> None:
    data = text.encode(encoding, errors="replace")
    assert_sound(data)
    assert isinstance(read_mapping("mapping.yaml", draft_for(data, ["new"]).encode()), Mapping)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=8))
def test_every_row_that_says_something_is_one_record(rows: list[list[str]]) -> None:
    lines: list[str] = []
    csv.writer(type("", (), {"write": staticmethod(lines.append)})()).writerows([["Name", "Zzz"], *rows])
    told = [row for row in rows if any(cell.replace("\0", "").strip() for cell in row)]
    reading = read_table("".join(lines).encode(), currency="EUR")
    headers = sum([cell.strip().casefold() for cell in row] == ["name", "zzz"] for row in told)
    assert len(reading.records) == len(told) - headers


@given(
    st.fixed_dictionaries(
        {"name": CELLS.filter(str.strip)},
        optional={
            "organization": CELLS.filter(bool),
            "role": CELLS.filter(bool),
            "address": CELLS.filter(bool),
            "email": ENTRIES,
            "url": ENTRIES,
            "tags": ENTRIES,
            "value": st.integers(0, 10**20) | st.floats(0, 1e300),
        },
    ),
    st.sampled_from([",", ";"]),
)
def test_what_is_exported_is_read_as_it_was(details: dict[str, Any], delimiter: str) -> None:
    header = ["crmtool_id", "crmtool_version", *DETAILS]
    cells = ["a/b", "0a1b2c3d", *(exported(details.get(key, ""), delimiter) for key in DETAILS)]
    reading = read_table(table([header, cells], delimiter=delimiter).encode(), currency="EUR")
    (record,) = reading.records
    assert (record.contact, record.version, record.details) == ("a/b", "0a1b2c3d", details)


def exported(value: Any, delimiter: str) -> str:
    """Write a cell as the export does."""
    if isinstance(value, list):
        value = (
            "\n".join([*value, ""][: max(len(value), 2)]) if any(";" in entry for entry in value) else "; ".join(value)
        )
    elif not isinstance(value, str):
        return repr(value).replace(".", ",") if delimiter == ";" else repr(value)
    return guarded(value)
