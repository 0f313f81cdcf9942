from __future__ import annotations

import pytest

from crmtool.assessment import assess_all
from crmtool.contact import Contact
from crmtool.progress.change import Direction
from crmtool.progress.movement import SPANS, Course, Directions, Shift, changes_over, courses, directions
from tests.building import contact, day, met, no, rulebook

# Clarity: a weighs 3, b 1. Distance from `new`: a and b are missing for `later`. From `held` no way leads on.
WAYS = {"enter": {"to": "new"}, "on": {"from": "new", "to": "later", "requires": ["a", "b"]}}
BOOK = rulebook({"a": {"weight": 3}, "b": {}}, transitions=WAYS)
TODAY = day("2026-04-01")  # 7 days before: 25 March; 30: 2 March; 90: 1 January


def walked(*who: Contact) -> tuple[Course, ...]:
    judged = assess_all(who, BOOK, TODAY)
    return courses({days: changes_over(judged, BOOK, TODAY, days) for days in SPANS})


def went(days: int, *who: Contact) -> Directions:
    return directions(days, changes_over(assess_all(who, BOOK, TODAY), BOOK, TODAY, days))


def test_clarity_and_distance_with_their_change_over_each_span() -> None:
    # On 25 March b is a day old: clarity 1/4, distance 1. On 2 March and 1 January: 0 and 2. Today: 1 and 0.
    who = contact(("2026-01-01", "new"), criteria={"b": met("2026-03-24"), "a": met("2026-03-26")})
    assert walked(who) == (
        Course(
            contact="x",
            clarity=1,
            distance=0,
            shifts=(
                Shift(days=7, clarity=0.75, distance=-1),
                Shift(days=30, clarity=1, distance=-2),
                Shift(days=90, clarity=1, distance=-2),
            ),
        ),
    )


def test_an_answer_of_the_first_day_is_known_at_the_start() -> None:
    who = contact(("2026-01-01", "new"), criteria={"a": met("2026-03-25")})
    assert walked(who)[0].shifts[0] == Shift(days=7, clarity=0, distance=0)


def test_before_a_contact_existed_there_is_nothing_to_compare_with() -> None:
    who = contact(("2026-03-02", "new"))
    assert walked(who)[0].shifts == (
        Shift(days=7, clarity=0, distance=0),
        Shift(days=30, clarity=0, distance=0),  # it was entered on that very day
        Shift(days=90, clarity=None, distance=None),
    )


def test_where_a_day_has_no_value_there_is_no_shift() -> None:
    who = contact(("2026-01-01", "new"), ("2026-03-26", "held"))
    assert (walked(who)[0].distance, walked(who)[0].shifts[0]) == (None, Shift(days=7, clarity=0, distance=None))
    nothing = rulebook()
    judged = assess_all([who], nothing, TODAY)
    assert courses({7: changes_over(judged, nothing, TODAY, 7)})[0].shifts == (
        Shift(days=7, clarity=None, distance=None),
    )


def test_only_the_undecided_have_a_course() -> None:
    assert walked(contact(("2026-01-01", "new"), ("2026-03-31", "won"))) == ()
    assert walked(contact(("2026-01-01", "gone"))) == ()  # a status that the rule book lacks


NEW = ("2025-12-01", "new")
EVERYONE = (
    contact(NEW, id="closer", criteria={"a": met("2026-03-26")}),
    contact(NEW, id="further", criteria={"a": [met("2026-03-20"), no("2026-03-26")]}),
    contact(NEW, id="still"),
    contact(("2026-03-30", "new"), id="fresh"),
    contact(NEW, ("2026-03-26", "ended"), id="ended"),
    contact(NEW, ("2026-03-26", "won"), id="won"),
    contact(NEW, ("2026-03-25", "ended"), id="long ago"),  # on the first day: before the last seven
)


def test_where_everyone_went_in_a_week() -> None:
    found = went(7, *EVERYONE)
    assert {each: set(ids) for each, ids in found.contacts.items()} == {
        Direction.CLOSER: {"closer", "won"},
        Direction.FURTHER: {"further"},
        Direction.UNCHANGED: {"still", "fresh"},
        Direction.ENDED: {"ended"},
    }
    assert (found.days, found.n, found.count(Direction.CLOSER)) == (7, 6, 2)


@pytest.mark.parametrize(("days", "ended"), [(7, 1), (30, 2), (90, 2)])
def test_a_longer_span_reaches_back_further(days: int, ended: int) -> None:
    assert went(days, *EVERYONE).count(Direction.ENDED) == ended


def test_directions_without_anyone_are_told_all_the_same() -> None:
    assert went(7).contacts == dict.fromkeys(Direction, ())
    assert went(7).n == 0
