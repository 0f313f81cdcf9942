"""What the commands print as JSON is what schemas/output.schema.json says, and the schemas are schemas."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator, FormatChecker

from crmtool.cli import cli
from tests.conftest import ROOT, RULEBOOK, TODAY, write_files

SCHEMAS = sorted((ROOT / "schemas").glob("*.json"))
OUTPUT: dict[str, Any] = json.loads((ROOT / "schemas" / "output.schema.json").read_text("utf-8"))


@pytest.mark.parametrize("file", SCHEMAS, ids=lambda file: file.name)
def test_each_schema_is_one(file: Path) -> None:
    Draft202012Validator.check_schema(json.loads(file.read_text("utf-8")))


def validate(name: str, output: str) -> None:
    schema = {"$ref": f"#/$defs/{name}", "$defs": OUTPUT["$defs"]}
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(json.loads(output))


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("check", "check"),
        ("doctor", "doctor"),
        ("check", "rules check"),
        ("why", "why mainufer"),
        ("why", "why lauterkies"),
        ("focus", "focus"),
        ("list", "list"),
        ("board", "board"),
        ("board", "board --at 3m"),
        ("log", "log --since 3m"),
        ("log", "log mainufer"),
        ("progress", "progress"),
        ("progress", "progress --since 1y --all"),
    ],
)
@pytest.mark.parametrize("today", [TODAY, "2026-08-03", "2027-06-01"])
def test_the_example_fits(name: str, command: str, today: str) -> None:
    result = CliRunner().invoke(cli, ["-C", str(ROOT), "--today", today, *command.split(), "--format", "json"])
    assert result.exit_code in (0, 1), result.output
    validate(name, result.output)


def test_findings_of_all_kinds_of_files_fit(tmp_path: Path) -> None:
    files = {"criteria.yaml": RULEBOOK + "foo: 1\n", "contacts/a.md": "", "contacts/b.md": "---\nname: 1\n---\n"}
    result = CliRunner().invoke(cli, ["-C", str(write_files(tmp_path, files)), "check", "--format", "json"])
    assert result.exit_code == 1
    validate("check", result.output)


@pytest.mark.parametrize("gone", ["  parked:", "  budget:"])
def test_what_another_rule_book_does_fits(gone: str, tmp_path: Path) -> None:
    file = tmp_path / "other.yaml"
    stricter = RULEBOOK.replace("decide_within: 30d", "decide_within: 10d").replace("after: 30d", "after: 1d")
    file.write_text(stricter.replace(gone, gone[:2] + "other_" + gone[2:]), "utf-8")
    run = ["-C", str(ROOT), "--today", TODAY, "rules", "impact", str(file), "--format", "json"]
    result = CliRunner().invoke(cli, run)
    assert result.exit_code == 0, result.output
    validate("rules_impact", result.stdout)
    assert json.loads(result.stdout)["impact"]


@pytest.mark.parametrize("rev", [[], ["--rev", "HEAD"]])
@pytest.mark.parametrize("command", ["why jana", "focus", "list", "board", "log", "progress", "blame jana"])
def test_what_git_knows_fits(command: str, rev: list[str], workspace: Path) -> None:
    for words in ("init --quiet", "add .", "commit --quiet -m Jana"):
        settings = ("-c", "user.name=Mira", "-c", "user.email=mira@crm.example")
        subprocess.run(["git", *settings, *words.split()], cwd=workspace, check=True)
    file = workspace / "contacts" / "nordlicht" / "jana-koehler.md"
    file.write_text(file.read_text("utf-8").replace("criteria:", "criteria:\n  deadline: {met: 2026-11-20}"), "utf-8")
    run = ["-C", str(workspace), "--today", TODAY, *command.split(), *rev, "--format", "json"]
    result = CliRunner().invoke(cli, run)
    assert result.exit_code == 0, result.output
    validate(command.split(maxsplit=1)[0], result.stdout)


def test_a_key_that_the_schema_lacks_does_not_fit() -> None:
    with pytest.raises(Exception, match="'foo' was unexpected"):
        validate("focus", json.dumps({"version": 1, "today": TODAY, "contacts": [], "foo": 1}))
