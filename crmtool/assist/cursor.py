"""Where in the YAML of a file a cursor stands, also while what is being typed cannot be read yet.

A mark is put in the place of the word at the cursor, in the few ways in which the text could go on, and the first that
the YAML parser takes tells where it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property

import yaml

from crmtool.assist.attempts import Attempt, Opened, attempts, opened_at
from crmtool.assist.faults import without_other_faults
from crmtool.document import Document
from crmtool.finding import Place
from crmtool.text import LINE_BREAK, Span
from crmtool.yaml_problems import span_of
from crmtool.yaml_reader import Value, compose, plain_value, step_into

_ENDS_WORD = frozenset(" \t\r\n,[]{}\"'#:")
_PARTS = frozenset(("", ",", ":", "]", "}", "#"))
_OPENS = frozenset("[{\"'")
_PRIVATE = range(0xE000, 0xF8FF)


class Role(Enum):
    """What is being written at a cursor."""

    KEY = auto()
    VALUE = auto()
    ITEM = auto()


@dataclass(frozen=True)
class Draft:
    """The YAML of a file as it could be read, with `mark` in the place of what is being written."""

    text: str
    root: yaml.Node
    mark: str

    @cached_property
    def values(self) -> Mapping[str, Value]:
        """What it says beside the mark."""
        values = self._value(self.root)
        return values if isinstance(values, dict) else {}

    def _value(self, node: yaml.Node) -> Value:
        if isinstance(node, yaml.ScalarNode):
            if self.mark in node.value:
                return None
            return plain_value(node.value) if node.style == "" else str(node.value)
        if isinstance(node, yaml.SequenceNode):
            return [self._value(item) for item in node.value]
        entries = ((key.value, value) for key, value in node.value if isinstance(key, yaml.ScalarNode))
        return {key: self._value(value) for key, value in entries if key != self.mark}


@dataclass(frozen=True, kw_only=True)
class Cursor:
    """What is being written, and where.

    `place` is that of the mapping around a key, of a value, or of a list's item. `word` is what stands for it so far;
    `siblings` are the other keys of the mapping, or the other plain items of the list. `in_flow` tells that it stands
    within brackets; `needs_dash` that an item is begun without its dash, `has_colon` that the key has its colon,
    `needs_comma` that what follows within the brackets is not parted from it.
    `quote` is the quote in which it stands, and `is_unclosed` tells that this is not closed. `draft` is what stands
    around it.
    """

    role: Role
    place: Place
    word: Span
    draft: Draft
    siblings: tuple[str, ...] = ()
    in_flow: bool = False
    needs_dash: bool = False
    has_colon: bool = False
    needs_comma: bool = False
    quote: str = ""
    is_unclosed: bool = False


@dataclass(frozen=True, kw_only=True)
class Spot:
    """A key or a scalar of a file that can be read, at which somebody points."""

    place: Place
    on_key: bool
    span: Span
    text: str


@dataclass(frozen=True)
class _Hit:
    """The scalar that holds the mark; `on_own_line` tells of a value that stands below its key."""

    role: Role
    place: Place
    scalar: yaml.ScalarNode
    siblings: tuple[str, ...] = ()
    on_own_line: bool = False


def front_matter_span(document: Document) -> Span:
    """Give where the YAML of a file stands, of one whose front matter is not closed as well."""
    if document.yaml_span.end or not document.path.endswith(".md"):
        return document.yaml_span
    text = document.text
    first_break = LINE_BREAK.search(text)
    opens = first_break is not None and text[: first_break.start()].rstrip(" \t") == "---"
    return Span(first_break.end(), len(text)) if first_break and opens else Span(0, 0)


def cursor_at(document: Document, offset: int) -> Cursor | None:
    """Tell what is being written at an offset; None outside of the YAML, in a comment, and where it cannot be told."""
    area = front_matter_span(document)
    is_closed = document.text.startswith("---", area.end)  # where the closing line begins, nothing more can be written
    is_absent = area.end == 0 and (document.text or document.path.endswith(".md"))
    if is_absent or not area.start <= offset <= area.end - is_closed:
        return None
    text = document.text[area.start : area.end]
    found = _cursor_in(text, offset - area.start, area.start)
    if found is None and document.values is None:
        readable = without_other_faults(text, offset - area.start)
        found = _cursor_in(readable, offset - area.start, area.start) if readable is not None else None
    return found


def _cursor_in(text: str, offset: int, base: int) -> Cursor | None:
    """Tell what is being written at an offset of a YAML text that begins at `base` in its file."""
    word = _word(text, offset)
    begins_right_away = text[max(word.start - 1, 0) : word.start] == ":" or text[word.start : word.end] == "-"
    mark = next(chr(code) for code in _PRIVATE if chr(code) not in text)
    opened = opened_at(text[: word.start], mark)
    if opened is None or (begins_right_away and not opened.quote):  # a colon and a dash need a blank behind them
        return None
    writing = _Writing(text, base, word, opened, mark)
    return next(filter(None, map(writing.read, attempts(text, word, opened, mark))), None)


@dataclass(frozen=True)
class _Writing:
    """A word that is being written, in what is open there; `mark` takes its place, `base` is where the YAML begins."""

    text: str
    base: int
    word: Span
    opened: Opened
    mark: str

    def read(self, attempt: Attempt) -> Cursor | None:
        """Tell what is written if the text goes on in this way; None where it cannot be read so."""
        try:
            root = compose(attempt.text)
        except yaml.YAMLError:
            return None
        hit = _hit(root, self.mark, ()) if root is not None else None
        if root is None or hit is None or (attempt.is_key and hit.role is not Role.KEY):
            return None
        written = _written(hit, attempt, self.word)
        # Below its key, a word that is begun is the first key of a mapping.
        is_first_key = hit.on_own_line and self._is_in_block
        if written is None or self._is_in_front(hit, written) or (is_first_key and hit.scalar.value != self.mark):
            return None
        follows, quote = self._following(written), self.opened.quote
        return Cursor(
            role=Role.KEY if is_first_key else hit.role,
            place=hit.place,
            word=Span(written.start + self.base, written.end + self.base),
            draft=Draft(attempt.text, root, self.mark),
            siblings=hit.siblings,
            in_flow=bool(self.opened.brackets),
            needs_dash=attempt.needs_dash,
            has_colon=follows[:1] == ":",
            needs_comma=not self._is_in_block and not quote and follows.lstrip(" \t")[:1] not in _PARTS,
            quote=quote,
            is_unclosed=bool(quote) and follows.count(quote) % 2 == 0,
        )

    @property
    def _is_in_block(self) -> bool:
        return not self.opened.brackets and not self.opened.quote

    def _is_in_front(self, hit: _Hit, written: Span) -> bool:
        """Whether something stands behind it that is there instead of it already."""
        follows = self._following(written).lstrip(" \t")[:1]
        if self.opened.quote:
            return False
        return follows not in _PARTS if self._is_in_block else hit.role is Role.VALUE and follows in _OPENS

    def _following(self, written: Span) -> str:
        """Give what follows on the line."""
        line_break = LINE_BREAK.search(self.text, written.end)
        return self.text[written.end : line_break.start() if line_break else len(self.text)]


def spot_at(document: Document, offset: int) -> Spot | None:
    """Find the key or scalar at an offset, its end included; None where there is none or the file cannot be read."""
    base = document.yaml_span.start
    if document.values is None or not base <= offset <= document.yaml_span.end:
        return None
    node = compose(document.text[base : document.yaml_span.end])
    if node is None:
        return None
    for place, on_key, scalar in scalars(node):
        span = span_of(scalar)
        if span.start + base <= offset <= span.end + base and span.end > span.start:
            shifted = Span(span.start + base, span.end + base)
            return Spot(place=place, on_key=on_key, span=shifted, text=scalar.value)
    return None


def scalars(node: yaml.Node, place: Place = ()) -> Iterator[tuple[Place, bool, yaml.ScalarNode]]:
    """Go through the keys and scalars of a tree in their order: the place of each, and whether it is a key."""
    if isinstance(node, yaml.ScalarNode):
        yield place, False, node
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from scalars(item, (*place, index))
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                yield (*place, key.value), True, key
                yield from scalars(value, (*place, key.value))


def node_at(document: Document, place: Place) -> yaml.Node | None:
    """Give the node at a place; None where there is none, or the file cannot be read."""
    if document.values is None:
        return None
    node = compose(document.text[document.yaml_span.start : document.yaml_span.end])
    for step in place:
        entry = step_into(node, step) if node is not None else None
        node = entry[1] if entry else None
    return node


def _word(text: str, offset: int) -> Span:
    start = end = offset
    while start and text[start - 1] not in _ENDS_WORD:
        start -= 1
    while end < len(text) and text[end] not in _ENDS_WORD:
        end += 1
    return Span(start, end)


def _hit(node: yaml.Node, mark: str, place: Place, key_line: int = -1) -> _Hit | None:
    if isinstance(node, yaml.ScalarNode):
        return _Hit(Role.VALUE, place, node, (), node.start_mark.line != key_line) if mark in node.value else None
    if isinstance(node, yaml.SequenceNode):
        return _hit_in_list(node, mark, place)
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            continue
        if key.value == mark:
            keys = (other.value for other, _ in node.value if isinstance(other, yaml.ScalarNode))
            return _Hit(Role.KEY, place, key, tuple(other for other in keys if other != mark))
        hit = _hit(value, mark, (*place, key.value), key.start_mark.line)
        if hit is not None:
            return hit
    return None


def _hit_in_list(node: yaml.SequenceNode, mark: str, place: Place) -> _Hit | None:
    for index, item in enumerate(node.value):
        if isinstance(item, yaml.ScalarNode) and mark in item.value:
            plain = (other.value for other in node.value if isinstance(other, yaml.ScalarNode) and other is not item)
            return _Hit(Role.ITEM, (*place, index), item, tuple(plain))
        hit = _hit(item, mark, (*place, index))
        if hit is not None:
            return hit
    return None


def _written(hit: _Hit, attempt: Attempt, word: Span) -> Span | None:
    """Give where all of the scalar stands in the text: a value may have several words; None for several lines."""
    start, end = hit.scalar.start_mark, hit.scalar.end_mark
    inside = bool(hit.scalar.style)
    if len(hit.scalar.value) == 1 and not inside:
        return word
    if start.line != end.line:
        return None
    behind = end.index - inside - (attempt.at + 1)
    return Span(min(start.index + inside, word.start), word.end + behind)
