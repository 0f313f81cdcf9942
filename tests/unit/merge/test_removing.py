"""Entries taken out of lists."""

from __future__ import annotations

from typing import Any

import pytest

from crmtool.finding import Place
from crmtool.merge.removing import entries_gone, without_entries

A, B, C = ({"met": f"2026-11-0{day}"} for day in (1, 2, 3))


@pytest.mark.parametrize(
    ("written", "place", "left"),
    [
        ("a: [{x: 1}, {x: 2}]\n", ("a", 1), "a: [{x: 1}]\n"),
        ("a: [{x: 1}, {x: 2}, {x: 3}]\n", ("a", 2), "a: [{x: 1}, {x: 2}]\n"),
        ("a: [{x: 1}, {x: 2}]\n", ("a", 0), "a: [{x: 2}]\n"),
        ("a: [{x: 1}]\n", ("a", 0), "a: []\n"),
        ("a:\n- {x: 1}\n- {x: 2}\n # of it\n# of a\n- {x: 3}\n", ("a", 1), "a:\n- {x: 1}\n# of a\n- {x: 3}\n"),
        ("a:\n  b:\n    - {x: 1}\n    - {x: 2}\n", ("a", "b", 0), "a:\n  b:\n    - {x: 2}\n"),
        ("a:\n  - {x: 1}\n  - - {x: 2}\n", ("a", 1, 0), "a:\n  - {x: 1}\n  - - {x: 2}\n"),
        ("", ("a", 0), ""),
        ("a: 1\n", ("b", 0), "a: 1\n"),
    ],
)
def test_an_entry_is_taken_out_and_all_else_stays(written: str, place: Place, left: str) -> None:
    assert without_entries(written, [place]) == left


def test_entries_are_taken_out_one_after_the_other() -> None:
    assert without_entries("a:\n- {x: 1}\n- {x: 2}\n- {x: 3}\n", [("a", 2), ("a", 0)]) == "a:\n- {x: 2}\n"


@pytest.mark.parametrize(
    ("before", "after", "gone"),
    [
        ({"a": [A, B, C]}, {"a": [B]}, [("a", 2), ("a", 0)]),
        ({"a": [A, B, C]}, {"a": [A, C]}, [("a", 1)]),
        ({"a": [A, B]}, {"a": [A, B, C]}, []),
        ({"a": [A, B, C]}, {"a": [{**A, "by": "x"}, C]}, [("a", 1)]),
        ({"a": [A, B]}, {"a": []}, []),
        ({"a": [A, B]}, {"a": A}, []),
        ({"a": [A, B]}, {}, []),
        ({"a": A}, {"a": [B, C]}, []),
        ({"a": ["x", "y"]}, {"a": ["x"]}, []),
        ({"a": [A, "y"]}, {"a": [A]}, []),
        ({"a": {"x": 1}}, {"a": [A]}, []),
        ({"a": [A, B], "b": {"c": {"d": [A, B, C]}}}, {"a": [B], "b": {"c": {"d": [C]}}},
         [("b", "c", "d", 1), ("b", "c", "d", 0), ("a", 0)]),
    ],
    ids=str,
)  # fmt: skip
def test_entries_are_gone_of_which_others_are_left(before: Any, after: Any, gone: list[Place]) -> None:
    assert list(entries_gone(before, after)) == gone
