"""crmtool list: by tag, by direction, as CSV, and what it says where nobody is like that."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from crmtool.cli import cli
from tests.conftest import JANA, ROOT, TODAY, crmtool, write_files


def run(*arguments: str, at: Path = ROOT) -> str:
    result = CliRunner().invoke(cli, ["-C", str(at), "--today", TODAY, *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def listed(*arguments: str, at: Path = ROOT) -> list[str]:
    rows: list[dict[str, Any]] = json.loads(run("list", *arguments, "--format", "json", at=at))["contacts"]
    return [row["contact"] for row in rows]


def went(direction: str, since: str) -> set[str]:
    rows = json.loads(run("progress", "--since", since, "--all", "--format", "json"))["contacts"]
    return {row["contact"] for row in rows if row["direction"] == direction}


@pytest.fixture
def tagged(workspace: Path) -> Path:
    contacts = {"a": "tags: [Messe, warm]", "b": "tags: [warm]", "c": "tags: []", "d": "phone: '1'"}
    return write_files(
        workspace,
        {f"contacts/{id}.md": JANA.replace("owner: mira", f"owner: {id}\n{more}") for id, more in contacts.items()},
    )


def test_tags_narrow_down_and_any_of_them_will_do(tagged: Path) -> None:
    assert listed("--tag", "warm", at=tagged) == ["a", "b"]
    assert listed("--tag", "Messe", "--tag", "warm", at=tagged) == ["a", "b"]
    assert listed("--tag", "Messe", at=tagged) == ["a"]
    assert listed("--tag", "warm", "--owner", "b", at=tagged) == ["b"]


def test_an_owner_or_a_tag_that_nobody_has_is_told_with_the_nearest_one(tagged: Path) -> None:
    assert run("list", "--tag", "mess", at=tagged) == (
        "No contact is like that: no contact has the tag 'mess'; did you mean 'Messe'?\n"
    )
    assert run("list", "--owner", "zoe", at=tagged) == "No contact is like that: no contact has the owner 'zoe'\n"
    assert run("list", "--owner", "a", "--verdict", "stop", at=tagged) == "No contact is like that.\n"


@pytest.mark.parametrize("direction", ["closer", "further"])
def test_by_direction_as_progress_tells_it(direction: str) -> None:
    found = listed(f"--{direction}-since", "4w")
    assert set(found) == went(direction, "4w")
    assert found
    assert len(listed(f"--{direction}-since", "4w", "--owner", "mira")) < len(found)


def test_an_earlier_day_is_seen_as_it_was() -> None:
    early = crmtool("list", "--today", "2026-06-01", "--format", "json", cwd=ROOT).out
    assert run("list", "--at", "2026-06-01", "--format", "json") == early
    assert json.loads(early)["contacts"]
    assert run("list", "--at", "2020-01-01") == "No contact exists as of 2020-01-01: none had entered by then.\n"


def test_csv_has_the_keys_and_values_of_json() -> None:
    rows = json.loads(run("list", "--format", "json"))["contacts"]
    table = list(csv.DictReader(io.StringIO(run("list", "--format", "csv"))))
    assert list(table[0]) == list(rows[0])
    assert [row["contact"] for row in table] == [row["contact"] for row in rows]
    assert [row["missing"].split() for row in table] == [row["missing"] for row in rows]
    assert {row["overdue"] for row in table} == {"true", "false"}


def test_csv_of_the_board_goes_by_status() -> None:
    statuses = json.loads(run("board", "--format", "json"))["statuses"]
    table = list(csv.DictReader(io.StringIO(run("board", "--format", "csv"))))
    expected = [row["contact"] for status in statuses for row in status["contacts"]]
    assert [row["contact"] for row in table] == expected
