"""Findings for GitHub Actions: workflow commands, which become annotations, and Markdown for a step's summary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from crmtool.finding import CheckResult, Finding, Severity
from crmtool.formats.as_text import finding_lines, hint_lines, impact_lines, message
from crmtool.text import visible

MOST = 10
"""So many annotations of each severity GitHub shows for a step."""
SUMMARY_BYTES = 1024 * 1024
"""How large the summary of a step may be; of a larger one GitHub shows nothing."""
_MOST_CHARACTERS = 2000
_FOLDED_FROM = 20
_HEADER = ("| | where | what |", "| --- | --- | --- |")
# As an entity a character is text, whatever it means to Markdown or HTML. Within <code> GitHub makes no links of names
# and numbers either.
_MARKUP = re.compile(r"[!\"#$%&*+:<=>?@\[\\\]^_`{|}~]|(?<=www)\.", re.IGNORECASE)


def render(result: CheckResult) -> str:
    """Render as many findings as GitHub shows as commands, the most important first; the rest as lines in a fold."""
    shown, rest = _split(result.findings)
    lines = [_command(finding) for finding in shown]
    if rest:
        folded = (line for finding in rest for line in finding_lines(finding))
        lines += [f"::group::{_more(rest)}", *map(_log_line, folded), "::endgroup::"]
    return "\n".join(lines)


def beyond(result: CheckResult) -> int:
    """Count the findings that GitHub does not show as annotations."""
    return len(_split(result.findings)[1])


def summary(result: CheckResult, headline: str, room: int = SUMMARY_BYTES) -> str:
    """Tell everything as Markdown for a step's summary, in at most `room` bytes; what has no room is counted.

    Nothing that stands in a file can end its cell, mention anybody or become a link.
    """
    rows = [_row(finding) for finding in _by_weight(result.findings)]
    title, *affected = impact_lines(result) or [""]
    items = [f"- {_code(line.strip())}" for line in affected]
    text = f"### {headline}\n\n"
    text += _block("Findings", _HEADER, rows, room - len(text.encode()))
    text += _block(title, (), items, room - len(text.encode()))
    return text if len(text.encode()) <= room else ""


def _by_weight(findings: Iterable[Finding]) -> list[Finding]:
    """Put errors first, and those that are there at the end before those of single commits; else as they are."""
    return sorted(findings, key=lambda finding: (finding.severity is not Severity.ERROR, finding.commit is not None))


def _split(findings: Iterable[Finding]) -> tuple[list[Finding], list[Finding]]:
    shown: list[Finding] = []
    rest: list[Finding] = []
    for _, group in groupby(_by_weight(findings), key=lambda finding: finding.severity):
        of_severity = list(group)
        shown += of_severity[:MOST]
        rest += of_severity[MOST:]
    return shown, rest


def _command(finding: Finding) -> str:
    place = finding.location
    properties = {"file": visible(place.path), "line": place.line, "endLine": place.end_line}
    if place.line == place.end_line:  # GitHub knows columns only within one line
        properties |= {"col": place.column, "endColumn": place.end_column}
    properties["title"] = finding.code
    told = ",".join(f"{key}={_escaped_property(str(value))}" for key, value in properties.items())
    text = "\n".join([message(finding), *hint_lines(finding)])
    return f"::{finding.severity.value} {told}::{_escaped(_clipped(text))}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escaped_property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


def _log_line(line: str) -> str:
    # A command begins a line, but for blanks, or stands anywhere in it in the older notation.
    return f"| {_clipped(line)}".replace("##[", "## [")


def _more(findings: Sequence[Finding]) -> str:
    return f"{len(findings):,} more finding{'s' if findings[1:] else ''}"


def _row(finding: Finding) -> str:
    place = finding.location
    where = _code(f"{visible(place.path)}:{place.line}:{place.column}")
    what = "<br>".join(map(_code, [message(finding), *hint_lines(finding)]))
    return f"| {finding.severity.value} | {where} | {what} {_code(f'[{finding.code}]')} |"


def _code(text: str) -> str:
    return f"<code>{_MARKUP.sub(lambda match: f'&#{ord(match[0])};', _clipped(text))}</code>"


def _clipped(text: str) -> str:
    return text if len(text) <= _MOST_CHARACTERS else f"{text[: _MOST_CHARACTERS - 1]}…"


def _block(title: str, header: Iterable[str], rows: Sequence[str], room: int) -> str:
    """Put rows below a title, folded where they are many, as far as there is room for them."""
    if not rows:
        return ""
    opening, closing = (f"{title}\n\n", "\n") if len(rows) < _FOLDED_FROM else _fold(f"{title} ({len(rows):,})")
    opening += "".join(f"{line}\n" for line in header)
    notice = f"\n{len(rows):,} in all; the others have no room here.\n"
    kept = list(_fitting(rows, room - len((opening + notice + closing).encode())))
    if not kept:
        return ""
    return "".join((opening, *kept, notice if len(kept) < len(rows) else "", closing))


def _fold(title: str) -> tuple[str, str]:
    return f"<details><summary>{title}</summary>\n\n", "\n</details>\n\n"


def _fitting(rows: Iterable[str], room: int) -> Iterator[str]:
    for row in rows:
        line = f"{row}\n"
        room -= len(line.encode())
        if room < 0:
            return
        yield line
