"""crmtool progress: what came closer, went further and ended, as text, JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner

from crmtool.app import look
from crmtool.cli import cli
from crmtool.report.week import week
from tests.building import day
from tests.conftest import ROOT, TODAY, crmtool


def run(*arguments: str) -> str:
    result = CliRunner().invoke(cli, ["-C", str(ROOT), "--today", TODAY, "progress", *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def told(*arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(*arguments, "--format", "json"))
    return found


@pytest.mark.parametrize("form", ["text", "json", "csv"])
def test_the_example(form: str, golden: Callable[[str, str], None]) -> None:
    suffix = {"text": "txt"}.get(form, form)
    golden(f"cli/progress.{suffix}", crmtool("progress", "--today", TODAY, "--format", form, cwd=ROOT).out)


@pytest.mark.parametrize("width", [60, 120, 200])
def test_at_a_width(width: int, golden: Callable[[str, str], None]) -> None:
    arguments = ("progress", "--since", "3m", "--today", TODAY)
    out = crmtool(*arguments, cwd=ROOT, env={"COLUMNS": str(width)}).out
    golden(f"cli/progress-{width}.txt", out)
    assert max(map(len, out.splitlines())) <= width
    assert "…" not in out


def test_closer_and_further_are_those_of_the_report_site() -> None:
    edition = look.judge(look.View(root=ROOT, day=day(TODAY)))
    rows = told()["contacts"]
    for name, assessments in (("closer", week(edition).closer), ("further", week(edition).further)):
        assert [row["contact"] for row in rows if row["direction"] == name] == [a.contact.id for a in assessments]
    assert told()["totals"]["clarified"] == week(edition).clarified


def test_those_that_stand_still_are_counted_and_listed_on_request() -> None:
    short, full = told("--since", "3m"), told("--since", "3m", "--all")
    assert short["totals"] == full["totals"]
    counts = Counter(row["direction"] for row in full["contacts"])
    assert counts == {name: short["totals"][name] for name in ("closer", "further", "unchanged", "ended")}
    assert short["contacts"] == [row for row in full["contacts"] if row["direction"] != "unchanged"]
    directions = [row["direction"] for row in full["contacts"]]
    assert list(dict.fromkeys(directions)) == ["closer", "further", "ended", "unchanged"]


def test_before_is_how_it_stood_at_the_end_of_that_day() -> None:
    since = "2026-09-30"
    before = {
        row["contact"]: row
        for row in json.loads(crmtool("list", "--today", since, "--format", "json", cwd=ROOT).out)["contacts"]
    }
    for row in told("--since", since, "--all")["contacts"]:
        if row["entered"] is None:
            then = before[row["contact"]]
            assert (row["status_before"], row["distance_before"]) == (then["status"], then["distance"])
        else:
            assert row["contact"] not in before
            assert row["entered"] > since


def test_decisions_are_those_of_the_log() -> None:
    log = json.loads(crmtool("log", "--since", "2026-09-01", "--today", TODAY, "--format", "json", cwd=ROOT).out)
    found = told("--since", "2026-08-31", "--all")
    assert found["totals"]["decisions"] == log["totals"]["decisions"]
    decided = Counter((row["contact"], status) for row in found["contacts"] for status in row["decided"])
    assert decided == Counter((row["contact"], row["to"]) for row in log["log"] if row["outcome"] != "entry")


def test_a_day_compared_with_itself_changes_nothing() -> None:
    assert run("--since", "today").startswith(f"Since {TODAY}: 32 unchanged; 0 decisions, 0 criteria clarified. Every")
    assert told("--since", "today")["contacts"] == []
    assert run("--at", "2020-01-01") == "No contact exists as of 2020-01-01: none had entered by then.\n"


def test_csv_has_the_keys_and_values_of_json() -> None:
    rows = told("--since", "3m")["contacts"]
    table = list(csv.DictReader(io.StringIO(run("--since", "3m", "--format", "csv"))))
    assert list(table[0]) == list(rows[0])
    assert [row["clarified"].split() for row in table] == [row["clarified"] for row in rows]
    assert [row["distance"] for row in table] == ["" if (d := row["distance"]) is None else str(d) for row in rows]


def test_whom_it_is_about_can_be_narrowed_down() -> None:
    everyone = told("--all")["contacts"]
    miras = told("--all", "--owner", "mira", "--status", "ready")["contacts"]
    rows = json.loads(crmtool("list", "--format", "json", "--today", TODAY, cwd=ROOT).out)["contacts"]
    wanted = {row["contact"] for row in rows if (row["owner"], row["status"]) == ("mira", "ready")}
    assert {row["contact"] for row in miras} == {row["contact"] for row in everyone} & wanted != set()
