"""A contact's file opened in an editor: what it was, what is wrong with it afterwards, and the way back."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from crmtool.app import read
from crmtool.app.changing.committed import committed
from crmtool.app.changing.draft import Draft
from crmtool.app.changing.target import file_bytes
from crmtool.app.naming import read_named
from crmtool.check import check
from crmtool.errors import CrmtoolError
from crmtool.finding import Finding, Severity
from crmtool.text import visible
from crmtool.workspace import WorkTree
from crmtool.writing import replace_unchanged


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A contact file as it was before it was edited; it may have errors."""

    root: Path
    path: str
    before: bytes
    today: date

    @property
    def file(self) -> Path:
        """Where the file lies."""
        return self.root / self.path

    def now(self) -> bytes | None:
        """Give what the file holds now; None where it is gone; raises CrmtoolError where it cannot be read."""
        return file_bytes(WorkTree(self.root), self.path) if os.path.lexists(self.file) else None

    def findings(self) -> tuple[Finding, ...]:
        """List what is wrong with the file now, past entries that were rewritten since HEAD among it; errors first."""
        content = read(WorkTree(self.root), only=(self.path,))
        result = check(content, self.today, committed(self.root, self.path, content.schemas), partial=True)
        found = (each for each in result.findings if each.location.path == self.path)
        return tuple(sorted(found, key=lambda each: each.severity is not Severity.ERROR))

    def restore(self, seen: bytes | None) -> None:
        """Put back what the file held before, if it is still as it was `seen`; raises CrmtoolError."""
        replace_unchanged(self.file, seen, self.before)

    def as_draft(self) -> Draft:
        """Give the edited file as a draft that is written already; raises CrmtoolError where it cannot be read."""
        content = read(WorkTree(self.root), only=(self.path,))
        contact = content.contacts.get(self.path)
        if contact is None:
            raise CrmtoolError(f"{visible(self.path)} has errors; nothing was committed")
        data = file_bytes(WorkTree(self.root), self.path)
        return Draft(root=self.root, path=self.path, before=data, data=data, contact=contact, content=content)


def open_file(root: Path, wanted: str, start: Path, today: date) -> Opened:
    """Find the contact file that is meant, errors or not; raises CrmtoolError."""
    path, _ = read_named(root, wanted, start)
    return Opened(root=root, path=path, before=file_bytes(WorkTree(root), path), today=today)
