"""What keeps a history from being rewritten is told beforehand, and then nothing is changed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from crmtool.app.look import View
from crmtool.app.privacy.drafting import draft_erasure
from crmtool.app.privacy.erasing import Confirmed, erase
from crmtool.cli import cli
from crmtool.errors import RefusedError
from crmtool.git import erasing
from tests.git.conftest import MakeRepo, Repo
from tests.git.erasing import FIRST, LAST, OTHERS, left, objects, person, state, story

WHO = "nordlicht/jana-koehler"
APPLY = ("erase", WHO, "--apply", "--mentions", "all")


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
    monkeypatch.setattr(erasing, "find_spec", lambda _: None)
    monkeypatch.setattr("shutil.which", lambda _: None)
    before = state(told)
    run = ["-C", str(told.top), *APPLY]
    result = CliRunner().invoke(cli, run)
    assert result.exception is not None
    assert "git-filter-repo, which is not installed" in str(result.exception)
    assert result.exception.advice[0] == "pip install 'crmtool[erase]'"  # type: ignore[attr-defined]
    assert state(told) == before
    assert CliRunner().invoke(cli, ["-C", str(told.top), "erase", WHO]).exit_code == 0


def test_the_program_on_the_path_is_used_where_there_is_no_module(told: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    program = Path(sys.executable).with_name("git-filter-repo")
    monkeypatch.setattr(erasing, "find_spec", lambda _: None)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    assert erasing.filter_program() == (str(program),)
    assert CliRunner().invoke(cli, ["-C", str(told.top), *APPLY]).exit_code == 0
    assert left(told) == {}


def test_what_was_committed_meanwhile_is_not_lost(told: Repo) -> None:
    view = View(root=told.top, day=date(2026, 11, 23))
    erasure = draft_erasure(view, WHO, told.top, "0a1b2c3d")
    told.stage("README.md", "Meanwhile\n")
    head = told.commit()
    with pytest.raises(RefusedError, match="meanwhile branches or tags were changed"):
        erase(erasure, Confirmed(paths=frozenset(), people=False))
    assert told.head() == head


def test_where_it_fails_everything_is_put_back(told: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    program = told.top.parent / "failing"
    script = "git update-ref refs/heads/main HEAD~1; git update-ref refs/heads/new HEAD; mkdir .git/filter-repo; exit 3"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setattr("crmtool.app.privacy.erasing.filter_program", lambda: (str(program),))
    refs, kept = told.git("for-each-ref"), set(objects(told))
    result = CliRunner().invoke(cli, ["-C", str(told.top), *APPLY])
    assert "git-filter-repo failed" in str(result.exception)
    assert "nothing was changed" in str(result.exception)
    assert told.git("for-each-ref") == refs
    assert told.git("status", "--porcelain") == ""
    assert kept <= set(objects(told))
    assert not (told.top / ".git/filter-repo").exists()


def test_where_it_cannot_be_put_back_it_says_how(told: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    program = told.top.parent / "failing"
    program.write_text(
        "#!/bin/sh\ngit update-ref refs/heads/main HEAD~1; touch .git/packed-refs.lock .git/index.lock\nexit 3\n"
    )
    program.chmod(0o755)
    monkeypatch.setattr("crmtool.app.privacy.erasing.filter_program", lambda: (str(program),))
    tip = told.head()
    result = CliRunner().invoke(cli, ["-C", str(told.top), *APPLY])
    assert "could not be put back" in str(result.exception)
    assert f"git update-ref refs/heads/main {tip}" in result.exception.advice  # type: ignore[union-attr]


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
