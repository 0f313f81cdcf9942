"""Disks and files that cannot be written to, or not be read: one line says so, and nothing is changed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.conftest import JANA, RULEBOOK
from tests.git.conftest import Repo
from tests.site.conftest import CONFIGURATION

SOMEBODY = 4711
# Root without what makes it root: it may read its own interpreter, and of others' files what anybody may.
_UNPRIVILEGED = ("setpriv", "--inh-caps=-all", "--bounding-set=-all")
HER, ENDED = "contacts/nordlicht/jana-koehler.md", "contacts/ended.md"
WRITERS = (
    ["answer", "jana", "buyer", "met"],
    ["answer", "jana", "buyer", "met", "--commit"],
    ["decide", "jana", "stop", "--reason", "no_fit", "--because", "Too small"],
    ["next", "jana", "--do", "Ask", "--clarifies", "buyer", "--due", "7d"],
    ["correct", "jana", "fit", "--set", "evidence=80", "--because", "Counted twice"],
    ["new", "Uwe Richter", "--because", "Asked us"],
    ["import", "leads.csv"],
    ["import", "leads.csv", "--mapping", "map.yaml"],
    ["export", "-o", "out.json"],
    ["init", "team"],
    ["init", "--ci", "github"],
    ["init", "--schemas"],
    ["hook", "install"],
    ["hook", "install", "--merge-only"],
    ["merge-contacts", "nordlicht/jana-koehler", "ended"],
    ["merge-driver", "base", "ours", "theirs", HER],
    ["erase", "ended", "--apply"],
    ["erase", "ended", "--apply", "--without-history"],
    ["site", "build", "--trust"],
)
READERS = (
    ["check"], ["check", "--staged"], ["focus"], ["why", "jana"], ["list"], ["log"], ["diff"], ["export"],
    ["blame", "jana"], ["subject", "jana"], ["hook", "uninstall"],
)  # fmt: skip


_ENDED = """\
---
name: Ole Olsen
status: stopped
criteria:
  fit: {met: 2026-11-03}
  conflict: {not_met: 2026-11-03}
decisions:
  - {date: 2026-10-20, to: new, because: "Asked us"}
  - {date: 2026-11-05, to: clarifying, because: "Fits"}
  - {date: 2026-11-20, to: stopped, reason: no_fit, because: "Too small"}
---
"""


@pytest.fixture
def full(repo: Repo) -> Repo:
    files = {
        "criteria.yaml": RULEBOOK, HER: JANA, ENDED: _ENDED, "leads.csv": "Name;Firma\nIda;Berg\n",
        "base": JANA, "ours": JANA.replace("42000", "1"), "theirs": f"{JANA}\nMore.\n",
        "site/mkdocs.yml": CONFIGURATION, "site/pages/x.md": "# X\n",
    }  # fmt: skip
    for path, text in files.items():
        repo.stage(path, text)
    repo.commit()
    return repo


def _contents(top: Path) -> dict[str, bytes]:
    found = {str(file.relative_to(top)): file.read_bytes() for file in top.rglob("*") if file.is_file()}
    return {path: data for path, data in found.items() if not path.startswith(".git/index")}


# All commands from one process, each in a fork.
_CODE = """
import json, os, sys, tempfile
from crmtool.cli import main
import crmtool.app, crmtool.check, crmtool.git
commands, ended = json.loads(sys.argv[1]), []
os.chdir(sys.argv[2])
for command in commands:
    with tempfile.TemporaryFile() as said:
        pid = os.fork()
        if not pid:
            os.dup2(said.fileno(), 1); os.dup2(said.fileno(), 2)
            try:
                main(command)
            except SystemExit as end:
                os._exit(end.code or 0)
            finally:
                os._exit(99)
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        said.seek(0)
        ended.append([status, said.read().decode()])
print(json.dumps(ended))
"""


def _ended(place: Path, commands: Sequence[list[str]], *started: str) -> list[tuple[list[str], int, str]]:
    # Git trusts a repository of somebody else's only by the settings of the user.
    settings = place.parent / "settings"
    settings.write_text("[safe]\n\tdirectory = *\n", "utf-8")
    nowhere = {"HOME": "/nonexistent", "XDG_CACHE_HOME": "/nonexistent"}
    done = subprocess.run(
        [*started, sys.executable, "-c", _CODE, json.dumps(commands), str(place)],
        env={**os.environ, **nowhere, "GIT_CONFIG_GLOBAL": str(settings)},
        capture_output=True, check=True, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    return [(command, *each) for command, each in zip(commands, json.loads(done.stdout), strict=True)]


def _is_told(found: list[tuple[list[str], int, str]], *reasons: str) -> None:
    for command, status, said in found:
        assert status == 2, (command, said)
        assert any(reason in said for reason in reasons), (command, said)
        assert "Traceback" not in said
        assert "internal error" not in said


def test_on_a_read_only_disk_what_writes_is_told_and_what_reads_works(
    full: Repo, locked: Callable[[Path], Path]
) -> None:
    before = _contents(full.top)
    place = locked(full.top)
    _is_told(_ended(place, WRITERS), "Read-only file system", "is read-only to you")
    assert [(status, said) for _, status, said in _ended(place, READERS) if status] == []
    assert _contents(full.top) == before


@pytest.fixture
def foreign(full: Repo) -> Repo:
    """Let everything be somebody else's."""
    if os.geteuid() != 0 or not shutil.which("setpriv"):
        pytest.skip("only root can give files away")
    for file in (full.top, *full.top.rglob("*")):
        os.chown(file, SOMEBODY, SOMEBODY, follow_symlinks=False)
    return full


def test_who_may_only_read_is_told_where_writing_is_needed(foreign: Repo) -> None:
    before = _contents(foreign.top)
    _is_told(_ended(foreign.top, WRITERS, *_UNPRIVILEGED), "Permission denied", "is read-only to you")
    assert [(status, said) for _, status, said in _ended(foreign.top, READERS, *_UNPRIVILEGED) if status] == []
    assert _contents(foreign.top) == before


def test_who_may_not_read_is_told_which_file_it_is(foreign: Repo) -> None:
    (foreign.top / ENDED).chmod(0o600)
    (foreign.top / "contacts/nordlicht").chmod(0o700)
    commands = (["check"], ["focus"], ["export"], ["answer", "ended", "fit", "met"])
    check, *rest = _ended(foreign.top, commands, *_UNPRIVILEGED)
    assert check[1] == 1
    assert f"{ENDED}:1:1: error: the file cannot be read: Permission denied [unreadable]" in check[2]
    assert "contacts/nordlicht/:1:1: error: the folder cannot be read: Permission denied [unreadable]" in check[2]
    for _, status, said in rest[:2]:
        assert (status, f"left out, since they have errors: {ENDED}, contacts/nordlicht/" in said) == (0, True)
    assert (rest[2][1], f"{ENDED}: the file cannot be read: Permission denied" in rest[2][2]) == (2, True)
    (foreign.top / "criteria.yaml").chmod(0o600)
    focus = _ended(foreign.top, (["focus"],), *_UNPRIVILEGED)[0]
    assert focus[1:] == (
        2,
        "crmtool: criteria.yaml:1:1: the file cannot be read: Permission denied; `crmtool check` tells all\n",
    )
