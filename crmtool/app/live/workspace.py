"""The state of a workspace that stays open: its files as listed last, its contacts as read, and the open texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from time import monotonic

from crmtool.app.live.base import Base, base_of
from crmtool.assist.editing import Editing
from crmtool.check import (
    check_changes,
    check_contact,
    check_rules,
    check_whole,
    in_order,
    texts_gone,
    texts_new,
)
from crmtool.contact import Contact, contact_from, is_contact_path
from crmtool.document import Document
from crmtool.finding import Finding
from crmtool.redefining import redefined
from crmtool.renames import pair_renames
from crmtool.rulebook import RuleBook
from crmtool.rules.base import Held, WorkspaceSubject
from crmtool.schema import Schemas
from crmtool.snapshot import (
    RULEBOOK,
    Content,
    Overlay,
    UnreadableError,
    document_from,
    is_rule_path,
    read_bytes,
    read_content,
)
from crmtool.workspace import Listing, WorkTree, load_schemas

_HEAD_SECONDS = 1.0
"""So long it is taken for granted that nothing was committed: to ask takes longer than to judge a contact."""


@dataclass(frozen=True, slots=True)
class _OnDisk:
    """A contact file as it was read: its signature then, and its contact, None where it cannot be judged."""

    signature: str | None
    contact: Contact | None


class LiveWorkspace:
    """A workspace with texts that are open in editors and stand for their files.

    `relist` looks at the disk, and `load_some` reads what is new there, a few files at a time: until that is done,
    `is_loaded` is False, and what no file shows by itself, such as a limit, is not told. All else is told at once.
    """

    def __init__(self, root: Path, today: Callable[[], date]) -> None:
        self.root = root
        self.contacts: dict[str, Contact] = {}
        """Every contact that was read, by path; those in open texts as they could be read last."""
        self._today = today
        self._listing = Listing(WorkTree(root), {})
        self._rule_files: dict[str, bytes | UnreadableError] = {}
        self._open: dict[str, bytes] = {}
        self._documents: dict[str, Document] = {}
        self._disk: dict[str, _OnDisk] = {}
        self._pending: list[str] = []
        self._schemas: Schemas | None = None
        self._rules: Content | None = None
        self._last_rulebook: RuleBook | None = None
        self._base: Base | None = None
        self._head_asked = -_HEAD_SECONDS
        self._whole: tuple[date, tuple[Finding, ...]] | None = None
        self.relist()

    @property
    def day(self) -> date:
        """The day as of which everything is told."""
        return self._today()

    @property
    def is_loaded(self) -> bool:
        """Whether every contact was read."""
        return not self._pending

    @property
    def open_paths(self) -> tuple[str, ...]:
        """The files that are open."""
        return tuple(self._open)

    @property
    def rules(self) -> Content:
        """The rule book as it stands, the schemas and all paths, without contacts; raises CrmtoolError for a schema."""
        if self._rules is None:
            files = self._files()
            if self._schemas is None:
                self._schemas = load_schemas(files)
            self._rules = read_content(files, self._schemas, only=())
            self._last_rulebook = self._rules.rulebook or self._last_rulebook
        return self._rules

    def put(self, path: str, data: bytes) -> bool:
        """Let a text stand for a file, as it is now; tells whether that may change what is found in other files."""
        if self._open.get(path) != data:
            self._renew(path, {**self._open, path: data})
        return self._whole is None or self._whole[0] != self.day

    def drop(self, path: str) -> None:
        """Let a file stand for itself again."""
        self._renew(path, {other: data for other, data in self._open.items() if other != path})

    def relist(self) -> None:
        """Look at which files there are and which of them have changed, and at what was committed since."""
        before, self._listing = self._listing, WorkTree(self.root).listing()
        now = self._listing.signatures
        rule_files = {path: read_bytes(self._listing, path) for path in now if is_rule_path(path)}
        if list(map(repr, rule_files.items())) != list(map(repr, self._rule_files.items())):
            self._rule_files, self._schemas, self._rules = rule_files, None, None
        if now.keys() != before.signatures.keys():
            self._rules = None
        self._disk = {path: each for path, each in self._disk.items() if path in now}
        self._pending = [path for path in now if is_contact_path(path) and self._is_news(path)]
        self.contacts = {path: each for path, each in self.contacts.items() if path in now or path in self._open}
        self._head_asked = monotonic() - _HEAD_SECONDS
        self._whole = None

    def load_some(self, most: int) -> None:
        """Read up to so many contacts of those that are new or have changed."""
        now, self._pending = self._pending[:most], self._pending[most:]
        for path in now:
            contact = contact_from(document_from(path, read_bytes(self._listing, path)))
            self._disk[path] = _OnDisk(signature=self._listing.signatures.get(path), contact=contact)
            if path not in self._open:
                self._know(path, contact)
        self._whole = None

    def document(self, path: str) -> Document:
        """Give a file as it stands, in the editor where it is open."""
        found = self._documents.get(path) or document_from(path, self._bytes(path))
        if path in self._open:
            self._documents[path] = found
        return found

    def naming(self, text: str) -> Iterator[Document]:
        """Go through the files in which a text stands: the rule book and the contacts, in the order of their paths."""
        wanted = text.encode("utf-8", "surrogatepass")
        for path in self.rules.paths:
            data = self._bytes(path) if path == RULEBOOK or is_contact_path(path) else None
            if isinstance(data, bytes) and wanted in data:
                yield self.document(path) if path in self._open else document_from(path, data)

    def editing(self, path: str) -> Editing:
        """Give an open file with what is known around it; raises CrmtoolError for a schema."""
        rules = self.rules
        schema = rules.schemas.rulebook if path == RULEBOOK else rules.schemas.contact
        return Editing(
            document=self.document(path),
            contact=self.contacts.get(path),
            rulebook=rules.rulebook or self._last_rulebook,
            day=self.day,
            contacts=self.contacts,
            paths=rules.paths,
            schema=schema.definition,
        )

    def findings(self, path: str) -> tuple[Finding, ...]:
        """Check an open file: what `check` finds in it, against HEAD, too; raises CrmtoolError for a schema."""
        is_rules = path == RULEBOOK
        found = list(self._rulebook_findings() if is_rules else self.judged(self.document(path), self.rules.rulebook))
        return in_order((*found, *(finding for finding in self._whole_findings() if finding.location.path == path)))

    def judged(self, document: Document, rulebook: RuleBook | None) -> Iterator[Finding]:
        """Check a contact file by itself and against HEAD, as if it said what `document` does."""
        shapes = self.rules.schemas.contact.shape(document)
        yield from check_contact(document, shapes, contact_from(document), rulebook, self.day).findings
        both = self._two_versions(document)
        if both is not None:
            yield from (found for found in check_changes(*both) if found.location.path == document.path)

    def before(self, document: Document) -> Contact | None:
        """Give a contact as HEAD has it, whatever its file and the ids in it are called there; None for a new one."""
        both = self._two_versions(document)
        if both is None:
            return None
        now, past = both
        path = pair_renames(texts_gone(now, past), texts_new(now, past)).get(document.path, document.path)
        contact = past.contacts.get(path)
        return redefined(past.rulebook, now.rulebook).read(contact) if contact else None

    def committed(self) -> Base | None:
        """Give what HEAD has; None where there is nothing to compare with; raises CrmtoolError for a schema."""
        if monotonic() - self._head_asked >= _HEAD_SECONDS:
            self._base = base_of(self.root, self.rules.schemas, self._base)
            self._head_asked = monotonic()
        return self._base

    def saved_rules(self) -> Content:
        """Give the rule book as it is saved; raises CrmtoolError for a schema."""
        return read_content(Overlay(self._listing, self._fixed), self.rules.schemas, only=())

    def _two_versions(self, document: Document) -> tuple[Content, Content] | None:
        """Give the workspace with one contact file alone, as it says what `document` does, and as HEAD has it."""
        base = self.committed()
        if base is None:
            return None
        rules, path, contact = self.rules, document.path, contact_from(document)
        now = replace(rules, documents={path: document}, contacts={path: contact} if contact else {})
        return now, base.contact(path, rules.paths)

    def _files(self) -> Overlay:
        return Overlay(self._listing, {**self._fixed, **self._open})

    @property
    def _fixed(self) -> dict[str, bytes]:
        return {path: data for path, data in self._rule_files.items() if isinstance(data, bytes)}

    def _bytes(self, path: str) -> bytes | UnreadableError:
        return self._open[path] if path in self._open else read_bytes(self._listing, path)

    def _is_news(self, path: str) -> bool:
        signature, known = self._listing.signatures[path], self._disk.get(path)
        return signature is None or known is None or known.signature != signature

    def _renew(self, path: str, now_open: dict[str, bytes]) -> None:
        """Take another text for a file."""
        comes_or_goes = path not in self._listing.signatures and (path in now_open) != (path in self._open)
        self._open = now_open
        self._documents.pop(path, None)
        if path == RULEBOOK or comes_or_goes:
            self._rules = self._whole = None
        if not is_contact_path(path):
            return
        if path in now_open:
            contact = contact_from(self.document(path)) or self.contacts.get(path)
        else:
            known = self._disk.get(path)
            contact = known.contact if known else None
        self._know(path, contact)

    def _know(self, path: str, contact: Contact | None) -> None:
        before = self.contacts.get(path)
        if contact is None:
            self.contacts.pop(path, None)
        else:
            self.contacts[path] = contact
        if _held(before, self.day) != _held(contact, self.day):
            self._whole = None

    def _rulebook_findings(self) -> Iterator[Finding]:
        yield from check_rules(self.rules)
        base = self.committed()
        if base is not None:
            changes = check_changes(replace(self.rules, contacts=self.contacts), base.rules)
            yield from (finding for finding in changes if finding.location.path == RULEBOOK)

    def _whole_findings(self) -> tuple[Finding, ...]:
        """Tell what no file shows by itself; worked out anew only where something has changed that counts."""
        day = self.day
        if self._whole is None or self._whole[0] != day:
            rules = self.rules
            held = tuple(held for contact in self.contacts.values() if (held := _held(contact, day)))
            subject = WorkspaceSubject(
                rulebook=rules.rulebook, paths=rules.paths, held=held, partial=not self.is_loaded
            )
            self._whole = day, tuple(check_whole(subject, rules.rulebook_document, self.document))
        return self._whole[1]


def _held(contact: Contact | None, day: date) -> Held | None:
    decision = contact.decided_by(day) if contact else None
    return Held(contact=contact.id, status=decision.to, since=decision.day) if contact and decision else None
