"""Tables that others wrote, where they are present: every row is accounted for, and nothing raises."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from crmtool.details import DETAILS, LISTS
from crmtool.importers.tables.reading import draft_for, read_table

FOLDER = Path(__file__).parents[4].parent / "shared" / "real" / "groweasy-csv"
FILES = sorted(FOLDER.glob("*.csv"))


def rows_that_say_something(path: Path) -> int:
    """Count them in another way: all of these files are UTF-8 and have well-formed quotation marks."""
    text = path.read_text(encoding="utf-8-sig")
    delimiter = max(",;\t|", key=text.partition("\n")[0].count)
    return sum(
        any(cell.strip() for cell in row) for row in csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    )


@pytest.mark.skipif(not FILES, reason="the tables are not here")
@pytest.mark.parametrize("path", FILES, ids=[path.stem.rpartition("~")[2] for path in FILES])
def test_all_rows_of_a_real_table_are_records(path: Path) -> None:
    reading = read_table(path.read_bytes(), currency="EUR")
    assert reading.problem == ""
    assert len(reading.records) == rows_that_say_something(path) - 1
    lines = [record.line for record in reading.records]
    assert lines == sorted(set(lines))
    for record in reading.records:
        assert bool(record.details.get("name")) != bool(record.refused)
        assert list(record.details) == [key for key in DETAILS if key in record.details]
        assert all(isinstance(record.details[key], list) for key in LISTS if key in record.details)
    assert draft_for(path.read_bytes(), ["new"]).count("\n") > 10
