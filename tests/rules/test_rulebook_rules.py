"""The rule book's rules beyond their examples."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crmtool.rules.base import Example
from crmtool.rules.examples import RULEBOOK, RULEBOOK_PATH, rulebook
from tests.conftest import ROOT, format_example

if TYPE_CHECKING:
    from tests.rules.conftest import Find


def messages(find: Find, text: str, code: str) -> list[str]:
    found = find(Example(files={RULEBOOK_PATH: text}))
    return [finding.message for finding in found if finding.code == code]


def edited(*edits: tuple[str, str]) -> str:
    text = RULEBOOK
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize(
    "text", [format_example("yaml"), (ROOT / "criteria.yaml").read_text("utf-8")], ids=["format", "own"]
)
def test_the_rule_books_that_people_start_from_are_without_fault(text: str, find: Find) -> None:
    found = find(Example(files={RULEBOOK_PATH: text}))
    assert [finding for finding in found if finding.location.path == RULEBOOK_PATH] == []


@pytest.mark.parametrize(
    "id",
    [
        "no",
        "on",
        "yes",
        "off",
        "y",
        "N",
        "true",
        "Null",
        "null",
        "~",
        "1e3",
        "12:30",
        "2026-01-01",
        "0x1F",
        "1_000",
        "1",
        "-1",
        ".inf",
        "0o7",
        "=",
        "<<",
        "a.b",
        "a b",
        "ä/ö",
        "*",
        "x\\ny",
    ],
)
def test_ids_that_can_be_misread(id: str, find: Find) -> None:
    text = edited(("our_no: Our own no", f'"{id}": Our own no'))
    assert len(messages(find, text, "rules-misread-id")) == 1


@pytest.mark.parametrize("id", ["nope", "no_fit", "größe-2", "_x", "Nein", "nan", "inf", "x1e3", "ja"])
def test_ids_that_cannot_be_misread(id: str, find: Find) -> None:
    text = edited(("our_no: Our own no", f"{id}: Our own no"))
    assert messages(find, text, "rules-misread-id") == []


def test_ids_of_every_kind_are_looked_at(find: Find) -> None:
    text = edited(
        ("  parked: {label", "  off: {label: Off, meaning: Out of it, kind: ended}\n  parked: {label"),
        ("  conflict: {label", "  yes: {label: Yes, question: Is it?, knockout: true}\n  conflict: {label"),
        ("  resume: {", "  on: {"),
        ("our_no: Our own no", "no: Our own no"),
        ("  no_pain: {", "  12:30: {"),
    )
    told = " ".join(messages(find, text, "rules-misread-id"))
    for named in ("status 'off'", "criterion 'yes'", "transition 'on'", "reason 'no'", "stop rule '12:30'"):
        assert named in told


def test_any_status_never_includes_the_target(find: Find) -> None:
    text = edited(
        ("  stop: {", '  shelve: {from: "*", to: shelf}\n  stop: {'),
        ("parked: {label", "shelf: {label: S, meaning: S, kind: hold}\n  parked: {label"),
    )
    assert messages(find, text, "rules-self-transition") == []


def test_any_status_beside_its_own_target_is_still_a_way_to_itself(find: Find) -> None:
    text = edited(('stop: {from: "*", to', 'stop: {from: ["*", stopped], to'))
    assert messages(find, text, "rules-self-transition") == ["the transition 'stop' leads from 'stopped' to itself"]


def test_two_ways_are_named_with_the_statuses_they_share(find: Find) -> None:
    text = edited(("  stop: {", "  drop: {from: [new, clarifying], to: stopped}\n  stop: {"))
    assert messages(find, text, "rules-ambiguous-transition") == [
        "'drop' and 'stop' both lead from 'new', 'clarifying' to 'stopped'"
    ]


def test_a_circle_that_nothing_enters_is_unreachable(find: Find) -> None:
    text = edited(
        (
            "  parked: {label",
            "  a: {label: A, meaning: A, kind: hold}\n  b: {label: B, meaning: B, kind: hold}\n  parked: {label",
        ),
        ("  stop: {", "  there: {from: a, to: b}\n  back: {from: b, to: a}\n  stop: {"),
    )
    told = messages(find, text, "rules-unreachable-status")
    assert [message.split("'")[1] for message in told] == ["a", "b"]


def test_won_and_ended_statuses_need_no_way_to_them(find: Find) -> None:
    text = edited(("  agreed: {label", "  closed: {label: C, meaning: No longer used, kind: ended}\n  agreed: {label"))
    assert find(Example(files={RULEBOOK_PATH: text})) == []


def test_a_status_with_no_way_out_is_a_dead_end_and_has_no_exit(find: Find) -> None:
    text = edited(
        ("  parked: {label", "  a: {label: A, meaning: A, kind: hold}\n  parked: {label"),
        ('  stop: {from: "*"', "  to_a: {from: new, to: a}\n  stop: {from: [new, clarifying, parked]"),
    )
    found = find(Example(files={RULEBOOK_PATH: text}))
    assert [finding.code for finding in found] == ["rules-dead-end", "rules-no-exit"]


def test_a_way_round_to_an_end_is_no_dead_end_and_still_no_exit(find: Find) -> None:
    text = edited(('from: "*", to', "from: [new, clarifying], to"))
    assert messages(find, text, "rules-dead-end") == []
    assert len(messages(find, text, "rules-no-exit")) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("requires: [fit]}", "requires: {not: {all: [fit, nope]}}}"),
        ("{not_met: conflict}", "{lost: [pain, nope]}"),
        ("{not_met: conflict}", "{score: 1, of: [pain, nope]}"),
        ("{not_met: conflict}", "{at_least: 1, of: [{open: nope}]}"),
        ("{not_met: conflict}", "[pain, nope]"),
        ("[{not: pain}]", "nope"),
        ("reasons:", "prequalification: {good: [fit], bad: [conflict, {any: [nope]}]}\nreasons:"),
    ],
)
def test_an_unknown_criterion_is_found_at_its_place(old: str, new: str, find: Find) -> None:
    files = rulebook(old, new)
    [found] = [finding for finding in find(Example(files=files)) if finding.code == "rules-unknown-id"]
    line = files[RULEBOOK_PATH].splitlines()[found.location.line - 1]
    assert line[found.location.column - 1 : found.location.end_column - 1] == "nope"


def test_a_reason_is_looked_for_where_the_proposal_leads(find: Find) -> None:
    reasons = ("  stopped: {no_fit", "  parked: {timing: Wrong time}\n  stopped: {no_fit")
    parking = ("propose: stop, reason: no_fit", "propose: park, reason: timing")
    assert messages(find, edited(reasons, parking), "rules-unknown-id") == []
    wrong = ("propose: stop, reason: no_fit", "propose: park, reason: no_fit")
    assert messages(find, edited(reasons, wrong), "rules-unknown-id") == [
        "the status 'parked', to which the stop rule 'no_pain' leads, has no reason 'no_fit'"
    ]
    no_proposal = ("propose: stop, reason: no_fit", "reason: nope")
    assert len(messages(find, edited(no_proposal), "rules-unknown-id")) == 1
    elsewhere = ("propose: stop, reason: no_fit", "propose: resume, reason: nope")
    assert len(messages(find, edited(elsewhere), "rules-unknown-id")) == 1


@pytest.mark.parametrize(
    ("requires", "told"),
    [
        ("[pain, budget, {open: pain}, fit]", "'pain' and 'open: pain' contradict each other"),
        ("[pain, budget, {all: [fit, {not: fit}]}]", "'all: [fit, {not: fit}]' cannot hold"),
        (
            "[budget, {score: 5, of: [fit, budget]}]",
            "'score: 5, of: [fit, budget]' is out of reach; these together weigh 3",
        ),
        ("[budget, {score: 9.5}]", "'score: 9.5' is out of reach; all criteria together weigh 6"),
        ("[{score: 6}, {not: budget}]", "'score: 6' and 'not: budget' contradict each other"),
    ],
)
def test_the_smallest_contradiction_is_named(requires: str, told: str, find: Find) -> None:
    text = edited(("requires: [pain, budget]", f"requires: {requires}"))
    assert messages(find, text, "rules-impossible") == [f"the transition 'agree' can never be taken: {told}"]


def test_retiring_a_criterion_can_put_a_score_out_of_reach(find: Find) -> None:
    retired = ("valid_for: 90d, evidence: required}", "valid_for: 90d, evidence: required, retired: 2026-11-01}")
    text = edited(retired, ("requires: [pain, budget]", "requires: [{score: 6}]"))
    assert messages(find, text, "rules-impossible") == [
        "the transition 'agree' can never be taken: 'score: 6' is out of reach; all criteria together weigh 5"
    ]
    assert messages(find, text, "rules-retired-in-use") == []


def test_a_retired_criterion_decides_nowhere(find: Find) -> None:
    retired = ("valid_for: 90d, evidence: required}", "valid_for: 90d, evidence: required, retired: 2026-11-01}")
    text = edited(retired, ("reasons:", "prequalification: {good: [fit], bad: [{lost: [budget]}]}\nreasons:"))
    assert len(messages(find, text, "rules-retired-in-use")) == 2


def test_a_score_over_everything_names_no_criterion(find: Find) -> None:
    size = ("  conflict: {label", "  size: {label: Size, question: How many?}\n  conflict: {label")
    scored = ("requires: [pain, budget]", "requires: [pain, budget, {score: 7}]")
    assert len(messages(find, edited(size, scored), "rules-idle-criterion")) == 1
    named = ("requires: [pain, budget]", "requires: [pain, budget, {score: 1, of: [size]}]")
    assert messages(find, edited(size, named), "rules-idle-criterion") == []
