"""What keeps a repository from being rewritten as a whole, and what to do about it."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path

from crmtool.git.places import is_partial
from crmtool.git.program import as_text, run_git
from crmtool.git.pushing import operands, remotes_of, tracked
from crmtool.git.refs import refs_of, with_settings
from crmtool.git.repository import Repository
from crmtool.records import dataclass

_UNFINISHED = {
    "MERGE_HEAD": ("a merge", "git merge --abort"),
    "CHERRY_PICK_HEAD": ("a cherry-pick", "git cherry-pick --abort"),
    "REVERT_HEAD": ("a revert", "git revert --abort"),
    "rebase-merge": ("a rebase", "git rebase --abort"),
    "rebase-apply": ("a rebase", "git rebase --abort"),
    "BISECT_LOG": ("a bisection", "git bisect reset"),
}
_STATUS = ("status", "--porcelain", "-z", "--untracked-files=no", "--ignore-submodules=dirty")
_FILTERS = ("--includes", "--null", "--name-only", "--get-regexp", r"^filter\..*\.(clean|process|required)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """What keeps the history from being rewritten, and what to do about it."""

    what: str
    todo: str


Found = Iterator[Obstacle]


def obstacles(repository: Repository) -> tuple[Obstacle, ...]:
    """List all that has to be put right before the history can be rewritten; none where it can."""
    looks: tuple[Callable[[Repository], Found], ...] = (
        _clone,
        _places,
        _work_tree,
        _under_way,
        _refs,
        _behind,
        _storage,
    )
    return tuple(found for look in looks for found in look(repository))


def git_directory(repository: Repository) -> Path:
    """Give the directory in which a repository keeps its own files."""
    return repository.top / as_text(repository.run("rev-parse", "--absolute-git-dir")).removesuffix("\n")


def uncommitted(repository: Repository) -> bytes:
    """Give what `git status` tells of files that Git knows; filters that the repository's own settings name do not run.

    A file that such a filter has changed may be told of, too.
    """
    own = "".join(_said(repository, "config", scope, *_FILTERS) for scope in ("--local", "--worktree"))
    off = [(name, "false" if name.endswith(".required") else "") for name in own.split("\0") if name]
    return replace(repository, environment=with_settings(dict(repository.environment), off)).run(*_STATUS)


def _clone(repository: Repository) -> Found:
    if repository.is_shallow():
        yield Obstacle(
            what="this clone is shallow: it lacks a part of the history", todo="bring it: git fetch --unshallow"
        )
    if is_partial(repository.top, repository.environment):
        todo = "bring them: git fetch --refetch --no-filter, or erase in a whole clone"
        yield Obstacle(what="this clone is partial: it lacks contents of old files", todo=todo)
    if _said(repository, "rev-parse", "--show-object-format") == "sha256":
        todo = "its maintainers' notes tell when it does; --without-history changes the files of now"
        yield Obstacle(
            what="this repository names its objects by SHA-256, which git-filter-repo cannot read", todo=todo
        )


def _places(repository: Repository) -> Found:
    if _said(repository, "rev-parse", "--show-superproject-working-tree"):
        todo = "erase in a clone of its own, push that, and let the outer repository take over the new commit"
        yield Obstacle(
            what="this repository is a submodule of another one, which knows its commits by their ids", todo=todo
        )
    told = _said(repository, "worktree", "list", "--porcelain").splitlines()
    others = [line.partition(" ")[2] for line in told if line.startswith("worktree ")][1:]
    for other in others:
        todo = f"take it away: git worktree remove {shlex.quote(other)}"
        yield Obstacle(what=f"the repository has another work tree in {other}", todo=todo)


def _work_tree(repository: Repository) -> Found:
    if not _said(repository, "symbolic-ref", "--quiet", "HEAD"):
        yield Obstacle(what="no branch is checked out (HEAD is detached)", todo="check one out: git switch main")
    changed = uncommitted(repository)
    if changed:
        count = changed.count(b"\0")
        what = f"{count} changes are" if count > 1 else "a change is"
        yield Obstacle(what=f"{what} not committed", todo="commit or discard: git status")
    for path, told in islice(_unseen(repository), 1):
        todo = f"let Git look at it again: git update-index --no-{told} {shlex.quote(path)}"
        yield Obstacle(what=f"Git was told not to look whether {path} has changed", todo=todo)


def _unseen(repository: Repository) -> Iterator[tuple[str, str]]:
    """List the files that Git does not look at, with what it was told; not those that a sparse checkout leaves out."""
    for line in as_text(repository.run("ls-files", "-v", "-z")).split("\0"):
        mark, path = line[:1], line[2:]
        if mark.islower():
            yield path, "assume-unchanged"
        elif mark == "S" and os.path.lexists(repository.top / path):
            yield path, "skip-worktree"


def _under_way(repository: Repository) -> Found:
    questions = (word for name in (*_UNFINISHED, "index.lock") for word in ("--git-path", name))
    answers = os.fsdecode(repository.run("rev-parse", *questions)).removesuffix("\n").split("\n")
    *places, lock = (repository.top / answer for answer in answers)
    for place, (what, how) in zip(places, _UNFINISHED.values(), strict=True):
        if place.exists():
            yield Obstacle(what=f"{what} is under way", todo=f"finish it, or: {how}")
    if lock.exists():
        yield Obstacle(what="another Git is at work in this repository", todo="wait until it is done")


def _refs(repository: Repository) -> Found:
    told = as_text(repository.run("for-each-ref", "--format=%(objecttype) %(refname)")).splitlines()
    for kind, name in (line.split(" ", 1) for line in told):
        delete = f"git update-ref -d {shlex.quote(name)}"
        if name == "refs/stash":
            yield Obstacle(what="changes are stashed", todo="apply or drop them: git stash list")
        elif name.startswith("refs/replace/"):
            yield Obstacle(what=f"{name} shows another object than there is", todo=f"take it away: {delete}")
        elif name.startswith("refs/notes/"):
            what = f"{name} has notes on commits by their ids, which will change"
            yield Obstacle(what=what, todo=f"keep what you need of them elsewhere and take them away: {delete}")
        elif kind != "commit" and not _said(repository, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}"):
            yield Obstacle(what=f"{name} leads to no commit", todo=f"take it away: {delete}")


def _behind(repository: Repository) -> Found:
    """Tell which branches lack commits that a remote had when fetched last: to overwrite these would lose them."""
    refs = refs_of(repository)
    for remote in remotes_of(repository):
        for branch, ref in tracked(remote, refs):
            own = refs.get(f"refs/heads/{branch}")
            if own and own != refs[ref] and repository.common_ancestor(refs[ref], own) != refs[ref]:
                there = operands(f"{remote}/{branch}")
                steps = f"git fetch {operands(remote)}; git switch {operands(branch)}; git merge {there}"
                todo = f"fetch and merge first: {steps}"
                yield Obstacle(what=f"{branch} lacks commits that {remote}/{branch} has", todo=todo)


def _storage(repository: Repository) -> Found:
    directory = git_directory(repository)
    if (directory / "objects" / "info" / "alternates").exists():
        todo = f"copy them: git repack -a -d, then remove {directory / 'objects' / 'info' / 'alternates'}"
        yield Obstacle(what="this clone borrows objects from another repository", todo=todo)
    if (directory / "info" / "grafts").exists():
        yield Obstacle(what="the history has grafts", todo=f"remove {directory / 'info' / 'grafts'}")
    for kept in sorted((directory / "objects" / "pack").glob("*.keep")):
        yield Obstacle(what="a pack of objects is marked to be kept", todo=f"remove {kept}")


def _said(repository: Repository, *arguments: str) -> str:
    run = partial(run_git, repository.top, repository.environment)
    done = run(*arguments)
    return "" if done.returncode else as_text(done.stdout).strip()
