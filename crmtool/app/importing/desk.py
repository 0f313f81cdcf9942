"""The workspace that records come into, as it will be once the plan is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from crmtool.app import load, usable_rulebook
from crmtool.app.changing.paths import folders_of, lies_inside, new_path, path_of, slug
from crmtool.app.changing.target import file_bytes
from crmtool.check import check_contact
from crmtool.contact import FOLDER, SUFFIX, Contact, contact_from, folded, is_contact_path
from crmtool.details import digest
from crmtool.document import Document, read_contact, read_contact_text
from crmtool.edit import Change, EditError, edited
from crmtool.edit.notes import with_note
from crmtool.errors import CrmtoolError
from crmtool.finding import Finding, Severity
from crmtool.importers.record import Record
from crmtool.text import visible
from crmtool.workspace import WorkTree
from crmtool.yaml_reader import Value

_LONGEST_PART = 200
"""Bytes of a name in a path: disks hold 255, and a number and an ending may follow."""


class Desk:
    """A workspace with what is planned laid over it; nothing is written here."""

    def __init__(self, root: Path, today: date) -> None:
        """Read the workspace; raises CrmtoolError where it cannot be told who is known already."""
        self.root, self.today = root, today
        self.content = load(root)
        self.rulebook = usable_rulebook(self.content)
        self.written: dict[str, tuple[bytes | None, bytes]] = {}
        """What is planned: the files with what they held before (None for a new one) and will hold."""
        self._paths = {folded(path) for path in self.content.paths}
        self._folders = folders_of(self.content.contacts.values())
        self._counted: dict[str, int] = {}
        self._refuse_unreadable()

    def known(self) -> Iterator[tuple[str, Mapping[str, Value]]]:
        """List the contact files as they are on the disk, with what their front matter says."""
        for path, document in self.content.documents.items():
            if document.values is not None:
                yield path, document.values

    def contact(self, path: str) -> Contact | None:
        """Give a contact as planned; None where its file has errors."""
        if path in self.written:
            return contact_from(read_contact(path, self.written[path][1]))
        return self.content.contacts.get(path)

    def data(self, path: str) -> bytes:
        """Give what a file holds as planned."""
        return self.written[path][1] if path in self.written else file_bytes(WorkTree(self.root), path)

    def body(self, path: str) -> str:
        """Give what stands below a contact's front matter, as planned."""
        return read_contact_text(path, self.data(path)).body

    def add(self, path: str, data: bytes) -> tuple[str, ...]:
        """Plan a new contact, and give nothing; or give what the rules have against it."""
        document = read_contact(path, data)
        against = tuple(found.message for found in self._errors(document))
        if not against:
            self.written[path] = (None, data)
            self._paths.add(folded(path))
            contact = contact_from(document)
            for organization, folder in folders_of([contact] if contact else []).items():
                self._folders.setdefault(organization, folder)
        return against

    def change(self, path: str, changes: tuple[Change, ...], note: str) -> tuple[str, ...]:
        """Plan changes of a contact and a note below its body, and give nothing; or give what is against it."""
        old = self.data(path)
        try:
            data = edited(path, old, changes).data
        except EditError as error:
            return (str(error),)
        data = with_note(data, note)
        before = {(found.code, found.message) for found in self._errors(read_contact(path, old))}
        errors = self._errors(read_contact(path, data))
        against = tuple(found.message for found in errors if (found.code, found.message) not in before)
        if not against:
            on_disk = self.written[path][0] if path in self.written else old
            self.written[path] = (on_disk, data)
        return against

    def path_for(self, record: Record, name: str, organization: str | None) -> str | None:
        """Give a path that no other contact has: that of the id in the record, else one made of names.

        None where it would lie behind a link that leads out of the workspace.
        """
        path = _named(record.contact) or new_path(self._folders, name, organization)
        if path is None:
            told = slug(" ".join(str(value) for value in record.details.values())[:60])
            path = f"{FOLDER}{told or f'contact-{digest(dict(record.details))}'}{SUFFIX}"
        bare = path.removesuffix(SUFFIX)
        while folded(path) in self._paths:
            self._counted[bare] = self._counted.get(bare, 1) + 1  # namesakes: 2 is the first number
            path = f"{bare}-{self._counted[bare]}{SUFFIX}"
        return path if lies_inside(self.root, path) else None

    def _errors(self, document: Document) -> list[Finding]:
        shapes = self.content.schemas.contact.shape(document)
        found = check_contact(document, shapes, contact_from(document), self.rulebook, self.today).findings
        return [each for each in found if each.severity is Severity.ERROR]

    def _refuse_unreadable(self) -> None:
        unread = [path for path, document in self.content.documents.items() if document.values is None]
        if unread:
            more = f" and {len(unread) - 1} more" if len(unread) > 1 else ""
            raise CrmtoolError(
                f"{visible(unread[0])}{more} cannot be read, so it cannot be told who is known already; "
                "mend that first: `crmtool check` tells what is wrong"
            )


def _named(id: str) -> str | None:
    """Give the path of an id that a file names, if every disk can hold it, and no folder is called like a file."""
    path = path_of(id) if id else None
    parts = path.removesuffix(SUFFIX).split("/") if path else []
    fits = all(len(part.encode()) <= _LONGEST_PART and not part.endswith(SUFFIX) for part in parts)
    return path if path and fits and is_contact_path(path) else None
