"""Where and in which style a change is written: each case is a front matter before and after it."""

from __future__ import annotations

from typing import Any

import pytest

from crmtool.edit import Add, Change, Drop, EditError, Put, Rename, edited

YES = {"met": "2026-11-20", "evidence": "Says so"}
STEP = {"do": "Ask", "clarifies": "fit", "due": "2026-12-01"}
CRITERIA = ("criteria",)


def add(*place: str | int, value: Any = YES, at: int | None = None) -> Add:
    return Add(place=place, value=value, at=at)


def put(*place: str | int, value: Any) -> Put:
    return Put(place=place, value=value)


def written(yaml: str, *changes: Change, newline: str = "\n") -> str:
    data = f"---\n{yaml}---\n\nNotes: ---\n".replace("\n", newline).encode()
    text = edited("contacts/x.md", data, changes).data.decode()
    opening, ending = f"---{newline}", f"---{newline}{newline}Notes: ---{newline}"
    assert text.startswith(opening)
    assert text.endswith(ending)
    return text[len(opening) : -len(ending)]


CASES = {
    "an answer to a criterion that had none, in the style of the others": (
        "criteria:\n  fit: {met: 2026-11-03, evidence: '85 people'}\n",
        add("criteria", "pain"),
        "criteria:\n  fit: {met: 2026-11-03, evidence: '85 people'}\n  pain: {met: 2026-11-20, evidence: 'Says so'}\n",
    ),
    "an answer in lines, where the others stand in lines": (
        "criteria:\n  fit:\n    met: 2026-11-03\n    evidence: It fits\nstatus: new\n",
        add("criteria", "pain"),
        "criteria:\n  fit:\n    met: 2026-11-03\n    evidence: It fits\n"
        "  pain:\n    met: 2026-11-20\n    evidence: Says so\nstatus: new\n",
    ),
    "the first answer, in an empty pair of braces": (
        "criteria: {}  # none yet\nstatus: new\n",
        add("criteria", "fit"),
        'criteria:   # none yet\n  fit: {met: 2026-11-20, evidence: "Says so"}\nstatus: new\n',
    ),
    "the first answer, without braces to begin with": (
        "name: J\nstatus: new\ndecisions: [{date: 2026-11-01}]\n",
        add("criteria", "fit"),
        'name: J\nstatus: new\ncriteria:\n  fit: {met: 2026-11-20, evidence: "Says so"}\n'
        "decisions: [{date: 2026-11-01}]\n",
    ),
    "a second answer makes a list in lines": (
        'criteria:\n  fit: {met: 2026-11-03, evidence: "85"}  # by phone\n  pain: {met: 2026-11-04}\n',
        add("criteria", "fit"),
        'criteria:\n  fit:\n    - {met: 2026-11-03, evidence: "85"}  # by phone\n'
        '    - {met: 2026-11-20, evidence: "Says so"}\n  pain: {met: 2026-11-04}\n',
    ),
    "an earlier answer makes a list, too, and comes first": (
        'criteria:\n  fit: {met: 2026-11-23, evidence: "85"}\n',
        add("criteria", "fit", at=0),
        'criteria:\n  fit:\n    - {met: 2026-11-20, evidence: "Says so"}\n    - {met: 2026-11-23, evidence: "85"}\n',
    ),
    "a second answer, where other lists stand in brackets": (
        "criteria:\n  fit: {met: 2026-11-03}\n  pain: [{met: 2026-11-01}, {not_met: 2026-11-02}]\n",
        add("criteria", "fit"),
        'criteria:\n  fit: [{met: 2026-11-03}, {met: 2026-11-20, evidence: "Says so"}]\n'
        "  pain: [{met: 2026-11-01}, {not_met: 2026-11-02}]\n",
    ),
    "a second answer below one in lines": (
        "criteria:\n  fit:\n    met: 2026-11-03\n    # from the register\n    evidence: |-\n      85\n"
        "      # people\n\n  pain: {met: 2026-11-04}\n",
        add("criteria", "fit"),
        "criteria:\n  fit:\n    - met: 2026-11-03\n      # from the register\n      evidence: |-\n        85\n"
        '        # people\n    - met: 2026-11-20\n      evidence: "Says so"\n\n  pain: {met: 2026-11-04}\n',
    ),
    "a third answer, where the dashes stand below the key": (
        "criteria:\n  fit:\n  - {met: 2026-11-03}\n  - {not_met: 2026-11-04}\n",
        add("criteria", "fit"),
        "criteria:\n  fit:\n  - {met: 2026-11-03}\n  - {not_met: 2026-11-04}\n"
        '  - {met: 2026-11-20, evidence: "Says so"}\n',
    ),
    "an answer between two": (
        "criteria:\n  fit:\n    - {met: 2026-11-03}\n    # later\n    - {not_met: 2026-11-22}\n",
        add("criteria", "fit", at=1),
        'criteria:\n  fit:\n    - {met: 2026-11-03}\n    - {met: 2026-11-20, evidence: "Says so"}\n    # later\n'
        "    - {not_met: 2026-11-22}\n",
    ),
    "an answer behind one whose text keeps its blank lines": (
        "criteria:\n  fit:\n    - met: 2026-11-03\n      evidence: |+\n        85\n\nstatus: new\n",
        add("criteria", "fit"),
        "criteria:\n  fit:\n    - met: 2026-11-03\n      evidence: |+\n        85\n\n"
        '    - met: 2026-11-20\n      evidence: "Says so"\nstatus: new\n',
    ),
    "an answer within braces within braces": (
        "criteria: { fit: { met: 2026-11-03 } }\n",
        add("criteria", "fit"),
        'criteria: { fit: [{ met: 2026-11-03 }, { met: 2026-11-20, evidence: "Says so" }] }\n',
    ),
    "everything within one pair of braces": (
        '{"name": "J", "criteria": {"fit": {"met": "2026-11-03"}}}\n',
        add("criteria", "pain"),
        '{"name": "J", "criteria": {"fit": {"met": "2026-11-03"}, "pain": {"met": "2026-11-20",'
        ' "evidence": "Says so"}}}\n',
    ),
    "a decision at the end of the log, before what follows it": (
        'decisions:\n  - {date: 2026-11-01, to: new, because: "It fits"}\n\n# the end\nnext_step: x\n',
        add("decisions", value={"date": "2026-11-20", "to": "ready", "because": "a, b: c"}),
        'decisions:\n  - {date: 2026-11-01, to: new, because: "It fits"}\n'
        '  - {date: 2026-11-20, to: ready, because: "a, b: c"}\n\n# the end\nnext_step: x\n',
    ),
    "a decision in a list with one entry a line, comments and a comma at the end": (
        "decisions: [\n    {to: new},  # first\n    {to: old},  # second\n  ]\n",
        add("decisions", value={"to": "ready"}),
        "decisions: [\n    {to: new},  # first\n    {to: old},  # second\n    {to: ready},\n  ]\n",
    ),
    "a decision in a list with one entry a line, without a comma at the end": (
        "decisions: [\n    {to: new},  # first\n    {to: old}  # second\n  ]\n",
        add("decisions", value={"to": "ready"}),
        "decisions: [\n    {to: new},  # first\n    {to: old},  # second\n    {to: ready}\n  ]\n",
    ),
    "a status keeps its quotes and its comment": (
        "status: 'new'   # where it is\nname: J\n",
        put("status", value="on hold"),
        "status: 'on hold'   # where it is\nname: J\n",
    ),
    "a value that plain text would misread gets quotes": (
        "status: new\n",
        put("status", value="true"),
        'status: "true"\n',
    ),
    "a value in several lines becomes one in quotes": (
        "name: J\nstatus: |-\n  new\nrole: x\n",
        put("status", value="a: b"),
        'name: J\nstatus: "a: b"\nrole: x\n',
    ),
    "a key without a value gets one": (
        "revisit:\nrole: x\n",
        put("revisit", value="2027-01-15"),
        "revisit: 2027-01-15\nrole: x\n",
    ),
    "a new field stands where its place in the order is": (
        "name: J\nstatus: new\ndecisions: []\n# mine\nextra: {a: b}\n",
        put("next_step", value=STEP),
        'name: J\nstatus: new\ndecisions: []\nnext_step: {do: "Ask", clarifies: fit, due: 2026-12-01}\n# mine\n'
        "extra: {a: b}\n",
    ),
    "a new field before all others": ("status: new\n", put("name", value="J"), 'name: "J"\nstatus: new\n'),
    "a mapping that is changed keeps what stays": (
        "next_step:\n  do: Call  # soon\n  clarifies: fit\n  owner: mira\n  due: 2026-11-01\n",
        put("next_step", value=STEP),
        "next_step:\n  do: Ask  # soon\n  clarifies: fit\n  due: 2026-12-01\n",
    ),
    "within braces, too": (
        "next_step: {do: Call, owner: mira, clarifies: fit, due: 2026-11-01}\n",
        put("next_step", value={**STEP, "do": "Ask, then wait"}),
        'next_step: {do: "Ask, then wait", clarifies: fit, due: 2026-12-01}\n',
    ),
    "a field is removed with its lines and nothing else": (
        "name: J\n# about the step\nnext_step:\n  do: Call\n  due: 2026-11-01\n\n# the end\nrole: x\n",
        Drop(place=("next_step",)),
        "name: J\n# about the step\n\n# the end\nrole: x\n",
    ),
    "a field is removed from the beginning of braces": (
        "{next_step: {do: Call}, name: J}\n",
        Drop(place=("next_step",)),
        "{name: J}\n",
    ),
    "a field is removed from the end of braces": (
        "{name: J, next_step: {do: Call}}\n",
        Drop(place=("next_step",)),
        "{name: J}\n",
    ),
    "a key that is announced by a question mark": (
        "? status\n: new\n? role\n: x\n",
        Drop(place=("status",)),
        "? role\n: x\n",
    ),
    "a key is renamed within its quotes": (
        "criteria: {fit: {'met': 2026-11-03, evidence: x}}\n",
        Rename(place=("criteria", "fit", "met"), key="not_met"),
        "criteria: {fit: {'not_met': 2026-11-03, evidence: x}}\n",
    ),
    "a correction stands beside what it corrects": (
        'decisions:\n  - date: 2026-11-01\n    because: "x"\n  - date: 2026-11-02\n    because: "y"\n',
        put("decisions", 0, "corrected", value={"date": "2026-11-20", "because": "Wrong"}),
        'decisions:\n  - date: 2026-11-01\n    because: "x"\n    corrected:\n      date: 2026-11-20\n'
        '      because: "Wrong"\n'
        '  - date: 2026-11-02\n    because: "y"\n',
    ),
    "a log that stands further to the right": (
        "decisions:\n      -   date: 2026-11-01\n          because: x\n",
        add("decisions", value={"date": "2026-11-20", "because": "z"}),
        "decisions:\n      -   date: 2026-11-01\n          because: x\n      - date: 2026-11-20\n        because: z\n",
    ),
    "keys within a list that begin on the dash's line": (
        "stop_if:\n  - when: x\n    by: 2026-11-01\n",
        Drop(place=("stop_if", 0, "when")),
        "stop_if:\n  - by: 2026-11-01\n",
    ),
    "a list whose end stands on the line of its last entry": (
        "decisions: [{to: new},\n            {to: old}]  # c\n",
        add("decisions", value={"to": "ready"}),
        "decisions: [{to: new},\n            {to: old},\n            {to: ready}]  # c\n",
    ),
    "the same with a comma at the end": (
        "decisions: [{to: new},\n            {to: old},]\n",
        add("decisions", value={"to": "ready"}),
        "decisions: [{to: new},\n            {to: old},\n            {to: ready},]\n",
    ),
    "the only entry of a list that has a line of its own": (
        "decisions: [\n    {to: new}  # first\n  ]\n",
        add("decisions", value={"to": "ready"}),
        "decisions: [\n    {to: new},  # first\n    {to: ready}\n  ]\n",
    ),
    "before an entry that has a line of its own": (
        "criteria:\n  fit: [\n    {met: 2026-11-23}\n  ]\n",
        add("criteria", "fit", at=0),
        'criteria:\n  fit: [\n    {met: 2026-11-20, evidence: "Says so"},\n    {met: 2026-11-23}\n  ]\n',
    ),
    "braces over many lines, as JSON is written": (
        '{\n  "criteria": {\n    "fit": {"met": "2026-11-03"}\n  }\n}\n',
        add("criteria", "pain"),
        '{\n  "criteria": {\n    "fit": {"met": "2026-11-03"},\n'
        '    "pain": {"met": "2026-11-20", "evidence": "Says so"}\n  }\n}\n',
    ),
    "the twin of a key has its quotes": (
        "criteria:\n  fit: {not_met: '2026-11-03'}\n",
        add("criteria", "pain", value={"met": "2026-11-20"}),
        "criteria:\n  fit: {not_met: '2026-11-03'}\n  pain: {met: '2026-11-20'}\n",
    ),
    "comments below the last entry stay with it": (
        "decisions:\n  - date: 2026-11-01\n    because: It fits\n    # she rang twice\n"
        "  # nothing since\n# next\nextra: {}\n",
        add("decisions", value={"date": "2026-11-20", "because": "No need"}),
        "decisions:\n  - date: 2026-11-01\n    because: It fits\n    # she rang twice\n  # nothing since\n"
        "  - date: 2026-11-20\n    because: No need\n# next\nextra: {}\n",
    ),
    "comments below an answer stay with it": (
        "criteria:\n  pain:\n    met: 2026-11-03\n\n    # from the register\nstatus: new\n",
        add("criteria", "fit", value={"met": "2026-11-20"}),
        "criteria:\n  pain:\n    met: 2026-11-03\n\n    # from the register\n  fit:\n"
        "    met: 2026-11-20\nstatus: new\n",
    ),
    "comments below an answer that becomes one of two": (
        "criteria:\n  pain:\n    met: 2026-11-03\n    # from the register\n  fit: {met: 2026-11-01}\n",
        add("criteria", "pain", value={"met": "2026-11-20"}),
        "criteria:\n  pain:\n    - met: 2026-11-03\n      # from the register\n"
        "    - met: 2026-11-20\n  fit: {met: 2026-11-01}\n",
    ),
    "indented comments belong to the key above": (
        "decisions:\n  - {to: new}\n  # - {to: old}\n# about stopping\nstop_if: []\n",
        put("next_step", value=STEP),
        'decisions:\n  - {to: new}\n  # - {to: old}\nnext_step: {do: "Ask", clarifies: fit, due: 2026-12-01}\n'
        "# about stopping\nstop_if: []\n",
    ),
    "a key between others within braces, each with a comment": (
        "next_step: {\n    do: Ask,\n    clarifies: fit,  # the only thing open\n"
        "    owner: mira,  # gone\n    due: 2026-12-01\n  }\n",
        Drop(place=("next_step", "owner")),
        "next_step: {\n    do: Ask,\n    clarifies: fit,  # the only thing open\n    due: 2026-12-01\n  }\n",
    ),
    "the last key within braces, a comment behind the one before": (
        "fit: {\n    met: 2026-11-03,  # as the register says\n    evidence: x\n  }\n",
        Drop(place=("fit", "evidence")),
        "fit: {\n    met: 2026-11-03  # as the register says\n  }\n",
    ),
    "a comma within a comment is none": (
        "a: {\n    b: 1  # one, two\n  , c: 2\n  }\n",
        Drop(place=("a", "c")),
        "a: {\n    b: 1  # one, two\n  }\n",
    ),
    "a key in the middle of a line": ("{a: 1, b: 2, c: 3}\n", Drop(place=("b",)), "{a: 1, c: 3}\n"),
    "the only key within braces": ("a: { b: 2 }\n", Drop(place=("a", "b")), "a: { }\n"),
    "a text in several lines with a comment behind its sign": (
        "a:\n  because: |-  # dictated\n    One\n    two\n  b: 1\n",
        put("a", "because", value="Three"),
        'a:\n  because: "Three"  # dictated\n  b: 1\n',
    ),
    "empty braces on a line of their own": (
        "criteria:\n  {}\n",
        add("criteria", "fit", value={"met": "2026-11-20"}),
        "criteria:\n  {fit: {met: 2026-11-20}}\n",
    ),
    "a word that others take for a truth": ("status: new\n", put("status", value="no"), 'status: "no"\n'),
    "a number that others take for another": ("phone: 1x\n", put("phone", value="01067"), 'phone: "01067"\n'),
}


@pytest.mark.parametrize(("before", "change", "after"), CASES.values(), ids=CASES)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_a_change_is_written(before: str, change: Change, after: str, newline: str) -> None:
    assert written(before, change, newline=newline) == after.replace("\n", newline)


def test_a_byte_order_mark_and_a_missing_line_end_stay() -> None:
    data = "\ufeff---\nstatus: new\n---".encode()
    assert edited("contacts/x.md", data, [put("status", value="old")]).data == "\ufeff---\nstatus: old\n---".encode()


@pytest.mark.parametrize(
    ("yaml", "change"),
    [
        ("status: new\n", Drop(place=("blocked",))),
        ("criteria:\n  fit: yes it does\n", add("criteria", "fit")),
        ("criteria: x\n", add("criteria", "fit")),
        ("decisions: []\n", put("decisions", 3, "corrected", value={})),
        ("name: [J\n", put("status", value="x")),
    ],
)
def test_what_cannot_be_written_safely_is_refused(yaml: str, change: Change) -> None:
    data = f"---\n{yaml}---\n".encode()
    with pytest.raises(EditError):
        edited("contacts/x.md", data, [change])


def test_several_changes_are_made_one_after_the_other() -> None:
    changes = (add("criteria", "fit"), add("criteria", "fit"), put("status", value="b"), Drop(place=("role",)))
    assert written("status: a\nrole: x\n", *changes) == (
        "status: b\ncriteria:\n  fit:\n"
        '    - {met: 2026-11-20, evidence: "Says so"}\n    - {met: 2026-11-20, evidence: "Says so"}\n'
    )
