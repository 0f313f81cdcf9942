"""The comments of a front matter: they mean something to people, so a merge must not lose one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import yaml

from crmtool.edit.layout import Layout
from crmtool.text import TextEdit, apply_edits
from crmtool.yaml_reader import compose

_BLOCK_SCALAR = ("|", ">")


def comments(text: str) -> Counter[str]:
    """Count the comments in a YAML text that can be read."""
    root, layout = compose(text), Layout(text)
    lines = apply_edits(text, _values_cut(root, layout) if root else ()).splitlines()
    return Counter(line[line.index("#") :].rstrip() for line in lines if "#" in line)


def kept_by_both(base: str, ours: str, theirs: str) -> Counter[str]:
    """Count the comments that a merge must have: those that one side added, and those that neither removed."""
    before, mine, other = comments(base), comments(ours), comments(theirs)
    return Counter({each: _count(before[each], mine[each], other[each]) for each in mine | other})


def _count(before: int, ours: int, theirs: int) -> int:
    return theirs if before == ours else ours if before == theirs else max(ours, theirs)


def _values_cut(node: yaml.Node, layout: Layout) -> Iterator[TextEdit]:
    if isinstance(node, yaml.ScalarNode):
        span = layout.span(node)
        # A comment may stand behind the sign of a text of several lines.
        start = layout.line_end(span.start) if node.style in _BLOCK_SCALAR else span.start
        yield TextEdit(start, max(start, span.end), "\n")
        return
    for entry in node.value:
        for inner in entry if isinstance(entry, tuple) else (entry,):
            yield from _values_cut(inner, layout)
