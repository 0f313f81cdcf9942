"""The codes are a contract: each is there, with its severity and all that its page needs."""

from __future__ import annotations

import re

import pytest

from crmtool.rules import ALL_RULES

ERRORS = """
    yaml-syntax front-matter-missing duplicate-key alias-not-allowed tag-not-allowed not-utf8 too-large too-deep
    unreadable merge-conflict id-collision unknown-key schema invalid-date unknown-status unknown-criterion
    unknown-reason entry-not-allowed transition-not-allowed criteria-missing reason-missing evidence-missing
    decider-not-allowed status-mismatch date-order date-in-future decision-rewritten answer-rewritten contact-deleted
    definition-removed rules-unknown-id rules-misread-id rules-self-transition rules-ambiguous-transition
    rules-unreachable-status rules-dead-end rules-no-exit rules-impossible rules-retired-in-use
"""
WARNINGS = """
    status-no-longer-holds answer-expired next-step-pointless next-step-overdue limit-exceeded activity-wording
    unfilled-text rules-too-many-statuses rules-no-deadline rules-undecided-move rules-idle-criterion
"""


def test_every_code_is_there_with_its_severity() -> None:
    severities = {code: rule.severity.value for code, rule in ALL_RULES.items()}
    assert severities == dict.fromkeys(ERRORS.split(), "error") | dict.fromkeys(WARNINGS.split(), "warning")


def test_rules_are_listed_by_code() -> None:
    assert list(ALL_RULES) == sorted(ALL_RULES)


@pytest.mark.parametrize("code", ALL_RULES)
def test_a_rule_explains_itself(code: str) -> None:
    rule = ALL_RULES[code]
    assert rule.code == code
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+|schema|unreadable", code)
    assert rule.title
    assert not rule.title.endswith(".")
    for text in (rule.why, rule.remedy):
        assert text.endswith((".", "`", ")"))
        assert "\n" not in text
        assert "  " not in text
    assert rule.valid
    assert rule.invalid
    assert all(example.at for example in rule.invalid)
    assert not any(example.at for example in rule.valid)
