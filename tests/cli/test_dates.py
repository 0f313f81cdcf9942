"""Days on the command line: how they are written, and what is said of those that cannot be read."""

from __future__ import annotations

from datetime import date

import click
import pytest

from crmtool.cli.dates import read_coming
from tests.conftest import ROOT, TODAY, crmtool


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("log --since 23.11.2026", "Invalid value for '--since': '23.11.2026' is no day; write 2026-11-23"),
        ("log --until soon", "Invalid value for '--until': 'soon' is no day; write YYYY-MM-DD, today, yesterday, or"),
        ("progress --since 2026-12-01", "2026-12-01 lies after 2026-11-23; write that day or an earlier one"),
        ("progress --at 7d --since today --since 2026-11-20", "2026-11-20 lies after 2026-11-16"),
        ("list --closer-since 1x", "Invalid value for '--closer-since': '1x' is no day"),
        ("list --further-since tomorrow", "Invalid value for '--further-since': 'tomorrow' is no day"),
        ("focus --at 2026-11-24", "Invalid value for '--at': 2026-11-24 lies after 2026-11-23"),
        ("why jana --at 2027-01-01", "Invalid value for '--at': 2027-01-01 lies after 2026-11-23"),
        ("board --at 2026-02-30", "Invalid value for '--at': '2026-02-30' is no day"),
        ("log --since 2026-11-02 --until 2026-11-01", "--since 2026-11-02 lies after 2026-11-01"),
    ],
)
def test_what_cannot_be_read_or_lies_ahead_is_wrong_usage(arguments: str, message: str) -> None:
    run = crmtool(*arguments.split(), "--today", TODAY, cwd=ROOT)
    assert (run.status, run.out) == (2, "")
    assert message in " ".join(run.err.split())


@pytest.mark.parametrize("command", ["why nordlicht", "focus", "board", "log", "progress"])
def test_a_past_day_is_told_as_on_that_day(command: str) -> None:
    then = crmtool(*command.split(), "--today", "2026-11-16", cwd=ROOT)
    assert then.out
    assert crmtool(*command.split(), "--today", TODAY, "--at", "7d", cwd=ROOT) == then
    assert crmtool(*command.split(), "--today", "2026-11-17", "--at", "yesterday", cwd=ROOT) == then


def test_a_coming_day_is_read_and_a_past_one_refused() -> None:
    today = date(2026, 11, 23)
    assert read_coming("--due", "7d", today) == date(2026, 11, 30)
    assert read_coming("--due", " today ", today) == today
    with pytest.raises(click.BadParameter, match="2026-11-22 lies before 2026-11-23"):
        read_coming("--due", "2026-11-22", today)
    with pytest.raises(click.BadParameter, match=r"'30\.11\.26' is no day; write 2026-11-30"):
        read_coming("--due", "30.11.26", today)
    with pytest.raises(click.BadParameter, match="'morgen' is no day; write YYYY-MM-DD, today, tomorrow, or how far"):
        read_coming("--due", "morgen", today)
