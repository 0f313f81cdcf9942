"""What a change did to a log of dated entries: which of the old ones were removed, moved or changed.

Adding is allowed anywhere, and so is a change that is owned up to: one whose entry bears a new `corrected`.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import TypeAlias

from crmtool.records import dataclass
from crmtool.text import is_placeholder
from crmtool.yaml_reader import Value

CORRECTED = "corrected"
_MOST_COMPARED = 40_000

Entry: TypeAlias = Mapping[str, Value]
_Score: TypeAlias = tuple[int, int, int]
_NOTHING: _Score = (0, 0, 0)


class Kind(StrEnum):
    """What was done to an old entry; all but the first without saying so."""

    CORRECTED = "corrected"
    REMOVED = "removed"
    MOVED = "moved"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewrite:
    """An old entry that differs; `index` and `after` are what stands for it now, None where it was removed."""

    kind: Kind
    old_index: int
    before: Entry
    index: int | None = None
    after: Entry | None = None

    @property
    def changed_keys(self) -> tuple[str, ...]:
        """The keys whose values differ, the old ones first."""
        after = self.after or {}
        keys = dict.fromkeys((*self.before, *after))
        return tuple(key for key in keys if _canonical(self.before.get(key)) != _canonical(after.get(key)))

    @property
    def fills_in(self) -> bool:
        """Whether no more was changed than placeholders for texts: they said nothing that could be rewritten."""
        return self.kind is Kind.CHANGED and all(
            isinstance(text := self.before.get(key), str) and is_placeholder(text) for key in self.changed_keys
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What became of a log: the old entries that differ, in their order, and the places of the new ones."""

    changes: tuple[Rewrite, ...]
    added: tuple[int, ...]


def entries_of(value: Value) -> tuple[Entry, ...]:
    """Give the entries of a log; a single one counts as a list of one."""
    entries = value if isinstance(value, list) else [value]
    return tuple(entry for entry in entries if isinstance(entry, dict))


def rewrites(before: Sequence[Entry], after: Sequence[Entry]) -> tuple[Rewrite, ...]:
    """Tell which old entries were rewritten without saying so; to fill in a placeholder is no rewriting."""
    changes = compared(before, after).changes
    return tuple(change for change in changes if change.kind is not Kind.CORRECTED and not change.fills_in)


def compared(before: Sequence[Entry], after: Sequence[Entry]) -> Compared:
    """Tell what became of each old entry, and which entries are new.

    Entries that stand unchanged, in order, are found first, as many as can be; what lies between two of them then pairs
    up in order, so that an entry with a new `corrected` stands for an old one. Such an entry may stand elsewhere, too:
    with its date its place may have changed.
    """
    return _Comparison(before, after).compared()


def unchanged(before: Sequence[Entry], after: Sequence[Entry]) -> dict[int, int]:
    """Tell which new entries say what an old one says, wherever they stand: new index → old index, each but once."""
    old, new = (_counted(frozenset(_canonical_values(entry).items()) for entry in log) for log in (before, after))
    places = {key: i for i, key in enumerate(old)}
    return {j: places[key] for j, key in enumerate(new) if key in places}


class _Comparison:
    """Two versions of a log side by side."""

    def __init__(self, before: Sequence[Entry], after: Sequence[Entry]) -> None:
        self._before, self._after = before, after
        self._old_values = [_canonical_values(entry) for entry in before]
        self._new_values = [_canonical_values(entry) for entry in after]
        self._old = [frozenset(values.items()) for values in self._old_values]
        self._new = [frozenset(values.items()) for values in self._new_values]
        self._known = frozenset(self._old)

    def compared(self) -> Compared:
        pairs = self._pairs()
        allowed = {i: j for i, j in pairs.items() if self._old[i] == self._new[j] or self._is_corrected(i, j)}
        taken = set(allowed.values())
        free = [j for j in range(len(self._after)) if j not in taken]
        places = {self._new[j]: j for j in reversed(free)}
        corrections = [j for j in free if self._is_correction(j)]
        found: list[Rewrite] = []
        for i in range(len(self._before)):
            corrected = [] if i in allowed else [j for j in corrections if self._is_corrected(i, j)]
            if corrected:
                allowed[i] = max(corrected, key=lambda j: self._alike(i, j))
                corrections.remove(allowed[i])
            if i not in allowed:
                found.append(self._rewrite(i, places.get(self._old[i]), pairs.get(i)))
            elif self._old[i] != self._new[allowed[i]]:
                found.append(self._change(Kind.CORRECTED, i, allowed[i]))
        known = {*allowed.values(), *(rewrite.index for rewrite in found)}
        return Compared(changes=tuple(found), added=tuple(j for j in range(len(self._after)) if j not in known))

    def _rewrite(self, i: int, moved: int | None, pair: int | None) -> Rewrite:
        index = pair if moved is None else moved
        if index is None:
            return Rewrite(kind=Kind.REMOVED, old_index=i, before=self._before[i])
        return self._change(Kind.CHANGED if moved is None else Kind.MOVED, i, index)

    def _change(self, kind: Kind, i: int, j: int) -> Rewrite:
        return Rewrite(kind=kind, old_index=i, before=self._before[i], index=j, after=self._after[j])

    def _is_correction(self, j: int) -> bool:
        return isinstance(self._after[j].get(CORRECTED), dict) and self._new[j] not in self._known

    def _is_corrected(self, i: int, j: int) -> bool:
        return self._is_correction(j) and self._new_values[j][CORRECTED] != self._old_values[i].get(CORRECTED)

    def _pairs(self) -> dict[int, int]:
        """Pair old entries with new ones, in order."""
        old, new = self._old, self._new
        start = common_start(old, new)
        end = common_start(old[start:][::-1], new[start:][::-1])
        rows, columns = range(start, len(old) - end), range(start, len(new) - end)
        pairs = {i: i for i in range(start)} | {rows.stop + i: columns.stop + i for i in range(end)}
        if len(rows) * len(columns) > _MOST_COMPARED:
            return pairs | _quick_pairs(rows, columns, old, new)
        return pairs | _best_pairs(rows, columns, self._likeness)

    def _likeness(self, i: int, j: int) -> _Score:
        """Weigh a pair: what is unchanged before what is corrected, and that before what looks alike."""
        if self._old[i] == self._new[j]:
            return 1, 0, 0
        return 0, int(self._is_corrected(i, j)), 1 + self._alike(i, j)

    def _alike(self, i: int, j: int) -> int:
        after = self._new_values[j]
        return sum(after.get(key) == value for key, value in self._old_values[i].items())


def _best_pairs(rows: range, columns: range, likeness: Callable[[int, int], _Score]) -> dict[int, int]:
    best: dict[tuple[int, int], _Score] = {}
    paired: dict[tuple[int, int], _Score] = {}
    for i in reversed(rows):
        for j in reversed(columns):
            paired[i, j] = _sum(likeness(i, j), best.get((i + 1, j + 1), _NOTHING))
            best[i, j] = max(paired[i, j], best.get((i + 1, j), _NOTHING), best.get((i, j + 1), _NOTHING))
    pairs: dict[int, int] = {}
    i, j = rows.start, columns.start
    while i in rows and j in columns:
        if best[i, j] == paired[i, j]:
            pairs[i] = j
            i, j = i + 1, j + 1
        elif best[i, j] == best.get((i + 1, j), _NOTHING):
            i += 1
        else:
            j += 1
    return pairs


def _quick_pairs(rows: range, columns: range, old: Sequence[Hashable], new: Sequence[Hashable]) -> dict[int, int]:
    """Pair very many entries: the equal ones by the longest row of them that is in order, the rest as they stand."""
    places = {key: j for j, key in zip(columns, _counted(new[j] for j in columns), strict=True)}
    equal = [(i, places[key]) for i, key in zip(rows, _counted(old[i] for i in rows), strict=True) if key in places]
    pairs: dict[int, int] = {}
    i, j = rows.start, columns.start
    for old_index, new_index in (*_longest_ascending(equal), (rows.stop, columns.stop)):
        pairs |= zip(range(i, old_index), range(j, new_index), strict=False)
        pairs[old_index] = new_index
        i, j = old_index + 1, new_index + 1
    del pairs[rows.stop]
    return pairs


def _counted(keys: Iterable[Hashable]) -> Iterator[Hashable]:
    seen: Counter[Hashable] = Counter()
    for key in keys:
        yield key, seen[key]
        seen[key] += 1


def _longest_ascending(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    ends: list[int] = []
    last: list[int] = []
    previous: list[int | None] = []
    for at, (_, j) in enumerate(pairs):
        length = bisect_left(ends, j)
        ends[length : length + 1] = [j]
        previous.append(last[length - 1] if length else None)
        last[length : length + 1] = [at]
    row: list[tuple[int, int]] = []
    step = last[-1] if last else None
    while step is not None:
        row.append(pairs[step])
        step = previous[step]
    return row[::-1]


def common_start(one: Sequence[Hashable], other: Sequence[Hashable]) -> int:
    """Count the items at the beginning of two sequences that are the same."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _sum(one: _Score, other: _Score) -> _Score:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]


def _canonical_values(entry: Entry) -> dict[str, Hashable]:
    return {key: _canonical(value) for key, value in entry.items()}


def _canonical(value: Value) -> Hashable:
    """Give a value as something that is equal where the values are: whatever the order of keys, 1 and 1.0 alike."""
    if isinstance(value, dict):
        return "mapping", frozenset(_canonical_values(value).items())
    if isinstance(value, list):
        return "list", tuple(_canonical(item) for item in value)
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    return ("truth", value) if isinstance(value, bool) else value
