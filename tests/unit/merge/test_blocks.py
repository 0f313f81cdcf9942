"""The lines of keys, taken over from one front matter into another."""

from __future__ import annotations

import pytest

from crmtool.finding import Place
from crmtool.merge.blocks import units, with_lines_of


@pytest.mark.parametrize(
    ("text", "other", "place", "merged"),
    [
        ("a: 1\nb: 2\n", "a: 3\nb: 4\n", ("b",), "a: 1\nb: 4\n"),
        ("a: 1\nb: 2\nc: 3\n", "a: 1\nc: 3\n", ("b",), "a: 1\nc: 3\n"),
        ("a: 1\nc: 3\n", "a: 9\nb: 2\nc: 9\n", ("b",), "a: 1\nb: 2\nc: 3\n"),
        ("a: 1\n", "b: 2\na: 1\n", ("b",), "b: 2\na: 1\n"),
        ("a: 1\n", "a: 2\n", ("c",), "a: 1\n"),
        ("a:\n  x: 1\n  z: 3\n", "a:\n  x: 9\n  y: 2\n  z: 9\n", ("a", "y"), "a:\n  x: 1\n  y: 2\n  z: 3\n"),
        (
            "a:\n  b:\n    x: 1\n    z: 3\n",
            "a:\n  b:\n    x: 9\n    y: 2\n    z: 9\n",
            ("a", "b", "y"),
            "a:\n  b:\n    x: 1\n    y: 2\n    z: 3\n",
        ),
        ("a:\n  x: 1\nx: 1\n", "x: 2\na:\n  x: 3\n", ("a", "x"), "a:\n  x: 3\nx: 1\n"),
    ],
)
def test_a_key_is_taken_over_with_its_lines_to_where_it_stands(
    text: str, other: str, place: Place, merged: str
) -> None:
    assert with_lines_of(text, other, [place]) == merged


def test_comments_below_a_key_go_with_it_if_they_are_further_in() -> None:
    text, other = "a: 1\n # of a\n# of b\nb: 2\n", "a: 3\n # of a, too\n  # and this\n# of b, too\nb: 4\n"
    assert with_lines_of(text, other, [("a",)]) == "a: 3\n # of a, too\n  # and this\n# of b\nb: 2\n"
    assert with_lines_of(other, text, [("a",)]) == "a: 1\n # of a\n# of b, too\nb: 4\n"


@pytest.mark.parametrize(
    ("text", "other", "place"),
    [
        ("{a: 1}\n", "a: 2\n", ("a",)),
        ("a: 1\n", "{a: 2}\n", ("a",)),
        ("- a\n", "a: 2\n", ("a",)),
        ("a: 1\n", "- a\n", ("a",)),
        ("a: {x: 1,\n  y: 1, z: 2}\n", "a:\n  x: 1\n", ("a", "y")),
        ("a:\n  x: 1\n", "a:\n    x: 2\n", ("a", "x")),
        ("a: x\n", "a:\n  x: 2\n", ("a", "x")),
        ("b: 1\n", "a:\n  x: 2\n", ("a", "x")),
        ("? a\n: 1\nb: 2\n", "a: 2\n", ("a",)),
    ],
)
def test_what_shares_lines_or_stands_elsewhere_cannot_be_taken_over(text: str, other: str, place: Place) -> None:
    assert with_lines_of(text, other, [place]) is None


def test_a_statement_is_a_key_and_below_criteria_and_extra_each_entry() -> None:
    text = "name: N\n# of the owner\nowner:\n  a\ncriteria:\n  fit:\n    - x\n    # of fit\n  pain: y\nextra: {a: 1}\n"
    assert units(text) == [range(0, 1), range(2, 4), range(5, 7), range(8, 9), range(9, 10)]
    assert units("extra:\n  a: 1\n  b:\n    c: 1\n") == [range(1, 2), range(2, 4)]
    assert units("tags:\n  a: 1\n  b: 2\ncriteria:\n- a\n- b\n") == [range(3), range(3, 6)]
    assert units("extra: {a: 1,\n  b: 2}\n") == [range(2)]
    assert units("{a: 1,\nb: 2}\n") == []
    assert units("- a\n- b\n") == []
    assert units("") == []
