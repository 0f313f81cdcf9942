"""Take a key out of a text: its lines with the comments that belong to it, or what it takes within braces."""

from __future__ import annotations

import yaml

from crmtool.edit.flow import take_out
from crmtool.edit.layout import Layout, column, is_flow
from crmtool.edit.nodes import Found
from crmtool.text import TextEdit


def removed(layout: Layout, found: Found) -> list[TextEdit]:
    """Give the edits that remove a key with its value."""
    holder, index, key = found.holder, found.index, found.key
    if not isinstance(holder, yaml.MappingNode) or key is None:
        raise KeyError(index)
    pairs, start = holder.value, key.start_mark.index
    if is_flow(holder):
        return take_out(layout, start, layout.end(found.value), pairs[index - 1][1] if index else None)
    if not layout.before_on_line(start).strip():
        after = layout.line_after(found.value, column(key) + 1)
        return [TextEdit(layout.line_start(start), after, "")]
    if index + 1 == len(pairs):
        raise KeyError(index)
    return [TextEdit(start, pairs[index + 1][0].start_mark.index, "")]
