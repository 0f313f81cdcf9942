"""The table for German Excel, opened in LibreOffice: columns, umlauts, numbers, days, and nothing that is run."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.conftest import JANA, TODAY, crmtool, write_files

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
# Semicolons, quotation marks, UTF-8, from the first line on, German; as its dialogue offers it for such a file.
AS_IN_GERMAN = "CSV:59,34,76,1,,1031,false,true"
HOSTILE = """\
name: "=HYPERLINK(\\"https://evil.example\\")"
organization: "@SUM(1+1)|cmd"
phone: ["+49 421 123", "-5;6"]
address: "Große Straße 1\\n28195 Bremen"
value: 1234.5
tags: [Ölhändler, "Weiß & Söhne"]"""

pytestmark = pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")


class Cell:
    """A cell as the program sees it."""

    def __init__(self, element: ET.Element) -> None:
        self.kind = element.get(f"{{{OFFICE}}}value-type")
        self.value = element.get(f"{{{OFFICE}}}value") or element.get(f"{{{OFFICE}}}date-value")
        self.formula = element.get(f"{{{TABLE}}}formula")
        self.text = "\n".join("".join(each.itertext()) for each in element.iterfind(f"{{{TEXT}}}p"))


def opened(file: Path) -> list[list[Cell]]:
    """Let LibreOffice open a table and give its rows, each as wide as it is filled."""
    profile = f"-env:UserInstallation={(file.parent / 'profile').as_uri()}"
    convert = ["--convert-to", "fods", f"--infilter={AS_IN_GERMAN}", "--outdir", str(file.parent), str(file)]
    done = subprocess.run(
        ["soffice", profile, "--headless", *convert], capture_output=True, check=False, timeout=180, cwd=file.parent
    )
    assert done.returncode == 0, done.stderr.decode()
    root = ET.parse(file.with_suffix(".fods")).getroot()
    rows = [_row(row) for row in root.iter(f"{{{TABLE}}}table-row")]
    return [row for row in rows if any(cell.text for cell in row)]


def _row(row: ET.Element) -> list[Cell]:
    cells: list[Cell] = []
    for element in row.iterfind(f"{{{TABLE}}}table-cell"):
        count = int(element.get(f"{{{TABLE}}}number-columns-repeated", "1"))
        cells += [Cell(element)] * min(count, 100)
    return cells


def test_columns_umlauts_numbers_and_days_are_right(workspace: Path) -> None:
    head, more = JANA.split("email: j.koehler@nordlicht.example\n")
    hostile = f"---\n{HOSTILE}\n{more}"
    write_files(workspace, {"contacts/böse.md": hostile.replace("value: 42000\n", ""), "contacts/jana.md": head + more})
    run = crmtool("--today", TODAY, "export", "--format", "excel", "-o", "kontakte.csv", cwd=workspace)
    assert run.status == 0, run.err
    header, *rows = opened(workspace / "kontakte.csv")
    columns = [cell.text for cell in header if cell.text]
    assert (columns[0], columns[1], columns[-1], len(columns)) == ("crmtool_id", "name", "crmtool_version", 23)
    table = {row[0].text: dict(zip(columns, row, strict=False)) for row in rows}
    assert set(table) == {"böse", "jana", "nordlicht/jana-koehler"}
    jana, evil = table["nordlicht/jana-koehler"], table["böse"]
    assert (jana["name"].text, jana["next_step"].text) == ("Jana Köhler", "Mit CFO klären, ob Q1 gilt")
    assert (jana["status_label"].text, jana["clarifies"].text) == ("In Klärung", "buyer")
    assert (jana["value"].kind, jana["value"].value) == ("float", "42000")
    assert (evil["value"].kind, evil["value"].value) == ("float", "1234.5")
    assert (jana["clarity"].kind, jana["clarity"].value) == ("float", "0.6154")
    assert (jana["since"].kind, jana["since"].value) == ("date", "2026-11-05")
    assert evil["address"].text == "Große Straße 1\n28195 Bremen"
    assert evil["tags"].text == "Ölhändler; Weiß & Söhne"
    assert [cell.formula for row in rows for cell in row if cell.formula] == []
    assert evil["name"].text.startswith("'=HYPERLINK(")
    assert evil["organization"].text == "'@SUM(1+1)|cmd"
