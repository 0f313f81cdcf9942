"""Which comments a merge must have."""

from __future__ import annotations

import pytest

from crmtool.merge.comments import comments, kept_by_both


@pytest.mark.parametrize(
    ("before", "ours", "theirs", "kept"),
    [
        (1, 1, 1, 1),
        (0, 1, 0, 1),
        (0, 0, 1, 1),
        (1, 0, 1, 0),
        (1, 1, 0, 0),
        (1, 0, 0, 0),
        (0, 1, 1, 1),
        (0, 1, 2, 2),
        (0, 2, 1, 2),
        (1, 2, 0, 2),
        (1, 0, 2, 2),
    ],
)
def test_a_comment_is_kept_that_one_side_added_or_that_neither_removed(
    before: int, ours: int, theirs: int, kept: int
) -> None:
    found = kept_by_both(*("a: 1\n" + "# x\n" * count for count in (before, ours, theirs)))
    assert {comment: count for comment, count in found.items() if count} == ({"# x": kept} if kept else {})


def test_comments_are_told_apart() -> None:
    found = kept_by_both("a: 1 # one\n", "a: 1 # one\nb: 2 # two  \n", "a: 1 # one\n# three\n")
    assert found == {"# one": 1, "# two": 1, "# three": 1}


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("", {}),
        ("# alone\n", {"# alone": 1}),
        ("a: # of a\n  b: 'x # y' # of b\n", {"# of a": 1, "# of b": 1}),
        ("a: > # of a\n  x # y\n\n# below\nb: z\n", {"# of a": 1, "# below": 1}),
        ("a: |\n  # text\n\n  # text\n", {}),
        ("a: 'x\n\n  # y'\n", {}),
        ("a: [x, {b: # of b\n  y}]\n", {"# of b": 1}),
        ("a: #\n", {"#": 1}),
        ("a: 1 # x # y\n", {"# x # y": 1}),
        ("a: # of a\nb:\n  - # of b\n  - {c, # of c\n    d: }\n", {"# of a": 1, "# of b": 1, "# of c": 1}),
    ],
)
def test_values_are_no_comments(written: str, found: dict[str, int]) -> None:
    assert comments(written) == found
