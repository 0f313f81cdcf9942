"""crmtool why, focus, board and list over the example workspace, as golden files, and what changes nothing in them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from crmtool.cli import cli
from crmtool.contact import contact_id
from tests.conftest import JANA, ROOT, TODAY, crmtool

EXAMPLE = sorted(path for path in (ROOT / "contacts").rglob("*.md") if path.name[0] != "_" and path.name != "README.md")
NEW_BODY = "\nCalled three times, sent the offer.\n\n---\nstatus: stopped\n---\n<<<<<<< HEAD\n# {{date}}\n\tüß\u2028\n"


def _run(*arguments: str) -> str:
    result = CliRunner().invoke(cli, ["-C", str(ROOT), "--today", TODAY, *arguments])
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize("command", ["focus", "board", "list", "rules graph", "why nordlicht"])
def test_text(command: str, golden: Callable[[str, str], None]) -> None:
    golden(f"cli/{command.replace(' ', '-')}.txt", crmtool(*command.split(), "--today", TODAY, cwd=ROOT).out)


@pytest.mark.parametrize("command", ["focus", "board", "list", "why nordlicht"])
def test_json(command: str, golden: Callable[[str, str], None]) -> None:
    golden(f"cli/{command.replace(' ', '-')}.json", _run(*command.split(), "--format", "json"))


def test_mermaid(golden: Callable[[str, str], None]) -> None:
    golden("cli/rules-graph.mmd", _run("rules", "graph", "--format", "mermaid"))


def test_the_example_has_no_errors_and_its_warnings_are_known(golden: Callable[[str, str], None]) -> None:
    golden("cli/check.txt", _run("check"))


def test_the_example_shows_every_status_and_every_verdict() -> None:
    rows = json.loads(_run("list", "--format", "json"))["contacts"]
    assert len(rows) >= 40
    assert {row["verdict"] for row in rows} == {"stop", "decide", "plan", "clarify", "wait", "done"}
    assert {row["status"] for row in rows} == {"new", "clarifying", "ready", "parked", "agreed", "stopped"}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (["--status", "agreed"], lambda row: row["status"] == "agreed"),
        (["--verdict", "stop"], lambda row: row["verdict"] == "stop"),
        (["--owner", "mira"], lambda row: row["owner"] == "mira"),
        (["--overdue"], lambda row: row["overdue"]),
        (["--missing", "buyer"], lambda row: "buyer" in row["missing"]),
        (["--owner", "mira", "--verdict", "decide"], lambda row: (row["owner"], row["verdict"]) == ("mira", "decide")),
        (["--verdict", "stop", "--verdict", "plan"], lambda row: row["verdict"] in ("stop", "plan")),
        (["--status", "new", "--status", "parked"], lambda row: row["status"] in ("new", "parked")),
        (["--missing", "buyer", "--missing", "fit"], lambda row: {"buyer", "fit"} & set(row["missing"])),
        (["--owner", "mira", "--owner", "jonas"], lambda row: row["owner"] in ("mira", "jonas")),
    ],
)
def test_list_filters(filters: list[str], expected: Callable[[dict[str, object]], bool]) -> None:
    everyone = json.loads(_run("list", "--format", "json"))["contacts"]
    found = json.loads(_run("list", *filters, "--format", "json"))["contacts"]
    assert found == [row for row in everyone if expected(row)]
    assert 0 < len(found) < len(everyone)


def test_focus_is_why_in_the_order_of_attention_without_those_that_are_done() -> None:
    rows = json.loads(_run("list", "--format", "json"))["contacts"]
    focus = json.loads(_run("focus", "--format", "json"))["contacts"]
    assert [found["contact"] for found in focus] == [row["contact"] for row in rows if row["verdict"] != "done"]
    assert focus[0] == json.loads(_run("why", focus[0]["contact"], "--format", "json"))


@pytest.mark.parametrize(
    "wanted",
    [
        "nordlicht/jana-koehler",
        "contacts/nordlicht/jana-koehler.md",
        "jana",
        "KÖHLER",
        "Ko\u0308hler",
        "Nordlicht/Jana-Koehler",
    ],
)
def test_a_contact_is_an_id_a_path_or_a_part_of_a_name(wanted: str) -> None:
    assert json.loads(_run("why", wanted, "--format", "json"))["contact"] == "nordlicht/jana-koehler"


def test_an_ambiguous_contact_lists_the_candidates() -> None:
    run = crmtool("why", "rheinbogen", cwd=ROOT)
    assert (run.status, run.out) == (2, "")
    assert "'rheinbogen' may be rheinbogen/dieter-kluessmann, rheinbogen/nina-stollberg" in run.err


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        (["--status", "redy"], "crmtool: the rule book has no status 'redy'; did you mean 'ready'?\n"),
        (["--missing", "buyr"], "crmtool: the rule book has no criterion 'buyr'; did you mean 'buyer'?\n"),
    ],
)
def test_an_unknown_filter_is_wrong_usage(wanted: list[str], message: str) -> None:
    run = crmtool("list", *wanted, cwd=ROOT)
    assert (run.status, run.out, run.err) == (2, "", message)


def test_on_a_narrow_terminal_rows_are_stacked_and_nothing_is_cut() -> None:
    for command in ("focus", "board", "list"):
        run = crmtool(command, "--today", TODAY, cwd=ROOT, env={"COLUMNS": "60"})
        assert "…" not in run.out
        assert max(map(len, run.out.splitlines())) <= 60


def test_a_part_that_is_the_whole_id_of_one_means_that_one(workspace: Path) -> None:
    for name in ("d", "d/dd"):
        (workspace / "contacts" / name).parent.mkdir(exist_ok=True)
        (workspace / "contacts" / f"{name}.md").write_text(JANA, "utf-8")
    run = crmtool("why", "D", "--today", TODAY, "--format", "json", cwd=workspace)
    assert json.loads(run.out)["contact"] == "d"


def test_a_contact_with_errors_is_named_and_the_others_are_judged(workspace: Path) -> None:
    (workspace / "contacts" / "broken.md").write_text("---\nname: X\n---\n", "utf-8")
    run = crmtool("focus", "--today", TODAY, cwd=workspace)
    assert run.status == 0
    assert "Jana Köhler" in run.out
    assert run.err == "left out, since they have errors: contacts/broken.md; `crmtool check` tells them\n"
    one = crmtool("why", "broken", "--today", TODAY, cwd=workspace)
    assert (one.status, one.out) == (2, "")
    assert "`crmtool check contacts/broken.md` tells them" in one.err


@pytest.fixture(scope="module")
def example_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("example")
    for name in ("contacts", "schemas"):
        shutil.copytree(ROOT / name, copy / name)
    shutil.copy(ROOT / "criteria.yaml", copy)
    return copy


@pytest.mark.parametrize("path", EXAMPLE, ids=lambda path: contact_id(path.relative_to(ROOT).as_posix()))
def test_editing_a_body_changes_no_output(path: Path, example_copy: Path) -> None:
    file = example_copy / path.relative_to(ROOT)
    commands = ("check", "focus", "board", "log", "progress", f"why {contact_id(path.relative_to(ROOT).as_posix())}")

    def outputs() -> list[str]:
        start = ["-C", str(example_copy), "--today", TODAY]
        results = [CliRunner().invoke(cli, [*start, *command.split(" ", 1)]) for command in commands]
        assert [result.exit_code for result in results] == [0] * len(commands)
        return [result.output for result in results]

    before, text = outputs(), file.read_text("utf-8")
    front_matter_end = text.index("\n---\n", 4) + len("\n---\n")
    file.write_text(text[:front_matter_end] + NEW_BODY, "utf-8")
    assert outputs() == before
    file.write_text(text, "utf-8")
