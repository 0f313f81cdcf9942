"""What keeps a history from being rewritten is told beforehand, and then nothing is changed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from crmtool import cli as cli_package
from crmtool.app.look import View
from crmtool.app.privacy.drafting import Confirmed, draft_erasure
from crmtool.app.privacy.erasing import erase
from crmtool.cli import cli
from crmtool.errors import RefusedError
from crmtool.git import aside, switching
from crmtool.git.program import run_git
from tests.git.conftest import MakeRepo, Repo
from tests.git.erasing import APPLY, FIRST, LAST, OTHERS, WHO, left, person, state, story
from tests.serving import wait_for


@pytest.fixture
def told(repo: Repo) -> Repo:
    story(repo)
    return repo


def _changed(repo: Repo) -> None:
    repo.write("README.md", "Changed\n")


def _stashed(repo: Repo) -> None:
    _changed(repo)
    repo.git("stash")


def _unfinished_merge(repo: Repo) -> None:
    repo.git("merge", "--quiet", "--no-commit", "-s", "ours", "side")


def _unfinished_rebase(repo: Repo) -> None:
    repo.attempt("git", "rebase", "--quiet", "--exec", "false", "HEAD~1")


def _second_work_tree(repo: Repo) -> None:
    repo.git("worktree", "add", "--quiet", "../second", "side")


def _replaced(repo: Repo) -> None:
    repo.git("replace", "HEAD~1", "HEAD~2")


def _noted(repo: Repo) -> None:
    repo.git("notes", "add", "-m", "A note")


def _tagged_blob(repo: Repo) -> None:
    repo.git("tag", "blob", "HEAD:README.md")


def _kept_pack(repo: Repo) -> None:
    repo.git("gc", "--quiet")
    (pack,) = (repo.top / ".git/objects/pack").glob("*.pack")
    pack.with_suffix(".keep").touch()


def _hidden(repo: Repo) -> None:
    repo.git("update-index", "--assume-unchanged", "README.md")


def _locked(repo: Repo) -> None:
    (repo.top / ".git/index.lock").touch()


@pytest.mark.parametrize(
    ("prepare", "what", "todo"),
    [
        (_changed, "a change is not committed", "git status"),
        (_stashed, "changes are stashed", "git stash list"),
        (_unfinished_merge, "a merge is under way", "git merge --abort"),
        (_unfinished_rebase, "a rebase is under way", "git rebase --abort"),
        (_second_work_tree, "the repository has another work tree", "git worktree remove"),
        (_replaced, "shows another object", "git update-ref -d refs/replace/"),
        (_noted, "refs/notes/commits has notes on commits", "git update-ref -d refs/notes/commits"),
        (_tagged_blob, "refs/tags/blob leads to no commit", "git update-ref -d refs/tags/blob"),
        (_kept_pack, "a pack of objects is marked to be kept", ".keep"),
        (_hidden, "not to look whether README.md has changed", "--no-assume-unchanged README.md"),
        (_locked, "another Git is at work", "wait"),
        (lambda repo: repo.git("switch", "--quiet", "--detach"), "no branch is checked out", "git switch"),
    ],
)
def test_it_is_refused_with_what_to_do(told: Repo, prepare: Callable[[Repo], None], what: str, todo: str) -> None:
    prepare(told)
    before = state(told)
    done = told.crmtool(*APPLY)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(
        "crmtool: refused: the history cannot be rewritten as things are; nothing was changed"
    )
    (line,) = [line for line in done.stderr.splitlines() if what in line]
    assert todo in line
    assert "Traceback" not in done.stderr
    assert state(told) == before
    dry = told.crmtool("erase", WHO)
    assert dry.returncode == 0
    assert "To be put right before --apply\n" in dry.stdout
    assert what in dry.stdout


@pytest.mark.parametrize(("options", "what"), [(["--depth", "1"], "shallow"), (["--filter=blob:none"], "partial")])
def test_clones_that_lack_something_are_refused(told: Repo, tmp_path: Path, options: list[str], what: str) -> None:
    told.git("config", "uploadpack.allowFilter", "true")
    told.git("clone", "--quiet", *options, f"file://{told.top}", str(tmp_path / "clone"))
    done = Repo(tmp_path / "clone").crmtool(*APPLY)
    assert done.returncode == 1
    assert f"this clone is {what}" in done.stderr


def test_a_clone_that_borrows_objects_is_refused(told: Repo, tmp_path: Path) -> None:
    told.git("clone", "--quiet", "--shared", str(told.top), str(tmp_path / "clone"))
    done = Repo(tmp_path / "clone").crmtool(*APPLY)
    assert done.returncode == 1
    assert "borrows objects" in done.stderr


def test_a_submodule_is_refused(told: Repo, make_repo: MakeRepo) -> None:
    outer = make_repo("outer")
    outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(told.top), "crm")
    outer.commit()
    done = outer.crmtool(*APPLY, cwd=outer.top / "crm")
    assert done.returncode == 1
    assert "is a submodule of another one" in done.stderr


def test_a_repository_of_the_other_hash_is_refused(make_repo: MakeRepo) -> None:
    repo = make_repo("long", "--object-format=sha256")
    repo.stage("criteria.yaml", Repo.rules)
    repo.stage(LAST, person(3))
    repo.commit()
    done = repo.crmtool(*APPLY)
    assert done.returncode == 1
    assert "names its objects by SHA-256" in done.stderr


def test_a_file_that_is_not_committed_is_refused(told: Repo) -> None:
    told.write("contacts/new/jana-koehler.md", person(3))
    done = told.crmtool("erase", "new/jana-koehler", "--apply")
    assert done.returncode == 1
    assert "contacts/new/jana-koehler.md is not in the last commit" in done.stderr


def test_a_link_is_refused(told: Repo) -> None:
    told.stage("contacts/kept/_her.md", person(3))
    (told.top / "contacts/link.md").symlink_to("kept/_her.md")
    told.git("add", "contacts/link.md")
    told.commit()
    done = told.crmtool("erase", "link", "--apply")
    assert done.returncode == 1
    assert "contacts/link.md is a symbolic link" in done.stderr


@pytest.mark.parametrize("decided", [1, 2])
def test_who_is_undecided_is_refused_with_the_command_to_end_it(repo: Repo, decided: int) -> None:
    repo.stage("criteria.yaml", Repo.rules)
    repo.stage(FIRST, person(decided))
    repo.commit()
    done = repo.crmtool("erase", "jana")
    assert (done.returncode, done.stdout) == (1, "")
    assert "refused: jana is still in" in done.stderr
    assert '    end it first: crmtool stop jana "Why it ends"' in done.stderr


def test_what_was_erased_is_refused(told: Repo) -> None:
    assert told.crmtool(*APPLY).returncode == 0
    (file,) = (told.top / "contacts/erased").iterdir()
    done = told.crmtool("erase", f"erased/{file.stem}")
    assert done.returncode == 1
    assert "was erased already" in done.stderr


def test_rules_that_would_not_allow_what_is_left_refuse_it(repo: Repo) -> None:
    repo.stage("criteria.yaml", Repo.rules)
    repo.stage("schemas/contact.schema.json", '{"properties": {"owner": {"enum": ["mira"]}}, "required": ["owner"]}')
    repo.stage(LAST, person(3))
    repo.commit()
    done = repo.crmtool(*APPLY)
    assert done.returncode == 1
    assert "refused: what would be left of nordlicht/jana-koehler is not allowed" in done.stderr


def test_without_git_filter_repo_it_says_what_installs_it(told: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "_module", lambda: None)
    monkeypatch.setattr("shutil.which", lambda _: None)
    before = state(told)
    run = ["-C", str(told.top), *APPLY]
    result = CliRunner().invoke(cli, run)
    assert result.exception is not None
    assert "git-filter-repo, which is not installed" in str(result.exception)
    assert result.exception.advice[0] == "pip install 'crmtool[erase]'"  # type: ignore[attr-defined]
    assert state(told) == before
    dry = CliRunner().invoke(cli, ["-C", str(told.top), "erase", WHO])
    assert dry.exit_code == 0
    assert "which is not installed: pip install 'crmtool[erase]'" in dry.stdout


def test_the_program_on_the_path_is_used_where_there_is_no_module(told: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    program = Path(sys.executable).with_name("git-filter-repo")
    monkeypatch.setattr(aside, "_module", lambda: None)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    assert aside.filter_program() == (str(program),)
    assert CliRunner().invoke(cli, ["-C", str(told.top), *APPLY]).exit_code == 0
    assert left(told) == {}


def test_what_was_committed_meanwhile_is_not_lost(told: Repo) -> None:
    view = View(root=told.top, day=date(2026, 11, 23))
    erasure = draft_erasure(view, WHO, told.top, "0a1b2c3d")
    told.stage("README.md", "Meanwhile\n")
    head = told.commit()
    with pytest.raises(RefusedError, match="meanwhile branches or tags were changed"):
        erase(erasure, Confirmed(paths=frozenset(), messages=False, people=False))
    assert told.head() == head


def _with_program(repo: Repo, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    program = repo.top.parent / "program"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setattr("crmtool.app.privacy.erasing.filter_program", lambda: (str(program),))


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("git update-ref refs/heads/main HEAD~1; git update-ref refs/heads/new HEAD; exit 3", "git-filter-repo failed"),
        ("git update-ref -d refs/heads/side", "commits became"),
        ("git update-ref -d refs/tags/light", "lost or made branches or tags"),
        ("exit 0", "a version of contacts/nordlicht/jana-koehler.md is left"),
        ("rm -rf objects/info/alternates", "git "),
    ],
)
def test_where_it_fails_nothing_has_changed(told: Repo, monkeypatch: pytest.MonkeyPatch, script: str, why: str) -> None:
    _with_program(told, monkeypatch, script)
    if "tags/light" in script:
        monkeypatch.setattr("crmtool.app.privacy.erasing.look_aside", lambda *_: None)
    before = state(told)
    result = CliRunner().invoke(cli, ["-C", str(told.top), *APPLY])
    assert why in str(result.exception)
    assert "nothing was changed" in str(result.exception)
    assert state(told) == before


def test_where_somebody_commits_in_the_middle_nothing_is_switched(told: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    words = " ".join(f"'{word}'" for word in aside.filter_program())
    meanwhile = f"git --git-dir='{told.top}/.git' --work-tree='{told.top}' update-ref refs/heads/new HEAD"
    _with_program(told, monkeypatch, f'{words} "$@" && unset GIT_DIR && {meanwhile}')
    tip, files = told.head(), told.git("ls-files", "-s")
    result = CliRunner().invoke(cli, ["-C", str(told.top), *APPLY])
    assert "meanwhile branches or tags were changed; nothing was changed: try again" in str(result.exception)
    assert (told.head(), told.git("ls-files", "-s"), told.git("status", "--porcelain")) == (tip, files, "")
    assert not list((told.top / ".git").glob("crmtool-*"))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_a_signal_before_the_switch_leaves_everything_as_it_was(told: Repo, number: signal.Signals) -> None:
    """The module that stands for git-filter-repo here tells that it runs, and then never ends."""
    module = told.top.parent / "modules" / "git_filter_repo.py"
    module.parent.mkdir()
    running = told.top.parent / "running"
    module.write_text(f"import os, time\nopen({str(running)!r}, 'w').write(str(os.getpid()))\ntime.sleep(3600)\n")
    before = state(told)
    with subprocess.Popen(
        [sys.executable, "-m", "crmtool", *APPLY],
        cwd=told.top,
        env=os.environ | {"PYTHONPATH": f"{module.parent}:{Path(cli_package.__file__).parents[2]}"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            wait_for(lambda: running.exists() and running.read_text() != "")
            process.send_signal(number)
            _, errors = process.communicate(timeout=60)
        finally:
            process.kill()
    child = int(running.read_text())
    assert process.returncode != 0
    assert "Traceback" not in errors
    if number is signal.SIGKILL:
        os.kill(child, signal.SIGKILL)
        assert {path: data for path, data in state(told).items() if "/.git/crmtool-aside-" not in path} == before
    else:
        assert "nothing was changed" in errors
        assert state(told) == before
        assert not Path(f"/proc/{child}").exists()
    assert told.crmtool(*APPLY).returncode == 0
    assert left(told) == {}
    assert not list((told.top / ".git").glob("crmtool-*"))


def test_nothing_is_run_from_the_directory_that_it_is_called_in(told: Repo) -> None:
    for name in ("git_filter_repo", "crmtool_history_filter"):
        told.stage(f"{name}.py", "raise SystemExit('taken over')\n")
    told.commit()
    done = told.crmtool(*APPLY, PYTHONPATH=os.pathsep.join(["", *sys.path]))
    assert done.returncode == 0, done.stderr
    assert left(told) == {}


def test_what_was_interrupted_after_the_switch_says_how_to_finish(told: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("crmtool.app.privacy.erasing.forget_the_old", interrupted)
    result = CliRunner().invoke(cli, ["-C", str(told.top), *APPLY])
    assert "git gc --prune=now" in result.stderr
    again = told.crmtool("erase", WHO)
    assert again.returncode == 1
    commands = [line.strip() for line in again.stderr.splitlines()[1:]]
    assert commands[0] == "git reset --hard"
    for command in commands:
        told.git(*command.split()[1:])
    assert left(told) == {}
    assert "no contact" in told.crmtool("erase", WHO).stderr


def test_where_the_files_cannot_be_rewritten_it_says_what_to_type(told: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    run = run_git
    monkeypatch.setattr(switching, "run_git", lambda top, env, *words: run(top, env, "no-such-command", *words))
    result = CliRunner().invoke(cli, ["-C", str(told.top), *APPLY])
    assert result.exception.advice == switching.FINISH  # type: ignore[union-attr]
    for command in switching.FINISH:
        told.git(*command.split()[1:])
    assert told.git("status", "--porcelain") == ""
    assert left(told) == {}


def test_former_addresses_are_found_in_the_files_of_now_alone(told: Repo) -> None:
    told.stage(LAST, person(3).replace("j.koehler@nordlicht", "jana@elsewhere"))
    told.stage("notes.txt", "write to j.koehler@nordlicht.example\n")
    told.commit()
    done = told.crmtool(*APPLY, "--without-history")
    assert "all files were looked through: nothing is left" in done.stdout
    assert (told.top / "notes.txt").read_text("utf-8") == "write to [erased]\n"
    dry = told.crmtool("subject", "erased")
    assert (dry.returncode, "was erased already" in dry.stderr) == (1, True)


def test_the_files_of_now_alone(told: Repo) -> None:
    refs = told.git("for-each-ref")
    done = told.crmtool(*APPLY, "--without-history")
    assert done.returncode == 0, done.stderr
    assert "the history still has everything (--without-history)" in done.stdout
    assert "commit what changed" in done.stdout
    assert told.git("for-each-ref") == refs
    assert not (told.top / LAST).exists()
    assert not (told.top / LAST).parent.exists()
    assert "[erased]" in (told.top / "contacts/owen.md").read_text("utf-8")
    assert (told.top / "contacts/imke.md").read_text("utf-8") == OTHERS["contacts/imke.md"]
    assert told.crmtool("check").returncode == 0


def test_without_a_repository(tmp_path: Path, told: Repo) -> None:
    root = tmp_path / "plain"
    for path in ("criteria.yaml", LAST, "contacts/owen.md"):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes((told.top / path).read_bytes())
    plain = Repo(root)
    assert "There is no Git repository" in plain.crmtool("erase", WHO).stdout
    done = plain.crmtool(*APPLY)
    assert done.returncode == 0, done.stderr
    assert "all files were looked through: nothing is left" in done.stdout
    assert [file.name for file in (root / "contacts").iterdir() if file.is_dir()] == ["erased"]


def test_a_mention_that_is_to_be_kept_must_exist(told: Repo) -> None:
    done = told.crmtool("erase", WHO, "--keep-mention", "readme")
    assert done.returncode == 2
    assert "no file of that path has mentions; README.md, contacts/owen.md, side.txt" in done.stderr


def test_to_be_asked_needs_a_terminal(told: Repo) -> None:
    done = told.crmtool("erase", WHO, "--apply", "--mentions", "ask")
    assert done.returncode == 2
    assert "--mentions ask needs a terminal; write all or none" in done.stderr
