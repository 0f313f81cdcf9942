from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from crmtool.contact import Contact
from crmtool.rulebook import RuleBook
from crmtool.stopping import STOP_IF, StopDue, StopUpcoming, proposed_transition, stops_due, stops_upcoming
from tests.building import ACTIVE, ENDED, contact, day, met, no, rulebook, situation

CRITERIA = {
    "buyer": {"valid_for": "60d"},
    "need": {},
    "conflict": {"knockout": True, "label": "Conflict"},
    "fraud": {"knockout": True, "attested_by": "counterparty", "valid_for": "30d"},
    "old": {"knockout": True, "retired": "2026-06-01"},
}


def ruled(**rules: Mapping[str, Any]) -> RuleBook:
    named = {id: {"because": f"because of {id}", **rule} for id, rule in rules.items()}
    return rulebook(CRITERIA, stop_rules=named)


def due(who: Contact, book: RuleBook, on: str) -> list[tuple[str, str]]:
    """List what is due with the day since which it is."""
    decision = who.decided_by(day(on))
    assert decision is not None
    here = situation(who, book, on, decision.day.isoformat())
    return [(stop.rule, stop.since.isoformat()) for stop in stops_due(here, book.statuses[decision.to])]


def upcoming(who: Contact, book: RuleBook, on: str) -> list[tuple[str, str]]:
    decision = who.decided_by(day(on))
    assert decision is not None
    here = situation(who, book, on, decision.day.isoformat())
    return [(stop.rule, stop.on.isoformat()) for stop in stops_upcoming(here, book.statuses[decision.to])]


NEW = ("2026-01-01", "new")
NO_BUYER = ruled(no_buyer={"in": "new", "when": [{"not": "buyer"}], "after": "30d"})


# --- Stop rules -------------------------------------------------------------------------------------------------------


def test_a_stop_rule_is_due_from_entry_plus_after_on() -> None:
    who = contact(NEW)
    assert due(who, NO_BUYER, "2026-01-01") == []
    assert due(who, NO_BUYER, "2026-01-30") == []
    assert due(who, NO_BUYER, "2026-01-31") == [("no_buyer", "2026-01-31")]
    assert due(who, NO_BUYER, "2026-12-31") == [("no_buyer", "2026-01-31")]


def test_without_after_a_stop_rule_is_due_at_once() -> None:
    book = ruled(at_once={"in": "new"})
    assert due(contact(NEW), book, "2026-01-01") == [("at_once", "2026-01-01")]
    assert upcoming(contact(NEW), book, "2026-01-01") == []


def test_all_of_when_must_hold() -> None:
    book = ruled(both={"in": "new", "when": [{"not": "buyer"}, {"not_met": "need"}]})
    assert due(contact(NEW), book, "2026-02-01") == []
    assert due(contact(NEW, criteria={"need": no("2026-01-20")}), book, "2026-02-01") == [("both", "2026-01-20")]
    assert due(contact(NEW, criteria={"need": no("2026-01-20"), "buyer": met("2026-01-01")}), book, "2026-02-01") == []


def test_what_counts_is_the_entry_into_the_present_status() -> None:
    who = contact(NEW, ("2026-01-20", "later"), ("2026-03-01", "new"))
    assert due(who, NO_BUYER, "2026-01-19") == []
    assert due(who, NO_BUYER, "2026-02-20") == []  # not in that status
    assert due(who, NO_BUYER, "2026-03-30") == []
    assert due(who, NO_BUYER, "2026-03-31") == [("no_buyer", "2026-03-31")]


def test_a_rule_looks_at_one_status_some_or_all_that_are_undecided() -> None:
    book = ruled(
        one={"in": "later"}, some={"in": ["held", "later"]}, every={"in": "*"}, unsaid={}, won={"in": ["won", "ended"]}
    )
    for status, rules in {
        "new": ["every", "unsaid"],
        "later": ["one", "some", "every", "unsaid"],
        "held": ["some", "every", "unsaid"],
        "won": [],
        "ended": [],
    }.items():
        assert [rule for rule, _ in due(contact(("2026-01-01", status)), book, "2026-02-01")] == rules


def test_due_since_begins_anew_when_it_was_interrupted() -> None:
    who = contact(NEW, criteria={"buyer": [met("2026-02-10"), no("2026-02-20")]})
    assert due(who, NO_BUYER, "2026-02-09") == [("no_buyer", "2026-01-31")]
    assert due(who, NO_BUYER, "2026-02-10") == []
    assert due(who, NO_BUYER, "2026-02-19") == []
    assert due(who, NO_BUYER, "2026-02-20") == [("no_buyer", "2026-02-20")]
    assert due(who, NO_BUYER, "2026-05-01") == [("no_buyer", "2026-02-20")]


def test_due_since_an_answer_expired() -> None:
    who = contact(NEW, criteria={"buyer": met("2026-01-10")})
    assert due(who, NO_BUYER, "2026-03-11") == []  # valid through the 60th day
    assert due(who, NO_BUYER, "2026-03-12") == [("no_buyer", "2026-03-12")]
    assert due(who, NO_BUYER, "2026-04-01") == [("no_buyer", "2026-03-12")]


def test_due_since_is_not_broken_by_answers_that_change_nothing() -> None:
    who = contact(NEW, criteria={"buyer": [no("2026-02-10"), no("2026-03-10")], "need": met("2026-03-20")})
    assert due(who, NO_BUYER, "2026-04-01") == [("no_buyer", "2026-01-31")]


@pytest.mark.parametrize(
    ("when", "fields", "since"),
    [
        ({"passed": "revisit"}, {"revisit": "2026-02-05"}, "2026-02-05"),
        ({"passed": "extra.end"}, {"extra": {"end": "2026-01-15"}}, "2026-01-15"),
        ({"older_than": "2w"}, {}, "2026-01-15"),
        ({"not": {"not": {"any": [{"older_than": "1m"}]}}}, {}, "2026-02-01"),
        ({"has": "revisit"}, {"revisit": "2027-01-01"}, "2026-01-01"),
        ({"clarified": 1}, {"criteria": {"need": met("2026-01-08")}}, "2026-01-08"),
        ({"lost": ["need"]}, {"criteria": {"need": [met("2026-01-01"), no("2026-01-09")]}}, "2026-01-09"),
        ({"open": "buyer"}, {"criteria": {"buyer": met("2025-12-01")}}, "2026-01-31"),
        ({"not": {"score": 1}}, {"criteria": {"buyer": met("2025-12-15")}}, "2026-02-14"),
    ],
    ids=str,
)
def test_whatever_makes_it_due_tells_since_when(when: Any, fields: dict[str, Any], since: str) -> None:
    book = ruled(rule={"in": "new", "when": when})
    who = contact(NEW, **fields)
    assert due(who, book, since) == [("rule", since)]
    assert due(who, book, "2026-03-01") == [("rule", since)]
    if since != "2026-01-01":
        before = day(since).toordinal() - 1
        assert due(who, book, day(since).fromordinal(before).isoformat()) == []


def test_a_retirement_can_make_a_rule_due() -> None:
    book = rulebook(
        {"a": {"retired": "2026-02-01", "weight": 5}},
        stop_rules={"rule": {"in": "new", "when": [{"not": {"score": 5}}], "because": "x"}},
    )
    who = contact(NEW, criteria={"a": met("2026-01-01")})
    assert due(who, book, "2026-01-31") == []
    assert upcoming(who, book, "2026-01-15") == [("rule", "2026-02-01")]
    assert due(who, book, "2026-03-01") == [("rule", "2026-02-01")]


def test_who_only_enters_is_in_no_status_yet() -> None:
    assert stops_due(situation(contact(NEW), NO_BUYER, "2026-06-01"), NO_BUYER.statuses["new"]) == ()


def test_what_a_stop_rule_proposes() -> None:
    book = ruled(rule={"in": "new", "propose": "stop", "reason": "no_need"})
    (stop,) = stops_due(situation(contact(NEW), book, "2026-02-01", "2026-01-01"), book.statuses["new"])
    assert stop == StopDue(
        rule="rule", because="because of rule", since=day("2026-01-01"), propose="stop", reason="no_need"
    )


# --- Knockouts --------------------------------------------------------------------------------------------------------


def test_a_knockout_that_is_met_is_due_since_it_is() -> None:
    book = ruled()
    who = contact(NEW, criteria={"conflict": [no("2026-01-05"), met("2026-02-01", evidence="Same owner")]})
    assert due(who, book, "2026-01-31") == []
    assert due(who, book, "2026-02-01") == [("conflict", "2026-02-01")]
    (stop,) = stops_due(situation(who, book, "2026-03-01", "2026-01-01"), book.statuses["new"])
    assert stop == StopDue(
        rule="conflict", because="Conflict: Same owner", since=day("2026-02-01"), propose="stop", reason=None
    )
    bare = contact(NEW, criteria={"conflict": met("2026-02-01")})
    (stop,) = stops_due(situation(bare, book, "2026-03-01", "2026-01-01"), book.statuses["new"])
    assert stop.because == "Conflict"


def test_a_knockout_that_is_met_again_has_been_due_all_the_while() -> None:
    who = contact(NEW, criteria={"conflict": [met("2026-02-01"), met("2026-02-20")]})
    assert due(who, ruled(), "2026-03-01") == [("conflict", "2026-02-01")]
    back = contact(NEW, criteria={"conflict": [met("2026-02-01"), no("2026-02-10"), met("2026-02-20")]})
    assert due(back, ruled(), "2026-03-01") == [("conflict", "2026-02-20")]


def test_a_knockout_counts_as_met_when_it_holds() -> None:
    book = ruled()
    attested = met("2026-01-10", attested_by="counterparty")
    assert due(contact(NEW, criteria={"fraud": met("2026-01-10")}), book, "2026-01-15") == []  # unattested
    assert due(contact(NEW, criteria={"fraud": attested}), book, "2026-01-15") == [("fraud", "2026-01-10")]
    assert due(contact(NEW, criteria={"fraud": attested}), book, "2026-02-09") == [("fraud", "2026-01-10")]
    assert due(contact(NEW, criteria={"fraud": attested}), book, "2026-02-10") == []  # expired
    assert due(contact(NEW, criteria={"need": met("2026-01-10")}), book, "2026-02-10") == []  # no knockout
    again = contact(NEW, criteria={"fraud": [attested, met("2026-02-20", attested_by="counterparty")]})
    assert due(again, book, "2026-02-21") == [("fraud", "2026-02-20")]  # there was a break


def test_a_retired_knockout_stops_no_one_any_more() -> None:
    who = contact(NEW, criteria={"old": met("2026-01-10")})
    assert due(who, ruled(), "2026-05-31") == [("old", "2026-01-10")]
    assert due(who, ruled(), "2026-06-01") == []


# --- The contact's own ------------------------------------------------------------------------------------------------


def test_a_stop_date_is_past_from_the_day_after() -> None:
    who = contact(NEW, stop_if=[{"when": "no answer", "by": "2026-02-01"}])
    assert due(who, ruled(), "2026-02-01") == []
    assert upcoming(who, ruled(), "2026-02-01") == [(STOP_IF, "2026-02-02")]
    assert due(who, ruled(), "2026-02-02") == [(STOP_IF, "2026-02-02")]
    assert due(who, ruled(), "2026-04-01") == [(STOP_IF, "2026-02-02")]
    assert upcoming(who, ruled(), "2026-02-02") == []
    (stop,) = stops_due(situation(who, ruled(), "2026-04-01", "2026-01-01"), ruled().statuses["new"])
    assert (stop.because, stop.propose, stop.reason) == ("no answer", "stop", None)


def test_a_stop_date_is_no_affair_of_a_day_of_entry() -> None:
    who = contact(NEW, ("2026-03-01", "later"), stop_if=[{"when": "x", "by": "2026-02-01"}])
    assert due(who, ruled(), "2026-03-01") == [(STOP_IF, "2026-02-02")]


# --- What comes next --------------------------------------------------------------------------------------------------


def test_the_next_to_fall_due_comes_first() -> None:
    book = ruled(
        late={"in": "new", "after": "60d"},
        soon={"in": "new", "after": "10d"},
        never={"in": "new", "when": ["need"]},
        other={"in": "later", "after": "1d"},
        now={"in": "new"},
    )
    who = contact(NEW, stop_if=[{"when": "b", "by": "2026-02-01"}, {"when": "a", "by": "2026-01-05"}])
    assert upcoming(who, book, "2026-01-01") == [
        (STOP_IF, "2026-01-06"),
        ("soon", "2026-01-11"),
        (STOP_IF, "2026-02-02"),
        ("late", "2026-03-02"),
    ]
    assert upcoming(who, book, "2026-01-11") == [(STOP_IF, "2026-02-02"), ("late", "2026-03-02")]
    assert due(who, book, "2026-01-11") == [("soon", "2026-01-11"), ("now", "2026-01-01"), (STOP_IF, "2026-01-06")]


def test_what_falls_due_is_told_with_what_is_known_now() -> None:
    who = contact(NEW, criteria={"buyer": [met("2026-01-10"), no("2026-01-20")]})
    assert upcoming(who, NO_BUYER, "2026-01-09") == [("no_buyer", "2026-01-31")]  # the answer is not known yet
    assert upcoming(who, NO_BUYER, "2026-01-10") == [("no_buyer", "2026-03-12")]  # when it expires
    assert upcoming(who, NO_BUYER, "2026-01-20") == [("no_buyer", "2026-01-31")]
    assert upcoming(who, NO_BUYER, "2026-01-31") == []
    assert due(who, NO_BUYER, "2026-01-31") == [("no_buyer", "2026-01-31")]


def test_an_answer_that_expires_before_the_rule_runs_out_changes_nothing() -> None:
    book = ruled(rule={"in": "new", "when": [{"not": "buyer"}], "after": "90d"})
    who = contact(NEW, criteria={"buyer": met("2026-01-10")})
    assert upcoming(who, book, "2026-01-10") == [("rule", "2026-04-01")]


def test_what_will_never_be_due_is_not_told() -> None:
    book = ruled(
        clarified={"in": "new", "when": [{"clarified": 1}]},
        needs={"in": "new", "when": ["need"], "after": "10d"},
        far={"in": "new", "after": "99999y"},
    )
    assert upcoming(contact(NEW), book, "2026-01-01") == [("far", "9999-12-31")]


def test_a_date_to_come_can_make_a_rule_due() -> None:
    book = ruled(rule={"in": "new", "when": [{"passed": "revisit"}, {"older_than": "30d"}]})
    assert upcoming(contact(NEW, revisit="2026-01-10"), book, "2026-01-05") == [("rule", "2026-01-31")]
    assert upcoming(contact(NEW, revisit="2026-03-10"), book, "2026-01-05") == [("rule", "2026-03-10")]
    assert upcoming(contact(NEW), book, "2026-01-05") == []


def test_who_is_done_stops_no_more() -> None:
    book = ruled(rule={"in": ["won", "ended", "*"]})
    for status in ("won", "ended"):
        who = contact(
            ("2026-01-01", status),
            criteria={"conflict": met("2026-01-01")},
            stop_if=[{"when": "x", "by": "2026-02-01"}],
        )
        for on in ("2026-01-15", "2026-03-01"):
            assert due(who, book, on) == []
            assert upcoming(who, book, on) == []


def test_due_and_upcoming_have_an_order_of_their_own() -> None:
    book = ruled(second={"in": "*"}, first={"in": "*"})
    who = contact(
        NEW,
        criteria={"fraud": met("2026-01-02", attested_by="counterparty"), "conflict": met("2026-01-03")},
        stop_if=[{"when": "b", "by": "2026-01-05"}, {"when": "a", "by": "2026-01-04"}],
    )
    assert [rule for rule, _ in due(who, book, "2026-01-20")] == [
        "second",
        "first",
        "conflict",
        "fraud",
        STOP_IF,
        STOP_IF,
    ]
    tied = ruled(b={"in": "*", "after": "5d"}, a={"in": "*", "after": "5d"})
    here = situation(contact(NEW), tied, "2026-01-01", "2026-01-01")
    assert stops_upcoming(here, tied.statuses["new"]) == (
        StopUpcoming(rule="b", because="because of b", on=day("2026-01-06")),
        StopUpcoming(rule="a", because="because of a", on=day("2026-01-06")),
    )


# --- The transition to take -------------------------------------------------------------------------------------------

ENDS = rulebook(
    statuses={"new": ACTIVE, "later": ACTIVE, "gone": ENDED, "lost": ENDED},
    transitions={
        "enter": {"to": "new"},
        "on": {"from": "new", "to": "later"},
        "lose": {"from": "*", "to": "lost"},
        "drop": {"from": "new", "to": "gone"},
    },
)  # fmt: skip


@pytest.mark.parametrize(
    ("status", "propose", "transition"),
    [
        ("new", "drop", "drop"),
        ("new", "gone", "drop"),
        ("new", "lost", "lose"),
        ("new", "on", "on"),
        ("new", None, "lose"),
        ("new", "nothing", "lose"),
        ("later", "drop", "lose"),  # it does not leave from here
        ("lost", "drop", None),
        ("nowhere", None, None),
    ],
)
def test_the_transition_to_take(status: str, propose: str | None, transition: str | None) -> None:
    assert proposed_transition(ENDS, status, propose) == transition
