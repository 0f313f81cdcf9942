from __future__ import annotations

import itertools

import pytest

from crmtool import renames
from crmtool.renames import pair_renames


def contact(name: str, *more: str, because: str = "", body: str = "") -> str:
    first = f'  - {{date: 2026-10-20, to: new, because: "{because or "First met by " + name}"}}'
    return "\n".join(["---", f"name: {name}", *more, "decisions:", first, "---", body])


ADA = contact("Ada Example", "status: new", "organization: Example & Daughters, Bremen", "email: ada@daughters.example")
BOB = contact("Bob Muster", "status: new", "organization: Muster GmbH, Hamburg", "email: bob@muster.example")


def test_the_same_text_is_the_same_file() -> None:
    assert pair_renames({"a.md": ADA, "b.md": BOB}, {"x/b.md": BOB, "x/a.md": ADA}) == {
        "x/a.md": "a.md",
        "x/b.md": "b.md",
    }


def test_each_file_is_used_once() -> None:
    assert pair_renames({"a.md": ADA}, {"x.md": ADA, "y.md": ADA}) == {"x.md": "a.md"}
    assert pair_renames({"a.md": ADA, "b.md": ADA}, {"x.md": ADA}) == {"x.md": "a.md"}


def test_of_the_same_texts_the_same_file_name_goes_first() -> None:
    assert pair_renames({"a.md": ADA, "b.md": ADA}, {"x/b.md": ADA}) == {"x/b.md": "b.md"}
    assert pair_renames({"a.md": ADA}, {"x/z.md": ADA, "y/a.md": ADA}) == {"y/a.md": "a.md"}


def test_a_file_that_was_edited_as_well() -> None:
    edited = ADA.replace("status: new", "status: clarifying")
    assert pair_renames({"a.md": ADA, "b.md": BOB}, {"x.md": edited}) == {"x.md": "a.md"}


def test_name_and_first_decision_make_a_contact() -> None:
    grown = contact(
        "Ada Example", "criteria:", *(f"  c{i}: {{met: 2026-11-{i:02}, evidence: a long text}}" for i in range(1, 30))
    )
    assert pair_renames({"a.md": ADA}, {"x.md": grown}) == {"x.md": "a.md"}


def test_a_first_decision_that_was_corrected_leaves_the_contact_the_same() -> None:
    answers = [f"  c{i}: {{met: 2026-11-{i:02}, evidence: a long text}}" for i in range(1, 30)]
    another = contact("Ada Example", "criteria:", *answers, because="Met at the fair").replace("10-20", "10-19")
    assert pair_renames({"a.md": ADA}, {"x.md": another}) == {}
    corrected = another.replace('fair"}', 'fair", corrected: {date: 2026-10-21, because: Misdated}}')
    assert pair_renames({"a.md": ADA}, {"x.md": corrected}) == {"x.md": "a.md"}
    assert pair_renames({"x.md": corrected}, {"a.md": ADA}) == {"a.md": "x.md"}
    assert pair_renames({"a.md": ADA}, {"x.md": corrected.replace("name: Ada", "name: Ida")}) == {}


def test_of_namesakes_the_more_alike_is_meant() -> None:
    other = ADA.replace("Daughters, Bremen", "Sons, Kiel")
    pairs = pair_renames({"a.md": ADA, "b.md": other}, {"x.md": other + "!\n", "y.md": ADA + "!\n"})
    assert pairs == {"x.md": "b.md", "y.md": "a.md"}


def test_a_name_that_was_mended() -> None:
    mended = ADA.replace("name: Ada Example", "name: Ada B. Example").replace("by Ada Example", "by Ada B. Example")
    assert pair_renames({"a.md": ADA}, {"x.md": mended}) == {"x.md": "a.md"}


def test_another_contact_is_no_rename() -> None:
    assert pair_renames({"a.md": ADA}, {"b.md": BOB}) == {}


def test_notes_alone_make_no_rename_and_hinder_none() -> None:
    notes = "".join(f"A line of the notes that everybody has: {i}\n" for i in range(100))
    assert pair_renames({"a.md": ADA + notes}, {"b.md": BOB + notes}) == {}
    assert pair_renames({"a.md": ADA + notes}, {"x.md": ADA}) == {"x.md": "a.md"}


def test_files_that_cannot_be_read_are_compared_as_text() -> None:
    broken = "no front matter\nbut some lines\nthat are the same\nin both of them\n"
    assert pair_renames({"a.md": broken}, {"x.md": broken + "and one\n"}) == {"x.md": "a.md"}
    assert pair_renames({"a.md": ""}, {"x.md": "\n"}) == {}
    undecoded = b"name: \xff and so on\n".decode(errors="surrogateescape")
    assert pair_renames({"a.md": undecoded}, {"x.md": undecoded + "more"}) == {"x.md": "a.md"}


def test_no_files() -> None:
    assert pair_renames({}, {}) == pair_renames({"a.md": ADA}, {}) == pair_renames({}, {"a.md": ADA}) == {}


def test_of_many_files_each_finds_its_own() -> None:
    gone = {f"old/{i}.md": contact(f"Person {i}", "status: new", "owner: mira", f"phone: +49 {i}") for i in range(300)}
    new = {
        f"new/{path[4:]}": text.replace("Person", "Dr. Person").replace("+49", "+43").replace("mira", "jonas")
        for path, text in gone.items()
    }
    more = {f"new/more-{i}.md": contact(f"Another {i}", "status: new", "owner: mira") for i in range(300)}
    pairs = pair_renames(gone, new | more)
    assert not any(path.startswith("new/more") for path in pairs)
    many = {f"old/{i}.md": f"text {i}" for i in range(20_000)}
    assert pair_renames(many, {f"new/{path[4:]}": text for path, text in many.items()}) == {
        f"new/{path[4:]}": path for path in many
    }


LOG = """---
name: {name}
status: clarifying
criteria: {criteria}
decisions:
  - {{date: 2026-10-20, to: new, because: x}}
  - {{date: 2026-10-21, to: clarifying, because: x}}
{more}---
"""


def test_a_log_that_went_on_makes_a_contact_whatever_else_changed() -> None:
    old = LOG.format(name="N", criteria="{fit: {met: 2026-10-20}}", more="")
    new = LOG.format(
        name="M",
        criteria="{fit: {met: 2026-10-20}, pain: {met: 2026-11-20, evidence: a long sentence about it}}",
        more="  - {date: 2026-11-21, to: stopped, because: y}\n",
    )
    assert pair_renames({"a.md": old}, {"x.md": new}) == {"x.md": "a.md"}
    assert pair_renames({"a.md": new}, {"x.md": old}) == {}


def test_another_name_with_the_same_first_decision_is_another_contact() -> None:
    gone = "---\nname: J\nstatus: new\ndecisions: [{date: 2026-10-20, to: new, because: x}]\n---\n"
    fresh = gone.replace("name: J", "name: Completely New Person")
    assert pair_renames({"a.md": gone}, {"b.md": fresh}) == {}


def test_of_very_many_files_only_equal_ones_are_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renames, "_MOST_COMPARED", 0)
    mended = ADA.replace("name: Ada Example", "name: Ada B. Example")
    assert pair_renames({"a.md": ADA}, {"x.md": mended}) == {}
    assert pair_renames({"a.md": ADA}, {"x.md": ADA + "!", "b.md": BOB}) == {"x.md": "a.md"}


@pytest.mark.parametrize("limit", ["_MOST_IN_COMMON", "_MOST_LETTERS"])
def test_what_takes_too_long_to_compare_is_left_out(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    monkeypatch.setattr(renames, limit, 0)
    mended = ADA.replace("name: Ada Example", "name: Ada B. Example")
    assert pair_renames({"a.md": ADA}, {"x.md": mended}) == {}
    assert pair_renames({"a.md": ADA}, {"x.md": ADA + "!", "b.md": BOB}) == {"x.md": "a.md"}


def test_what_very_many_have_alike_tells_nobody_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = {f"{n}.md": contact("Ada Example", f"x: {'y' * 99}{n}") for n in range(3)}
    new = {"x.md": contact("Ada Example", "z: 1")}
    assert pair_renames(gone, new).keys() == {"x.md"}
    monkeypatch.setattr(renames, "_MOST_NAMESAKES", 2)
    assert pair_renames(gone, new) == {}


def test_a_log_is_known_again_at_each_of_its_lengths_and_no_other() -> None:
    entries = [f"  - {{date: 2026-10-{n + 10}, to: s{n}, because: x}}" for n in range(5)]
    logs = {n: "\n".join(["---", f"name: N{n}", "decisions:", *entries[:n], "---", ""]) for n in range(6)}
    for n, m in itertools.combinations(range(1, 6), 2):
        went_on = logs[m].replace("N", "Q").replace("name", "role: x\nname")
        assert pair_renames({"a.md": logs[n]}, {"x.md": went_on}) == ({"x.md": "a.md"} if n > 1 else {})
        changed = went_on.replace("s0", "s9")
        assert pair_renames({"a.md": logs[n].replace("N", "Karla ")}, {"x.md": changed}) == {}


def test_of_a_long_name_the_beginning_is_compared() -> None:
    name = "".join(chr(0x4E00 + n % 150) for n in range(300))
    more = "extra: {x: " + "y" * 900 + "}"
    gone = f"---\nname: {name}\n{more}\nstatus: new\n---\n"
    assert pair_renames({"a.md": gone}, {"x.md": gone.replace("name: ", "name: x")}) == {"x.md": "a.md"}
    assert pair_renames({"a.md": gone}, {"x.md": gone.replace(name[:90], "z" * 90)}) == {}
