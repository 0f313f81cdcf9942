"""The bytes of a workspace at one moment, so that all that is told of it agrees."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from crmtool.contact import FOLDER, SUFFIX
from crmtool.snapshot import Snapshot, UnreadableError, is_rule_path
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
    told = {path.relative_to(root).as_posix(): path for path in paths if path.is_relative_to(root)}
    try:
        modes = {name: _mode(path) for name, path in told.items()}
        if not _are_so_named([told[name] for name, mode in modes.items() if mode is not None and _matters(name)]):
            return None
    except OSError:
        return None
    for name, mode in modes.items():
        if mode is None:
            if any(known.startswith(f"{name}/") for known in before.files):
                return None
            files.pop(name, None)
        elif not stat.S_ISREG(mode):
            return None
        elif _matters(name):
            files[name] = _bytes(tree, name)
    return Captured(files)


def links(root: Path, captured: Captured) -> list[str]:
    """List the symbolic links by way of which files are reached: what lies behind one changes without it."""
    places = set(captured.files)
    for path in captured.files:
        while (path := path.rpartition("/")[0]) and path not in places:
            places.add(path)
    return [path for path in places if os.path.islink(f"{root}/{path}")]  # noqa: PTH114 - a Path for each takes a second


def linked(root: Path, links: Iterable[str]) -> tuple[Path, ...]:
    """Give what symbolic links lead to within the workspace; what lies elsewhere is not read."""
    top = Path(os.path.realpath(root))
    targets = {Path(os.path.realpath(root / link)) for link in links}
    return tuple(sorted(target for target in targets if target.is_relative_to(top) and target != top))


def _are_so_named(paths: Iterable[Path]) -> bool:
    """Whether each of these files has just this name: on a disk that ignores letter case another one finds it, too."""
    names: dict[Path, set[str]] = {}
    for path in paths:
        if path.parent not in names:
            names[path.parent] = set(os.listdir(path.parent))  # noqa: PTH208 - names are all that is needed
        if path.name not in names[path.parent]:
            return False
    return True


def _mode(path: Path) -> int | None:
    try:
        return path.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None


def _matters(name: str) -> bool:
    return is_rule_path(name) or (name.startswith(FOLDER) and name.endswith(SUFFIX))
