"""Take a key out of a text, with its value and nothing else."""

from __future__ import annotations

import yaml

from crmtool.edit.layout import Layout, is_flow
from crmtool.edit.nodes import Found
from crmtool.text import TextEdit


def removed(layout: Layout, found: Found) -> TextEdit:
    """Give the edit that removes a key: its lines, or within braces the key with one comma."""
    holder, index, key = found.holder, found.index, found.key
    if not isinstance(holder, yaml.MappingNode) or key is None:
        raise KeyError(index)
    pairs, start = holder.value, key.start_mark.index
    if not is_flow(holder) and not layout.before_on_line(start).strip():
        return TextEdit(layout.line_start(start), layout.line_after(found.value), "")
    if index and is_flow(holder):
        return TextEdit(layout.end(pairs[index - 1][1]), layout.end(found.value), "")
    end = pairs[index + 1][0].start_mark.index if len(pairs) > 1 else layout.end(found.value)
    return TextEdit(start, end, "")
