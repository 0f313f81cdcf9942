"""Look for a person in the files of now and in all that a history ever had."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from crmtool.git import Repository
from crmtool.git.contents import contents
from crmtool.git.history import Commit
from crmtool.git.program import as_text
from crmtool.privacy.findings import FileMentions, sorted_files
from crmtool.privacy.texts import Text, text_of
from crmtool.privacy.traces import Mention, Traces

_OWN = ".git"
_PROGRAMS, _MARKS = "node_modules", ("pyvenv.cfg", "CACHEDIR.TAG")
"""A folder of installed programs by its name, and the files by which one says that it has programs or a cache."""


@dataclass(frozen=True, kw_only=True)
class Files:
    """The files below a directory, by their paths from there: those that Git knows, does not know, and ignores.

    `programs` are ignored folders that are not looked into: of installed programs, and caches of such.
    """

    top: Path
    known: frozenset[str]
    unknown: frozenset[str]
    ignored: frozenset[str]
    programs: tuple[str, ...] = ()

    def all(self) -> list[str]:
        """List all of them."""
        return sorted(self.known | self.unknown | self.ignored)


@dataclass(frozen=True, kw_only=True)
class Search:
    """What was found: files with mentions, and the ids of the contents that have some.

    `unread` are the paths of what was not looked into, and of what is no text: letters may be hidden in it.
    """

    files: tuple[FileMentions, ...]
    hits: frozenset[str] = frozenset()
    unread: tuple[str, ...] = ()


@dataclass
class _Found:
    """What is found of one path on the way."""

    now: tuple[Mention, ...] = ()
    past: list[tuple[str, Mention]] = field(default_factory=list)
    is_binary: bool = False


def files_of(repository: Repository) -> Files:
    """List the files of a work tree, submodules left out."""
    ignored = _listed(repository, "--others", "--ignored", "--exclude-standard")
    programs = {folder for path in ignored if (folder := _programs(path))}
    return Files(
        top=repository.top,
        known=_listed(repository, "--cached"),
        unknown=_listed(repository, "--others", "--exclude-standard"),
        ignored=frozenset(path for path in ignored if programs.isdisjoint(_folders(path))),
        programs=tuple(sorted(folder for folder in programs if programs.isdisjoint(_folders(folder.rstrip("/"))))),
    )


def _programs(path: str) -> str:
    """Give the folder of programs, or of a cache, that a path tells of; empty where it tells of none."""
    folder, _, name = path.rpartition("/")
    if name in _MARKS:
        return f"{folder}/" if folder else ""
    return next((each for each in _folders(path) if f"/{each}".endswith(f"/{_PROGRAMS}/")), "")


def _folders(path: str) -> Iterator[str]:
    return (path[: at + 1] for at, letter in enumerate(path) if letter == "/")


def files_below(root: Path) -> Files:
    """List the files of a directory that lies in no repository."""
    found = (Path(folder, name).relative_to(root).as_posix() for folder, names in _walk(root) for name in names)
    return Files(top=root, known=frozenset(), unknown=frozenset(found), ignored=frozenset())


def search(
    traces: Traces, files: Files, versions: Mapping[str, Mapping[str, str]], repository: Repository | None
) -> Search:
    """Look through the files of now, and through past contents: their ids with the paths, and a commit for each."""
    found: defaultdict[str, _Found] = defaultdict(_Found)
    unread = list(files.programs)
    for path in files.all():
        data = bytes_of(files.top / path)
        if data is not None:
            _note_now(found, unread, traces, path, data)
    hits = set()
    for each in contents(repository, versions) if repository else ():
        if _note_past(found, unread, traces, versions[each.id], each.data):
            hits.add(each.id)
    paths = {*found, *(path for paths in versions.values() for path in paths), *files.all()}
    named = {path: names for path in paths if (names := _in_path(traces.in_names, path))}
    mentions = (_mentions(path, found[path], named.get(path, ()), files) for path in {*found, *named})
    return Search(files=sorted_files(mentions), hits=frozenset(hits), unread=tuple(dict.fromkeys(unread)))


def versions_of(commits: Iterable[Commit]) -> dict[str, dict[str, str]]:
    """Give every content of a history with its paths, and the oldest commit that brought it there."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for commit in commits:  # children before parents, so that the oldest comes last
        for changes in commit.changes:
            for path, (_, new) in changes.items():
                if new:
                    found[new[1]][path] = commit.id
    return dict(found)


def read_through(traces: Traces, data: bytes) -> tuple[Text, tuple[Mention, ...]]:
    """Read a content, and tell its mentions."""
    text = text_of(data)
    return text, traces.found_in(text.text) if traces.may_be_in(data) else ()


def _note_now(found: dict[str, _Found], unread: list[str], traces: Traces, path: str, data: bytes) -> None:
    text, mentions = read_through(traces, data)
    if text.is_binary:
        unread.append(path)
    if mentions:
        found[path].now = mentions
        found[path].is_binary = text.is_binary


def _note_past(
    found: dict[str, _Found], unread: list[str], traces: Traces, paths: Mapping[str, str], data: bytes | None
) -> bool:
    text, mentions = read_through(traces, data) if data is not None else (Text("", is_binary=True), ())
    if text.is_binary:
        unread += paths
    for path, commit in paths.items() if mentions else ():
        found[path].past += [(commit, mention) for mention in mentions]
        found[path].is_binary |= text.is_binary
    return bool(mentions)


def _mentions(path: str, found: _Found, named: tuple[Mention, ...], files: Files) -> FileMentions:
    now = {(mention.line, mention.column, mention.excerpt) for mention in found.now}
    past = [(id, each) for id, each in found.past if (each.line, each.column, each.excerpt) not in now]
    return FileMentions(
        path=path,
        named=named,
        now=found.now,
        past=tuple(past),
        is_kept=path not in files.unknown and path not in files.ignored,
        is_ignored=path in files.ignored,
        is_binary=found.is_binary,
    )


def _in_path(traces: Traces, path: str) -> tuple[Mention, ...]:
    return traces.found_in(path) if traces.may_be_in(os.fsencode(path)) else ()


def _listed(repository: Repository, *options: str) -> frozenset[str]:
    told = as_text(repository.run("ls-files", "-z", "--full-name", *options)).split("\0")[:-1]
    return frozenset(path for path in told if not path.endswith("/"))


def bytes_of(file: Path) -> bytes | None:
    """Read a file, of a link where it leads; None where it cannot be."""
    try:
        return os.fsencode(file.readlink()) if file.is_symlink() else file.read_bytes() if file.is_file() else None
    except OSError:
        return None


def _walk(root: Path) -> Iterator[tuple[str, list[str]]]:
    for folder, folders, names in os.walk(root):
        folders[:] = (name for name in folders if name != _OWN)
        yield folder, names
