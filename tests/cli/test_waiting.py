"""Whoever waits for more than a second sees how far the work has come, and nothing of it stays."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import threading
from pathlib import Path

import pexpect
import pytest

from crmtool.cli import waiting
from crmtool.cli.session import Session
from tests.conftest import JANA, RULEBOOK, TODAY, write_files

CONTACTS = 20
# Reads each file in a tenth of a second, as from a slow disk, and tells in the end whether a bar was ever thought of.
SLOW = """
import sys, time
from crmtool.cli import main
from crmtool.workspace import WorkTree
read = WorkTree.read
def slowly(tree, path):
    time.sleep(0.1)
    return read(tree, path)
WorkTree.read = slowly
try:
    main(sys.argv[1:])
finally:
    print("rich" in sys.modules)
"""
# Still at it when the bar has appeared, however late a busy machine draws it.
SLOWER = SLOW.replace("0.1", "0.3")
# However slow the machine is: what takes less than the patience draws nothing.
QUICK = SLOW.replace("0.1", "0").replace(
    "import sys, time", "import sys, time, crmtool.cli.waiting as waiting; waiting.PATIENCE = 60"
)
SUMMARY = f"{CONTACTS} contacts checked: nothing to mend"
_PART = re.compile(r"\x1b\[(?P<count>\d*)(?P<code>[A-Z])|\x1b\[[?\d;]*[a-z]|(?P<move>[\r\n])|(?P<text>[^\x1b\r\n])")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    contacts = {f"contacts/{number}.md": JANA for number in range(CONTACTS)}
    return write_files(tmp_path, {"criteria.yaml": RULEBOOK.replace(", limit: 12", ""), **contacts})


def _started(code: str, root: Path, *arguments: str, term: str = "xterm") -> pexpect.spawn[str]:
    terminal: pexpect.spawn[str] = pexpect.spawn(
        sys.executable,
        ["-c", code, *arguments],
        cwd=root,
        env={**os.environ, "TERM": term, "CRMTOOL_TODAY": TODAY},
        encoding="utf-8",
        dimensions=(40, 120),
        timeout=60,
    )
    terminal.logfile_read = io.StringIO()
    return terminal


def _shown(terminal: pexpect.spawn[str]) -> str:
    """Wait for the end, and give all that was written to the terminal."""
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert isinstance(terminal.logfile_read, io.StringIO)
    return terminal.logfile_read.getvalue()


def _screen(shown: str) -> list[str]:
    """Give the lines that stand on a terminal in the end."""
    lines, row, column = [""], 0, 0
    for part in _PART.finditer(shown):
        if part["text"]:
            lines[row] = lines[row][:column].ljust(column) + part["text"] + lines[row][column + 1 :]
            column += 1
        elif part["move"] == "\r":
            column = 0
        elif part["move"] == "\n":
            row += 1
            lines += [""] * (row + 1 - len(lines))
        elif part["code"] == "A":
            row -= int(part["count"] or 1)
        elif part["code"] == "K":
            assert part["count"] == "2"
            lines[row] = ""
    return [line.rstrip() for line in lines]


def test_a_bar_appears_and_nothing_of_it_stays(root: Path) -> None:
    terminal = _started(SLOWER, root, "check")
    terminal.expect(rf"reading \d+ of {CONTACTS}")
    shown = _shown(terminal)
    assert "━" in shown
    assert _screen(shown) == [SUMMARY, "True", ""]
    assert shown.rindex("\x1b[?25h") > shown.rindex("\x1b[?25l")
    assert terminal.exitstatus == 0


def test_an_error_stands_alone(root: Path) -> None:
    terminal = _started(SLOWER, root, "check", "nobody.md")
    terminal.expect("reading")
    shown = _shown(terminal)
    assert _screen(shown) == ["crmtool: nobody.md does not exist", "True", ""]
    assert terminal.exitstatus == 2


def test_an_interrupt_takes_the_bar_away(root: Path) -> None:
    terminal = _started(SLOWER, root, "check")
    terminal.expect("reading")
    terminal.sendintr()
    shown = _shown(terminal)
    assert not [line for line in _screen(shown) if "reading" in line or "━" in line]
    assert shown.rindex("\x1b[?25h") > shown.rindex("\x1b[?25l")
    assert terminal.exitstatus == 1


def test_a_dumb_terminal_shows_no_bar(root: Path) -> None:
    assert _shown(_started(SLOW, root, "check", term="dumb")) == f"{SUMMARY}\r\nFalse\r\n"


def test_where_nobody_looks_there_is_no_bar(root: Path) -> None:
    env = {**os.environ, "TERM": "xterm", "CRMTOOL_TODAY": TODAY}
    done = subprocess.run([sys.executable, "-c", SLOW, "check"], cwd=root, env=env, capture_output=True, check=True)
    assert (done.stdout, done.stderr.decode()) == (b"False\n", f"{SUMMARY}\n")


def test_quick_work_draws_nothing(workspace: Path) -> None:
    assert _shown(_started(QUICK, workspace, "check")) == "1 contact checked: nothing to mend\r\nFalse\r\n"


def test_no_thread_lives_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "_is_watched", lambda: True)
    before = set(threading.enumerate())
    with waiting.waiting(Session(), "checking"):
        assert len(set(threading.enumerate()) - before) == 1
    assert set(threading.enumerate()) - before == set()
