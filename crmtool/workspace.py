"""The work tree: find a workspace, list and read its files."""

from __future__ import annotations

import json
import os
import shlex
import stat
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from time import time_ns

from crmtool.contact import FOLDER, SUFFIX, is_contact_path
from crmtool.document import MAX_BYTES
from crmtool.errors import CrmtoolError
from crmtool.records import dataclass
from crmtool.resources import shipped
from crmtool.schema import Schema, SchemaError, Schemas
from crmtool.snapshot import RULEBOOK, SCHEMA_FOLDER, Snapshot, UnreadableError, is_rule_path

CONTACT_SCHEMA = "contact.schema.json"
RULEBOOK_SCHEMA = "criteria.schema.json"
_IS_WINDOWS = os.name == "nt"
# Neither a link is followed nor is a pipe waited for. What Windows lacks is not needed there: nothing has a signature.
_QUICKLY = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_UNSETTLED = 2 * 10**9
"""Nanoseconds within which two changes may bear the same time, on the coarsest of disks."""


def find_root(start: Path) -> Path:
    """Find the workspace that a directory lies in, by walking up to its rule book; raises CrmtoolError."""
    if not start.is_dir():
        raise CrmtoolError(f"{start} is not a directory")
    start = start.resolve()
    for directory in (start, *start.parents):
        if (directory / RULEBOOK).is_file():
            return directory
    below = sorted(file.parent.name for file in start.glob(f"*/{RULEBOOK}"))
    advice = f"`-C {shlex.quote(below[0])}` names the one below it" if below else "`crmtool init` makes a workspace"
    raise CrmtoolError(f"no {RULEBOOK} in {start} or above it; {advice}")


@dataclass(frozen=True)
class WorkTree:
    """The files of a workspace as they lie on the disk now: a Snapshot."""

    root: Path

    def paths(self) -> Iterator[str]:
        """List the rule book, the schemas and all Markdown below contacts/.

        Directories named like a file are listed, too, and so is a folder that cannot be looked into, with a slash at
        its end: reading them says why there is nothing to be had.
        """
        return (path for path, _ in self._listed())

    def listing(self) -> Listing:
        """List the files once for all, with what tells whether they have changed since."""
        return Listing(tree=self, signatures={path: _signature(entry) for path, entry in self._listed()})

    def _listed(self) -> Iterator[tuple[str, os.DirEntry[str] | None]]:
        if os.path.lexists(self.root / RULEBOOK):
            yield RULEBOOK, None
        for entry in self._entries(self.root / SCHEMA_FOLDER):
            if is_rule_path(SCHEMA_FOLDER + entry.name):
                yield SCHEMA_FOLDER + entry.name, None
        contacts = str(self.root / FOLDER)
        yield from self._walk(contacts, FOLDER, os.path.realpath(contacts), frozenset())

    def read(self, path: str) -> bytes:
        """Give a file's bytes, at most one more than are ever read; raises UnreadableError."""
        file = self.root / path
        self._refuse_outside(file)
        try:
            if path.endswith("/"):
                os.scandir(file).close()
            # Looked at before it is opened: whoever opens a pipe waits for someone to write to it.
            mode = file.stat().st_mode
            if stat.S_ISREG(mode):
                with file.open("rb") as stream:
                    return stream.read(MAX_BYTES + 1)
        except FileNotFoundError:
            raise UnreadableError("the file does not exist", "restore it with `git restore`") from None
        except OSError as error:
            what, option = ("folder", "-ld") if path.endswith("/") else ("file", "-l")
            raise UnreadableError(
                f"the {what} cannot be read: {error.strerror}",
                f"check its permissions: `ls {option} {shlex.quote(path)}`",
            ) from None
        if stat.S_ISDIR(mode):
            raise UnreadableError("a directory has the name of a contact file", "rename it without .md")
        raise UnreadableError("this is no file, but a pipe, a socket or a device", "put a file in its place")

    def _refuse_outside(self, file: Path) -> None:
        try:
            # What lies behind a folder that is a link out of the workspace is not even listed, but for schemas/.
            is_linked = file.is_symlink() or (file.parent == self.root / SCHEMA_FOLDER and file.parent.is_symlink())
            target = Path(os.path.realpath(file, strict=True)) if is_linked else None
        except PermissionError as error:
            raise UnreadableError(
                f"the file cannot be read: {error.strerror}",
                f"check its folder's permissions: `ls -ld {file.parent.name}`",
            ) from None
        except OSError as error:
            raise UnreadableError(f"the symbolic link leads nowhere: {error.strerror}", "remove the link") from None
        if target and not target.is_relative_to(os.path.realpath(self.root)):
            raise UnreadableError(
                "the symbolic link leads out of the workspace; it is not followed", "put the file itself here"
            )

    def _walk(
        self, directory: str, prefix: str, real: str, above: frozenset[str]
    ) -> Iterator[tuple[str, os.DirEntry[str] | None]]:
        """List what lies below a directory, whose own path without symbolic links is `real`."""
        if real in above or not real.startswith(self._real_root):
            return  # a link that leads in a circle or out of the workspace
        for entry in self._entries(directory):
            path = prefix + entry.name
            if entry.name.endswith(SUFFIX):
                yield path, entry
            if _is_directory(entry):
                below = os.path.realpath(entry.path) if entry.is_symlink() else f"{real}{os.sep}{entry.name}"
                try:
                    yield from self._walk(entry.path, path + "/", below, above | {real})
                except CrmtoolError:
                    if is_contact_path(f"{path}/x{SUFFIX}"):  # there may be contacts in it
                        yield path + "/", None

    @cached_property
    def _real_root(self) -> str:
        return os.path.realpath(self.root).removesuffix(os.sep) + os.sep

    def _entries(self, directory: Path | str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(directory) as entries:
                return sorted(entries, key=lambda entry: entry.name)
        except FileNotFoundError:
            return []
        except OSError as error:
            raise CrmtoolError(f"{directory} cannot be read: {error.strerror}") from None


@dataclass(frozen=True)
class Listing:
    """The files of a work tree, listed at one moment: a Snapshot.

    The signature of a file is another one as soon as it was written to; None where that cannot be told.
    """

    tree: WorkTree
    signatures: Mapping[str, str | None]

    def paths(self) -> Iterable[str]:
        """List the files as they were found."""
        return self.signatures

    def read(self, path: str) -> bytes:
        """Give a file's bytes as they are now; raises UnreadableError."""
        data = None if self.signatures.get(path) is None else _quickly_read(f"{self.tree.root}/{path}")
        return self.tree.read(path) if data is None else data


def _signature(entry: os.DirEntry[str] | None) -> str | None:
    """Give the state of a file, which a symbolic link does not show.

    Nor is a file that was changed just now to be told from one that is changed again at once.
    """
    if entry is None:
        return None
    try:
        about = entry.stat(follow_symlinks=False)
    except OSError:
        return None
    is_settled = about.st_ctime_ns < time_ns() - _UNSETTLED
    return file_state(about) if stat.S_ISREG(about.st_mode) and is_settled else None


def file_state(about: os.stat_result) -> str | None:
    """Give what the system changes when a file is written to, and not when a folder above it gets another name.

    None on Windows, which does not tell the time of the last change of whatever kind (ctime): all else can be set back.
    """
    if _IS_WINDOWS:
        return None
    return f"{about.st_mtime_ns} {about.st_ctime_ns} {about.st_size} {about.st_ino}"


def _quickly_read(path: str) -> bytes | None:
    """Give the bytes of what was a regular file when it was listed; None where there is more to it now."""
    try:
        descriptor = os.open(path, _QUICKLY)
    except OSError:
        return None
    try:
        about = os.fstat(descriptor)
        data = os.read(descriptor, MAX_BYTES + 1) if stat.S_ISREG(about.st_mode) else b""
        return data if len(data) == min(about.st_size, MAX_BYTES + 1) else None
    except OSError:
        return None
    finally:
        os.close(descriptor)


def beginning(file: Path) -> bytes:
    """Give the bytes of a regular file, of a large one the first; nothing of what has no end, such as a device.

    Raises OSError.
    """
    if not file.is_file():
        return b""
    with file.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


def load_schemas(snapshot: Snapshot) -> Schemas:
    """Load the schemas in force: those that are shipped, and the workspace's own above them; raises CrmtoolError."""
    present = {path for path in snapshot.paths() if path.startswith(SCHEMA_FOLDER)}
    return Schemas(
        contact=_load_schema(snapshot, CONTACT_SCHEMA, present),
        rulebook=_load_schema(snapshot, RULEBOOK_SCHEMA, present),
    )


def _load_schema(snapshot: Snapshot, name: str, present: set[str]) -> Schema:
    path = SCHEMA_FOLDER + name
    base = Schema(json.loads(shipped("schemas", name).read_bytes()))
    if path not in present:
        return base
    try:
        return Schema.parse(snapshot.read(path).decode("utf-8-sig")).above(base)
    except (UnreadableError, SchemaError, UnicodeDecodeError) as error:
        raise CrmtoolError(f"{path}: {error}") from None


def _is_directory(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False
