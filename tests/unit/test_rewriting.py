from __future__ import annotations

import pytest

from crmtool.rewriting import Entry, Kind, entries_of, rewrites
from tests.effort import calls

A: Entry = {"date": "2026-10-20", "to": "new", "because": "Recommended"}
B: Entry = {"date": "2026-11-05", "to": "clarifying", "because": "Fits"}
C: Entry = {"date": "2026-11-20", "to": "stopped", "because": "No need"}
CORRECTED = {"date": "2026-11-23", "because": "A typing mistake"}


def corrected(entry: Entry, **changes: object) -> Entry:
    return {**entry, "corrected": CORRECTED, **changes}  # type: ignore[dict-item]


def told(before: list[Entry], after: list[Entry]) -> list[tuple[Kind, int, int | None]]:
    return [(found.kind, found.old_index, found.index) for found in rewrites(before, after)]


@pytest.mark.parametrize(
    "after",
    [
        [A, B],
        [A, B, C],
        [C, A, B],
        [A, C, B],
        [A, corrected(B)],
        [corrected(A, because="Met at a fair"), corrected(B, to="parked")],
        [A, C, corrected(B, because="Fits well")],
        [corrected(B, date="2026-10-01"), A],  # with its date, its place changes
        [dict(reversed(list(A.items()))), B],
    ],
)
def test_what_is_added_or_corrected_openly_is_no_rewriting(after: list[Entry]) -> None:
    assert told([A, B], after) == []


def test_removed() -> None:
    assert told([A, B], [A]) == [(Kind.REMOVED, 1, None)]
    assert told([A, B, C], [B]) == [(Kind.REMOVED, 0, None), (Kind.REMOVED, 2, None)]
    assert told([A], []) == [(Kind.REMOVED, 0, None)]


def test_moved() -> None:
    assert told([A, B], [B, A]) in ([(Kind.MOVED, 0, 1)], [(Kind.MOVED, 1, 0)])
    assert told([A, B, C], [C, A, B]) == [(Kind.MOVED, 2, 0)]


def test_changed() -> None:
    assert told([A, B], [{**A, "because": "Met"}, B]) == [(Kind.CHANGED, 0, 0)]
    assert told([A, B], [A, C, {**B, "to": "ready"}]) == [(Kind.CHANGED, 1, 2)]
    (found,) = rewrites([A], [{"to": "new", "date": "2026-10-21", "because": "Recommended", "by": "mira"}])
    assert found.changed_keys == ("date", "by")


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        ({"to": "a", "because": "…"}, {"to": "a", "because": "They said no"}, []),
        ({"met": "2026-01-01", "evidence": "TODO"}, {"met": "2026-01-01", "evidence": "Mail"}, []),
        ({"met": "2026-01-01", "evidence": "…"}, {"met": "2026-01-01"}, []),
        ({"to": "a", "because": "…"}, {"to": "b", "because": "They said no"}, [Kind.CHANGED]),
        ({"to": "a", "because": "They said no"}, {"to": "a", "because": "…"}, [Kind.CHANGED]),
        ({"to": "a", "because": "…"}, {"to": "a", "because": "No", "chance": 0.5}, [Kind.CHANGED]),
    ],
)
def test_to_fill_in_a_placeholder_is_no_rewriting(before: Entry, after: Entry, kinds: list[Kind]) -> None:
    assert [rewrite.kind for rewrite in rewrites([before], [after])] == kinds


def test_an_entry_put_in_place_of_another_changes_it() -> None:
    assert told([A], [B]) == [(Kind.CHANGED, 0, 0)]


def test_a_correction_covers_one_entry() -> None:
    assert told([A, B], [corrected(C)]) == [(Kind.REMOVED, 1, None)] or told([A, B], [corrected(C)]) == [
        (Kind.REMOVED, 0, None)
    ]


def test_an_old_correction_covers_nothing_new() -> None:
    before = corrected(A)
    assert told([before], [{**before, "because": "Met"}]) == [(Kind.CHANGED, 0, 0)]
    assert told([before], [A]) == [(Kind.CHANGED, 0, 0)]
    assert told([before], [{**before, "because": "Met", "corrected": {**CORRECTED, "date": "2026-11-24"}}]) == []
    # An entry that was there before does not stand for the one removed beside it.
    assert told([B, before], [before]) == [(Kind.REMOVED, 0, None)]


def test_corrected_must_say_something() -> None:
    assert told([A], [{**A, "because": "Met", "corrected": None}]) == [(Kind.CHANGED, 0, 0)]
    assert told([A], [{**A, "because": "Met", "corrected": "yes"}]) == [(Kind.CHANGED, 0, 0)]


def test_numbers_and_writing_do_not_matter() -> None:
    assert told([{**A, "chance": 1}], [{**A, "chance": 1.0}]) == []
    assert told([{**A, "chance": 1}], [{**A, "chance": True}]) == [(Kind.CHANGED, 0, 0)]
    assert told([{"because": "Caf\u00e9"}], [{"because": "Cafe\u0301"}]) == []
    assert told([{"extra": {"a": [1, {"b": 2}], "c": 3}}], [{"extra": {"c": 3, "a": [1.0, {"b": 2}]}}]) == []
    assert told([{"extra": [1, 2]}], [{"extra": [2, 1]}]) == [(Kind.CHANGED, 0, 0)]


def test_entries_that_say_the_same_are_counted() -> None:
    assert told([A, A], [A]) == [(Kind.REMOVED, 1, None)]
    assert told([A], [A, A]) == []


def test_a_very_long_log_is_compared_in_time() -> None:
    before: list[Entry] = [{**A, "because": str(i)} for i in range(2000)]
    after: list[Entry] = [{**A, "because": str(-i - 1)} for i in range(2000)]
    assert told(before, after) == [(Kind.CHANGED, i, i) for i in range(2000)]
    assert told(before, [C, *before, C]) == [] == told(before, [*before[:1000], C, *before[1000:], C])


@pytest.mark.parametrize("size", [199, 490, 5000])
@pytest.mark.parametrize("is_corrected", [False, True])
def test_a_long_log_of_changed_entries_is_not_compared_each_with_each(size: int, is_corrected: bool) -> None:
    before: list[Entry] = [{**A, "because": f"before {i}"} for i in range(size)]
    after: list[Entry] = [{**A, "because": f"after {i}"} for i in range(size)]
    if is_corrected:
        after = [corrected(entry) for entry in after]
    assert told(before, after) == ([] if is_corrected else [(Kind.CHANGED, i, i) for i in range(size)])
    assert calls(told, before, after) < 1_000_000


def test_one_entry_is_a_list_of_one() -> None:
    assert entries_of({"met": "2026-11-03"}) == ({"met": "2026-11-03"},)
    assert entries_of([{"met": "2026-11-03"}, "broken"]) == ({"met": "2026-11-03"},)
    assert entries_of(None) == ()
