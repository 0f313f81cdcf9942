"""What Git says or needs may be without measure, however small the repository: it is ended in time."""

from __future__ import annotations

import sys
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from crmtool.errors import CrmtoolError
from crmtool.git import Repository
from crmtool.git.program import git_environment, message_of, run_git
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


def is_ended(repo: Repo, command: str) -> None:
    done = told(*command.split(), at=repo.top)
    assert (done.status, done.out, done.err.count("\n")) == (2, "", 1)
    assert " was ended: the files of a version, or of its changes, are more than are ever read" in done.err
    assert "too large for crmtool: give the workspace a repository of its own" in done.err
    # Less of the past would leave a data subject's answer incomplete, and make no version any smaller.
    assert ("`git clone --depth 1000 URL`" in done.err) == command.startswith("blame")


@pytest.fixture
def monorepo(repo: Repo) -> Repo:
    """Seven commits, two of them merges, of no more than eight files; of these one is a contact."""
    repo.workspace().commit()
    for number in range(2):
        repo.git("switch", "-qc", f"side{number}", "main")
        for name in "abc":
            repo.stage(f"code/{name}.c", f"{name} {number}\n")
        repo.commit()
        repo.git("switch", "-q", "main")
        for name in "def":
            repo.stage(f"code/{name}.c", f"{name} {number}\n")
        repo.commit()
        repo.git("merge", "-qm", "x", f"side{number}")
    return repo


@pytest.mark.parametrize(("most", "value"), [("_MOST_RECORDS", 10_000), ("_MOST_BYTES", MIB)])
def test_a_version_that_never_ends(bomb: Repo, monkeypatch: pytest.MonkeyPatch, most: str, value: int) -> None:
    monkeypatch.setattr(f"crmtool.git.program.{most}", value)
    is_ended(bomb, "diff HEAD~1")


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system does not tell what a program takes")
@pytest.mark.parametrize("command", ["blame jana", "check --range HEAD~2..HEAD", "subject jana"])
def test_a_git_that_takes_ever_more_memory(bomb: Repo, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.setattr("crmtool.git.program._MOST_MEMORY", 32 * MIB)
    is_ended(bomb, command)


def test_what_is_passed_over_does_not_count(monorepo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [told("blame", "jana", at=monorepo.top)]
    monkeypatch.setattr("crmtool.git.program._MOST_RECORDS", 8)
    answers.append(told("blame", "jana", at=monorepo.top))
    assert answers[0].status == 0
    assert answers[0] == answers[1]
    monkeypatch.setattr("crmtool.git.program._PASSING", 2)
    is_ended(monorepo, "blame jana")


def test_nor_does_what_a_merge_repeats_where_all_files_are_looked_into(
    monorepo: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [told("subject", "jana", at=monorepo.top)]
    monkeypatch.setattr("crmtool.git.program._MOST_RECORDS", 14)
    answers.append(told("subject", "jana", at=monorepo.top))
    assert answers[0].status == 0
    assert answers[0] == answers[1]
    monkeypatch.setattr("crmtool.git.program._MOST_RECORDS", 13)
    is_ended(monorepo, "subject jana")


def test_an_index_of_too_many_files(monorepo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crmtool.git.program._MOST_RECORDS", 7)
    is_ended(monorepo, "check --staged")


def test_a_path_that_never_ends(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    blob = repo.workspace().git("hash-object", "-w", "--stdin", given="x").strip()
    tree = repo.git("mktree", given=f"100644 blob {blob}\t{'x' * 2 * MIB}\n").strip()
    long = repo.git("commit-tree", "-m", "x", tree).strip()
    id = repo.git("commit-tree", "-p", long, "-m", "y", repo.git("write-tree").strip()).strip()
    repo.git("update-ref", "HEAD", id)
    assert told("blame", "jana", at=repo.top).status == 0
    monkeypatch.setattr("crmtool.git.program._MOST_BYTES", MIB)
    is_ended(repo, "blame jana")


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


def test_what_is_said_can_be_taken_piece_by_piece(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    id = repo.workspace().commit()
    pieces: list[bytes] = []
    given = f"{id}\n".encode() * 20_000
    check = ("cat-file", "--batch-check=%(objectname)")
    done = run_git(repo.top, git_environment(), *check, given=given, take=pieces.append)
    assert (done.returncode, done.stdout, b"".join(pieces)) == (0, b"", given)
    assert len(pieces) > 2
    monkeypatch.setattr("crmtool.git.program._IS_WINDOWS", True)  # where it comes at once
    pieces.clear()
    done = run_git(repo.top, git_environment(), *check, given=given, take=pieces.append)
    assert (done.returncode, done.stdout, pieces) == (0, b"", [given])


def test_what_ended_without_a_word_is_told_of() -> None:
    assert message_of(CompletedProcess((), -9, b"", b"")) == "ended by signal 9; try again"
    assert message_of(CompletedProcess((), 3, b"", b"")) == "ended with status 3"


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
