"""Setting the merge driver up, and what Git then does in a merge; the program that it runs is a stand-in here."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crmtool import merge_setup
from crmtool.git import Repository

if TYPE_CHECKING:
    from tests.git.conftest import MakeRepo, Repo

LINE = "contacts/**/*.md merge=crmtool"
ADDED = f"# Contacts are merged answer by answer; `crmtool hook install` tells Git how.\n{LINE}\n"
COMMIT_IT = ".gitattributes: has contacts merged by crmtool from now on; commit it"


def install(repo: Repo, start: Path | None = None) -> list[str]:
    return merge_setup.install(Repository.find(repo.top), start or repo.top)


def attributes(repo: Repo, prefix: str = "") -> str:
    return (repo.top / prefix / ".gitattributes").read_bytes().decode()


def configured(repo: Repo) -> str:
    return repo.attempt("git", "config", "--get-regexp", r"^merge\.crmtool\.").stdout


def program(file: Path, script: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    return file


@pytest.fixture
def python(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Stand in for the Python that has crmtool: it writes $WRITE and the path to our side, and ends with $STATUS."""
    script = (
        'while [ "$1" != merge-driver ]; do shift; done; [ -z "$WRITE" ] || printf "%s\\n" "$WRITE" "${14}" >"${12}"\n'
        '[ -z "$TELL" ] || printf "%s " "$@" >"$TELL"; exit ${STATUS:-0}'
    )
    file = program(tmp_path / 'it\'s 100% "python" $HOME' / "python", script)
    monkeypatch.setattr(sys, "executable", str(file))
    return file


@pytest.fixture
def without_crmtool(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every crmtool from PATH."""
    kept = [folder for folder in os.environ["PATH"].split(":") if not (Path(folder) / "crmtool").exists()]
    monkeypatch.setenv("PATH", ":".join(kept))


@pytest.fixture
def parted(repo: Repo) -> Repo:
    """Two branches that wrote the same line of a contact."""
    repo.stage("criteria.yaml", repo.rules)
    repo.stage("contacts/a b/it's.md", "base\n")
    install(repo)
    repo.git("add", ".")
    repo.commit()
    repo.git("switch", "-qc", "other")
    repo.stage("contacts/a b/it's.md", "theirs\n")
    repo.commit()
    repo.git("switch", "-q", "main")
    repo.stage("contacts/a b/it's.md", "ours\n")
    repo.commit()
    return repo


def merged(repo: Repo, **environment: str) -> tuple[int, str, str]:
    """Merge; gives the status, the contact, and what was said."""
    done = repo.attempt(
        "env", *(f"{key}={value}" for key, value in environment.items()), "git", "merge", "-qm", "x", "other"
    )
    return done.returncode, (repo.top / "contacts/a b/it's.md").read_text("utf-8"), done.stderr


# --- setting up and removing ---


def test_set_up_and_removed(repo: Repo) -> None:
    repo.workspace()
    before = (repo.top / ".git/config").read_text("utf-8")
    assert install(repo) == ["merge driver: set up", COMMIT_IT]
    assert attributes(repo) == ADDED
    assert sys.executable in configured(repo)
    assert merge_setup.attribute(Repository.find(repo.top), repo.top) == "crmtool"
    assert install(repo) == ["merge driver: is set up already"]
    assert attributes(repo) == ADDED
    removed = "merge driver: removed; .gitattributes stays as it is, and Git merges contacts as text"
    assert merge_setup.uninstall(Repository.find(repo.top)) == [removed]
    assert (repo.top / ".git/config").read_text("utf-8") == before
    assert attributes(repo) == ADDED
    assert merge_setup.uninstall(Repository.find(repo.top)) == ["merge driver: is not set up"]


def test_another_python_renews(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    install(repo)
    monkeypatch.setattr(sys, "executable", "/opt/other python/100%/python")
    assert install(repo) == ["merge driver: renewed"]
    assert "'/opt/other python/100%%/python'" in configured(repo)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"", ADDED.encode()),
        (b"*.png binary\n", b"*.png binary\n\n" + ADDED.encode()),
        (b"*.png binary", b"*.png binary\n\n" + ADDED.encode()),
        (b"# \xfc\r\n*.png binary\r\n", b"# \xfc\r\n*.png binary\r\n\r\n" + ADDED.replace("\n", "\r\n").encode()),
        (b"contacts/** text\n", b"contacts/** text\n\n" + ADDED.encode()),
        (b"# contacts/** merge=union\n", b"# contacts/** merge=union\n\n" + ADDED.encode()),
        (b"pages/*.md merge=union\n", b"pages/*.md merge=union\n\n" + ADDED.encode()),
    ],
)
def test_other_lines_are_kept_byte_for_byte(repo: Repo, before: bytes, after: bytes) -> None:
    repo.workspace()
    repo.write(".gitattributes", before)
    assert merge_setup.with_line(before) == after
    install(repo)
    assert (repo.top / ".gitattributes").read_bytes() == after


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("contacts/** merge=union", "union"),
        ("*.md -merge", "unset"),
        ("/contacts/**/*.md merge", "set"),
        ("* merge=ours", "ours"),
    ],
)
def test_what_a_team_has_set_up_stays(repo: Repo, line: str, told: str) -> None:
    repo.workspace()
    repo.write(".gitattributes", line + "\n")
    assert merge_setup.with_line(f"{line}\n".encode()) is None
    [_, notice] = install(repo)
    assert notice.startswith("notice: .gitattributes or one above it has contacts merged otherwise")
    assert f"(merge: {told})" in notice
    assert attributes(repo) == line + "\n"


def test_each_workspace_has_its_own_line(repo: Repo) -> None:
    repo.workspace("sales/").workspace("hiring/").stage("templates/criteria.yaml", repo.rules)
    repo.write("new/criteria.yaml", repo.rules)
    repo.write("new/contacts/x.md", repo.good)
    lines = install(repo, repo.top / "new" / "contacts")
    assert lines == ["merge driver: set up", *(f"{name}/{COMMIT_IT}" for name in ("hiring", "new", "sales"))]
    assert {file.parent.name for file in repo.top.rglob(".gitattributes")} == {"sales", "hiring", "new"}
    repo.write(".gitattributes", "*.md merge=union\n")
    assert install(repo) == ["merge driver: is set up already"], "a file further down has the last word"


def test_a_linked_work_tree_shares_the_command(repo: Repo, tmp_path: Path) -> None:
    repo.workspace().commit()
    repo.git("worktree", "add", "-q", str(tmp_path / "linked"))
    linked = type(repo)(tmp_path / "linked")
    assert install(linked) == ["merge driver: set up", COMMIT_IT]
    assert install(repo) == ["merge driver: is set up already", COMMIT_IT]


def test_the_state_of_the_command(repo: Repo, python: Path) -> None:
    repository = Repository.find(repo.top)
    assert merge_setup.driver_state(repository) == "absent"
    install(repo)
    assert merge_setup.driver_state(repository) == "set"
    python.unlink()
    assert merge_setup.driver_state(repository) == "gone"
    command = repo.git("config", "merge.crmtool.driver").strip()
    for other in ("mine %A", command.replace("run '", "run "), command.replace("run '", "run ''\"")):
        repo.git("config", "merge.crmtool.driver", other)
        assert merge_setup.driver_state(repository) == "foreign"


# --- what Git then does ---


def test_a_clean_merge_is_taken(python: Path, parted: Repo) -> None:
    status, text, said = merged(parted, WRITE="both")
    assert (status, text, said) == (0, "both\ncontacts/a b/it's.md\n", "")


@pytest.mark.parametrize("written", ["<<<<<<< ours", "no mark"])
def test_a_conflict_is_taken_as_it_stands_in_the_file(python: Path, parted: Repo, written: str) -> None:
    status, text, said = merged(parted, WRITE=written, STATUS="113")
    assert (status, text, said) == (1, f"{written}\ncontacts/a b/it's.md\n", "")
    assert parted.git("ls-files", "--unmerged")


@pytest.mark.usefixtures("without_crmtool")
@pytest.mark.parametrize("status", ["1", "2", "139"])
def test_a_program_that_fails_leaves_no_side_alone(python: Path, parted: Repo, status: str) -> None:
    ended, text, said = merged(parted, STATUS=status)
    assert ended == 1
    assert text == "<<<<<<< ours\nours\n=======\ntheirs\n>>>>>>> theirs\n"
    assert "crmtool cannot be run, so this contact is merged as text: reinstall it" in said


@pytest.mark.usefixtures("without_crmtool")
def test_without_any_crmtool_git_merges_as_text(python: Path, parted: Repo) -> None:
    python.unlink()
    assert merged(parted)[1] == "<<<<<<< ours\nours\n=======\ntheirs\n>>>>>>> theirs\n"
    parted.git("merge", "--abort")
    parted.stage("contacts/a b/it's.md", "base\nours\n")
    parted.git("commit", "-q", "--amend", "-m", "x")
    parted.git("switch", "-q", "other")
    parted.stage("contacts/a b/it's.md", "theirs\nbase\n")
    parted.git("commit", "-q", "--amend", "-m", "x")
    parted.git("switch", "-q", "main")
    assert merged(parted)[:2] == (0, "theirs\nbase\nours\n")


@pytest.mark.usefixtures("without_crmtool")
@pytest.mark.parametrize("gone", ["the python", "crmtool in it"])
def test_crmtool_from_path_where_that_python_is_gone(
    python: Path, parted: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gone: str
) -> None:
    script = python.read_text("utf-8").partition("\n")[2]
    if gone == "the python":
        python.unlink()
    else:
        program(python, f'exec {sys.base_prefix}/bin/python3 -I "$@"')
    monkeypatch.setenv("PATH", f"{program(tmp_path / 'bin/crmtool', script).parent}:{os.environ['PATH']}")
    assert merged(parted, WRITE="from PATH")[:2] == (0, "from PATH\ncontacts/a b/it's.md\n")


@pytest.mark.usefixtures("without_crmtool")
def test_a_clone_without_the_command_merges_as_text(python: Path, parted: Repo, tmp_path: Path) -> None:
    parted.git("clone", "-q", str(parted.top), str(tmp_path / "clone"))
    clone = type(parted)(tmp_path / "clone")
    clone.git("branch", "other", "origin/other")
    assert merged(clone)[1].startswith("<<<<<<< HEAD\nours\n")


@pytest.mark.usefixtures("without_crmtool")
def test_the_mark_of_a_longer_size_counts(python: Path, parted: Repo) -> None:
    parted.write(".git/info/attributes", "*.md conflict-marker-size=12\n")
    assert merged(parted, WRITE="<<<<<<<<<<<< ours", STATUS="113")[1].startswith("<<<<<<<<<<<< ours\n")
    parted.git("merge", "--abort")
    assert "<<<<<<<<<<<< ours\nours\n" in merged(parted, STATUS="2")[1]


@pytest.mark.usefixtures("without_crmtool")
@pytest.mark.parametrize(
    ("known", "told"), [({}, ("ours", "theirs")), ({"%X": "HEAD", "%Y": "'the topic'"}, ("HEAD", "the topic"))]
)
def test_sides_have_the_names_that_git_knows(
    python: Path, parted: Repo, known: dict[str, str], told: tuple[str, str]
) -> None:
    """Git does so from 2.44 on; here its part is done by hand."""
    command = parted.git("config", "merge.crmtool.driver").strip().replace("%%X", "§").replace("%%", "%")
    given = {"%O": "base", "%A": "a", "%B": "b", "%L": "7", "%P": "'p'"} | known
    for placeholder, value in given.items():
        command = command.replace(placeholder, value)
    for name in ("base", "a", "b"):
        parted.write(name, f"{name}\n")
    done = parted.attempt("sh", "-c", command.replace("§", "%X"), STATUS="2", TELL=str(parted.top / "told"))
    assert done.returncode == 1, done.stderr
    assert f"--ours-label {told[0]} --theirs-label {told[1]} -- base a b p " in (parted.top / "told").read_text("utf-8")
    text = (parted.top / "a").read_text("utf-8")
    assert (text.splitlines()[0], text.splitlines()[-1]) == (f"<<<<<<< {told[0]}", f">>>>>>> {told[1]}")


# --- the command ---


def test_the_whole_way(repo: Repo) -> None:
    """Two answer different criteria of one contact, at the same place of its file."""
    repo.workspace()
    assert repo.crmtool("hook", "install", "--merge-only").returncode == 0
    repo.git("add", ".")
    repo.commit()
    for branch, answer in (("main", "fit: {met: 2026-11-08}"), ("other", "budget: {met: 2026-11-09}")):
        repo.git("switch", "-q", "-C", branch, "main" if branch == "main" else "main~1")
        repo.stage("contacts/jana.md", repo.good.replace("decisions:", f"criteria:\n  {answer}\ndecisions:"))
        repo.commit()
    repo.git("switch", "-q", "main")
    done = repo.attempt("git", "merge", "-q", "-m", "x", "other")
    assert done.returncode == 0, done.stdout + done.stderr
    merged = (repo.top / "contacts/jana.md").read_text("utf-8")
    assert "fit: {met: 2026-11-08}\n" in merged
    assert "budget: {met: 2026-11-09}\n" in merged
    assert repo.crmtool("check").returncode == 0


def test_the_command(repo: Repo, make_repo: MakeRepo, tmp_path: Path) -> None:
    repo.workspace("sales/")
    done = repo.crmtool("hook", "install", cwd=repo.top / "sales")
    assert done.stdout.splitlines()[2:] == ["merge driver: set up"]
    assert configured(repo)
    adds = "`crmtool hook install --merge-only` adds the line"
    assert done.stderr == f"notice: sales/.gitattributes does not have contacts merged so; {adds}\n"
    assert not (repo.top / "sales/.gitattributes").exists(), "hooks are no reason to write into the work tree"
    added = repo.crmtool("hook", "install", "--merge-only")
    assert added.stdout.splitlines() == ["merge driver: is set up already", f"sales/{COMMIT_IT}"]
    assert repo.crmtool("hook", "install").stderr == ""
    assert repo.crmtool("hook", "uninstall").stdout.splitlines()[2].startswith("merge driver: removed; ")
    assert not configured(repo)


def test_where_others_run_the_hooks(repo: Repo) -> None:
    assert repo.crmtool("hook", "install", "--merge-only").stdout == "merge driver: set up\n"
    assert not (repo.top / ".git/hooks/pre-commit").exists()


@pytest.mark.parametrize("command", ["install", "uninstall"])
def test_in_a_bare_repository_there_is_nothing_to_set_up(make_repo: MakeRepo, command: str) -> None:
    bare = make_repo("bare", "--bare")
    done = bare.crmtool("hook", command)
    assert done.returncode == 2
    assert done.stderr.startswith("crmtool: ")
    assert "bare Git repository" in done.stderr
