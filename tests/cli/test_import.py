"""crmtool import as people and scripts call it."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from crmtool.details import DETAILS
from crmtool.importers.outcome import Action
from tests.conftest import ROOT, TODAY, Run, crmtool, write_files

REAL = ROOT.parent / "shared" / "real"
OUTPUT: dict[str, Any] = json.loads((ROOT / "schemas" / "output.schema.json").read_text("utf-8"))
LEADS = """\
Name,Company,E-mail,Lead Status,Notes
Ida Bergmann,Bergmann & Töchter,ida@bergmann.example,Qualified,Wants it soon
,,,Lost,
Jana Koehler,Nordlicht,j.koehler@nordlicht.example,New,
"""
CARDS = """\
BEGIN:VCARD
VERSION:3.0
UID:abc-1
FN:Uwe Sørensen
EMAIL:uwe@soerensen.example
END:VCARD
"""


def run(workspace: Path, *arguments: str, **options: Any) -> Run:
    return crmtool("--today", TODAY, "import", *arguments, cwd=workspace, **options)


def told(found: Run) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(found.out)
    Draft202012Validator({"$ref": "#/$defs/import", "$defs": OUTPUT["$defs"]}).validate(values)
    assert values["read"] == sum(values[action.value] for action in Action) == len(values["records"])
    return values


@pytest.fixture
def leads(workspace: Path) -> Path:
    return write_files(workspace, {"leads.csv": LEADS})


def contents(workspace: Path) -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in (workspace / "contacts").rglob("*.md")}


def test_each_record_is_told_and_the_counts_add_up(leads: Path) -> None:
    found = run(leads, "leads.csv")
    assert (found.status, found.out.splitlines()) == (
        1,
        [
            "leads.csv:2: created  bergmann-toechter/ida-bergmann  Ida Bergmann",
            "leads.csv:3: refused  no name, no organization, no e-mail address and no phone number",
            "leads.csv:4: created  nordlicht/jana-koehler-2  Jana Koehler",
            "    may be nordlicht/jana-koehler (same e-mail): "
            "`crmtool merge-contacts nordlicht/jana-koehler nordlicht/jana-koehler-2` joins them",
            "3 records read: 2 created, 0 updated, 0 skipped, 0 in conflict, 1 refused",
        ],
    )
    assert crmtool("--today", TODAY, "check", cwd=leads).status == 0


def test_dry_run_says_the_same_and_writes_nothing(leads: Path) -> None:
    before = contents(leads)
    dry = run(leads, "leads.csv", "--dry-run")
    assert contents(leads) == before
    real = run(leads, "leads.csv")
    assert dry.out == real.out.rstrip("\n") + "; nothing was written (--dry-run)\n"
    assert dry.status == real.status == 1


def test_the_same_import_again_changes_no_byte(leads: Path) -> None:
    run(leads, "leads.csv")
    before = contents(leads)
    values = told(run(leads, "leads.csv", "--format", "json"))
    assert {action.value: values[action.value] for action in Action} == {
        "created": 0,
        "updated": 0,
        "skipped": 2,
        "conflicts": 0,
        "refused": 1,
    }
    assert contents(leads) == before


def test_json_tells_what_text_tells(leads: Path) -> None:
    values = told(run(leads, "leads.csv", "--dry-run", "--format", "json"))
    assert (values["dry_run"], values["read"], values["refused"]) == (True, 3, 1)
    assert [record["line"] for record in values["records"]] == [2, 3, 4]
    assert values["records"][2]["duplicates"] == [{"contact": "nordlicht/jana-koehler", "because": "same e-mail"}]


def test_a_conflict_is_told_with_both_sides_and_how_to_settle_it(leads: Path) -> None:
    run(leads, "leads.csv")
    file = leads / "contacts/bergmann-toechter/ida-bergmann.md"
    file.write_text(file.read_text("utf-8").replace("ida@bergmann.example", "ida@privat.example"), "utf-8")
    write_files(leads, {"leads.csv": LEADS.replace("ida@bergmann.example", "post@bergmann.example")})
    found = run(leads, "leads.csv")
    assert found.out.splitlines()[:3] == [
        "leads.csv:2: conflict bergmann-toechter/ida-bergmann  Ida Bergmann",
        "    email: 'ida@privat.example' here, 'post@bergmann.example' in the file",
        "    both were changed: --on-conflict ours keeps what is here, --on-conflict theirs takes the file's",
    ]
    assert told(run(leads, "leads.csv", "--format", "json"))["records"][0]["conflicts"] == [
        {"field": "email", "ours": ["ida@privat.example"], "theirs": ["post@bergmann.example"]}
    ]
    run(leads, "leads.csv", "--on-conflict", "theirs")
    assert "post@bergmann.example" in file.read_text("utf-8")


def test_likely_duplicates_may_be_left_out(leads: Path) -> None:
    found = run(leads, "leads.csv", "--skip-duplicates", "--dry-run")
    assert "leads.csv:4: skipped  Jana Koehler: may be known already" in found.out
    assert "    may be nordlicht/jana-koehler (same e-mail)\n" in found.out


def test_many_records_refused_for_one_reason_are_told_in_one_line(workspace: Path) -> None:
    rows = "".join(f"{i},red\n" for i in range(300))
    found = run(
        write_files(workspace, {"odd.csv": f"Size,Color\n{rows}", "none.csv": "Name,Email\n" + ",x\n" * 10}),
        "odd.csv",
        "none.csv",
    )
    reason = "no column holds a name, an organization, an e-mail address or a phone number"
    lines = found.out.splitlines()
    assert lines[0] == f"odd.csv: refused  301 records, in the lines 1, 2, 3, 4, 5 and others: {reason}"
    assert [line.partition(": ")[0] for line in lines[1:-1:2]] == [f"none.csv:{i}" for i in range(2, 12)]
    assert lines[-1].startswith("311 records read: ")
    assert "301 records" not in run(workspace, "odd.csv", "--format", "json").out


def test_several_files_and_formats_at_once(leads: Path) -> None:
    write_files(leads, {"cards.vcf": CARDS})
    values = told(run(leads, "cards.vcf", "leads.csv", "--format", "json"))
    assert [(record["file"], record["action"]) for record in values["records"]] == [
        ("cards.vcf", "created"),
        ("leads.csv", "created"),
        ("leads.csv", "refused"),
        ("leads.csv", "created"),
    ]


def test_a_mapping_that_is_not_there_is_drafted_and_then_used(workspace: Path) -> None:
    write_files(workspace, {"odd.csv": "Ansprechpartnerin X;Bude;Wie weit\nIda;Bergmann;Heiß\nUwe;Sand;Kalt\n"})
    drafted = run(workspace, "odd.csv", "--mapping", "mapping.yaml")
    assert (drafted.status, drafted.out) == (0, "")
    assert "wrote mapping.yaml, a draft" in drafted.err
    draft = (workspace / "mapping.yaml").read_text("utf-8")
    assert all(f'"{header}"' in draft for header in ("Ansprechpartnerin X", "Bude", "Wie weit"))
    mapping = 'version: 1\ncolumns: {"Ansprechpartnerin X": name, Bude: organization, Wie weit: stage}\n'
    mapping += "stages: {Heiß: clarifying, Kalt: leave_out}\n"
    write_files(workspace, {"mapping.yaml": mapping})
    found = run(workspace, "odd.csv", "--mapping", "mapping.yaml")
    assert found.out.splitlines() == [
        "odd.csv:2: created  bergmann/ida  Ida",
        "odd.csv:3: skipped  Uwe: stage 'Kalt' is left out",
        "2 records read: 1 created, 0 updated, 1 skipped, 0 in conflict, 0 refused",
    ]
    assert "- Wie weit: Heiß (wäre hier „In Klärung“)" in (workspace / "contacts/bergmann/ida.md").read_text("utf-8")


def test_a_draft_can_be_looked_at_first(leads: Path) -> None:
    found = run(leads, "leads.csv", "--mapping", "mapping.yaml", "--dry-run")
    assert found.out.endswith("\n")
    assert '"Lead Status": stage' in found.out
    assert not (leads / "mapping.yaml").exists()


def test_a_wrong_mapping_is_told_by_line_and_column(leads: Path) -> None:
    write_files(leads, {"m.yaml": "version: 1\ncolumns:\n  Company: organisation\n"})
    found = run(leads, "leads.csv", "--mapping", "m.yaml")
    assert (found.status, found.out) == (2, "")
    assert "m.yaml:3:12: " in found.err
    assert "did you mean 'organization'" in found.err


def test_a_status_that_there_is_not_is_told_by_line_and_column(leads: Path) -> None:
    write_files(leads, {"m.yaml": "version: 1\nstages:\n  Qualified: clarifing\n"})
    found = run(leads, "leads.csv", "--mapping", "m.yaml")
    assert (found.status, found.out) == (2, "")
    assert "m.yaml:3:14: the rule book has no status 'clarifing'; did you mean 'clarifying'?" in found.err


def test_all_statuses_that_there_are_not_are_told_at_once(leads: Path) -> None:
    write_files(leads, {"m.yaml": "version: 1\nstages:\n  Qualified: clarifing\n  New: newww\n"})
    found = run(leads, "leads.csv", "--mapping", "m.yaml")
    assert (found.status, found.out) == (2, "")
    assert "m.yaml:3:14: the rule book has no status 'clarifing'" in found.err
    assert "m.yaml:4:8: the rule book has no status 'newww'" in found.err


def test_it_reads_standard_input(leads: Path) -> None:
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-m", "crmtool", "import", "-", "--format", "json"],
        cwd=leads,
        input=LEADS.encode(),
        capture_output=True,
        check=False,
    )
    assert json.loads(done.stdout)["read"] == 3


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.csv", b"", "the file is empty"),
        ("none.vcf", b"nothing", "there is no vCard in this file"),
        ("book.csv", b"PK\x03\x04" + b"xl/workbook.xml" * 9, "Excel"),
    ],
)
def test_a_file_that_is_none_is_refused_with_a_reason(workspace: Path, name: str, data: bytes, reason: str) -> None:
    found = run(write_files(workspace, {name: data}), name, "--format", "json")
    values = told(found)
    assert (found.status, values["read"], values["refused"]) == (1, 1, 1)
    assert reason in values["records"][0]["reason"]


@pytest.mark.parametrize(("name", "why"), [("nowhere.csv", "No such file"), ("contacts", "Is a directory")])
def test_a_file_that_cannot_be_opened_is_wrong_usage(workspace: Path, name: str, why: str) -> None:
    found = run(workspace, name)
    assert (found.status, found.out) == (2, "")
    assert why in found.err


def test_the_missing_package_is_named(workspace: Path, tmp_path: Path) -> None:
    write_files(workspace, {"cards.vcf": CARDS})
    write_files(tmp_path, {"hidden/vobject/__init__.py": "raise ImportError('hidden')\n"})
    found = run(workspace, "cards.vcf", env={"PYTHONPATH": f"{tmp_path / 'hidden'}:{ROOT}"})
    assert found.status == 2
    assert "pip install 'crmtool[vcard]'" in found.err


@pytest.mark.skipif(not REAL.exists(), reason="the files of others are not here")
def test_files_of_others_come_in_whole_and_once(workspace: Path) -> None:
    files = sorted(str(file) for file in REAL.glob("*/*") if file.suffix in (".vcf", ".csv"))
    assert len(files) > 100
    first = told(run(workspace, *files, "--format", "json"))
    assert first["created"] > 300
    assert crmtool("--today", TODAY, "check", cwd=workspace).status == 0
    before = contents(workspace)
    again = told(run(workspace, *files, "--format", "json"))
    assert (again["created"], again["updated"]) == (0, 0)
    assert contents(workspace) == before
    assert all(record["reason"] for record in again["records"] if record["action"] == "refused")


@pytest.mark.parametrize("form", ["csv", "excel", "vcard", "vcard3"])
def test_an_export_that_comes_into_an_empty_workspace_is_exported_as_it_was(
    workspace: Path, tmp_path: Path, form: str
) -> None:
    name = "out.vcf" if form.startswith("vcard") else "out.csv"
    jana = workspace / "contacts/nordlicht/jana-koehler.md"
    other = write_files(tmp_path / "other", {"criteria.yaml": (workspace / "criteria.yaml").read_text("utf-8")})
    assert "\nsource:" in jana.read_text("utf-8")
    write_files(workspace, {"contacts/ida.md": jana.read_text("utf-8").replace("\nsource:", "\n# source:")})
    assert crmtool("--today", TODAY, "export", "--format", form, "-o", name, cwd=workspace).status == 0
    assert run(other, str(workspace / name)).status == 0
    assert crmtool("--today", TODAY, "export", "--format", form, "-o", name, cwd=other).status == 0
    assert who(other / name) == who(workspace / name)


def who(exported: Path) -> list[str]:
    """Give what an export says of who its contacts are, whatever is decided of them."""
    if exported.suffix == ".vcf":
        return sorted(exported.read_text("utf-8").split("END:VCARD"))
    delimiter = ";" if ";" in exported.read_text("utf-8") else ","
    with exported.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=delimiter))
    return sorted(str({key: row[key] for key in ("crmtool_id", "crmtool_version", *DETAILS)}) for row in rows)
