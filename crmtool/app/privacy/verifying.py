"""Look whether anything is left of a person: in every object of a repository, in its own files, in the work tree."""

from __future__ import annotations

import os
import shlex
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from crmtool.app.privacy.drafting import Erasure
from crmtool.app.privacy.past import commits_from
from crmtool.app.privacy.searching import bytes_of, files_below, files_of
from crmtool.git import Repository
from crmtool.git.contents import everything, tree_names
from crmtool.git.history import Commit
from crmtool.git.readiness import git_directory
from crmtool.git.refs import refs_of
from crmtool.privacy.texts import text_of
from crmtool.privacy.traces import Traces
from crmtool.text import short_id

_BY_HAND = "look at it, and take it out by hand"
_MOST_TOLD = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """Something that is left of a person: where, what was found, and what to do about it where that is known."""

    where: str
    found: str
    todo: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What is left, what could not be looked into, and how many objects were looked at."""

    left: tuple[Left, ...]
    unread: tuple[str, ...]
    objects: int


@dataclass
class _Objects:
    """What the objects of a repository have: what is left by object, which of them are no text, and their number."""

    left: dict[str, tuple[str, str]]
    unread: set[str]
    count: int = 0


def verify(erasure: Erasure) -> Verified:
    """Look for all certain traces of the person; nothing is taken on trust."""
    traces, repository = erasure.known.traces, erasure.known.repository
    left: list[Left] = []
    unread: list[str] = []
    count = 0
    if repository is not None and erasure.with_history:
        found = _in_objects(repository, traces)
        commits = commits_from(repository, refs_of(repository).values())
        places = _places(commits, {*found.left, *found.unread})
        has_names = any(kind == "tree" for kind, _ in found.left.values())
        left += _told(found, places, _named(commits, traces) if has_names else {})
        left += _former_paths(commits, erasure)
        left += _in_refs(repository, traces)
        left += _in_own_files(git_directory(repository), traces)
        unread += [places.get(id, f"object {short_id(id)}") for id in sorted(found.unread)]
        count = found.count
    files = files_of(repository) if repository else files_below(erasure.known.root)
    unread += files.programs
    left += _in_files(files.top, files.all(), files.ignored, traces, unread)
    return Verified(left=tuple(dict.fromkeys(left)), unread=tuple(dict.fromkeys(unread)), objects=count)


def _in_objects(repository: Repository, traces: Traces) -> _Objects:
    found = _Objects(left={}, unread=set())
    clean: set[bytes] = set()  # names stand in many trees
    for each in everything(repository):
        found.count += 1
        if each.data is None:
            found.unread.add(each.id)
            continue
        if each.kind == "blob" and text_of(each.data).is_binary:
            found.unread.add(each.id)
        texts = tree_names(each) - clean if each.kind == "tree" else {each.data}
        trace = next(filter(None, (_trace_in(traces, text) for text in texts)), None)
        if trace is not None:
            found.left[each.id] = each.kind, trace
        elif each.kind == "tree":
            clean |= texts
    return found


def _trace_in(traces: Traces, data: bytes) -> str | None:
    """Give what is certain and stands in some bytes, however they are to be read: each once, names first."""
    if not traces.may_be_in(data, certainly=True):
        return None
    found = traces.found_in(text_of(data).text, certainly=True)
    each = dict.fromkeys(mention.found for mention in sorted(found, key=lambda mention: mention.trace.kind != "name"))
    more = f" and {len(each) - _MOST_TOLD} more" if len(each) > _MOST_TOLD else ""
    return ", ".join(list(each)[:_MOST_TOLD]) + more if each else None


def _places(commits: Iterable[Commit], ids: set[str]) -> dict[str, str]:
    """Tell where contents lie: a path, and a commit that has it there."""
    found: dict[str, str] = {}
    for commit in commits:
        for changes in commit.changes:
            for path, (_, new) in changes.items():
                if new and new[1] in ids:
                    found[new[1]] = f"{path} in commit {short_id(commit.id)}"
    return found


def _told(found: _Objects, places: dict[str, str], named: dict[str, Left]) -> Iterator[Left]:
    """Tell what objects have left; names of files by their paths, wherever these are known."""
    yield from named.values()
    for id, (kind, trace) in found.left.items():
        if kind != "tree" or not named:
            yield Left(where=places.get(id) or f"{kind} {short_id(id)}", found=trace)


def _named(commits: Iterable[Commit], traces: Traces) -> dict[str, Left]:
    """Tell which paths name the person, each with a commit that has it."""
    found: dict[str, Left] = {}
    for commit in commits:
        for path in {path for changes in commit.changes for path in changes} - found.keys():
            if trace := _trace_in(traces.in_names, os.fsencode(path)):
                found[path] = Left(where=f"{path} in commit {short_id(commit.id)}", found=trace)
    return found


def _former_paths(commits: Iterable[Commit], erasure: Erasure) -> Iterator[Left]:
    """Tell which paths of the contact's file are still in the history, unless another file has them."""
    mine = set(erasure.known.paths) - erasure.known.others
    for commit in commits:
        for changes in commit.changes:
            yield from (Left(where=f"commit {short_id(commit.id)}", found=path) for path in mine & changes.keys())


def _in_refs(repository: Repository, traces: Traces) -> Iterator[Left]:
    for name in refs_of(repository):
        if trace := _trace_in(traces, os.fsencode(name)):
            kind, _, short = name.removeprefix("refs/").partition("/")
            rename, delete = f"git branch -m {shlex.quote(short)} NEW-NAME", f"git update-ref -d {shlex.quote(name)}"
            todo = rename if kind == "heads" else delete
            yield Left(where=name, found=trace, todo=todo)


def _in_own_files(directory: Path, traces: Traces) -> Iterator[Left]:
    for folder, folders, names in os.walk(directory):
        folders[:] = [name for name in folders if Path(folder, name) != directory / "objects"]
        for name in names:
            file = Path(folder, name)
            inner = f"{directory.name}/{file.relative_to(directory).as_posix()}"
            wanted = traces.in_names if file.name == "index" else traces
            if trace := _trace_in(wanted, bytes_of(file) or b""):
                is_index = file.name == "index"
                todo = "give the file that is called so another name, and commit" if is_index else _BY_HAND
                yield Left(where=inner, found=trace, todo=todo)


def _in_files(
    top: Path, paths: Iterable[str], ignored: frozenset[str], traces: Traces, unread: list[str]
) -> Iterator[Left]:
    """Tell which files of now have something left; built ones are told by their folder."""
    built: defaultdict[str, list[str]] = defaultdict(list)
    for path in (path for path in paths if os.path.lexists(top / path)):  # the index may have more
        data = bytes_of(top / path) or b""
        if text_of(data).is_binary:
            unread.append(path)
        trace = _trace_in(traces.in_names, os.fsencode(path)) or _trace_in(traces, data)
        if trace and path in ignored:
            built[path.rpartition("/")[0]].append(trace)
        elif trace:
            yield Left(where=path, found=trace)
    for folder, found in built.items():
        where = f"{folder or '.'}/ ({len(found)} ignored {'files' if len(found) > 1 else 'file'})"
        yield Left(where=where, found=found[0], todo="make it anew, such as by `crmtool site build`, or delete it")
