from __future__ import annotations

import pytest

from crmtool.conditions import Clarified, Holds, Not, NotMet
from crmtool.days import Duration
from crmtool.document import read_yaml
from crmtool.rulebook import Criterion, Kind, RuleBook, rulebook_from
from tests.building import ACTIVE, ENDED, HOLD, WON, day, rulebook, rulebook_of
from tests.conftest import RULEBOOK

BOOK = rulebook_of(RULEBOOK)


def test_the_documented_rule_book() -> None:
    assert (BOOK.name, BOOK.language, BOOK.currency) == ("Neukunden", "de", "EUR")
    assert list(BOOK.statuses) == ["new", "clarifying", "ready", "parked", "agreed", "stopped"]
    assert list(BOOK.criteria) == ["fit", "pain", "buyer", "budget", "deadline", "conflict"]
    assert list(BOOK.transitions) == [
        "capture", "qualify", "mature", "agree", "recycle", "park", "resume", "stop", "reopen",
    ]  # fmt: skip
    assert list(BOOK.stop_rules) == ["no_buyer", "no_deadline"]
    assert (BOOK.good, BOOK.bad, BOOK.flaws) == ((Holds("fit"), Holds("pain")), (Holds("conflict"),), ())


def test_a_status() -> None:
    clarifying = BOOK.statuses["clarifying"]
    assert clarifying.label == "In Klärung"
    assert clarifying.meaning == "Passt; offen ist, ob es etwas zu entscheiden gibt"
    assert clarifying.asks == "Gibt es etwas zu entscheiden?"
    assert (clarifying.order, clarifying.kind, clarifying.limit) == (1, Kind.ACTIVE, 12)
    assert clarifying.decide_within == Duration(30, "d")
    assert clarifying.requires == (Holds("fit"), Not(Holds("conflict")))
    assert clarifying.reasons == {}
    parked = BOOK.statuses["parked"]
    assert (parked.asks, parked.decide_within, parked.limit, parked.requires) == (None, None, None, ())
    assert list(parked.reasons) == ["timing", "waiting"]
    assert {id: status.is_undecided for id, status in BOOK.statuses.items()} == {
        "new": True, "clarifying": True, "ready": True, "parked": True, "agreed": False, "stopped": False,
    }  # fmt: skip


def test_a_criterion() -> None:
    pain, buyer, conflict = (BOOK.criteria[id] for id in ("pain", "buyer", "conflict"))
    assert (pain.order, pain.label, pain.weight, pain.needs_counterparty) == (1, "Problem benannt", 3, True)
    assert (buyer.question, buyer.valid_for, buyer.needs_counterparty) == (
        "Wer unterschreibt?",
        Duration(180, "d"),
        False,
    )
    assert (conflict.weight, conflict.knockout, conflict.valid_for, conflict.retired) == (1, True, None, None)


def test_what_a_criterion_may_demand() -> None:
    book = rulebook(
        {
            "a": {"evidence": "required", "attested_by": "us", "retired": "2026-06-01"},
            "b": {"evidence": "optional", "weight": 0.5},
        }
    )
    a, b = book.criteria["a"], book.criteria["b"]
    assert (a.evidence_required, a.needs_counterparty, a.retired) == (True, False, day("2026-06-01"))
    assert (b.evidence_required, b.weight, b.retired) == (False, 0.5, None)


def test_a_criterion_is_asked_until_it_is_retired() -> None:
    retired = Criterion(id="a", order=0, label="A", question="a?", retired=day("2026-06-01"))
    assert retired.is_asked(day("2026-05-31"))
    assert not retired.is_asked(day("2026-06-01"))
    assert BOOK.criteria["fit"].is_asked(day("9999-12-31"))


def test_a_transition() -> None:
    qualify, agree, reopen = (BOOK.transitions[id] for id in ("qualify", "agree", "reopen"))
    assert (qualify.sources, qualify.target, qualify.is_entry) == (("new",), "clarifying", False)
    assert qualify.requires == (Holds("fit"), NotMet("conflict"))
    assert (agree.since, agree.by, agree.four_eyes) == (day("2026-01-01"), (), False)
    assert (reopen.requires, reopen.four_eyes) == ((Clarified(1),), True)
    assert BOOK.transitions["capture"].is_entry
    book = rulebook(
        transitions={"a": {"to": "new", "by": "mira"}, "b": {"from": "new", "to": "won", "by": ["mira", "tim"]}}
    )
    assert [transition.by for transition in book.transitions.values()] == [("mira",), ("mira", "tim")]


def test_a_stop_rule() -> None:
    rule = BOOK.stop_rules["no_buyer"]
    assert (rule.within, rule.when, rule.after) == (("clarifying",), (Not(Holds("buyer")),), Duration(30, "d"))
    assert (rule.propose, rule.reason, rule.because) == ("stop", "no_decision", "Ohne Entscheider entscheidet niemand")
    bare = rulebook(stop_rules={"r": {"because": "why"}}).stop_rules["r"]
    assert (bare.within, bare.when, bare.after, bare.propose, bare.reason) == (("*",), (), None, None, None)


def test_what_is_not_said_has_a_default() -> None:
    book = rulebook()
    assert (book.name, book.language, book.currency) == ("", "en", "EUR")
    assert (book.stop_rules, book.good, book.bad, book.criteria) == ({}, (), (), {})
    weight = rulebook({"a": {}}).criteria["a"]
    assert (weight.weight, weight.knockout, weight.evidence_required, weight.order) == (1, False, False, 0)


def test_a_document_without_values_is_no_rule_book() -> None:
    assert rulebook_from(read_yaml("criteria.yaml", b"a: *x")) is None


def test_flaws_of_conditions_are_collected_with_their_places() -> None:
    text = (
        RULEBOOK.replace("requires: [fit, {not: conflict}]", "requires: [fit, {nott: conflict}]")
        .replace("when: [{not: buyer}]", "when: [{not: [5]}]")
        .replace("good: [fit, pain]", "good: {score: x}")
    )
    book = rulebook_from(read_yaml("criteria.yaml", text.encode()))
    assert book is not None
    assert [flaw.place for flaw in book.flaws] == [
        ("statuses", "clarifying", "requires", 1),
        ("stop_rules", "no_buyer", "when", 0, "not", 0),
        ("prequalification", "good", "score"),
    ]
    assert book.statuses["clarifying"].requires == (Holds("fit"),)


@pytest.mark.parametrize(
    ("source", "target", "transition"),
    [
        (None, "new", "capture"),
        (None, "clarifying", None),
        ("new", "clarifying", "qualify"),
        ("clarifying", "new", None),
        ("clarifying", "ready", "mature"),
        ("ready", "clarifying", "recycle"),
        ("parked", "clarifying", "resume"),
        ("stopped", "clarifying", "reopen"),
        ("new", "stopped", "stop"),
        ("parked", "stopped", "stop"),
        ("agreed", "stopped", None),  # "*" is any active or hold status
        ("stopped", "stopped", None),
        ("ready", "ready", None),
        ("nowhere", "new", None),
        ("new", "nowhere", None),
    ],
)
def test_at_most_one_transition_joins_two_statuses(source: str | None, target: str, transition: str | None) -> None:
    found = BOOK.transition(source, target)
    assert (found.id if found else None) == transition


def test_of_two_that_join_the_same_statuses_the_first_counts() -> None:
    book = rulebook(
        transitions={"a": {"to": "new"}, "b": {"from": "new", "to": "won"}, "c": {"from": "*", "to": "won"}}
    )
    found = book.transition("new", "won")
    assert found is not None
    assert found.id == "b"


def test_a_star_never_includes_the_target_itself() -> None:
    book = rulebook(
        transitions={"enter": {"to": "new"}, "back": {"from": "*", "to": "new"}, "on": {"from": "*", "to": "held"}}
    )
    assert book.sources(book.transitions["back"]) == ("later", "held")
    assert book.sources(book.transitions["on"]) == ("new", "later")
    assert book.sources(book.transitions["enter"]) == ()
    assert book.transition("new", "new") is None


def test_a_star_may_stand_beside_others() -> None:
    book = rulebook(
        transitions={"enter": {"to": "new"}, "back": {"from": ["*", "ended"], "to": "new"}},
        stop_rules={"r": {"in": ["won", "*"], "because": "why"}},
    )
    assert book.sources(book.transitions["back"]) == ("later", "held", "ended")
    assert [rule.id for rule in book.covering("won")] == ["r"]
    assert book.covering("ended") == ()
    assert book.expand(("later", "x", "new")) == ("later", "x", "new")


def test_what_leaves_a_status() -> None:
    assert {status: [t.id for t in BOOK.leaving(status)] for status in (*BOOK.statuses, "nowhere")} == {
        "new": ["qualify", "stop"],
        "clarifying": ["mature", "park", "stop"],
        "ready": ["agree", "recycle", "park", "stop"],
        "parked": ["resume", "stop"],
        "agreed": [],
        "stopped": ["reopen"],
        "nowhere": [],
    }


def test_a_forward_transition_leads_to_a_later_active_status_or_to_a_won_one() -> None:
    assert {status: [t.id for t in BOOK.forward(status)] for status in (*BOOK.statuses, "nowhere")} == {
        "new": ["qualify"],
        "clarifying": ["mature"],
        "ready": ["agree"],
        "parked": [],
        "agreed": [],
        "stopped": [],
        "nowhere": [],
    }


def shuffled() -> RuleBook:
    return rulebook(
        statuses={"won": WON, "ended": ENDED, "held": HOLD, "a": ACTIVE, "b": ACTIVE, "hold2": HOLD},
        transitions={
            "enter": {"to": "a"},
            "win": {"from": "*", "to": "won"},
            "on": {"from": ["held", "a", "won"], "to": "b"},
            "back": {"from": "b", "to": "a"},
            "hold": {"from": "a", "to": "hold2"},
            "stay": {"from": "a", "to": "a"},
            "end": {"from": "*", "to": "ended"},
            "lost_way": {"from": "a", "to": "nowhere"},
        },
    )


def test_order_and_kind_alone_decide_what_is_forward() -> None:
    assert {status: [t.id for t in shuffled().forward(status)] for status in shuffled().statuses} == {
        "won": ["on"],
        "ended": [],
        "held": ["win", "on"],
        "a": ["win", "on"],
        "b": ["win"],
        "hold2": ["win"],
    }


def test_which_stop_rules_cover_a_status() -> None:
    book = rulebook(
        stop_rules={
            "one": {"in": "new", "because": "x"},
            "some": {"in": ["later", "held"], "because": "x"},
            "all": {"in": "*", "because": "x"},
            "unsaid": {"because": "x"},
        }
    )
    assert {status: [rule.id for rule in book.covering(status)] for status in book.statuses} == {
        "new": ["one", "all", "unsaid"],
        "later": ["some", "all", "unsaid"],
        "held": ["some", "all", "unsaid"],
        "won": [],
        "ended": [],
    }


def test_every_list_of_conditions_has_a_place() -> None:
    places = [place for place, conditions in BOOK.requirements() if conditions]
    assert places == [
        ("statuses", "clarifying", "requires"),
        ("statuses", "ready", "requires"),
        ("transitions", "qualify", "requires"),
        ("transitions", "mature", "requires"),
        ("transitions", "agree", "requires"),
        ("transitions", "recycle", "requires"),
        ("transitions", "park", "requires"),
        ("transitions", "resume", "requires"),
        ("transitions", "reopen", "requires"),
        ("stop_rules", "no_buyer", "when"),
        ("stop_rules", "no_deadline", "when"),
        ("prequalification", "good"),
        ("prequalification", "bad"),
    ]
