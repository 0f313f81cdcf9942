"""A merged front matter in words: as people wrote it if that can be, as a program writes it if not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crmtool.merge import Favour, TextMerged
from crmtool.merge.slots import UNKNOWN, Values
from crmtool.merge.versions import Versions, read_versions
from crmtool.merge.writing import reads_as, written, written_by_ours

BASE = "name: N\nrole: x\n"
OURS = "name: N\nrole: x\nvalue: 1\n"
THEIRS = "name: N\nrole: buyer\n"
MEANT: Values = {"name": "N", "role": "buyer", "value": 1}
Call = tuple[str, str, str, Favour | None]
CALLS: list[Call] = [
    (BASE, OURS, THEIRS, Favour.UNION),
    (BASE, THEIRS, OURS, Favour.UNION),
    (BASE, OURS, THEIRS, Favour.OURS),
    (BASE, OURS, THEIRS, Favour.THEIRS),
]
MERGED = "value: 1\nrole: buyer\nname: N\n"


def versions(base: str = BASE, ours: str = OURS, theirs: str = THEIRS) -> Versions:
    found = read_versions(*(f"---\n{yaml}---\n".encode() for yaml in (base, ours, theirs)))
    assert found is not None
    return found


class Lines:
    """A merge line by line that gives what it is told to, call by call; it remembers the calls."""

    def __init__(self, *answers: str | None) -> None:
        self.answers = list(answers)
        self.calls: list[Call] = []

    def __call__(self, base: bytes, ours: bytes, theirs: bytes, favour: Favour | None = None) -> TextMerged | None:
        self.calls.append((base.decode(), ours.decode(), theirs.decode(), favour))
        answer = self.answers.pop(0) if self.answers else None
        return None if answer is None else TextMerged(answer.encode(), True)


@pytest.mark.parametrize("at", range(4))
@pytest.mark.parametrize("wrong", [None, "name: N\n", "name: [\n"], ids=["none", "another", "broken"])
def test_a_merge_by_lines_that_says_what_is_meant_is_taken(at: int, wrong: str | None) -> None:
    text = Lines(*[wrong] * at, MERGED)
    assert written(versions(), MEANT, text) == MERGED
    assert text.calls == CALLS


def test_of_several_the_first_is_taken_that_has_no_comment_twice() -> None:
    told, other = versions(BASE, f"# x\n{OURS}", THEIRS), "name: N\nvalue: 1\nrole: buyer\n"
    twice, once = f"# x\n{MERGED}# x\n", f"{MERGED}# x\n"
    assert written(told, MEANT, Lines(MERGED, twice, once, f"# x\n{other}")) == once


def test_without_one_it_is_written_into_ours_or_else_into_theirs() -> None:
    assert written(versions(), MEANT, Lines()) == "name: N\nrole: buyer\nvalue: 1\n"
    told = versions(theirs="role: buyer # since May\nname: N\n")
    assert written(told, MEANT, Lines()) == "role: buyer # since May\nvalue: 1\nname: N\n"
    told = versions(ours=f"# of us\n{OURS}", theirs=f"{THEIRS}# of them\n")
    assert written(told, MEANT, Lines(MERGED)) is None
    assert written(told, MEANT, Lines(f"# of us\n{MERGED}# of them\n")) == f"# of us\n{MERGED}# of them\n"


def test_entries_that_are_gone_are_taken_out_where_they_stand() -> None:
    log = "name: N\nstop_if:\n- {when: a} # one\n- {when: b} # two\n- {when: c} # three\n"
    less: Values = {"name": "N", "role": "buyer", "stop_if": [{"when": "a"}, {"when": "c"}]}
    told = versions(log, log, log.replace("- {when: b} # two\n", ""))
    left = "stop_if:\n- {when: a} # one\n- {when: c} # three\n"
    assert written(told, less, Lines()) == f'name: N\nrole: "buyer"\n{left}'


def test_what_to_favour_is_called_as_git_calls_it() -> None:
    assert [str(favour) for favour in Favour] == ["ours", "theirs", "union"]


Write = Callable[[Versions, Values, Lines], str | None]


@pytest.mark.parametrize("write", [written, written_by_ours])
def test_what_cannot_be_written_is_not(write: Write) -> None:
    assert write(versions(), {"name": UNKNOWN}, Lines()) is None


def test_ours_takes_from_a_merge_by_lines_what_theirs_adds() -> None:
    text = Lines(MERGED)
    assert written_by_ours(versions(), MEANT, text) == MERGED
    assert text.calls == [CALLS[2]]


@pytest.mark.parametrize("answer", [None, THEIRS, "name: [\n"])
def test_else_ours_is_written_by_the_program(answer: str | None) -> None:
    text = Lines(answer)
    assert written_by_ours(versions(), MEANT, text) == "name: N\nrole: buyer\nvalue: 1\n"
    assert text.calls == [CALLS[2]]


@pytest.mark.parametrize(
    ("yaml", "is_meant"),
    [
        ("role: buyer\nname: N\nvalue: 1\n", True),
        (BASE, False),
        (f"{MERGED}more: x\n", False),
        (MERGED.replace("1", "1.0"), False),
        ("name: [\n", False),
        ("", False),
    ],
)
def test_what_is_written_is_read_again(yaml: str, is_meant: bool) -> None:
    assert reads_as(yaml, MEANT) is is_meant
