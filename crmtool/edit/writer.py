"""Changes as edits of the text: at the spans of what changes, in the style of what stands around it."""

from __future__ import annotations

from collections.abc import Sequence

import yaml

from crmtool.edit import listing, removing
from crmtool.edit.changes import Add, Change, Drop, Put, Rename
from crmtool.edit.layout import Layout, column, is_flow
from crmtool.edit.nodes import Found, find, nearest
from crmtool.edit.render import in_line, key_with
from crmtool.edit.scalars import DOUBLE, PLAIN, SINGLE, scalar
from crmtool.edit.style import Style, mapping_step, style_of
from crmtool.finding import Place
from crmtool.text import TextEdit
from crmtool.yaml_reader import Value

_TOP_KEYS = (
    *("name", "organization", "role", "email", "phone", "url", "address", "source", "owner", "tags", "value"),
    *("status", "criteria", "decisions", "next_step", "blocked", "stop_if", "revisit", "extra"),
)
"""The order in which keys are written that are not there yet."""


class Writer:
    """A front matter's text with its node tree."""

    def __init__(self, text: str, root: yaml.MappingNode) -> None:
        self._root = root
        self._layout = Layout(text)

    def edits(self, change: Change) -> list[TextEdit]:
        """Give the edits of the text that make a change."""
        found = find(self._root, change.place)
        match change:
            case Put(place=place, value=value):
                return [self._replaced(found, place, value)] if found else self._inserted(place, value)
            case Add(place=place, value=value, at=at):
                if found is None:
                    return self._inserted(place, value)
                style = self._style(place)
                return listing.added(self._layout, self._root, found, listing.Entry(value, style, place, at))
            case Drop() if found:
                return [removing.removed(self._layout, found)]
            case Rename(key=key) if found and found.key:
                span = self._layout.span(found.key)
                return [TextEdit(span.start, span.end, scalar(key, _quotes_of(found.key)))]
        raise KeyError(change.place)

    def _style(self, place: Place) -> Style:
        return style_of(nearest(self._root, place), self._layout.text)

    def _replaced(self, found: Found, place: Place, value: Value) -> TextEdit:
        old, span = found.value, self._layout.span(found.value)
        if isinstance(old, yaml.ScalarNode) and not isinstance(value, dict | list):
            new = scalar(value, _quotes_of(old) if old.value else self._style(place).quote(str(place[-1]), place))
        else:
            new = in_line(value, self._style(place), place, str(place[-1]))
        if isinstance(old, yaml.ScalarNode) and old.style in ("|", ">"):
            # A text of several lines goes with its line break; the line stays.
            new += self._layout.newline(span.end)
        return TextEdit(span.start, span.end, new if span.start < span.end else f" {new}")

    def _inserted(self, place: Place, value: Value) -> list[TextEdit]:
        """Write a key that is not there; what should hold it is written with it where it is not there either."""
        *way, key = place
        held = find(self._root, tuple(way)) if way else None
        holder = held.value if held else self._root
        if way and held is None:
            return self._inserted(tuple(way), {str(key): value})
        if not isinstance(holder, yaml.MappingNode):
            raise KeyError(place)
        if not is_flow(holder):
            return [self._as_lines(holder, place, value)]
        if held and not holder.value and not is_flow(held.holder) and self._text_of(holder) == "{}":
            return self._opened(held, place, value)
        return [self._in_braces(holder, place, value)]

    def _as_lines(self, holder: yaml.MappingNode, place: Place, value: Value) -> TextEdit:
        indent = " " * column(holder)
        lines = list(key_with(str(place[-1]), value, self._style(place), place, mapping_step(self._root)))
        before = self._predecessor(holder, place)
        first = self._layout.line_start(holder.start_mark.index)
        at = first if before is None else self._layout.line_after(before)
        newline = self._layout.newline(at)
        return TextEdit(at, at, "".join(indent + line + newline for line in lines))

    def _opened(self, held: Found, place: Place, value: Value) -> list[TextEdit]:
        """Write the first key of a mapping that is `{}` on its key's line: it goes on in lines below."""
        step = mapping_step(self._root)
        indent = " " * (column(held.key or held.value) + step)
        at = self._layout.line_after(held.value)
        newline = self._layout.newline(at)
        lines = key_with(str(place[-1]), value, self._style(place), place, step)
        start, end = held.value.start_mark.index, held.value.end_mark.index
        if not self._layout.text[end : self._layout.line_end(end)].strip():
            start = len(self._layout.text[:start].rstrip(" \t"))
            end = self._layout.line_end(end)
        return [TextEdit(start, end, ""), TextEdit(at, at, "".join(indent + line + newline for line in lines))]

    def _in_braces(self, holder: yaml.MappingNode, place: Place, value: Value) -> TextEdit:
        written = f"{scalar(str(place[-1]))}: {in_line(value, self._style(place), place, str(place[-1]))}"
        if not holder.value:
            at = holder.start_mark.index + 1
            return TextEdit(at, at, written)
        before = self._predecessor(holder, place)
        if before is None:
            at = holder.value[0][0].start_mark.index
            return TextEdit(at, at, f"{written}, ")
        at = self._layout.end(before)
        return TextEdit(at, at, f", {written}")

    def _predecessor(self, holder: yaml.MappingNode, place: Place) -> yaml.Node | None:
        """Give the value after which a new key belongs: the last one, at the top level by the order of keys."""
        if holder is not self._root:
            return holder.value[-1][1] if holder.value else None
        wanted = _rank(str(place[-1]))
        earlier = [(_rank(key.value), i) for i, (key, _) in enumerate(holder.value) if _rank(key.value) < wanted]
        return holder.value[max(earlier)[1]][1] if earlier else None

    def _text_of(self, node: yaml.Node) -> str:
        return self._layout.text[node.start_mark.index : node.end_mark.index]


def _quotes_of(node: yaml.Node) -> str:
    return node.style if isinstance(node, yaml.ScalarNode) and node.style in (SINGLE, PLAIN) else DOUBLE


def _rank(key: str, keys: Sequence[str] = _TOP_KEYS) -> int:
    return keys.index(key) if key in keys else len(keys)
