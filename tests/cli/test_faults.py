"""Killed at every line that writes, interrupted, out of space: the old file stays whole, or the new one is."""

from __future__ import annotations

import errno
import json
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import JANA, RULEBOOK, TODAY, crmtool, write_files

CONTACT = "contacts/nordlicht/jana-koehler.md"
ANSWER = ["--today", TODAY, "answer", "nordlicht/jana-koehler", "buyer", "met", "--evidence", "The CFO signs"]

NEW = ["--today", TODAY, "new", "Uwe Richter", "--organization", "Hansa", "--because", "He asked"]
_NO_COVERAGE = {"COVERAGE_PROCESS_CONFIG": ""}  # it would write to the same full disk

# Each child is sent the signal at the next of the lines of writing.py that it comes to, until one comes to the end.
_HARNESS = """
import json, os, pathlib, signal, sys
from crmtool.cli import main
import crmtool.cli.change.answer, crmtool.cli.change.new, crmtool.report.edition, crmtool.cli.terminal

file, sent, arguments = pathlib.Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
old, outcomes = file.read_bytes() if file.exists() else None, []

def child(wanted):
    passed = 0
    def lines(frame, event, _argument):
        nonlocal passed
        if event == "line":
            passed += 1
            if passed == wanted:
                os.kill(os.getpid(), sent)
        return lines
    def calls(frame, _event, _argument):
        return lines if frame.f_code.co_filename.endswith(os.path.join("crmtool", "writing.py")) else None
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    sys.settrace(calls)
    try:
        main(arguments)
    except SystemExit as ended:
        os._exit(ended.code or 0)
    os._exit(99)

for wanted in range(1, 1000):
    pid = os.fork()
    if not pid:
        child(wanted)
    status = os.waitpid(pid, 0)[1]
    now = file.read_bytes() if file.exists() else None
    left = sorted(each.name for each in file.parent.iterdir()) if file.parent.exists() else []
    text = "old" if now == old else "gone" if now is None else now.decode()
    outcomes.append([os.waitstatus_to_exitcode(status), text, left])
    if outcomes[-1][0] == 0:
        break
    if old is not None:
        file.write_bytes(old)
    elif file.exists():
        file.unlink()
print(json.dumps(outcomes))
"""


def _outcomes(workspace: Path, sent: int, path: str, command: list[str]) -> list[tuple[int, str, list[str]]]:
    done = subprocess.run(
        [sys.executable, "-c", _HARNESS, str(workspace / path), str(sent), "-C", str(workspace), *command],
        capture_output=True,
        check=True,
        timeout=120,
    )
    return [tuple(each) for each in json.loads(done.stdout)]


@pytest.mark.parametrize("sent", [9, 2], ids=["killed", "interrupted"])
def test_at_every_line_the_old_file_is_whole_or_the_new_one_is(workspace: Path, sent: int) -> None:
    *stopped, ended = _outcomes(workspace, sent, CONTACT, ANSWER)
    new = ended[1]
    assert ended[0] == 0
    assert "The CFO signs" in new
    assert len(stopped) > 30
    assert {status for status, _, _ in stopped} <= ({-9} if sent == 9 else {1})
    assert [text for _, text, _ in stopped if text not in ("old", new)] == []
    assert "old" in {text for _, text, _ in stopped}
    assert new in {text for _, text, _ in stopped}
    assert all(name.startswith(".crmtool-") for _, _, left in stopped for name in left if name != "jana-koehler.md")
    # What was left is no contact, and the next command takes it away.
    assert ended[2] == ["jana-koehler.md"]
    assert crmtool("check", "--today", TODAY, cwd=workspace).status == 0


@pytest.mark.parametrize("sent", [9, 2], ids=["killed", "interrupted"])
def test_at_every_line_a_new_contact_is_whole_or_not_there(workspace: Path, sent: int) -> None:
    *stopped, ended = _outcomes(workspace, sent, "contacts/hansa/uwe-richter.md", NEW)
    assert ended[0] == 0
    assert "He asked" in ended[1]
    assert len(stopped) > 30
    assert {text for _, text, _ in stopped} == {"old", ended[1]}
    assert all(name.startswith(".crmtool-") for _, _, left in stopped for name in left if name != "uwe-richter.md")
    assert ended[2] == ["uwe-richter.md"]


def test_a_limit_on_the_size_of_files_leaves_the_old_one(workspace: Path) -> None:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (256, 256))

    run = crmtool(*ANSWER, cwd=workspace, env=_NO_COVERAGE, preexec_fn=limit)
    assert (run.status, run.out) == (2, "")
    assert f"{CONTACT} cannot be written: File too large" in run.err
    assert (workspace / CONTACT).read_bytes() == JANA.encode()
    assert [path.name for path in (workspace / CONTACT).parent.iterdir()] == ["jana-koehler.md"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 KiB with a workspace on it."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    done = mount and subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], capture_output=True, check=False
    )
    if not done or done.returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        yield write_files(disk, {"criteria.yaml": RULEBOOK, CONTACT: JANA})
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


def _fill(file: Path) -> None:
    handle = os.open(file, os.O_WRONLY | os.O_CREAT)
    try:
        while True:
            os.write(handle, b"x" * 512)
    except OSError as error:
        assert error.errno == errno.ENOSPC  # noqa: PT017
    finally:
        os.close(handle)


@pytest.mark.parametrize("new", [False, True], ids=["a change", "a new contact"])
def test_a_full_disk_leaves_the_old_file(small_disk: Path, new: bool) -> None:
    filler = small_disk / "filler"
    _fill(filler)
    entering = ["--today", TODAY, "new", "Uwe Richter", "--id", "nordlicht/uwe", "--because", "Asked us"]
    run = crmtool(*(entering if new else ANSWER), cwd=small_disk, env=_NO_COVERAGE)
    assert (run.status, run.out) == (2, "")
    assert "cannot be written: No space left on device" in run.err
    assert (small_disk / CONTACT).read_bytes() == JANA.encode()
    assert [path.name for path in (small_disk / CONTACT).parent.iterdir()] == ["jana-koehler.md"]
    filler.unlink()
    assert crmtool(*(entering if new else ANSWER), cwd=small_disk).status == 0


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_a_stream_that_is_closed_takes_what_nobody_reads(workspace: Path, closed: str) -> None:
    command = f"{sys.executable} -m crmtool --today {TODAY} focus {closed}"
    done = subprocess.run(["sh", "-c", command], cwd=workspace, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
