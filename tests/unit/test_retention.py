"""Whose personal data are due for erasure, and from which day on."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from crmtool.assessment import Assessment, assess
from crmtool.contact import Contact, is_erased
from crmtool.retention import by_owner, due_erasures, erasure_of, erasures
from crmtool.rulebook import RuleBook
from tests.building import assessed, contact, day, rulebook

KEPT = rulebook(retention={"ended": "24m"})


def ended(on: str = "2024-11-23", **more: Any) -> Contact:
    return contact(("2024-01-10", "new"), (on, "ended"), **more)


def due(found: Contact, on: str, rules: RuleBook = KEPT) -> date | None:
    erasure = erasure_of(assessed(found, rules, on), rules)
    return erasure.due if erasure else None


@pytest.mark.parametrize(
    ("kept", "on", "expected"),
    [
        ("24m", "2024-11-23", "2026-11-23"),
        ("3m", "2026-11-30", "2027-02-28"),
        ("1y", "2024-02-29", "2025-02-28"),
        ("14d", "2026-12-25", "2027-01-08"),
        ("6w", "2026-11-23", "2027-01-04"),
        ("0d", "2026-11-23", "2026-11-23"),
    ],
)
def test_the_day_is_told_by_the_calendar(kept: str, on: str, expected: str) -> None:
    assert due(ended(on), "2026-12-31", rulebook(retention={"ended": kept})) == day(expected)


@pytest.mark.parametrize(
    ("on", "is_due", "is_near", "days"),
    [
        ("2026-08-24", False, False, 91),
        ("2026-08-25", False, True, 90),
        ("2026-11-22", False, True, 1),
        ("2026-11-23", True, False, 0),
        ("2026-11-24", True, False, -1),
    ],
)
def test_it_is_due_from_that_day_on_and_near_ninety_days_before(
    on: str, is_due: bool, is_near: bool, days: int
) -> None:
    erasure = erasure_of(assessed(ended(), KEPT, on), KEPT)
    assert erasure is not None
    assert (erasure.is_due, erasure.is_near, erasure.days) == (is_due, is_near, days)


@pytest.mark.parametrize("status", ["new", "later", "held", "won"])
def test_only_who_is_ended_is_ever_due(status: str) -> None:
    assert due(contact(("2020-01-10", "new"), ("2020-02-10", status)), "2026-11-23") is None


def test_a_contact_that_was_reopened_is_due_no_longer_and_one_ended_again_counts_anew() -> None:
    decisions = (("2020-01-10", "new"), ("2020-02-10", "ended"), ("2026-10-01", "new"))
    assert due(contact(*decisions), "2026-09-30") == day("2022-02-10")
    assert due(contact(*decisions), "2026-11-23") is None
    assert due(contact(*decisions, ("2026-11-01", "ended")), "2026-11-23") == day("2028-11-01")


def test_a_rule_book_that_says_nothing_makes_nobody_due() -> None:
    for rules in (rulebook(), rulebook(retention={})):
        assert rules.retention is None
        assert due(ended("2001-01-01"), "2026-11-23", rules) is None


def test_what_is_kept_for_longer_than_the_calendar_lasts_is_never_due() -> None:
    assert due(ended(), "2026-11-23", rulebook(retention={"ended": "99999y"})) == date.max


@pytest.mark.parametrize(
    ("more", "erased"),
    [
        ({"extra": {"erased": True}}, True),
        ({"extra": {"erased": True}, "email": []}, True),
        ({"extra": {"erased": True}, "email": "gelöscht", "phone": ["erased"], "value": 0}, True),
        ({"extra": {"erased": True}, "email": "jo@example.com"}, False),
        ({"extra": {"erased": True}, "organization": "Example & Sons"}, False),
        ({"extra": {"erased": "2026-11-23"}}, False),
        ({"extra": {"erased": False}}, False),
        ({"extra": {}}, False),
        ({}, False),
    ],
)
def test_who_was_erased_is_never_due_and_who_only_says_so_is(more: dict[str, Any], erased: bool) -> None:
    found = ended(**more)
    assert is_erased(found) is erased
    assert (due(found, "2030-01-01") is None) is erased


def test_the_longest_overdue_stand_first_those_of_one_day_by_id() -> None:
    found = [
        assessed(ended(on, id=id), KEPT, "2026-11-23")
        for id, on in (("c", "2024-05-01"), ("b", "2024-03-01"), ("a", "2024-05-01"), ("d", "2025-01-01"))
    ]
    assert [erasure.assessment.contact.id for erasure in erasures(found, KEPT)] == ["b", "a", "c", "d"]
    assert [erasure.assessment.contact.id for erasure in due_erasures(found, KEPT)] == ["b", "a", "c"]


def test_owners_are_counted_who_has_the_most_first() -> None:
    owners = ("mira", "jonas", None, "jonas", "ada")
    found = [assessed(ended(**({"owner": owner} if owner else {})), KEPT, "2026-11-23") for owner in owners]
    assert list(by_owner(erasures(found, KEPT)).items()) == [("jonas", 2), ("", 1), ("ada", 1), ("mira", 1)]


@pytest.mark.parametrize(
    ("id", "command"),
    [
        ("example/jo", "crmtool erase example/jo"),
        ("jo example; rm", "crmtool erase 'jo example; rm'"),
        ("-jo", "crmtool erase -- -jo"),
    ],
)
def test_the_command_can_be_pasted(id: str, command: str) -> None:
    (erasure,) = erasures([assessed(ended(id=id), KEPT, "2026-11-23")], KEPT)
    assert erasure.command == command


def test_it_is_told_as_of_a_past_day_too() -> None:
    def then(on: str) -> Assessment | None:
        return assess(ended(), KEPT, day(on))

    before, after = then("2024-11-22"), then("2024-11-23")
    assert before is not None
    assert after is not None
    assert erasures([before, after], KEPT)[0].assessment is after
    assert len(erasures([before, after], KEPT)) == 1
