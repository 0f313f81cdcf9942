from __future__ import annotations

import pytest

from crmtool.merge.marking import Marks, marked, picked

OURS, THEIRS = "a\nb\nc\nd\ne\n", "a\nB\nc\nD\ne\n"


def test_each_differing_stretch_is_marked() -> None:
    assert marked(OURS, THEIRS, Marks()) == (
        "a\n<<<<<<< ours\nb\n=======\nB\n>>>>>>> theirs\nc\n<<<<<<< ours\nd\n=======\nD\n>>>>>>> theirs\ne\n"
    )


def test_what_is_one_statement_is_in_one_block() -> None:
    whole = "a\n<<<<<<< ours\nb\nc\nd\n=======\nB\nc\nD\n>>>>>>> theirs\ne\n"
    assert marked(OURS, THEIRS, Marks(), [range(1, 4)]) == whole
    assert marked(OURS, THEIRS, Marks(), [range(1, 3), range(3, 5)]) == marked(OURS, THEIRS, Marks())


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_marks_have_the_line_ends_of_the_text(newline: str) -> None:
    text = marked(f"a{newline}b", f"a{newline}c", Marks(size=3, ours="x", theirs="y"))
    assert text == newline.join(["a", "<<< x", "b", "===", "c", ">>> y", ""])
    assert marked(f"a{newline}b{newline}", f"a{newline}c{newline}", Marks(size=3, ours="x", theirs="y")) == text


def test_a_side_is_picked_of_blocks_within_blocks() -> None:
    inner = marked("1\n2\n", "1\n3\n", Marks(size=9))
    text = marked(f"h\n======= \n{inner}", "h\n======= \nother\n", Marks())
    assert picked(text, 0) == "h\n======= \n1\n2\n"
    assert picked(text, 1) == "h\n======= \nother\n"
    assert picked(text.replace("=======\nother", "||||||| base\nold\n=======\nother"), 0) == "h\n======= \n1\n2\n"
    assert picked(text.replace("=======\nother", "||||||| base\nold\n=======\nother"), 1) == "h\n======= \nother\n"
    assert picked("<<<<<<< never closed\na\n", 1) == ""
    assert picked("a\n<<<<<<<", 1) == "a\n"
    for text in ("no conflict\n=======\n", "<<<<<< ours\na\n", "see <<<<<<< ours\n", "<<<<<<<ours\n"):
        assert picked(text, 1) == text


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_side_is_picked_whatever_the_line_ends(newline: str) -> None:
    text = newline.join(["a", "<<<<<<<", "b", "=======", "c", ">>>>>>>", ""])
    assert (picked(text, 0), picked(text, 1)) == (f"a{newline}b{newline}", f"a{newline}c{newline}")
    assert picked(text.removesuffix(newline), 1) == f"a{newline}c{newline}"


@pytest.mark.parametrize("line", ["=======\t", "=======X", ">>>>>>>\t", "XXXXXXX", "|||||| a"])
def test_what_looks_like_a_mark_within_a_side_is_kept(line: str) -> None:
    assert picked(f"<<<<<<< a\n{line}\n=======\n>>>>>>> b\n{line}", 0) == f"{line}\n{line}"
