"""Where in a contact's front matter a cursor stands, told as generously as a person points: by lines."""

from __future__ import annotations

import yaml

from crmtool.document import Document
from crmtool.finding import Place
from crmtool.text import LINE_BREAK
from crmtool.yaml_reader import compose


def place_at(document: Document, offset: int) -> Place | None:
    """Give the place of what stands at an offset; None outside of the front matter, and where it cannot be read.

    What stands before something on its line belongs to it, what stands behind it as well.
    """
    area = document.yaml_span
    if document.values is None or not area.start <= offset < area.end:
        return None
    text = document.text[area.start : area.end]
    node = compose(text)
    return _place(node, _on_text(text, offset - area.start), ()) if node is not None else None


def _on_text(text: str, offset: int) -> int:
    """Move an offset in a line's white space to where its text begins."""
    start = max((match.end() for match in LINE_BREAK.finditer(text, 0, offset)), default=0)
    indent = len(text[start:]) - len(text[start:].lstrip(" -"))
    return max(offset, start + indent)


def _place(node: yaml.Node, offset: int, place: Place) -> Place:
    """Go down into the last of what begins before an offset."""
    if isinstance(node, yaml.SequenceNode):
        begun = [i for i, item in enumerate(node.value) if item.start_mark.index <= offset]
        return _place(node.value[begun[-1]], offset, (*place, begun[-1])) if begun else place
    if isinstance(node, yaml.MappingNode):
        pairs = [(key, value) for key, value in node.value if key.start_mark.index <= offset]
        if not pairs:
            return place
        key, value = pairs[-1]
        at = (*place, str(key.value))
        return _place(value, offset, at) if value.start_mark.index <= offset else at
    return place
