"""The node tree of a front matter, walked by places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from crmtool.finding import Place
from crmtool.rewriting import common_start
from crmtool.yaml_reader import step_into


@dataclass(frozen=True, slots=True)
class Found:
    """A value and what holds it: `index` is its rank there, `key` is None for an item of a list."""

    holder: yaml.Node
    index: int
    key: yaml.Node | None
    value: yaml.Node


def find(root: yaml.Node, place: Place) -> Found | None:
    """Find what stands at a place; None where there is nothing."""
    found: Found | None = None
    for step in place:
        holder = found.value if found else root
        entry = step_into(holder, step)
        if entry is None:
            return None
        key, value = entry
        found = Found(holder, _rank(holder, value), key, value)
    return found


def entries(root: yaml.Node) -> Iterator[tuple[Place, yaml.MappingNode]]:
    """Go through all mappings below the top one, each with its place, in the order written."""
    for step, value in _children(root):
        if isinstance(value, yaml.MappingNode):
            yield (step,), value
        yield from (((step, *place), node) for place, node in entries(value))


def nearest(root: yaml.Node, place: Place) -> list[yaml.MappingNode]:
    """List the mappings that are models for one at a place: what it shares most steps with first, then the latest."""
    found = [(i, at, node) for i, (at, node) in enumerate(entries(root)) if at != ("criteria",)]
    found.sort(key=lambda entry: (-common_start(entry[1], place), -entry[0]))
    return [node for _, _, node in found]


def _rank(holder: yaml.Node, value: yaml.Node) -> int:
    values = [entry[1] if isinstance(entry, tuple) else entry for entry in holder.value]
    return next(i for i, other in enumerate(values) if other is value)


def _children(node: yaml.Node) -> Iterator[tuple[str | int, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        yield from ((key.value, value) for key, value in node.value)
    elif isinstance(node, yaml.SequenceNode):
        yield from enumerate(node.value)
