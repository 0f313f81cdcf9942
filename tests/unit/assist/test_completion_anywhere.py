from __future__ import annotations

import pytest

from crmtool.assist.completion import completions
from tests.conftest import JANA, RULEBOOK
from tests.unit.assist.completed import Completed, other
from tests.unit.assist.opened import contact_open, rules_open

IN_LINES = """---
name: "Ada"
status: new
criteria:
  fit:
    met: 2026-11-03
    evidence: >
      a text
  budget:
  - not_met: 2026-11-12
    by: lena
tags:
- a
decisions:
- date: 2026-10-20
  to: new
  because: 'x'
next_step:
  do: "a"
  clarifies: buyer
  due: 2026-11-28
extra: {a: [b, c]}
---
[x](y)
"""
OTHERS = (other("contacts/a.md", "owner: mira", 'owner: "a: b"\ntags: [x y, "#z"]'),)


@pytest.mark.parametrize(
    ("text", "every"),
    [(JANA, 5), (JANA.replace("\n", "\r\n"), 7), (IN_LINES, 1), (IN_LINES.replace("\n", "\r\n"), 5), (RULEBOOK, 23)],
)
def test_whatever_is_taken_wherever_leaves_a_file_that_can_be_read(text: str, every: int) -> None:
    taken = 0
    for offset in range(0, len(text) + 1, every):
        if text[offset - 1 : offset + 1] == "\r\n":  # no editor has a cursor there
            continue
        editing = rules_open(text, contacts=OTHERS) if text is RULEBOOK else contact_open(text, others=OTHERS)
        completed = Completed(editing, completions(editing, offset))
        for each in completed.found:
            document = completed.document(completed.taken(each.label))
            assert not document.problems, (text[max(offset - 40, 0) : offset], each.insert)
            assert each.span.start <= offset <= each.span.end
            taken += 1
    assert taken > 50


@pytest.mark.parametrize(
    "sign", ["{", "[", '"', "'", "- ", ": ", "# ", "? ", "|\n", "&a ", "*a", "!x ", "\t", "---\n", "🚚"]
)
def test_no_sign_anywhere_makes_it_fail(sign: str) -> None:
    for offset in range(0, len(IN_LINES), 11):
        editing = contact_open(IN_LINES[:offset] + sign + IN_LINES[offset:])
        for at in (offset, offset + len(sign), min(offset + 30, len(IN_LINES))):
            for each in completions(editing, at):
                assert each.span.start <= at <= each.span.end
                assert "\n" not in editing.text[each.span.start : each.span.end]
