"""Read YAML as the loader of MkDocs would, without making what its tags name, and refuse what would grow by it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

_MOST_ADDED = 10_000
_LETTERS = 64
"""So many letters count as one value more: what is short, and shown often, may be long in the end."""
_MOST_DIGITS = 1_000
_YAML = "tag:yaml.org,2002:"
_NUMBERS = (f"{_YAML}int", f"{_YAML}float")
_OPEN = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged:
    """Stands for a value that only a tag of MkDocs or Python would make; `text` is what stands behind a simple tag."""

    tag: str
    text: str = ""


class TooMuchError(ValueError):
    """A few letters that stand for more than anybody writes."""


def read_plain(data: bytes | str) -> tuple[tuple[Tagged, ...], object]:
    """Give every tag that YAML itself does not know, wherever it stands, and the values.

    Raises YAMLError, ValueError or RecursionError where there are none.
    """
    loader = _Loader(data)
    try:
        node = loader.get_single_node()
        if node is None:
            return (), None
        nodes = tuple(_nodes(node))
        _refuse_growth(node, nodes)
        return tuple(_tagged(each) for each in nodes if _is_unknown(each)), loader.construct_document(node)
    except (ArithmeticError, AttributeError, LookupError, TypeError):  # PyYAML's, at such as `!!int ""`
        raise ValueError("a value is none of the kind that its tag names") from None
    finally:
        loader.dispose()


def _nodes(root: yaml.Node) -> Iterator[yaml.Node]:
    """Give each node once, however many aliases it has."""
    seen: set[int] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if id(node) not in seen:
            seen.add(id(node))
            yield node
            waiting += _parts(node)


def _parts(node: yaml.Node) -> list[yaml.Node]:
    if not isinstance(node, yaml.CollectionNode):
        return []
    return [part for item in node.value for part in (item if isinstance(item, tuple) else (item,))]


def _refuse_growth(root: yaml.Node, nodes: tuple[yaml.Node, ...]) -> None:
    """Refuse what takes much longer to make than to read: values many times over, and numbers of very many digits."""
    if any(node.tag in _NUMBERS and len(node.value) > _MOST_DIGITS for node in nodes):
        raise TooMuchError(f"a number has more than {_MOST_DIGITS:,} digits")
    _size(root, {}, sum(map(_own_size, nodes)) + _MOST_ADDED)


def _size(node: yaml.Node, known: dict[int, int], most: int) -> int:
    """Count the values in a node with each alias as what it stands for, which is what merging and showing cost."""
    size = known.get(id(node))
    if size == _OPEN:
        raise TooMuchError("an alias stands in what it refers to")
    if size is None:
        known[id(node)] = _OPEN
        size = _own_size(node)
        for part in _parts(node):
            size += _size(part, known, most)
        if size > most:
            raise TooMuchError(f"its aliases (`*name`, `<<`) add more than {_MOST_ADDED:,} values")
        known[id(node)] = size
    return size


def _own_size(node: yaml.Node) -> int:
    return 1 + len(node.value) // _LETTERS if isinstance(node, yaml.ScalarNode) else 1


def _is_unknown(node: yaml.Node) -> bool:
    return node.tag not in _Loader.yaml_constructors and node.tag not in _MERGED


def _tagged(node: yaml.Node) -> Tagged:
    return Tagged(tag=node.tag, text=node.value if isinstance(node, yaml.ScalarNode) else "")


class _Loader(yaml.SafeLoader):
    """Constructs plain values as any loader of PyYAML does, and gives `Tagged` for all others."""


_Loader.add_constructor(None, lambda _loader, node: _tagged(node))
_MERGED = (f"{_YAML}merge", f"{_YAML}value")
"""`<<` and `=` as keys: plain YAML, although nothing is made of them."""
