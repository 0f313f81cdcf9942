"""The index, revisions and what changed, of repositories in every state."""

from __future__ import annotations

import shutil
import unicodedata
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crmtool.errors import CrmtoolError
from crmtool.git import Repository, Tree, data_version, workspaces

if TYPE_CHECKING:
    from tests.git.conftest import MakeRepo, Repo

NAMES = [
    unicodedata.normalize("NFC", "contacts/köhler.md"),
    unicodedata.normalize("NFD", "contacts/müller.md"),
    "contacts/Jana Köhler.md",
    "contacts/the \"other\" 'one'.md",
    "contacts/two\nlines.md",
    "contacts/tab\there.md",
    "contacts/back\\slash.md",
    "contacts/:(top)magic*.md",
    "contacts/-dash.md",
    "contacts/latin-\udcfc.md",
]


def find(repo: Repo) -> Repository:
    return Repository.find(repo.top)


def ids(tree: Tree) -> dict[str, str]:
    return {path: id for path, (_, id) in tree.entries.items()}


# --- finding the repository ---


def test_find_gives_the_top_level_from_any_directory_below(repo: Repo) -> None:
    below = repo.top / "sales" / "contacts"
    below.mkdir(parents=True)
    found = Repository.find(below)
    assert found == find(repo)
    assert found.top == repo.top
    assert found.prefix(below) == "sales/contacts/"
    assert found.prefix(repo.top) == ""


def test_find_accepts_a_relative_start(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repo.top)
    assert Repository.find(Path()).top == repo.top


def test_prefix_of_a_directory_outside(repo: Repo, tmp_path: Path) -> None:
    with pytest.raises(CrmtoolError, match="lies outside of the Git repository"):
        find(repo).prefix(tmp_path)


def test_prefix_by_way_of_a_symbolic_link(repo: Repo, tmp_path: Path) -> None:
    (repo.top / "sales").mkdir()
    (tmp_path / "link").symlink_to(repo.top)
    assert Repository.find(tmp_path / "link" / "sales").prefix(tmp_path / "link" / "sales") == "sales/"


def test_no_repository(tmp_path: Path) -> None:
    with pytest.raises(CrmtoolError, match="lies in no Git repository"):
        Repository.find(tmp_path)


def test_no_directory(tmp_path: Path) -> None:
    with pytest.raises(CrmtoolError, match=r"git cannot be run in .*/absent: No such file or directory"):
        Repository.find(tmp_path / "absent")


def test_a_bare_repository_and_the_inside_of_one(make_repo: MakeRepo, repo: Repo) -> None:
    for place in (make_repo("bare.git", "--bare").top, repo.top / ".git"):
        with pytest.raises(CrmtoolError, match=r"bare Git repository or in a \.git directory"):
            Repository.find(place)


def test_no_git_on_path(repo: Repo, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CrmtoolError, match="git program is needed for this and was not found on PATH"):
        find(repo)


def test_a_repository_of_somebody_else(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    with pytest.raises(CrmtoolError, match=r"dubious ownership .*; try `git config --global --add safe.directory "):
        find(repo)


def test_every_message_is_one_line(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (repo.top / ".git" / "index").write_bytes(b"nonsense")
    with pytest.raises(CrmtoolError) as caught:
        find(repo).index()
    assert str(caught.value).startswith("git ls-files: ")
    assert "\n" not in str(caught.value)


# --- the environment that hooks get ---


def test_a_relative_index_file_is_meant_from_the_current_directory(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.workspace().commit()
    repo.git("add", "-f", "--", "contacts/jana.md", GIT_INDEX_FILE="other-index")
    monkeypatch.setenv("GIT_INDEX_FILE", "other-index")
    monkeypatch.chdir(repo.top)
    sub = repo.top / "contacts"
    assert set(Repository.find(sub).index().entries) == {"contacts/jana.md"}


def test_a_git_dir_takes_the_current_directory_for_the_top_level(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.workspace("sales/").commit()
    (repo.top / ".git").rename(tmp_path / "elsewhere")
    monkeypatch.setenv("GIT_DIR", "../elsewhere")
    monkeypatch.chdir(repo.top)
    found = Repository.find(Path("sales"))
    assert found.top == repo.top
    assert set(found.index().entries) == {"sales/criteria.yaml", "sales/contacts/jana.md"}


def test_a_work_tree_is_respected(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.workspace()
    monkeypatch.setenv("GIT_DIR", "repo-data")
    monkeypatch.setenv("GIT_WORK_TREE", "my crm")
    (repo.top / ".git").rename(tmp_path / "repo-data")
    monkeypatch.chdir(tmp_path)
    found = find(repo)
    assert found.top == repo.top
    assert workspaces(found.index()) == [""]


def test_settings_for_path_patterns_do_not_matter(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.workspace().commit()
    for name in ("GIT_LITERAL_PATHSPECS", "GIT_ICASE_PATHSPECS"):
        monkeypatch.setenv(name, "1")
    assert data_version(repo.top) is not None


# --- trees ---


def test_the_index_is_neither_head_nor_the_work_tree(repo: Repo) -> None:
    repo.workspace().commit()
    repo.stage("contacts/jana.md", repo.moved)
    repo.write("contacts/jana.md", repo.bad)
    found = find(repo)
    staged, committed = found.index(), found.tree("HEAD")
    assert ids(staged)["contacts/jana.md"] == repo.git("hash-object", "--stdin", given=repo.moved).strip()
    assert ids(committed)["contacts/jana.md"] == repo.git("hash-object", "--stdin", given=repo.good).strip()
    assert set(found.changes("HEAD")) == {"contacts/jana.md"}


@pytest.mark.parametrize("options", [(), ("--object-format=sha256",)])
def test_any_name_is_read_as_it_is(make_repo: MakeRepo, options: tuple[str, ...]) -> None:
    repo = make_repo("names", *options)
    for name in NAMES:
        repo.write(name, f"{name!r}")
    repo.git("add", "-A")
    repo.commit()
    found = find(repo)
    assert set(found.index().entries) == set(NAMES)
    assert found.tree("HEAD").entries == found.index().entries
    repo.git("rm", "-rq", "--", ".")
    assert set(found.changes("HEAD")) == set(NAMES)
    assert found.index().before(found.changes("HEAD")) == found.tree("HEAD")


def test_submodules_are_left_out(repo: Repo) -> None:
    repo.workspace()
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{'a' * 40},contacts/module.md")
    commit = repo.commit()
    found = find(repo)
    expected = {"criteria.yaml", "contacts/jana.md"}
    assert set(found.index().entries) == set(found.tree(commit).entries) == expected
    repo.git("rm", "-q", "--cached", "contacts/module.md")
    assert found.index().before(found.changes("HEAD")) == found.tree("HEAD")


@pytest.mark.parametrize("options", [(), ("--object-format=sha256",)])
def test_what_is_only_intended_to_be_added_is_left_out(make_repo: MakeRepo, options: tuple[str, ...]) -> None:
    repo = make_repo("intent", *options)
    repo.stage("contacts/empty.md", "")
    repo.write("contacts/later.md", repo.good)
    repo.git("add", "--intent-to-add", "contacts/later.md")
    found = find(repo)
    assert set(found.index().entries) == set(found.changes(None)) == {"contacts/empty.md"}
    repo.commit()
    assert set(found.changes("HEAD")) == set()


def test_unmerged_paths_have_both_sides(repo: Repo) -> None:
    repo.workspace().stage("contacts/gone.md", repo.good)
    repo.commit()
    repo.git("switch", "-qc", "theirs")
    repo.stage("contacts/jana.md", repo.good + "theirs\n")
    repo.git("rm", "-q", "contacts/gone.md")
    repo.commit()
    repo.git("switch", "-q", "main")
    repo.stage("contacts/jana.md", repo.good + "ours\n")
    repo.stage("contacts/gone.md", repo.moved)
    ours = repo.commit()
    assert repo.attempt("git", "merge", "theirs").returncode == 1
    found = find(repo)
    index = found.index()
    assert set(index.unmerged) == {"contacts/jana.md", "contacts/gone.md"}
    assert index.unmerged["contacts/gone.md"] == (found.tree(ours).entries["contacts/gone.md"], None)
    assert index.unmerged["contacts/jana.md"][1] == found.tree("theirs").entries["contacts/jana.md"]
    assert index.entries["contacts/jana.md"] == found.tree(ours).entries["contacts/jana.md"]
    assert set(found.changes("HEAD")) == {"contacts/jana.md", "contacts/gone.md"}
    assert index.before(found.changes("HEAD")) == found.tree("HEAD")


# --- what changed ---


def test_before_the_first_commit_everything_is_new(repo: Repo) -> None:
    found = find(repo.workspace())
    assert found.head() is None
    assert found.changes(None) == {"criteria.yaml": None, "contacts/jana.md": None}
    assert found.index().before(found.changes(None)).entries == {}


def test_a_repository_with_nothing_in_it(repo: Repo) -> None:
    found = find(repo)
    assert found.index().entries == {}
    assert set(found.changes(None)) == set()
    assert workspaces(found.index()) == []


def test_renamed_deleted_changed_and_added(repo: Repo) -> None:
    repo.workspace()
    for name in ("deleted", "renamed", "changed", "same"):
        repo.stage(f"contacts/{name}.md", f"{repo.good}{name}\n")
    repo.commit()
    repo.git("rm", "-q", "contacts/deleted.md")
    repo.git("mv", "contacts/renamed.md", "contacts/new name.md")
    repo.stage("contacts/changed.md", repo.moved)
    repo.stage("contacts/added.md", repo.good)
    (repo.top / "contacts/jana.md").unlink()
    (repo.top / "contacts/jana.md").symlink_to("same.md")
    repo.git("add", "contacts/jana.md")
    repo.write("contacts/not staged.md", repo.good)
    found = find(repo)
    before, changes = found.tree("HEAD"), found.changes(found.head())
    names = ("deleted", "renamed", "new name", "changed", "added", "jana")
    assert set(changes) == {f"contacts/{name}.md" for name in names}
    assert changes["contacts/new name.md"] is changes["contacts/added.md"] is None
    assert changes["contacts/renamed.md"] == found.index().entries["contacts/new name.md"]
    assert found.index().before(changes) == before


def test_the_index_of_a_linked_work_tree(repo: Repo, tmp_path: Path) -> None:
    repo.workspace().commit()
    repo.git("worktree", "add", "-q", str(tmp_path / "linked"))
    linked = type(repo)(tmp_path / "linked")
    linked.stage("contacts/jana.md", repo.moved)
    assert set(find(linked).changes("HEAD")) == {"contacts/jana.md"}
    assert set(find(repo).changes("HEAD")) == set()


# --- revisions ---


def test_head_and_commit(repo: Repo) -> None:
    commit = repo.workspace().commit()
    repo.git("tag", "-a", "v1", "-m", "x")
    found = find(repo)
    assert found.head() == commit
    assert found.commit("v1") == found.commit(commit[:8]) == commit


@pytest.mark.parametrize(
    "rev", ["absent", "0" * 40, "", "--help", "-n1", "HEAD:criteria.yaml", "a\0b", "main..main", "ä ö"]
)
def test_an_unknown_commit(repo: Repo, rev: str) -> None:
    repo.workspace().commit()
    for ask in (find(repo).commit, find(repo).tree, find(repo).merge_base, find(repo).changes):
        with pytest.raises(CrmtoolError, match=r"(?s)no commit .*`git fetch` may bring it|range of commits"):
            ask(rev)


def test_a_head_that_is_damaged_is_not_taken_for_none(repo: Repo) -> None:
    commit = repo.workspace().commit()
    (repo.top / ".git/objects" / commit[:2] / commit[2:]).unlink()
    with pytest.raises(CrmtoolError, match="HEAD names a commit that is missing or damaged"):
        find(repo).head()


def test_merge_base(repo: Repo) -> None:
    fork = repo.workspace().commit()
    repo.git("switch", "-qc", "side")
    repo.stage("contacts/jana.md", repo.moved)
    side = repo.commit()
    repo.git("switch", "-q", "main")
    repo.stage("README.md", "x")
    main = repo.commit()
    found = find(repo)
    assert found.merge_base("side") == fork
    assert found.merge_base("main") == main
    repo.git("switch", "-q", "--orphan", "alone")
    assert found.merge_base("side") == side, "before the first commit"
    repo.stage("README.md", "x")
    repo.commit()
    assert found.merge_base("side") == side, "without a common history"


def test_a_shallow_clone_says_how_to_get_the_rest(repo: Repo, tmp_path: Path) -> None:
    first = repo.workspace().commit()
    repo.stage("README.md", "x")
    repo.commit()
    repo.git("branch", "other", first)
    repo.stage("README.md", "y")
    repo.commit()
    clone = type(repo)(tmp_path / "clone")
    repo.git("clone", "-q", "--depth=1", "--no-single-branch", repo.top.as_uri(), str(clone.top))
    found = find(clone)
    with pytest.raises(CrmtoolError, match="no commit 'HEAD~2' in this shallow clone; `git fetch --unshallow`"):
        found.tree("HEAD~2")
    with pytest.raises(CrmtoolError, match="'origin/other' shares with HEAD is not in this shallow clone"):
        found.merge_base("origin/other")
    clone.git("fetch", "-q", "--unshallow")
    assert found.merge_base("origin/other") == first


# --- workspaces ---


def test_workspaces(repo: Repo) -> None:
    for prefix in ("sales/", "", "hiring/people/", "sales/contacts/nested/"):
        repo.workspace(prefix)
    repo.stage("docs/criteria.yaml.txt", "x")
    repo.stage("docs/my-criteria.yaml", "x")
    assert workspaces(find(repo).index()) == ["", "hiring/people/", "sales/"]


def test_data_version(repo: Repo, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert data_version(tmp_path) is None
    assert data_version(tmp_path / "absent") is None
    repo.workspace("sales/")
    assert data_version(repo.top / "sales") is None
    commit = repo.commit()
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-11-22T23:59:00+01:00")
    repo.stage("README.md", "about something else")
    repo.stage("sales/site/pages/round.md", "no data")
    repo.commit()
    repo.git("config", "log.showSignature", "true")
    version = data_version(repo.top / "sales")
    assert version is not None
    assert commit.startswith(version[0])
    assert version[1] == date(2026, 11, 21)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert shutil.which("git") is None
    assert data_version(repo.top / "sales") is None
