"""Two versions of a front matter merged by what they say, key by key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from crmtool.finding import Place
from crmtool.merge.lists import merged_entries, merged_scalars
from crmtool.merge.logs import merged_decisions, merged_log
from crmtool.merge.slots import ABSENT, UNKNOWN, Clash, Conflict, Slot, Values, is_unknown, same, settled
from crmtool.yaml_reader import Value

_Joined = list[Value] | Clash
_Scalar = str | int | float | None
_DECIDED = ("status", "decisions")
_ITEMS: Mapping[str, Callable[[Any, Any, Any], _Joined]] = {
    "decisions": merged_decisions,
    "criteria": merged_log,
    "stop_if": merged_entries,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedValues:
    """What both sides say together: where they collide, `ours` says what ours does and `theirs` what theirs does."""

    ours: dict[str, Value]
    theirs: dict[str, Value]
    conflicts: tuple[Conflict, ...] = ()


def merge_values(base: Values, ours: Values, theirs: Values) -> MergedValues:
    """Merge the values of two versions."""
    merging = _Merging()
    mine, other = merging.mapping((), base, ours, theirs)
    whys = {conflict.place: conflict.why for conflict in merging.conflicts}
    why = whys.get(("decisions",)) or whys.get(("status",))
    if why is None:
        return MergedValues(ours=mine, theirs=other, conflicts=tuple(merging.conflicts))
    # A status and the decisions that led to it are one statement: half of each would be true of neither side.
    decided = [key for key in _DECIDED if not same(ours.get(key, ABSENT), theirs.get(key, ABSENT))]
    others = (conflict for conflict in merging.conflicts if conflict.place[0] not in _DECIDED)
    return MergedValues(
        ours=_with(mine, ours, decided),
        theirs=_with(other, theirs, decided),
        conflicts=(*(Conflict(place=(key,), why=why) for key in decided), *others),
    )


class _Merging:
    """Merges values and collects what collides; gives everything twice, as it is by ours and by theirs."""

    def __init__(self) -> None:
        self.conflicts: list[Conflict] = []

    def mapping(
        self, place: Place, base: Values, ours: Values, theirs: Values
    ) -> tuple[dict[str, Value], dict[str, Value]]:
        """Merge two mappings key by key."""
        mine: dict[str, Value] = {}
        other: dict[str, Value] = {}
        for key in dict.fromkeys((*ours, *theirs)):
            slots = (side.get(key, ABSENT) for side in (base, ours, theirs))
            for result, slot in zip((mine, other), self._slot((*place, key), *slots), strict=True):
                if slot is not ABSENT:
                    result[key] = slot
        return mine, other

    def _slot(self, place: Place, base: Slot, ours: Slot, theirs: Slot) -> tuple[Slot, Slot]:
        result = settled(base, ours, theirs)
        if isinstance(result, Clash) and _is_by_key(place) and _are(dict, ours, theirs):
            one, two = (side if isinstance(side, dict) else {} for side in (ours, theirs))
            mine, other = self.mapping(place, _past_of(base, one, two), one, two)
            return _unless_gone(mine, ours, theirs), _unless_gone(other, ours, theirs)
        if isinstance(result, Clash):
            result = _joined(place, result, base, ours, theirs)
        if isinstance(result, Clash):
            self.conflicts.append(Conflict(place=place, why=result.why))
            return ours, theirs
        return result, result


def _is_by_key(place: Place) -> bool:
    return place[0] == "extra" or place == ("criteria",)


def _past_of(base: Slot, ours: Values, theirs: Values) -> Values:
    """Give the keys that two mappings come from; where nobody knows these, nobody knows who added or removed one."""
    if is_unknown(base):
        return dict.fromkeys((*ours, *theirs), UNKNOWN)
    return base if isinstance(base, dict) else {}


def _joined(place: Place, clash: Clash, base: Slot, ours: Slot, theirs: Slot) -> Slot | Clash:
    """Join what both sides have changed in a list, one that is gone being empty; anything else clashes."""
    is_answer = place[0] == "criteria" and len(place) == 2
    merge = _ITEMS.get(str(place[0]))
    versions = [items for slot in (base, ours, theirs) for items in _items(slot, dict if merge else _Scalar)]
    if len(versions) < 3 or is_unknown(base) or not _are((dict, list) if is_answer else list, ours, theirs):
        return clash
    joined = (merge or merged_scalars)(*versions)
    if isinstance(joined, Clash):
        return joined
    is_alone = len(joined) == 1 and (isinstance(ours, dict) or isinstance(theirs, dict))
    return joined[0] if is_alone else _unless_gone(joined, ours, theirs)


def _items(slot: Slot, kind: Any) -> list[list[Value]]:
    """Give a list of items of one kind, an item alone as a list of one; nothing for what is none."""
    items: list[Value] = [] if slot is ABSENT else slot if isinstance(slot, list) else [slot]
    return [items] if all(isinstance(item, kind) for item in items) else []


def _are(kind: type | tuple[type, ...], *slots: Slot) -> bool:
    return all(slot is ABSENT or isinstance(slot, kind) for slot in slots)


def _unless_gone(merged: Value, ours: Slot, theirs: Slot) -> Slot:
    """Give what was merged, unless nothing is left of what one side removed."""
    return merged if merged or ABSENT not in (ours, theirs) else ABSENT


def _with(values: Values, own: Values, keys: list[str]) -> dict[str, Value]:
    """Give values with some keys as they stand in others."""
    return {key: value for key, value in values.items() if key not in keys} | {
        key: own[key] for key in keys if key in own
    }
