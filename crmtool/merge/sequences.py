"""What became of the items of a list on each side, and both put together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from crmtool.merge.slots import ABSENT, Clash, Slot, canonical, settled
from crmtool.yaml_reader import Value

Items = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a list: what stands for each old item now, and what is new before each of them and at the end."""

    now: tuple[Slot, ...]
    new: tuple[Items, ...]


def fate(old: Sequence[Value], after: Sequence[Value], *, items_change: bool = False) -> Fate:
    """Compare two versions of a list; where items do not change, what differs was removed and something else added."""
    now: list[Slot] = [ABSENT] * len(old)
    new: list[Items] = [()] * (len(old) + 1)
    compared = SequenceMatcher(None, [*map(canonical, old)], [*map(canonical, after)])
    for kind, start, end, at, to in compared.get_opcodes():
        pairs = min(end - start, to - at) if items_change or kind == "equal" else 0
        now[start : start + pairs] = after[at : at + pairs]
        new[start + pairs] = tuple(after[at + pairs : to])
    return Fate(tuple(now), tuple(new))


def together(
    base: Sequence[Value], ours: Fate, theirs: Fate, join: Callable[[Items, Items], Items]
) -> list[Value] | Clash:
    """Put two fates of a list together; `join` does so with what both have added in one place."""
    result: list[Value] = []
    for i, old in enumerate(base):
        result += join(ours.new[i], theirs.new[i])
        item = settled(old, ours.now[i], theirs.now[i])
        if isinstance(item, Clash):
            return item
        result += [] if item is ABSENT else [item]
    return [*result, *join(ours.new[-1], theirs.new[-1])]


def in_fixed_order(ours: Items, theirs: Items) -> Items:
    """Join what both sides have added where no order is meant: the same whichever side is ours."""
    if not ours or not theirs:
        return ours or theirs
    found = {canonical(item): item for item in (*ours, *theirs)}
    return tuple(found[key] for key in sorted(found))
