from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from crmtool.turning import answer_changes, first_day, turning_points
from tests.building import conditions, contact, day, met, no, rulebook, situation

BOOK = rulebook({"a": {"valid_for": "10d"}, "b": {}, "old": {"retired": "2026-03-01"}})
WHO = contact(
    ("2026-01-05", "new"),
    criteria={"a": [met("2026-01-01"), no("2026-01-20")], "b": met("2026-01-03"), "unknown": met("2026-01-09")},
    revisit="2026-02-10",
    extra={"end": "2026-01-02", "text": "soon"},
)
HERE = situation(WHO, BOOK, "2026-01-07", "2026-01-05")


def days(*written: str) -> set[date]:
    return {day(on) for on in written}


# The entry; a of 1 January expires on the 12th, that of the 20th on the 31st; b is older than the entry.
ALWAYS = days("2026-01-05", "2026-01-12", "2026-01-20", "2026-01-31", "2026-01-09", "2026-03-01")


@pytest.mark.parametrize(
    ("written", "more"),
    [
        (["a", {"not": "b"}, {"clarified": 1}], []),
        ([{"older_than": "1m"}], ["2026-02-05"]),
        ([{"any": [{"not": {"older_than": "3d"}}, {"passed": "revisit"}]}], ["2026-01-08", "2026-02-10"]),
        ([{"passed": "extra.end"}, {"passed": "extra.text"}, {"passed": "due"}, {"has": "revisit"}], []),
    ],
)
def test_the_days_on_which_something_can_change(written: Any, more: list[str]) -> None:
    assert turning_points(HERE, conditions(written)) == ALWAYS | days(*more)


def test_without_an_entry_they_start_with_the_day() -> None:
    # A contact that enters is looked at on the day alone: what lies before is past.
    assert min(turning_points(situation(WHO, BOOK, "2026-01-10"), ())) == day("2026-01-10")


def test_a_criterion_changes_with_its_answers_and_their_expiry() -> None:
    expected = [day(on) for on in ("2026-01-01", "2026-01-12", "2026-01-20", "2026-01-31")]
    assert list(answer_changes(HERE, "a")) == expected
    assert list(answer_changes(HERE, "b")) == [day("2026-01-03")]
    assert list(answer_changes(HERE, "nobody asked")) == []


def test_the_first_day_is_the_earliest_up_to_that_of_the_situation() -> None:
    (wanted,) = conditions(["a"])
    points = days("2026-01-06", "2026-01-08", "2026-01-05")
    assert first_day(HERE, points, lambda then: then.holds(wanted)) == day("2026-01-05")
    assert first_day(HERE, days("2026-01-08"), lambda then: then.holds(wanted)) is None
    assert first_day(HERE, points, lambda then: not then.holds(wanted)) is None
