"""The entries of a file's YAML, each with where it stands as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from crmtool.document import Document
from crmtool.finding import Place
from crmtool.text import Span
from crmtool.yaml_problems import span_of
from crmtool.yaml_reader import compose


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry of a mapping or a list: `span` is all of it, `head` its key, or what an item begins with."""

    place: Place
    head: Span
    span: Span


def entries(document: Document) -> dict[Place, Entry]:
    """Give every entry of a file in its order, what is around another before it; none where it cannot be read."""
    base = document.yaml_span.start
    text = document.text[base : document.yaml_span.end]
    node = compose(text) if document.values is not None else None
    if node is None:
        return {}
    found = {}
    for place, head, whole in _entries(text, node, ()):
        span, at = (Span(each.start + base, each.end + base) for each in (whole, head))
        found[place] = Entry(place=place, head=at, span=span)
    return found


def _entries(text: str, node: yaml.Node, place: Place) -> Iterator[tuple[Place, Span, Span]]:
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            inner = (*place, index)
            span = Span(span_of(item).start, _end(text, item))
            yield inner, _first(item), span
            yield from _entries(text, item, inner)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = (*place, key.value)
            head = span_of(key)
            yield inner, head, Span(head.start, max(head.end, _end(text, value)))
            yield from _entries(text, value, inner)


def _first(item: yaml.Node) -> Span:
    """Give the first key of a mapping, the first item of a list, else the whole of it."""
    while isinstance(item, yaml.CollectionNode) and item.value:
        item = item.value[0][0] if isinstance(item, yaml.MappingNode) else item.value[0]
    return span_of(item)


def _end(text: str, node: yaml.Node) -> int:
    """Tell where a node ends: one in block style at the end of its last entry, not where the next one begins."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    span = span_of(node)
    return span.start + len(text[span.start : span.end].rstrip())
