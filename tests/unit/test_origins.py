"""Where entries came from, over small histories of one file; newest version first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from crmtool.contact import Contact, contact_from
from crmtool.document import read_contact
from crmtool.origins import NOT_COMMITTED, Change, Key, Origin, Version, logs_of, origins

A = {"met": "2026-11-01", "evidence": "One"}
B = {"not_met": "2026-11-02", "evidence": "Two"}
C = {"met": "2026-11-03"}
CORRECTED = {"corrected": {"date": "2026-11-20", "because": "A typing mistake"}}
NEW = {"date": "2026-10-20", "to": "new", "because": "Recommended"}
READY = {"date": "2026-11-05", "to": "ready", "because": "Fits"}

History = Mapping[str, tuple[Any, str]]
"""By commit, newest first: the answers to one criterion (None: cannot be read), and the parents."""


def contact(answers: list[Any], decisions: list[Any]) -> Contact:
    values = f"{{name: J, status: new, criteria: {{fit: {answers}}}, decisions: {decisions}}}"
    found = contact_from(read_contact("contacts/j.md", f"---\n{values}\n---\n".encode()))
    assert found is not None
    return found


def version(id: str, answers: list[Any] | None, parents: str = "", decisions: Any = (NEW,), **options: Any) -> Version:
    day = date(2026, 11, 1 + "-abcdef".index(id))
    change = NOT_COMMITTED if id == "-" else Change(id=id, author="Mira", day=day, subject=f"Commit {id}")
    logs = None if answers is None else logs_of({"criteria": {"fit": answers}, "decisions": list(decisions)})
    return Version(change=change, logs=logs, parents=tuple((each, "j") for each in parents), **options)


def found(history: History) -> tuple[Origin, ...]:
    versions: dict[Key, Version] = {(id, "j"): version(id, *what) for id, what in history.items()}
    newest = next(iter(history.values()))[0]
    return origins(contact(newest, [NEW]), versions)


def came(history: History) -> list[tuple[str, str | None]]:
    """Give, for each answer in its order, the commit that brought it in and that of its last correction."""
    answers = [origin for origin in found(history) if origin.entry.place[0] == "criteria"]
    answers.sort(key=lambda origin: origin.entry.place)
    changes = [(each.change, each.corrected_by) for each in answers]
    return [(brought.id or "-", corrected.id or "-" if corrected else None) for brought, corrected in changes]


def test_an_entry_came_with_the_first_commit_that_has_it() -> None:
    assert came({"c": ([A, B], "b"), "b": ([A, B], "a"), "a": ([A], "")}) == [("a", None), ("b", None)]


def test_what_is_not_committed_yet() -> None:
    assert came({"-": ([A, B], "a"), "a": ([A], "")}) == [("a", None), ("-", None)]
    assert came({"-": ([A], "")}) == [("-", None)]
    assert came({"-": ([A | CORRECTED], "a"), "a": ([A], "")}) == [("a", "-")]


@pytest.mark.parametrize("rewritten", [[A, B], [dict(reversed(A.items())), B], [B, A]])
def test_another_way_to_write_it_or_another_place_is_no_change(rewritten: list[Any]) -> None:
    history = {"b": (rewritten, "a"), "a": ([A, B], "")}
    assert came(history) == [("a", None), ("a", None)]


def test_accents_may_be_encoded_in_another_way() -> None:
    old, new = {"met": "2026-11-01", "evidence": "o\u0308"}, {"met": "2026-11-01", "evidence": "ö"}
    assert came({"b": ([new], "a"), "a": ([old], "")}) == [("a", None)]


def test_what_is_rewritten_without_a_correction_came_with_that() -> None:
    assert came({"b": ([A | {"evidence": "Else"}], "a"), "a": ([A], "")}) == [("b", None)]


def test_a_corrected_entry_came_when_it_did_and_tells_its_last_correction() -> None:
    again = A | {"evidence": "Uno", "corrected": {"date": "2026-11-21", "because": "Again"}}
    history: History = {"d": ([again], "c"), "c": ([again], "b"), "b": ([A | CORRECTED], "a"), "a": ([A], "")}
    assert came(history) == [("a", "c")]
    moved = A | {"met": "2026-11-04"} | CORRECTED
    assert came({"b": ([B, moved], "a"), "a": ([A, B], "")}) == [("a", None), ("a", "b")]


def test_an_entry_that_came_corrected_was_corrected_by_what_brought_it() -> None:
    assert came({"b": ([A, B | CORRECTED], "a"), "a": ([A], "")}) == [("a", None), ("b", "b")]


def test_what_a_merge_takes_over_came_from_the_first_parent_that_has_it() -> None:
    history: History = {
        "e": ([A, B, C], "dc"),
        "d": ([A, B], "b"),
        "c": ([A, B], "a"),  # the same answer, picked
        "b": ([A], "a"),
        "a": ([A], ""),
    }
    assert came(history) == [("a", None), ("d", None), ("e", None)]
    assert came({**history, "e": ([A, B, C], "cd")}) == [("a", None), ("c", None), ("e", None)]


def test_a_correction_that_one_side_of_a_merge_has_is_not_the_merges() -> None:
    history: History = {
        "d": ([A | CORRECTED], "bc"),
        "c": ([A | CORRECTED], "a"),
        "b": ([A, B], "a"),
        "a": ([A], ""),
    }
    assert came(history) == [("a", "c")]


def test_many_parents() -> None:
    history: History = {
        "f": ([A, B, C], "bcd"),
        "d": ([A, C], "a"),
        "c": ([A, B], "a"),
        "b": ([A], "a"),
        "a": ([A], ""),
    }
    assert came(history) == [("a", None), ("c", None), ("d", None)]


def test_the_latest_commit_that_brought_an_entry_in_counts() -> None:
    history: History = {"d": ([A, B], "c"), "c": ([A], "b"), "b": ([A, B], "a"), "a": ([A], "")}
    assert came(history) == [("a", None), ("d", None)]


def test_of_two_equal_entries_one_may_be_new() -> None:
    assert came({"b": ([A, A], "a"), "a": ([A], "")}) == [("a", None), ("b", None)]


def test_what_cannot_be_read_had_what_stands_around_it() -> None:
    history: History = {"d": ([A, B], "c"), "c": (None, "b"), "b": (None, "a"), "a": ([A], "")}
    assert came(history) == [("a", None), ("d", None)]
    assert came({"b": ([A | CORRECTED], "c"), "c": (None, "a"), "a": ([A], "")}) == [("a", "b")]
    assert came({"b": ([A], "a"), "a": (None, "")}) == [("b", None)]


def test_a_side_that_can_be_read_is_asked_first() -> None:
    history: History = {"d": ([A, B], "cb"), "c": (None, "a"), "b": ([A, B], "a"), "a": ([A], "")}
    assert came(history) == [("a", None), ("b", None)]


def test_only_what_ends_where_the_history_is_cut_off_may_be_older() -> None:
    versions = {
        ("b", "j"): version("b", [A, B, C], "a"),
        ("a", "j"): version("a", [A, B | CORRECTED], is_cut_off=True),
    }
    told = {o.entry.place: o.or_earlier for o in origins(contact([A, B, C], [NEW]), versions)}
    assert told == {
        ("decisions", 0): True,
        ("criteria", "fit", 0): True,
        ("criteria", "fit", 1): False,
        ("criteria", "fit", 2): False,
    }


def test_decisions_know_the_status_that_they_left_and_logs_do_not_mix() -> None:
    versions = {
        ("b", "j"): version("b", [A], "a", decisions=(NEW, READY)),
        ("a", "j"): version("a", [], decisions=(NEW,)),
    }
    told = [(o.entry.day.day, o.source, o.change.id) for o in origins(contact([A], [NEW, READY]), versions)]
    assert told == [(5, "new", "b"), (1, None, "b"), (20, None, "a")]


def test_the_latest_comes_first_and_what_is_not_committed_before_it() -> None:
    history: History = {"-": ([A, B, C], "b"), "b": ([A, B], "c"), "c": ([A], "")}  # c was written later than b
    assert [(o.change.id, o.entry.day.day) for o in found(history)] == [(None, 3), ("c", 1), ("c", 20), ("b", 2)]


@pytest.mark.parametrize("criteria", [None, [], "fit", {"fit": None}, {"fit": ["met"]}])
def test_values_of_other_shapes_have_no_entries(criteria: Any) -> None:
    assert not any(logs_of({"criteria": criteria, "decisions": "none"}).values())
