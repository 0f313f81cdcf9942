"""Whatever stands in its way, an erasure changes nothing, or comes to its end, or says what is left to do."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from crmtool import cache, writing
from crmtool.app.privacy import erasing
from crmtool.cli import cli
from crmtool.errors import CrmtoolError
from crmtool.git import erasing as git_erasing
from crmtool.git import switching
from crmtool.git.program import run_git
from tests.git.conftest import MakeRepo, Repo
from tests.git.erasing import APPLY, FIRST, LAST, NAME, WHO, left, person, state, story


@pytest.fixture
def told(repo: Repo) -> Repo:
    story(repo)
    return repo


def _apply(repo: Repo, *options: str) -> Any:
    return CliRunner().invoke(cli, ["-C", str(repo.top), *APPLY, *options])


def _unwritable(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    """Have a file be read-only, also to who may do all."""
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != file and access(path, mode))


def test_an_unknown_file_that_cannot_be_written_is_refused_before_anything(
    told: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    _unwritable(monkeypatch, told.write("my draft.txt", f"Call {NAME}\n"))
    before = state(told)
    result = _apply(told)
    assert str(result.exception) == "refused: my draft.txt cannot be written; nothing was changed"
    assert result.exception.advice == ("make it writable, or leave it as it is: --keep-mention 'my draft.txt'",)
    assert state(told) == before


def test_an_unknown_file_that_could_not_be_written_after_all_is_told_and_the_rest_is_done(
    told: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    told.write("draft.txt", f"Call {NAME}\n")
    told.write("later.txt", f"Call {NAME}\n")
    replace = writing.replace_unchanged

    def refused(path: Path, old: bytes | None, new: bytes) -> None:
        if path.name == "draft.txt":
            raise CrmtoolError("it was changed by somebody else")
        replace(path, old, new)

    monkeypatch.setattr(erasing, "replace_unchanged", refused)
    result = _apply(told)
    assert result.exit_code == 1, result.exception
    assert "  draft.txt: it was changed by somebody else (take the mentions out by hand)\n" in result.stdout
    assert list(left(told)) == ["draft.txt"]
    assert told.git("status", "--porcelain") == "?? draft.txt\n?? later.txt\n"
    assert not list((told.top / ".git").glob("crmtool-*"))


def test_a_moved_unknown_file_is_not_overwritten_by_one_that_git_knows(told: Repo) -> None:
    told.stage("offers/Jana Köhler.txt", "Known\n")
    told.commit()
    told.write("offers/jana-koehler.txt", "Unknown\n")
    result = _apply(told)
    assert result.exit_code == 0, result.output
    assert sorted(file.read_text("utf-8") for file in (told.top / "offers").iterdir()) == ["Known\n", "Unknown\n"]


def test_a_changed_file_that_git_skips_is_refused(told: Repo) -> None:
    told.stage("left-out.txt", "Not there\n")
    told.stage("conf.txt", f"For {NAME}\n")
    told.commit()
    told.git("update-index", "--skip-worktree", "conf.txt", "left-out.txt")
    (told.top / "left-out.txt").unlink()
    told.write("conf.txt", "Mine\n")
    before = state(told)
    done = told.crmtool(*APPLY)
    assert done.returncode == 1
    assert "not to look whether conf.txt has changed: let Git look at it again: " in done.stderr
    assert "git update-index --no-skip-worktree conf.txt\n" in done.stderr
    assert state(told) == before
    told.git("update-index", "--no-skip-worktree", "conf.txt")
    told.git("restore", "conf.txt")
    assert told.crmtool(*APPLY).returncode == 0
    assert left(told) == {}
    assert not (told.top / "left-out.txt").exists()


@pytest.mark.parametrize("place", [Repo.stage, Repo.write])
@pytest.mark.parametrize("options", [(), ("--without-history",)])
def test_a_file_where_the_folder_of_what_is_left_is_to_be_is_refused(
    told: Repo, place: Callable[[Repo, str, str], object], options: tuple[str, ...]
) -> None:
    place(told, "contacts/erased", "A list of who was erased on paper\n")
    told.git("commit", "--quiet", "--allow-empty", "--message", "More")
    before = state(told)
    done = told.crmtool(*APPLY, *options)
    assert (done.returncode, done.stdout) == (1, "")
    assert "refused: the file contacts/erased stands where a folder is to be; nothing was changed" in done.stderr
    assert "give it another name" in done.stderr
    assert state(told) == before


def test_a_file_of_the_past_where_a_former_draft_is_to_be_is_refused(repo: Repo) -> None:
    repo.stage("criteria.yaml", Repo.rules)
    repo.stage("drafts/her.md", person(1))
    repo.stage("contacts/_erased", "A file\n")
    repo.commit()
    repo.git("rm", "--quiet", "contacts/_erased")
    (repo.top / "contacts").mkdir(exist_ok=True)
    repo.git("mv", "drafts/her.md", FIRST)
    repo.stage(FIRST, person(3))
    repo.commit()
    done = repo.crmtool("erase", "jana")
    assert done.returncode == 1
    assert "refused: the file contacts/_erased stands where a folder is to be" in done.stderr


def test_somebody_elses_file_that_hers_replaced_does_not_rise_again(repo: Repo) -> None:
    repo.stage("criteria.yaml", Repo.rules)
    piet = Repo.good.replace(NAME, "Piet Nygaard").replace("Notes.", f"Colleague of {NAME}.")
    repo.stage("contacts/jana-koehler.md", piet)
    repo.commit()
    repo.stage("contacts/jana-koehler.md", person(3))
    repo.commit()
    options = ("--apply", "--mentions", "all", "--mention", "contacts/jana-koehler.md")
    done = repo.crmtool("erase", "jana-koehler", *options)
    assert done.returncode == 0, done.stdout + done.stderr
    then, now = (repo.git("ls-tree", "-r", "--name-only", rev, "contacts").splitlines() for rev in ("HEAD~1", "HEAD"))
    assert len(then) == len(now) == 1
    assert "Piet Nygaard" in repo.git("show", f"HEAD~1:{then[0]}")
    assert now[0].startswith("contacts/erased/")
    assert left(repo) == {}


@pytest.mark.parametrize("kept", ["contacts/owen.md", LAST])
def test_what_failed_without_history_is_not_counted_twice(
    told: Repo, monkeypatch: pytest.MonkeyPatch, kept: str
) -> None:
    unlink, replace = Path.unlink, writing.replace_unchanged

    def refused(path: Path, *more: Any, **options: Any) -> None:
        if path == told.top / kept:
            raise PermissionError(13, "Permission denied", str(path))
        (replace if more else unlink)(path, *more, **options)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", refused)
        patched.setattr(erasing, "replace_unchanged", refused)
        result = _apply(told, "--without-history")
    assert "Permission denied" in str(result.exception)
    assert (told.top / LAST).exists()
    assert not (told.top / "contacts/erased").exists()
    assert _apply(told, "--without-history").exit_code == 0
    assert not (told.top / LAST).exists()
    assert len(list((told.top / "contacts/erased").iterdir())) == 1


def test_the_file_is_named_that_keeps_the_history_from_being_rewritten(
    told: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "some/file")

    monkeypatch.setattr(git_erasing, "rewrite_aside", denied)
    result = _apply(told)
    assert str(result.exception).startswith("the history was not rewritten: some/file: Permission denied; nothing")


def test_two_commits_that_differ_in_the_erased_file_alone_stay_two(told: Repo) -> None:
    for branch, phone in (("one", "0421 1"), ("two", "0421 2")):
        told.git("switch", "--quiet", "--create", branch, "main")
        told.stage(LAST, person(3, phone=phone))
        told.git("commit", "--quiet", "--message", "Another number")
        told.git("commit", "--quiet", "--allow-empty", "--message", "More")
    told.git("switch", "--quiet", "main")
    before = told.git("log", "--all", "--format=%an %ad %cd")
    assert told.crmtool(*APPLY).returncode == 0
    assert left(told) == {}
    assert told.git("log", "--all", "--format=%an %ad %cd") == before
    assert [told.git("log", "-2", "--format=%s", name) for name in ("one", "two")] == ["More\nAnother number\n"] * 2


class Killed(BaseException):
    """Stands for a signal that no program hears."""


def test_what_was_killed_after_the_switch_is_finished_by_what_is_told(
    told: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise Killed

    told.write("draft.txt", f"Call {NAME}\n")
    told.crmtool("list")
    home = cache.folder()
    assert home is not None
    assert list(home.glob("*.cache"))
    (told.top / ".git/COMMIT_EDITMSG").write_text(f"About {NAME}\n", "utf-8")
    for step in ("forget_beside", "reset_files"):  # whichever comes first
        monkeypatch.setattr(git_erasing, step, killed, raising=False)
    with pytest.raises(Killed):
        _apply(told)
    again = told.crmtool("erase", WHO)
    assert again.returncode == 1
    first, *commands = again.stderr.splitlines()
    assert "files that Git does not know may still have mentions: `git status` lists them" in first
    for command in commands:
        told.git(*command.split()[1:])
    assert list(left(told)) == ["draft.txt"]
    assert not list(home.glob("*.cache*"))


def test_where_files_cannot_be_reset_those_are_told_that_git_does_not_know(
    told: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    told.write("draft.txt", f"Call {NAME}\n")
    monkeypatch.setattr(switching, "run_git", lambda top, env, *_: run_git(top, env, "no-such-command"))
    result = _apply(told)
    assert "files that Git does not know may still have mentions: `git status` lists them" in str(result.exception)
    assert result.exception.advice == switching.FINISH
    assert "COMMIT_EDITMSG" not in [file.name for file in (told.top / ".git").iterdir()]


def _killed(*_: object) -> None:
    raise Killed


def _denied(*_: object) -> None:
    raise PermissionError(13, "Permission denied")


def _ctrl_c(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("place", "name", "value"),
    [
        (git_erasing, "reset_files", _killed),
        (git_erasing, "forget_beside", _denied),
        (switching, "run_git", lambda top, env, *_: run_git(top, env, "no-such-command")),
        (switching, "_LEADING_BACK", ("objects",)),  # which is a folder
        (erasing, "verify", _ctrl_c),
    ],
)
def test_whatever_ends_it_early_says_what_brings_the_new_history_to_the_remotes(
    told: Repo, make_repo: MakeRepo, monkeypatch: pytest.MonkeyPatch, *, place: Any, name: str, value: Any
) -> None:
    server = make_repo("server", "--bare")
    told.git("remote", "add", "origin", str(server.top))
    told.git("push", "--quiet", "origin", "--all")
    told.git("push", "--quiet", "origin", "--tags")
    with monkeypatch.context() as patched, suppress(Killed):
        patched.setattr(place, name, value)
        result = _apply(told)
    if value is _killed:
        said = told.crmtool("erase", WHO).stderr.splitlines()
    else:
        said = [*getattr(result.exception, "advice", ()), *result.stderr.splitlines()]
    for command in (line.split() for line in said if line.strip().startswith("git ")):
        told.git(*command[1:])
    assert left(told) == {}
    server.git("reflog", "expire", "--expire=now", "--all")
    server.git("gc", "--quiet", "--prune=now")
    assert left(server) == {}
    assert any("of these tags, push those that `git ls-remote origin` lists, and no others" in line for line in said)


def test_ctrl_c_without_history_leaves_one_of_the_two_files(told: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(path: Path, data: bytes) -> None:
        writing.write_atomic(path, data)
        os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(erasing, "write_atomic", interrupted)
    result = _apply(told, "--without-history")
    assert result.exit_code == 1
    assert not (told.top / LAST).exists()
    assert len(list((told.top / "contacts/erased").iterdir())) == 1
    assert "interrupted after all was erased; what might be left was not looked for to the end\n" in result.stderr


def test_folders_that_were_not_looked_into_are_not_counted_among_all_files(told: Repo) -> None:
    told.stage(".gitignore", "built/\n")
    told.commit()
    told.write("built/CACHEDIR.TAG", "")
    told.write("built/page.txt", f"{NAME}\n")
    done = told.crmtool(*APPLY)
    assert done.returncode == 0
    assert "and all other files were looked through: nothing is left\n" in done.stdout
    assert "were not looked into\n  built/\n" in done.stdout


def test_a_shallow_clone_says_that_former_names_may_not_be_known(told: Repo, tmp_path: Path) -> None:
    told.git("clone", "--quiet", "--depth", "1", f"file://{told.top}", str(tmp_path / "clone"))
    for repo, is_told in ((told, False), (Repo(tmp_path / "clone"), True)):
        done = repo.crmtool(*APPLY, "--without-history")
        assert done.returncode == 0
        assert ("former names and addresses that only the missing history has were not looked for" in done.stdout) == (
            is_told
        )
