"""The history of a range, as Git tells it: commits, their parents, what changed against each."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crmtool.app.privacy.searching import versions_of
from crmtool.errors import CrmtoolError
from crmtool.git import Repository
from crmtool.git.history import Commit, history
from crmtool.git.ranges import commits_of, is_deletion, read_range

if TYPE_CHECKING:
    from tests.git.conftest import MakeRepo, Repo

ZEROS = "0" * 40


def found(repo: Repo) -> Repository:
    return Repository.find(repo.top)


def paths(commit: Commit) -> list[list[str]]:
    return [sorted(changes) for changes in commit.changes]


def is_contact(path: str) -> bool:
    return path.endswith(".md")


def committed(repo: Repo, path: str, content: str = "x\n") -> str:
    repo.stage(path, content)
    return repo.commit()


def refused(repo: Repo, text: str) -> CrmtoolError:
    with pytest.raises(CrmtoolError) as told:
        commits_of(found(repo), read_range(found(repo), text))
    return told.value


def test_a_commit_knows_its_author_its_days_and_its_subject(repo: Repo) -> None:
    repo.stage("a.md", "a\n")
    repo.git("commit", "-qm", "What was\ndecided\n\nbody", "--author", "Jörg | Ü <j@crm.example>")
    [commit] = history(found(repo), "HEAD")
    assert commit.id == repo.head()
    assert commit.author == "Jörg | Ü"
    assert commit.subject == "What was decided"
    assert commit.authored.isoformat() == "2026-11-20"
    assert commit.committed.isoformat() == "2026-11-21"


def test_a_first_commit_is_compared_with_nothing(repo: Repo) -> None:
    committed(repo, "contacts/ä.md")
    [commit] = history(found(repo), "HEAD")
    assert commit.parents == ()
    [(before, after)] = commit.changes[0].values()
    assert before is None
    assert after is not None
    assert list(commit.changes[0]) == ["contacts/ä.md"]


def test_a_merge_has_changes_against_each_parent(repo: Repo) -> None:
    committed(repo, "base.md")
    repo.git("switch", "-qc", "side")
    side = committed(repo, "side.md")
    repo.git("switch", "-q", "main")
    main = committed(repo, "main.md")
    repo.git("merge", "-q", "-m", "x", "side")
    commit, *_ = history(found(repo), "HEAD")
    assert commit.parents == (main, side)
    assert paths(commit) == [["side.md"], ["main.md"]]


def test_a_merge_that_keeps_one_side_has_no_change_against_it(repo: Repo) -> None:
    committed(repo, "base.md")
    repo.git("switch", "-qc", "side")
    committed(repo, "side.md")
    repo.git("switch", "-q", "main")
    committed(repo, "main.md")
    repo.git("merge", "-q", "-s", "ours", "-m", "x", "side")
    repo.git("commit", "-q", "--allow-empty", "-m", "nothing")
    empty, commit, *_ = history(found(repo), "HEAD")
    assert paths(empty) == [[]]
    assert paths(commit) == [[], ["main.md", "side.md"]]


def test_an_octopus_has_changes_against_each_parent(repo: Repo) -> None:
    committed(repo, "base.md")
    for name in ("one", "two"):
        repo.git("switch", "-qc", name, "main")
        committed(repo, f"{name}.md")
    repo.git("switch", "-q", "main")
    committed(repo, "main.md")
    repo.git("merge", "-q", "-m", "x", "one", "two")
    commit, *_ = history(found(repo), "HEAD")
    assert paths(commit) == [["one.md", "two.md"], ["main.md", "two.md"], ["main.md", "one.md"]]


@pytest.fixture
def crossed(repo: Repo) -> Repo:
    """Merges, crosswise and of three; some have what no side has."""
    repo.workspace()
    committed(repo, "notes.txt", "1\n")
    for name in ("one", "two"):
        repo.git("switch", "-qc", name, "main")
        committed(repo, f"contacts/{name}.md")
        committed(repo, f"{name}.txt")
    repo.git("merge", "-q", "--no-commit", "one")
    committed(repo, "notes.txt", "2\n")
    repo.git("switch", "-q", "one")
    repo.git("merge", "-q", "-m", "x", "two~1")
    committed(repo, "notes.txt", "3\n")
    repo.git("switch", "-q", "main")
    committed(repo, "main.txt")
    repo.git("merge", "-q", "--no-commit", "-s", "ours", "one", "two")
    repo.git("rm", "-q", "main.txt")
    repo.stage("contacts/two.md", "y\n")
    committed(repo, "notes.txt", "4\n")
    return repo


def test_only_what_is_wanted_is_kept(crossed: Repo) -> None:
    commit, *_ = all_of = history(found(crossed), "HEAD")
    assert len(commit.parents) == 3
    contacts = history(found(crossed), "HEAD", wanted=is_contact)
    assert [commit.id for commit in contacts] == [commit.id for commit in all_of]
    for one, other in zip(contacts, all_of, strict=True):
        assert list(one.changes) == [
            {path: sides for path, sides in changes.items() if is_contact(path)} for changes in other.changes
        ]


def test_of_other_files_what_no_parent_has_is_kept(crossed: Repo) -> None:
    commit, *_ = commits = history(found(crossed), "HEAD", wanted=is_contact, with_new=True)
    others = [[path for path in each if not is_contact(path)] for each in paths(commit)]
    assert others == [[], [], ["notes.txt"]]
    all_of = history(found(crossed), "HEAD")
    assert versions_of(commits) == versions_of(all_of)
    assert [len(each.changes) for each in commits] == [len(each.changes) for each in all_of]


def test_it_does_not_matter_how_the_changes_come(crossed: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    told = history(found(crossed), "HEAD")
    monkeypatch.setattr("crmtool.git.program._AT_ONCE", 7)
    assert history(found(crossed), "HEAD") == told


def test_changes_that_cannot_be_told_are_an_error(crossed: Repo) -> None:
    tree = crossed.git("rev-parse", "HEAD~1^{tree}").strip()
    (crossed.top / ".git/objects" / tree[:2] / tree[2:]).unlink()
    with pytest.raises(CrmtoolError, match="git diff-tree: unable to read tree"):
        history(found(crossed), "HEAD")


def test_submodules_are_no_files(repo: Repo, make_repo: MakeRepo) -> None:
    other = make_repo("other")
    committed(other, "x.md")
    repo.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(other.top), "sub")
    repo.commit()
    [commit] = history(found(repo), "HEAD")
    assert commit.changes[0]["sub"] == (None, None)


def test_settings_of_the_user_make_no_difference(repo: Repo) -> None:
    committed(repo, "a.md")
    committed(repo, "b.md")
    told = history(found(repo), "HEAD")
    for name, value in {
        "log.showRoot": "false",
        "log.diffMerges": "off",
        "log.date": "relative",
        "log.showSignature": "true",
        "log.decorate": "full",
        "format.pretty": "oneline",
        "color.ui": "always",
        "diff.renames": "copies",
        "diff.noprefix": "true",
        "core.quotePath": "true",
        "i18n.logOutputEncoding": "latin1",
    }.items():
        repo.git("config", name, value)
    assert history(found(repo), "HEAD") == told


def test_sha_256(make_repo: MakeRepo) -> None:
    repo = make_repo("long", "--object-format=sha256")
    first = committed(repo, "a.md")
    second = committed(repo, "b.md")
    assert len(first) == 64
    wanted = read_range(found(repo), f"{first}..")
    assert [commit.id for commit in commits_of(found(repo), wanted)] == [second]
    assert read_range(found(repo), f"{'0' * 64}..HEAD").base is None


def test_a_range_stands_on_what_both_sides_share(repo: Repo) -> None:
    base = committed(repo, "base.md")
    repo.git("switch", "-qc", "side")
    side = committed(repo, "side.md")
    repo.git("switch", "-q", "main")
    committed(repo, "main.md")
    for text in ("main..side", "main...side", "..side"):
        wanted = read_range(found(repo), text)
        assert (wanted.base, wanted.end) == (base, side)
        assert [commit.id for commit in commits_of(found(repo), wanted)] == [side]
    assert read_range(found(repo), "side..").end == repo.head()


def test_a_range_without_a_shared_past(repo: Repo) -> None:
    main = committed(repo, "main.md")
    repo.git("switch", "-q", "--orphan", "other")
    other = committed(repo, "other.md")
    wanted = read_range(found(repo), "main..other")
    assert wanted.base == main
    assert [commit.id for commit in commits_of(found(repo), wanted)] == [other]


def test_a_new_branch_is_what_no_other_has(repo: Repo) -> None:
    base = committed(repo, "base.md")
    repo.git("tag", "-am", "a tag", "v1")
    repo.git("switch", "-qc", "side")
    side = committed(repo, "side.md")
    repo.git("update-ref", "refs/remotes/origin/side", side)
    wanted = read_range(found(repo), f"{ZEROS}..side")
    assert wanted.base == base
    assert [commit.id for commit in commits_of(found(repo), wanted)] == [side]


def test_a_new_branch_at_a_commit_that_another_has_brings_nothing(repo: Repo) -> None:
    """As CI sees it: the new branch has its name here already, and main that of the remote."""
    old = committed(repo, "base.md")
    head = committed(repo, "more.md")
    repo.git("update-ref", "refs/remotes/origin/main", head)
    for commit in (head, old):
        repo.git("update-ref", "refs/remotes/origin/feature", commit)
        repo.git("checkout", "-q", commit)
        repo.git("branch", "-q", "-f", "feature", commit)
        wanted = read_range(found(repo), f"{ZEROS}..HEAD")
        assert (wanted.base, commits_of(found(repo), wanted)) == (commit, ())


def test_a_tag_excuses_nothing(repo: Repo) -> None:
    committed(repo, "base.md")
    repo.git("switch", "-qc", "side")
    side = committed(repo, "side.md")
    repo.git("tag", "v1")
    assert [commit.id for commit in commits_of(found(repo), read_range(found(repo), f"{ZEROS}..side"))] == [side]


def test_a_first_branch_is_all_new(repo: Repo) -> None:
    committed(repo, "a.md")
    committed(repo, "b.md")
    wanted = read_range(found(repo), f"{ZEROS}..HEAD")
    assert wanted.base is None
    assert len(commits_of(found(repo), wanted)) == 2


def test_a_new_branch_where_an_old_one_stands_brings_nothing(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a server's hook sees it, that has no name yet for what is pushed."""
    head = committed(repo, "a.md")
    monkeypatch.setenv("GIT_QUARANTINE_PATH", "x")
    wanted = read_range(found(repo), f"{ZEROS}..{head}")
    assert (wanted.base, commits_of(found(repo), wanted)) == (head, ())


def test_a_deleted_branch(repo: Repo) -> None:
    committed(repo, "a.md")
    assert is_deletion(f"HEAD..{ZEROS}")
    assert not is_deletion(f"{ZEROS}..HEAD")
    assert "that branch was deleted" in str(refused(repo, f"HEAD..{ZEROS}"))


@pytest.mark.parametrize("text", ["", "..", "...", "main", "a..b..c"])
def test_what_is_no_range(repo: Repo, text: str) -> None:
    committed(repo, "a.md")
    assert "write A..B, such as origin/main..HEAD" in str(refused(repo, text))


def test_blanks_around_the_dots_mean_nothing(repo: Repo) -> None:
    committed(repo, "a.md")
    second = committed(repo, "b.md")
    assert [commit.id for commit in commits_of(found(repo), read_range(found(repo), "HEAD~1 .. HEAD"))] == [second]


def test_before_the_first_commit(repo: Repo) -> None:
    assert "nothing has been committed in this repository yet" in str(refused(repo, "HEAD~1..HEAD"))


@pytest.mark.parametrize("text", ["nowhere..HEAD", "HEAD..nowhere", "--all..HEAD", "-n1..HEAD", "HEAD..HEAD:a.md"])
def test_what_names_no_commit(repo: Repo, text: str) -> None:
    committed(repo, "a.md")
    assert "`git fetch` may bring it" in str(refused(repo, text))


def test_a_branch_of_a_remote_that_was_not_fetched(repo: Repo) -> None:
    committed(repo, "a.md")
    repo.git("remote", "add", "origin", "nowhere")
    told = str(refused(repo, "origin/work/main..HEAD"))
    assert "`git fetch origin work/main:refs/remotes/origin/work/main` may bring it" in told


@pytest.fixture
def long_repo(repo: Repo) -> Repo:
    for name in "abcd":
        committed(repo, f"{name}.md")
    repo.git("tag", "old", "HEAD~3")
    repo.git("switch", "-qc", "side", "HEAD~2")
    committed(repo, "side.md")
    repo.git("switch", "-q", "main")
    return repo


def shallow(repo: Repo, depth: int, *options: str) -> Path:
    target = repo.top.parent / "shallow"
    repo.git("clone", "-q", f"--depth={depth}", *options, f"file://{repo.top}", os.fspath(target))
    return target


def test_a_base_that_a_shallow_clone_lacks(long_repo: Repo) -> None:
    old = long_repo.git("rev-parse", "old").strip()
    clone = type(long_repo)(shallow(long_repo, 2))
    assert "`git fetch --unshallow` brings all of them" in str(refused(clone, f"{old}..HEAD"))


def test_a_shared_past_that_a_shallow_clone_lacks(long_repo: Repo) -> None:
    clone = type(long_repo)(shallow(long_repo, 1, "--no-single-branch"))
    told = refused(clone, "origin/side..HEAD")
    shared = "the history that 'origin/side' and 'HEAD' share"
    assert str(told) == f"{shared} is not in this shallow clone; `git fetch --unshallow` brings it"
    assert any("fetch-depth: 0" in line for line in told.advice)
    clone.git("fetch", "-q", "--unshallow")
    assert len(commits_of(found(clone), read_range(found(clone), "origin/side..HEAD"))) == 2


def test_a_part_that_a_shallow_clone_lacks(long_repo: Repo) -> None:
    """The base is there, but a line that was merged since is cut off."""
    base = long_repo.head()
    long_repo.git("merge", "-q", "-m", "x", "side")
    committed(long_repo, "e.md")
    target = shallow(long_repo, 3)
    clone = type(long_repo)(target)
    clone.git("fetch", "-q", "--depth=1", "origin", base)
    with pytest.raises(CrmtoolError, match="shallow clone"):
        commits_of(found(clone), read_range(found(clone), f"{base}..HEAD"))


def test_a_shallow_clone_that_has_all_it_takes(long_repo: Repo) -> None:
    clone = type(long_repo)(shallow(long_repo, 3))
    wanted = read_range(found(clone), "HEAD~1..HEAD")
    assert len(commits_of(found(clone), wanted)) == 1


def test_a_bare_repository(long_repo: Repo) -> None:
    target = long_repo.top.parent / "bare.git"
    long_repo.git("clone", "-q", "--bare", os.fspath(long_repo.top), os.fspath(target))
    bare = Repository.find(target, bare_too=True)
    assert len(commits_of(bare, read_range(bare, "old..main"))) == 3
    with pytest.raises(CrmtoolError, match="bare"):
        Repository.find(target)
