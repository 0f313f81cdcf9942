"""Git is missing, too old, killed, damaged or distrusted: that is said, and never taken for having no past."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from crmtool.git import Repository
from tests.git.conftest import Repo
from tests.serving import wait_for

ENDED = """\
---
name: Jana Köhler
status: stopped
decisions:
  - {date: 2026-11-01, to: new, because: "Asked us"}
  - {date: 2026-11-20, to: stopped, because: "No budget"}
---

Notes.
"""
HER = "contacts/jana.md"
ERASE = ("erase", "jana", "--apply", "--mentions", "all")


@pytest.fixture
def told(repo: Repo) -> Repo:
    """A repository with a past of two commits, and a contact that may be erased."""
    repo.workspace().commit()
    repo.stage(HER, ENDED)
    repo.commit()
    return repo


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Put a program in the place of git; what it leaves to the real one goes to `git`."""

    def put(script: str) -> None:
        folder = tmp_path / "bin"
        folder.mkdir()
        program = folder / "git"
        program.write_text(
            f'#!/bin/sh\ngit="{shutil.which("git")}"\nshift 2  # -c core.fsmonitor=\n{script}\n', "utf-8"
        )
        program.chmod(0o755)
        monkeypatch.setenv("PATH", str(folder), prepend=os.pathsep)

    return put


def _refused(repo: Repo, *command: str) -> str:
    done = repo.crmtool(*command)
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert "Traceback" not in done.stderr
    assert (repo.top / HER).read_text("utf-8") == ENDED
    return done.stderr


_NEED_GIT = (
    ("check", "--staged"),
    ("check", "--range", "HEAD~1..HEAD"),
    ("diff",),
    ("blame", "jana"),
    ("hook", "install"),
)
_NEED_ALL = (("subject", "jana"), ("erase", "jana"), ERASE, (*ERASE, "--without-history"))


@pytest.mark.parametrize("command", [*_NEED_GIT, *_NEED_ALL, ("init", "--ci", "github")], ids=" ".join)
def test_without_git_nothing_is_told_of_a_past_that_nobody_read(
    told: Repo, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "the git program is needed for this and was not found on PATH" in _refused(told, *command)


def test_without_git_what_looks_at_the_files_goes_on(
    told: Repo, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert [told.crmtool(name).returncode for name in ("check", "focus", "list", "export")] == [0, 0, 0, 0]
    assert "the git program is needed" in told.crmtool("doctor").stdout


def test_a_workspace_in_no_repository_needs_no_git(repo: Repo, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    repo.workspace().write(HER, ENDED)
    shutil.rmtree(repo.top / ".git")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "none: the workspace lies in no Git repository" in repo.crmtool("subject", "jana").stdout
    assert repo.crmtool("init", "--ci", "github").returncode == 0
    assert repo.crmtool(*ERASE).returncode == 0


def _missing_worktree(repo: Repo) -> None:
    shutil.rmtree(repo.top / ".git")
    repo.write(".git", "gitdir: /nowhere/at/all\n")


def _bad_head(repo: Repo) -> None:
    repo.write(".git/HEAD", "garbage\n")


@pytest.mark.parametrize("damage", [_bad_head, _missing_worktree])
@pytest.mark.parametrize("command", [("check", "--staged"), ("subject", "jana"), ERASE], ids=" ".join)
def test_a_damaged_repository_is_not_taken_for_none(
    told: Repo, damage: Callable[[Repo], None], command: tuple[str, ...]
) -> None:
    damage(told)
    message = _refused(told, *command)
    assert f"{told.top / '.git'} is damaged or was moved: Git takes it for no repository" in message
    assert "restore it from a clone or a backup" in message


def test_a_distrusted_repository_is_not_taken_for_none(told: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    for command in (("check", "--staged"), ("subject", "jana"), ERASE, ("init", "--ci", "github")):
        message = _refused(told, *command)
        assert "detected dubious ownership" in message
        assert "safe.directory" in message
    assert not (told.top / ".github").exists()
    assert "dubious ownership" in told.crmtool("doctor").stdout


def test_a_new_workspace_in_a_distrusted_repository_is_made_all_the_same(
    told: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    done = told.crmtool("init", "team")
    assert done.returncode == 0
    assert "merge driver: not set up: git in" in done.stdout
    assert "git init" not in done.stderr


def test_what_git_does_not_look_beyond_is_no_repository_of_ours(told: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = told.top / "inner"
    inner.mkdir()
    assert Repository.around(inner) is not None
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(told.top))
    assert Repository.around(inner) is None


@pytest.mark.parametrize(
    "command", [("check", "--staged"), ("diff",), ("check", "--base", "HEAD"), ERASE], ids=" ".join
)
def test_a_git_that_is_killed_has_not_said_no(
    told: Repo, fake: Callable[[str], None], command: tuple[str, ...]
) -> None:
    fake('case "$*" in *--verify*|*--show-current*) kill -9 $$ ;; esac\nexec "$git" "$@"')
    assert "git rev-parse was ended by signal 9; try again" in _refused(told, *command)


@pytest.mark.parametrize(
    ("command", "option"),
    [(("check", "--staged"), "--ita-invisible-in-index"), (("focus", "--rev", "HEAD"), "--no-show-signature")],
)
def test_a_git_that_is_too_old_is_said_to_be(
    told: Repo, fake: Callable[[str], None], command: tuple[str, ...], option: str
) -> None:
    version = '[ "$1" != version ] || { echo git version 1.8.3; exit; }'
    fake(f'{version}\ncase "$*" in *{option}*) echo "fatal: unrecognized argument: {option}" >&2; exit 128 ;; esac\n'
         'exec "$git" "$@"')  # fmt: skip
    message = _refused(told, *command)
    assert f"unrecognized argument: {option}; this is Git 1.8.3, and 2.24 or newer is needed" in message
    assert "Git 1.8.3 is too old; 2.24 is needed" in told.crmtool("doctor").stdout


def test_noise_and_colours_of_git_do_no_harm(told: Repo, fake: Callable[[str], None]) -> None:
    fake('printf "\\033[31mWarnung: überall\\033[0m\\n" >&2\nLC_ALL=C.UTF-8 exec "$git" "$@"')
    assert told.crmtool("check", "--range", "HEAD~1..HEAD").returncode == 0
    told.write(HER, ENDED.replace("Notes", "More notes"))
    done = told.crmtool("answer", "jana", "fit", "met", "--commit")
    assert done.returncode == 0, done.stderr
    assert "\x1b" not in done.stderr


def test_ctrl_c_ends_what_waits_for_git(told: Repo, fake: Callable[[str], None], tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    fake(f"touch '{begun}'\nexec sleep 3600")
    with subprocess.Popen(
        [sys.executable, "-m", "crmtool", "diff"], cwd=told.top, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:  # fmt: skip
        try:
            wait_for(begun.exists)
            os.killpg(process.pid, signal.SIGINT)  # as a terminal does, to all of its foreground
            out, error = process.communicate(timeout=60)
        finally:
            process.kill()
    assert (process.returncode, out, error) == (1, b"", b"\nAborted!\n")


def test_doctor_tells_of_the_rest_where_git_cannot_answer(told: Repo) -> None:
    (told.top / ".git" / "index").write_bytes(b"")
    done = told.crmtool("doctor")
    assert done.returncode == 1, done.stderr
    assert "index file smaller than expected [repository]" in done.stdout
    assert "[schemas]" in done.stdout


@pytest.mark.parametrize("kind", ["commit", "tree"])
def test_what_is_missing_of_the_history_is_told(told: Repo, kind: str) -> None:
    id = told.git("rev-parse", f"HEAD^{{{kind}}}").strip()
    (told.top / ".git" / "objects" / id[:2] / id[2:]).unlink()
    for command in (("check", "--staged"), ("diff",), ("check", "--range", "HEAD~1..HEAD"), ERASE):
        assert _refused(told, *command).count("\n") == 1


@pytest.mark.parametrize("lost", [HER, "criteria.yaml"])
@pytest.mark.parametrize(
    "command", [("--staged",), ("--base", "HEAD~1"), ("--base", "HEAD"), ("--range", "HEAD~1..HEAD")], ids=" ".join
)
def test_nothing_passes_against_a_past_that_is_lost(told: Repo, lost: str, command: tuple[str, ...]) -> None:
    told.stage(HER, ENDED.replace("Asked us", "We asked"))
    told.git("commit", "--quiet", "--message", "Rewrite", "--no-verify")
    told.stage(HER, ENDED.replace("No budget", "No answer"))
    base = "HEAD" if command[-1] in ("HEAD", "--staged") else "HEAD~1"
    id = told.git("rev-parse", f"{base}:{lost}").strip()
    (told.top / ".git" / "objects" / id[:2] / id[2:]).unlink()
    done = told.crmtool("check", *command)
    why = f"crmtool: {lost} cannot be compared with what it was: Git cannot read the object {id}"
    assert (done.returncode, done.stdout, done.stderr.splitlines()[0]) == (2, "", why)
    assert "git fsck" in done.stderr


@pytest.mark.parametrize(
    "command",
    [
        ("answer", "jana", "fit", "met", "--commit"),
        ("new", "Uwe Richter", "--because", "Asked us", "--commit"),
        ("correct", "jana", "decision", "--set", "because=None", "--because", "Misheard", "--commit"),
    ],
    ids=lambda command: command[0],
)
def test_where_another_git_is_at_work_the_file_is_written_and_the_commit_told(
    told: Repo, command: tuple[str, ...]
) -> None:
    lock = told.write(".git/index.lock", "")
    head = told.head()
    done = told.crmtool(*command)
    assert done.returncode == 1
    assert "index.lock': File exists" in done.stderr
    assert "crmtool: the file is written, but Git did not make the commit\n" in done.stderr
    again = done.stderr.split("`")[1]
    path = "contacts/uwe-richter.md" if command[0] == "new" else HER
    assert again.endswith(f"git commit -- {path}")
    assert told.head() == head
    lock.unlink()
    done = told.attempt("sh", "-c", again.replace("git commit", "git commit --message typed"))
    assert (done.returncode, told.git("status", "--porcelain")) == (0, "")
