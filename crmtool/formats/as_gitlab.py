"""Findings as a Code Quality report of GitLab."""

from __future__ import annotations

from typing import Any

from crmtool.finding import CheckResult, Finding, Severity
from crmtool.formats.as_json import laid_out
from crmtool.formats.as_text import hint_lines, message
from crmtool.formats.fingerprint import fingerprints
from crmtool.text import visible

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor"}


def render(result: CheckResult) -> str:
    """Render findings as a JSON list. What a changed rule book does is nothing to mend and has no place here."""
    pairs = zip(result.findings, fingerprints(result.findings), strict=True)
    return laid_out([_issue(finding, fingerprint) for finding, fingerprint in pairs])


def _issue(finding: Finding, fingerprint: str) -> dict[str, Any]:
    place = finding.location
    return {
        "description": " – ".join([message(finding), *map(str.strip, hint_lines(finding))]),
        "check_name": finding.code,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": visible(place.path), "lines": {"begin": place.line, "end": place.end_line}},
    }
