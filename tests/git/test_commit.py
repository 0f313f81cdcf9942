"""Committing with the hook installed: the whole program, started by git itself."""

from __future__ import annotations

import json
import shutil
import subprocess
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.git.conftest import MakeRepo, Repo

Done = subprocess.CompletedProcess[str]


@pytest.fixture
def hooked(repo: Repo) -> Repo:
    """A committed workspace whose commits are checked from now on."""
    repo.workspace().commit()
    return with_hook(repo)


def with_hook(repo: Repo) -> Repo:
    done = repo.crmtool("hook", "install")
    assert done.returncode == 0, done.stderr
    return repo


def codes(repo: Repo, *arguments: str, status: int = 1, **environment: str) -> dict[str, set[str]]:
    """What `check --staged` finds (errors alone), by path."""
    done = repo.crmtool(*arguments, "check", "--staged", "--format", "json", cwd=None, **environment)
    assert done.returncode == status, done.stderr
    found: dict[str, set[str]] = {}
    for finding in json.loads(done.stdout)["findings"]:
        if finding["severity"] == "error":
            found.setdefault(finding["path"], set()).add(finding["code"])
    return found


def assert_refused(done: Done, *words: str) -> None:
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    for word in words:
        assert word in done.stderr, done.stderr


def assert_made(done: Done) -> None:
    assert done.returncode == 0, done.stderr


# --- what is committed is what is checked ---


def test_a_decision_without_its_criteria_is_refused(hooked: Repo) -> None:
    before = hooked.head()
    hooked.stage("contacts/jana.md", hooked.bad)
    assert_refused(hooked.try_commit(), "contacts/jana.md:6:", "criteria-missing", "Between 10 and 200 people?")
    assert hooked.head() == before
    hooked.stage("contacts/jana.md", hooked.moved)
    assert_made(hooked.try_commit())
    assert hooked.head() != before


def test_no_verify_is_the_way_around(hooked: Repo) -> None:
    hooked.stage("contacts/jana.md", hooked.bad)
    assert_made(hooked.try_commit("--no-verify"))


def test_the_first_commit(repo: Repo) -> None:
    with_hook(repo).workspace().stage("contacts/jana.md", repo.bad)
    assert_refused(repo.try_commit(), "criteria-missing")
    repo.stage("contacts/jana.md", repo.moved)
    assert_made(repo.try_commit())


def test_a_repository_in_which_nothing_is_staged(repo: Repo) -> None:
    assert codes(repo, status=0) == {}


def test_the_work_tree_does_not_matter(hooked: Repo) -> None:
    hooked.stage("contacts/jana.md", hooked.moved)
    hooked.write("contacts/jana.md", hooked.bad)
    hooked.write("contacts/not-staged.md", "nonsense")
    hooked.write("criteria.yaml", "nonsense: [")
    assert_made(hooked.try_commit())
    assert hooked.git("show", "HEAD:contacts/jana.md") == hooked.moved


def test_a_bad_index_is_refused_though_the_work_tree_is_mended(hooked: Repo) -> None:
    hooked.stage("contacts/jana.md", hooked.bad)
    hooked.write("contacts/jana.md", hooked.moved)
    assert_refused(hooked.try_commit(), "criteria-missing")


def test_a_file_staged_in_part(hooked: Repo) -> None:
    """As by `git add -p`: the decision is staged, the answer that it needs is not."""
    notes = "\n".join(f"line {number}" for number in range(20))
    hooked.write("contacts/jana.md", hooked.moved + notes)
    id = hooked.git("hash-object", "-w", "--stdin", given=hooked.bad).strip()
    hooked.git("update-index", "--cacheinfo", f"100644,{id},contacts/jana.md")
    assert_refused(hooked.try_commit(), "criteria-missing")
    hooked.git("add", "contacts/jana.md")
    assert_made(hooked.try_commit())


def test_commit_all(hooked: Repo) -> None:
    hooked.write("contacts/jana.md", hooked.bad)
    assert_refused(hooked.try_commit("--all"), "criteria-missing")
    assert hooked.git("diff", "--cached", "--name-only") == ""
    hooked.write("contacts/jana.md", hooked.moved)
    assert_made(hooked.try_commit("--all"))


def test_commit_only_some_paths(hooked: Repo) -> None:
    hooked.stage("contacts/bad.md", hooked.bad)
    hooked.write("contacts/jana.md", hooked.moved)
    assert_made(hooked.try_commit("--only", "--", "contacts/jana.md"))
    assert_refused(hooked.try_commit("--only", "--", "contacts/bad.md"), "contacts/bad.md", "criteria-missing")
    hooked.write("contacts/jana.md", hooked.moved + "more\n")
    assert_refused(hooked.try_commit("--include", "--", "contacts/jana.md"), "contacts/bad.md")


def test_commit_only_from_a_directory_below(hooked: Repo) -> None:
    hooked.stage("contacts/nord/bad.md", hooked.bad)
    below = hooked.top / "contacts/nord"
    done = hooked.attempt("git", "commit", "-m", "x", "--only", "bad.md", cwd=below)
    assert_refused(done, "contacts/nord/bad.md", "criteria-missing")


def test_commit_by_patch(hooked: Repo) -> None:
    """The decision and the answer that it needs are hunks of their own."""
    tags = "tags:\n" + "".join(f"  - {letter}\n" for letter in "abcdefgh")
    start = hooked.good.replace("---\n\n", f"{tags}---\n\n")
    decided = start.replace("status: new", "status: ready").replace(
        'us"}\n', 'us"}\n  - {date: 2026-11-09, to: ready, because: "Fits"}\n'
    )
    answered = decided.replace("---\n\n", 'criteria:\n  fit: {met: 2026-11-08, evidence: "85 people"}\n---\n\n')
    hooked.stage("contacts/jana.md", start)
    hooked.commit()
    hooked.write("contacts/jana.md", answered)
    assert_refused(hooked.try_commit("--patch", given="y\nn\n"), "criteria-missing")
    assert_made(hooked.try_commit("--patch", given="n\ny\n"))
    assert_made(hooked.try_commit("--patch", given="y\n"))
    assert hooked.git("show", "HEAD:contacts/jana.md") == answered


def test_amend(hooked: Repo) -> None:
    hooked.stage("contacts/jana.md", hooked.bad)
    assert_refused(hooked.try_commit("--amend"), "criteria-missing")
    hooked.stage("contacts/jana.md", hooked.moved)
    assert_made(hooked.try_commit("--amend"))


# --- renamed, deleted, strangely named ---


def test_an_active_contact_is_not_deleted(hooked: Repo) -> None:
    hooked.git("rm", "-q", "contacts/jana.md")
    assert_refused(hooked.try_commit(), "contacts/jana.md", "contact-deleted")


def test_a_deletion_alone_may_be_right(hooked: Repo) -> None:
    over = hooked.good.replace("status: new", "status: stopped").replace(
        'us"}\n', 'us"}\n  - {date: 2026-11-03, to: stopped, because: "No need"}\n'
    )
    hooked.stage("contacts/jana.md", over)
    assert_made(hooked.try_commit())
    hooked.git("rm", "-q", "contacts/jana.md")
    assert_made(hooked.try_commit())


def test_a_renamed_contact_is_the_same(hooked: Repo) -> None:
    hooked.stage("contacts/jana.md", hooked.moved)
    hooked.commit()
    (hooked.top / "contacts/nord").mkdir()
    hooked.git("mv", "contacts/jana.md", "contacts/nord/jana köhler.md")
    assert_made(hooked.try_commit())
    hooked.git("mv", "contacts/nord/jana köhler.md", "contacts/jana.md")
    hooked.stage("contacts/jana.md", hooked.moved.replace("2026-11-01", "2026-10-01"))
    assert_refused(hooked.try_commit(), "decision-rewritten")


def test_names_of_every_kind(hooked: Repo) -> None:
    names = [
        unicodedata.normalize("NFC", "Jörg Müller"),
        unicodedata.normalize("NFD", "Zoë Groß"),
        'it\'s "quoted"',
        "two\nlines",
        "back\\slash",
        "-dash",
        ":(exclude)magic",
        "日本",
        "latin-\udcfc",
    ]
    paths = [f"contacts/{name}.md" for name in names]
    for content in (hooked.bad, hooked.moved):
        for number, path in enumerate(paths):
            hooked.write(path, content.replace("Jana Köhler", f"Contact {number}"))
        hooked.git("add", "-A")
        if content == hooked.bad:
            assert set(codes(hooked)) == set(paths)
            assert_refused(hooked.try_commit(), "criteria-missing", "contacts/Jörg Müller.md:", "contacts/日本.md:")
    assert_made(hooked.try_commit())
    for path in paths:
        (hooked.top / path).unlink()
    hooked.git("add", "-A")
    assert codes(hooked) == {path: {"contact-deleted"} for path in paths}


def test_two_spellings_of_one_name(hooked: Repo) -> None:
    for form in ("J\u00f6rg", "Jo\u0308rg"):
        hooked.write(f"contacts/{form}.md", hooked.good)
    hooked.git("-c", "core.precomposeunicode=false", "add", "-A")
    assert_refused(hooked.try_commit(), "id-collision")


# --- where the workspace is, where git is ---


def test_two_workspaces_each_with_its_rules(repo: Repo) -> None:
    with_hook(repo.workspace("sales/").workspace("hiring/"))
    repo.commit()
    stricter = repo.rules.replace("to: ready, requires: [fit]", "to: ready, requires: [fit, budget]")
    repo.stage("hiring/criteria.yaml", stricter)
    assert_made(repo.try_commit())
    for prefix in ("sales/", "hiring/"):
        repo.stage(f"{prefix}contacts/jana.md", repo.moved)
    refused = repo.try_commit()
    assert_refused(refused, "hiring/contacts/jana.md", "Is there a budget?")
    assert "sales/contacts/jana.md" not in refused.stderr
    repo.git("restore", "--staged", "hiring")
    assert_made(repo.try_commit())
    assert codes(repo, status=0) == {}


def test_findings_name_the_path_from_the_top(repo: Repo) -> None:
    with_hook(repo.workspace("teams/sales/")).commit()
    repo.stage("teams/sales/contacts/jana.md", repo.bad)
    assert set(codes(repo)) == {"teams/sales/contacts/jana.md"}
    below = repo.top / "teams/sales/contacts"
    done = repo.attempt("git", "commit", "-m", "x", cwd=below)
    assert_refused(done, "teams/sales/contacts/jana.md:6:")


def test_a_linked_work_tree(hooked: Repo, tmp_path: Path) -> None:
    hooked.git("worktree", "add", "-q", "-b", "other", str(tmp_path / "linked tree"))
    linked = type(hooked)(tmp_path / "linked tree")
    linked.stage("contacts/jana.md", linked.bad)
    assert_refused(linked.try_commit(), "criteria-missing")
    assert_refused(linked.try_commit("--all"), "criteria-missing")
    assert_made(hooked.try_commit("--allow-empty"))
    linked.stage("contacts/jana.md", linked.moved)
    assert_made(linked.try_commit())


@pytest.mark.parametrize("absolute", [True, False])
def test_hooks_path(repo: Repo, absolute: bool) -> None:
    repo.git("config", "core.hooksPath", str(repo.top / "all hooks") if absolute else "tools/hooks")
    with_hook(repo.workspace()).commit()
    repo.stage("contacts/jana.md", repo.bad)
    assert_refused(repo.try_commit(), "criteria-missing")


def test_git_dir_and_work_tree_in_the_environment(hooked: Repo, tmp_path: Path) -> None:
    shutil.move(hooked.top / ".git", tmp_path / "data.git")
    names = {"GIT_DIR": "data.git", "GIT_WORK_TREE": "my crm"}
    hooked.write("contacts/jana.md", hooked.bad)
    done = hooked.attempt("git", "commit", "-am", "x", cwd=tmp_path, **names)
    assert_refused(done, "contacts/jana.md:6:", "criteria-missing")
    hooked.write("contacts/jana.md", hooked.moved)
    assert_made(hooked.attempt("git", "commit", "-am", "x", cwd=tmp_path, **names))


def test_an_index_file_in_the_environment(hooked: Repo) -> None:
    shutil.copy(hooked.top / ".git/index", hooked.top / ".git/other")
    hooked.write("contacts/jana.md", hooked.bad)
    hooked.git("add", "contacts/jana.md", GIT_INDEX_FILE=".git/other")
    assert codes(hooked, status=0) == {}
    expected = {"contacts/jana.md": {"criteria-missing"}}
    assert codes(hooked, GIT_INDEX_FILE=".git/other") == expected
    assert codes(hooked, "-C", "contacts", GIT_INDEX_FILE=".git/other") == expected, "from the current directory"


def test_a_checkout_with_crlf(hooked: Repo) -> None:
    hooked.git("config", "core.autocrlf", "true")
    hooked.stage("contacts/jana.md", hooked.bad.replace("\n", "\r\n"))
    assert_refused(hooked.try_commit(), "contacts/jana.md:6:", "criteria-missing")
    hooked.stage("contacts/jana.md", hooked.moved.replace("\n", "\r\n"))
    assert_made(hooked.try_commit())


def test_sha256(make_repo: MakeRepo) -> None:
    repo = with_hook(make_repo("sha256", "--object-format=sha256").workspace())
    assert_made(repo.try_commit())
    repo.stage("contacts/jana.md", repo.bad)
    assert_refused(repo.try_commit(), "criteria-missing")


def test_modules_in_the_work_tree_are_not_taken_for_ours(hooked: Repo) -> None:
    for name in ("crmtool", "yaml", "click", "json", "dataclasses"):
        hooked.write(f"{name}.py", "raise SystemExit('a stranger')")
    assert_made(hooked.try_commit("--allow-empty"))


def test_staged_in_no_repository(tmp_path: Path, repo: Repo) -> None:
    done = repo.crmtool("check", "--staged", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"crmtool: {tmp_path} lies in no Git repository; `git init` makes one\n"
    done = repo.crmtool("check", "--staged", PATH=str(tmp_path))
    assert done.returncode == 2
    assert done.stderr == "crmtool: the git program is needed for this and was not found on PATH\n"


# --- merges ---


def diverged(repo: Repo, theirs: dict[str, str], ours: dict[str, str]) -> None:
    repo.git("switch", "-qc", "theirs")
    for path, content in theirs.items():
        repo.stage(path, content)
    repo.commit()
    repo.git("switch", "-q", "main")
    for path, content in ours.items():
        repo.stage(path, content)
    repo.commit()


def test_a_clean_merge_is_checked_too(hooked: Repo) -> None:
    """Each side is right alone: they decide under the old rules, we make the rules stricter."""
    stricter = hooked.rules.replace("to: ready, requires: [fit]", "to: ready, requires: [fit, budget]")
    diverged(hooked, {"contacts/jana.md": hooked.moved}, {"criteria.yaml": stricter})
    done = hooked.attempt("git", "merge", "-m", "x", "theirs")
    assert_refused(done, "contacts/jana.md", "Is there a budget?")
    hooked.git("merge", "--abort")
    assert_made(hooked.attempt("git", "merge", "--no-verify", "-m", "x", "theirs"))


def test_a_merge_of_what_is_right(hooked: Repo) -> None:
    diverged(hooked, {"contacts/jana.md": hooked.moved}, {"contacts/new.md": hooked.good})
    assert_made(hooked.attempt("git", "merge", "-m", "x", "theirs"))
    assert len(hooked.git("rev-parse", "HEAD^1", "HEAD^2").split()) == 2


def test_an_index_in_conflict(hooked: Repo) -> None:
    diverged(hooked, {"contacts/jana.md": hooked.moved}, {"contacts/jana.md": hooked.good.replace("Köhler", "Kohl")})
    hooked.git("config", "merge.conflictStyle", "diff3")
    other = hooked.moved.replace("status: ready", "status: agreed")
    hooked.stage("contacts/jana.md", other)
    hooked.commit()
    assert hooked.attempt("git", "merge", "theirs").returncode == 1
    assert codes(hooked) == {"contacts/jana.md": {"merge-conflict"}}
    hooked.git("add", "contacts/jana.md")
    assert_refused(hooked.try_commit(), "merge-conflict")
    hooked.stage("contacts/jana.md", hooked.moved)
    assert_made(hooked.try_commit())


def test_a_rule_book_in_conflict(hooked: Repo) -> None:
    diverged(hooked, {"criteria.yaml": hooked.rules + "# a"}, {"criteria.yaml": hooked.rules + "# b"})
    assert hooked.attempt("git", "merge", "theirs").returncode == 1
    assert codes(hooked) == {"criteria.yaml": {"merge-conflict"}}


# --- links ---


def test_links(hooked: Repo) -> None:
    (hooked.top / "contacts/inside.md").symlink_to("jana.md")
    hooked.git("add", "contacts")
    assert codes(hooked, status=0) == {}
    (hooked.top / "contacts/outside.md").symlink_to("/etc/hostname")
    hooked.git("add", "contacts")
    assert_refused(hooked.try_commit(), "contacts/outside.md", "unreadable", "it is not followed")
