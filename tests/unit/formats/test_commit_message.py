"""A commit's message tells what was decided and clarified, and nothing that was not."""

from __future__ import annotations

from typing import Any

from crmtool.contact import Contact
from crmtool.formats.commit_message import commit_message
from tests.building import ENDED, WON, contact, met, no, rulebook

BOOK = rulebook(
    ["fit", "pain"],
    statuses={
        "new": {"label": "New", "meaning": "M", "kind": "active"},
        "ready": {"label": "Ready\nnow", "meaning": "M", "kind": "active"},
        "won": {**WON, "label": "Won"},
        "ended": {**ENDED, "label": "Ended"},
    },
    reasons={"ended": {"no_need": "No need"}},
)
ENTRY = ("2026-11-01", "new")


def message(before: Contact | None, after: Contact) -> list[str]:
    return commit_message(before, after, BOOK).splitlines()


def with_fields(**more: Any) -> Contact:
    return contact(ENTRY, **more)


def test_a_contact_that_enters() -> None:
    assert message(None, contact(ENTRY, organization="O", criteria={"fit": met("2026-11-01")})) == [
        "O · N: New",
        "",
        "New: why",
        "FIT: yes on 2026-11-01",
        "",
        "Contact: x",
    ]


def test_several_decisions_at_once() -> None:
    ended = {"date": "2026-11-20", "to": "ended", "because": "Has\nits own", "reason": "no_need", "by": "Mira"}
    after = contact(ENTRY, ("2026-11-10", "ready"), ended | {"confirmed_by": "Jonas"})
    assert message(contact(ENTRY), after)[:4] == [
        "N: New → Ready now → Ended",
        "",
        "New → Ready now: why",
        "Ready now → Ended (No need): Has its own [by Mira, confirmed by Jonas]",
    ]


def test_only_what_is_new_counts_as_clarified() -> None:
    before = with_fields(criteria={"fit": met("2026-11-01")})
    after = with_fields(
        criteria={"fit": [met("2026-11-01"), no("2026-11-20", evidence="Shrunk")], "pain": met("2026-11-21")}
    )
    assert message(before, after)[:4] == [
        "N: FIT, PAIN clarified",
        "",
        "FIT: no on 2026-11-20 – Shrunk",
        "PAIN: yes on 2026-11-21",
    ]


def test_fields() -> None:
    step = {"do": "Ask", "clarifies": "fit", "due": "2026-12-01"}
    blocked = {"by": "CFO", "since": "2026-11-20", "until": "2026-12-15"}
    after = with_fields(next_step=step, blocked=blocked)
    assert message(with_fields(), after)[:4] == [
        "N: next step, blocked",
        "",
        "Next step: Ask (due 2026-12-01)",
        "Waits for: CFO (until 2026-12-15)",
    ]
    assert "Waits no longer." in message(after, with_fields(next_step=step))
    assert message(with_fields(), with_fields(role="CFO"))[0] == "N: changed"
    assert message(with_fields(), with_fields())[:3] == ["N: notes", "", "Only the notes were changed."]


def test_corrections_are_told_as_such() -> None:
    corrected = {"date": "2026-11-20", "because": "Misread"}
    before = with_fields(criteria={"fit": met("2026-11-01")})
    after = with_fields(criteria={"fit": {**met("2026-11-02"), "corrected": corrected}})
    assert message(before, after)[:3] == [
        "N: corrected",
        "",
        "Corrected: FIT, yes on 2026-11-01; now yes on 2026-11-02 (Misread)",
    ]
    later = with_fields(criteria={**after.fields["criteria"], "pain": met("2026-11-21")})  # type: ignore[dict-item]
    assert message(after, later)[2:] == ["PAIN: yes on 2026-11-21", "", "Contact: x"]


def test_a_long_subject_is_cut() -> None:
    subject = message(None, contact(ENTRY, organization="O" * 100))[0]
    assert subject == "O" * 66 + "…: New"
    words = "An organization with a name of many words that goes on and on and on, Ltd"
    assert message(None, contact(ENTRY, organization=words))[0] == f"{words[:65]}…: New"


def test_what_is_no_decision_and_no_answer_is_told_too() -> None:
    step = {"do": "Ask", "clarifies": "fit", "due": "2026-12-01"}
    told = message(with_fields(next_step=step), with_fields(revisit="2027-01-15"))
    assert told[:4] == ["N: next step removed, revisit", "", "Next step removed: Ask", "Looked at again on 2027-01-15."]
    stops = with_fields(stop_if=[{"when": "No word", "by": "2026-12-15"}])
    assert message(with_fields(), stops)[2] == "Stop dates: No word (2026-12-15)"
    assert message(stops, with_fields())[2] == "Stop dates: none any more"


def test_a_correction_that_decides_otherwise_says_so() -> None:
    corrected = {"date": "2026-11-20", "because": "Misread"}
    ended = {"date": "2026-11-10", "to": "ended", "because": "No", "reason": "no_need", "corrected": corrected}
    told = message(contact(ENTRY, ("2026-11-10", "ready")), contact(ENTRY, ended))
    assert told[0] == "N: corrected, Ready now → Ended"
    assert told[2] == "Corrected: 2026-11-10 Ready now: why; now 2026-11-10 Ended (No need): No (Misread)"


def test_a_decision_that_is_added_or_removed_in_between() -> None:
    outer, between = (ENTRY, ("2026-11-20", "ended")), ("2026-11-10", "ready")
    assert message(contact(*outer), contact(outer[0], between, outer[1]))[:4] == [
        "N: an earlier decision added",
        "",
        "New → Ready now: why",
        "",
    ]
    assert message(contact(outer[0], between, outer[1]), contact(*outer))[:4] == [
        "N: corrected",
        "",
        "Removed: 2026-11-10 Ready now: why",
        "",
    ]


def test_what_is_gone_is_told_as_gone() -> None:
    blocked = {"by": "CFO", "since": "2026-11-20"}
    before = with_fields(blocked=blocked, criteria={"fit": [met("2026-11-01"), no("2026-11-20")]})
    told = message(before, with_fields(criteria={"fit": met("2026-11-01")}))
    assert told[:4] == ["N: corrected, blocked no longer", "", "Removed: FIT, no on 2026-11-20", "Waits no longer."]


def test_what_was_decided_is_not_cut_for_a_long_name() -> None:
    name = "An organization with a name of many words that goes on, Ltd"
    after = contact(ENTRY, ("2026-11-10", "ready"), organization=name)
    subject = message(contact(ENTRY, organization=name), after)[0]
    assert subject == "An organization with a name of many words that goes…: New → Ready now"
    assert len(subject) <= 72
