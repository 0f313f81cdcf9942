"""Findings as SARIF 2.1.0, which code scanning and editors read."""

from __future__ import annotations

from typing import Any

from crmtool import __version__
from crmtool.finding import CheckResult, Finding, Location
from crmtool.formats.as_json import dumps, impact_values
from crmtool.formats.as_text import hint_lines, message
from crmtool.formats.fingerprint import fingerprints
from crmtool.report.links import encoded
from crmtool.rules import ALL_RULES
from crmtool.rules.base import Rule
from crmtool.text import visible

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_TOP = "%SRCROOT%"
_INDEX = {code: index for index, code in enumerate(ALL_RULES)}


def render(result: CheckResult) -> str:
    """Render findings as a SARIF log with one run, which describes all rules."""
    return dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(result)]})


def _run(result: CheckResult) -> dict[str, Any]:
    pairs = zip(result.findings, fingerprints(result.findings), strict=True)
    run: dict[str, Any] = {
        "tool": {"driver": {"name": "crmtool", "version": __version__, "rules": list(map(_rule, ALL_RULES.values()))}},
        "invocations": [{"executionSuccessful": True}],
        "originalUriBaseIds": {_TOP: {"description": {"text": "The top level of the repository."}}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, fingerprint) for finding, fingerprint in pairs],
    }
    if result.impact:
        values = [{**impact_values(impact), "contact": visible(impact.contact)} for impact in result.impact]
        run["properties"] = {"impact": values}
    return run


def _rule(rule: Rule) -> dict[str, Any]:
    text = f"{rule.why}\n\n{rule.remedy}"
    return {
        "id": rule.code,
        "shortDescription": {"text": f"{rule.title}."},
        "fullDescription": {"text": rule.why},
        "help": {"text": text, "markdown": text},
        "defaultConfiguration": {"level": rule.severity.value},
    }


def _result(finding: Finding, fingerprint: str) -> dict[str, Any]:
    place = {"uri": encoded(finding.location.path), "uriBaseId": _TOP}
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": _INDEX[finding.code],
        "level": finding.severity.value,
        "message": {"text": _text(finding)},
        "locations": [{"physicalLocation": {"artifactLocation": place, "region": _region(finding.location)}}],
        # A key of our own: GitHub reckons `primaryLocationLineHash` itself, and warns where it finds another one.
        "partialFingerprints": {"crmtool/v1": fingerprint},
    }
    return result if finding.commit is None else {**result, "properties": {"commit": finding.commit}}


def _text(finding: Finding) -> str:
    # A text is no link, even if a contact says [so](1). Braces are doubled only in messages that take arguments.
    return "\n".join([message(finding), *hint_lines(finding)]).replace("](", "] (")


def _region(place: Location) -> dict[str, int]:
    begin = {"startLine": place.line, "startColumn": place.column}
    if (place.end_line, place.end_column) == (place.line, place.column):
        return begin  # an end at the beginning would mean a place between two characters
    return {**begin, "endLine": place.end_line, "endColumn": place.end_column}
