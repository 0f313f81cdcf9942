"""Every rule finds its invalid examples, exactly where they say, and none of its valid ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crmtool.rules import ALL_RULES
from crmtool.rules.base import Example

if TYPE_CHECKING:
    from tests.rules.conftest import Find

INVALID = [
    pytest.param(rule.code, example, id=f"{rule.code}-{i}")
    for rule in ALL_RULES.values()
    for i, example in enumerate(rule.invalid)
]
VALID = [
    pytest.param(rule.code, example, id=f"{rule.code}-{i}")
    for rule in ALL_RULES.values()
    for i, example in enumerate(rule.valid)
]


@pytest.mark.parametrize(("code", "example"), INVALID)
def test_an_invalid_example_is_found_where_it_says(code: str, example: Example, find: Find) -> None:
    found = [finding for finding in find(example) if finding.code == code]
    places = [(finding.location.path, finding.location.line, finding.location.column) for finding in found]
    # Some mistakes lie in several places: two files whose ids collide, each status that cannot be left.
    assert example.at in places
    assert len(set(places)) == len(places)
    assert {finding.severity for finding in found} == {ALL_RULES[code].severity}


@pytest.mark.parametrize(("code", "example"), INVALID)
def test_every_finding_says_what_is_wrong_and_what_to_type(code: str, example: Example, find: Find) -> None:
    for finding in find(example):
        assert finding.message
        assert "\n" not in finding.message
        assert finding.hint


@pytest.mark.parametrize(("code", "example"), VALID)
def test_a_valid_example_is_not_found(code: str, example: Example, find: Find) -> None:
    assert code not in [finding.code for finding in find(example)]


def test_the_examples_build_on_a_workspace_without_findings(find: Find) -> None:
    assert find(Example(files={})) == []
