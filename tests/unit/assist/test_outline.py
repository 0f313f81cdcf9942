"""What has a name in a file, and what can be folded away in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmtool.assist.editing import Editing
from crmtool.assist.folding import FoldKind, folds
from crmtool.assist.outline import flattened, outline
from crmtool.assist.symbols import Symbol
from crmtool.text import LINE_BREAK
from tests.conftest import JANA, RULEBOOK
from tests.unit.assist.opened import contact_open, rules_open

NOTES = (
    "# One\n\ntext\n\n## Two *x*\n\n```\n# no heading\n```\n\n### Three\nlast\n\nFour\n====\n\n> # quoted\n\nend\n\n"
)


def drawn(symbols: tuple[Symbol, ...], indent: str = "") -> list[str]:
    """Draw an outline as lines."""
    found = []
    for symbol in symbols:
        found.append(indent + symbol.name + (f" | {symbol.detail}" if symbol.detail else ""))
        found += drawn(symbol.parts, indent + "  ")
    return found


def assert_nested(editing: Editing, symbols: tuple[Symbol, ...], start: int, end: int) -> None:
    """What is gone to lies in its symbol, parts lie in theirs, and neighbours do not overlap."""
    for symbol in symbols:
        assert start <= symbol.span.start <= symbol.head.start <= symbol.head.end <= symbol.span.end <= end
        assert symbol.name.strip()
        assert_nested(editing, symbol.parts, symbol.span.start, symbol.span.end)
        start = symbol.span.end


def folded(editing: Editing) -> list[tuple[int, int, str]]:
    """Give the first and last line of each fold, from 1, and the text of the first."""
    lines = LINE_BREAK.split(editing.text)
    found = []
    for fold in folds(editing):
        first, last = (len(LINE_BREAK.findall(editing.text[:at])) for at in (fold.span.start, fold.span.end))
        found.append((first + 1, last + 1, lines[first].strip()))
    return found


def test_a_contact_is_outlined_by_its_criteria_decisions_step_and_headings() -> None:
    text = JANA.replace("next_step:", "blocked: {by: Urlaub, since: 2026-11-20, until: 2026-12-01}\nnext_step:") + NOTES
    assert drawn(outline(contact_open(text))) == [
        "Jana Köhler | In Klärung · Wait",
        "  criteria",
        "    Passt zum Zielprofil | yes",
        "    Ausschlussgrund | no",
        "    Problem benannt | yes",
        "    Budget bestätigt | no",
        "  decisions",
        "    2026-10-20 → Ungeklärt | Empfehlung; Lagerlogistik passt ins Raster",
        "    2026-11-05 → In Klärung | Passt ins Profil, Ausschluss geprüft",
        "  blocked | Urlaub · 2026-12-01",
        "  next step | Mit CFO klären, ob Q1 gilt · 2026-11-28",
        "  stop if | Kein Termin mit dem CFO · 2026-12-15",
        "  One",
        "    Two *x*",
        "      Three",
        "  Four",
    ]


def test_a_rule_book_is_outlined_by_its_sections() -> None:
    shown = drawn(outline(rules_open()))
    assert [line for line in shown if not line.startswith(" ")] == [
        *("statuses", "criteria", "prequalification", "reasons", "transitions", "stop_rules", "retention")
    ]
    assert "  clarifying | In Klärung" in shown
    assert "  buyer | Entscheider bekannt" in shown
    assert "    no_fit | Passt nicht" in shown
    assert "  park | clarifying, ready → parked" in shown
    assert "  capture | new" in shown
    assert "  no_buyer | Ohne Entscheider entscheidet niemand" in shown


def test_what_is_gone_to_is_the_key() -> None:
    editing = contact_open()
    heads = {
        symbol.name: editing.text[symbol.head.start : symbol.head.end] for symbol, _ in flattened(outline(editing))
    }
    assert heads["Jana Köhler"] == "name: Jana Köhler"
    assert heads["Budget bestätigt"] == "budget"
    assert heads["2026-11-05 → In Klärung"] == "date"


def test_each_symbol_tells_what_it_is_a_part_of_where_outlines_are_flat() -> None:
    parts = {symbol.name: within for symbol, within in flattened(outline(contact_open()))}
    assert parts["Jana Köhler"] == ""
    assert parts["decisions"] == "Jana Köhler"
    assert parts["Budget bestätigt"] == "criteria"


@pytest.mark.parametrize(
    "text", ["", "x", JANA.partition("\n---\n")[0], JANA.replace("owner: mira", "owner: [") + NOTES]
)
def test_of_a_contact_that_cannot_be_read_what_is_still_there_is_outlined(text: str) -> None:
    editing = contact_open(text)
    (top,) = outline(editing)
    assert (top.name, top.detail) == ("Jana Köhler", "In Klärung · Clarify")
    assert_nested(editing, (top,), 0, len(text))
    assert [part.name for part in top.parts] == (["One", "Four"] if text.endswith(NOTES) else [])


@pytest.mark.parametrize(
    "text",
    [
        JANA + NOTES,
        (JANA + NOTES).replace("\n", "\r\n"),
        JANA.replace(
            "next_step:", "next_step:\n  # why\n  do: |\n    x\n\n    y\n\n  clarifies: buyer\n  due:\n# end\nold:"
        ),
        JANA.replace("criteria:\n", "criteria:\n  buyer:\n  deadline: []\n  '': x\n"),
        "---\n{name: N, status: new, decisions: [{date: 2026-11-01, to: new}, [], {}], criteria: {}}\n---\n",
        "---\nname:\ndecisions:\n-\n- date\ncriteria: [a]\nblocked: 1\nstop_if: {a: b}\n---\n#\n",
    ],
)
def test_symbols_are_nested_whatever_is_written(text: str) -> None:
    editing = contact_open(text)
    assert_nested(editing, outline(editing), 0, len(text))


@given(st.lists(st.sampled_from([*RULEBOOK.splitlines(keepends=True), "\n", "  # x\n", "a: |\n  b\n\n"]), max_size=12))
def test_symbols_of_any_rule_book_are_nested(lines: list[str]) -> None:
    editing = rules_open("".join(lines))
    assert_nested(editing, outline(editing), 0, len(editing.text))
    for fold in folds(editing):
        assert "\n" in editing.text[fold.span.start : fold.span.end].strip()


def test_the_front_matter_its_longer_entries_and_what_is_below_headings_fold() -> None:
    start = JANA.count("\n")
    assert folded(contact_open(JANA + NOTES)) == [
        (1, 26, "---"),
        (10, 19, "criteria:"),
        (13, 16, "pain:"),
        (17, 19, "budget:"),
        (20, 22, "decisions:"),
        (24, 25, "stop_if:"),
        (start + 1, start + 12, "# One"),
        (start + 5, start + 12, "## Two *x*"),
        (start + 11, start + 12, "### Three"),
        (start + 14, start + 19, "Four"),
    ]


def test_line_ends_make_no_difference_to_folds() -> None:
    plain = folded(contact_open(JANA + NOTES))
    for end in ("\r\n", "\r"):
        assert folded(contact_open((JANA + NOTES).replace("\n", end))) == plain


def test_a_fold_ends_before_comments_and_empty_lines_that_follow() -> None:
    text = RULEBOOK.replace("criteria:\n", "\n# one\n# two\n\n# three\ncriteria:\n", 1)
    assert folded(rules_open(text))[:3] == [(5, 11, "statuses:"), (13, 14, "# one"), (17, 23, "criteria:")]
    assert [fold.kind for fold in folds(rules_open(text))][:3] == [FoldKind.ENTRY, FoldKind.COMMENT, FoldKind.ENTRY]


def test_entries_of_lists_and_long_texts_fold() -> None:
    text = JANA.replace(
        "decisions:", "decisions:\n  - date: 2026-10-01\n    to: new\n    because: >\n      a\n      b\n\n", 1
    )
    assert (21, 25, "- date: 2026-10-01") in folded(contact_open(text))
    assert (23, 25, "because: >") in folded(contact_open(text))


def test_while_the_file_cannot_be_read_the_front_matter_and_the_notes_fold() -> None:
    text = JANA.replace("owner: mira", "owner: [") + NOTES
    assert [first for *_, first in folded(contact_open(text))] == ["---", "# One", "## Two *x*", "### Three", "Four"]
    assert folded(contact_open(JANA.partition("\n---\n")[0])) == []
