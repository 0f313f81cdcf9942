from __future__ import annotations

from typing import Any

import pytest

from crmtool.contact import Contact
from crmtool.progress.change import Progress, clarified, direction, position, progress, progress_since
from crmtool.rulebook import RuleBook
from tests.building import assessed, contact, contact_document, contact_of, day, met, no, rulebook, rulebook_of
from tests.conftest import JANA, RULEBOOK

BOOK = rulebook_of(RULEBOOK)
WHO = contact_of(contact_document(JANA))


def over(start: str, end: str, who: Contact = WHO, book: RuleBook = BOOK) -> Progress:
    found = progress(who, book, day(start), day(end))
    assert found is not None
    return found


def test_progress_is_clarity_and_distance_at_the_end_against_the_start() -> None:
    found = over("2026-11-02", "2026-11-23")
    assert found.start is not None
    assert (found.start.clarity, found.end.clarity) == (2 / 13, 8 / 13)
    assert found.clarity_change == pytest.approx(6 / 13)
    assert (found.start.distance, found.end.distance, found.distance_change) == (2, 3, 1)
    assert [decision.to for decision in found.decisions] == ["clarifying"]


def test_only_decisions_after_the_start_and_up_to_the_end_count() -> None:
    def taken(start: str, end: str) -> list[str]:
        return [decision.to for decision in over(start, end).decisions]

    assert taken("2026-10-19", "2026-11-05") == ["new", "clarifying"]
    assert taken("2026-10-20", "2026-11-05") == ["clarifying"]
    assert taken("2026-10-20", "2026-11-04") == []
    assert taken("2026-11-05", "2026-11-23") == []
    assert taken("2026-11-05", "2026-11-05") == []


def test_what_did_not_exist_yet_counts_as_nothing() -> None:
    found = over("2026-10-01", "2026-11-23")
    assert found.start is None
    assert found.clarity_change == pytest.approx(8 / 13)
    assert found.distance_change is None
    assert progress(WHO, BOOK, day("2026-10-01"), day("2026-10-19")) is None


def test_clarity_can_be_lost() -> None:
    book = rulebook({"a": {"valid_for": "10d"}, "b": {}})
    who = contact(("2026-01-01", "new"), criteria={"a": no("2026-01-02")})
    assert over("2026-01-05", "2026-01-20", who, book).clarity_change == -0.5


def test_where_there_is_no_distance_there_is_no_change() -> None:
    who = contact(("2026-01-01", "new"), ("2026-02-01", "stopped"), criteria={"fit": met("2026-01-01")})
    found = over("2026-01-15", "2026-02-15", who)
    assert found.start is not None
    assert (found.start.distance, found.end.distance, found.distance_change) == (1, None, None)
    assert found.clarity_change == 0


def test_where_nothing_is_asked_there_is_no_clarity() -> None:
    found = over("2026-01-01", "2026-02-01", contact(("2026-01-01", "new")), rulebook())
    assert (found.end.clarity, found.clarity_change) == (None, 0)


def test_a_position_is_what_an_assessment_says() -> None:
    # On 23 November 8 of 13 weights are clear, and three conditions of `mature` do not hold.
    at = position(WHO, BOOK, day("2026-11-23"))
    assert at is not None
    assert (at.status.id, at.clarity, at.distance) == ("clarifying", 8 / 13, 3)
    assert position(WHO, BOOK, day("2026-10-19")) is None


def test_progress_since_compares_an_assessment_with_an_earlier_day() -> None:
    found = progress_since(day("2026-11-02"), assessed(WHO, BOOK, "2026-11-23"), BOOK)
    assert found.clarity_change == pytest.approx(6 / 13)
    assert (found.distance_change, [decision.to for decision in found.decisions]) == (1, ["clarifying"])


@pytest.mark.parametrize(
    ("decisions", "answers", "expected"),
    [
        ([("2026-01-01", "new"), ("2026-02-11", "later")], {}, "closer"),  # a later status
        ([("2026-01-01", "new"), ("2026-02-11", "won")], {}, "closer"),
        (
            [("2026-01-01", "later"), ("2026-02-11", "new")],
            {"a": met("2026-02-12")},
            "further",
        ),  # status before all else
        ([("2026-01-01", "later"), ("2026-02-11", "held")], {}, "further"),
        ([("2026-01-01", "new"), ("2026-02-20", "ended")], {}, "ended"),
        ([("2026-01-01", "new"), ("2026-02-10", "ended")], {}, "unchanged"),  # ended on the start: before the period
        ([("2026-01-01", "new")], {"a": met("2026-02-11")}, "closer"),  # one condition fewer
        ([("2026-01-01", "new")], {"a": [met("2026-02-10"), no("2026-02-11")]}, "further"),  # one more
        ([("2026-01-01", "new")], {"b": no("2026-02-20")}, "closer"),  # clearer
        ([("2026-01-01", "new")], {"b": met("2026-02-10")}, "unchanged"),
        # new in the period: against where it stood as it entered
        ([("2026-02-11", "new")], {"a": met("2026-02-11")}, "unchanged"),
        ([("2026-02-11", "new")], {"a": met("2026-02-12")}, "closer"),
        ([("2026-02-11", "new"), ("2026-02-11", "later")], {}, "closer"),
        ([("2026-02-11", "new"), ("2026-02-12", "held")], {}, "further"),
        ([("2026-02-11", "new"), ("2026-02-12", "won")], {}, "closer"),
        ([("2026-02-11", "new"), ("2026-02-12", "ended")], {}, "ended"),
        # an entry decides nothing
        ([("2026-02-11", "won")], {}, "unchanged"),
        ([("2026-02-11", "ended")], {}, "unchanged"),
    ],
)
def test_the_direction_is_told_by_status_then_distance_then_clarity(
    decisions: list[tuple[str, str]], answers: dict[str, Any], expected: str
) -> None:
    ways = {"enter": {"to": "new"}, "on": {"from": "new", "to": "later", "requires": ["a"]}}
    book = rulebook(["a", "b"], transitions=ways)
    assert direction(over("2026-02-10", "2026-02-20", contact(*decisions, criteria=answers), book)) == expected


def test_a_criterion_is_clarified_once_whatever_the_number_of_answers() -> None:
    answers = {"a": [no("2026-02-11"), met("2026-02-20")], "b": met("2026-02-10"), "c": met("2026-02-21")}
    who = contact(("2026-01-01", "new"), criteria=answers)
    assert clarified(who, day("2026-02-10"), day("2026-02-20")) == 1  # a; b and c lie just outside
    assert clarified(who, day("2026-02-09"), day("2026-02-21")) == 3
