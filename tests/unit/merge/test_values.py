from __future__ import annotations

from typing import Any

import pytest

from crmtool.merge.values import merge_values

A, B, C = ({"met": f"2026-11-0{day}"} for day in (1, 2, 3))
A_CORRECTED = {"not_met": "2026-11-01", "corrected": {"date": "2026-11-04", "because": "misread"}}
A_MOVED = {"met": "2026-11-02", "corrected": {"date": "2026-11-04", "because": "a day later"}}
NEW = {"date": "2026-11-01", "to": "new", "because": "asked"}
READY = {"date": "2026-11-02", "to": "ready", "because": "fits"}
ENDED = {"date": "2026-11-03", "to": "ended", "because": "no"}
NEW_CORRECTED = {**NEW, "because": "met at a fair", "corrected": {"date": "2026-11-04", "because": "a slip"}}
STOP, STOP_LATER, STOP_TOO = ({"when": when, "by": by} for when, by in (("x", "1"), ("x", "2"), ("y", "1")))
LEFT_OUT: Any = ...


def given(key: str, value: Any) -> dict[str, Any]:
    """Make the values of a contact that has one key; criteria are those of one criterion."""
    holder, _, inner = key.partition(".")
    if value is LEFT_OUT:
        return {}
    return {holder: {inner: value} if inner else value}


@pytest.mark.parametrize(
    ("key", "base", "ours", "theirs", "merged"),
    [
        ("owner", "a", "b", "b", "b"),
        ("owner", "a", LEFT_OUT, "a", LEFT_OUT),
        ("owner", LEFT_OUT, "a", LEFT_OUT, "a"),
        ("value", 1, 1.0, 1, 1.0),
        ("tags", ["a", "b"], ["a"], ["a", "b", "c"], ["a", "c"]),
        ("tags", ["a"], ["a", "c"], ["b", "a", "d"], ["b", "a", "c", "d"]),
        ("tags", ["a"], ["a", "b"], ["a", "b"], ["a", "b"]),
        ("tags", ["a"], LEFT_OUT, ["a", "b"], ["b"]),
        ("tags", ["a", "b"], LEFT_OUT, ["a"], LEFT_OUT),
        ("tags", ["a", "b"], ["b", "a"], ["a", "b", "c"], ["b", "a", "c"]),
        ("tags", ["a", "b"], ["b", "a"], ["a"], ["a"]),
        ("tags", ["a", "b", "c"], ["b", "c", "a"], ["a", "b", "c", "d"], ["b", "c", "a", "d"]),
        ("tags", ["a", "b"], ["a", "x"], ["a", "b", "c"], ["a", "x", "c"]),
        ("tags", ["a", "b"], ["a", "b", "d", "c"], ["a"], ["a", "d", "c"]),
        ("email", "a", ["a", "b"], ["a", "c"], ["a", "b", "c"]),
        ("extra.x", [1.5, None], [1.5, None, "a"], [None, 2], [None, "a", 2]),
        ("extra.x", {"a": 1, "b": 1}, {"a": 2, "b": 1}, {"a": 1}, {"a": 2}),
        ("extra.x", LEFT_OUT, {"a": {"b": 1}}, {"a": {"c": 2}}, {"a": {"b": 1, "c": 2}}),
        ("extra", {"x": 1}, {}, LEFT_OUT, LEFT_OUT),
        ("stop_if", [STOP], [STOP, STOP_TOO], [STOP_LATER], [STOP_LATER, STOP_TOO]),
        ("stop_if", [STOP], [], [STOP, STOP_TOO], [STOP_TOO]),
        ("stop_if", [STOP, STOP_TOO], [NEW, STOP, STOP_TOO], [STOP, STOP_TOO, A], [NEW, STOP, STOP_TOO, A]),
        ("stop_if", [STOP, STOP_TOO], [STOP, NEW, STOP_TOO], [STOP_TOO], [NEW, STOP_TOO]),
        ("criteria.fit", A, [A, B], [A, C], [A, B, C]),
        ("criteria.fit", LEFT_OUT, C, A, [A, C]),
        ("criteria.fit", LEFT_OUT, A, [A, B], [A, B]),
        ("criteria.fit", A, A_CORRECTED, [A, B], [A_CORRECTED, B]),
        ("criteria.fit", A, [A_CORRECTED, B], [A_CORRECTED, C], [A_CORRECTED, B, C]),
        ("criteria.fit", [A, B], [B], [B, C], [B, C]),
        ("criteria.fit", A, A_CORRECTED, [A, {**A, "evidence": "x"}], [A_CORRECTED, {**A, "evidence": "x"}]),
        ("criteria.fit", [A, C], [A_MOVED, C], [A, C, C], [A_MOVED, C, C]),
        ("criteria.fit", [A, B], [A], [A, B, C], [A, C]),
        ("criteria.fit", [A, B], [A], [A_CORRECTED, B], [A_CORRECTED]),
        ("criteria.fit", [A, B], A, [A_CORRECTED, B], A_CORRECTED),
        ("criteria.fit", A, [A, C], LEFT_OUT, [C]),
        ("decisions", [NEW], [NEW_CORRECTED], [NEW, READY], [NEW_CORRECTED, READY]),
        ("decisions", [NEW], [NEW, READY], [NEW, READY], [NEW, READY]),
    ],
)
def test_what_can_be_put_together_is(key: str, base: Any, ours: Any, theirs: Any, merged: Any) -> None:
    sides = [given(key, side) for side in (base, ours, theirs)]
    for found in (merge_values(*sides), merge_values(sides[0], sides[2], sides[1])):
        assert found.conflicts == ()
        assert found.ours == found.theirs == given(key, merged)


@pytest.mark.parametrize(
    ("key", "base", "ours", "theirs", "why"),
    [
        ("owner", "a", "b", "c", "changed on both sides"),
        ("owner", LEFT_OUT, "b", "c", "changed on both sides"),
        ("owner", "a", LEFT_OUT, "c", "removed on one side and changed on the other"),
        ("email", "a", ["a", "b"], "c", "changed on both sides"),
        ("tags", ["a", "a"], ["a", "a", "b"], ["a", "a", "c"], "changed on both sides"),
        ("extra.x", "a", "b", "c", "changed on both sides"),
        ("extra.x", [{"a": 1}], [{"a": 2}], [{"a": 1}, {}], "changed on both sides"),
        ("next_step", {"do": "a"}, {"do": "b"}, {"do": "a", "due": "2"}, "changed on both sides"),
        ("blocked", {"by": "a"}, {"by": "b"}, {"by": "a", "until": "2"}, "changed on both sides"),
        ("stop_if", [STOP], [STOP_LATER], [], "removed on one side and changed on the other"),
        ("stop_if", [STOP], [STOP_LATER], [{**STOP, "by": "3"}], "changed on both sides"),
        ("stop_if", [STOP], STOP_TOO, [STOP, NEW], "changed on both sides"),
        ("criteria", {"fit": A}, {"fit": [A, B]}, [{"fit": A}, C], "changed on both sides"),
        ("extra.x", 1, LEFT_OUT, 2, "removed on one side and changed on the other"),
        (
            "criteria.fit", LEFT_OUT, A, A_CORRECTED,
            "added to on both sides on 2026-11-01; of one day, the last entry counts",
        ),
        (
            "criteria.fit", [A], [A_MOVED], [A, {"not_met": "2026-11-02"}],
            "added to on both sides on 2026-11-02; of one day, the last entry counts",
        ),
        (
            "criteria.fit", [A], [{**A, "evidence": "x"}], [A, {"not_met": "2026-11-01"}],
            "added to on both sides on 2026-11-01; of one day, the last entry counts",
        ),
        (
            "criteria.fit", [A, B], [A_CORRECTED, B], [B],
            "the entry of 2026-11-01 was removed on one side and changed on the other",
        ),
        ("criteria.fit", A, A_CORRECTED, A_MOVED, "the entry of 2026-11-01 was changed on both sides"),
        ("criteria.fit", A, [B, A], [A, C], "changed on both sides, and not every entry has a date, in order"),
        ("criteria.fit", A, "yes", [A, C], "changed on both sides"),
        ("criteria.fit", {"by": "a"}, {"by": "b"}, {"by": "c"}, "changed on both sides"),
        (
            "criteria.fit", [A, B], [A_CORRECTED, {**B, "by": "b"}], [{**A, "by": "a"}],
            "the entry of 2026-11-01 was changed on both sides",
        ),
        ("decisions", [NEW], [NEW, READY], [NEW, ENDED], "two decisions were taken; say which of them stands"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_a_conflict(key: str, base: Any, ours: Any, theirs: Any, why: str) -> None:
    sides = [given(key, side) for side in (base, ours, theirs)]
    found = merge_values(*sides)
    assert [(conflict.place, conflict.why) for conflict in found.conflicts] == [(tuple(key.split(".")), why)]
    assert (found.ours, found.theirs) == (sides[1], sides[2])
    swapped = merge_values(sides[0], sides[2], sides[1])
    assert (swapped.conflicts, swapped.ours, swapped.theirs) == (found.conflicts, found.theirs, found.ours)


def test_a_status_and_its_decision_are_one_statement() -> None:
    base: dict[str, Any] = {"status": "new", "decisions": [NEW], "owner": "a", "role": "x"}
    ours: dict[str, Any] = {"status": "ready", "decisions": [NEW, READY], "owner": "b", "role": "x"}
    theirs: dict[str, Any] = {"status": "ended", "decisions": [NEW, READY, ENDED], "owner": "a", "role": "y"}
    found = merge_values(base, ours, theirs)
    assert [conflict.place for conflict in found.conflicts] == [("status",), ("decisions",)]
    assert found.ours == {**ours, "role": "y"}
    assert found.theirs == {**theirs, "owner": "b"}


def test_a_status_on_which_both_agree_is_in_no_conflict() -> None:
    base: dict[str, Any] = {"status": "new", "decisions": [NEW]}
    sides: list[dict[str, Any]] = [
        {"status": "ended", "decisions": [NEW, {**ENDED, "because": because}]} for because in ("a", "b")
    ]
    found = merge_values(base, *sides)
    assert [conflict.place for conflict in found.conflicts] == [("decisions",)]
    assert [found.ours, found.theirs] == sides


def test_a_status_that_one_side_alone_has_changed_stays_with_its_decisions_where_these_are_in_conflict() -> None:
    base: dict[str, Any] = {"status": "new", "decisions": [NEW]}
    ours: dict[str, Any] = {"status": "ready", "decisions": [NEW, READY]}
    theirs: dict[str, Any] = {"status": "new", "decisions": [NEW, {**ENDED, "to": "new"}]}
    found = merge_values(base, ours, theirs)
    assert {conflict.place: conflict.why for conflict in found.conflicts} == dict.fromkeys(
        [("status",), ("decisions",)], "two decisions were taken; say which of them stands"
    )
    assert (found.ours, found.theirs) == (ours, theirs)


def test_a_status_stays_with_its_decisions_where_one_side_alone_has_another_one() -> None:
    base: dict[str, Any] = {"status": "new", "decisions": [NEW]}
    ours: dict[str, Any] = {"status": "ready", "decisions": [NEW, READY]}
    theirs: dict[str, Any] = {"status": "new", "decisions": [NEW, ENDED, {**NEW, "date": "2026-11-04"}]}
    found = merge_values(base, ours, theirs)
    assert [conflict.place for conflict in found.conflicts] == [("status",), ("decisions",)]
    assert (found.ours, found.theirs) == (ours, theirs)


def test_a_status_in_conflict_keeps_the_decisions_of_both_sides_apart() -> None:
    base: dict[str, Any] = {"status": "new", "decisions": [NEW]}
    ours: dict[str, Any] = {"status": "ready", "decisions": [NEW, READY]}
    theirs: dict[str, Any] = {"status": "ended", "decisions": [NEW_CORRECTED]}
    found = merge_values(base, ours, theirs)
    assert {conflict.place: conflict.why for conflict in found.conflicts} == dict.fromkeys(
        [("status",), ("decisions",)], "changed on both sides"
    )
    assert (found.ours, found.theirs) == (ours, theirs)
