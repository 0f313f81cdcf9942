"""The four questions and the verdict: FORMAT, section 6, with its fine print."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from crmtool.assessment import (
    Carrier,
    SensibleStep,
    Verdict,
    assess,
    assess_all,
    attention,
    clarity,
    decision_deadline,
    is_prequalified,
)
from crmtool.contact import Contact
from crmtool.rulebook import RuleBook
from crmtool.situation import State
from crmtool.stopping import StopUpcoming
from tests.building import (
    ACTIVE,
    ENDED,
    HOLD,
    WON,
    assessed,
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
WHO = contact_of(contact_document(JANA, "contacts/nordlicht/jana-koehler.md"))

PIPE: dict[str, Any] = {
    "statuses": {
        "new": {**ACTIVE, "decide_within": "30d"},
        "later": ACTIVE,
        "held": {**HOLD, "decide_within": "10d"},
        "won": WON,
        "ended": ENDED,
    },
    "transitions": {
        "enter": {"to": "new"},
        "on": {"from": "new", "to": "later", "requires": ["a", "b"]},
        "win": {"from": ["new", "later"], "to": "won", "requires": ["a", "b", "c"]},
        "hold": {"from": ["new", "later"], "to": "held"},
        "back": {"from": "held", "to": "new"},
        "end": {"from": "*", "to": "ended"},
    },
}
CRITERIA: dict[str, dict[str, Any]] = {"a": {}, "b": {}, "c": {}, "out": {"knockout": True}}
P = rulebook(CRITERIA, **PIPE, stop_rules={"slow": {"in": "later", "after": "20d", "because": "slow"}})
NEW = ("2026-01-01", "new")
STEP = {"do": "Ask", "clarifies": "a", "due": "2026-02-10"}
BLOCKED = {"by": "a holiday", "since": "2026-01-10", "until": "2026-02-10"}
BOTH = {"a": met("2026-01-05"), "b": met("2026-01-05")}


def verdict(on: str, *decisions: Any, book: RuleBook = P, **more: Any) -> Verdict:
    return assessed(contact(*(decisions or (NEW,)), **more), book, on).verdict


# --- The documented example -------------------------------------------------------------------------------------------


def test_the_documented_assessment() -> None:
    jana = assessed(WHO, BOOK, "2026-11-23")
    assert jana.verdict is Verdict.CLARIFY
    assert jana.distance == 3
    assert [outlook.transition for outlook in jana.outlooks] == ["mature"]
    assert [missing.text for missing in jana.outlooks[0].missing] == [
        "buyer",
        "one of: budget, deadline",
        "score 9 or more, now 5",
    ]
    assert [state.id for state in jana.missing] == ["buyer", "budget", "deadline"]
    assert jana.ready == ()
    assert jana.next_step == SensibleStep(
        do="Mit CFO klären, ob Q1 gilt", clarifies="buyer", due=day("2026-11-28"), proposed=False
    )
    assert jana.stop_due == ()
    assert jana.stop_upcoming == (
        StopUpcoming(rule="no_buyer", because="Ohne Entscheider entscheidet niemand", on=day("2026-12-05")),
        StopUpcoming(rule="stop_if", because="Kein Termin mit dem CFO", on=day("2026-12-16")),
    )
    assert jana.clarity == 8 / 13
    assert jana.prequalified
    assert (jana.overdue, jana.decide_by) == (False, day("2026-12-05"))
    assert (jana.status, jana.day, jana.contact) == (BOOK.statuses["clarifying"], day("2026-11-23"), WHO)


def test_why_the_documented_contact_is_here() -> None:
    why = assessed(WHO, BOOK, "2026-11-23").why_here
    assert (why.since, why.days, why.transition) == (day("2026-11-05"), 18, "qualify")
    assert why.decision.because == "Passt ins Profil, Ausschluss geprüft"
    assert why.criteria == (
        Carrier(
            id="fit",
            state=State.MET,
            question="10 bis 200 Mitarbeitende, B2B, DACH?",
            day=day("2026-11-03"),
            evidence="85 Mitarbeitende, B2B, Bremen",
        ),
        Carrier(
            id="conflict",
            state=State.NOT_MET,
            question="Gibt es einen Ausschlussgrund?",
            day=day("2026-11-03"),
            evidence="Kein Wettbewerber unter den Kunden",
        ),
    )


# --- Whether there is anything to assess ------------------------------------------------------------------------------


def test_before_its_first_decision_a_contact_does_not_exist() -> None:
    assert assess(WHO, BOOK, day("2026-10-19")) is None
    first = assessed(WHO, BOOK, "2026-10-20")
    assert (first.status.id, first.why_here.days, first.why_here.transition) == ("new", 0, "capture")


def test_a_status_that_the_rule_book_lacks_cannot_be_assessed() -> None:
    who = contact(NEW, ("2026-02-01", "nowhere"))
    assert assess(who, P, day("2026-01-31")) is not None
    assert assess(who, P, day("2026-02-01")) is None
    assert assess_all([who], P, day("2026-02-01")) == []


def test_the_status_is_that_of_the_last_decision_whatever_the_field_says() -> None:
    who = contact(NEW, ("2026-02-01", "later"), status="won")
    assert assessed(who, P, "2026-01-31").status.id == "new"
    assert assessed(who, P, "2026-02-01").status.id == "later"


def test_of_several_decisions_on_one_day_the_last_counts() -> None:
    who = contact(NEW, ("2026-01-01", "later"))
    found = assessed(who, P, "2026-01-01")
    assert (found.status.id, found.why_here.transition) == ("later", "on")


# --- Verdicts, each against the next ----------------------------------------------------------------------------------

KNOCKED_OUT = {**BOTH, "out": met("2026-01-05")}


@pytest.mark.parametrize("status", ["won", "ended"])
def test_done_comes_before_everything(status: str) -> None:
    assert (
        verdict(
            "2026-03-01",
            ("2026-01-01", status),
            criteria=KNOCKED_OUT,
            next_step=STEP,
            blocked=BLOCKED,
            stop_if=[{"when": "x", "by": "2026-01-05"}],
            revisit="2026-01-05",
        )
        is Verdict.DONE
    )


def test_stop_comes_before_decide() -> None:
    assert verdict("2026-01-06", criteria=BOTH) is Verdict.DECIDE
    assert verdict("2026-01-06", criteria=KNOCKED_OUT) is Verdict.STOP
    assert verdict("2026-01-06", criteria=BOTH, stop_if=[{"when": "x", "by": "2026-01-05"}]) is Verdict.STOP
    assert verdict("2026-01-06", criteria=BOTH, stop_if=[{"when": "x", "by": "2026-01-06"}]) is Verdict.DECIDE
    later = ("2026-01-05", "later")
    ready = {**BOTH, "c": met("2026-01-05")}
    assert verdict("2026-01-24", NEW, later, criteria=ready) is Verdict.DECIDE
    assert verdict("2026-01-25", NEW, later, criteria=ready) is Verdict.STOP
    assert verdict("2026-03-01") is Verdict.DECIDE  # overdue
    assert verdict("2026-03-01", criteria={"out": met("2026-01-05")}) is Verdict.STOP


def test_a_knockout_that_is_met_stops_and_one_that_is_open_or_a_no_does_not() -> None:
    assert verdict("2026-01-04", criteria={"out": met("2026-01-05")}) is Verdict.PLAN
    assert verdict("2026-01-05", criteria={"out": met("2026-01-05")}) is Verdict.STOP
    assert verdict("2026-01-05", criteria={"out": no("2026-01-05")}) is Verdict.PLAN


def test_stop_comes_before_wait() -> None:
    held = ("2026-01-05", "held")
    assert verdict("2026-01-20", NEW, held) is Verdict.WAIT
    assert verdict("2026-01-20", NEW, held, stop_if=[{"when": "x", "by": "2026-01-05"}]) is Verdict.STOP
    assert verdict("2026-01-20", blocked=BLOCKED, criteria={"out": met("2026-01-05")}) is Verdict.STOP


def test_decide_when_a_forward_transition_is_ready() -> None:
    assert verdict("2026-01-04", criteria=BOTH) is Verdict.PLAN
    found = assessed(contact(NEW, criteria=BOTH), P, "2026-01-05")
    assert (found.verdict, found.overdue, found.distance) == (Verdict.DECIDE, False, 0)
    assert [outlook.transition for outlook in found.ready] == ["on"]
    assert [(o.transition, o.to, o.ready) for o in found.outlooks] == [("on", "later", True), ("win", "won", False)]


def test_decide_comes_before_wait() -> None:
    assert verdict("2026-01-20", blocked=BLOCKED) is Verdict.WAIT
    assert verdict("2026-01-20", blocked=BLOCKED, criteria=BOTH) is Verdict.DECIDE
    assert verdict("2026-02-01", blocked={**BLOCKED, "until": "2026-12-31"}) is Verdict.DECIDE  # overdue
    assert verdict("2026-01-31", blocked={**BLOCKED, "until": "2026-12-31"}) is Verdict.WAIT


def test_wait_comes_before_clarify() -> None:
    assert verdict("2026-01-09", blocked=BLOCKED, next_step=STEP) is Verdict.CLARIFY
    assert verdict("2026-01-10", blocked=BLOCKED, next_step=STEP) is Verdict.WAIT


def test_clarify_comes_before_plan() -> None:
    assert verdict("2026-01-05", next_step=STEP) is Verdict.CLARIFY
    assert verdict("2026-01-05") is Verdict.PLAN


def test_verdicts_are_called_as_the_format_calls_them() -> None:
    assert [str(each) for each in Verdict] == ["done", "stop", "decide", "wait", "clarify", "plan"]


# --- Overdue ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "overdue", "expected"),
    [
        ("2026-01-30", False, Verdict.PLAN),
        ("2026-01-31", False, Verdict.PLAN),
        ("2026-02-01", True, Verdict.DECIDE),
        ("2027-01-01", True, Verdict.DECIDE),
    ],
)
def test_a_decision_is_overdue_from_the_day_after_it_is_due(on: str, overdue: bool, expected: Verdict) -> None:
    found = assessed(contact(NEW), P, on)
    assert (found.overdue, found.verdict, found.decide_by) == (overdue, expected, day("2026-01-31"))


def test_overdue_is_told_whatever_the_verdict() -> None:
    found = assessed(contact(NEW, criteria=KNOCKED_OUT), P, "2026-02-01")
    assert (found.verdict, found.overdue) == (Verdict.STOP, True)


def test_only_an_active_status_can_be_overdue() -> None:
    book = rulebook(
        CRITERIA,
        statuses={id: {**kind, "decide_within": "1d"} for id, kind in
                  {"new": ACTIVE, "held": HOLD, "won": WON, "ended": ENDED}.items()},
        transitions={"enter": {"to": "new"}},
    )  # fmt: skip
    found = {id: assessed(contact(("2026-01-01", id)), book, "2026-06-01") for id in book.statuses}
    assert {id: (each.overdue, each.decide_by) for id, each in found.items()} == {
        "new": (True, day("2026-01-02")),
        "held": (False, None),
        "won": (False, None),
        "ended": (False, None),
    }
    assert decision_deadline(P.statuses["later"], day("2026-01-01")) is None


def test_a_deadline_runs_anew_from_each_entry() -> None:
    who = contact(NEW, ("2026-01-20", "later"), ("2026-02-20", "new"))
    assert assessed(who, P, "2026-02-20").decide_by == day("2026-03-22")
    assert not assessed(who, P, "2026-03-22").overdue
    assert assessed(who, P, "2026-03-23").overdue
    assert not assessed(who, P, "2026-02-19").overdue


# --- On hold, blocked, next step --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "expected"),
    [("2026-02-28", Verdict.WAIT), ("2026-03-01", Verdict.DECIDE), ("2026-12-01", Verdict.DECIDE)],
)
def test_on_hold_until_revisit_has_come(on: str, expected: Verdict) -> None:
    assert verdict(on, NEW, ("2026-01-05", "held"), revisit="2026-03-01") is expected


def test_on_hold_without_a_date_waits() -> None:
    assert verdict("2027-01-01", NEW, ("2026-01-05", "held")) is Verdict.WAIT


def test_revisit_is_for_contacts_on_hold() -> None:
    assert verdict("2026-01-20", revisit="2026-01-10") is Verdict.PLAN


def test_on_hold_with_a_forward_transition_that_is_ready() -> None:
    book = rulebook(
        CRITERIA,
        statuses={"held": HOLD, "later": ACTIVE, "ended": ENDED},
        transitions={"enter": {"to": "held"}, "on": {"from": "held", "to": "later", "requires": ["a"]}},
    )
    assert verdict("2026-01-10", ("2026-01-01", "held"), book=book) is Verdict.WAIT
    assert verdict("2026-01-10", ("2026-01-01", "held"), book=book, criteria=BOTH) is Verdict.DECIDE


@pytest.mark.parametrize(
    ("blocked", "on", "expected"),
    [
        (BLOCKED, "2026-01-09", Verdict.PLAN),  # not yet
        (BLOCKED, "2026-01-10", Verdict.WAIT),
        ({**BLOCKED, "until": "2026-01-20"}, "2026-01-20", Verdict.WAIT),
        ({**BLOCKED, "until": "2026-01-20"}, "2026-01-21", Verdict.PLAN),  # past from the day after
        ({"by": "x", "since": "2026-01-10"}, "2026-01-31", Verdict.WAIT),  # for as long as it takes
        ({"by": "x", "since": "2026-01-10"}, "2026-02-01", Verdict.DECIDE),  # which may be too long
        ({"by": "x", "since": "2026-01-10", "until": "2026-01-05"}, "2026-01-10", Verdict.PLAN),
    ],
)
def test_blocked_from_since_through_until(blocked: Mapping[str, str], on: str, expected: Verdict) -> None:
    assert verdict(on, blocked=blocked) is expected
    assert assessed(contact(NEW, blocked=blocked), P, on).is_blocked is (
        day(blocked["since"]) <= day(on) <= day(blocked.get("until", on))
    )


@pytest.mark.parametrize(
    ("step", "on", "expected"),
    [
        ({}, "2026-01-05", Verdict.CLARIFY),
        ({"due": "2026-01-05"}, "2026-01-05", Verdict.CLARIFY),
        ({"due": "2026-01-05"}, "2026-01-06", Verdict.PLAN),  # past from the day after
        ({"clarifies": "c"}, "2026-01-05", Verdict.CLARIFY),  # missing for winning
        ({"clarifies": "out"}, "2026-01-05", Verdict.PLAN),  # nothing that is missing
        ({"clarifies": "b"}, "2026-01-05", Verdict.CLARIFY),
        ({"clarifies": "b"}, "2026-01-06", Verdict.PLAN),  # it is settled
        ({"clarifies": "zzz"}, "2026-01-05", Verdict.PLAN),
    ],
)
def test_a_next_step_must_clarify_what_is_missing_and_not_be_past_due(
    step: dict[str, str], on: str, expected: Verdict
) -> None:
    criteria = {"b": met("2026-01-06")}
    assert verdict(on, criteria=criteria, next_step={**STEP, **step}) is expected


HERE = rulebook(
    [*CRITERIA, "d"],
    statuses={**PIPE["statuses"], "new": {**ACTIVE, "requires": ["d"]}},
    transitions=PIPE["transitions"],
)


@pytest.mark.parametrize(
    ("status", "clarifies", "answers", "is_pointless"),
    [
        ("new", "a", {}, False),
        ("new", "a", {"a": met("2026-01-01")}, True),
        ("new", "out", {}, True),
        ("new", "d", {}, False),  # what the status itself rests on
        ("new", "d", {"d": met("2026-01-01")}, True),
        ("new", "zzz", {}, False),  # unknown: another finding
        ("held", "a", {}, False),
        ("held", "out", {}, False),  # on hold any open question is worth its step
        ("held", "a", {"a": no("2026-01-01")}, True),
        ("held", "a", {"a": met("2026-01-01")}, True),
        ("held", "zzz", {}, False),
        ("won", "a", {}, True),
        ("ended", "c", {}, True),
    ],
)
def test_a_step_is_pointless_where_nothing_hangs_on_it(
    status: str, clarifies: str, answers: dict[str, Any], is_pointless: bool
) -> None:
    history = [NEW] if status == "new" else [NEW, ("2026-01-02", status)]
    for due in ("2026-01-01", "2026-02-10"):  # whether it is late is another question
        step = {**STEP, "clarifies": clarifies, "due": due}
        found = assessed(contact(*history, criteria=answers, next_step=step), HERE, "2026-01-05")
        assert found.step_is_pointless is is_pointless


def test_without_a_step_none_is_pointless() -> None:
    assert not assessed(contact(NEW), HERE, "2026-01-05").step_is_pointless


def test_a_step_for_what_the_status_rests_on_leads_nowhere_by_itself() -> None:
    assert verdict("2026-01-05", book=HERE, next_step={**STEP, "clarifies": "d"}) is Verdict.PLAN


# --- The next sensible step -------------------------------------------------------------------------------------------


def proposal(book: RuleBook, on: str = "2026-01-02", **criteria: Any) -> str | None:
    step = assessed(contact(NEW, criteria=criteria), book, on).next_step
    if step is not None:
        assert (step.proposed, step.due, step.do) == (True, None, f"{step.clarifies}?")
    return step.clarifies if step is not None else None


def proposing(asked: Mapping[str, dict[str, Any]], *requires: list[Any]) -> RuleBook:
    """Build a rule book with a forward transition for each list of conditions, all from the status new."""
    later = [f"s{i}" for i in range(len(requires))]
    ways = {f"t{i}": {"from": "new", "to": f"s{i}", "requires": wanted} for i, wanted in enumerate(requires)}
    return rulebook(
        asked,
        statuses={"new": ACTIVE, **dict.fromkeys(later, ACTIVE)},
        transitions={"enter": {"to": "new"}, **ways},
    )


def test_a_contact_keeps_its_own_step_be_it_ever_so_pointless() -> None:
    for step in (STEP, {**STEP, "clarifies": "zzz"}, {**STEP, "due": "2020-01-01"}):
        found = assessed(contact(NEW, next_step=step), P, "2026-01-05").next_step
        assert found == SensibleStep(do="Ask", clarifies=step["clarifies"], due=day(step["due"]), proposed=False)


OUT = {"knockout": True, "weight": 0}


def test_an_open_knockout_is_settled_first() -> None:
    book = proposing(
        {"a": {"weight": 9}, "k1": OUT, "k2": {**OUT, "valid_for": "10d"}},
        ["a", {"not_met": "k1"}, {"not_met": "k2"}],
        ["a"],
    )  # fmt: skip
    assert proposal(book) == "k1"
    assert proposal(book, k1=no("2026-01-02")) == "k2"
    assert proposal(book, k1=no("2026-01-02"), k2=no("2026-01-02")) == "a"
    assert proposal(book, on="2026-01-13", k1=no("2026-01-02"), k2=no("2026-01-02")) == "k2"  # open again
    unattested = proposing({"a": {}, "k": {**OUT, "attested_by": "counterparty"}}, ["a", "k"])
    assert proposal(unattested, k=met("2026-01-02")) == "a"  # it has an answer


def test_then_what_most_forward_transitions_need() -> None:
    asked = {"a": {"weight": 9}, "b": {"weight": 1}, "c": {"weight": 5}}
    assert proposal(proposing(asked, ["a"], ["b", "c"], ["b"])) == "b"
    assert proposal(proposing(asked, ["a"], [{"any": ["b", "c"]}], [{"score": 15, "of": ["c"]}, "c"])) == "c"
    assert proposal(proposing(asked, ["b", {"score": 1}], ["c"])) == "c"  # once a transition


def test_then_the_greatest_weight() -> None:
    assert proposal(proposing({"a": {"weight": 1}, "b": {"weight": 2}, "c": {"weight": 1.5}}, ["a", "b", "c"])) == "b"
    assert proposal(proposing({"a": {"weight": 0}, "b": {"weight": 0.5}}, ["a", "b"])) == "b"


def test_then_the_order_written() -> None:
    assert proposal(proposing({"z": {}, "a": {}, "m": {}}, ["m", "a", "z"])) == "z"
    assert proposal(proposing({"z": {}, "a": {}, "m": {}}, ["m", "a", "z"]), z=met("2026-01-01")) == "a"


def test_nothing_is_proposed_where_nothing_is_missing_that_can_be_asked() -> None:
    assert proposal(proposing({"a": {}}, ["a"]), a=met("2026-01-01")) is None
    assert proposal(proposing({"a": {}}, [{"has": "revisit"}, {"clarified": 3}])) is None
    assert proposal(proposing({"a": {}}, ["zzz"])) is None
    assert assessed(contact(("2026-01-01", "won")), P, "2026-02-01").next_step is None


# --- Distance ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("requires", "distance"),
    [
        ([["a", "b", "c"]], 3),
        ([["a", "b", "c"], ["a", "b"]], 2),
        ([[{"any": ["a", "b"]}, {"score": 9}, {"all": ["a", "b"]}, "c"]], 4),
        ([[["a", "b", "c"]]], 1),
        ([["a"], []], 0),
        ([[{"has": "revisit"}, {"not": "a"}, "b"]], 2),
    ],
    ids=str,
)
def test_distance_is_the_fewest_conditions_of_a_forward_transition_that_do_not_hold(
    requires: list[list[Any]], distance: int
) -> None:
    book = proposing({"a": {}, "b": {}, "c": {}}, *requires)
    assert assessed(contact(NEW), book, "2026-01-01").distance == distance


def test_distance_is_none_where_no_forward_transition_leaves() -> None:
    for status in ("held", "won", "ended"):
        assert assessed(contact(("2026-01-01", status)), P, "2026-01-01").distance is None


# --- Clarity ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "criteria", "expected"),
    [
        ({"a": {}, "b": {}}, {}, 0),
        ({"a": {}, "b": {}}, {"a": met("2026-01-01")}, 0.5),
        ({"a": {}, "b": {}}, {"a": no("2026-01-01")}, 0.5),  # a clear no is clarity
        ({"a": {}, "b": {}}, {"a": met("2026-01-01"), "b": no("2026-01-01")}, 1),
        ({"a": {"weight": 3}, "b": {}}, {"a": met("2026-01-01")}, 0.75),
        ({"a": {"weight": 0.7}, "b": {"weight": 0.1}}, {"a": met("2026-01-01"), "b": met("2026-01-01")}, 1),
        ({"a": {"weight": 0}, "b": {}}, {"a": met("2026-01-01")}, 0),
        ({"a": {"weight": 0}}, {"a": met("2026-01-01")}, None),
        ({}, {}, None),
        ({}, {"zzz": met("2026-01-01")}, None),
        ({"a": {}}, {"zzz": met("2026-01-01")}, 0),
        ({"a": {"valid_for": "30d"}, "b": {}}, {"a": met("2026-01-02")}, 0.5),
        ({"a": {"valid_for": "30d"}, "b": {}}, {"a": met("2026-01-01")}, 0),  # expired
        ({"a": {"attested_by": "counterparty"}}, {"a": met("2026-01-01")}, 1),  # valid, only not attested
        ({"a": {"knockout": True}, "b": {}}, {"a": no("2026-01-01")}, 0.5),
        ({"a": {"retired": "2026-02-01"}, "b": {}}, {"a": met("2026-01-01")}, 0),
        ({"a": {"retired": "2026-02-02"}, "b": {}}, {"a": met("2026-01-01")}, 0.5),
        ({"a": {"retired": "2026-02-01"}}, {"a": met("2026-01-01")}, None),
        ({"a": {}}, {"a": met("2026-02-02")}, 0),  # later answers do not exist
    ],
)
def test_clarity(asked: Mapping[str, Any], criteria: Mapping[str, Any], expected: float | None) -> None:
    found = clarity(situation(contact(NEW, criteria=criteria), rulebook(asked), "2026-02-01", "2026-01-01"))
    assert found == expected


# --- Prequalified -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("prequalification", "criteria", "expected"),
    [
        (None, {}, True),
        ({}, {}, True),
        ({"good": ["a", "b"]}, {"a": met("2026-01-01")}, False),
        ({"good": ["a", "b"]}, BOTH, True),
        ({"bad": ["out"]}, {}, True),
        ({"bad": ["out"]}, {"out": met("2026-01-01")}, False),
        ({"bad": ["a", "out"]}, {"a": met("2026-01-01")}, False),  # any of them is bad enough
        ({"good": ["a"], "bad": ["b"]}, BOTH, False),
        ({"good": [{"score": 2}]}, BOTH, True),
        ({"bad": [{"open": "a"}]}, {}, False),
    ],
)
def test_prequalified_is_who_meets_all_that_is_good_and_nothing_bad(
    prequalification: Mapping[str, Any] | None, criteria: Mapping[str, Any], expected: bool
) -> None:
    more = {"prequalification": prequalification} if prequalification is not None else {}
    who = contact(NEW, criteria=criteria)
    assert is_prequalified(situation(who, rulebook(CRITERIA, **more), "2026-02-01", "2026-01-01")) is expected


# --- Why it is here ---------------------------------------------------------------------------------------------------


def test_a_decision_rests_on_what_its_transition_names_as_of_its_date() -> None:
    book = rulebook(
        {"a": {}, "b": {}, "c": {}, "d": {}},
        transitions={
            "enter": {"to": "new"},
            "on": {"from": "new", "to": "later", "requires": [{"any": ["b", {"not_met": "a"}]}, {"open": "d"}, "zzz"]},
        },
    )
    who = contact(
        NEW,
        ("2026-02-01", "later"),
        criteria={
            "a": [no("2026-01-05", evidence="then"), met("2026-02-02", evidence="after")],
            "c": met("2026-01-05"),
            "zzz": met("2026-01-05"),
        },
    )
    why = assessed(who, book, "2026-03-01").why_here
    assert why.criteria == (
        Carrier(id="a", state=State.NOT_MET, question="a?", day=day("2026-01-05"), evidence="then"),
    )


@pytest.mark.parametrize(
    ("requires", "carriers"),
    [
        ([{"score": 3}], ["a", "b"]),
        ([{"any": [{"score": 3}, "c"]}], ["c", "a", "b"]),
        (["c", {"score": 3}], ["c", "a", "b"]),
        ([{"score": 3, "of": ["b", "c"]}], ["b", "c"]),
        ([], []),
    ],
    ids=str,
)
def test_a_decision_that_asked_for_a_score_rests_on_what_held(requires: list[Any], carriers: list[str]) -> None:
    book = rulebook(
        {"a": {}, "b": {}, "c": {}},
        transitions={"enter": {"to": "new"}, "on": {"from": "new", "to": "later", "requires": requires}},
    )
    criteria = {"a": met("2026-01-05"), "b": met("2026-01-05"), "c": no("2026-01-05")}
    why = assessed(contact(NEW, ("2026-02-01", "later"), criteria=criteria), book, "2026-03-01").why_here
    assert [carrier.id for carrier in why.criteria] == carriers


def test_a_decision_by_no_known_way_rests_on_nothing() -> None:
    why = assessed(contact(NEW, ("2026-02-01", "won"), ("2026-02-05", "held"), criteria=BOTH), P, "2026-02-15").why_here
    assert (why.since, why.days, why.transition, why.criteria) == (day("2026-02-05"), 10, None, ())


# --- Attention --------------------------------------------------------------------------------------------------------

FOCUS = rulebook(CRITERIA, **PIPE, prequalification={"good": ["c"]})


def order(*contacts: Contact, on: str = "2026-01-20", book: RuleBook = FOCUS) -> list[str]:
    forwards = [found.contact.id for found in assess_all(contacts, book, day(on))]
    assert forwards == [found.contact.id for found in assess_all(reversed(contacts), book, day(on))]
    return forwards


def test_attention_goes_by_verdict_first() -> None:
    found = order(
        contact(("2026-01-01", "won"), id="a-done"),
        contact(NEW, ("2026-01-05", "held"), id="b-wait"),
        contact(NEW, id="c-clarify", next_step=STEP),
        contact(NEW, id="d-plan"),
        contact(NEW, id="e-decide", criteria=BOTH),
        contact(("2025-12-01", "new"), id="f-overdue"),
        contact(NEW, id="g-stop", criteria={"out": met("2026-01-05")}),
    )
    assert found == ["g-stop", "f-overdue", "e-decide", "d-plan", "c-clarify", "b-wait", "a-done"]


def test_the_verdict_weighs_more_than_all_else() -> None:
    rich: dict[str, Any] = {"criteria": {"a": met("2026-01-02"), "c": met("2026-01-02")}, "value": 9}
    stop: dict[str, Any] = {"stop_if": [{"when": "x", "by": "2026-01-05"}]}
    step: dict[str, Any] = {"next_step": {**STEP, "clarifies": "b"}}
    long_ago, held = ("2025-12-01", "new"), ("2026-01-05", "held")
    found = order(
        contact(NEW, id="1-stop", **rich, **stop),
        contact(NEW, id="2-stop", **stop),
        contact(long_ago, id="3-overdue", **rich),
        contact(long_ago, id="4-overdue"),
        contact(NEW, id="5-decide", criteria={**BOTH, "c": met("2026-01-05")}),
        contact(NEW, held, id="6-decide", revisit="2026-01-10"),
        contact(NEW, id="7-plan", **rich),
        contact(NEW, id="8-plan"),
        contact(NEW, id="9-clarify", **rich, **step),
        contact(NEW, id="A-clarify", **step),
        contact(NEW, id="B-wait", **rich, blocked=BLOCKED),
        contact(NEW, held, id="C-wait"),
        contact(long_ago, ("2025-12-02", "won"), id="D-done", **rich),
        contact(("2026-01-02", "ended"), id="E-done"),
    )
    assert found == sorted(found)


def test_within_a_verdict_those_prequalified_come_first() -> None:
    far = contact(NEW, id="b", criteria={"c": met("2026-01-02")})
    near = contact(NEW, id="a", criteria={"a": met("2026-01-02")}, value=9)
    assert (assessed(far, FOCUS, "2026-01-20").distance, assessed(near, FOCUS, "2026-01-20").distance) == (2, 1)
    assert order(near, far) == ["b", "a"]


def test_then_the_smaller_distance_none_last() -> None:
    assert order(contact(NEW, id="a"), contact(NEW, id="b", criteria={"a": met("2026-01-02")}), book=P) == ["b", "a"]
    waiting = contact(NEW, id="b", blocked=BLOCKED)
    held = contact(NEW, ("2026-01-05", "held"), id="a", value=99)
    assert order(held, waiting, book=P) == ["b", "a"]


def test_then_the_larger_value_none_being_zero() -> None:
    assert order(
        contact(NEW, id="a"),
        contact(NEW, id="b", value=0),
        contact(NEW, id="c", value=0.5),
        contact(NEW, id="d", value=7),
    ) == ["d", "c", "a", "b"]


def test_then_the_longer_in_status() -> None:
    assert order(
        contact(NEW, id="a"), contact(("2025-12-28", "new"), id="b"), contact(("2025-12-31", "new"), id="c")
    ) == ["b", "c", "a"]


def test_then_the_id() -> None:
    assert order(*(contact(NEW, id=id) for id in ("b", "a/z", "a", "B"))) == ["B", "a", "a/z", "b"]


def test_the_tie_breakers_come_in_their_order() -> None:
    rich_and_old = contact(("2025-12-25", "new"), id="a", value=1000)
    nearer = contact(("2026-01-05", "new"), id="b", criteria={"a": met("2026-01-06")})
    assert order(rich_and_old, nearer, book=P) == ["b", "a"]
    old = contact(("2025-12-25", "new"), id="a")
    richer = contact(("2026-01-05", "new"), id="b", value=1)
    assert order(old, richer, book=P) == ["b", "a"]


def test_what_cannot_be_assessed_is_left_out() -> None:
    assert order(contact(("2026-02-01", "new"), id="a"), contact(NEW, id="b")) == ["b"]


def test_overdue_counts_only_for_a_decision() -> None:
    stop = assessed(contact(("2025-01-01", "new"), criteria={"out": met("2025-01-05")}), P, "2026-01-20")
    fresh = assessed(contact(NEW, criteria={"out": met("2026-01-05")}), P, "2026-01-20")
    assert (stop.overdue, fresh.overdue) == (True, False)
    assert attention(stop)[:2] == attention(fresh)[:2] == (0, False)


def test_what_is_known_of_the_very_same_contact_is_taken_over() -> None:
    on, same, changed = day("2026-01-20"), contact(NEW, id="a"), contact(NEW, id="b", criteria=BOTH)
    known = {found.contact.id: found for found in assess_all([same, contact(NEW, id="b")], P, on)}
    decide, plan = assess_all([same, changed], P, on, known)
    assert plan is known["a"]
    assert decide == assess(changed, P, on)
