"""Findings as JUnit XML: each file is a test case, which errors fail."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from xml.etree import ElementTree as ET

from crmtool.finding import CheckResult, Finding, Severity
from crmtool.formats.as_text import finding_lines, impact_lines, message
from crmtool.snapshot import RULEBOOK
from crmtool.text import visible

_NO_CHARACTERS = dict.fromkeys((0xFFFE, 0xFFFF), "\ufffd")
"""What XML forbids and `visible` leaves."""


def render(result: CheckResult, *, strict: bool = False) -> str:
    """Render one suite: a case for each contact file that was looked at, and one for each rule book.

    With `strict`, warnings fail a case, too; else they are told in its output.
    """
    failing = frozenset(Severity) if strict else {Severity.ERROR}
    cases = [_case(path, findings, failing) for path, findings in _by_path(result).items()]
    failures = sum(case.find("failure") is not None for case in cases)
    suite = ET.Element("testsuite", name="crmtool check")
    for name, count in {"tests": len(cases), "failures": failures, "errors": 0, "skipped": 0}.items():
        suite.set(name, str(count))
    suite.extend(cases)
    _add_output(suite, impact_lines(result))
    root = ET.Element("testsuites")
    root.append(suite)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode")


def _by_path(result: CheckResult) -> Mapping[str, Sequence[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in result.findings:
        found.setdefault(finding.location.path, []).append(finding)
    # Which rule books were read is not told where they are sound. One case stands for them all: some servers take a
    # report without cases for a failure.
    sound = () if any(map(_is_rulebook, found)) else (RULEBOOK,)
    paths = sorted({*found, *sound, *result.paths}, key=lambda path: (not _is_rulebook(path), path))
    return {path: found.get(path, []) for path in paths}


def _is_rulebook(path: str) -> bool:
    return path.rpartition("/")[2] == RULEBOOK


def _case(path: str, findings: Sequence[Finding], failing: Collection[Severity]) -> ET.Element:
    # A reader takes what follows the last dot of `classname` for the class, and the rest for its package.
    name = _text(visible(path))
    case = ET.Element("testcase", classname=f"crmtool.{'rules' if _is_rulebook(path) else 'contacts'}", name=name)
    if findings or not _is_rulebook(path):
        case.set("file", name)
    failed = [finding for finding in findings if finding.severity in failing]
    if failed:
        # One failure for all: most readers show only the first, and some only its text or only its message.
        more = f" (and {len(failed) - 1} more)" if failed[1:] else ""
        failure = ET.SubElement(case, "failure", message=_text(message(failed[0])) + more, type=failed[0].code)
        failure.text = _text("\n".join(_lines(failed)))
    _add_output(case, _lines(finding for finding in findings if finding.severity not in failing))
    return case


def _lines(findings: Iterable[Finding]) -> list[str]:
    return [line for finding in findings for line in finding_lines(finding)]


def _add_output(parent: ET.Element, lines: Iterable[str]) -> None:
    text = "\n".join(lines)
    if text:
        ET.SubElement(parent, "system-out").text = _text(text)


def _text(text: str) -> str:
    """Take out what XML forbids, and what Jenkins and GitLab take for the name of a file to be attached."""
    return text.translate(_NO_CHARACTERS).replace("[[ATTACHMENT", "[ [ATTACHMENT")
