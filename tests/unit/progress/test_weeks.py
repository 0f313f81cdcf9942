from __future__ import annotations

from crmtool.contact import Contact
from crmtool.progress.history import histories
from crmtool.progress.weeks import IsoWeek, iso_weeks
from tests.building import contact, day, met, no, rulebook

BOOK = rulebook()
# Mondays: 26 January, 2 February, 9 February 2026


def weeks(*who: Contact, on: str = "2026-02-11", count: int = 3) -> tuple[IsoWeek, ...]:
    return iso_weeks(histories(who, BOOK, day(on)), day(on), count)


def test_the_weeks_end_with_that_of_the_day() -> None:
    assert [(week.monday.isoformat(), week.sunday.isoformat(), week.is_running) for week in weeks()] == [
        ("2026-01-26", "2026-02-01", False),
        ("2026-02-02", "2026-02-08", False),
        ("2026-02-09", "2026-02-15", True),
    ]
    assert [week.number for week in weeks()] == [5, 6, 7]
    assert weeks(on="2026-02-15")[-1].monday == weeks(on="2026-02-09")[-1].monday == day("2026-02-09")
    assert weeks(on="2026-02-08")[-1].monday == day("2026-02-02")


def test_a_quarter_is_told_by_default() -> None:
    assert len(iso_weeks((), day("2026-02-11"))) == 13


def test_a_criterion_is_clarified_once_a_week_in_each_week_with_an_answer() -> None:
    answers = {
        "a": [met("2026-02-02"), no("2026-02-08")],  # Monday and Sunday of one week
        "b": [met("2026-02-01"), met("2026-02-09")],  # Sunday of one, Monday of the week after the next
        "c": met("2026-02-12"),  # tomorrow
        "d": met("2026-01-25"),  # the Sunday before all of them
    }
    found = weeks(contact(("2026-01-01", "new"), criteria=answers))
    assert [week.clarified for week in found] == [(("x", "b"),), (("x", "a"),), (("x", "b"),)]


def test_decisions_but_entries_are_counted_with_the_won_and_the_ended_apart() -> None:
    found = weeks(
        contact(("2026-02-02", "new"), ("2026-02-03", "later"), ("2026-02-08", "won"), id="one"),
        contact(("2026-01-01", "new"), ("2026-02-02", "ended"), ("2026-02-09", "new"), id="two"),
        contact(("2026-02-03", "ended"), id="entered so"),
        contact(("2026-01-01", "new"), ("2026-02-12", "won"), id="tomorrow"),
    )
    assert [(week.decided, week.won, week.ended) for week in found] == [
        ((), (), ()),
        (("one", "one", "two"), ("one",), ("two",)),
        (("two",), (), ()),
    ]


def test_a_contact_that_does_not_exist_yet_clarifies_nothing() -> None:
    assert weeks(contact(("2026-02-12", "new"), criteria={"a": met("2026-02-10")}))[-1].clarified == ()
