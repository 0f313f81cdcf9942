from __future__ import annotations

import pytest

from crmtool.merge import Conflict, Conflicted, Favour, Marks, Resolved, TextMerged, merge3, merge_text
from crmtool.merge.blocks import with_lines_of
from crmtool.merge.comments import comments
from crmtool.merge.marking import marked, picked
from crmtool.merge.removing import without_entries

HEAD = "---\nname: N\nstatus: new\ndecisions:\n  - {date: 2026-11-01, to: new, because: x}\n"


def text(base: bytes, ours: bytes, theirs: bytes, favour: Favour | None = None) -> TextMerged:
    """Merge a text as a whole: one side's, or both with marks."""
    if ours == theirs or base in (ours, theirs):
        return TextMerged(theirs if base == ours else ours, True)
    if favour is not None:
        return TextMerged({Favour.THEIRS: theirs}.get(favour, ours), True)
    return TextMerged(marked(ours.decode(), theirs.decode(), Marks()).encode(), False)


def front(more: str, body: str = "") -> bytes:
    return f"{HEAD}{more}---\n{body}".encode()


def merge(base: bytes, ours: bytes, theirs: bytes) -> Resolved | Conflicted:
    return merge3(base, ours, theirs, text=text)


def test_changes_are_written_into_the_side_whose_comments_would_be_lost() -> None:
    ours, theirs = front("owner: a\nrole: x\nvalue: 1\n"), front("owner: a # by phone\nrole: y # since May\n")
    merged = Resolved(front("owner: a # by phone\nvalue: 1\nrole: y # since May\n"))
    assert merge(front("owner: a\nrole: x\n"), ours, theirs) == merged
    assert merge(front("owner: a\nrole: x\n"), theirs, ours) == merged


def test_a_comment_that_cannot_be_kept_is_a_conflict() -> None:
    merged = merge(front("owner: a\n"), front("owner: a # ours\n"), front("owner: a # theirs\n"))
    assert merged.data == front("<<<<<<< ours\nowner: a # ours\n=======\nowner: a # theirs\n>>>>>>> theirs\n")
    assert isinstance(merged, Conflicted)
    why = "both sides changed how it is written, and a comment would be lost"
    assert merged.conflicts == (Conflict(place=(), why=why),)


def test_what_is_in_conflict_alone_is_marked_in_theirs_own_lines() -> None:
    base = front("owner: a\n")
    ours = front("owner: a\nvalue: 1\nextra:\n  x: 1\n  y: 1\n")
    theirs = front("owner: b\nextra:\n  z: 3\n  x: # two\n    - 2\n")
    block = "<<<<<<< ours\n  x: 1\n=======\n  x: # two\n    - 2\n>>>>>>> theirs\n"
    assert merge(base, ours, theirs).data == front(f"owner: b\nvalue: 1\nextra:\n{block}  y: 1\n  z: 3\n")


def test_what_one_side_removed_is_marked_where_it_stood() -> None:
    base, ours = front("owner: a\nextra:\n  x: 1\n  y: 1\n"), front("owner: a\nextra:\n  y: 1\n")
    theirs = front("owner: a\nextra:\n  x: 2\n  y: 1\n")
    block = "<<<<<<< ours\n=======\n  x: 2\n>>>>>>> theirs\n"
    assert merge(base, ours, theirs).data == front(f"owner: a\nextra:\n{block}  y: 1\n")
    block = "<<<<<<< ours\n  x: 2\n=======\n>>>>>>> theirs\n"
    assert merge(base, theirs, ours).data == front(f"owner: a\nextra:\n{block}  y: 1\n")


@pytest.mark.parametrize("more", ["extra: {x: %d, y: 1}\n", "extra:\n    x: %d\n    y: 1\n"])
def test_where_keys_share_lines_or_stand_elsewhere_all_that_differs_is_marked(more: str) -> None:
    ours, theirs = front("role: z\nextra:\n  x: 1\n  y: 1\n"), front(more % 2)
    merged = merge(front(more % 0), ours, theirs)
    assert isinstance(merged, Conflicted)
    data = merged.data.decode()
    assert (picked(data, 0).encode(), picked(data, 1).encode()) == (ours, theirs)
    assert [conflict.why for conflict in merged.conflicts] == [
        "changed on both sides",
        "the two sides are written too differently to mark that alone, so all that differs is marked",
    ]


def test_errors_that_a_merge_has_alone_are_a_conflict() -> None:
    def judge(data: bytes) -> list[str]:
        return ["too much"] * (b"value:" in data and b"role:" in data)

    merged = merge3(front(""), front("value: 1\n"), front("role: x\n"), text=text, judge=judge)
    assert isinstance(merged, Conflicted)
    assert merged.conflicts[0].why == "put together, the two sides have errors: too much"
    assert merged.data == front("<<<<<<< ours\nvalue: 1\n=======\nrole: x\n>>>>>>> theirs\n")


def test_all_errors_are_told_each_once() -> None:
    told = ["too much", "too late", "too much"]
    merged = merge3(front(""), front("value: 1\n"), front("role: x\n"), text=text, judge=lambda _: told)
    assert isinstance(merged, Conflicted)
    assert merged.conflicts == (Conflict(why="put together, the two sides have errors: too much; too late"),)


def test_a_side_that_would_break_with_the_rest_of_the_other_is_marked_as_a_whole() -> None:
    def judge(data: bytes) -> list[str]:
        return ["too much"] * (b"value:" in data and b"role:" in data)

    base, ours, theirs = front("owner: a\n"), front("owner: b\nvalue: 1\n"), front("role: x\nowner: c\n")
    merged = merge3(base, ours, theirs, text=text, judge=judge)
    assert merged.data == front("<<<<<<< ours\nowner: b\nvalue: 1\n=======\nrole: x\nowner: c\n>>>>>>> theirs\n")
    assert isinstance(merged, Conflicted)
    assert [conflict.why for conflict in merged.conflicts] == [
        "changed on both sides",
        "if that alone were marked, a side would have errors, so all that differs is marked: too much",
    ]


def test_where_only_the_notes_differ_they_are_marked_if_the_contact_has_errors() -> None:
    def lines(base: bytes, ours: bytes, theirs: bytes, favour: Favour | None = None) -> TextMerged:
        return TextMerged(b"A\nb\nC\n", True) if base == b"a\nb\nc\n" else text(base, ours, theirs, favour)

    sides = [front("", body) for body in ("a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n")]
    merged = merge3(*sides, text=lines, judge=lambda _: ["wrong already"])
    assert isinstance(merged, Conflicted)
    assert merged.data.startswith(front("", "<<<<<<< ours\nA\n=======\na\n>>>>>>> theirs\nb\n"))
    assert isinstance(merge3(*sides, text=lines), Resolved)


def test_a_base_in_conflict_knows_what_both_its_sides_say() -> None:
    base = front("<<<<<<<<< a\nowner: a\n=========\nowner: b\n>>>>>>>>> b\nrole: x\nextra: {y: 1}\n", "notes\n")
    agreed = front("owner: a\nextra: {y: 1}\n", "notes\n")  # one side has removed the role, which both had
    other = front("owner: a\nrole: x\nextra: {y: 2}\n", "notes\n")
    assert merge(base, agreed, other) == Resolved(front("owner: a\nextra: {y: 2}\n", "notes\n"))
    merged = merge(base, agreed, front("owner: b\nrole: x\nextra: {y: 1}\n", "notes\n"))
    assert isinstance(merged, Conflicted)
    assert [conflict.place for conflict in merged.conflicts] == [("owner",)]
    merged = merge(base, agreed, front("role: x\nextra: {y: 1}\n", "notes\n"))
    assert isinstance(merged, Conflicted)
    assert [conflict.why for conflict in merged.conflicts] == ["removed on one side and changed on the other"]


@pytest.mark.parametrize(
    ("holder", "key", "old", "new"),
    [
        ("criteria", "fit", "{met: 2026-11-02}", "{met: 2026-11-02, evidence: y, corrected: {date: 2026-11-03}}"),
        ("extra", "a", "{b: 1}", "{b: 2}"),
    ],
)
def test_what_one_side_removed_and_the_other_changed_does_not_come_back_crosswise(
    holder: str, key: str, old: str, new: str
) -> None:
    ours, theirs = front(""), front(f"{holder}:\n  {key}: {new}\n")
    between = merge3(front(f"{holder}:\n  {key}: {old}\n"), ours, theirs, text=text, marks=Marks(size=9))
    for sides in ((ours, theirs), (theirs, ours)):
        merged = merge(between.data, *sides)
        assert isinstance(merged, Conflicted)
        assert merged.conflicts[0].place[:2] == (holder, key)
        assert merged.conflicts[0].why == "removed on one side and changed on the other"


def test_lists_of_which_nobody_knows_what_they_said_are_not_joined() -> None:
    sides = "<<<<<<<<<< a\ntags: [a]\n==========\n>>>>>>>>>> b\n"
    merged = merge(front(sides), front("tags: [a, b]\n"), front("tags: [a, c]\nvalue: 1\n"))
    assert merged.data == front("<<<<<<< ours\ntags: [a, b]\n=======\ntags: [a, c]\n>>>>>>> theirs\nvalue: 1\n")


def test_notes_that_both_have_changed_are_in_conflict_by_themselves() -> None:
    base, ours, theirs = front("role: x\n", "one\n"), front("role: x\n", "two\n"), front("role: y\n", "three\n")
    merged = merge3(base, ours, theirs, text=text, marks=Marks(size=7))
    why = "the notes were changed in the same place on both sides; look for <<<<<<< in the notes"
    assert merged == Conflicted(
        front("role: y\n", "<<<<<<< ours\ntwo\n=======\nthree\n>>>>>>> theirs\n"), (Conflict(place=(), why=why),)
    )


def test_notes_in_conflict_stay_as_the_merge_by_lines_has_marked_them() -> None:
    def lines(base: bytes, ours: bytes, theirs: bytes, favour: Favour | None = None) -> TextMerged:
        return TextMerged(b"as marked\n", False)

    sides = [front("role: x\n", body) for body in ("one\n", "two\n", "three\n")]
    assert merge3(*sides, text=lines).data == front("role: x\n", "as marked\n")


def test_notes_that_are_clean_stay_unmarked_below_a_conflict() -> None:
    merged = merge(front("role: x\n", "one\n"), front("role: y\n", "two\n"), front("role: z\n", "one\n"))
    assert merged.data == front("<<<<<<< ours\nrole: y\n=======\nrole: z\n>>>>>>> theirs\n", "two\n")


def test_notes_that_are_no_text_to_the_merge_by_lines_are_marked_as_a_whole() -> None:
    sides = [front(f"role: {role}\n", body) for role, body in (("x", "one\n"), ("y", "two\n"), ("x", "three\n"))]
    merged = merge3(*sides, text=lambda *_: None, marks=Marks(size=8, ours="me", theirs="you"))
    assert merged.data == front("role: y\n", "<<<<<<<< me\ntwo\n========\nthree\n>>>>>>>> you\n")
    assert isinstance(merged, Conflicted)
    why = "the notes were changed in the same place on both sides; look for <<<<<<<< in the notes"
    assert merged.conflicts == (Conflict(why=why),)


def test_notes_of_a_base_in_conflict_are_not_taken_from_one_of_its_sides() -> None:
    base = front("role: x\n", "<<<<<<<<< a\none\n=========\ntwo\n>>>>>>>>> b\n")
    merged = merge(base, front("role: x\n", "one\n"), front("role: y\n", "two\n"))
    assert merged.data == front("role: y\n", "<<<<<<< ours\none\n=======\ntwo\n>>>>>>> theirs\n")


_ONE = front("owner: b\n", "notes\n")


@pytest.mark.parametrize(
    "other",
    [b"\xef\xbb\xbf" + _ONE, _ONE.replace(b"---", b"--- "), _ONE.replace(b"\n", b"\r\n")],
    ids=["byte order mark", "fences", "line ends"],
)
def test_sides_that_differ_around_the_same_words_are_marked_if_the_contact_has_errors(other: bytes) -> None:
    base = front("owner: a\n", "notes\n")
    for ours, theirs in ((_ONE, other), (other, _ONE)):
        merged = merge3(base, ours, theirs, text=text, judge=lambda _: ["wrong on both sides"])
        assert isinstance(merged, Conflicted)
        data = merged.data.decode()
        assert (picked(data, 0).encode(), picked(data, 1).encode()) == (ours, theirs)
        assert data.startswith("<<<<<<< ours")
        assert isinstance(merge(base, ours, theirs), Resolved)
        assert merged.conflicts == (Conflict(why="put together, the two sides have errors: wrong on both sides"),)


def test_what_cannot_be_read_is_merged_as_a_text() -> None:
    broken = front("owner: a\nowner: b\n")
    merged = merge(front(""), broken, front("role: x\n"))
    assert isinstance(merged, Conflicted)
    assert merged.conflicts[0].why == "both sides changed the same lines"
    assert merge3(b"\0", b"a", b"b", text=lambda *_: None).data == b"a"


def test_a_text_merge_that_cannot_be_read_is_a_conflict() -> None:
    def glued(base: bytes, ours: bytes, theirs: bytes, favour: Favour | None = None) -> TextMerged:
        return TextMerged(b"---\n", True) if base else text(base, ours, theirs, favour)

    merged = merge3(b"x", b"y", b"z", text=glued)
    assert isinstance(merged, Conflicted)
    assert merged.conflicts[0].why.startswith("put together, the two sides have errors: ")
    assert merged.data == b"<<<<<<< ours\ny\n=======\nz\n>>>>>>> theirs\n"


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ('a: "#no" # yes\n', {"# yes": 1}),
        ("a: |- # sign\n  text # no\n# own line\nb: x#y\n", {"# sign": 1, "# own line": 1}),
        ("a: [x, # one\n  y] # one\n", {"# one": 2}),
        ("a: x\n", {}),
    ],
)
def test_comments_are_told_from_values(written: str, found: dict[str, int]) -> None:
    assert comments(written) == found


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("a:\n- {x: 1}\n- {x: 2} # two\n- {x: 3}\n", "a:\n- {x: 1}\n- {x: 3}\n"),
        ("a:\n  - x: 1\n  - x: 2\n    # two\n    y: 2\n  - x: 3\n", "a:\n  - x: 1\n  - x: 3\n"),
        ("a: [{x: 1}, {x: 2}, {x: 3}]\n", "a: [{x: 1}, {x: 3}]\n"),
        ("a:\n  - x: 1\n  -\n    x: 2\n", "a:\n  - x: 1\n  -\n    x: 2\n"),
        ("a:\n  - x: 1\n", "a:\n  - x: 1\n"),
    ],
)
def test_entries_are_taken_out_with_their_lines(written: str, left: str) -> None:
    assert without_entries(written, [("a", 1)]) == left


def test_lines_of_keys_are_taken_over() -> None:
    assert (
        with_lines_of("a: 1\nb: 2\n", "x: 0\na: 1\nc: 3 # three\n", [("b",), ("c",), ("x",)])
        == "x: 0\na: 1\nc: 3 # three\n"
    )
    assert with_lines_of("{a: 1}\n", "a: 2\n", [("a",)]) is None
    assert with_lines_of("- a\n", "a: 2\n", [("a",)]) is None


def test_what_differs_of_one_statement_is_in_one_block() -> None:
    step = "next_step:\n  do: {}\n  clarifies: fit\n  due: {}\n"
    base, ours, theirs = (step.format(*said) for said in (("a", 1), ("b", 2), ("c", 3)))
    (_, one), (_, other) = (side.split("\n", 1) for side in (ours, theirs))
    merged = merge(front(base), front(ours), front(theirs))
    assert merged.data == front(f"next_step:\n<<<<<<< ours\n{one}=======\n{other}>>>>>>> theirs\n")


def test_all_that_differs_of_one_statement_is_in_one_block_as_well() -> None:
    step = "next_step:\n  do: {}\n  clarifies: fit\n  due: {}\n"
    base, ours = step.format("a", 1), step.format("b", 2)
    (_, one), (_, other) = (side.split("\n", 1) for side in (ours, base))
    merged = merge3(front(base), front(ours), front(f"role: x\n{base}"), text=text, judge=lambda _: ["wrong"])
    added = "<<<<<<< ours\n=======\nrole: x\n>>>>>>> theirs\n"
    assert merged.data == front(f"{added}next_step:\n<<<<<<< ours\n{one}=======\n{other}>>>>>>> theirs\n")


def test_the_notes_are_no_matter_of_what_is_in_conflict_above_them() -> None:
    shown: list[bytes] = []

    def judge(data: bytes) -> list[str]:
        shown.append(data)
        return ["wrong"]

    sides = [front(f"owner: {owner}\n", "notes\n") for owner in "abc"]
    merged = merge3(*sides, text=text, judge=judge)
    assert merged.data == front("<<<<<<< ours\nowner: b\n=======\nowner: c\n>>>>>>> theirs\n", "notes\n")
    assert set(shown) == {front("owner: b\n"), front("owner: c\n")}


def test_errors_that_a_side_had_before_do_not_make_more_of_a_conflict() -> None:
    def judge(data: bytes) -> list[str]:
        return ["wrong"] * (b"role: wrong" in data)

    base, ours, theirs = (front(f"owner: {owner}\nvalue: 1\nrole: wrong\n") for owner in "abc")
    merged = merge3(base, ours, theirs.replace(b"value: 1\n", b""), text=text, judge=judge)
    assert merged.data == front("<<<<<<< ours\nowner: b\n=======\nowner: c\n>>>>>>> theirs\nrole: wrong\n")
    assert isinstance(merged, Conflicted)
    assert merged.conflicts == (Conflict(place=("owner",), why="changed on both sides"),)


@pytest.mark.parametrize("wrong", [b"value: 1", b"value: 2"])
def test_errors_of_one_side_alone_count_as_well(wrong: bytes) -> None:
    def judge(data: bytes) -> list[str]:
        return ["too much"] * (wrong in data and b"role:" in data and b"tags:" in data)

    base, ours, theirs = front("value: 0\n"), front("value: 1\nrole: x\n"), front("value: 2\ntags: [a]\n")
    merged = merge3(base, ours, theirs, text=text, judge=judge)
    assert isinstance(merged, Conflicted)
    assert [conflict.why.rpartition(": ")[2] for conflict in merged.conflicts] == ["changed on both sides", "too much"]
    data = merged.data.decode()
    assert (picked(data, 0).encode(), picked(data, 1).encode()) == (ours, theirs)


def test_where_one_side_has_removed_all_of_a_mapping_all_that_differs_is_marked() -> None:
    base, ours, theirs = front("extra:\n  x: 1\n"), front("extra:\n  x: 2\n"), front("role: y\n")
    merged = merge(base, ours, theirs)
    assert isinstance(merged, Conflicted)
    data = merged.data.decode()
    assert (picked(data, 0).encode(), picked(data, 1).encode()) == (ours, theirs)
    assert [conflict.why for conflict in merged.conflicts] == [
        "removed on one side and changed on the other",
        "the two sides are written too differently to mark that alone, so all that differs is marked",
    ]


def test_comments_beside_a_conflict_are_taken_from_a_merge_line_by_line() -> None:
    def lines(base: bytes, ours: bytes, theirs: bytes, favour: Favour | None = None) -> TextMerged:
        if favour is not Favour.OURS:
            return text(base, ours, theirs, favour)
        return TextMerged(front("owner: b\nrole: y # since May\n")[4:-4], True)

    base, ours = front("owner: a\nrole: x\n"), front("owner: b\nrole: x\n")
    merged = merge3(base, ours, front("owner: c\nrole: y # since May\n"), text=lines)
    assert merged.data == front("<<<<<<< ours\nowner: b\n=======\nowner: c\n>>>>>>> theirs\nrole: y # since May\n")


def test_a_value_that_a_base_in_conflict_has_on_one_side_alone_is_unknown() -> None:
    sides = ("owner: null\n", "")
    for one, other in (sides, sides[::-1]):
        base = front(f"<<<<<<<<< a\n{one}=========\n{other}>>>>>>>>> b\n")
        merged = merge(base, front("owner: null\n"), front("owner: b\n"))
        assert isinstance(merged, Conflicted)
        assert merged.conflicts == (Conflict(place=("owner",), why="changed on both sides"),)


def test_the_notes_are_judged_with_the_rest_where_all_is_clean() -> None:
    def judge(data: bytes) -> list[str]:
        return ["too long"] * (b"role: x" in data and b"notes" in data)

    merged = merge3(front(""), front("role: x\n"), front("", "notes\n"), text=text, judge=judge)
    assert isinstance(merged, Conflicted)
    assert merged.conflicts[0].why == "put together, the two sides have errors: too long"


# --- Files that are no contacts, or cannot be read --------------------------------------------------------------------


def test_a_file_that_is_no_contact_is_merged_as_a_text() -> None:
    def lines(base: bytes, ours: bytes, theirs: bytes, favour: Favour | None = None) -> TextMerged:
        return TextMerged(b"A\nb\nC\n", True) if base == b"a\nb\nc\n" else text(base, ours, theirs, favour)

    assert merge_text(b"a\nb\nc\n", b"A\nb\nc\n", b"a\nb\nC\n", text=lines) == Resolved(b"A\nb\nC\n")
    conflict = Conflicted(
        b"<<<<<<< ours\nb\n=======\nc\n>>>>>>> theirs\n", (Conflict(why="both sides changed the same lines"),)
    )
    assert merge_text(b"a\n", b"b\n", b"c\n", text=lines) == conflict


def test_what_is_no_text_is_left_as_ours_has_it() -> None:
    left = Conflicted(b"\0b", (Conflict(why="it is no text; ours was left as it is"),))
    assert merge_text(b"\0a", b"\0b", b"\0c", text=lambda *_: None) == left
    assert merge3(b"\0a", b"\0b", b"\0c", text=lambda *_: None) == left


def test_what_one_side_alone_has_changed_needs_no_merge() -> None:
    def never(base: bytes, ours: bytes, theirs: bytes, favour: Favour | None = None) -> TextMerged:
        raise AssertionError

    for base, ours, theirs, merged in (
        ("a", "a", "b", "b"),
        ("a", "b", "a", "b"),
        ("a", "b", "b", "b"),
        ("", "b", "b", "b"),
    ):
        sides = [side.encode() for side in (base, ours, theirs)]
        assert merge_text(*sides, text=never) == merge3(*sides, text=never) == Resolved(merged.encode())


def test_bytes_that_are_no_text_are_kept_where_both_are_marked() -> None:
    def glued(base: bytes, ours: bytes, theirs: bytes, favour: Favour | None = None) -> TextMerged:
        return TextMerged(b"joined", True)

    merged = merge3(b"a\xff\n", b"b\xff\n", b"c\xfe\n", text=glued)
    assert merged.data == b"<<<<<<< ours\nb\xff\n=======\nc\xfe\n>>>>>>> theirs\n"


def test_what_cannot_be_read_on_one_side_is_clean_where_the_merged_text_can_be() -> None:
    good = front("role: x\n")
    mended = merge3(front(""), b"broken", good, text=lambda *_: TextMerged(good, True))
    assert mended == Resolved(good)
