"""The contact that is to be changed."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from crmtool.app import usable_rulebook
from crmtool.app.naming import read_named
from crmtool.contact import Contact
from crmtool.document import read_contact
from crmtool.errors import CrmtoolError, RefusedError
from crmtool.rulebook import RuleBook, Status
from crmtool.snapshot import Content, UnreadableError, with_contact
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
    def status(self) -> Status:
        """The status that the last decision led to; raises CrmtoolError where the rule book lacks it."""
        id = self.contact.decisions[-1].to
        status = self.rulebook.statuses.get(id)
        if status is None:
            raise CrmtoolError(f"{visible(self.contact.id)}: the rule book has no status {visible(id)!r}")
        return status

    def refuse_decided(self, consequence: str) -> None:
        """Refuse what has a point only while a decision is still to come; raises RefusedError."""
        if not self.status.is_undecided:
            raise RefusedError(f"refused: {visible(self.contact.id)} is decided ('{self.status.id}'): {consequence}")


def open_target(root: Path, wanted: str, start: Path, today: date) -> Target:
    """Find the contact that is meant and read its file; raises CrmtoolError where it cannot be changed by program."""
    path, found = read_named(root, wanted, start)
    # What is judged is what is edited: the bytes as they are now.
    data = file_bytes(WorkTree(root), path)
    content = with_contact(found, read_contact(path, data))
    contact = content.contacts.get(path)
    if contact is None:
        shown = visible(path)
        tells = f"`crmtool check {shlex.quote(shown)}` tells them"
        raise CrmtoolError(f"{shown} has errors that must be mended first: {tells}")
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
