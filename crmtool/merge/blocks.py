"""The lines of a front matter by the keys that they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import yaml

from crmtool.edit.layout import Layout, column, is_flow
from crmtool.edit.nodes import find
from crmtool.finding import Place
from crmtool.text import Lines, Span, TextEdit, apply_edits
from crmtool.yaml_reader import compose

_BY_ENTRY = ("criteria", "extra")


class _NotInLinesError(Exception):
    """A key that shares its line with another one, or stands at another column than its lines would be put at."""


def with_lines_of(text: str, other: str, places: Iterable[Place]) -> str | None:
    """Give a front matter with the lines of some keys as another one has them; None where they cannot be parted."""
    page, source = _Page.of(text), _Page.of(other)
    if page is None or source is None:
        return None
    try:
        return apply_edits(text, [_replaced(page, source, place) for place in places])
    except _NotInLinesError:
        return None


def units(text: str) -> list[range]:
    """List the lines, counted from 0, of what is one statement: each key, and each one below `criteria` and `extra`."""
    page = _Page.of(text)
    if page is None or is_flow(page.root):
        return []
    count = Lines(text).position
    spans = (Span(key.start_mark.index, page.layout.line_after(value)) for key, value in _statements(page.root))
    return [range(count(span.start).line - 1, count(span.end).line - 1) for span in spans]


@dataclass(frozen=True, slots=True)
class _Page:
    text: str
    root: yaml.MappingNode
    layout: Layout

    @classmethod
    def of(cls, text: str) -> _Page | None:
        root = compose(text)
        return cls(text, root, Layout(text)) if isinstance(root, yaml.MappingNode) else None

    def holder(self, place: Place) -> yaml.MappingNode:
        """Give the mapping that holds the key of a place, written as lines."""
        found = find(self.root, place[:-1])
        node = found.value if found else self.root
        if not isinstance(node, yaml.MappingNode) or is_flow(node):
            raise _NotInLinesError
        return node

    def lines(self, place: Place) -> Span | None:
        """Give the lines of a key with its value and the comments within; None where there is no such key."""
        holder = self.holder(place)
        for key, value in holder.value:
            if key.value == place[-1]:
                start = self.layout.line_start(key.start_mark.index)
                if self.layout.before_on_line(key.start_mark.index).strip():
                    raise _NotInLinesError
                return Span(start, self.layout.line_after(value, column(key) + 1))
        return None


def _replaced(page: _Page, source: _Page, place: Place) -> TextEdit:
    old, new = page.lines(place), source.lines(place)
    if new is None:
        span, written = old or Span(0, 0), ""
    else:
        if column(page.holder(place)) != column(source.holder(place)):
            raise _NotInLinesError
        span, written = old or _behind_predecessor(page, source, place), source.text[new.start : new.end]
    return TextEdit(span.start, span.end, written)


def _behind_predecessor(page: _Page, source: _Page, place: Place) -> Span:
    """Give where a key belongs that is not there: behind the one that it stands behind in the other front matter."""
    at = page.layout.line_start(page.holder(place).start_mark.index)
    for key, _ in source.holder(place).value:
        if key.value == place[-1]:
            break
        lines = page.lines((*place[:-1], key.value))
        at = lines.end if lines else at
    return Span(at, at)


def _statements(root: yaml.MappingNode) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    for key, value in root.value:
        if key.value in _BY_ENTRY and isinstance(value, yaml.MappingNode) and not is_flow(value):
            yield from value.value
        else:
            yield key, value
