from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest

from crmtool.finding import CheckResult, Severity
from crmtool.formats.as_junit import render
from tests.unit.formats.hostile import COMMIT, everything_hostile, finding, result

# What the schemas that Jenkins and Ant publish have in common: of each element its attributes and children, in order.
ATTRIBUTES = {
    "testsuites": set[str](),
    "testsuite": {"name", "tests", "failures", "errors", "skipped"},
    "testcase": {"name", "classname", "file"},
    "failure": {"message", "type"},
    "system-out": set[str](),
}
CHILDREN = {"testsuites": ["testsuite"], "testsuite": ["testcase", "system-out"], "testcase": ["failure", "system-out"]}


def suite_of(checked: CheckResult, *, strict: bool = False) -> ET.Element:
    root = ET.fromstring(render(checked, strict=strict).encode())
    assert root.tag == "testsuites"
    for element in root.iter():
        assert set(element.attrib) <= ATTRIBUTES[element.tag]
        tags = [child.tag for child in element]
        assert tags == sorted(tags, key=CHILDREN.get(element.tag, []).index)
    (suite,) = root
    cases = suite.findall("testcase")
    assert (
        int(suite.attrib["tests"]) == len(cases) == len({(case.get("classname"), case.get("name")) for case in cases})
    )
    assert int(suite.attrib["failures"]) == len(suite.findall("testcase/failure"))
    assert all(len(case.findall("failure")) <= 1 and len(case.findall("system-out")) <= 1 for case in cases)
    return suite


def names(suite: ET.Element, path: str = "testcase") -> list[str | None]:
    return [case.get("name") for case in suite.findall(path)]


def test_each_file_is_a_case_and_so_is_the_rule_book() -> None:
    suite = suite_of(result(finding(), paths=["contacts/z.md", "contacts/b.md"]))
    assert names(suite) == ["criteria.yaml", "contacts/a.md", "contacts/b.md", "contacts/z.md"]
    assert names(suite, "testcase[failure]") == ["contacts/a.md"]
    assert [case.get("classname") for case in suite][:2] == ["crmtool.rules", "crmtool.contacts"]


def test_nothing_looked_at_is_still_a_case() -> None:
    assert names(suite_of(result())) == ["criteria.yaml"]


def test_rule_books_with_findings_stand_for_themselves() -> None:
    suite = suite_of(result(finding(path="sales/criteria.yaml"), paths=["hiring/contacts/a.md"]))
    assert names(suite) == ["sales/criteria.yaml", "hiring/contacts/a.md"]


def test_all_errors_of_a_file_are_one_failure() -> None:
    (failure,) = suite_of(result(finding(commit=COMMIT), finding("another", code="schema"))).iter("failure")
    assert failure.attrib == {
        "message": "unknown key 'emial' (in commit 0123456789) (and 1 more)",
        "type": "unknown-key",
    }
    assert failure.text == (
        "contacts/a.md:5:3: error: unknown key 'emial' (in commit 0123456789) [unknown-key]\n"
        "    did you mean 'email'?\n"
        "contacts/a.md:5:3: error: another [schema]\n"
        "    did you mean 'email'?"
    )


@pytest.mark.parametrize("strict", [False, True])
def test_warnings_are_output_unless_they_count(strict: bool) -> None:
    suite = suite_of(result(finding("late", severity=Severity.WARNING)), strict=strict)
    (case,) = suite.findall("testcase[@name='contacts/a.md']")
    assert [child.tag for child in case] == ["failure" if strict else "system-out"]
    assert "warning: late" in (case[0].text or "")


def test_hostile_texts(golden: Callable[[str, str], None]) -> None:
    checked = everything_hostile()
    golden("formats/junit.xml", render(checked) + "\n")
    suite = suite_of(checked)
    told = "".join(suite.itertext())
    assert "[[ATTACHMENT" not in told
    assert "[ [ATTACHMENT|/etc/passwd]]" in told
    assert "]]> </failure><failure>" in told
    assert "\ufffe" not in told
    assert told.count("lone \\udcff\\ud800 surrogate") == 3  # the message, and the hint twice
    assert (suite.findtext("system-out") or "").startswith("The changed rule book gives 5 of 6 contacts")
