from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmtool import rewriting
from crmtool.rewriting import Entry, Kind, rewrites

entries = st.fixed_dictionaries({"date": st.sampled_from(["1", "2", "3"]), "because": st.sampled_from(["a", "b", "c"])})
logs = st.lists(entries, max_size=6)
distinct = st.lists(st.integers(0, 50), max_size=8, unique=True)


@pytest.fixture(params=["all pairs", "quick"], autouse=True, scope="module")
def way(request: pytest.FixtureRequest) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "quick":
            patch.setattr(rewriting, "_MOST_COMPARED", 0)
        yield request.param


def entry(number: int) -> Entry:
    return {"date": f"day {number}", "because": f"reason {number}"}


def correct(entry: Entry, number: int) -> Entry:
    return {**entry, "because": f"corrected {number}", "corrected": {"date": str(number), "because": "a mistake"}}


def insert(data: st.DataObject, log: list[Entry], added: list[Entry]) -> list[Entry]:
    result = list(log)
    for new in added:
        result.insert(data.draw(st.integers(0, len(result))), new)
    return result


@given(logs)
def test_nothing_is_rewritten_where_nothing_changed(log: list[Entry]) -> None:
    assert rewrites(log, [dict(reversed(list(entry.items()))) for entry in log]) == ()


@given(st.data(), distinct, logs)
def test_adding_is_allowed_anywhere(data: st.DataObject, numbers: list[int], added: list[Entry]) -> None:
    log = [entry(number) for number in numbers]
    assert rewrites(log, insert(data, log, added)) == ()


@given(st.data(), distinct, logs)
def test_correcting_openly_is_allowed_anywhere(data: st.DataObject, numbers: list[int], added: list[Entry]) -> None:
    log = [entry(number) for number in numbers]
    after = [correct(old, i) if data.draw(st.booleans()) else old for i, old in enumerate(log)]
    assert rewrites(log, insert(data, after, added)) == ()


@given(st.data(), distinct)
def test_each_entry_removed_is_told(data: st.DataObject, numbers: list[int]) -> None:
    kept = [number for number in numbers if data.draw(st.booleans())]
    found = rewrites([entry(number) for number in numbers], [entry(number) for number in kept])
    assert [numbers[rewrite.old_index] for rewrite in found] == [number for number in numbers if number not in kept]
    assert all(rewrite.kind is Kind.REMOVED for rewrite in found)


@given(distinct.flatmap(lambda numbers: st.tuples(st.just(numbers), st.permutations(numbers))))
def test_another_order_is_told(orders: tuple[list[int], list[int]]) -> None:
    before, after = orders
    found = rewrites([entry(number) for number in before], [entry(number) for number in after])
    assert bool(found) == (before != after)
    assert all(rewrite.kind is Kind.MOVED and rewrite.before == rewrite.after for rewrite in found)


@given(logs, logs)
def test_every_old_entry_is_accounted_for(before: list[Entry], after: list[Entry]) -> None:
    found = rewrites(before, after)
    indexes = [rewrite.old_index for rewrite in found]
    assert indexes == sorted(set(indexes))
    # No entry here is corrected: what is not told of must stand there unchanged, as often as before.
    standing = list(after)
    for i, old in enumerate(before):
        if i not in indexes:
            standing.remove(old)
