"""Whatever the clock says and wherever it stands: what day it is, where the calendar ends, what a cache makes of it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from crmtool import app, cache
from crmtool.cli import cli
from crmtool.days import Duration
from tests.conftest import JANA, RULEBOOK, Run, crmtool, write_files
from tests.git.conftest import Repo

CONTACT = "contacts/nordlicht/jana-koehler.md"
LATE = """\
---
name: Late
status: clarifying
criteria:
  fit: {met: 9999-12-30}
  conflict: {not_met: 9999-12-30}
decisions:
  - {date: 9999-12-29, to: new, because: "x"}
  - {date: 9999-12-31, to: clarifying, because: "x", chance: 0.4}
next_step: {do: "x", clarifies: buyer, due: 9999-12-31}
stop_if: [{when: "x", by: 9999-12-31}]
---
"""
EARLY = """\
---
name: Early
status: stopped
criteria:
  fit: {met: 0001-01-01}
  conflict: {not_met: 0001-01-01}
decisions:
  - {date: 0001-01-01, to: new, because: "x"}
  - {date: 0001-01-01, to: clarifying, because: "x"}
  - {date: 0001-01-02, to: stopped, because: "x", reason: no_fit}
---
"""
_LONGEST = {"14d": "99999y", "30d": "99999w", "21d": "99999m", "90d": "99999y", "45d": "99999d", "24m": "99999y"}


@pytest.fixture
def at_moment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let a test set the zone and the clock, and put back the zone that was."""
    monkeypatch.delenv("CRMTOOL_TODAY", raising=False)
    yield
    monkeypatch.undo()
    time.tzset()


def _today_at(monkeypatch: pytest.MonkeyPatch, zone: str, moment: int) -> str:
    local = time.localtime
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    with monkeypatch.context() as clock:
        clock.setattr(app, "localtime", lambda: local(moment))
        return app.today(None).isoformat()


_UTC = {"2026-11-23T10:30": 1795429800, "2026-03-28T23:30": 1774740600, "2026-03-29T01:30": 1774747800,
        "2026-10-24T22:30": 1792881000, "2026-10-25T00:30": 1792888200, "2026-10-25T01:30": 1792891800,
        "2028-02-29T00:30": 1835397000}  # fmt: skip


@pytest.mark.usefixtures("at_moment")
@pytest.mark.parametrize(
    ("zone", "utc", "day"),
    [
        ("Pacific/Kiritimati", "2026-11-23T10:30", "2026-11-24"),
        ("Etc/GMT+12", "2026-11-23T10:30", "2026-11-22"),
        ("UTC", "2026-11-23T10:30", "2026-11-23"),
        ("Europe/Berlin", "2026-03-28T23:30", "2026-03-29"),  # an hour and a half before the hour that is left out
        ("Europe/Berlin", "2026-03-29T01:30", "2026-03-29"),
        ("Europe/Berlin", "2026-10-24T22:30", "2026-10-25"),
        ("Europe/Berlin", "2026-10-25T00:30", "2026-10-25"),  # half past two, summer time
        ("Europe/Berlin", "2026-10-25T01:30", "2026-10-25"),  # half past two again
        ("America/Sao_Paulo", "2028-02-29T00:30", "2028-02-28"),
        ("XXX99", "2026-11-23T10:30", "2026-11-22"),  # what no zone is: a day behind at most
    ],
)
def test_today_is_the_day_of_the_place(monkeypatch: pytest.MonkeyPatch, zone: str, utc: str, day: str) -> None:
    assert _today_at(monkeypatch, zone, _UTC[utc]) == day


@pytest.mark.usefixtures("at_moment")
@pytest.mark.parametrize(("moment", "day"), [(0, "1970-01-01"), (-1, "1969-12-31"), (253402300799, "9999-12-31")])
def test_a_clock_that_is_set_far_away_is_believed(monkeypatch: pytest.MonkeyPatch, moment: int, day: str) -> None:
    assert _today_at(monkeypatch, "UTC", moment) == day


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12", "America/Sao_Paulo", "Nonsense"])
def test_a_commit_has_the_day_that_it_had_where_it_was_made(repo: Repo, zone: str) -> None:
    repo.workspace()
    when = "2026-11-22T23:30:00-0300"
    repo.git("commit", "--quiet", "--message", "x", GIT_AUTHOR_DATE=when, GIT_COMMITTER_DATE=when)
    assert repo.crmtool("blame", "jana", TZ=zone).stdout.splitlines()[1].startswith("2026-11-22  Mira")
    told = repo.crmtool("focus", "--rev", "HEAD", TZ=zone, CRMTOOL_TODAY="").stdout
    assert told.startswith("What deserves attention on 2026-11-22, commit ")


@pytest.mark.parametrize(
    ("start", "duration", "end"),
    [
        ("2028-02-29", "1y", "2029-02-28"),
        ("2028-02-29", "4y", "2032-02-29"),
        ("2028-02-29", "12m", "2029-02-28"),
        ("2028-02-29", "24m", "2030-02-28"),
        ("2028-01-31", "1m", "2028-02-29"),
        ("2027-01-31", "1m", "2027-02-28"),
        ("2027-12-31", "2m", "2028-02-29"),
        ("2028-02-29", "1d", "2028-03-01"),
        ("2028-02-28", "1d", "2028-02-29"),
        ("2026-03-28", "1d", "2026-03-29"),
        ("9999-12-31", "1d", "9999-12-31"),
        ("2026-11-23", "99999y", "9999-12-31"),
        ("2026-11-23", "99999d", "2300-09-07"),
    ],
)
def test_durations_go_by_the_calendar_and_end_with_it(start: str, duration: str, end: str) -> None:
    read = Duration.parse(duration)
    assert read is not None
    assert read.after(date.fromisoformat(start)) == date.fromisoformat(end)


def test_a_duration_with_more_figures_is_refused(workspace: Path) -> None:
    (workspace / "criteria.yaml").write_text(RULEBOOK.replace("valid_for: 90d", "valid_for: 999999y"), "utf-8")
    run = crmtool("--today", "2026-11-23", "check", cwd=workspace)
    assert run.status == 1
    assert run.out.startswith("criteria.yaml:16:")
    assert "Traceback" not in run.err


def _run(root: Path, today: str, *command: str) -> Run:
    result = CliRunner().invoke(cli, ["-C", str(root), "--today", today, *command])
    assert result.exception is None or isinstance(result.exception, SystemExit), (command, result.exception)
    return Run(result.exit_code, result.stdout, result.stderr)


def test_data_of_who_ended_on_the_29th_are_kept_to_the_28th(workspace: Path) -> None:
    ended = EARLY.replace("0001-01-02", "2028-02-29").replace("0001-01-01", "2028-02-01")
    write_files(workspace, {"contacts/ended.md": ended})
    assert "nobody is due for erasure" in _run(workspace, "2030-02-27", "retention").out
    assert "due since 2030-02-28  Early" in _run(workspace, "2030-02-28", "retention").out


_EVERYWHERE = (
    ["check"], ["focus"], ["board"], ["list"], ["log", "--since", "1y"], ["progress", "--since", "99999y"],
    ["progress", "--since", "2d"], ["retention", "--all"], ["rules", "check"],
    ["export"], ["export", "--format", "csv"],
    ["export", "--format", "ics"], ["export", "--format", "atom"], ["focus", "--at", "99999y"], ["why", "early"],
    ["import", "leads.csv", "--dry-run"], ["new", "Xaver", "--because", "x", "--dry-run"],
)  # fmt: skip


@pytest.mark.parametrize("today", ["0001-01-02", "1969-12-31", "1970-01-01", "2026-11-23", "9999-12-30", "9999-12-31"])
def test_every_command_works_from_the_first_day_of_the_calendar_to_the_last(workspace: Path, today: str) -> None:
    longest = RULEBOOK
    for short, long in _LONGEST.items():
        longest = longest.replace(f": {short}", f": {long}")
    files = {"criteria.yaml": longest, "contacts/late.md": LATE, "contacts/early.md": EARLY}
    write_files(workspace, {**files, "leads.csv": "Name;Firma\nIda;Berg\n"})
    assert "[date-in-future]" not in _run(workspace, "9999-12-31", "check").out
    for command in _EVERYWHERE:
        assert _run(workspace, today, *command).status in (0, 1)
    for command in (["next", "late", "--do", "x", "--clarifies", "buyer", "--due", "99999y"], ["why", "late"]):
        assert _run(workspace, "9999-12-31", *command).status == 0


@pytest.mark.parametrize("today", ["10000-01-01", "0000-01-01", "2026-02-29", "2026-11-23T00:00", "-1", "tomorrow"])
def test_what_is_no_day_is_refused(workspace: Path, today: str) -> None:
    run = crmtool("--today", today, "focus", cwd=workspace)
    assert (run.status, run.out) == (2, "")
    assert run.err == f"crmtool: --today '{today}' is no date; write it as YYYY-MM-DD, such as 2026-11-23\n"


# --- The cache --------------------------------------------------------------------------------------------------------

_DAY = 24 * 3600
_BROKEN = JANA.replace("status: clarifying", "status: stopping")  # as long as what is in order


@pytest.mark.parametrize("seconds", [-(10**9) * 2, 0, 1, 2**31 - 1, 2**32, 10**10])
def test_a_file_that_is_changed_and_set_back_to_the_same_time_is_seen(workspace: Path, seconds: int) -> None:
    file = workspace / CONTACT
    os.utime(file, (seconds, seconds))
    assert _run(workspace, "2026-11-23", "check").status == 0
    file.write_text(_BROKEN, "utf-8")
    os.utime(file, (seconds, seconds))
    assert _run(workspace, "2026-11-23", "check").status == 1
    file.write_text(JANA, "utf-8")
    os.utime(file, (seconds, seconds))
    assert _run(workspace, "2026-11-23", "check").status == 0


@pytest.mark.parametrize("jump", [-20 * 365 * _DAY, -_DAY, 40 * _DAY, 200 * 365 * _DAY])
def test_a_clock_that_jumps_between_two_runs_makes_no_cache_lie(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, jump: int
) -> None:
    file = workspace / CONTACT
    assert _run(workspace, "2026-11-23", "check").status == 0
    now, now_ns = time.time(), time.time_ns()
    monkeypatch.setattr(cache, "time", lambda: now + jump)
    monkeypatch.setattr("crmtool.workspace.time_ns", lambda: now_ns + jump * 10**9)
    for text, status in ((_BROKEN, 1), (JANA, 0), (_BROKEN, 1)):
        file.write_text(text, "utf-8")
        os.utime(file, (now, now))
        assert _run(workspace, "2026-11-23", "check").status == status
        assert _run(workspace, "2026-11-23", "check").status == status
