"""Entries within braces or brackets: one is added behind another, or taken out with its comma."""

from __future__ import annotations

import re

import yaml

from crmtool.edit.layout import Layout
from crmtool.text import TextEdit

_COMMA = re.compile(r"[ \t]*,")
# Possessive, so that no comma within a comment is taken for the one that parts two entries.
_PARTING = re.compile(r"(?:[ \t\r\n]|#[^\r\n]*+)*+,")
_END_OF_LINE = re.compile(r"[ \t]*(#.*)?\Z")


def add_behind(layout: Layout, holder: yaml.Node, first: yaml.Node, last: yaml.Node, written: str) -> list[TextEdit]:
    """Add an entry behind the one that begins with the node `first` and ends with `last`.

    Where that begins a line, the new one gets a line of its own, and a comma behind it if the other has one; comments
    stay where they are.
    """
    end, start = layout.end(last), first.start_mark.index
    comma = _COMMA.match(layout.text, end)
    behind = comma.end() if comma else end
    indent = layout.before_on_line(start)
    if not begins_line(layout, holder, start):
        return [TextEdit(end, end, f", {written}")]
    newline = layout.newline(layout.line_start(start))
    entry = f"{newline}{indent}{written}{',' if comma else ''}"
    if not _END_OF_LINE.match(layout.rest_of_line(behind)):
        return [TextEdit(behind, behind, entry if comma else f",{entry}")]
    at = layout.line_end(behind)
    if comma:
        return [TextEdit(at, at, entry)]
    if at == end:
        return [TextEdit(end, end, f",{entry}")]
    return [TextEdit(end, end, ","), TextEdit(at, at, entry)]


def begins_line(layout: Layout, holder: yaml.Node, start: int) -> bool:
    """Whether an entry is the first on its line, below the line on which what holds it opens."""
    opening = layout.line_start(holder.start_mark.index)
    return not layout.before_on_line(start).strip() and layout.line_start(start) != opening


def take_out(layout: Layout, start: int, end: int, before: yaml.Node | None) -> list[TextEdit]:
    """Take out what stands from `start` to `end`, with the comma behind it, or else the one before it.

    `before` is the node in front of it, None where it is the first. A line that holds nothing else goes whole, with
    the comment on it; comments on other lines stay.
    """
    text, edits = layout.text, []
    comma = _COMMA.match(text, end)
    if comma:
        end = comma.end()
    elif before is not None:
        parting = _PARTING.match(text, layout.end(before), start)
        if parting is None:
            raise KeyError(start)
        if text[parting.end() : start].strip(" \t"):
            edits.append(TextEdit(parting.end() - 1, parting.end(), ""))
        else:
            start = parting.end() - 1
    if not layout.before_on_line(start).strip() and _END_OF_LINE.match(layout.rest_of_line(end)):
        return [*edits, TextEdit(layout.line_start(start), layout.next_line(end), "")]
    if comma:
        end += len(text[end:]) - len(text[end:].lstrip(" \t"))
    else:
        start = len(text[:start].rstrip(" \t"))
    return [*edits, TextEdit(start, end, "")]
