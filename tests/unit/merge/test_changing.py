"""What makes one front matter say what another does."""

from __future__ import annotations

from typing import Any

import pytest

from crmtool.edit import Add, Change, Drop, Put
from crmtool.merge.changing import changes_between
from crmtool.yaml_reader import Value

ENTRIES: list[dict[str, Value]] = [{"met": f"2026-11-0{day}"} for day in (1, 2, 3, 4)]
A, B, C, D = ENTRIES
A_TOLD: dict[str, Value] = {**A, "evidence": "x"}
LOG = ("a",)


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ({"a": 1, "b": 1}, {"b": 1, "a": 1}, []),
        ({"a": 1, "b": 1}, {"a": 2, "b": 1}, [Put(place=("a",), value=2)]),
        ({"a": 1}, {"a": 1.0}, [Put(place=("a",), value=1.0)]),
        ({}, {"a": None}, [Put(place=("a",), value=None)]),
        ({"a": None}, {}, [Drop(place=("a",))]),
        ({"a": 1, "b": 1}, {"c": 2}, [Put(place=("c",), value=2), Drop(place=("a",)), Drop(place=("b",))]),
        (
            {"a": {"x": 1, "y": {"z": 1}}},
            {"a": {"y": {"z": 2}, "w": 3}},
            [Put(place=("a", "y", "z"), value=2), Put(place=("a", "w"), value=3), Drop(place=("a", "x"))],
        ),
        ({"a": {"x": 1}}, {"a": {}}, [Put(place=LOG, value={})]),
        ({"a": {"x": 1}}, {"a": 5}, [Put(place=LOG, value=5)]),
        ({"a": 5}, {"a": {"x": 1}}, [Put(place=LOG, value={"x": 1})]),
        ({"a": ["x"]}, {"a": ["x", "y"]}, [Put(place=LOG, value=["x", "y"])]),
        ({"a": [A]}, {"a": [A, "y"]}, [Put(place=LOG, value=[A, "y"])]),
        ({"a": 5}, {"a": [A, B]}, [Put(place=LOG, value=[A, B])]),
    ],
    ids=str,
)
def test_each_change_is_as_small_as_can_be(before: Any, after: Any, changes: list[Change]) -> None:
    assert list(changes_between(before, after)) == changes


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ([A], [A, B], [Add(place=LOG, value=B, at=None)]),
        ([B], [A, B], [Add(place=LOG, value=A, at=0)]),
        ([A, C], [A, B, C, D], [Add(place=LOG, value=B, at=1), Add(place=LOG, value=D, at=None)]),
        ([C], [A, B, C], [Add(place=LOG, value=A, at=0), Add(place=LOG, value=B, at=1)]),
        ([A, D], [A, B, C, D], [Add(place=LOG, value=B, at=1), Add(place=LOG, value=C, at=2)]),
        ([B, D], [A, B, C, D], [Add(place=LOG, value=A, at=0), Add(place=LOG, value=C, at=2)]),
        ([A, B], [A_TOLD, B, C], [Put(place=("a", 0, "evidence"), value="x"), Add(place=LOG, value=C, at=None)]),
        ([A, D], [A_TOLD, B, D], [Put(place=("a", 0, "evidence"), value="x"), Add(place=LOG, value=B, at=1)]),
        ([B, A], [B, A_TOLD], [Put(place=("a", 1, "evidence"), value="x")]),
        (A, [A, B], [Add(place=LOG, value=B, at=None)]),
        (B, [A, B], [Add(place=LOG, value=A, at=0)]),
        (A, [A_TOLD, B], [Put(place=("a", "evidence"), value="x"), Add(place=LOG, value=B, at=None)]),
    ],
    ids=str,
)
def test_a_log_is_added_to_and_its_entries_are_changed_where_they_stand(
    before: Any, after: Any, changes: list[Change]
) -> None:
    assert list(changes_between({"a": before}, {"a": after})) == changes


@pytest.mark.parametrize(
    ("before", "after"), [([A, B, C], [A, C]), ([A, B], [A]), ([A], [A_TOLD]), (A, [A_TOLD]), ([A, B], A), ([A, B], [])]
)
def test_a_log_that_loses_entries_or_has_but_one_is_put_as_a_whole(before: Any, after: Any) -> None:
    assert list(changes_between({"a": before}, {"a": after})) == [Put(place=LOG, value=after)]
