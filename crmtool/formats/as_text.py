"""Findings as lines that people read and editors jump to: path:line:column: severity: message [code]."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from crmtool.finding import CheckResult, Finding, Impact, Severity
from crmtool.text import short_id, visible

Paint = Callable[[str, str], str]
"""Colours a text: (text, name of the colour) → text."""


def plain(text: str, _colour: str) -> str:
    """Paint nothing."""
    return text


def render(result: CheckResult, paint: Paint = plain) -> str:
    """Render findings, each with its hint below, then what a changed rule book does."""
    return "\n".join(
        [*(line for finding in result.findings for line in finding_lines(finding, paint)), *impact_lines(result)]
    )


def summary(result: CheckResult, checked: str | None = None) -> str:
    """Tell in one line what was checked (the contacts, if nothing else is named) and what was found."""
    errors, warnings = result.count(Severity.ERROR), result.count(Severity.WARNING)
    checked = f"{checked or f'{result.contacts} contact{_plural(result.contacts)}'} checked"
    if not errors and not warnings:
        return f"{checked}: nothing to mend"
    counts = [f"{n} {name}{_plural(n)}" for n, name in ((errors, "error"), (warnings, "warning")) if n]
    return f"{checked}: {', '.join(counts)}"


def _plural(n: int) -> str:
    return "" if n == 1 else "s"


def finding_lines(finding: Finding, paint: Paint = plain) -> Iterator[str]:
    """Render one finding, its hint indented below."""
    place = finding.location
    colour = "red" if finding.severity is Severity.ERROR else "yellow"
    severity = paint(finding.severity.value, colour)
    where = paint(f"{visible(place.path)}:{place.line}:{place.column}", "bold")
    yield f"{where}: {severity}: {message(finding)} {paint(f'[{finding.code}]', 'dim')}"
    for line in hint_lines(finding):
        yield f"    {line}"


def message(finding: Finding) -> str:
    """Tell what was found, in one line; where a commit of a range has it, in which one."""
    commit = f" (in commit {short_id(finding.commit)})" if finding.commit else ""
    return visible(finding.message) + commit


def hint_lines(finding: Finding) -> list[str]:
    """Tell what to type, in lines."""
    return [visible(line) for line in finding.hint.splitlines()]


def impact_lines(result: CheckResult) -> list[str]:
    """Tell whom a changed rule book judges differently: a heading and a line for each; nothing where it is nobody."""
    if not result.impact:
        return []
    count = f"{len(result.impact)} of {result.contacts} contacts"
    heading = f"The changed rule book gives {count} another verdict or distance:"
    return [heading, *(f"    {_impact(impact)}" for impact in result.impact)]


def _impact(impact: Impact) -> str:
    return (
        f"{visible(impact.contact)}: {_judged(impact.verdict_before, impact.distance_before)}"
        f" → {_judged(impact.verdict_after, impact.distance_after)}"
    )


def _judged(verdict: str | None, distance: int | None) -> str:
    return (verdict or "not judged") + (f" (distance {distance})" if distance is not None else "")
