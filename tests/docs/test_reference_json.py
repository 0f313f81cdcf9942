"""docs/reference/json.md has each command's JSON: the keys of the schema, and what the command prints."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator, FormatChecker

from crmtool.cli import cli
from tests.conftest import ROOT, crmtool
from tests.docs import json_page, regions
from tests.docs.command_tree import commands
from tests.docs.json_examples import EXAMPLES, JANA, TODAY, make
from tests.docs.json_page import COMMANDS, DEFINITIONS, SCHEMA, SHARED

PAGE = ROOT / "docs" / "reference" / "json.md"
SAME = {"crmtool rules check": "check"}
"""Commands that print what another one does."""
MERGED = {"rules_impact": "crmtool rules impact"}


def printed(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run an example, and hold it to the schema."""
    given = EXAMPLES[name]
    for path, content in given.files:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content, "utf-8")
    monkeypatch.chdir(folder)
    result = CliRunner().invoke(cli, ["--today", TODAY, *given.typed.split(), "--format", "json"])
    assert result.exit_code == given.status, result.output
    found = json.loads(result.stdout)
    schema = {"$ref": f"#/$defs/{name}", "$defs": DEFINITIONS}
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(found)
    return found


def test_the_page_is_up_to_date(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = {f"keys of {name}": json_page.fields(name) for name in (*COMMANDS, *SHARED)}
    for name in COMMANDS:
        found = printed(name, make(tmp_path / name), monkeypatch)
        parts[f"example of {name}"] = json_page.example(EXAMPLES[name].typed, found, EXAMPLES[name].cuts)
    parts["the contact of the examples"] = f"```markdown\n{JANA}```"
    regions.hold(PAGE, parts, update=request.config.getoption("--update-golden"))


@pytest.mark.parametrize("name", [*COMMANDS, *SHARED])
def test_every_key_has_a_meaning(name: str) -> None:
    assert list(json_page.undescribed(DEFINITIONS[name], name)) == []


def test_every_command_that_prints_json_is_described() -> None:
    asking = {
        command.words
        for command in commands()
        if any("--format" in option.names and "json" in option.value for option in command.options)
    }
    described = {MERGED.get(name, f"crmtool {name}") for name in COMMANDS}
    assert asking == described | set(SAME)
    assert set(SAME.values()) <= set(COMMANDS)


def test_every_object_has_a_heading_that_links_lead_to() -> None:
    headings = {line.lstrip("# ") for line in PAGE.read_text("utf-8").splitlines() if line.startswith("#")}
    assert {name.replace("_", "-") for name in SHARED} <= headings


def test_where_a_command_cannot_do_it_nothing_is_printed(workspace: Path) -> None:
    run = crmtool("why", "nobody", "--format", "json", cwd=workspace)
    assert (run.status, run.out) == (2, "")
    assert run.err.startswith("crmtool: ")


def test_the_version_that_is_described_is_the_one_that_is_printed() -> None:
    assert DEFINITIONS["version"] == {"const": 1}
    assert "# JSON, version 1" in PAGE.read_text("utf-8")
    assert "Version 1." in SCHEMA["description"]
