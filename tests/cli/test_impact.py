"""crmtool rules impact: whom a changed rule book judges differently, before it is committed or even in place."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import JANA, ROOT, RULEBOOK, TODAY, crmtool, write_files

SOONER = RULEBOOK.replace("decide_within: 30d", "decide_within: 10d").replace("after: 30d", "after: 3d")
STRICTER = RULEBOOK.replace("to: clarifying, requires: [fit", "to: clarifying, requires: [fit, buyer")


def impact(cwd: Path, other: str) -> dict[str, Any]:
    run = crmtool("rules", "impact", other, "--today", TODAY, "--format", "json", cwd=cwd)
    assert (run.status, run.err) == (0, "")
    found: dict[str, Any] = json.loads(run.out)
    return found


@pytest.fixture
def repository(workspace: Path) -> Path:
    identity = ["-c", "user.name=T", "-c", "user.email=t@example.org"]
    for arguments in (["init", "-q", "-b", "main"], ["add", "-A"], [*identity, "commit", "-qm", "one"]):
        subprocess.run(["git", *arguments], cwd=workspace, check=True, capture_output=True)
    return workspace


def test_a_file_is_what_might_come_after(workspace: Path) -> None:
    write_files(workspace, {"sooner.yaml": SOONER})
    found = impact(workspace, "sooner.yaml")
    assert (found["before"], found["after"]) == ("criteria.yaml", "sooner.yaml")
    assert (found["contacts"], found["differing"], found["failing"]) == (1, 1, 0)
    (row,) = found["impact"]
    assert row["before"]["verdict"] == "clarify"
    assert (row["after"]["verdict"], row["after"]["overdue"], row["after"]["stop"]) == ("stop", True, ["no_buyer"])
    assert row["errors"] == []


def test_a_revision_is_what_was_before(repository: Path) -> None:
    write_files(repository, {"criteria.yaml": SOONER})
    found = impact(repository, "HEAD")
    assert (found["before"], found["after"]) == ("HEAD:criteria.yaml", "criteria.yaml")
    assert [row["after"]["verdict"] for row in found["impact"]] == ["stop"]


def test_a_workspace_further_down_is_compared_with_its_own_rule_book(tmp_path: Path) -> None:
    write_files(tmp_path, {"sales/criteria.yaml": RULEBOOK, "sales/contacts/a.md": JANA, "criteria.yaml": "x: 1\n"})
    identity = ["-c", "user.name=T", "-c", "user.email=t@example.org"]
    for arguments in (["init", "-q"], ["add", "-A"], [*identity, "commit", "-qm", "one"]):
        subprocess.run(["git", *arguments], cwd=tmp_path, check=True, capture_output=True)
    found = impact(tmp_path / "sales", "HEAD")
    assert (found["before"], found["impact"]) == ("HEAD:sales/criteria.yaml", [])


def test_errors_that_the_new_rules_would_find_are_told_and_old_ones_are_not(workspace: Path) -> None:
    write_files(workspace, {"stricter.yaml": STRICTER, "contacts/b.md": JANA.replace("owner:", "foo: 1\nowner:")})
    found = impact(workspace, "stricter.yaml")
    assert (found["contacts"], found["differing"], found["failing"]) == (2, 0, 2)
    assert [[error["code"] for error in row["errors"]] for row in found["impact"]] == [["criteria-missing"]] * 2
    shown = crmtool("rules", "impact", "stricter.yaml", "--today", TODAY, cwd=workspace).out.splitlines()
    assert shown[0].endswith(": none of 2 contacts is judged differently; 2 would have errors")
    assert "`since: 2026-11-23` at the transition leaves older decisions as they are" in shown[-1]
    write_files(workspace, {"criteria.yaml": STRICTER})
    assert impact(workspace, "stricter.yaml")["impact"] == []


def test_a_status_that_is_gone_is_an_error_and_no_verdict(workspace: Path) -> None:
    renamed = RULEBOOK.replace("clarifying", "looking")
    write_files(workspace, {"renamed.yaml": renamed})
    (row,) = impact(workspace, "renamed.yaml")["impact"]
    assert (row["before"]["verdict"], row["after"]["verdict"]) == ("clarify", None)
    assert "unknown-status" in [error["code"] for error in row["errors"]]
    text = crmtool("rules", "impact", "renamed.yaml", "--today", TODAY, cwd=workspace).out
    assert "  verdict   clarify → none, for the rule book lacks its status\n" in text
    assert "since:" not in text


def test_errors_in_the_other_rule_book_itself_are_told(workspace: Path) -> None:
    write_files(workspace, {"dead.yaml": RULEBOOK.replace('  stop:    {from: "*", to: stopped}\n', "")})
    found = impact(workspace, "dead.yaml")
    assert {(e["path"], e["code"]) for e in found["rulebook_errors"]} >= {("dead.yaml", "rules-no-exit")}
    text = crmtool("rules", "impact", "dead.yaml", "--today", TODAY, cwd=workspace).out
    assert "The rule book itself would have errors:" in text


def test_nothing_is_told_where_nobody_is_judged_differently(repository: Path) -> None:
    run = crmtool("rules", "impact", "--today", TODAY, cwd=repository)  # since HEAD, where nothing else is said
    assert (run.status, run.err) == (0, "")
    assert run.out == (
        "HEAD:criteria.yaml → criteria.yaml, as of 2026-11-23: none of 1 contacts is judged differently; "
        "none would have errors\n"
    )


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        (b"statuses: [\n", "crmtool: other.yaml:1:11: "),
        (b"", "crmtool: other.yaml:1:1: "),
        (RULEBOOK.replace("kind: hold", "kind: held").encode(), "crmtool: other.yaml:9:92: "),
        (b"\xff", "crmtool: other.yaml:1:1: "),
    ],
)
def test_a_rule_book_that_cannot_be_used_is_told_with_its_place(rules: bytes, message: str, workspace: Path) -> None:
    write_files(workspace, {"other.yaml": rules})
    run = crmtool("rules", "impact", "other.yaml", cwd=workspace)
    assert (run.status, run.out) == (2, "")
    assert run.err.startswith(message)
    assert "crmtool check" not in run.err


def test_what_is_neither_a_file_nor_a_revision_is_told(workspace: Path, repository: Path) -> None:
    run = crmtool("rules", "impact", "nix", cwd=workspace)
    assert (run.status, run.out) == (2, "")
    assert run.err.startswith("crmtool: nix is no file here, and as a revision: no commit 'nix'")


def test_a_revision_without_a_rule_book_has_nothing_to_compare_with(repository: Path) -> None:
    subprocess.run(["git", "rm", "-q", "--cached", "criteria.yaml"], cwd=repository, check=True)
    identity = ["-c", "user.name=T", "-c", "user.email=t@example.org"]
    subprocess.run(["git", *identity, "commit", "-qm", "two"], cwd=repository, check=True)
    run = crmtool("rules", "impact", "HEAD", cwd=repository)
    assert (run.status, run.err) == (2, "crmtool: HEAD holds no criteria.yaml: there is nothing to compare with\n")


@pytest.mark.parametrize("width", [60, 120])
def test_the_example_at_a_width(width: int, golden: Callable[[str, str], None], tmp_path: Path) -> None:
    book = (ROOT / "criteria.yaml").read_text("utf-8")
    stricter = book.replace("decide_within: 30d", "decide_within: 10d").replace("[pain, buyer, {", "[pain, deadline, {")
    (tmp_path / "stricter.yaml").write_text(stricter, "utf-8")
    run = crmtool(
        "-C", str(ROOT), "rules", "impact", "stricter.yaml", "--today", TODAY, cwd=tmp_path, env={"COLUMNS": str(width)}
    )
    assert run.status == 2  # a path begins where -C says
    arguments = ("rules", "impact", str(tmp_path / "stricter.yaml"), "--today", TODAY)
    out = crmtool(*arguments, cwd=ROOT, env={"COLUMNS": str(width)}).out.splitlines()
    assert max(map(len, out)) <= width
    body = out[next(i for i, line in enumerate(out) if "bodan-frucht/" in line) :]  # the head names a passing path
    golden(f"cli/rules-impact-{width}.txt", "\n".join(body) + "\n")
