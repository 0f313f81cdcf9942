"""Conditions as of a day: the table of FORMAT, section 4, and its fine print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from crmtool.conditions import Score
from crmtool.rulebook import RuleBook
from crmtool.situation import Situation, State, field_value, is_empty
from crmtool.yaml_reader import Value
from tests.building import condition, conditions, contact, day, met, no, rulebook, situation

BOOK = rulebook(
    {
        "fit": {"weight": 2},
        "pain": {"weight": 3, "attested_by": "counterparty"},
        "budget": {"weight": 2, "valid_for": "90d"},
        "monthly": {"weight": 1, "valid_for": "1m"},
        "conflict": {"weight": 50, "knockout": True},
        "old": {"weight": 7, "retired": "2026-06-01"},
        "idle": {"weight": 0},
    }
)
Answers = Mapping[str, Any]


def standing(answers: Answers, on: str, entered: str | None = "2026-01-01", **more: Any) -> Situation:
    return situation(contact(("2026-01-01", "new"), criteria=answers, **more), BOOK, on, entered)


def holds(
    written: Any, answers: Answers, on: str = "2026-03-01", entered: str | None = "2026-01-01", **more: Any
) -> bool:
    return standing(answers, on, entered, **more).holds(condition(written))


# --- States -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("criterion", "answers", "state"),
    [
        ("fit", {}, State.OPEN),
        ("fit", {"fit": met("2026-03-01")}, State.MET),
        ("fit", {"fit": met("2026-03-02")}, State.OPEN),  # later answers do not exist
        ("fit", {"fit": [met("2026-02-01"), no("2026-03-02")]}, State.MET),
        ("fit", {"fit": [met("2026-02-01"), no("2026-03-01")]}, State.NOT_MET),
        ("fit", {"fit": [no("2026-02-01"), met("2026-02-01")]}, State.MET),  # of several on one day the last
        ("fit", {"fit": [met("2026-02-01"), no("2026-02-01"), no("2026-02-01")]}, State.NOT_MET),
        ("fit", {"fit": [met("2026-02-02"), no("2026-02-01")]}, State.MET),  # the latest, even if written out of order
        ("pain", {"pain": met("2026-02-01")}, State.UNATTESTED),
        ("pain", {"pain": met("2026-02-01", attested_by="us")}, State.UNATTESTED),
        ("pain", {"pain": met("2026-02-01", attested_by="counterparty")}, State.MET),
        ("pain", {"pain": no("2026-02-01")}, State.NOT_MET),  # a no is a no, whoever says it
        ("pain", {"pain": [met("2026-01-02", attested_by="counterparty"), met("2026-02-01")]}, State.UNATTESTED),
        ("fit", {"fit": met("2026-02-01", attested_by="us")}, State.MET),
        ("budget", {"budget": met("2025-12-01")}, State.MET),
        ("budget", {"budget": met("2025-11-30")}, State.EXPIRED),
        ("budget", {"budget": no("2025-12-01")}, State.NOT_MET),
        ("budget", {"budget": no("2025-11-30")}, State.EXPIRED),
        ("budget", {"budget": [met("2026-01-01"), no("2025-11-30")]}, State.MET),
        ("conflict", {"conflict": met("2026-02-01")}, State.MET),
        ("old", {"old": met("2026-02-01")}, State.MET),
        ("unheard_of", {}, State.OPEN),
        ("unheard_of", {"unheard_of": met("2020-01-01")}, State.MET),
    ],
)
def test_how_a_criterion_stands(criterion: str, answers: Answers, state: State) -> None:
    assert standing(answers, "2026-03-01").state(criterion) is state


@pytest.mark.parametrize(
    ("criterion", "answered", "last_valid", "expired"),
    [
        ("budget", "2026-01-01", "2026-04-01", "2026-04-02"),
        ("budget", "2023-12-01", "2024-02-29", "2024-03-01"),
        ("monthly", "2026-01-31", "2026-02-28", "2026-03-01"),
        ("monthly", "2024-01-31", "2024-02-29", "2024-03-01"),
        ("monthly", "2026-02-28", "2026-03-28", "2026-03-29"),
    ],
)
@pytest.mark.parametrize("answer", [met, no])
def test_an_answer_is_valid_through_its_last_day_and_expired_from_the_day_after(
    criterion: str, answered: str, last_valid: str, expired: str, answer: Any
) -> None:
    answers = {criterion: answer(answered)}
    state = State.MET if answer is met else State.NOT_MET
    assert standing(answers, answered).state(criterion) is state
    assert standing(answers, last_valid).state(criterion) is state
    assert standing(answers, expired).state(criterion) is State.EXPIRED
    found = standing(answers, expired).latest(criterion)
    assert found is not None
    assert standing(answers, expired).expires(found) == day(expired)


def test_an_answer_without_a_term_never_expires() -> None:
    held = standing({"fit": met("0001-01-01")}, "9999-12-31")
    assert held.state("fit") is State.MET
    answer = held.latest("fit")
    assert answer is not None
    assert held.expires(answer) is None


def test_a_later_day_can_be_asked_about_with_what_is_known_now() -> None:
    answers = {"budget": [met("2026-01-01"), no("2026-03-01")], "fit": met("2026-03-02")}
    later = replace(standing(answers, "2026-04-02"), known=day("2026-02-28"))
    assert later.state("budget") is State.EXPIRED
    assert later.state("fit") is State.OPEN
    assert later.clarified() == 0
    assert replace(later, day=day("2026-04-01")).state("budget") is State.MET
    assert replace(later, known=day("2026-03-01")).state("budget") is State.NOT_MET
    assert replace(later, day=day("2026-01-15")).state("budget") is State.MET  # never more than the day itself knows
    assert replace(later, day=day("2025-12-31")).state("budget") is State.OPEN


# --- Every form -------------------------------------------------------------------------------------------------------


ALL_ANSWERS: Answers = {
    "fit": met("2026-02-01"),
    "pain": met("2026-02-01"),
    "budget": met("2025-11-01"),
    "monthly": no("2026-02-20"),
    "conflict": no("2026-02-01"),
}
"""On 2026-03-01: fit holds, pain is unattested, budget expired, monthly and conflict are a no, old and idle open."""


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("fit", True),
        ("pain", False),
        ("budget", False),
        ("monthly", False),
        ("old", False),
        ({"not": "fit"}, False),
        ({"not": "pain"}, True),
        ({"not": {"not": "fit"}}, True),
        ({"not_met": "monthly"}, True),
        ({"not_met": "conflict"}, True),
        ({"not_met": "fit"}, False),
        ({"not_met": "pain"}, False),
        ({"not_met": "budget"}, False),
        ({"not_met": "old"}, False),
        ({"open": "old"}, True),
        ({"open": "budget"}, True),  # it expired
        ({"open": "pain"}, False),  # it has a valid answer, only no attested one
        ({"open": "fit"}, False),
        ({"open": "monthly"}, False),
        ({"any": ["pain", "fit"]}, True),
        ({"any": ["pain", "budget"]}, False),
        ({"all": ["fit", {"not_met": "conflict"}]}, True),
        ({"all": ["fit", "pain"]}, False),
        ({"at_least": 2, "of": ["fit", {"open": "old"}, "pain"]}, True),
        ({"at_least": 3, "of": ["fit", {"open": "old"}, "pain"]}, False),
        ({"at_least": 2, "of": ["fit"]}, False),
        ({"score": 2}, True),
        ({"score": 2.01}, False),
        ({"score": 0}, True),
        ({"score": 2, "of": ["fit"]}, True),
        ({"score": 2, "of": ["fit", "fit"]}, True),
        ({"score": 4, "of": ["fit", "fit"]}, False),  # a weight counts once
        ({"score": 1, "of": ["pain", "budget"]}, False),
        ({"score": 1, "of": ["unheard_of"]}, False),
    ],
    ids=str,
)
def test_conditions_on_answers(written: Any, expected: bool) -> None:
    assert holds(written, ALL_ANSWERS) is expected


def test_an_expired_no_is_a_no_no_longer() -> None:
    answers = {"budget": no("2026-01-01")}
    assert holds({"not_met": "budget"}, answers, "2026-04-01")
    assert not holds({"open": "budget"}, answers, "2026-04-01")
    assert not holds({"not_met": "budget"}, answers, "2026-04-02")
    assert holds({"open": "budget"}, answers, "2026-04-02")


def test_a_score_adds_the_weights_of_what_holds() -> None:
    answers = {id: met("2026-02-01", attested_by="counterparty") for id in ("fit", "pain", "budget", "conflict", "old")}
    score = condition({"score": 14})
    assert isinstance(score, Score)
    assert standing(answers, "2026-03-01").score(score) == 14
    assert holds({"score": 14}, answers, "2026-03-01")
    assert not holds({"score": 15}, answers, "2026-03-01")  # knockouts are left out
    assert not holds({"score": 1, "of": ["conflict"]}, answers, "2026-03-01")
    assert holds({"score": 14}, answers, "2026-05-02")
    assert not holds({"score": 13}, answers, "2026-05-03")  # the budget expired
    assert holds({"score": 12}, answers, "2026-05-31")
    assert not holds({"score": 6}, answers, "2026-06-01")  # the old one is retired
    assert holds({"score": 5}, answers, "2026-06-01")


def test_weights_that_are_no_whole_numbers_add_up() -> None:
    book = rulebook({"a": {"weight": 0.7}, "b": {"weight": 0.1}})
    both = contact(("2026-01-01", "new"), criteria={"a": met("2026-01-01"), "b": met("2026-01-01")})
    assert situation(both, book, "2026-01-01").holds(condition({"score": 0.8}))
    assert not situation(both, book, "2026-01-01").holds(condition({"score": 0.81}))


@pytest.mark.parametrize(
    ("answers", "on", "entered", "expected"),
    [
        ({"budget": met("2026-01-01")}, "2026-04-01", "2026-02-01", False),
        ({"budget": met("2026-01-01")}, "2026-04-02", "2026-02-01", True),  # it expired
        ({"budget": [met("2026-01-01"), no("2026-02-02")]}, "2026-02-01", "2026-02-01", False),
        ({"budget": [met("2026-01-01"), no("2026-02-02")]}, "2026-02-02", "2026-02-01", True),
        ({"budget": [met("2026-01-01"), no("2026-02-01")]}, "2026-03-01", "2026-02-01", False),  # gone on that day
        ({"budget": [no("2026-01-01"), met("2026-02-02"), no("2026-02-03")]}, "2026-03-01", "2026-02-01", False),
        ({"budget": [met("2026-02-01"), no("2026-02-03")]}, "2026-03-01", "2026-02-01", True),  # held on that day
        ({"budget": [met("2026-01-01"), no("2026-02-02"), met("2026-02-03")]}, "2026-03-01", "2026-02-01", False),
        ({"pain": [met("2026-01-01"), no("2026-02-02")]}, "2026-03-01", "2026-02-01", False),  # never attested
        ({}, "2026-03-01", "2026-02-01", False),
        ({"budget": [met("2026-01-01"), no("2026-02-02")]}, "2026-03-01", None, False),
    ],
)
def test_lost_is_what_held_on_entering_and_no_longer_does(
    answers: Answers, on: str, entered: str | None, expected: bool
) -> None:
    assert holds({"lost": ["fit", "pain", "budget"]}, answers, on, entered) is expected


@pytest.mark.parametrize(
    ("answers", "count", "expected"),
    [
        ({}, 1, False),
        ({"fit": met("2026-02-01")}, 1, False),  # not on the day of entry
        ({"fit": met("2026-02-02")}, 1, True),
        ({"fit": no("2026-02-02")}, 1, True),
        ({"fit": met("2026-03-01")}, 1, True),
        ({"fit": met("2026-03-02")}, 1, False),  # not yet
        ({"fit": met("2026-02-02")}, 2, False),
        ({"fit": [no("2026-02-02"), met("2026-02-03")]}, 2, True),
        ({"fit": [no("2026-02-02"), met("2026-02-02")]}, 2, True),
        ({"fit": met("2026-02-02"), "pain": met("2026-02-03")}, 2, True),  # attested or not
        ({"fit": met("2026-02-02"), "pain": met("2026-01-31")}, 2, False),
        ({"old": met("2026-02-02"), "unheard_of": met("2026-02-02")}, 2, True),
    ],
)
def test_clarified_counts_answers_after_the_day_of_entry(answers: Answers, count: int, expected: bool) -> None:
    assert holds({"clarified": count}, answers, "2026-03-01", "2026-02-01") is expected
    assert not holds({"clarified": count}, answers, "2026-03-01", None)


@pytest.mark.parametrize(
    ("field", "fields", "expected"),
    [
        ("revisit", {}, False),
        ("revisit", {"revisit": "2027-01-01"}, True),
        ("role", {"role": ""}, False),
        ("tags", {"tags": []}, False),
        ("tags", {"tags": [""]}, True),
        ("value", {"value": 0}, True),
        ("extra", {"extra": {}}, False),
        ("extra.region", {"extra": {"region": "nord"}}, True),
        ("extra.region", {"extra": {"region": None}}, False),
        ("extra.region", {"extra": {"region": False}}, True),
        ("extra.a.b.c", {"extra": {"a": {"b": {"c": 1}}}}, True),
        ("extra.a.b.c", {"extra": {"a": {"b": "text"}}}, False),
        ("extra.a.0", {"extra": {"a": ["x"]}}, False),
        ("name", {}, True),
        ("next_step.owner", {"next_step": {"do": "x", "clarifies": "fit", "due": "2026-01-01"}}, False),
    ],
)
def test_has_asks_for_a_field_that_is_not_empty(field: str, fields: Answers, expected: bool) -> None:
    assert holds({"has": field}, {}, **fields) is expected


@pytest.mark.parametrize(
    ("on", "expected"), [("2026-02-28", False), ("2026-03-01", True), ("2026-03-02", True), ("2027-01-01", True)]
)
def test_passed_holds_from_the_date_on(on: str, expected: bool) -> None:
    assert holds({"passed": "revisit"}, {}, on, revisit="2026-03-01") is expected
    assert holds({"passed": "extra.until"}, {}, on, extra={"until": "2026-03-01"}) is expected


def test_what_is_no_date_has_not_passed() -> None:
    assert not holds({"passed": "revisit"}, {})
    for value in ("soon", "2026-02-30", 5, None, ["2026-01-01"], ""):
        assert not holds({"passed": "extra.x"}, {}, extra={"x": value})


@pytest.mark.parametrize(
    ("duration", "entered", "on", "expected"),
    [
        ("30d", "2026-02-01", "2026-03-02", False),
        ("30d", "2026-02-01", "2026-03-03", True),
        ("1m", "2026-01-31", "2026-02-27", False),
        ("1m", "2026-01-31", "2026-02-28", True),
        ("0d", "2026-02-01", "2026-02-01", True),
        ("1y", "2024-02-29", "2025-02-27", False),
        ("1y", "2024-02-29", "2025-02-28", True),
        ("0d", None, "2026-02-01", False),
    ],
)
def test_older_than_holds_from_entry_plus_duration_on(
    duration: str, entered: str | None, on: str, expected: bool
) -> None:
    assert holds({"older_than": duration}, {}, on, entered) is expected


def test_a_list_holds_if_all_of_it_does() -> None:
    here = standing(ALL_ANSWERS, "2026-03-01")
    assert here.all_hold(())
    assert here.all_hold(conditions(["fit", {"not_met": "conflict"}]))
    assert not here.all_hold(conditions(["fit", "pain"]))


# --- What is missing --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "missing"),
    [
        ("pain", ("pain",)),
        ("budget", ("budget",)),
        ({"not_met": "fit"}, ("fit",)),
        ({"open": "fit"}, ("fit",)),
        ({"not": "fit"}, ("fit",)),
        ({"not": {"all": ["fit", {"not_met": "conflict"}]}}, ("fit", "conflict")),
        ({"not": {"any": ["fit", "pain", "fit"]}}, ("fit", "pain")),
        ({"not": {"score": 1}}, ()),
        ({"not": {"score": 1, "of": ["fit", "pain"]}}, ("fit", "pain")),
        ({"not": {"any": ["fit", {"lost": ["pain"]}]}}, ("fit",)),  # lost names none
        ({"any": ["pain", "budget"]}, ("pain", "budget")),
        ({"any": ["pain", {"all": ["fit", "budget"]}]}, ("pain", "budget")),
        ({"all": ["fit", "pain", "budget", "pain"]}, ("pain", "budget")),
        ({"at_least": 3, "of": ["fit", "pain", {"not_met": "monthly"}, "budget"]}, ("pain", "budget")),
        ({"at_least": 2, "of": ["fit", {"clarified": 9}]}, ()),
        ({"any": [{"has": "revisit"}, "pain"]}, ("pain",)),
        ({"score": 9}, ("pain", "budget", "monthly", "old")),  # neither fit, nor knockouts, nor what weighs nothing
        ({"score": 9, "of": ["old", "fit", "conflict", "pain", "unheard_of"]}, ("old", "pain")),
        ({"lost": ["fit", "pain"]}, ()),
        ({"clarified": 9}, ()),
        ({"has": "revisit"}, ()),
        ({"passed": "revisit"}, ()),
        ({"older_than": "1y"}, ()),
        ({"any": ["unheard_of"]}, ("unheard_of",)),
    ],
    ids=str,
)
def test_what_is_missing_from_a_condition_that_does_not_hold(written: Any, missing: tuple[str, ...]) -> None:
    here = standing(ALL_ANSWERS, "2026-03-01")
    assert not here.holds(condition(written))
    assert here.missing_criteria(condition(written)) == missing


def test_a_retired_criterion_is_not_missing_from_a_score() -> None:
    assert "old" in standing({}, "2026-05-31").missing_criteria(condition({"score": 9}))
    assert "old" not in standing({}, "2026-06-01").missing_criteria(condition({"score": 9}))


# --- Fields -----------------------------------------------------------------------------------------------------------


def test_fields_are_found_by_dotted_paths() -> None:
    fields: dict[str, Value] = {"a": {"b": {"c": 1}}, "a.b": 2, "l": [1]}
    assert field_value(fields, "a.b.c") == 1
    assert field_value(fields, "a.b") == {"c": 1}
    assert field_value(fields, "a.x.c") is None
    assert field_value(fields, "l.0") is None
    assert field_value(fields, "") is None


def test_what_counts_as_empty() -> None:
    empty: list[Value] = [None, "", [], {}]
    filled: list[Value] = [0, False, " ", [None], {"a": None}, 0.0]
    assert [is_empty(value) for value in empty] == [True] * 4
    assert [is_empty(value) for value in filled] == [False] * 6


def test_a_situation_knows_only_its_own_rule_book() -> None:
    strict: RuleBook = rulebook({"fit": {"valid_for": "1d", "attested_by": "counterparty"}})
    answered = contact(("2026-01-01", "new"), criteria={"fit": met("2026-02-01")})
    assert situation(answered, BOOK, "2026-03-01").state("fit") is State.MET
    assert situation(answered, strict, "2026-02-02").state("fit") is State.UNATTESTED
    assert situation(answered, strict, "2026-02-03").state("fit") is State.EXPIRED
