"""What lies in a stranger's `.git` may lead anywhere, or be no file: nothing is written, told or waited for there."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from crmtool.git import Repository
from crmtool.git.refs import refs_of
from crmtool.git.switching import switch
from tests.conftest import Run
from tests.git.conftest import MakeRepo, Repo
from tests.hostile.conftest import ENDED, told


def by_common_directory(git: Path, victim: Path) -> None:
    git.mkdir()
    (git / "HEAD").write_text("ref: refs/heads/main\n", "ascii")
    (git / "commondir").write_text(f"{victim}\n", "utf-8")


def by_link(git: Path, victim: Path) -> None:
    git.symlink_to(os.path.relpath(victim, git.parent))


def by_file(git: Path, victim: Path) -> None:
    git.write_text(f"gitdir: {victim}\n", "utf-8")


def by_another_work_tree(git: Path, victim: Path) -> None:
    by_file(git, victim / "worktrees/linked")


def by_a_forged_work_tree(git: Path, victim: Path) -> None:
    forged = git.parent / "forged/worktrees/mine"
    forged.mkdir(parents=True)
    by_common_directory(forged / "x", victim)
    (forged / "x/gitdir").write_text(f"{git}\n", "utf-8")
    by_file(git, forged / "x")


def by_a_link_to_a_work_tree(git: Path, victim: Path) -> None:
    git.symlink_to(victim / "worktrees/linked")


WAYS = (
    by_common_directory,
    by_link,
    by_file,
    by_another_work_tree,
    by_a_forged_work_tree,
    by_a_link_to_a_work_tree,
)


def settled(victim: Path) -> tuple[list[str], bytes]:
    return sorted(file.name for file in (victim / "hooks").iterdir()), (victim / "config").read_bytes()


@pytest.fixture
def victim(make_repo: MakeRepo, tmp_path: Path) -> Path:
    """The `.git` of a repository beside the workspace, with another work tree."""
    repo = make_repo("victim").workspace()
    repo.commit()
    repo.git("worktree", "add", "-q", str(tmp_path / "linked"))
    return repo.top / ".git"


@pytest.fixture
def unpacked(tmp_path: Path) -> Path:
    top = tmp_path / "unpacked"
    top.mkdir()
    return top


@pytest.mark.parametrize("way", WAYS)
def test_another_repository_gets_neither_hooks_nor_settings(
    victim: Path, unpacked: Path, way: Callable[[Path, Path], None]
) -> None:
    way(unpacked / ".git", victim)
    before = settled(victim)
    for command in ("hook install", "hook install --merge-only"):
        done = told(*command.split(), at=unpacked)
        assert (done.status, done.out) == (2, "")
        assert "its hooks and settings are left alone" in done.err
    done = told("init", at=unpacked)
    assert done.status == 0
    assert f"merge driver: not set up: {unpacked} leads to the repository {victim}, which does not know it" in done.out
    assert settled(victim) == before


@pytest.mark.parametrize("way", WAYS)
def test_nor_does_it_lose_them(victim: Path, unpacked: Path, way: Callable[[Path, Path], None]) -> None:
    told("hook", "install", at=victim.parent)
    way(unpacked / ".git", victim)
    before = settled(victim)
    assert "pre-commit" in before[0]
    assert told("hook", "uninstall", at=unpacked).status == 2
    assert settled(victim) == before


def test_who_names_a_repository_means_it(victim: Path, unpacked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    by_link(unpacked / ".git", victim)
    monkeypatch.setenv("GIT_DIR", str(victim))
    assert told("hook", "install", at=unpacked).status == 0
    assert "pre-commit" in settled(victim)[0]


def is_set_up(top: Path, common: Path) -> bool:
    done = told("hook", "install", at=top)
    return done.status == 0 and "pre-commit" in settled(common)[0] and b'[merge "crmtool"]' in settled(common)[1]


def test_a_true_work_tree_is_served(victim: Path, tmp_path: Path) -> None:
    assert is_set_up(tmp_path / "linked", victim)


def test_a_submodule_is_served_and_so_is_a_work_tree_of_it(victim: Path, make_repo: MakeRepo, tmp_path: Path) -> None:
    outer = make_repo("outer")
    outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(victim.parent), "inner")
    assert is_set_up(outer.top / "inner", outer.top / ".git/modules/inner")
    told("hook", "uninstall", at=outer.top / "inner")
    outer.git("-C", "inner", "worktree", "add", "-q", str(tmp_path / "other"))
    assert is_set_up(tmp_path / "other", outer.top / ".git/modules/inner")


def by_a_clone(victim: Path, top: Path) -> Path:
    git = top.parent / "cloned.git"
    subprocess.run(["git", "clone", "-q", f"--separate-git-dir={git}", str(victim), str(top)], check=True)
    return git


def by_moving_it(victim: Path, top: Path) -> Path:
    git = top.parent / "moved.git"
    subprocess.run(["git", "clone", "-q", str(victim), str(top)], check=True)
    subprocess.run(["git", "init", "-q", f"--separate-git-dir={git}", str(top)], check=True)
    return git


def by_moving_it_and_a_link(victim: Path, top: Path) -> Path:
    git = top.parent / "linked to.git"
    subprocess.run(["git", "clone", "-q", str(victim), str(top)], check=True)
    (top / ".git").rename(git)
    (top / ".git").symlink_to("../linked to.git")
    return git


def advised(done: Run) -> list[str]:
    assert (done.status, done.out) == (2, "")
    return shlex.split(done.err.split("`")[1])


@pytest.mark.parametrize("apart", [by_a_clone, by_moving_it, by_moving_it_and_a_link])
def test_a_repository_apart_is_served_once_it_knows_its_work_tree(
    victim: Path, tmp_path: Path, apart: Callable[[Path, Path], Path]
) -> None:
    repo = Repo(tmp_path / "its work tree")
    git = apart(victim, repo.top)
    words = advised(told("hook", "install", at=repo.top))
    assert words == ["git", f"--git-dir={git}", "config", "core.worktree", str(repo.top)]
    repo.git(*words[1:])
    assert repo.crmtool("hook", "install").returncode == 0
    assert "pre-commit" in settled(git)[0]
    repo.stage("contacts/jana.md", repo.bad)
    refused = repo.try_commit()
    assert (refused.returncode, "1 contact checked: 1 error" in refused.stderr) == (1, True), refused
    repo.stage("contacts/jana.md", repo.moved)
    assert repo.try_commit().returncode == 0
    assert told("hook", "uninstall", at=repo.top).status == 0
    assert "pre-commit" not in settled(git)[0]


def test_a_work_tree_that_was_moved_is_served_once_it_is_repaired(victim: Path, tmp_path: Path) -> None:
    moved = Repo((tmp_path / "linked").rename(tmp_path / "moved"))
    words = advised(told("hook", "install", at=moved.top))
    moved.git(*words[1:])
    assert is_set_up(moved.top, victim)


def test_what_stands_in_another_file_is_not_taken_for_a_merge(repo: Repo, outside: Path) -> None:
    repo.workspace().commit()
    (repo.top / ".git/MERGE_HEAD").symlink_to(outside / "secret.md")
    done = told("check", "--staged", at=repo.top)
    assert (done.status, "SECRET" in done.out + done.err) == (0, False)


def test_only_whole_ids_are_taken_for_a_merge(repo: Repo) -> None:
    id = repo.workspace().commit()
    repo.write(".git/MERGE_HEAD", f"{id}\nSECRET HEAD -x\n")
    assert Repository.find(repo.top).merge_heads() == [id]
    repo.write(".git/MERGE_HEAD", b"\xff\n")
    assert Repository.find(repo.top).merge_heads() == []


@pytest.mark.parametrize(
    ("name", "command"), [("MERGE_HEAD", ("check", "--staged")), ("crmtool-erase.json", ("erase", "jana"))]
)
def test_no_pipe_is_read(repo: Repo, name: str, command: tuple[str, ...]) -> None:
    repo.workspace().stage("contacts/jana.md", ENDED)
    repo.commit()
    os.mkfifo(repo.top / ".git" / name)
    words = (sys.executable, "-m", "crmtool", *command)
    done = subprocess.run(words, cwd=repo.top, capture_output=True, stdin=subprocess.DEVNULL, timeout=120, check=False)
    assert done.returncode == 0, done


@pytest.mark.parametrize("name", [".git/config", ".git/HEAD", ".git/index", ".git/commondir", ".mailmap"])
@pytest.mark.parametrize("make", [os.mkfifo, lambda file: file.symlink_to("/dev/zero")], ids=["pipe", "device"])
def test_git_waits_for_no_pipe(repo: Repo, name: str, make: Callable[[Path], None]) -> None:
    repo.workspace().commit()
    (repo.top / name).unlink(missing_ok=True)
    make(repo.top / name)
    done = told("blame", "jana", at=repo.top)
    assert (done.status, done.out) == (2, "")
    assert f"{repo.top / name} is no file but a pipe or a device" in done.err


def test_a_git_file_of_any_bytes_does_no_harm(repo: Repo) -> None:
    (repo.top / ".git").rename(repo.top / "away")
    repo.write(".git", "gitdir: x\0y\n")
    assert told("check", "--staged", at=repo.top).status == 2


def test_a_note_is_not_written_through_a_link(repo: Repo, outside: Path) -> None:
    repo.workspace().commit()
    repository = Repository.find(repo.top)
    journal = repo.top / ".git/crmtool-erase.json"
    journal.symlink_to(outside / "secret.md")
    switch(repository, refs_of(repository), refs_of(repository))
    assert ((outside / "secret.md").read_text("utf-8"), journal.is_symlink()) == ("SECRET\n", False)
    assert '"before": {"refs/heads/main": ' in journal.read_text("ascii")
