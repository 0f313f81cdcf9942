from __future__ import annotations

from crmtool.formats.as_text import finding_lines, render
from tests.unit.formats.hostile import COMMIT, everything_hostile, finding


def test_a_finding_of_one_commit_of_a_range_names_it() -> None:
    line, _ = finding_lines(finding(commit=COMMIT))
    assert line == "contacts/a.md:5:3: error: unknown key 'emial' (in commit 0123456789) [unknown-key]"


def test_no_text_ends_its_line_or_hides_what_follows() -> None:
    told = render(everything_hostile())
    assert not set(told) & set("\r\x00\x07\x1b\x85\u202e\u200f\udcff\ud800")
