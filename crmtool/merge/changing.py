"""What makes one front matter say what another should: as changes of the file, each as small as can be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from crmtool.edit import Add, Change, Drop, Put
from crmtool.finding import Place
from crmtool.merge.sequences import fate
from crmtool.merge.slots import ABSENT, Slot, same
from crmtool.yaml_reader import Value


def changes_between(before: Mapping[str, Value], after: Mapping[str, Value], place: Place = ()) -> Iterator[Change]:
    """Give the changes that make the values `before` say what `after` does."""
    for key, value in after.items():
        yield from _change((*place, key), before.get(key, ABSENT), value)
    yield from (Drop(place=(*place, key)) for key in before if key not in after)


def _change(place: Place, before: Slot, after: Value) -> Iterator[Change]:
    if same(before, after):
        return
    entries = [before] if isinstance(before, dict) else before
    if isinstance(before, dict) and isinstance(after, dict) and after:
        yield from changes_between(before, after, place)
    elif isinstance(entries, list) and isinstance(after, list) and _is_extended(entries, after):
        yield from _extension(place, before, entries, after)
    else:
        yield Put(place=place, value=after)


def _is_extended(before: Sequence[Value], after: Sequence[Value]) -> bool:
    """Whether entries are only changed and added; else the whole list is put in the place of the old one."""
    is_log = all(isinstance(entry, dict) for entry in after) and len(after) > 1
    return is_log and ABSENT not in fate(before, after, items_change=True).now


def _extension(place: Place, log: Slot, before: Sequence[Value], after: Sequence[Value]) -> Iterator[Change]:
    found = fate(before, after, items_change=True)
    for i, (old, now) in enumerate(zip(before, found.now, strict=True)):
        if now is not ABSENT:
            yield from _change((*place, i) if isinstance(log, list) else place, old, now)
    at = 0
    for i, added in enumerate(found.new):
        for entry in added:
            yield Add(place=place, value=entry, at=at if i < len(before) else None)
            at += 1
        at += 1
