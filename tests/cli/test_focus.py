"""crmtool focus at a terminal: one screen, the most urgent first, and nothing cut where it is piped."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import struct
import subprocess
import sys
import termios
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import pytest

from tests.conftest import ROOT, TODAY, crmtool, write_files


def at_terminal(
    *arguments: str, lines: int, columns: int, cwd: Path = ROOT, env: Mapping[str, str] | None = None
) -> list[str]:
    """Run the program at a terminal of a size and give the lines that it shows."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    inherited = {name: value for name, value in os.environ.items() if name not in ("LINES", "COLUMNS")}
    program = [sys.executable, "-m", "crmtool", *arguments, "--today", TODAY, "--color", "never"]
    with subprocess.Popen(
        program, cwd=cwd, env={**inherited, **(env or {})}, stdin=theirs, stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        shown = b""
        with suppress(OSError):  # the end of a terminal is an error on Linux
            while part := os.read(ours, 65536):
                shown += part
        os.close(ours)
    assert process.returncode == 0, shown
    return shown.decode().splitlines()


@pytest.mark.parametrize(("lines", "columns"), [(24, 80), (24, 200), (12, 60), (50, 100)])
def test_it_fits_on_one_screen_and_the_last_line_tells_of_the_rest(lines: int, columns: int) -> None:
    shown = at_terminal("focus", lines=lines, columns=columns)
    assert len(shown) < lines  # the prompt needs a line of its own
    assert len(shown) > lines - 6
    assert max(map(len, shown)) <= columns
    end = " ".join(shown[-3:])
    assert "more (" in end
    assert end.endswith("`crmtool focus --all` shows them")
    assert not any(line.endswith(" ") for line in shown)


def test_the_rest_is_counted_by_verdict() -> None:
    shown = at_terminal("focus", lines=8, columns=200)
    assert len(shown) == 7
    contacts = json.loads(crmtool("focus", "--today", TODAY, "--format", "json", cwd=ROOT).out)["contacts"]
    assert all(contact["name"] in line for contact, line in zip(contacts[:5], shown[1:6], strict=True))
    assert shown[6] == (
        "and 27 more (8 to decide, 5 to plan, 8 to clarify, 6 to wait): `crmtool focus --all` shows them"
    )


def test_all_and_a_high_terminal_show_everyone() -> None:
    everyone = at_terminal("focus", "--all", lines=8, columns=200)
    assert len(everyone) > 33
    assert at_terminal("focus", lines=200, columns=200) == everyone


def test_at_least_one_contact_is_shown() -> None:
    shown = at_terminal("focus", lines=2, columns=200)
    assert len(shown) == 3
    assert shown[1].startswith("■ Stop")


def test_notices_above_take_their_lines(workspace: Path) -> None:
    copies = {f"contacts/{n:02}.md": (workspace / "contacts/nordlicht/jana-koehler.md").read_bytes() for n in range(30)}
    write_files(workspace, {**copies, "contacts/broken.md": "---\nname: X\n---\n"})
    shown = at_terminal("focus", lines=12, columns=200, cwd=workspace)
    assert shown[0].startswith("left out")
    assert len(shown) == 11


def test_the_smaller_counts_where_lines_and_the_window_differ() -> None:
    assert len(at_terminal("focus", lines=30, columns=200, env={"LINES": "10"})) == 9
    assert len(at_terminal("focus", lines=10, columns=200, env={"LINES": "30"})) == 9


def test_what_is_piped_is_never_cut() -> None:
    piped = crmtool("focus", "--today", TODAY, cwd=ROOT)
    assert len(piped.out.splitlines()) == 33
    assert crmtool("focus", "--today", TODAY, cwd=ROOT, env={"LINES": "10"}) == piped
    assert crmtool("focus", "--all", "--today", TODAY, cwd=ROOT) == piped


def test_no_line_ends_between_a_number_and_its_unit() -> None:
    for width in (52, 60, 70, 80):
        for command in (("focus",), ("list",), ("why", "nordlicht")):
            shown = crmtool(*command, "--today", TODAY, cwd=ROOT, env={"COLUMNS": str(width)}).out.splitlines()
            assert not [line for line in shown if line.strip() == "d" or line.strip().startswith(("d  ", "days"))]
            assert not any("\u00a0" in line or "\u2800" in line for line in shown)
