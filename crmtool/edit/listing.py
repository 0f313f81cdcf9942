"""Add an entry to a log: to a list in lines or in brackets; a single entry becomes a list."""

from __future__ import annotations

from dataclasses import dataclass

import yaml

from crmtool.edit.flow import add_behind, begins_line
from crmtool.edit.layout import Layout, column, is_flow
from crmtool.edit.nodes import Found
from crmtool.edit.render import in_line, item
from crmtool.edit.style import Style, list_offset, mapping_step
from crmtool.finding import Place
from crmtool.text import Span, TextEdit
from crmtool.yaml_reader import Value


@dataclass(frozen=True, slots=True)
class Entry:
    """What is added: before the entry `at`, or at the end."""

    value: Value
    style: Style
    place: Place
    at: int | None

    @property
    def written(self) -> str:
        """The entry on one line."""
        return in_line(self.value, self.style, self.place)


def added(layout: Layout, root: yaml.MappingNode, found: Found, entry: Entry) -> list[TextEdit]:
    """Give the edits that add an entry to what stands at its place."""
    log = found.value
    if not isinstance(log, yaml.SequenceNode):
        return _made_list(layout, root, found, entry)
    if is_flow(log):
        return _in_brackets(layout, log, entry)
    return [_in_lines(layout, found, entry, mapping_step(root))]


def _in_lines(layout: Layout, found: Found, entry: Entry, step: int) -> TextEdit:
    log = found.value
    last = len(log.value) if entry.at is None else entry.at
    # Behind the last entry all comments of the list stand, behind another one those that are indented deeper.
    around = found.key if last == len(log.value) and found.key else log
    before = log.value[last - 1] if last else None
    at = layout.line_after(before, column(around) + 1) if before else layout.line_start(log.start_mark.index)
    return TextEdit(at, at, _lines(layout, at, column(log), entry, step))


def _in_brackets(layout: Layout, log: yaml.SequenceNode, entry: Entry) -> list[TextEdit]:
    items = log.value
    if not items:
        at = log.start_mark.index + 1
        return [TextEdit(at, at, entry.written)]
    index = len(items) if entry.at is None else entry.at
    if index == len(items):
        return add_behind(layout, log, items[-1], items[-1], entry.written)
    at = items[index].start_mark.index
    own_line = f"{layout.newline(layout.line_start(at))}{layout.before_on_line(at)}"
    return [TextEdit(at, at, f"{entry.written},{own_line if begins_line(layout, log, at) else ' '}")]


def _made_list(layout: Layout, root: yaml.MappingNode, found: Found, entry: Entry) -> list[TextEdit]:
    single, key = found.value, found.key
    if key is None or not isinstance(single, yaml.MappingNode):
        raise KeyError(entry.place)
    start, end = single.start_mark.index, layout.end(single)
    if is_flow(found.holder) or (is_flow(single) and _prefers_brackets(found.holder)):
        before, behind = (f"{entry.written}, ", "") if entry.at == 0 else ("", f", {entry.written}")
        return [TextEdit(start, start, f"[{before}"), TextEdit(end, end, f"{behind}]")]
    return _made_lines(layout, root, found, entry)


def _made_lines(layout: Layout, root: yaml.MappingNode, found: Found, entry: Entry) -> list[TextEdit]:
    single, key = found.value, found.key or found.value
    start, step = single.start_mark.index, mapping_step(root)
    behind_colon = _behind_colon(layout.text, layout.end(key), start)
    is_on_key_line = layout.line_start(start) == layout.line_start(key.start_mark.index)
    dash = column(key) + list_offset(root) if is_on_key_line else column(single)
    at = layout.line_after(single, column(key) + 1)
    newline = layout.newline(at)
    new = _lines(layout, at, dash, entry, step)
    first, last = (new, "") if entry.at == 0 else ("", new)
    if is_on_key_line:
        opening = TextEdit(behind_colon, start, f"{newline}{first}{' ' * dash}- ")
    else:
        line = layout.line_start(start)
        opening = TextEdit(line, start, f"{first}{layout.text[line:start]}- ")
    moved = _shifted(layout, Span(start, at), dash + 2 if is_on_key_line else None)
    return [opening, *moved, *([TextEdit(at, at, last)] if last else [])]


def _shifted(layout: Layout, span: Span, least: int | None) -> list[TextEdit]:
    """Move the lines of an entry below its first to the right: by the dash, or as far as they must."""
    starts = [start for start in layout.line_starts(span) if layout.line_end(start) > start]
    by = 2
    if least is not None:
        indents = [_indent(layout, start) for start in starts]
        by = max(least - min(indents, default=least), 0)
    return [TextEdit(start, start, " " * by) for start in starts] if by else []


def _indent(layout: Layout, start: int) -> int:
    line = layout.text[start : layout.line_end(start)]
    return len(line) - len(line.lstrip(" "))


def _behind_colon(text: str, end_of_key: int, start_of_value: int) -> int:
    return text.index(":", end_of_key, start_of_value) + 1


def _prefers_brackets(criteria: yaml.Node) -> bool:
    lists = [value for _, value in criteria.value if isinstance(value, yaml.SequenceNode)]
    return bool(lists) and all(value.flow_style for value in lists)


def _lines(layout: Layout, at: int, indent: int, entry: Entry, step: int) -> str:
    newline = layout.newline(at)
    lines = item(entry.value, entry.style, entry.place, step)
    return "".join(" " * indent + line + newline for line in lines)
