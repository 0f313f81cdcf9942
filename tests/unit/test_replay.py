from __future__ import annotations

import pytest

from crmtool.replay import CriterionState, DeciderFlaw, criterion_state, missing_conditions, replay, replay_step
from crmtool.situation import State
from tests.building import (
    ACTIVE,
    ENDED,
    HOLD,
    conditions,
    contact,
    contact_document,
    contact_of,
    day,
    met,
    no,
    rulebook,
    rulebook_of,
    situation,
)
from tests.conftest import JANA, RULEBOOK

BOOK = rulebook_of(RULEBOOK)
WAYS = rulebook(
    ["a", "b"],
    transitions={
        "enter": {"to": "new", "requires": ["a"]},
        "on": {"from": "new", "to": "later", "requires": ["b", {"not": {"clarified": 3}}]},
        "back": {"from": "later", "to": "new", "requires": [{"lost": ["a"]}, {"older_than": "10d"}]},
        "hold": {"from": "*", "to": "held", "requires": [{"clarified": 1}]},
        "win": {"from": "later", "to": "won", "requires": ["a"], "since": "2026-06-01"},
        "end": {"from": "*", "to": "ended"},
    },
)


def test_the_documented_contact_may_be_where_it_is() -> None:
    capture, qualify = replay(contact_of(contact_document(JANA)), BOOK)
    assert capture.transition is BOOK.transitions["capture"]
    assert (capture.source, capture.entered, capture.missing) == (None, None, ())
    assert qualify.transition is BOOK.transitions["qualify"]
    assert (qualify.source, qualify.entered, qualify.missing) == ("new", day("2026-10-20"), ())
    assert [step.decision.index for step in (capture, qualify)] == [0, 1]


def test_the_first_decision_takes_a_transition_without_a_source() -> None:
    (step,) = replay(contact(("2026-01-01", "new"), criteria={"a": met("2026-01-01")}), WAYS)
    assert (step.transition, step.missing) == (WAYS.transitions["enter"], ())
    (step,) = replay(contact(("2026-01-01", "later")), WAYS)
    assert (step.transition, step.missing) == (None, ())
    (step,) = replay(contact(("2026-01-01", "nowhere")), WAYS)
    assert step.transition is None


def test_a_later_decision_needs_a_transition_from_the_status_before() -> None:
    steps = replay(
        contact(("2026-01-01", "new"), ("2026-01-02", "won"), ("2026-01-03", "held"), ("2026-01-04", "held")), WAYS
    )
    assert [step.transition.id if step.transition else None for step in steps] == ["enter", None, None, None]
    assert [step.source for step in steps] == [None, "new", "won", "held"]


def test_each_decision_is_looked_at_as_of_its_own_date() -> None:
    late = contact(
        ("2026-01-01", "new"), ("2026-01-10", "later"), criteria={"a": met("2026-01-02"), "b": met("2026-01-10")}
    )
    first, second = replay(late, WAYS)
    assert [missing.criteria[0].id for missing in first.missing] == ["a"]
    assert second.missing == ()
    gone = contact(("2026-01-02", "new"), criteria={"a": [met("2026-01-01"), no("2026-01-03")]})
    assert replay(gone, WAYS)[0].missing == ()


def test_an_answer_of_the_same_day_counts_and_expires_by_its_term() -> None:
    book = rulebook({"a": {"valid_for": "7d"}}, transitions={"enter": {"to": "new", "requires": ["a"]}})
    for decided, missing in (("2026-01-01", 0), ("2026-01-08", 0), ("2026-01-09", 1), ("2025-12-31", 1)):
        (step,) = replay(contact((decided, "new"), criteria={"a": met("2026-01-01")}), book)
        assert len(step.missing) == missing


def test_the_present_status_is_the_one_that_is_left() -> None:
    answers = {"a": [met("2026-01-01"), no("2026-02-05")], "b": met("2026-01-01")}
    there_and_back = contact(("2026-01-01", "new"), ("2026-02-01", "later"), ("2026-02-11", "new"), criteria=answers)
    enter, on, back = replay(there_and_back, WAYS)
    assert (enter.missing, on.missing, back.missing) == ((), (), ())
    assert back.entered == day("2026-02-01")
    too_soon = contact(("2026-01-01", "new"), ("2026-02-01", "later"), ("2026-02-10", "new"), criteria=answers)
    assert [missing.text for missing in replay(too_soon, WAYS)[2].missing] == [
        "10d in this status, that is from 2026-02-11 on"
    ]


def test_answers_are_counted_after_the_entry_into_the_status_that_is_left() -> None:
    held = contact(("2026-01-01", "new"), ("2026-02-01", "held"), criteria={"a": met("2026-01-01")})
    assert [missing.text for missing in replay(held, WAYS)[1].missing] == [
        "answers dated after 2026-01-01: 1 or more, now 0"
    ]
    clarified = contact(("2026-01-01", "new"), ("2026-02-01", "held"), criteria={"a": met("2026-01-02")})
    assert replay(clarified, WAYS)[1].missing == ()


def test_on_entering_there_is_no_present_status() -> None:
    book = rulebook(
        ["a"],
        transitions={"enter": {"to": "new", "requires": [{"clarified": 1}, {"lost": ["a"]}, {"older_than": "0d"}]}},
    )
    (step,) = replay(contact(("2026-01-01", "new"), criteria={"a": [met("2025-01-01"), no("2025-06-01")]}), book)
    assert len(step.missing) == 3


@pytest.mark.parametrize(("on", "missing"), [("2026-05-31", 0), ("2026-06-01", 1), ("2026-06-02", 1)])
def test_older_decisions_are_not_held_to_requires(on: str, missing: int) -> None:
    step = replay_step(contact(("2026-01-01", "later"), (on, "won")), WAYS, 1)
    assert step.transition is WAYS.transitions["win"]
    assert len(step.missing) == missing


def test_all_that_is_missing_is_listed_at_once_with_its_questions() -> None:
    jana = contact_of(contact_document(JANA))
    missing = missing_conditions(situation(jana, BOOK, "2026-11-23", "2026-11-05"), BOOK.transitions["mature"].requires)
    assert [(each.text, [(c.id, c.state, c.question) for c in each.criteria]) for each in missing] == [
        ("buyer", [("buyer", State.OPEN, "Wer unterschreibt?")]),
        (
            "one of: budget, deadline",
            [
                ("budget", State.NOT_MET, "Ist das Budget bestätigt?"),
                ("deadline", State.OPEN, "Bis wann entscheidet der Kontakt?"),
            ],
        ),
        (
            "score 9 or more, now 5",
            [
                ("buyer", State.OPEN, "Wer unterschreibt?"),
                ("budget", State.NOT_MET, "Ist das Budget bestätigt?"),
                ("deadline", State.OPEN, "Bis wann entscheidet der Kontakt?"),
            ],
        ),
    ]


def test_what_holds_is_not_missing() -> None:
    here = situation(contact(("2026-01-01", "new"), criteria={"a": met("2026-01-01")}), WAYS, "2026-01-01")
    assert [each.condition for each in missing_conditions(here, conditions(["a", "b", {"not": "b"}]))] == list(
        conditions("b")
    )


def test_a_criterion_that_the_rule_book_lacks_asks_for_itself() -> None:
    here = situation(contact(("2026-01-01", "new")), WAYS, "2026-01-01")
    assert criterion_state(here, "zzz") == CriterionState(id="zzz", state=State.OPEN, question="zzz?")
    assert criterion_state(here, "a").question == "a?"


WHO = rulebook(
    ["a"],
    statuses={"new": ACTIVE, "held": HOLD, "ended": ENDED},
    transitions={
        "enter": {"to": "new"},
        "hold": {"from": "new", "to": "held", "by": ["Jürgen M", "mira"], "requires": ["a"], "since": "2026-06-01"},
        "end": {"from": "new", "to": "ended", "four_eyes": True, "since": "2026-06-01"},
    },
    reasons={"ended": {"no_fit": "No fit"}},
)
UNNAMED, NOT_ALLOWED = DeciderFlaw.UNNAMED, DeciderFlaw.NOT_ALLOWED
UNCONFIRMED, SELF_CONFIRMED = DeciderFlaw.UNCONFIRMED, DeciderFlaw.SELF_CONFIRMED


@pytest.mark.parametrize(
    ("decision", "flaws"),
    [
        ({"to": "held", "by": "lena"}, [NOT_ALLOWED]),
        ({"to": "held"}, [UNNAMED]),
        ({"to": "held", "by": "Ju\u0308rgen m "}, []),
        ({"to": "ended"}, [UNNAMED, UNCONFIRMED]),
        ({"to": "ended", "by": "mira"}, [UNCONFIRMED]),
        ({"to": "ended", "confirmed_by": "mira"}, [UNNAMED]),
        ({"to": "ended", "by": "Mira", "confirmed_by": "mi ra"}, [SELF_CONFIRMED]),
        ({"to": "ended", "by": "J\u00fcrgen", "confirmed_by": "Ju\u0308rgen"}, [SELF_CONFIRMED]),
        ({"to": "ended", "by": "lena", "confirmed_by": "mira"}, []),
        ({"to": "new"}, []),
    ],
)
def test_who_decided_is_looked_at_whatever_the_date(decision: dict[str, str], flaws: list[DeciderFlaw]) -> None:
    taken = {"date": "2026-02-01", "because": "why", **decision}
    step = replay_step(contact(("2026-01-01", "new"), taken), WHO, 1)
    assert list(step.decider_flaws) == flaws
    assert step.missing == ()


def test_a_status_with_reasons_asks_for_one() -> None:
    entered = ("2026-01-01", "new")
    assert replay_step(contact(entered, ("2026-02-01", "ended")), WHO, 1).lacks_reason
    given = {"date": "2026-02-01", "to": "ended", "because": "why", "reason": "no_fit"}
    assert not replay_step(contact(entered, given), WHO, 1).lacks_reason
    assert not replay_step(contact(entered, ("2026-02-01", "held")), WHO, 1).lacks_reason
    assert not replay_step(contact(entered, ("2026-02-01", "nowhere")), WHO, 1).lacks_reason
