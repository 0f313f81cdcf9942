"""How a file is written: what is added takes the style of what stands around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import yaml

from crmtool.edit.layout import column
from crmtool.edit.scalars import DOUBLE, PLAIN, SINGLE
from crmtool.finding import Place

_STEP = 2
_TWINS = {"met": "not_met", "not_met": "met"}
# What people write in sentences is quoted: without quotes, a comma or a colon would end it.
_SENTENCES = frozenset({"because", "evidence", "do", "when", "name", "organization", "address", "role", "source"})


@dataclass(frozen=True, slots=True)
class Style:
    """How an entry is written: within braces or as lines, a blank inside the braces, and which quotes there are.

    `quotes` are those of values by their key, `usual` those of other values, `keys` those of keys.
    """

    in_braces: bool = True
    pad: str = ""
    quotes: tuple[tuple[str, str], ...] = ()
    usual: str = PLAIN
    keys: str = PLAIN

    def quote(self, key: str, place: Place) -> str:
        """Give the quotes for the value of a key: those it has elsewhere; sentences are quoted as other ones are."""
        custom = dict(self.quotes)
        if place[:1] == ("blocked",) and key == "by":  # what is waited for; elsewhere `by` is a name or a date
            key = "do"
        twin = _TWINS.get(key, key)
        if key in custom or twin in custom:
            return custom.get(key, custom.get(twin, PLAIN))
        others = (quote for name, quote in self.quotes if name in _SENTENCES and quote != PLAIN)
        return next(others, DOUBLE) if key in _SENTENCES else self.usual


def style_of(models: Iterable[yaml.Node], text: str) -> Style:
    """Give the style of the first model that is a mapping; a key's quotes are those of the first that has it."""
    mappings = [node for node in models if isinstance(node, yaml.MappingNode) and node.value]
    quotes: dict[str, str] = {}
    for node in mappings:
        for key, quote in _quotes(node):
            quotes.setdefault(key, quote)
    if not mappings:
        return Style()
    first = mappings[0]
    padded = first.flow_style and text[first.start_mark.index + 1 : first.start_mark.index + 2] == " "
    return Style(
        in_braces=bool(first.flow_style),
        pad=" " if padded else "",
        quotes=tuple(quotes.items()),
        usual=_shared(quote for _, quote in _quotes(first)),
        keys=shared_quotes(key for key, _ in first.value),
    )


def list_offset(root: yaml.MappingNode) -> int:
    """Tell how far the dashes of a list stand to the right of its key, as the file has it elsewhere."""
    return _offset(root, yaml.SequenceNode, least=0)


def mapping_step(root: yaml.MappingNode) -> int:
    """Tell how far the keys of a mapping stand to the right of the key that holds it, as the file has it elsewhere."""
    return _offset(root, yaml.MappingNode, least=1)


def _offset(root: yaml.MappingNode, kind: type[yaml.CollectionNode], least: int) -> int:
    for key, value in _pairs(root):
        if isinstance(value, kind) and not value.flow_style and value.value:
            return max(column(value) - column(key), least)
    return _STEP


def shared_quotes(nodes: Iterable[yaml.Node]) -> str:
    """Give the quotes that all of some scalars have; plain where they differ."""
    return _shared(node.style if isinstance(node, yaml.ScalarNode) else PLAIN for node in nodes)


def _shared(quotes: Iterable[str]) -> str:
    kinds = set(quotes)
    return kinds.pop() if len(kinds) == 1 and kinds <= {DOUBLE, SINGLE} else PLAIN


def _quotes(node: yaml.MappingNode) -> Iterator[tuple[str, str]]:
    for key, value in node.value:
        if isinstance(value, yaml.ScalarNode) and value.style in (DOUBLE, SINGLE, PLAIN) and value.value:
            yield key.value, value.style


def _pairs(node: yaml.MappingNode) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    for key, value in node.value:
        yield key, value
        if isinstance(value, yaml.MappingNode) and not node.flow_style:
            yield from _pairs(value)
