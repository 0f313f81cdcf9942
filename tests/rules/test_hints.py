"""Hints that say what was meant, beyond the examples."""

from __future__ import annotations

import pytest

from crmtool.rules.base import Example
from crmtool.rules.examples import CONTACT, CONTACT_PATH, contact, rulebook
from tests.rules.conftest import Find

STOPPED = "Fits the profile}\n  - {date: 2026-11-20, to: stopped, because: Plans by hand, reason: "


def hint(find: Find, example: Example, code: str) -> str:
    (finding,) = [finding for finding in find(example) if finding.code == code]
    return finding.hint


@pytest.mark.parametrize(
    ("files", "code", "expected"),
    [
        (contact("status: clarifying", "status: CLARIFYING"), "unknown-status", "write the id 'clarifying'"),
        (contact("  fit:", '  "Fits the Profile":'), "unknown-criterion", "write the id 'fit' (its label is"),
        (
            contact("status: clarifying", "status: stopped", "Fits the profile}", STOPPED + "our own No}"),
            "unknown-reason",
            "write the id 'our_no' (its label is 'Our own no')",
        ),
        (contact("  fit:", "  fits:"), "unknown-criterion", "keep the old one there, with `retired: DATE`"),
    ],
)
def test_a_label_is_understood(find: Find, files: dict[str, str], code: str, expected: str) -> None:
    assert expected in hint(find, Example(files=files), code)


def test_a_decision_is_offered_only_where_a_way_leads(find: Find) -> None:
    stopped = Example(files=contact("status: clarifying", "status: stopped"))
    assert "to: stopped" in hint(find, stopped, "status-mismatch")
    back = Example(files=contact("status: clarifying", "status: new"))
    assert hint(find, back, "status-mismatch") == "write `status: clarifying`"


def test_what_is_wrong_in_the_rule_book_is_not_asked_of_the_contact(find: Find) -> None:
    typo = Example(files=rulebook("requires: [fit, {not_met", "requires: [fitt, {not_met"))
    assert hint(find, typo, "criteria-missing") == "first have:\n  a rule book that knows fitt: mend criteria.yaml"
    assert find(typo)[0].code == "rules-unknown-id"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("evidence: 85 people}", "evidence: 85 people, B2B}", "put text that holds a comma in quotes"),
        ("{met: 2026-11-03, evidence", "{met:2026-11-03, evidence", "put a space after the colon"),
    ],
)
def test_what_a_missing_quote_or_space_makes_of_a_line(find: Find, old: str, new: str, expected: str) -> None:
    assert hint(find, Example(files=contact(old, new)), "unknown-key") == expected


def test_news_are_an_answer_of_their_own(find: Find) -> None:
    changed = contact("fit: {met: 2026-11-03, evidence: 85 people}", "fit: {not_met: 2026-11-20, evidence: 9 people}")
    example = Example(files=changed, base={CONTACT_PATH: CONTACT})
    assert "`fit: [{met: 2026-11-03, …}, {not_met: 2026-11-20, …}]`" in hint(find, example, "answer-rewritten")
    reworded = Example(files=contact("85 people", "86 people"), base={CONTACT_PATH: CONTACT})
    assert "if this is news" not in hint(find, reworded, "answer-rewritten")


def test_where_the_rules_have_changed_older_decisions_can_be_left_as_they_are(find: Find) -> None:
    more = rulebook("requires: [fit, {not_met", "requires: [fit, pain, {not_met")
    changed = hint(find, Example(files=more, base=rulebook()), "criteria-missing")
    at_qualify = "`since: 2026-11-23` at the transition 'qualify' in criteria.yaml"
    assert changed.endswith(
        f"\nor, if the rule is newer than the decision: {at_qualify} leaves older decisions as they are"
    )
    assert "since" not in hint(find, Example(files=more, base=more), "criteria-missing")
    since = rulebook("requires: [fit, {not_met", "since: 2026-11-23, requires: [fit, pain, {not_met")
    assert "criteria-missing" not in {found.code for found in find(Example(files=since, base=rulebook()))}
