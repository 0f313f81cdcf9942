"""Changes as edits of the text: at the spans of what changes, in the style of what stands around it."""

from __future__ import annotations

import yaml

from crmtool.edit import listing, removing
from crmtool.edit.changes import Add, Change, Drop, Put, Rename
from crmtool.edit.flow import add_behind
from crmtool.edit.layout import Layout, column, is_flow
from crmtool.edit.nodes import Found, find, nearest
from crmtool.edit.render import in_line, key_with
from crmtool.edit.scalars import DOUBLE, PLAIN, SINGLE, scalar
from crmtool.edit.style import Style, mapping_step, shared_quotes, style_of
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
                return removing.removed(self._layout, found)
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
        is_block = isinstance(old, yaml.ScalarNode) and old.style in ("|", ">")
        if is_block:
            # The line on which a text of several lines begins stays, with the comment on it.
            _, comment, told = self._layout.rest_of_line(span.start).partition("#")
            new += f"  {comment}{told}" * bool(comment)
        if is_block or self._layout.text[span.start : span.end].endswith(("\r", "\n")):
            new += self._layout.newline(span.end)  # such a text goes with its line break, be it the last of a list
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
            return [self._as_lines(held, holder, place, value)]
        if held and held.key and self._is_empty_beside(held.key, holder) and not is_flow(held.holder):
            return self._opened(held.key, holder, place, value)
        return self._in_braces(holder, place, value)

    def _as_lines(self, held: Found | None, holder: yaml.MappingNode, place: Place, value: Value) -> TextEdit:
        indent = " " * column(holder)
        lines = list(key_with(str(place[-1]), value, self._style(place), place, mapping_step(self._root)))
        before = self._predecessor(holder, place)
        at = self._layout.line_start(holder.start_mark.index)
        if before is not None:
            # At the top level comments belong to a key if they are indented; elsewhere all are within the mapping.
            inside = column(held.key) + 1 if held and held.key else column(holder) + (held is None)
            at = self._layout.line_after(holder.value[before][1], inside)
        newline = self._layout.newline(at)
        return TextEdit(at, at, "".join(indent + line + newline for line in lines))

    def _opened(self, key: yaml.Node, holder: yaml.Node, place: Place, value: Value) -> list[TextEdit]:
        """Write the first key of a mapping that is `{}` on its key's line: it goes on in lines below."""
        step = mapping_step(self._root)
        indent = " " * (column(key) + step)
        at = self._layout.line_after(holder)
        newline = self._layout.newline(at)
        lines = key_with(str(place[-1]), value, self._style(place), place, step)
        start, end = holder.start_mark.index, holder.end_mark.index
        if not self._layout.rest_of_line(end).strip():
            start = len(self._layout.text[:start].rstrip(" \t"))
            end = self._layout.line_end(end)
        return [TextEdit(start, end, ""), TextEdit(at, at, "".join(indent + line + newline for line in lines))]

    def _in_braces(self, holder: yaml.MappingNode, place: Place, value: Value) -> list[TextEdit]:
        style = self._style(place)
        keys = shared_quotes(key for key, _ in holder.value) or style.keys
        written = f"{scalar(str(place[-1]), keys)}: {in_line(value, style, place, str(place[-1]))}"
        if not holder.value:
            at = holder.start_mark.index + 1
            return [TextEdit(at, at, written)]
        before = self._predecessor(holder, place)
        if before is None:
            at = holder.value[0][0].start_mark.index
            return [TextEdit(at, at, f"{written}, ")]
        key, last = holder.value[before]
        return add_behind(self._layout, holder, key, last, written)

    def _predecessor(self, holder: yaml.MappingNode, place: Place) -> int | None:
        """Give the index of the key behind which a new one belongs: the last, at the top level by the order of keys."""
        if holder is not self._root:
            return len(holder.value) - 1 if holder.value else None
        wanted = _rank(str(place[-1]))
        earlier = [(_rank(key.value), i) for i, (key, _) in enumerate(holder.value) if _rank(key.value) < wanted]
        return max(earlier)[1] if earlier else None

    def _is_empty_beside(self, key: yaml.Node, holder: yaml.Node) -> bool:
        start, end = holder.start_mark.index, holder.end_mark.index
        same_line = self._layout.line_start(start) == self._layout.line_start(key.start_mark.index)
        return same_line and self._layout.text[start:end] == "{}"


def _quotes_of(node: yaml.Node) -> str:
    return node.style if isinstance(node, yaml.ScalarNode) and node.style in (SINGLE, PLAIN) else DOUBLE


def _rank(key: str) -> int:
    return _TOP_KEYS.index(key) if key in _TOP_KEYS else len(_TOP_KEYS)
