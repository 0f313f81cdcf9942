"""Three versions of a file as they are read: their parts, and what their merge is to look like."""

from __future__ import annotations

import pytest

from crmtool.merge.slots import UNKNOWN
from crmtool.merge.versions import Version, Versions, read_versions
from crmtool.yaml_reader import Value

BOM = "\ufeff"
PLAIN = "---\nname: N\n---\nNotes\n"


def read(*texts: str) -> Versions:
    base, ours, theirs = (text.encode() for text in texts)
    versions = read_versions(base, ours, theirs)
    assert versions is not None
    return versions


def test_a_file_is_read_in_parts_that_make_it_again() -> None:
    ours, theirs = "--- \nname: N\n---\t\nNotes\n", "---\nname: M\nrole: x\n---"
    versions = read(PLAIN, ours, theirs)
    assert versions.base == Version(yaml="name: N\n", body="Notes\n", values={"name": "N"})
    assert versions.ours == Version(
        opening="--- \n", yaml="name: N\n", closing="---\t\n", body="Notes\n", values={"name": "N"}
    )
    assert (versions.theirs.closing, versions.theirs.values) == ("---", {"name": "M", "role": "x"})
    assert versions.sides == (versions.base, versions.ours, versions.theirs)
    for side, text in zip(versions.sides, (PLAIN, ours, theirs), strict=True):
        assert side.file(side.yaml, side.body) == text
    assert versions.swapped().sides == (versions.base, versions.theirs, versions.ours)


def test_a_closing_fence_gets_a_line_end_where_notes_follow() -> None:
    side = read(PLAIN, PLAIN, "---\nname: M\n---").theirs
    assert side.file("name: X\n", "") == "---\nname: X\n---"
    assert side.file("name: X\n", "Notes") == "---\nname: X\n---\nNotes"
    for closing in ("---\n", "---\r\n", "---\r"):
        assert Version(closing=closing, values={}).file("", "Notes") == f"---\n{closing}Notes"


def test_where_there_was_no_file_there_are_no_values() -> None:
    base = read("", PLAIN, PLAIN).base
    assert base == Version(values={})
    assert (base.yaml, base.body) == ("", "")


@pytest.mark.parametrize("broken", [b"---\nname: N\xff\n---\n", b"no fence\n", b"---\nname: [\n---\n"])
def test_what_cannot_be_read_makes_no_versions(broken: bytes) -> None:
    good = PLAIN.encode()
    for sides in ((broken, good, good), (good, broken, good), (good, good, broken)):
        assert read_versions(*sides) is None


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "merged"),
    [
        (False, False, False, False),
        (False, True, False, True),
        (False, False, True, True),
        (True, False, True, False),
        (True, True, False, False),
        (True, True, True, True),
        (False, True, True, True),
        (True, False, False, False),
    ],
)
def test_a_byte_order_mark_is_merged_as_what_one_side_changed(
    base: bool, ours: bool, theirs: bool, merged: bool
) -> None:
    versions = read(*(BOM * has + PLAIN for has in (base, ours, theirs)))
    assert versions.bom is merged
    assert versions.data("x\n") == (BOM * merged + "x\n").encode()
    assert versions.ours.opening == "---\n"


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "merged"),
    [
        ("\n", "\n", "\n", "\n"),
        ("\n", "\r\n", "\n", "\r\n"),
        ("\n", "\n", "\r\n", "\r\n"),
        ("\r\n", "\n", "\r\n", "\n"),
        ("\r\n", "\r\n", "\n", "\n"),
        ("\r\n", "\r\n", "\r\n", "\r\n"),
        ("\n", "\r", "\r\n", "\r\n"),
        ("\n", "\r\n", "\r", "\r\n"),
    ],
)
def test_line_ends_are_merged_as_what_one_side_changed(base: str, ours: str, theirs: str, merged: str) -> None:
    versions = read(*(PLAIN.replace("\n", newline) for newline in (base, ours, theirs)))
    assert versions.newline == merged
    assert {(side.yaml, side.body) for side in versions.sides} == {("name: N\n", "Notes\n")}
    assert versions.data("a\nb\n") == f"a{merged}b{merged}".encode()


def test_mixed_line_ends_stay_as_they_are() -> None:
    mixed = PLAIN.replace("Notes", "One\r\nTwo")
    versions = read(PLAIN.replace("\n", "\r\n"), mixed, PLAIN)
    assert [side.body for side in versions.sides] == ["Notes\r\n", "One\r\nTwo\n", "Notes\n"]
    assert versions.newline == "\n"
    assert versions.data("a\r\nb\n") == b"a\r\nb\n"


@pytest.mark.parametrize(
    ("other", "alone"),
    [
        (PLAIN.replace("---", "--- "), True),
        (PLAIN.replace("\n", "\r\n"), True),
        (PLAIN.replace("Notes", "Other"), False),
        (PLAIN.replace("name: N", "name:  N"), False),
    ],
)
def test_sides_may_differ_in_nothing_but_their_frame(other: str, alone: bool) -> None:
    assert read("", PLAIN, other).differ_in_frame_alone is alone
    assert read("", other, PLAIN).differ_in_frame_alone is alone


# --- A base that was in conflict itself -------------------------------------------------------------------------------


def conflict(one: str, other: str) -> str:
    return f"<<<<<<<<< a\n{one}=========\n{other}>>>>>>>>> b\n"


def base_of(front: str, body: str = "") -> Version:
    return read(f"---\n{front}---\n{body}", PLAIN, PLAIN).base


@pytest.mark.parametrize(
    ("one", "other", "values"),
    [
        ("a: 1\nb: 1\n", "b: 1\na: 2\n", {"a": UNKNOWN, "b": 1}),
        ("a: 1\n", "", {"a": UNKNOWN}),
        ("", "a: 1\n", {"a": UNKNOWN}),
        ("a: null\n", "", {"a": UNKNOWN}),
        ("", "a: null\n", {"a": UNKNOWN}),
        ("a: null\n", "a:  null\n", {"a": None}),
        ("a: {x: 1, y: 1}\n", "a: {x: 1, y: 2, z: 3}\n", {"a": {"x": 1, "y": UNKNOWN, "z": UNKNOWN}}),
        ("a: {x: 1}\n", "a: 1\n", {"a": UNKNOWN}),
    ],
)
def test_what_both_sides_of_a_conflict_say_is_known(one: str, other: str, values: dict[str, Value]) -> None:
    assert str(base_of(f"name: N\n{conflict(one, other)}").values) == str({"name": "N", **values})


def test_the_parts_of_a_base_in_conflict() -> None:
    front = "name: N\n" + conflict("a: 1\n", "a: 2\n")
    assert base_of(front, "Notes\n").body == "Notes\n"
    notes = conflict("One\n", "Two\n")
    assert base_of(front, notes).body == notes
    assert base_of("name: N\n", notes).body == notes
    assert base_of("name: N\n", "<<<<<<< x\n").body == "<<<<<<< x\n"
    assert base_of(front, notes).yaml == "name: N\na: 1\n"


def test_where_all_of_a_base_is_in_conflict_its_notes_are_nobodys() -> None:
    found = read(conflict("---\nname: N\n---\nOne\n", "---\nname: M\n---\nTwo\n"), PLAIN, PLAIN).base
    assert (found.yaml, found.body) == ("name: N\n", "")
    assert str(found.values) == str({"name": UNKNOWN})
    fronts = conflict("---\nname: N\n---\n", "---\nname: M\n---\n")
    assert read(f"{fronts}Notes\n", PLAIN, PLAIN).base.body == "Notes\n"


@pytest.mark.parametrize(("one", "other"), [("a: [\n", "a: 1\n"), ("a: 1\n", "a: [\n")])
def test_a_base_of_which_a_side_cannot_be_read_makes_no_versions(one: str, other: str) -> None:
    text = f"---\nname: N\n{conflict(one, other)}---\n".encode()
    assert read_versions(text, PLAIN.encode(), PLAIN.encode()) is None
