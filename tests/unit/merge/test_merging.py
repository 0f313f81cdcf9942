from __future__ import annotations

import pytest

from crmtool.merge import Conflicted, Favour, Marks, Resolved, TextMerged, merge3
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
    assert "a comment would be lost" in merged.conflicts[0].why


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
