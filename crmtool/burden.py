"""What a workspace's own schemas cost: the number of patterns and of checks for each place of a file.

It is weighed before anything is checked, since nothing can interrupt the validator.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from crmtool.pattern_burden import BurdenError, pace_of
from crmtool.records import dataclass

_SQUARE = 2**13
"""Beside its pace, a pattern that looks far costs the square of each text's length divided by this."""
_MOST_CHECKS, _MOST_STEPS = 10_000, 100_000
_MOST_CHECKS_OF_FILE, _MOST_LETTERS_OF_FILE = 20_000_000, 2**21
_MOST_RESOURCES = 100
_DEEPEST = 32
"""No file is nested deeper."""
_OF_PATTERN, _OF_FORMAT, _OF_UNKNOWN = 10, 20, 100
"""What costs more than a check does: a pattern, a call of Python, and a schema that the validator brings along."""
_OFTEN = 3
"""How often the fast validator goes through what may have known a key before it is unknown."""
_TOO_MUCH = "it asks for too many checks of one place: references, alternatives and patterns multiply"
_UNKNOWN: Mapping[str, Any] = {"enum": [None] * _OF_UNKNOWN * 10}


@dataclass(frozen=True, slots=True)
class Burden:
    """The most that a schema has checked of one place of a file: so many checks, and how slow patterns are in all.

    `far` is the part of the pace that is due to patterns that look around or back from many places.
    """

    checks: int
    pace: int
    far: int = 0

    def allows(self, places: int, letters: int, squares: int) -> bool:
        """Whether a file of so many places and letters is checked in bearable time.

        `squares` is the sum of the squares of the lengths of its texts.
        """
        slow = self.pace * letters + self.far * squares // _SQUARE
        return self.checks * places <= _MOST_CHECKS_OF_FILE and slow <= _MOST_LETTERS_OF_FILE


_Cost: TypeAlias = tuple[int, int, int]
"""So many checks, how slow patterns are, and how slow those of them that look far."""
_Slot: TypeAlias = tuple[tuple[int, int], ...]
"""Which schemas apply to a place below, by number, and how often each."""


def burden(definition: Mapping[str, Any]) -> Burden:
    """Weigh a schema; raises BurdenError.

    A schema may refer to itself for what lies below. Where it does so twice for the same place, the checks double with
    each level, and files have up to 32 of them.
    """
    try:
        places = _Places(definition)
    except (AttributeError, TypeError):  # the validator looks at no schema that stands below an unknown key
        raise BurdenError("a reference leads to what is no schema") from None
    checks, pace, far = found = [[own[i] for own in places.own] for i in range(3)]
    changed = True
    for _ in range(_DEEPEST):
        if changed:
            changed = max([_raised(each, places.slots) for each in found])  # each of them, whatever the first says
        if max(checks) > _MOST_CHECKS:
            raise BurdenError(_TOO_MUCH)
    return Burden(checks[0], pace[0], far[0])


def _raised(found: list[int], slots: Sequence[Collection[_Slot]]) -> bool:
    """Raise what is found of each place to what is found of any place below it; tell whether anything was."""
    before = tuple(found)
    for number, of_place in enumerate(slots):
        for slot in of_place:
            found[number] = max(found[number], sum(before[each] * often for each, often in slot))
    return before != tuple(found)


class _Places:
    """The places of a file that a schema tells apart: what each costs by itself, and which lie below it."""

    def __init__(self, root: Mapping[str, Any]) -> None:
        self.own: list[_Cost] = []
        self.slots: list[set[_Slot]] = []
        self._targets = _Targets(root)
        self._costs: dict[int, _Cost] = {}
        self._left = _MOST_STEPS
        self._numbers = {id(root): 0}
        todo: list[Any] = [root]
        for start in todo:  # which grows meanwhile
            here = self._here(start)
            checks, pace, far = map(sum, zip(*map(self._cost, here), strict=True)) if here else (0, 0, 0)
            self.own.append((checks, pace, far))
            self.slots.append(set())
            for below in (*self._keys(here), *self._entries(here)):
                self._spend(len(below))
                for schema in below:
                    if self._numbers.setdefault(id(schema), len(todo)) == len(todo):
                        todo.append(schema)
                self.slots[-1].add(tuple(Counter(self._numbers[id(schema)] for schema in below).items()))

    def _cost(self, schema: Mapping[str, Any]) -> _Cost:
        if id(schema) not in self._costs:
            self._costs[id(schema)] = _own(schema)
        return self._costs[id(schema)]

    def _spend(self, steps: int) -> None:
        self._left -= steps
        if self._left < 0:
            raise BurdenError(_TOO_MUCH)

    def _here(self, start: Any) -> list[Mapping[str, Any]]:
        """List the schemas that apply to the same place, each as often as it does; what refers to itself there ends."""
        found: list[Mapping[str, Any]] = []
        active: set[int] = set()
        todo = [(start, False)]
        while todo:
            schema, is_done = todo.pop()
            if is_done:
                active.discard(id(schema))
            elif isinstance(schema, dict) and id(schema) not in active:
                more = [*_beside(schema), *self._targets.of(schema)]
                self._spend(1 + len(more))
                found.append(schema)
                if len(found) > _MOST_CHECKS:
                    raise BurdenError(_TOO_MUCH)
                active.add(id(schema))
                todo.append((schema, True))
                todo += [(each, False) for each in more]
        return found

    def _keys(self, here: Sequence[Mapping[str, Any]]) -> Iterator[list[Any]]:
        always = [schema for each in here for schema in _of_any_name(each)]
        return self._below([(each.get("properties", {}), each.get("additionalProperties")) for each in here], always)

    def _entries(self, here: Sequence[Mapping[str, Any]]) -> Iterator[list[Any]]:
        always = [schema for each in here for schema in (each.get("contains"), each.get("unevaluatedItems"))]
        return self._below([(dict(enumerate(each.get("prefixItems", ()))), each.get("items")) for each in here], always)

    def _below(
        self, told: Sequence[tuple[Mapping[Any, Any], Any]], always: Sequence[Any]
    ) -> Iterator[list[Mapping[str, Any]]]:
        """Give the schemas of each place below: by its name, for any other name, and whatever its name is."""
        told = [(names, others) for names, others in told if names or isinstance(others, dict)]
        for name in dict.fromkeys((None, *(name for names, _ in told for name in names))):
            self._spend(len(told))
            below = [*always, *(names.get(name, others) for names, others in told)]
            found: list[Mapping[str, Any]] = [schema for schema in below if isinstance(schema, dict)]
            if found:
                yield found


class _Targets:
    """What the references of a schema lead to; where this is not sure, all that it may be."""

    def __init__(self, root: Mapping[str, Any]) -> None:
        self._resources: list[Mapping[str, Any]] = [root]
        self._anchors: dict[str, list[Any]] = {}
        todo: list[Any] = [root]
        while todo:
            value = todo.pop()
            todo += value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
            if isinstance(value, dict):
                for name in {value.get("$anchor"), value.get("$dynamicAnchor")} if _are_texts(value) else ():
                    self._anchors.setdefault(str(name), []).append(value)
                if "$id" in value and value is not root:
                    self._resources.append(value)
        if len(self._resources) > _MOST_RESOURCES:
            raise BurdenError(_TOO_MUCH)

    def of(self, schema: Mapping[str, Any]) -> Iterator[Any]:
        """Go through what a schema refers to."""
        for key in ("$ref", "$dynamicRef"):
            if isinstance(schema.get(key), str):
                yield from self._found(schema[key].partition("#")[2])

    def _found(self, fragment: str) -> list[Any]:
        if fragment and not fragment.startswith("/"):
            found = self._anchors.get(_decoded(fragment), [])
        else:
            found = [_at(each, fragment) for each in self._resources]
        found = [schema for schema in found if schema is not None]
        return found or [_UNKNOWN]


def _are_texts(schema: Mapping[str, Any]) -> bool:
    return all(isinstance(schema.get(key, ""), str) for key in ("$anchor", "$dynamicAnchor"))


def _at(value: Any, pointer: str) -> Any:
    for part in _decoded(pointer).split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        if isinstance(value, list) and key.isdecimal() and int(key) < len(value):
            value = value[int(key)]
        elif isinstance(value, dict) and key in value:
            value = value[key]
        else:
            return None
    return value


def _decoded(text: str) -> str:
    as_bytes = re.sub(rb"%([0-9A-Fa-f]{2})", lambda match: bytes([int(match[1], 16)]), text.encode("utf-8", "replace"))
    return as_bytes.decode("utf-8", "replace")


def _own(schema: Mapping[str, Any]) -> _Cost:
    patterns = [schema["pattern"]] if isinstance(schema.get("pattern"), str) else []
    patterns += schema.get("patternProperties", {})
    lists = sum(len(each) for each in schema.values() if isinstance(each, dict | list))
    formats = _OF_FORMAT * ("format" in schema)
    paces = [pace_of(pattern) for pattern in patterns]
    far = sum(pace for pace, is_far in paces if is_far)
    return 1 + lists // 10 + formats + _OF_PATTERN * len(patterns), sum(pace for pace, _ in paces), far


def _beside(schema: Mapping[str, Any]) -> list[Any]:
    """List the schemas that apply to the same place, or to the names of its keys."""
    found = [schema[key] for key in ("not", "if", "then", "else", "propertyNames") if key in schema]
    for key in ("allOf", "anyOf", "oneOf"):
        found += schema.get(key, ())
    found += schema.get("dependentSchemas", {}).values()
    return found * _OFTEN if "unevaluatedProperties" in schema or "unevaluatedItems" in schema else found


def _of_any_name(schema: Mapping[str, Any]) -> list[Any]:
    return [*schema.get("patternProperties", {}).values(), schema.get("unevaluatedProperties")]
