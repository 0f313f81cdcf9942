"""What two versions of one contact differ in."""

from __future__ import annotations

from typing import Any

from crmtool.contact import Contact
from crmtool.difference.contact import ContactDifference, compared_contact
from crmtool.progress.change import Direction
from crmtool.progress.outcome import Outcome
from crmtool.rewriting import Kind
from tests.building import contact, day, met, no, rulebook

BOOK = rulebook(
    ["fit", "pain"],
    transitions={
        "enter": {"to": "new"},
        "on": {"from": "new", "to": "later", "requires": ["fit", "pain"]},
        "hold": {"from": ["new", "later"], "to": "held"},
        "win": {"from": "later", "to": "won"},
        "stop": {"from": "*", "to": "ended"},
    },
    stop_rules={"no_fit": {"in": "new", "when": [{"not": "fit"}], "after": "10d", "because": "Does not fit"}},
)
ENTRY = ("2026-11-01", "new")
TODAY = day("2026-11-23")
CORRECTED = {"corrected": {"date": "2026-11-20", "because": "Misread"}}


def compared(before: Contact | None, after: Contact | None) -> ContactDifference:
    found = compared_contact(before, after, BOOK, TODAY)
    assert found is not None
    return found


def with_fields(**more: Any) -> Contact:
    return contact(ENTRY, **more)


def test_the_same_contact_does_not_differ_however_it_is_written() -> None:
    one = with_fields(criteria={"fit": met("2026-11-02")}, value=5, stop_if=[{"when": "x", "by": "2026-12-01"}])
    other = with_fields(stop_if=[{"by": "2026-12-01", "when": "x"}], value=5.0, criteria={"fit": [met("2026-11-02")]})
    assert compared_contact(one, other, BOOK, TODAY) is None


def test_a_decision() -> None:
    found = compared(contact(ENTRY), contact(ENTRY, ("2026-11-20", "later")))
    (logged,) = found.decided
    assert (logged.source, logged.decision.to, logged.outcome) == ("new", "later", Outcome.FORWARD)
    assert found.decisions == found.decided
    assert (found.direction, found.verdict_changed) == (Direction.CLOSER, True)


def test_decisions_are_told_in_their_order_a_new_contacts_entry_among_them() -> None:
    found = compared(None, contact(ENTRY, ("2026-11-10", "later"), ("2026-11-20", "ended")))
    assert [logged.outcome for logged in found.decided] == [None, Outcome.FORWARD, Outcome.NO]
    assert [logged.decision.to for logged in found.decisions] == ["later", "ended"]
    assert (found.direction, found.judged_before, found.verdict_changed) == (Direction.ENDED, None, False)


def test_a_new_contact_is_compared_with_where_it_entered() -> None:
    assert compared(None, contact(ENTRY)).direction is Direction.UNCHANGED
    assert compared(None, contact(ENTRY, ("2026-11-10", "later"))).direction is Direction.CLOSER
    assert compared(None, contact(ENTRY, ("2026-11-10", "held"))).direction is Direction.FURTHER


def test_a_decision_that_is_dated_in_the_future_is_told_and_moves_nothing_yet() -> None:
    found = compared(contact(ENTRY), contact(ENTRY, ("2026-12-24", "later")))
    assert [logged.decision.to for logged in found.decisions] == ["later"]
    assert found.direction is Direction.UNCHANGED
    assert found.judged_after is not None
    assert found.judged_after.status.id == "new"


def test_answers() -> None:
    before = with_fields(criteria={"fit": met("2026-11-02")})
    after = with_fields(criteria={"fit": [met("2026-11-02"), no("2026-11-20")], "pain": met("2026-11-21")})
    found = compared(before, after)
    assert [(answer.criterion, answer.met) for answer in found.clarified] == [("fit", False), ("pain", True)]
    assert not found.past


def test_what_was_corrected_openly_is_no_news() -> None:
    before = with_fields(criteria={"fit": met("2026-11-02", evidence="80")})
    after = with_fields(criteria={"fit": {**met("2026-11-02", evidence="85"), **CORRECTED}})
    found = compared(before, after)
    (past,) = found.past
    assert (past.kind, past.why, past.keys) == (Kind.CORRECTED, "Misread", ("evidence", "corrected"))
    assert not found.clarified


def test_what_was_rewritten_moved_or_removed_is_told_as_such() -> None:
    before = contact(
        ENTRY, criteria={"fit": met("2026-11-02"), "pain": [met("2026-11-02", by="A"), met("2026-11-02", by="B")]}
    )
    after = contact(("2026-11-01", "later"), criteria={"pain": [met("2026-11-02", by="B"), met("2026-11-02", by="A")]})
    found = compared(before, after)
    kinds = [past.kind for past in found.past]
    assert kinds[:2] == [Kind.CHANGED, Kind.REMOVED]
    assert kinds[2:] == [Kind.MOVED]
    assert (found.past[0].keys, found.past[1].after) == (("to",), None)
    assert not found.decided
    assert not found.clarified
    assert found.direction is Direction.CLOSER


def test_a_correction_may_end_a_contact() -> None:
    ended = {"date": "2026-11-10", "to": "ended", "because": "why", **CORRECTED}
    found = compared(contact(ENTRY, ("2026-11-10", "later")), contact(ENTRY, ended))
    assert (found.direction, found.decided) == (Direction.ENDED, ())


def test_what_is_decided_in_both_versions_goes_nowhere() -> None:
    before = contact(ENTRY, ("2026-11-10", "ended"))
    after = contact(ENTRY, ("2026-11-10", "ended"), criteria={"fit": met("2026-11-20")})
    assert compared(before, after).direction is Direction.UNCHANGED
    assert compared(before, contact(ENTRY, ("2026-11-10", "ended"), ("2026-11-12", "later"))).direction is (
        Direction.CLOSER
    )


def test_reasons_to_stop() -> None:
    late = {"stop_if": [{"when": "No word", "by": "2026-11-20"}]}
    found = compared(with_fields(), with_fields(criteria={"fit": met("2026-11-20")}, **late))
    assert [stop.because for stop in found.stops_due] == ["No word"]
    assert [stop.rule for stop in found.stops_gone] == ["no_fit"]


def test_fields() -> None:
    step = {"do": "Ask", "clarifies": "fit", "due": "2026-12-01"}
    before = with_fields(next_step=step, value=5, role="CFO", email="a@b.example")
    after = with_fields(blocked={"by": "CFO", "since": "2026-11-20"}, owner="mira", role="CEO", extra={"x": 1})
    found = compared(before, after)
    assert [field.key for field in found.fields] == ["next_step", "blocked", "value", "owner"]
    assert [(field.before, field.after) for field in found.fields[2:]] == [(5, None), (None, "mira")]
    assert found.others == ("role", "email", "extra")


def test_the_status_alone() -> None:
    before, after = with_fields(), with_fields(status="later")
    assert compared(before, after).others == ("status",)
    assert compared(before, contact(ENTRY, ("2026-11-20", "later"))).others == ()


def test_a_contact_that_is_gone() -> None:
    found = compared(contact(ENTRY), None)
    assert (found.is_untold_end, found.contact.id, found.direction) == (True, "x", Direction.UNCHANGED)
    assert not compared(contact(ENTRY, ("2026-11-10", "ended")), None).is_untold_end


def test_a_name_of_its_own_makes_a_difference() -> None:
    found = compared(contact(ENTRY, id="old/x"), contact(ENTRY, id="x"))
    assert (found.renamed_from, found.contact.id) == ("old/x", "x")
