"""A new text as edits: what an editor makes of them is that text, and it is asked for no more than differs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from crmtool.lsp.edits import text_edits
from crmtool.lsp.positions import Places
from crmtool.text import TextEdit, apply_edits

_TEXTS = st.lists(st.sampled_from(["a", "b: c", "ü", "😀", " ", "\n", "\r\n", "\r", "a\n", "b\r\n"])).map("".join)


def _apply(text: str, edits: list[types.TextEdit], encoding: str) -> str:
    places = Places(text, encoding)
    spans = [(places.raw_offset(edit.range.start), places.raw_offset(edit.range.end)) for edit in edits]
    made = [TextEdit(start, end, edit.new_text) for (start, end), edit in zip(spans, edits, strict=True)]
    return apply_edits(text, made)


@given(_TEXTS, _TEXTS, st.sampled_from(["utf-8", "utf-16", "utf-32"]), st.sampled_from(["", "\ufeff"]))
def test_the_edits_make_the_new_text_of_the_old_one(old: str, new: str, encoding: str, mark: str) -> None:
    edits = text_edits(Places(mark + old, encoding), mark + old, new)
    assert _apply(mark + old, edits, encoding) == mark + new


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("a: 1\nb: 2\nc: 3\n", "a: 1\nb: 5\nc: 3\n", [((1, 3), (1, 4), "5")]),
        ("a: 1\nc: 3\n", "a: 1\nb: 2\nc: 3\n", [((1, 0), (1, 0), "b: 2\n")]),
        ("a\r\nb\r\nc\r\n", "a\r\nc\r\n", [((1, 0), (2, 0), "")]),
        ("a: 😀 x\n", "a: 😀 y\n", [((0, 6), (0, 7), "y")]),
        ("a\nb\nc\nd\n", "A\nb\nc\nD\n", [((0, 0), (0, 1), "A"), ((3, 0), (3, 1), "D")]),
        ("same\n", "same\n", []),
    ],
)
def test_they_touch_only_what_differs(old: str, new: str, told: list[object]) -> None:
    edits = text_edits(Places(old, "utf-16"), old, new)
    found = [(edit.range.start, edit.range.end, edit.new_text) for edit in edits]
    assert [((s.line, s.character), (e.line, e.character), text) for s, e, text in found] == told


def test_of_very_many_equal_lines_what_lies_between_two_changes_is_one_edit() -> None:
    """Compared line by line, these would take the square of their number: minutes."""
    old = "a\n" + "same\n" * 20_000 + "b\n"
    new = "A\n" + "same\n" * 20_000 + "B\n"
    edits = text_edits(Places(old, "utf-16"), old, new)
    assert _apply(old, edits, "utf-16") == new
    assert len(edits) == 1
    assert len(text_edits(Places(old, "utf-16"), old, old.replace("b", "c"))) == 1
