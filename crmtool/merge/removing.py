"""Take entries out of the lists of a front matter, with the lines that they stand on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import yaml

from crmtool.edit.flow import take_out
from crmtool.edit.layout import Layout, column, is_flow
from crmtool.edit.nodes import find
from crmtool.finding import Place
from crmtool.merge.sequences import fate
from crmtool.merge.slots import ABSENT
from crmtool.text import TextEdit, apply_edits
from crmtool.yaml_reader import Value, compose


def entries_gone(before: Mapping[str, Value], after: Mapping[str, Value], place: Place = ()) -> Iterator[Place]:
    """List the entries of lists that others still have entries of, the last first; they are mappings."""
    for key in reversed([*before]):
        old, new = before[key], after.get(key)
        if isinstance(old, dict) and isinstance(new, dict):
            yield from entries_gone(old, new, (*place, key))
        elif isinstance(old, list) and isinstance(new, list) and all(isinstance(entry, dict) for entry in old):
            gone = [i for i, now in enumerate(fate(old, new, items_change=True).now) if now is ABSENT]
            yield from ((*place, key, i) for i in reversed(gone if len(gone) < len(old) else ()))


def without_entries(text: str, places: Sequence[Place]) -> str:
    """Take entries out, the last first; one that cannot be taken out stays."""
    for place in places:
        text = apply_edits(text, _taken_out(text, place))
    return text


def _taken_out(text: str, place: Place) -> list[TextEdit]:
    root, layout = compose(text), Layout(text)
    if root is None or (found := find(root, place)) is None:
        return []
    items, start = found.holder.value, found.value.start_mark.index
    if is_flow(found.holder):
        before: yaml.Node | None = items[found.index - 1] if found.index else None
        return take_out(layout, start, layout.end(found.value), before)
    if layout.before_on_line(start).strip() != "-":
        return []
    return [TextEdit(layout.line_start(start), layout.line_after(found.value, column(found.holder) + 1), "")]
