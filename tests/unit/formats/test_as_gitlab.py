from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from crmtool.finding import Severity
from crmtool.formats.as_gitlab import render
from tests.unit.formats.hostile import COMMIT, everything_hostile, finding, result


def test_a_finding_has_what_gitlab_asks_for() -> None:
    (issue,) = json.loads(render(result(finding(severity=Severity.WARNING, commit=COMMIT))))
    fingerprint = issue.pop("fingerprint")
    assert len(fingerprint) == 32
    assert issue == {
        "description": "unknown key 'emial' (in commit 0123456789) – did you mean 'email'?",
        "check_name": "unknown-key",
        "severity": "minor",
        "location": {"path": "contacts/a.md", "lines": {"begin": 5, "end": 5}},
    }


def test_nothing_found_is_an_empty_list() -> None:
    assert json.loads(render(result(paths=["contacts/a.md"]))) == []


def test_hostile_texts(golden: Callable[[str, str], None]) -> None:
    report = render(everything_hostile())
    golden("formats/gitlab.json", report + "\n")
    issues: list[dict[str, Any]] = json.loads(report.encode())
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == len(everything_hostile().findings)
    assert {issue["severity"] for issue in issues} == {"major", "minor"}
    assert all("\n" not in issue["description"] + issue["location"]["path"] for issue in issues)
