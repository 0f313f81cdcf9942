"""A repository: its index, its revisions, and what changed between them."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Mapping
from dataclasses import field
from datetime import date
from functools import cached_property
from pathlib import Path

from crmtool.contact import FOLDER
from crmtool.errors import CrmtoolError
from crmtool.git.objects import Objects
from crmtool.git.places import marker_above, noted, waited_for
from crmtool.git.program import OLDEST, Done, as_text, git_environment, message_of, run_git
from crmtool.git.tree import Entry, Tree, changes_before, index_tree, marked_tree, revision_tree
from crmtool.records import dataclass
from crmtool.snapshot import RULEBOOK, SCHEMA_FOLDER

# `git add --intent-to-add` makes entries with the empty blob, which a commit leaves out. By the repository's hash:
_EMPTY_TREE_OF_EMPTY_BLOB = {
    "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391": "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
    "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813": (
        "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321"
    ),
}
_WRONG_USAGE = 129
_WHOLE_ID = re.compile("[0-9a-f]{40}|[0-9a-f]{64}")
_READ = (".md", ".yaml", ".json")
_DIFF = ("diff-index", "--cached", "--raw", "--no-abbrev", "--no-renames", "--ita-invisible-in-index", "-z")


@dataclass(frozen=True, kw_only=True)
class Repository:
    """A repository: its top level, and the environment in which git is run for it.

    One that is bare, as on a server, has no work tree and no index; `top` is then the repository itself.
    """

    top: Path
    environment: Mapping[str, str] = field(repr=False, compare=False)

    @classmethod
    def find(cls, start: Path, *, bare_too: bool = False) -> Repository:
        """Find the repository that a directory lies in, or that the environment names; raises CrmtoolError.

        One without a work tree is refused, but for `bare_too`.
        """
        environment = git_environment()
        # With GIT_DIR alone, as hooks may have it, git takes the current directory for the top level.
        named = "GIT_DIR" in environment and "GIT_WORK_TREE" not in environment
        directory = Path.cwd() if named else start.absolute()
        marker = marker_above(directory, environment) if directory.is_dir() else None
        _refuse_waiting(marker, environment)
        found = run_git(directory, environment, "rev-parse", "--show-toplevel")
        if found.returncode and bare_too:
            found = run_git(directory, environment, "rev-parse", "--absolute-git-dir")
        if found.returncode:
            raise CrmtoolError(_not_found(directory, message_of(found), marker))
        top = Path(as_text(found.stdout).removesuffix("\n"))
        if not bare_too and not environment.keys() & {"GIT_DIR", "GIT_WORK_TREE"}:
            _refuse_led_away(marker, top)
        return cls(top=top, environment=environment)

    @classmethod
    def around(cls, start: Path) -> Repository | None:
        """Find the repository that a directory lies in, None where there is none.

        Raises CrmtoolError where there is one that cannot be asked: whoever goes on without it would miss its history.
        """
        try:
            return cls.find(start)
        except CrmtoolError:
            if marker_above(start, git_environment()) is None:
                return None
            raise

    def prefix(self, directory: Path) -> str:
        """Give a directory's path from the top level, '' or ending in a slash; raises CrmtoolError."""
        try:
            relative = directory.resolve().relative_to(self.top.resolve()).as_posix()
        except ValueError:
            raise CrmtoolError(f"{directory} lies outside of the Git repository {self.top}") from None
        return "" if relative == "." else relative + "/"

    def index(self) -> Tree:
        """Read the index: what the next commit will hold, and what is unmerged."""
        tree = index_tree(self.run("ls-files", "--stage", "--full-name", "-z"))
        left_out = self._only_intended(tree)
        if not left_out:
            return tree
        entries = {path: entry for path, entry in tree.entries.items() if path not in left_out}
        return Tree(entries=entries, unmerged=tree.unmerged)

    def left_out(self) -> tuple[Tree, frozenset[str]]:
        """Read the index, and which of its paths a sparse checkout leaves out; no git is asked where there is none."""
        from crmtool.git.places import is_sparse

        if not is_sparse(self.top, self.environment):
            return Tree(entries={}), frozenset()
        return marked_tree(self.run("ls-files", "-t", "--stage", "--full-name", "-z"))

    def tree(self, rev: str) -> Tree:
        """Read the files of a revision; raises CrmtoolError for an unknown one."""
        return revision_tree(self._run_on(rev, "ls-tree", "-r", "-z", "--full-tree"))

    def head(self) -> str | None:
        """Give the commit that is checked out; None before the first one."""
        found = self._commit("HEAD")
        if found is None and self._attempt("rev-parse", "--verify", "--quiet", "HEAD").returncode == 0:
            raise CrmtoolError("HEAD names a commit that is missing or damaged; `git fsck` tells more")
        return found

    def commit(self, rev: str) -> str:
        """Give the id of the commit that a revision names; raises CrmtoolError for an unknown one."""
        found = self._commit(rev)
        if found is None:
            raise CrmtoolError(self._unknown(rev))
        return found

    def _unknown(self, rev: str) -> str:
        """Tell that a revision names no commit, and what to type instead."""
        if ".." in rev:
            return f"{rev!r} is a range of commits; name one of them"
        if self.head() is None:
            return f"no commit {rev!r}: nothing has been committed in this repository yet"
        remotes = as_text(self.run("remote")).splitlines()
        remote, _, branch = rev.partition("/")
        if branch and remote in remotes and not set("~^@:") & set(branch):
            fetch = shlex.join(("git", "fetch", remote, f"{branch}:refs/remotes/{rev}"))
            return f"no commit {rev!r} in this repository; `{fetch}` may bring it"
        if self.is_shallow():
            return f"no commit {rev!r} in this shallow clone; `git fetch --unshallow` brings all of them"
        return f"no commit {rev!r} in this repository; `git log --oneline --all` lists them, `git fetch` may bring it"

    def merge_base(self, rev: str) -> str:
        """Give the merge base of a revision and HEAD, or its own commit where there is none; raises CrmtoolError."""
        commit = self.commit(rev)
        if self.head() is None:
            return commit
        found = self.common_ancestor(commit, "HEAD")
        if found is not None:
            return found
        if self.is_shallow():
            shared = f"the history that {rev!r} shares with HEAD"
            raise CrmtoolError(f"{shared} is not in this shallow clone; `git fetch --unshallow` brings it")
        return commit

    def common_ancestor(self, commit: str, *others: str) -> str | None:
        """Give the best commit that one shares with the others, as if these were merged; None where there is none."""
        found = self._attempt("merge-base", commit, *others) if others else None
        return as_text(found.stdout).strip() if found and found.returncode == 0 else None

    def merge_bases(self, one: str, other: str) -> tuple[str, ...]:
        """Give the best commits that two share: several where they were merged crosswise, none without a past."""
        return tuple(as_text(self._attempt("merge-base", "--all", one, other).stdout).split())

    def merge_heads(self) -> list[str]:
        """Give the commits that are being merged into HEAD, none where no merge is under way."""
        file = self._git_path("MERGE_HEAD")
        if os.path.lexists(file):
            return [id for id in noted(file).split() if _WHOLE_ID.fullmatch(id)]
        # While `git merge` asks its hook it has not written that file yet, but names the commits in this way.
        named = (name.removeprefix("GITHEAD_") for name in self.environment if name.startswith("GITHEAD_"))
        return [id for id in named if _WHOLE_ID.fullmatch(id) and self._commit(id)]

    def is_shallow(self) -> bool:
        """Whether the clone lacks a part of the history."""
        return self._attempt("rev-parse", "--is-shallow-repository").stdout.strip() == b"true"

    def shallow(self) -> set[str]:
        """Give the commits whose parents a shallow clone lacks."""
        if not self.is_shallow():
            return set()
        return set(noted(self._git_path("shallow")).split())

    def changes(self, base: str | None) -> dict[str, Entry | None]:
        """Tell which paths the index changes against a commit (None: against nothing), with their entries before."""
        if base is None:
            return dict.fromkeys(self.index().entries)
        return changes_before(self._run_on(base, *_DIFF))

    def run(self, *arguments: str, given: bytes = b"") -> bytes:
        """Run git at the top level and give its output; raises CrmtoolError with what git says."""
        done = self._attempt(*arguments, given=given)
        if done.returncode:
            raise self._failed(arguments[0], done)
        return done.stdout

    @cached_property
    def objects(self) -> Objects:
        """The contents of all files of all versions."""
        return Objects(self.top, self.environment)

    def _git_path(self, name: str) -> Path:
        return self.top / as_text(self.run("rev-parse", "--git-path", name)).removesuffix("\n")

    def _run_on(self, rev: str, *arguments: str) -> bytes:
        # A whole id, as `head` and `merge_base` give it, is not looked up first: that would be one process more.
        done = self._attempt(*arguments, rev if _WHOLE_ID.fullmatch(rev) else self.commit(rev))
        if done.returncode:
            self.commit(rev)
            raise self._failed(arguments[0], done)
        return done.stdout

    def _attempt(self, *arguments: str, given: bytes = b"") -> Done:
        done = run_git(self.top, self.environment, *arguments, given=given)
        if done.returncode < 0:  # it said neither yes nor no
            raise CrmtoolError(f"git {arguments[0]} was ended by signal {-done.returncode}; try again")
        return done

    def _failed(self, command: str, done: Done) -> CrmtoolError:
        told = f"git {command}: {message_of(done)}"
        if done.returncode == _WRONG_USAGE or "unrecognized argument" in told:
            here = as_text(self._attempt("version").stdout).strip().removeprefix("git version ")
            told += f"; this is Git {here}, and {'.'.join(map(str, OLDEST))} or newer is needed"
        return CrmtoolError(told)

    def _commit(self, rev: str) -> str | None:
        if not rev or rev.startswith("-") or "\0" in rev:
            return None
        found = self._attempt("rev-parse", "--verify", "--quiet", rev + "^{commit}")
        return as_text(found.stdout).strip() if found.returncode == 0 else None

    def _only_intended(self, tree: Tree) -> set[str]:
        found = {path: id for path, (_, id) in tree.entries.items() if id in _EMPTY_TREE_OF_EMPTY_BLOB}
        empty = {path: id for path, id in found.items() if path.endswith(_READ)}
        if not empty:
            return set()
        empty_tree = _EMPTY_TREE_OF_EMPTY_BLOB[next(iter(empty.values()))]
        return set(empty) - set(changes_before(self.run(*_DIFF, empty_tree)))


def data_version(root: Path) -> tuple[str, date] | None:
    """Give short id and day of the last commit that touched a workspace's data; None where Git knows of none."""
    try:
        repository = Repository.find(root)
        prefix = repository.prefix(root)
        paths = [prefix + name for name in (RULEBOOK, FOLDER, SCHEMA_FOLDER)]
        told = repository.run("log", "-1", "--no-show-signature", "--format=%h %cs", "--", *paths)
        id, day = as_text(told).split()
        return id, date.fromisoformat(day)
    except (CrmtoolError, OSError, ValueError):
        return None


def _refuse_waiting(marker: Path | None, environment: Mapping[str, str]) -> None:
    """Refuse a repository for which Git itself would wait, maybe for ever."""
    file = waited_for(marker, environment) if marker else None
    if file is not None:
        remove = f"`rm {shlex.quote(str(file))}` removes it"
        raise CrmtoolError(f"{file} is no file but a pipe or a device, which Git would wait for; {remove}")


def _refuse_led_away(marker: Path | None, top: Path) -> None:
    """Refuse a repository whose own settings take files of others for its own."""
    # Git walks past a folder of that name that holds no repository.
    is_stray = marker is not None and marker.is_dir() and not os.path.lexists(marker / "HEAD")
    if marker is not None and not is_stray and not marker.parent.samefile(top):
        tell = f"`git -C {shlex.quote(str(marker.parent))} config --show-origin core.worktree` tells where that is set"
        told = f"the Git repository in {marker.parent} takes {top} for its work tree (core.worktree)"
        raise CrmtoolError(f"{told}; {tell}")


def _not_found(directory: Path, message: str, marker: Path | None) -> str:
    if message.startswith("not a git repository"):
        if marker is not None:
            damaged = f"{marker} is damaged or was moved: Git takes it for no repository"
            return f"{damaged}; restore it from a clone or a backup (`git init` would not bring the history back)"
        return f"{directory} lies in no Git repository; `git init` makes one"
    if message.startswith("this operation must be run in a work tree"):
        return f"{directory} lies in a bare Git repository or in a .git directory, where there are no files to check"
    return f"git in {directory}: {message}"
