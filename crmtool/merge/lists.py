"""Lists without dates, merged: what one side added is added, what one side removed is removed."""

from __future__ import annotations

from collections.abc import Sequence

from crmtool.merge.sequences import fate, in_fixed_order, together
from crmtool.merge.slots import ABSENT, Clash, canonical
from crmtool.yaml_reader import Value


def merged_entries(base: Sequence[Value], ours: Sequence[Value], theirs: Sequence[Value]) -> list[Value] | Clash:
    """Merge lists of mappings such as `stop_if`: an entry that both changed differently is a clash."""
    return together(base, fate(base, ours, items_change=True), fate(base, theirs, items_change=True), in_fixed_order)


def merged_scalars(base: Sequence[Value], ours: Sequence[Value], theirs: Sequence[Value]) -> list[Value] | Clash:
    """Merge lists of texts and numbers such as `tags`, as sets whose order is kept."""
    old, mine, other = ({canonical(item) for item in items} for items in (base, ours, theirs))
    if (len(old), len(mine), len(other)) != (len(base), len(ours), len(theirs)):
        return Clash("changed on both sides")  # with an item twice, there is no telling which one was meant
    kept = (mine & other) | (mine - old) | (other - old)
    one, two = fate(base, ours), fate(base, theirs)
    joined: list[Value] = []
    for i, item in enumerate(base):
        joined += in_fixed_order(one.new[i], two.new[i])
        joined += [] if ABSENT in (one.now[i], two.now[i]) else [item]
    joined += in_fixed_order(one.new[-1], two.new[-1])
    return [item for key, item in {canonical(item): item for item in joined}.items() if key in kept]
