"""What is known of a workspace's files from one look to the next, so that only what changed is read and judged anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Generic, TypeVar

from crmtool.check import Checked, all_held, check_contact, check_rules, check_whole, in_order
from crmtool.contact import Contact, contact_from, is_contact_path
from crmtool.document import Document
from crmtool.finding import Finding, Severity
from crmtool.rulebook import RuleBook
from crmtool.rules.base import WorkspaceSubject
from crmtool.schema import Schemas
from crmtool.serving.capture import Captured
from crmtool.shapes import Shape
from crmtool.snapshot import RULEBOOK, SCHEMA_FOLDER, Content, document_from, read_bytes, read_content
from crmtool.workspace import load_schemas

Value = TypeVar("Value")


@dataclass(slots=True)
class _Last(Generic[Value]):
    """The last value that was made, and what it was made from."""

    source: object = None
    value: Value | None = None

    def made(self, source: object, make: Callable[[], Value]) -> Value:
        """Give the value that is made from a source, the last one where the source is the same."""
        if self.value is None or self.source != source:
            self.source, self.value = source, make()
        return self.value


@dataclass(frozen=True, slots=True)
class _ReadFile:
    """A contact file as read, under some schemas."""

    source: object
    schemas: Schemas
    document: Document
    shapes: tuple[Shape, ...]
    contact: Contact | None


@dataclass(frozen=True, slots=True)
class _CheckedFile:
    """What was found in a contact file as read, as of a day and under what else counts."""

    read: _ReadFile
    context: tuple[date, RuleBook | None]
    checked: Checked


@dataclass(slots=True)
class Reader:
    """Reads and checks workspaces; what has not changed since the last time is not read or checked again."""

    _schemas: _Last[Schemas] = field(default_factory=_Last)
    _rules: _Last[Content] = field(default_factory=_Last)
    _whole: _Last[tuple[Finding, ...]] = field(default_factory=_Last)
    _files: dict[str, _ReadFile] = field(default_factory=dict)
    _checked: dict[str, _CheckedFile] = field(default_factory=dict)

    def read(self, files: Captured) -> Content:
        """Read a workspace under its own schemas; raises CrmtoolError where these cannot be used."""
        schemas = self._schemas.made(files.part(SCHEMA_FOLDER), partial(load_schemas, files))
        rulebook = (files.files.get(RULEBOOK), schemas)
        rules = self._rules.made(rulebook, partial(read_content, files, schemas, only=()))
        paths = tuple(sorted(files.files))
        self._files = {
            path: self._one(files, path, schemas) for path in paths if is_contact_path(path) or path.endswith("/")
        }
        return replace(
            rules,
            documents={path: read.document for path, read in self._files.items()},
            contacts={path: read.contact for path, read in self._files.items() if read.contact},
            shapes={**rules.shapes, **{path: read.shapes for path, read in self._files.items() if read.shapes}},
            paths=paths,
        )

    def errors(self, content: Content, day: date) -> tuple[Finding, ...]:
        """Tell the errors of what was read last, as of a day."""
        context = (day, content.rulebook)
        self._checked = {path: self._check(path, read, context) for path, read in self._files.items()}
        checked = [file.checked for file in self._checked.values()]
        rulebook, held = content.rulebook, all_held(checked)
        subject = WorkspaceSubject(rulebook=rulebook, paths=content.paths, held=held, partial=False)
        rules = content.rulebook_document, content.shapes.get(RULEBOOK)
        whole = self._whole.made((subject.paths, held, rules), lambda: tuple(_whole(content, subject)))
        if any(finding.location.path != RULEBOOK for finding in whole):
            self._whole = _Last()  # where it stands in a contact file may be another place next time
        found = (*whole, *(finding for one in checked if one.findings for finding in one.findings))
        return in_order(finding for finding in found if finding.severity is Severity.ERROR)

    def _one(self, files: Captured, path: str, schemas: Schemas) -> _ReadFile:
        known, source = self._files.get(path), files.files[path]
        if known is not None and known.schemas is schemas and known.source == source:
            return known
        document = document_from(path, read_bytes(files, path))
        return _ReadFile(source, schemas, document, schemas.contact.shape(document), contact_from(document))

    def _check(self, path: str, read: _ReadFile, context: tuple[date, RuleBook | None]) -> _CheckedFile:
        known = self._checked.get(path)
        day, rulebook = context
        if known and known.read is read and known.context[0] == day and known.context[1] is rulebook:
            return known
        return _CheckedFile(read, context, check_contact(read.document, read.shapes, read.contact, rulebook, day))


def _whole(content: Content, subject: WorkspaceSubject) -> Iterator[Finding]:
    yield from check_rules(content)
    yield from check_whole(subject, content.rulebook_document, content.documents.get)
