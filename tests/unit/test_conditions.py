from __future__ import annotations

from typing import Any

import pytest

from crmtool.conditions import (
    All,
    AtLeast,
    Clarified,
    Condition,
    Has,
    Holds,
    Lost,
    Not,
    NotMet,
    OlderThan,
    Open,
    Passed,
    Score,
    named_criteria,
    notation,
    parse_requires,
    parts,
    total,
    walk,
)
from crmtool.days import Duration
from tests.building import condition, conditions

FORMS: list[tuple[Any, Condition, str]] = [
    ("budget", Holds("budget"), "budget"),
    ({"not_met": "budget"}, NotMet("budget"), "not_met: budget"),
    ({"open": "budget"}, Open("budget"), "open: budget"),
    ({"not": "budget"}, Not(Holds("budget")), "not: budget"),
    ({"not": {"not_met": "budget"}}, Not(NotMet("budget")), "not: {not_met: budget}"),
    ({"not": {"not": "budget"}}, Not(Not(Holds("budget"))), "not: {not: budget}"),
    ({"not": ["a", "b"]}, Not(All((Holds("a"), Holds("b")))), "not: {all: [a, b]}"),
    ({"any": ["a", "b"]}, AtLeast(1, (Holds("a"), Holds("b")), is_any=True), "any: [a, b]"),
    ({"any": ["a"]}, AtLeast(1, (Holds("a"),), is_any=True), "any: [a]"),
    ({"any": [["a"], "c"]}, AtLeast(1, (All((Holds("a"),)), Holds("c")), is_any=True), "any: [{all: [a]}, c]"),
    ({"all": ["a", {"open": "b"}]}, All((Holds("a"), Open("b"))), "all: [a, {open: b}]"),
    (["a", "b"], All((Holds("a"), Holds("b"))), "all: [a, b]"),
    ({"at_least": 2, "of": ["a", "b"]}, AtLeast(2, (Holds("a"), Holds("b"))), "at_least: 2, of: [a, b]"),
    ({"of": ["a"], "at_least": 1}, AtLeast(1, (Holds("a"),)), "at_least: 1, of: [a]"),
    ({"score": 9}, Score(9), "score: 9"),
    ({"score": 0}, Score(0), "score: 0"),
    ({"score": -1.5}, Score(-1.5), "score: -1.5"),
    ({"score": 0.1}, Score(0.1), "score: 0.1"),
    ({"score": 1234567}, Score(1234567), "score: 1234567"),
    ({"score": 4, "of": ["a", "b"]}, Score(4, ("a", "b")), "score: 4, of: [a, b]"),
    ({"score": 4, "of": "a"}, Score(4, ("a",)), "score: 4, of: [a]"),
    ({"score": 4, "of": ["a", "b", "a"]}, Score(4, ("a", "b")), "score: 4, of: [a, b]"),
    ({"lost": ["a", "b"]}, Lost(("a", "b")), "lost: [a, b]"),
    ({"lost": "a"}, Lost(("a",)), "lost: [a]"),
    ({"clarified": 1}, Clarified(1), "clarified: 1"),
    ({"has": "extra.region"}, Has("extra.region"), "has: extra.region"),
    ({"passed": "revisit"}, Passed("revisit"), "passed: revisit"),
    ({"older_than": "6w"}, OlderThan(Duration(6, "w")), "older_than: 6w"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "parsed", "told"), FORMS, ids=[told for *_, told in FORMS])
def test_every_form_is_read_and_written(written: Any, parsed: Condition, told: str) -> None:
    assert condition(written) == parsed
    assert notation(parsed) == told


def test_a_list_means_all_of_them_and_one_condition_needs_none() -> None:
    assert conditions(["a", {"not": "b"}]) == (Holds("a"), Not(Holds("b")))
    assert conditions("a") == (Holds("a"),)
    assert conditions({"score": 3}) == (Score(3),)
    assert conditions([]) == ()
    assert conditions(None) == ()
    assert conditions([["a", "b"]]) == (All((Holds("a"), Holds("b"))),)


FLAWS: list[tuple[Any, tuple[str | int, ...], str]] = [
    (5, (), "this is not a condition"),
    (True, (), "this is not a condition"),
    (False, (), "this is not a condition"),
    (1.5, (), "this is not a condition"),
    ("", (), "this is not a condition"),
    ([None], (0,), "this is not a condition"),
    (["a", 5], (1,), "this is not a condition"),
    ([""], (0,), "this is not a condition"),
    ([[]], (0,), "a list of conditions is missing"),
    ([["a", 1]], (0, 1), "this is not a condition"),
    ({}, (), "'' is not a form of condition"),
    ({"nott": "a"}, (), "'nott' is not a form of condition"),
    ({"NOT": "a"}, (), "'NOT' is not a form of condition"),
    ({"of": ["a"]}, (), "'of' is not a form of condition"),
    ({"a": "b", "c": "d"}, (), "'a, c' is not a form of condition"),
    ({"not": "a", "any": ["b"]}, ("any",), "'any' does not belong to the condition 'not'"),
    ({"x": 1, "not": "a"}, ("x",), "'x' does not belong to the condition 'not'"),
    ({"not": "a", "of": ["b"]}, ("of",), "'of' does not belong to the condition 'not'"),
    ({"any": ["a"], "of": ["b"]}, ("of",), "'of' does not belong to the condition 'any'"),
    ({"not": None}, ("not",), "this is not a condition"),
    ({"not": []}, ("not",), "a list of conditions is missing"),
    ({"not": {"not": 5}}, ("not", "not"), "this is not a condition"),
    ({"not_met": ["a"]}, ("not_met",), "'not_met' needs one name"),
    ({"not_met": ""}, ("not_met",), "'not_met' needs one name"),
    ({"open": 1}, ("open",), "'open' needs one name"),
    ({"open": {"not": "a"}}, ("open",), "'open' needs one name"),
    ({"any": []}, ("any",), "a list of conditions is missing"),
    ({"any": "a"}, ("any",), "a list of conditions is missing"),
    ({"any": ["a", {"has": None}]}, ("any", 1, "has"), "'has' needs one name"),
    ({"all": {"not": "a"}}, ("all",), "a list of conditions is missing"),
    ({"at_least": 2}, ("of",), "a list of conditions is missing"),
    ({"at_least": 2, "of": []}, ("of",), "a list of conditions is missing"),
    ({"at_least": 0, "of": ["a"]}, ("at_least",), "'at_least' needs a whole number from 1"),
    ({"at_least": 1.0, "of": ["a"]}, ("at_least",), "'at_least' needs a whole number from 1"),
    ({"at_least": True, "of": ["a"]}, ("at_least",), "'at_least' needs a whole number from 1"),
    ({"at_least": "2", "of": ["a"]}, ("at_least",), "'at_least' needs a whole number from 1"),
    ({"at_least": 1, "of": ["a", 5]}, ("of", 1), "this is not a condition"),
    ({"score": "9"}, ("score",), "'score' needs a number"),
    ({"score": None}, ("score",), "'score' needs a number"),
    ({"score": True}, ("score",), "'score' needs a number"),
    ({"score": 9, "of": []}, ("of",), "a list of criterion ids is missing"),
    ({"score": 9, "of": [1]}, ("of",), "a list of criterion ids is missing"),
    ({"score": 9, "of": [{"not": "a"}]}, ("of",), "a list of criterion ids is missing"),
    ({"score": 9, "of": ""}, ("of",), "a list of criterion ids is missing"),
    ({"lost": []}, ("lost",), "a list of criterion ids is missing"),
    ({"lost": ["a", ""]}, ("lost",), "a list of criterion ids is missing"),
    ({"lost": 5}, ("lost",), "a list of criterion ids is missing"),
    ({"clarified": 0}, ("clarified",), "'clarified' needs a whole number from 1"),
    ({"clarified": "1"}, ("clarified",), "'clarified' needs a whole number from 1"),
    ({"has": 1}, ("has",), "'has' needs one name"),
    ({"passed": None}, ("passed",), "'passed' needs one name"),
    ({"older_than": 30}, ("older_than",), "'older_than' needs a duration"),
    ({"older_than": "30"}, ("older_than",), "'older_than' needs a duration"),
]


HINTS = {
    "this is not a condition": "write a criterion's id, or a form such as {not: id}",
    "is not a form of condition": "write an id or one of: not, not_met, open, any, all, at_least, score, lost, "
    "clarified, has, passed, older_than",
    "does not belong to the condition": "write each condition as an item of its own",
    "a list of conditions is missing": "write [one, two]",
    "a list of criterion ids is missing": "write [fit, pain]",
    "'not_met' needs": "write {not_met: name}",
    "'open' needs": "write {open: name}",
    "'has' needs": "write {has: name}",
    "'passed' needs": "write {passed: name}",
    "'at_least' needs": "write {at_least: 1}",
    "'clarified' needs": "write {clarified: 1}",
    "'score' needs": "write {score: 9}",
    "'older_than' needs": "write 14d, 6w, 3m or 1y",
}


@pytest.mark.parametrize(("written", "place", "message"), FLAWS, ids=[str(written) for written, *_ in FLAWS])
def test_what_is_no_condition_is_told_with_its_place(written: Any, place: tuple[str | int, ...], message: str) -> None:
    at = ("transitions", "x", "requires")
    found, (flaw,) = parse_requires(written, at)
    assert found == () or isinstance(written, list)
    assert (flaw.place, flaw.message) == ((*at, *place), message)
    assert [flaw.hint] == [hint for told, hint in HINTS.items() if told in message]


def test_flaws_are_left_out_and_told_all_at_once() -> None:
    found, flaws = parse_requires(["a", 5, {"not": "b"}, {"score": "x"}], ("when",))
    assert found == (Holds("a"), Not(Holds("b")))
    assert [flaw.place for flaw in flaws] == [("when", 1), ("when", 3, "score")]


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("a", ("a",)),
        ({"not_met": "a"}, ("a",)),
        ({"open": "a"}, ("a",)),
        ({"not": {"not": "a"}}, ("a",)),
        ({"any": ["b", {"all": ["a", {"open": "b"}, "c"]}]}, ("b", "a", "c")),
        ({"at_least": 1, "of": ["a", {"not_met": "b"}]}, ("a", "b")),
        ({"score": 9}, ()),
        ({"score": 9, "of": ["b", "a"]}, ("b", "a")),
        ({"lost": ["b", "a"]}, ("b", "a")),
        ({"any": [{"lost": ["a"]}, {"score": 1, "of": ["c", "a"]}]}, ("a", "c")),
        ({"clarified": 1}, ()),
        ({"has": "a"}, ()),
        ({"passed": "a"}, ()),
        ({"older_than": "1d"}, ()),
    ],
    ids=str,
)
def test_the_criteria_that_a_condition_names(written: Any, names: tuple[str, ...]) -> None:
    assert named_criteria(condition(written)) == names


def test_a_condition_is_gone_through_with_all_inside_it() -> None:
    tree = condition({"not": {"any": ["a", ["b", {"has": "c"}]]}})
    assert [notation(part) for part in walk(tree)] == [
        "not: {any: [a, {all: [b, {has: c}]}]}",
        "any: [a, {all: [b, {has: c}]}]",
        "a",
        "all: [b, {has: c}]",
        "b",
        "has: c",
    ]
    assert parts(condition({"score": 1, "of": ["a"]})) == ()
    assert parts(condition({"not": "a"})) == (Holds("a"),)


def test_weights_add_up_as_people_add_them() -> None:
    assert total([0.7, 0.1]) == 0.8
    assert total([0.1] * 3) == 0.3
    assert total([1, 1e-9]) > total([1, 1e-10]) == 1  # what is finer is noise
    assert total([2, 3]) == 5
    assert total([]) == 0
