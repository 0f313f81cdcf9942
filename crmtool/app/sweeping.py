"""Check a work tree in one pass: each file is read and judged by itself, and nothing is kept of it but what was found.

What was found is remembered from one run to the next, under the rule book, the schemas and the day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from crmtool.app import read
from crmtool.app.remembering import Memory, Row, fixed
from crmtool.check import Checked, check_contact, check_rules, check_whole, in_order
from crmtool.contact import contact_from, contact_id, is_contact_path
from crmtool.document import Document
from crmtool.finding import CheckResult, Finding, Location, Severity
from crmtool.rules.base import Held, WorkspaceSubject
from crmtool.snapshot import RULEBOOK, SCHEMA_FOLDER, Content, UnreadableError, document_from, read_bytes
from crmtool.workspace import Listing, WorkTree


@dataclass(frozen=True, kw_only=True)
class _Sweep:
    """What all files are judged by."""

    listing: Listing
    rules: Content
    day: date


def swept(root: Path, day: date) -> CheckResult:
    """Check all of a work tree as of a day; raises CrmtoolError where it cannot be listed, or a schema not be used."""
    listing = WorkTree(root).listing()
    files, rules = fixed(listing, _decides)
    sweep = _Sweep(listing=listing, rules=read(files, only=()), day=day)
    memory = Memory(kind="check", root=root, context=f"{day} {rules}")
    rows = memory.rows(listing, partial(_said, sweep))
    return CheckResult(today=day, paths=tuple(rows), findings=in_order(_findings(sweep, rows)))


def _decides(path: str) -> bool:
    return path == RULEBOOK or path.startswith(SCHEMA_FOLDER)


def _said(sweep: _Sweep, path: str, data: bytes | UnreadableError) -> Row:
    """Give what is remembered of a file: the status that its contact is in and since when (or None), and findings."""
    checked = _checked(sweep, document_from(path, data))
    held = [checked.held.status, checked.held.since.isoformat()] if checked.held else None
    return [held, [_plain(finding) for finding in checked.findings]]


def _checked(sweep: _Sweep, document: Document) -> Checked:
    rules = sweep.rules
    shapes = rules.schemas.contact.shape(document)
    return check_contact(document, shapes, contact_from(document), rules.rulebook, sweep.day)


def _plain(finding: Finding) -> list[Any]:
    place = finding.location
    span = place.line, place.column, place.end_line, place.end_column
    return [finding.code, finding.severity.value, finding.message, finding.hint, *span]


def _findings(sweep: _Sweep, rows: Mapping[str, Row]) -> Iterator[Finding]:
    yield from check_rules(sweep.rules)
    for path, (_, _, _, findings) in rows.items():
        yield from (_finding(path, *finding) for finding in findings)
    rules = sweep.rules
    limited = (
        {status.id for status in rules.rulebook.statuses.values() if status.limit is not None}
        if rules.rulebook
        else set()
    )
    # Who is in a status without a limit is asked for by nothing.
    held = tuple(_held(path, *row[2]) for path, row in rows.items() if row[2] and row[2][0] in limited)
    subject = WorkspaceSubject(rulebook=rules.rulebook, paths=rules.paths, held=held, partial=False)
    yield from check_whole(subject, rules.rulebook_document, partial(_document, sweep.listing))


def _document(listing: Listing, path: str) -> Document:
    return document_from(path, read_bytes(listing, path))


def _finding(path: str, code: str, severity: str, message: str, hint: str, *span: int) -> Finding:
    line, column, end_line, end_column = span
    return Finding(
        code=code,
        severity=Severity(severity),
        location=Location(path=path, line=line, column=column, end_line=end_line, end_column=end_column),
        message=message,
        hint=hint,
        contact=contact_id(path) if is_contact_path(path) else None,
    )


def _held(path: str, status: str, since: str) -> Held:
    return Held(contact=contact_id(path), status=status, since=date.fromisoformat(since))
