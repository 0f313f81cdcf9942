"""Check a work tree in one pass: each file is read and judged by itself, and nothing is kept of it but what was found.

What was found is remembered from one run to the next by the content of the file, so that only what changed is judged
again. All of it is forgotten as soon as the rule book, a schema, the day or the program is another one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from crmtool import cache
from crmtool.app import read
from crmtool.app.counting import counted
from crmtool.check import Checked, check_contact, check_rules, check_whole, in_order
from crmtool.contact import contact_from, contact_id, is_contact_path
from crmtool.document import Document
from crmtool.finding import CheckResult, Finding, Location, Severity
from crmtool.parallel import mapped
from crmtool.rules.base import Held, WorkspaceSubject
from crmtool.snapshot import RULEBOOK, SCHEMA_FOLDER, Content, Snapshot, document_from, read_bytes
from crmtool.workspace import Listing, WorkTree

_KIND = "check"
_LEAST = 300
"""How many files a process must have to judge before it pays to start another one."""

_Row = list[Any]
"""What is remembered of a file: signature, content id, status held and since when (or None), findings."""
_Rows = dict[str, _Row]


@dataclass(frozen=True, kw_only=True)
class _Sweep:
    """What all files are judged by, and what is known of them."""

    listing: Listing
    rules: Content
    day: date
    known: Mapping[str, _Row]


def swept(root: Path, day: date) -> CheckResult:
    """Check all of a work tree as of a day; raises CrmtoolError where it cannot be listed, or a schema not be used."""
    listing = WorkTree(root).listing()
    context = _context(listing, day)
    known = _recalled(root, context)
    sweep = _Sweep(listing=listing, rules=read(listing, only=()), day=day, known=known)
    rows = _rows(sweep)
    if rows != known:
        cache.store(_KIND, str(root), _json([context, rows]))
    return CheckResult(today=day, paths=tuple(rows), findings=in_order(_findings(sweep, rows)))


def _context(listing: Listing, day: date) -> str:
    """Name what all findings depend on, beside the contacts and the program."""
    parts = [day.isoformat().encode()]
    for path in listing.signatures:
        if path == RULEBOOK or path.startswith(SCHEMA_FOLDER):
            data = read_bytes(listing, path)
            parts += path.encode(errors="surrogateescape"), data if isinstance(data, bytes) else repr(data).encode()
    return cache.content_id(*parts)


def _recalled(root: Path, context: str) -> _Rows:
    stored = cache.load(_KIND, str(root))
    found, rows = json.loads(stored) if stored else ("", {})
    return rows if found == context else {}


def _rows(sweep: _Sweep) -> _Rows:
    """Tell of each contact file what is known of it, judged anew where it may have changed."""
    signatures, known = sweep.listing.signatures, sweep.known
    paths = sorted(path for path in signatures if is_contact_path(path) or path.endswith("/"))
    changed = [path for path in paths if not signatures[path] or known.get(path, ("",))[0] != signatures[path]]
    shares = mapped(lambda share: _judged(sweep, share), changed, least=_LEAST)
    rows = {**known, **dict(zip(changed, (row for share in shares for row in share), strict=True))}
    return {path: rows[path] for path in paths}


def _judged(sweep: _Sweep, paths: Sequence[str]) -> list[_Row]:
    files = counted(sweep.listing, paths)
    return [_row(sweep, files, path) for path in paths]


def _row(sweep: _Sweep, files: Snapshot, path: str) -> _Row:
    data = read_bytes(files, path)
    id = cache.content_id(data) if isinstance(data, bytes) else None
    before = sweep.known.get(path)
    if before is None or id is None or before[1] != id:
        before = ["", id, *_said(_checked(sweep, document_from(path, data)))]
    return [sweep.listing.signatures[path], *before[1:]]


def _checked(sweep: _Sweep, document: Document) -> Checked:
    rules = sweep.rules
    shapes = rules.schemas.contact.shape(document)
    return check_contact(document, shapes, contact_from(document), rules.rulebook, sweep.day)


def _said(checked: Checked) -> tuple[list[str] | None, list[list[Any]]]:
    held = [checked.held.status, checked.held.since.isoformat()] if checked.held else None
    return held, [_plain(finding) for finding in checked.findings]


def _plain(finding: Finding) -> list[Any]:
    place = finding.location
    span = place.line, place.column, place.end_line, place.end_column
    return [finding.code, finding.severity.value, finding.message, finding.hint, *span]


def _findings(sweep: _Sweep, rows: _Rows) -> Iterator[Finding]:
    yield from check_rules(sweep.rules)
    for path, (_, _, _, findings) in rows.items():
        yield from (_finding(path, *finding) for finding in findings)
    held = tuple(_held(path, *row[2]) for path, row in rows.items() if row[2])
    rules = sweep.rules
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


def _json(value: object) -> bytes:
    # Names of files may hold bytes that are no text: escaped, they come back as they were.
    return json.dumps(value, separators=(",", ":")).encode()
