"""What the examples do not show: that one mistake is told once, and what the hints say to type."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crmtool.finding import Finding
from crmtool.rules.base import Example
from crmtool.rules.examples import CONTACT, CONTACT_PATH, contact, rulebook

if TYPE_CHECKING:
    from tests.rules.conftest import Find

CONFLICT = "  conflict: {not_met: 2026-11-03}\n"
FIT = "  fit: {met: 2026-11-03, evidence: 85 people}\n"
PAIN = "  pain: {met: 2026-11-10, evidence: 12 hours a week lost}\n"
STATUS = "status: clarifying"
LAST = "Fits the profile}\n"


def decided(to: str, decision: str) -> tuple[str, ...]:
    """Change the example contact by one more decision, of 20 November."""
    return STATUS, f"status: {to}", LAST, f"{LAST}  - {{date: 2026-11-20, to: {to}, {decision}}}\n"


def step(clarifies: str, due: str = "2026-11-30") -> tuple[str, str]:
    return "decisions:\n", f"next_step: {{do: Ask the buyer, clarifies: {clarifies}, due: {due}}}\ndecisions:\n"


def codes(found: list[Finding]) -> list[str]:
    return [finding.code for finding in found]


def the(code: str, found: list[Finding]) -> Finding:
    [finding] = [finding for finding in found if finding.code == code]
    return finding


@pytest.mark.parametrize(
    "files",
    [
        # An unknown status is not a status that differs, nor one that no transition leads to or from.
        contact(STATUS, "status: clarifing"),
        contact(*decided("lost", "because: No need")),
        contact("to: new", "to: lead"),
    ],
)
def test_an_unknown_status_is_all_that_is_told(files: dict[str, str], find: Find) -> None:
    assert set(codes(find(Example(files=files)))) == {"unknown-status"}


def test_a_leap_is_not_told_as_criteria_missing_too(find: Find) -> None:
    files = contact(STATUS, "status: agreed", "to: clarifying, because", "to: agreed, because", CONFLICT, "")
    assert codes(find(Example(files=files))) == ["transition-not-allowed"]


def test_an_unknown_criterion_in_the_next_step_is_told_once(find: Find) -> None:
    assert codes(find(Example(files=contact(*step("buget"))))) == ["unknown-criterion"]


@pytest.mark.parametrize("entry", ["reason: [no_fit]", "reason: 1", "reason: ''"])
def test_a_reason_of_the_wrong_kind_is_not_missing(entry: str, find: Find) -> None:
    files = contact(*decided("stopped", f"because: No need, {entry}"))
    assert codes(find(Example(files=files))) == ["schema"]


def test_evidence_of_the_wrong_kind_is_not_missing(find: Find) -> None:
    files = contact(CONFLICT, f"{CONFLICT}  budget: {{met: 2026-11-10, evidence: 40000}}\n")
    assert codes(find(Example(files=files))) == ["schema"]


def test_a_decider_of_the_wrong_kind_is_not_missing(find: Find) -> None:
    files = rulebook("parked, requires: [{has: revisit}]", "parked, by: mira") | contact(
        *decided("parked", "because: No money before May, by: [mira]")
    )
    assert codes(find(Example(files=files))) == ["schema"]


def test_who_decided_is_compared_without_regard_to_letter_case(find: Find) -> None:
    files = rulebook("parked, requires: [{has: revisit}]", "parked, by: [mira, jonas]") | contact(
        *decided("parked", "because: No money before May, by: ' Jonas'")
    )
    assert find(Example(files=files)) == []


def test_two_people_are_needed_even_where_none_is_named(find: Find) -> None:
    files = contact(
        *decided("stopped", "because: No need, reason: no_fit"),
        CONFLICT,
        f"{CONFLICT}  budget: {{met: 2026-11-21, evidence: Her own words}}\n",
    )
    text = files[CONTACT_PATH].replace("status: stopped", STATUS)
    text = text.replace(
        "no_fit}\n", "no_fit}\n  - {date: 2026-11-22, to: clarifying, because: The new head wants it}\n"
    )
    found = find(Example(files={CONTACT_PATH: text}))
    assert codes(found) == ["decider-not-allowed"]
    finding = found[0]
    assert finding.location.line == 12
    assert finding.message == "the transition 'reopen' needs two people; `by` and `confirmed_by` are missing"
    assert finding.hint == "add `by: …` with a name, and `confirmed_by: …` with the name of another person"
    book = rulebook("four_eyes: true", "four_eyes: true, by: [mira, jonas]")
    finding = the("decider-not-allowed", find(Example(files={CONTACT_PATH: text} | book)))
    assert finding.hint == "add `by: mira` or `by: jonas`, and `confirmed_by: …` with the name of another person"


@pytest.mark.parametrize("by", ["", " "])
@pytest.mark.parametrize("rules", ["parked, by: mira", "parked, four_eyes: true"])
def test_an_empty_decider_is_told_once(rules: str, by: str, find: Find) -> None:
    files = rulebook("parked, requires: [{has: revisit}]", rules) | contact(
        *decided("parked", f"because: No money before May, by: '{by}', confirmed_by: lena")
    )
    assert codes(find(Example(files=files))) == ["schema"]


def test_older_decisions_are_held_to_who_may_take_them(find: Find) -> None:
    files = rulebook("parked, requires: [{has: revisit}]", "parked, by: mira, since: 2026-11-21") | contact(
        *decided("parked", "because: No money before May, by: lena")
    )
    assert codes(find(Example(files=files))) == ["decider-not-allowed"]


def test_a_status_without_reasons_takes_any(find: Find) -> None:
    files = contact(
        *decided("parked", "because: No money before May, reason: whatever"),
        "criteria:",
        "revisit: 2027-01-01\ncriteria:",
    )
    assert find(Example(files=files)) == []


def test_dates_of_one_day_are_in_order(find: Find) -> None:
    files = contact(
        FIT,
        "  fit:\n    - {not_met: 2026-11-03, evidence: 8 people}\n    - {met: 2026-11-03, evidence: 85 people}\n",
    )
    assert find(Example(files=files)) == []


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        (FIT.replace("met", "not_met"), "fit: [{…}, {met: 2026-11-05, "),
        (FIT.replace("11-03", "11-06"), 'fit: [{met: 2026-11-05, evidence: "…"}, {…}]'),
        ("", "fit: {met: 2026-11-05, "),
    ],
    ids=["no", "later", "open"],
)
def test_the_hint_keeps_the_answers_that_are_there(answer: str, line: str, find: Find) -> None:
    assert line in the("criteria-missing", find(Example(files=contact(FIT, answer)))).hint


@pytest.mark.parametrize(
    ("requires", "told", "typed"),
    [
        ("[{not: fit}]", "not: fit (answered yes)", ["fit: [{…}, {not_met: 2026-11-05"]),
        ("[{not: {not_met: conflict}}]", "not: a no to conflict (answered no)", ["conflict: [{…}, {met: 2026-11-05"]),
        ("[{open: fit}]", "no valid answer to fit", ["first have:\n  no valid answer to fit"]),
        ("[{not: {open: pain}}]", "not: no valid answer to pain (open)", ["pain: {met: "]),
        ("[pain]", "pain (open)", ['pain: {met: 2026-11-05, evidence: "…", attested_by: counterparty}']),
        (
            "[{any: [pain, budget]}]",
            "one of: pain, budget",
            ["# one of: pain, budget\n  pain: {met", "\n  budget: {met"],
        ),
        ("[pain, {has: revisit}]", "pain (open); 'revisit' filled in", ["pain: {met", "and first have:\n  'revisit'"]),
    ],
)
def test_the_hint_types_what_would_help(requires: str, told: str, typed: list[str], find: Find) -> None:
    files = contact() | rulebook("requires: [fit, {not_met: conflict}]", f"requires: {requires}")
    finding = the("criteria-missing", find(Example(files=files)))
    assert finding.message == f"new → clarifying (qualify) on 2026-11-05 lacks: {told}"
    assert all(line in finding.hint for line in typed), finding.hint


def test_our_own_word_is_told_as_such(find: Find) -> None:
    files = contact(CONFLICT, CONFLICT + PAIN, *decided("agreed", "because: The buyer signed, by: mira"))
    assert "pain (not attested by the counterparty)" in the("criteria-missing", find(Example(files=files))).message


def test_an_answer_to_a_retired_criterion_does_not_expire(find: Find) -> None:
    answer = f"{CONFLICT}  budget: {{met: 2026-06-01, evidence: Planned}}\n"
    assert codes(find(Example(files=contact(CONFLICT, answer)))) == ["answer-expired"]
    book = rulebook(
        "valid_for: 90d, evidence: required",
        "valid_for: 90d, retired: 2026-11-01",
        "requires: [pain, budget]",
        "requires: [pain]",
    )
    assert find(Example(files=contact(CONFLICT, answer) | book)) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (step("budget"), []),
        (step("conflict"), ["next-step-pointless"]),
        ((*step("fit"), FIT, ""), []),
        # What the present status itself asks for may be settled too, though no way forward needs it.
        ((*step("fit"), FIT, FIT.replace("met", "not_met")), []),
        ((*step("budget"), *decided("stopped", "because: No need, reason: no_fit")), ["next-step-pointless"]),
        (
            (*step("budget", "2026-11-01"), *decided("stopped", "because: No need, reason: no_fit")),
            ["next-step-pointless"],
        ),
        (step("budget", "2026-11-22"), ["next-step-overdue"]),
    ],
)
def test_a_next_step_leads_to_what_is_missing(changes: tuple[str, ...], expected: list[str], find: Find) -> None:
    assert [code for code in codes(find(Example(files=contact(*changes)))) if code.startswith("next-step")] == expected


def test_where_nothing_is_missing_the_next_step_is_to_decide(find: Find) -> None:
    files = contact(*step("pain")) | rulebook("requires: [pain, budget], ", "requires: [fit], ")
    assert "decide" in the("next-step-pointless", find(Example(files=files))).hint


@pytest.mark.parametrize("body", ["", "Angebot verschickt\n", "---\nstatus: lead\n---\n", "{{date}}\t<<<<<<<\n"])
def test_the_notes_change_no_finding(body: str, find: Find) -> None:
    broken = CONTACT.replace(FIT, "").replace("Fits the profile", "Called twice")
    before, after = (find(Example(files={CONTACT_PATH: text})) for text in (broken, broken.replace("Notes.\n", body)))
    assert before
    assert after == before
