"""Where the rule book names something: the exact place of each id in its file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from crmtool.finding import Place
from crmtool.rules.base import RuleBookSubject
from crmtool.yaml_reader import Value

_HOLDS_CONDITIONS = frozenset({"not", "any", "all", "of"})
_HOLDS_IDS = frozenset({"not_met", "open", "lost"})


def value_at(values: Mapping[str, Any], place: Place) -> Any:
    """Give the value at a place; None where there is none."""
    value: Any = values
    for step in place:
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def ids_at(values: Mapping[str, Any], place: Place) -> Iterator[tuple[Place, str]]:
    """Go through the ids at a place: one, or a list of them."""
    value = value_at(values, place)
    for item_place, item in _items(value, place):
        if isinstance(item, str):
            yield item_place, item


def criteria_named(subject: RuleBookSubject) -> Iterator[tuple[Place, str]]:
    """Go through every criterion that a condition of the rule book names, `prequalification` included."""
    for place, _ in subject.rulebook.requirements():
        yield from criteria_at(subject.values, place)


def criteria_at(values: Mapping[str, Any], place: Place) -> Iterator[tuple[Place, str]]:
    """Go through every criterion that the conditions at a place name."""
    yield from _criteria(value_at(values, place), place)


def condition_place(values: Mapping[str, Any], place: Place, index: int) -> Place:
    """Give the place of a condition in the list at a place, which may be a single condition."""
    return (*place, index) if isinstance(value_at(values, place), list) else place


def _criteria(value: Value, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in _HOLDS_CONDITIONS or key in _HOLDS_IDS:
                yield from _criteria(inner, (*place, key))
        return
    for item_place, item in _items(value, place):
        if isinstance(item, str):
            yield item_place, item
        elif item is not None:
            yield from _criteria(item, item_place)


def _items(value: Any, place: Place) -> Iterator[tuple[Place, Any]]:
    if isinstance(value, list):
        yield from (((*place, i), item) for i, item in enumerate(value))
    elif isinstance(value, str):
        yield place, value
