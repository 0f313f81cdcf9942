"""crmtool log: the decisions taken, narrowed down, as text, JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from crmtool.cli import cli
from tests.conftest import ROOT, TODAY, crmtool, write_files


def run(*arguments: str, at: Path = ROOT) -> str:
    result = CliRunner().invoke(cli, ["-C", str(at), "--today", TODAY, "log", *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def logged(*arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(*arguments, "--format", "json"))
    return found


@pytest.mark.parametrize("form", ["text", "json", "csv"])
def test_the_example(form: str, golden: Callable[[str, str], None]) -> None:
    suffix = {"text": "txt"}.get(form, form)
    golden(f"cli/log.{suffix}", crmtool("log", "--since", "6w", "--today", TODAY, "--format", form, cwd=ROOT).out)


@pytest.mark.parametrize("width", [60, 120, 150])
def test_at_a_width(width: int, golden: Callable[[str, str], None]) -> None:
    arguments = ("log", "--since", "6w", "--today", TODAY)
    out = crmtool(*arguments, cwd=ROOT, env={"COLUMNS": str(width)}).out
    golden(f"cli/log-{width}.txt", out)
    assert max(map(len, out.splitlines())) <= width
    assert "…" not in out


def test_the_latest_comes_first_and_the_sum_is_that_of_the_rows() -> None:
    found = logged()
    days = [row["date"] for row in found["log"]]
    assert days == sorted(days, reverse=True)
    outcomes = [row["outcome"] for row in found["log"]]
    totals = found["totals"]
    assert totals.pop("entries") == outcomes.count("entry") == 46
    assert totals.pop("decisions") == sum(totals.values()) == len(outcomes) - 46
    assert all(totals[name] == outcomes.count(name) for name in totals)
    assert [row["from"] for row in found["log"] if row["outcome"] == "entry"] == [None] * 46


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (["--since", "2026-11-10"], lambda row: row["date"] >= "2026-11-10"),
        (["--until", "2026-06-30"], lambda row: row["date"] <= "2026-06-30"),
        (["--until", "2026-12-31"], lambda row: True),
        (["--since", "3m", "--until", "1m"], lambda row: "2026-08-23" <= row["date"] <= "2026-10-23"),
        (["--to", "stopped"], lambda row: row["to"] == "stopped"),
        (["--to", "stopped", "--to", "agreed"], lambda row: row["to"] in ("stopped", "agreed")),
        (["--owner", "mira", "--to", "ready"], lambda row: (row["owner"], row["to"]) == ("mira", "ready")),
        (["morgenrot"], lambda row: row["contact"] == "morgenrot-textil/sigrid-haeusler"),
        (["--at", "2026-06-30"], lambda row: row["date"] <= "2026-06-30"),
    ],
)
def test_filters(filters: list[str], expected: Callable[[dict[str, Any]], bool]) -> None:
    found = logged(*filters)["log"]
    assert found == [row for row in logged()["log"] if expected(row)]
    assert found


def test_one_contact_is_told_by_name_once() -> None:
    assert run("morgenrot").splitlines()[0] == (
        "Morgenrot Textilservice eG · Sigrid Häusler: 3 decisions up to 2026-11-23: 1 no, 1 forward, 1 reopened; "
        "1 contact entered"
    )
    assert run("morgenrot").count("Sigrid") == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ["--since", "2026-11-20"],
            "No decision from 2026-11-20 to 2026-11-23: nobody came in, and every status is what it was.\n",
        ),
        (["--since", "2026-11-20", "--to", "ready"], "No decision from 2026-11-20 to 2026-11-23 is like that.\n"),
    ],
)
def test_nothing_is_told_with_what_it_means(arguments: list[str], told: str) -> None:
    assert run(*arguments) == told


def test_where_only_contacts_entered_nothing_was_decided() -> None:
    assert run("--since", "2026-11-13").splitlines()[0] == (
        "No decision from 2026-11-13 to 2026-11-23; 4 contacts entered"
    )


def test_an_unknown_status_is_wrong_usage() -> None:
    found = crmtool("log", "--to", "redy", cwd=ROOT)
    assert (found.status, found.out) == (2, "")
    assert found.err == "crmtool: the rule book has no status 'redy'; did you mean 'ready'?\n"


def test_hostile_text_is_neither_obeyed_nor_run(workspace: Path) -> None:
    jana = (workspace / "contacts/nordlicht/jana-koehler.md").read_text("utf-8")
    evil = jana.replace("name: Jana Köhler", 'name: "=1+1"').replace("Empfehlung; L", "\\e[31mred\\nL")
    write_files(workspace, {"contacts/nordlicht/jana-koehler.md": evil})
    assert "\x1b" not in run(at=workspace)
    assert r"\u001b[31mred Lagerlogistik" in run(at=workspace)
    rows = list(csv.DictReader(io.StringIO(run("--format", "csv", at=workspace))))
    assert [row["name"] for row in rows] == ["'=1+1"] * 2
    assert rows[1]["because"] == "\ufffd[31mred\nLagerlogistik passt ins Raster"


def test_wide_characters_stay_aligned(workspace: Path) -> None:
    jana = (workspace / "contacts/nordlicht/jana-koehler.md").read_text("utf-8")
    write_files(workspace, {"contacts/a.md": jana.replace("Jana Köhler", "田中 太郎 🙂")})
    rows = [line for line in run(at=workspace).splitlines() if "Ungeklärt → In Klärung" in line]
    wide, plain = ("田中" in row for row in rows)
    assert (wide, plain) == (True, False)
    # Each of the four ideographs and the emoji is as wide as two letters.
    assert rows[0].index("Ungeklärt") + 5 == rows[1].index("Ungeklärt")


def test_a_name_that_nobody_has_is_told() -> None:
    for form, owner in (("text", "myra"), ("json", "MIRA")):
        ran = crmtool("log", "--owner", owner, "--tag", "bau", "--format", form, "--today", TODAY, cwd=ROOT)
        assert (ran.status, ran.err) == (0, f"no contact has the owner {owner!r}; did you mean 'mira'?\n")
