"""Logs of dated entries, merged day by day: what one side added or corrected is taken, in the order of the dates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from crmtool.days import parse_day
from crmtool.merge.sequences import Fate, Items, fate, together
from crmtool.merge.slots import ABSENT, Clash, Slot, canonical, collision, same
from crmtool.rewriting import CORRECTED, Entry, Kind, compared
from crmtool.yaml_reader import Value

TWO_DECISIONS = "two decisions were taken; say which of them stands"
_DAY_KEYS = ("date", "met", "not_met")
Log = Sequence[Entry]


def merged_decisions(base: Log, ours: Log, theirs: Log) -> list[Value] | Clash:
    """Merge two logs of decisions; different ones that were added on both sides clash."""
    mine, other = _added(base, ours), _added(base, theirs)
    return Clash(TWO_DECISIONS) if mine and other and mine != other else merged_log(base, ours, theirs)


def merged_log(base: Log, ours: Log, theirs: Log) -> list[Value] | Clash:
    """Merge two logs; what both did to an old entry, or added on the same day, must be the same."""
    clash = next(_changed_twice(base, ours, theirs), None)
    if clash:
        return clash
    logs = [_by_day(log) for log in (base, ours, theirs)]
    days = [log for log in logs if log is not None]
    if len(days) < len(logs):
        return Clash("changed on both sides, and not every entry has a date, in order")
    result: list[Value] = []
    for day in sorted({day for log in days for day in log}):
        entries = _of_one_day(day, *(log.get(day, ()) for log in days))
        if isinstance(entries, Clash):
            return entries
        result += entries
    return result


def _added(base: Log, after: Log) -> list[str]:
    return [canonical(dict(after[i])) for i in compared(base, after).added]


def _changed_twice(base: Log, ours: Log, theirs: Log) -> Iterator[Clash]:
    mine, other = _changes(base, ours), _changes(base, theirs)
    for index in sorted(mine.keys() & other.keys()):
        if not same(mine[index], other[index]):
            day, why = _day(base[index]), collision(mine[index], other[index]).why
            yield Clash(f"the entry of {day} was {why}" if day else why)


def _changes(base: Log, after: Log) -> dict[int, Slot]:
    """Give what stands for the old entries that differ now; one that only has another place does not."""
    changes = (change for change in compared(base, after).changes if change.kind is not Kind.MOVED)
    return {change.old_index: ABSENT if change.after is None else dict(change.after) for change in changes}


def _of_one_day(day: date, base: Items, ours: Items, theirs: Items) -> list[Value] | Clash:
    mine, other = fate(base, ours, items_change=True), fate(base, theirs, items_change=True)
    one, two = ((_written_over(base, side), *side.new) for side in (mine, other))
    if any(one) and any(two) and one != two:
        return Clash(f"added to on both sides on {day}; of one day, the last entry counts")
    return together(base, mine, other, lambda one, two: one or two)


def _written_over(base: Items, side: Fate) -> Items:
    """Give the entries that stand in the place of others without correcting them: they say something new as well."""
    pairs = zip(base, side.now, strict=True)
    return tuple(now for old, now in pairs if isinstance(now, dict) and CORRECTED not in now and not same(old, now))


def _by_day(log: Log) -> dict[date, Items] | None:
    """Give the entries of each day in their order; None where one has no day or the days run backwards."""
    found: dict[date, Items] = {}
    for entry in log:
        day = _day(entry)
        if day is None or (found and day < max(found)):
            return None
        found[day] = (*found.get(day, ()), dict(entry))
    return found


def _day(entry: Entry) -> date | None:
    return next((parse_day(entry[key]) for key in _DAY_KEYS if key in entry), None)
