"""What is to be changed in a contact's front matter, said of its values: a change has one meaning in any style."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any, TypeAlias

from crmtool.finding import Place
from crmtool.yaml_reader import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """Set the value at a place; keys that are absent on the way are made."""

    place: Place
    value: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Add:
    """Add an entry to a log: before the entry `at`, or at its end.

    A log that is absent begins with the entry alone; a single entry that is no list becomes one.
    """

    place: Place
    value: Value
    at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    """Remove a key with its value."""

    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Rename:
    """Give the key at a place another name, in its place."""

    place: Place
    key: str


Change: TypeAlias = "Put | Add | Drop | Rename"


def value_at(values: Mapping[str, Value], place: Place) -> Value:
    """Give the value at a place; None where there is none."""
    value: Value = dict(values)
    for step in place:
        if isinstance(value, dict) and isinstance(step, str):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def changed(values: Mapping[str, Value], change: Change) -> dict[str, Value]:
    """Give the values that a change is to make of others: what the edited file must read as."""
    result: dict[str, Any] = copy.deepcopy(dict(values))
    *way, last = change.place
    holder: Any = reduce(_step_into, way, result)
    match change:
        case Put(value=value):
            holder[last] = copy.deepcopy(value)
        case Add(value=value, at=at):
            holder[last] = _added(holder.get(last), value, at)
        case Drop():
            del holder[last]
        case Rename(key=key):
            entries = [(key if old == last else old, value) for old, value in holder.items()]
            holder.clear()
            holder.update(entries)
    return result


def _step_into(holder: Any, step: str | int) -> Any:
    return holder.setdefault(step, {}) if isinstance(holder, dict) else holder[step]


def _added(log: Any, entry: Value, at: int | None) -> Value:
    if log is None:
        return entry
    entries = list(log) if isinstance(log, list) else [log]
    entries.insert(len(entries) if at is None else at, entry)
    return entries
