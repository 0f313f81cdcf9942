"""Standard input, output and errors that are closed, or that nobody reads to the end."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import JANA, RULEBOOK, TODAY, crmtool
from tests.faults.commands import LOOKING
from tests.git.conftest import Repo

_STOPPED_READING = 141


def _shell(workspace: Path, command: str) -> subprocess.CompletedProcess[bytes]:
    line = command.replace("crmtool", f"{shlex.quote(sys.executable)} -m crmtool --today {TODAY}", 1)
    return subprocess.run(["bash", "-c", line], cwd=workspace, capture_output=True, check=False)


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&-"])
def test_a_stream_that_is_closed_takes_what_nobody_reads(workspace: Path, closed: str) -> None:
    done = _shell(workspace, f"crmtool focus {closed}")
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("answer nordlicht", b"CRITERION is missing"),
        ("decide", b"CONTACT is missing"),
        ("new", b"NAME is missing"),
        ("import -", b"the file is empty"),
    ],
)
def test_with_standard_input_closed_what_is_missing_is_told(workspace: Path, command: str, told: bytes) -> None:
    for stdin in ("<&-", "</dev/null"):
        done = _shell(workspace, f"crmtool {command} {stdin}")
        assert told in done.stdout + done.stderr
        assert done.returncode == (1 if command == "import -" else 2)
        assert b"internal error" not in done.stderr


_UNREAD = """
import json, os, sys
from crmtool.cli import main
import babel.dates, crmtool.app.sweeping, crmtool.check, crmtool.cli.terminal, crmtool.git, crmtool.report.edition
ended = {}
for command in json.loads(sys.argv[1]):
    pid = os.fork()
    if not pid:
        reader, writer = os.pipe()
        os.close(reader)
        os.dup2(writer, 1)
        try:
            main(command)
        except SystemExit as end:
            os._exit(end.code or 0)
        finally:
            os._exit(99)
    ended[" ".join(command)] = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
print(json.dumps(ended))
"""
"""Runs commands, each in a fork that writes into a pipe which nobody reads."""


def test_who_stops_reading_has_found_no_error(repo: Repo) -> None:
    repo.stage("criteria.yaml", RULEBOOK)
    for text in (JANA, f"{JANA}\nMore.\n"):
        repo.stage("contacts/jana-köhler.md", text)
        repo.commit()
    reads = [command for command in LOOKING if "-o" not in command]
    done = repo.attempt(sys.executable, "-c", _UNREAD, json.dumps(reads))
    assert (done.returncode, "Traceback" in done.stderr, "BrokenPipe" in done.stderr) == (0, False, False)
    found = {command: status for command, status in json.loads(done.stdout).items() if status != _STOPPED_READING}
    # These print nothing where there is nothing to mend.
    silent = ("check", "check --staged", "check --range HEAD~1..HEAD", "rules check", "check --format github")
    assert found == dict.fromkeys(silent, 0)


def test_what_a_change_says_need_not_be_read(workspace: Path) -> None:
    command = "crmtool answer nordlicht buyer met --evidence 'The CFO signs' | true; exit ${PIPESTATUS[0]}"
    done = _shell(workspace, command)
    assert (done.returncode in (0, _STOPPED_READING), done.stderr) == (True, b"")
    assert "The CFO signs" in (workspace / "contacts/nordlicht/jana-koehler.md").read_text("utf-8")
    assert crmtool("check", "--today", TODAY, cwd=workspace).status == 0
