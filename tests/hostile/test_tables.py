"""Formulas: no cell of any table that crmtool writes is run by a spreadsheet."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from crmtool.importers.reading import read_records
from tests.conftest import RULEBOOK, write_files
from tests.hostile.conftest import told

FORMULAS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(1)",
    "\\t=1",
    "\\r=1",
    "\\n=1",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "=cmd|' /C calc'!A0",
    '=\\"x\\"',
)
TABLES = ("list", "log", "progress --since 2026-01-01", "export")


def workspace(root: Path) -> Path:
    for number, formula in enumerate(FORMULAS):
        texts = dict.fromkeys(
            ("name", "organization", "role", "email", "phone", "url", "source", "owner", "address"), f'"{formula}"'
        )
        fields = "\n".join(f"{key}: {text}" for key, text in texts.items())
        step = f'next_step: {{do: "{formula}", clarifies: fit, due: 2026-11-30}}\ntags: ["{formula}"]'
        decisions = f'decisions:\n  - {{date: 2026-11-01, to: new, because: "{formula}", by: "{formula}"}}'
        text = f"---\n{fields}\nstatus: new\n{decisions}\n{step}\n---\n"
        write_files(root, {f"contacts/=c{number}/+x.md": text})
    return write_files(root, {"criteria.yaml": RULEBOOK.replace("label: Ungeklärt", 'label: "=1+1"')})


@pytest.mark.parametrize(("table", "form"), [*((table, "csv") for table in TABLES), ("export", "excel")])
def test_no_cell_begins_as_a_formula(tmp_path: Path, table: str, form: str) -> None:
    done = told(*table.split(), "--format", form, at=workspace(tmp_path))
    text = done.out.removeprefix("\ufeff")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";" if form == "excel" else ","))
    assert len(rows) > (0 if table.startswith("progress") else len(FORMULAS)), done
    for cell in (cell for row in rows for cell in row):
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")), cell


def test_a_table_with_very_many_columns_is_refused() -> None:
    """Each name was once compared with all that are often mistyped, for each of the first lines."""
    lines = "\n".join(",".join(f"clomun{n}{row}" for n in range(3_000)) for row in range(5))
    for text in (f"Name,{lines}", lines):
        found = read_records("in.csv", text.encode(), currency="EUR", mapping=None, date_format=None)
        assert found.problem == f"it has {text.partition(chr(10))[0].count(',') + 1:,} columns; up to 1,000 are read"
        assert [record.refused for record in found.records] == [found.problem]


def test_slips_are_looked_for_among_the_first_columns() -> None:
    names = ",".join(f"x{n}" for n in range(300))
    for header, fields in ((f"Nmae,{names}", 1), (f"{names},Nmae,E-Mail", 0)):
        found = read_records("in.csv", f"{header}\n{header.lower()}\n".encode(), currency="EUR")
        assert sum("was read as" in notice for notice in found.notices) == fields


def test_a_row_with_very_many_cells_is_refused(tmp_path: Path) -> None:
    """Each cell without a column was once a claim, and all of them looked through again for each."""
    text = f"Name\nIda\n{',' * 60_000}x\nBen\n"
    found = read_records("in.csv", text.encode(), currency="EUR")
    assert [record.refused for record in found.records] == ["", "it has 60,001 cells; up to 1,000 are read", ""]
