"""What Git says or needs may be without measure, however small the repository: it is ended in time."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from crmtool.errors import CrmtoolError
from crmtool.git import Repository
from crmtool.git.program import git_environment, run_git
from tests.git.conftest import GOOD, Repo
from tests.hostile.conftest import told

MIB = 1024 * 1024


@pytest.fixture
def bomb(repo: Repo) -> Repo:
    """Three commits, of which the middle one has eight levels of ten folders each, all the same: 10^8 files."""
    repo.workspace().commit()
    id, kind = repo.git("hash-object", "-w", "--stdin", given="x").strip(), "100644 blob"
    for _ in range(8):
        id = repo.git("mktree", given="".join(f"{kind} {id}\t{n}\n" for n in range(10))).strip()
        kind = "040000 tree"
    jana, rules = (repo.git("rev-parse", f"HEAD:{path}").strip() for path in ("contacts/jana.md", "criteria.yaml"))
    contacts = repo.git("mktree", given=f"100644 blob {jana}\tjana.md\n{kind} {id}\tzz\n").strip()
    tree = repo.git("mktree", given=f"040000 tree {contacts}\tcontacts\n100644 blob {rules}\tcriteria.yaml\n").strip()
    middle = repo.git("commit-tree", "-p", "HEAD", "-m", "x", tree).strip()
    last = repo.git("commit-tree", "-p", middle, "-m", "y", "HEAD^{tree}").strip()
    repo.git("update-ref", "HEAD", last)
    return repo


def is_ended(bomb: Repo, command: str) -> None:
    done = told(*command.split(), at=bomb.top)
    assert (done.status, done.out, done.err.count("\n")) == (2, "", 1)
    assert " was ended: the files of a version, or of its changes, are more than are ever read" in done.err
    assert "`git clone --depth 1` makes a clone without the past" in done.err


@pytest.mark.parametrize(("most", "value"), [("_MOST_RECORDS", 10_000), ("_MOST_BYTES", MIB)])
def test_a_version_that_never_ends(bomb: Repo, monkeypatch: pytest.MonkeyPatch, most: str, value: int) -> None:
    monkeypatch.setattr(f"crmtool.git.program.{most}", value)
    is_ended(bomb, "diff HEAD~1")


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system does not tell what a program takes")
@pytest.mark.parametrize("command", ["blame jana", "check --range HEAD~2..HEAD", "subject jana"])
def test_a_git_that_takes_ever_more_memory(bomb: Repo, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.setattr("crmtool.git.program._MOST_MEMORY", 32 * MIB)
    is_ended(bomb, command)


def test_changes_are_counted(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(30):
        repo.write(f"contacts/{number}.md", GOOD)
    repo.git("add", ".")
    id = repo.commit()
    repository = Repository.find(repo.top)
    monkeypatch.setattr("crmtool.git.program._MOST_RECORDS", 30)
    assert len(repository.tree(id).entries) == 30
    assert len(repository.run("diff-tree", "--root", "-r", "-z", "--no-commit-id", id).split(b"\0")) == 61
    monkeypatch.setattr("crmtool.git.program._MOST_RECORDS", 29)
    for command in (("ls-tree", "-r", "-z", id), ("diff-tree", "--root", "-r", "-z", "--no-commit-id", id)):
        with pytest.raises(CrmtoolError, match=f"git {command[0]} was ended"):
            repository.run(*command)


def test_what_is_given_and_what_is_said_may_be_more_than_a_pipe_holds(repo: Repo) -> None:
    id = repo.workspace().commit()
    given = f"{id}\n".encode() * 20_000
    done = run_git(repo.top, git_environment(), "cat-file", "--batch-check=%(objectname)", given=given)
    assert (done.returncode, done.stdout) == (0, given)


def test_a_git_that_reads_nothing_is_not_waited_for(repo: Repo) -> None:
    done = run_git(repo.top, git_environment(), "rev-parse", "--nonsense", "x", given=b"x" * MIB)
    assert done.returncode
    assert b"unknown revision" in done.stderr


TAKEN = """
import resource
from crmtool.cli import main
try:
    main(["focus", "--rev", "HEAD"])
except SystemExit:
    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
"""


def test_a_large_content_is_not_kept_in_memory_whatever_the_settings_say(repo: Repo) -> None:
    repo.workspace()
    with (repo.top / "contacts/z.md").open("wb") as file:
        file.truncate(160 * MIB)
    repo.git("-c", "core.bigFileThreshold=1m", "add", ".")  # straight into a pack
    repo.commit()
    repo.git("config", "core.bigFileThreshold", "4g")
    done = repo.attempt(sys.executable, "-c", TAKEN)
    assert "contacts/z.md" in done.stderr
    assert int(done.stdout.splitlines()[-1]) < 80, "MiB"
