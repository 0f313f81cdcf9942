"""Findings as an editor shows them."""

from __future__ import annotations

from collections.abc import Iterable

from lsprotocol import types

from crmtool.document import Document
from crmtool.errors import CrmtoolError
from crmtool.finding import Finding, Location, Severity
from crmtool.lsp.pages import page_uri
from crmtool.lsp.positions import Places
from crmtool.text import LINE_BREAK, Lines, Span

SOURCE = "crmtool"
_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
}


def diagnostics(findings: Iterable[Finding], document: Document, places: Places) -> list[types.Diagnostic]:
    """Turn the findings of a file into diagnostics; each code leads to its page."""
    lines = Lines(document.text)
    return [_diagnostic(finding, lines, places) for finding in findings]


def broken(error: CrmtoolError) -> types.Diagnostic:
    """Tell why nothing can be told of a file, such as a schema that is none."""
    text = "\n".join((str(error), *error.advice))
    top = types.Position(0, 0)
    return types.Diagnostic(types.Range(top, top), text, severity=types.DiagnosticSeverity.Error, source=SOURCE)


def span_of(location: Location, lines: Lines) -> Span:
    """Give the offsets of a finding's place; an empty place is widened to the line that it begins."""
    start = lines.offset(location.line, location.column)
    end = lines.offset(location.end_line, location.end_column)
    if end <= start:
        match = LINE_BREAK.search(lines.text, start)
        end = match.start() if match else len(lines.text)
    return Span(start, end)


def _diagnostic(finding: Finding, lines: Lines, places: Places) -> types.Diagnostic:
    uri = page_uri(finding.code)
    return types.Diagnostic(
        range=places.range(span_of(finding.location, lines)),
        severity=_SEVERITIES[finding.severity],
        code=finding.code,
        code_description=types.CodeDescription(uri) if uri else None,
        source=SOURCE,
        message=f"{finding.message}\n{finding.hint}" if finding.hint else finding.message,
    )
