"""One value in three versions: what came of it, or that it cannot be told."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final, Literal, TypeAlias

from crmtool.finding import Place
from crmtool.yaml_reader import Value


class Absence(Enum):
    """What stands where there is no value; null is one."""

    ABSENT = auto()


ABSENT: Final = Absence.ABSENT
Slot: TypeAlias = "Value | Literal[Absence.ABSENT]"
Values: TypeAlias = Mapping[str, Value]
UNKNOWN: Final = math.nan
"""A value that nobody knows: no file can say it, and it is none that a side could have kept."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Two changes that cannot both be; `why` says which, for people."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Where two versions collide, and why; the place is () for what concerns the file as a whole or its notes."""

    place: Place = ()
    why: str


def canonical(slot: Slot) -> str:
    """Give a value as a text that is the same where the values are; 1 and 1.0 and true differ."""
    return "" if slot is ABSENT else json.dumps(slot, sort_keys=True)


def same(one: Slot, other: Slot) -> bool:
    """Whether two values are the same, whatever the order of keys."""
    return canonical(one) == canonical(other)


def is_unknown(slot: Slot) -> bool:
    """Whether nobody knows a value."""
    return isinstance(slot, float) and math.isnan(slot)


def settled(base: Slot, ours: Slot, theirs: Slot) -> Slot | Clash:
    """Give the value that one side alone has changed, or both alike."""
    if same(ours, theirs) or same(base, theirs):
        return ours
    return theirs if same(base, ours) else collision(ours, theirs)


def collision(ours: Slot, theirs: Slot) -> Clash:
    """Tell why two changes of a value cannot both be."""
    is_removed = ABSENT in (ours, theirs)
    return Clash("removed on one side and changed on the other" if is_removed else "changed on both sides")
