"""Findings as JSON: a contract of its own, version 1, described by schemas/output.schema.json."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from crmtool.finding import Finding, Severity
from crmtool.text import visible

if TYPE_CHECKING:  # who writes other things as JSON need not load all checks
    from crmtool.finding import CheckResult, Impact

VERSION = 1


def render(result: CheckResult) -> str:
    """Render a check's result as one JSON object, two spaces deep."""
    return dumps(report(result))


def dumps(value: dict[str, Any]) -> str:
    """Write JSON as every command does."""
    return laid_out(value)


def laid_out(value: Any) -> str:
    """Write JSON on lines, in which what a terminal would obey is escaped: all that JSON itself leaves as it is."""
    return "\n".join(map(visible, json.dumps(value, ensure_ascii=False, indent=2).split("\n")))


def report(result: CheckResult) -> dict[str, Any]:
    """Give the values of a check's JSON; `impact` is there only where a changed rule book changes a judgement."""
    values: dict[str, Any] = {
        "version": VERSION,
        "today": result.today.isoformat(),
        "contacts": result.contacts,
        "errors": result.count(Severity.ERROR),
        "warnings": result.count(Severity.WARNING),
        "findings": [finding(found) for found in result.findings],
    }
    if result.impact:
        values["impact"] = [impact_values(impact) for impact in result.impact]
    return values


def finding(found: Finding) -> dict[str, Any]:
    """Give the values of one finding; `commit` is there only where it was found in a commit of a range."""
    place = found.location
    values = {
        "code": found.code,
        "severity": found.severity.value,
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "message": found.message,
        "hint": found.hint,
        "contact": found.contact,
    }
    return values if found.commit is None else {**values, "commit": found.commit}


def impact_values(impact: Impact) -> dict[str, Any]:
    """Give the values of what a changed rule book does to one contact."""
    return {
        "contact": impact.contact,
        "before": {"verdict": impact.verdict_before, "distance": impact.distance_before},
        "after": {"verdict": impact.verdict_after, "distance": impact.distance_after},
    }
