"""crmtool export: formats by name and by option, where files go, what stays unsaid, and what is refused."""

from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result
from ical.calendar_stream import IcsCalendarStream

from crmtool.cli import cli
from tests.cli.test_output_schema import validate
from tests.conftest import JANA, ROOT, TODAY, crmtool, write_files

BROKEN = JANA.replace("name: Jana Köhler", "name: [")
ERASED = JANA.replace("name: Jana Köhler", "name: Gelöschter Kontakt\nextra: {erased: true}")


def run(*arguments: str, at: Path = ROOT) -> Result:
    return CliRunner().invoke(cli, ["-C", str(at), "--today", TODAY, "export", *arguments])


def printed(*arguments: str, at: Path = ROOT) -> bytes:
    result = run(*arguments, at=at)
    assert result.exit_code == 0, result.output
    return result.stdout_bytes


def written(name: str, *arguments: str, at: Path) -> bytes:
    result = run("-o", name, *arguments, at=at)
    assert (result.exit_code, result.stdout) == (0, ""), result.output
    return (at / name).read_bytes()


def ids(data: bytes) -> list[str]:
    return [contact["id"] for contact in json.loads(data)["contacts"]]


@pytest.mark.parametrize("today", [TODAY, "2026-08-03", "2027-06-01"])
def test_json_is_what_the_schema_says_and_what_why_says(today: str) -> None:
    data = CliRunner().invoke(cli, ["-C", str(ROOT), "--today", today, "export"]).stdout
    validate("export", data)
    contacts: list[dict[str, Any]] = json.loads(data)["contacts"]
    listed = CliRunner().invoke(cli, ["-C", str(ROOT), "--today", today, "list", "--format", "json"]).stdout
    assert [contact["id"] for contact in contacts] == [row["contact"] for row in json.loads(listed)["contacts"]]
    why = (
        CliRunner()
        .invoke(cli, ["-C", str(ROOT), "--today", today, "why", contacts[0]["id"], "--format", "json"])
        .stdout
    )
    assert contacts[0]["why"] == json.loads(why)


def test_the_notes_are_there() -> None:
    contact = next(each for each in json.loads(printed())["contacts"] if each["id"] == "aarezug/corinne-zbinden")
    text = (ROOT / contact["path"]).read_text("utf-8")
    assert contact["notes"].strip()
    assert text.endswith(contact["notes"])


def test_a_revision_is_named_and_its_notes_are_those_of_then(workspace: Path) -> None:
    for words in ("init --quiet", "add .", "commit --quiet -m Jana"):
        settings = ("-c", "user.name=Mira", "-c", "user.email=mira@crm.example")
        subprocess.run(["git", *settings, *words.split()], cwd=workspace, check=True)
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=workspace, check=True, capture_output=True).stdout
    write_files(workspace, {"contacts/nordlicht/jana-koehler.md": JANA.replace("Free Markdown", "Other")})
    data = printed("--rev", "HEAD", at=workspace)
    validate("export", data.decode())
    found = json.loads(data)
    assert found["rev"] == head.decode().strip()
    assert found["contacts"][0]["notes"] == "\nFree Markdown notes.\n"
    assert json.loads(printed(at=workspace))["contacts"][0]["notes"] == "\nOther notes.\n"
    assert written("then.db", "--rev", "HEAD", at=workspace)
    with closing(sqlite3.connect(workspace / "then.db")) as connection:
        assert connection.execute("SELECT revision FROM workspace").fetchone() == (found["rev"],)


def test_an_earlier_day_is_told_as_it_was() -> None:
    found = json.loads(printed("--at", "2026-06-01"))
    assert found["today"] == "2026-06-01"
    assert 0 < len(found["contacts"]) < len(ids(printed()))


def test_contacts_are_narrowed_down_as_in_list() -> None:
    every = [
        "--status",
        "clarifying",
        "--status",
        "ready",
        "--verdict",
        "clarify",
        "--owner",
        "mira",
        "--tag",
        "berlin",
    ]
    for given in ([], every[:2], every[:4], every[:6], every[:8], every):
        command = ["-C", str(ROOT), "--today", TODAY, "list", *given, "--format", "json"]
        rows = json.loads(CliRunner().invoke(cli, command).stdout)["contacts"]
        assert ids(printed(*given)) == [row["contact"] for row in rows]


def test_what_nobody_has_is_told_and_what_nobody_knows_is_refused() -> None:
    result = run("--owner", "zoe")
    assert (result.exit_code, ids(result.stdout_bytes)) == (0, [])
    assert result.stderr == "no contact has the owner 'zoe'\n"
    assert "did you mean 'ready'?" in str(run("--status", "redy").exception)


def test_contacts_with_errors_are_left_out_and_named(workspace: Path) -> None:
    result = run(at=write_files(workspace, {"contacts/broken.md": BROKEN}))
    assert ids(result.stdout_bytes) == ["nordlicht/jana-koehler"]
    assert "left out, since they have errors: contacts/broken.md" in result.stderr


def test_the_ending_tells_the_format_and_the_option_goes_before_it(workspace: Path) -> None:
    assert json.loads(written("a.json", at=workspace))["version"] == 1
    assert written("a.csv", at=workspace).startswith(b"crmtool_id,")
    assert written("b.csv", "--format", "excel", at=workspace).startswith(b"\xef\xbb\xbfcrmtool_id;")
    assert b"VERSION:4.0" in written("a.VCF", at=workspace)
    assert b"VERSION:3.0" in written("b.vcf", "--format", "vcard3", at=workspace)
    for name in ("a.sqlite", "a.sqlite3", "a.db"):
        assert written(name, at=workspace).startswith(b"SQLite format 3\0")
    assert len(IcsCalendarStream.calendar_from_ics(written("a.ics", at=workspace).decode()).events) == 4
    for name in ("a.atom", "a.xml"):
        assert ET.fromstring(written(name, at=workspace)).tag.endswith("feed")
    assert json.loads(written("a.txt", "--format", "json", at=workspace))["version"] == 1


def test_standard_output_has_what_a_file_has(workspace: Path) -> None:
    for form, name in (("json", "a.json"), ("csv", "a.csv"), ("vcard", "a.vcf"), ("ics", "a.ics"), ("atom", "a.atom")):
        assert printed("--format", form, at=workspace) == written(name, at=workspace)
    assert printed("-o", "-", at=workspace) == printed(at=workspace)
    excel = crmtool("--today", TODAY, "export", "--format", "excel", cwd=workspace)
    assert excel.out.encode() == written("b.csv", "--format", "excel", at=workspace)


def test_a_new_file_is_for_its_owner_alone_and_an_old_one_keeps_its_mode(workspace: Path) -> None:
    result = run("-o", "a.json", at=workspace)
    assert result.stderr == f"1 contact in {workspace}/a.json; only you can read it, since it holds personal data\n"
    assert stat.S_IMODE((workspace / "a.json").stat().st_mode) == 0o600
    (workspace / "a.json").chmod(0o644)
    assert run("-o", "a.json", at=workspace).stderr == f"1 contact in {workspace}/a.json\n"
    assert stat.S_IMODE((workspace / "a.json").stat().st_mode) == 0o644
    assert run("-o", "a.ics", at=workspace).stderr == f"4 events in {workspace}/a.ics; only you can read it\n"
    assert "personal data" in run("-o", "b.ics", "--names", at=workspace).stderr
    assert run("-o", "a.atom", at=workspace).stderr == f"1 decision in {workspace}/a.atom; only you can read it\n"


def test_a_link_is_followed(workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "a.json").symlink_to(tmp_path / "elsewhere.json")
    written(str(tmp_path / "a.json"), at=workspace)
    assert (tmp_path / "a.json").is_symlink()
    assert (tmp_path / "elsewhere.json").is_file()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-o", "contacts/a.json"], "contacts/, which holds contacts alone; write it elsewhere"),
        (["-o", "contacts/nordlicht/jana-koehler.md", "--format", "json"], "contacts/, which holds contacts alone"),
        (["-o", "sub/a.json"], "belongs to the rules"),
        (["-o", "criteria.yaml", "--format", "json"], "belongs to the rules"),
        (["-o", "schemas/contact.schema.json"], "belongs to the rules"),
        (["-o", "contacts", "--format", "json"], "contacts is no file; name one, such as -o contacts.json"),
        (["-o", "/dev/null", "--format", "json"], "/dev/null is no file"),
        (["-o", "missing/a.json"], "missing does not exist; `mkdir -p` makes it"),
        (["-o", "a.xlsx"], "a.xlsx: its ending does not tell the format; end it in one of .json, .csv"),
        (["-o", "a"], "a: its ending does not tell the format"),
        (["--format", "sqlite"], "a database is no text for standard output; name a file: -o crm.sqlite"),
        (["--format", "sqlite", "-o", "-"], "a database is no text for standard output"),
        (["--names"], "--names is for ics and atom; json names everyone anyway"),
        (["-o", "a.csv", "--names"], "csv names everyone anyway"),
    ],
)
def test_what_cannot_be_is_refused_and_writes_nothing(arguments: list[str], message: str, workspace: Path) -> None:
    (workspace / "schemas").mkdir()
    (workspace / "sub").symlink_to("schemas")
    before = sorted(workspace.rglob("*"))
    result = run(*arguments, at=workspace)
    told = result.output if result.exception is None else f"{result.output}{result.exception}"
    assert result.exit_code != 0
    assert getattr(result.exception, "status", result.exit_code) == 2
    assert message in told
    assert sorted(workspace.rglob("*")) == before
    assert (workspace / "contacts/nordlicht/jana-koehler.md").read_text("utf-8") == JANA


def test_calendar_and_feed_say_whom_they_are_about_when_asked(workspace: Path) -> None:
    for form in ("ics", "atom"):
        silent, told = printed("--format", form, at=workspace), printed("--format", form, "--names", at=workspace)
        assert "Köhler".encode() not in silent
        assert "Köhler".encode() in told


def test_who_was_erased_is_told_of_in_figures_alone(workspace: Path) -> None:
    tombstone = "\n".join(
        line
        for line in ERASED.splitlines()
        if not line.startswith(("organization", "role", "email", "source", "owner", "value"))
    )
    write_files(workspace, {"contacts/erased/1a2b3c4d.md": tombstone})
    assert len(ids(printed(at=workspace))) == 2
    for form in ("csv", "excel", "vcard", "vcard3"):
        assert b"schter Kontakt" not in printed("--format", form, at=workspace)


def test_a_package_that_is_missing_is_named_with_the_line_to_install_it(workspace: Path) -> None:
    blocked = "import sys; sys.modules['icalendar'] = None; from crmtool.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", blocked, "export", "--format", "ics"],
        cwd=workspace,
        capture_output=True,
        check=False,
        env={**os.environ, "CRMTOOL_TODAY": TODAY},
    )
    assert done.returncode == 2
    assert done.stderr.decode() == (
        "crmtool: a calendar needs the package icalendar\n    pip install 'crmtool[calendar]'\n"
    )


def test_only_the_calendar_loads_the_calendar_s_package(workspace: Path) -> None:
    loud = "import sys; from crmtool.cli import cli; cli(standalone_mode=False); sys.exit('icalendar' in sys.modules)"
    for form in ("json", "csv", "atom"):
        subprocess.run(
            [sys.executable, "-c", loud, "export", "--format", form], cwd=workspace, check=True, capture_output=True
        )


def test_the_example_as_a_table_has_a_row_for_each_contact() -> None:
    table = list(csv.DictReader(io.StringIO(printed("--format", "csv").decode(), newline="")))
    assert [row["crmtool_id"] for row in table] == ids(printed())
