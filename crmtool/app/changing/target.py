"""The contact that is to be changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from crmtool.app import read, usable_rulebook
from crmtool.app.naming import exact_path, find_path
from crmtool.contact import Contact
from crmtool.errors import CrmtoolError
from crmtool.rulebook import RuleBook, Status
from crmtool.snapshot import Content, Snapshot, UnreadableError
from crmtool.text import visible
from crmtool.workspace import WorkTree


@dataclass(frozen=True, kw_only=True)
class Target:
    """A contact's file as it was read, with the contact in it, under the rules in force, as of a day."""

    root: Path
    path: str
    data: bytes
    content: Content
    contact: Contact
    rulebook: RuleBook
    today: date

    @property
    def file(self) -> Path:
        """Where the file lies."""
        return self.root / self.path

    @property
    def status(self) -> Status:
        """The status that the last decision led to; raises CrmtoolError where the rule book lacks it."""
        id = self.contact.decisions[-1].to
        status = self.rulebook.statuses.get(id)
        if status is None:
            raise CrmtoolError(f"{visible(self.contact.id)}: the rule book has no status {visible(id)!r}")
        return status


@dataclass(frozen=True)
class Overlay:
    """A workspace with other bytes in the place of one file: a Snapshot of what would be."""

    below: Snapshot
    path: str
    data: bytes

    def paths(self) -> Iterable[str]:
        """List the files, the one laid over among them."""
        return {*self.below.paths(), self.path}

    def read(self, path: str) -> bytes:
        """Give a file's bytes; raises UnreadableError."""
        return self.data if path == self.path else self.below.read(path)


def open_target(root: Path, wanted: str, start: Path, today: date) -> Target:
    """Find the contact that is meant and read its file; raises CrmtoolError where it cannot be changed by program.

    Only where it is not named in full, the other contacts are read.
    """
    tree = WorkTree(root)
    path = exact_path(tree.paths(), wanted, root, start)
    if path is None:
        path = find_path(read(tree), wanted, root, start)
    return target_at(root, path, today)


def target_at(root: Path, path: str, today: date) -> Target:
    """Read the contact at a path; raises CrmtoolError."""
    tree = WorkTree(root)
    # The bytes are read once: what is judged is what is edited.
    data = file_bytes(tree, path)
    content = read(Overlay(tree, path, data), only=(path,))
    contact = content.contacts.get(path)
    if contact is None:
        shown = visible(path)
        raise CrmtoolError(f"{shown} has errors that must be mended first: `crmtool check {shown}` tells them")
    return Target(
        root=root,
        path=path,
        data=data,
        content=content,
        contact=contact,
        rulebook=usable_rulebook(content),
        today=today,
    )


def file_bytes(tree: WorkTree, path: str) -> bytes:
    """Give what a contact file holds; raises CrmtoolError."""
    try:
        return tree.read(path)
    except UnreadableError as error:
        raise CrmtoolError(f"{visible(path)}: {error}; {error.hint}") from None
