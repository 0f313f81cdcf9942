"""The bytes of a workspace at one moment, so that all that is told of it agrees."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from crmtool.contact import FOLDER, SUFFIX
from crmtool.snapshot import RULEBOOK, SCHEMA_FOLDER, Snapshot, UnreadableError
from crmtool.workspace import WorkTree


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """Why a file's bytes cannot be had, and what to do."""

    reason: str
    hint: str


@dataclass(frozen=True, slots=True)
class Captured:
    """The files of a workspace with their bytes: a Snapshot."""

    files: Mapping[str, bytes | Unreadable]

    def paths(self) -> Iterable[str]:
        """List the files."""
        return self.files

    def read(self, path: str) -> bytes:
        """Give a file's bytes; raises UnreadableError."""
        found = self.files.get(path)
        if found is None:
            raise UnreadableError("the file does not exist", "restore it with `git restore`")
        if isinstance(found, Unreadable):
            raise UnreadableError(found.reason, found.hint)
        return found

    def part(self, prefix: str) -> Mapping[str, bytes | Unreadable]:
        """Give the files whose paths begin so."""
        return {path: found for path, found in self.files.items() if path.startswith(prefix)}

    def over(self, prefix: str, files: Mapping[str, bytes | Unreadable]) -> Captured:
        """Give this workspace with other files in the place of all those whose paths begin so."""
        others = {path: found for path, found in self.files.items() if not path.startswith(prefix)}
        return Captured({**others, **files})

    def with_files(self, files: Mapping[str, bytes | Unreadable]) -> Captured:
        """Give this workspace with some files added or exchanged."""
        return Captured({**self.files, **files})

    def changed_since(self, before: Captured) -> list[str]:
        """List the files that were added, changed or deleted."""
        paths = {*self.files, *before.files}
        return sorted(path for path in paths if self.files.get(path) != before.files.get(path))


def capture(snapshot: Snapshot) -> Captured:
    """Read every file of a snapshot."""
    return Captured({path: _bytes(snapshot, path) for path in snapshot.paths()})


def _bytes(snapshot: Snapshot, path: str) -> bytes | Unreadable:
    try:
        return snapshot.read(path)
    except UnreadableError as error:
        return Unreadable(reason=str(error), hint=error.hint)


def recapture(root: Path, before: Captured, paths: Iterable[Path]) -> Captured | None:
    """Look only at paths that changed since a capture; None where that does not tell all, and all must be looked at."""
    tree, files = WorkTree(root), dict(before.files)
    for path in paths:
        if not path.is_relative_to(root):
            continue
        name = path.relative_to(root).as_posix()
        mode = _mode(path)
        if mode is None:
            if any(known.startswith(f"{name}/") for known in before.files):
                return None
            files.pop(name, None)
        elif not stat.S_ISREG(mode):
            return None
        elif _matters(name):
            files[name] = _bytes(tree, name)
    return Captured(files)


def is_linked(root: Path, captured: Captured) -> bool:
    """Whether any file is reached by way of a symbolic link: what lies behind one changes without it."""
    places = set(captured.files)
    for path in captured.files:
        while (path := path.rpartition("/")[0]) and path not in places:
            places.add(path)
    return any(os.path.islink(f"{root}/{path}") for path in places)  # noqa: PTH114 - a Path for each takes a second


def _mode(path: Path) -> int | None:
    try:
        return path.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None


def _matters(name: str) -> bool:
    schema = name.removeprefix(SCHEMA_FOLDER)
    is_schema = schema != name and "/" not in schema and name.endswith(".json")
    return name == RULEBOOK or is_schema or (name.startswith(FOLDER) and name.endswith(SUFFIX))
