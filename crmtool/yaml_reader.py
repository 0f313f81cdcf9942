"""YAML as crmtool reads it: text stays text, and whatever could be misread is a problem with its place.

PyYAML's C parser builds the node tree; values are made from it here, in one pass that also finds duplicate keys,
tags and keys that are not text. Offsets are in characters of the text that was given.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from functools import lru_cache
from operator import is_
from typing import Any, TypeAlias

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]

from crmtool.finding import Place
from crmtool.records import dataclass
from crmtool.text import Lines, Span
from crmtool.yaml_problems import (
    INNER_BOM,
    MAX_DEPTH,
    TOO_DEEP,
    Problem,
    bad_key,
    duplicate_key,
    indicator,
    span_of,
    syntax_problem,
    too_deep,
)

Value: TypeAlias = "bool | int | float | str | list[Value] | dict[str, Value] | None"

_MAX_NUMBER_LENGTH = 400
_JSON_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_TAME_BRACKETS = 200
_FAR_RIGHT = re.compile(r"^[ ?:-]{100}", re.MULTILINE)
_JSON_WORDS = {"true": True, "false": False, "null": None}
_NOT_PLAIN_TEXT = frozenset("-0123456789tfn")
_WORD_STARTS = frozenset("tfn")
# The signs come first and what stands before them is looked at behind: so the text is searched at the speed of C.
_MAYBE_INDICATOR = re.compile(
    r"(?:[&*!](?=\S)(?:(?<=^.)|(?<=[\s\[{,:?-].))|%(?<=^.)|!(?=\s|$)(?:(?<=^.)|(?<=[\s\[{,:-].)))", re.MULTILINE
)
_BOM = "\ufeff"
_ENTRIES = "crmtool_entries"
# Line breaks to YAML 1.1 and so to the parser, but text to YAML 1.2, to JSON and to editors.
_SEPARATORS = "\x85\u2028\u2029"


@dataclass(frozen=True, slots=True)
class Reading:
    """A YAML text as read: its value, or the problems that keep it from having one."""

    value: Value
    problems: tuple[Problem, ...]


class _TooDeepError(yaml.MarkedYAMLError):
    def __init__(self, node: yaml.Node) -> None:
        super().__init__(problem=TOO_DEEP, problem_mark=node.start_mark)
        self.node = node


class _Composer(CParser):
    """Composes nodes without YAML's guesses at types; the tag of an untagged node is empty.

    It asks these three of every node: those made in C cost nothing.
    """

    resolve: Any = "".format
    descend_resolver: Any = staticmethod(is_)
    ascend_resolver: Any = bool


class _CarefulComposer(_Composer):
    """Composes nodes only so deep, and tells what is deeper: what composes calls itself for each level."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._depth = 0

    def descend_resolver(self, parent: yaml.Node | None, _index: object) -> None:
        self._depth += 1
        # Scalars count as a level here, so one more than the limit is still to be had by a legal file.
        if self._depth > MAX_DEPTH + 1 and parent is not None:
            raise _TooDeepError(parent)

    def ascend_resolver(self) -> None:
        self._depth -= 1


def read(text: str) -> Reading:
    """Read one YAML document; `value` is None where a problem was found, and for an empty text."""
    if text.startswith(_BOM):
        return Reading(None, (INNER_BOM,))
    if _MAYBE_INDICATOR.search(text) and (problems := _indicators(text)):
        return Reading(None, tuple(problems))
    if _is_tame(text):
        reading = _read(text, _Composer)
        if not any(problem.code == TOO_DEEP for problem in reading.problems):
            return reading
    return _read(text, _CarefulComposer)


def _read(text: str, composer: type[_Composer]) -> Reading:
    try:
        node = _composed(text, composer)
    except _TooDeepError as error:
        return Reading(None, (too_deep(error.node),))
    except yaml.YAMLError as error:
        end = _beyond_parser(error)
        if end is not None:
            return _read(text[:end], _CarefulComposer)
        return Reading(None, (syntax_problem(text, _without_separators(text)[0], error),))
    problems: list[Problem] = []
    value = _Builder(text, problems).value(node, 1) if node is not None else None
    return Reading(None if problems else value, tuple(problems))


def _beyond_parser(error: yaml.YAMLError) -> int | None:
    """Tell where the parser gave up on levels that it had only looked ahead at: from PyYAML 6.0.4 on at 1,000."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return None
    return error.problem_mark.index if error.problem == "exceeded maximum nesting depth" else None


def compose(text: str) -> yaml.Node | None:
    """Give the node tree of one YAML document; raises yaml.YAMLError where there is none, or what `read` refuses."""
    if _MAYBE_INDICATOR.search(text) and (problems := _indicators(text)):
        first = problems[0]
        place = Lines(text).position(first.span.start)
        mark = yaml.Mark("", first.span.start, place.line - 1, place.column - 1, None, 0)
        raise yaml.MarkedYAMLError(problem=first.message, problem_mark=mark)
    return _composed(text, _Composer if _is_tame(text) else _CarefulComposer)


def _composed(text: str, composer: type[_Composer]) -> yaml.Node | None:
    parsable, originals = _without_separators(text)
    node: yaml.Node | None = composer(parsable).get_single_node()
    if node is not None and originals:
        _restore(node, originals)
    return node


def _is_tame(text: str) -> bool:
    """Whether a text cannot hold more levels than the stack has room for, told without parsing it.

    Each level takes a bracket or begins further to the right than the one around it, lists right below a key excepted.
    """
    return text.count("[") + text.count("{") <= _TAME_BRACKETS and not _FAR_RIGHT.search(text)


def _without_separators(text: str) -> tuple[str, dict[int, str]]:
    """Put characters that the parser takes as text in the place of separators; also tells which stands for which."""
    if not any(separator in text for separator in _SEPARATORS):
        return text, {}
    private_use = (character for character in map(chr, range(0xF0000, 0xFFFFE)) if character not in text)
    stand_ins = {separator: next(private_use) for separator in _SEPARATORS}
    return text.translate({ord(old): new for old, new in stand_ins.items()}), {
        ord(new): old for old, new in stand_ins.items()
    }


def _restore(node: yaml.Node, originals: Mapping[int, str]) -> None:
    if isinstance(node, yaml.ScalarNode):
        node.value = node.value.translate(originals)
        return
    for entry in node.value:
        for inner in entry if isinstance(entry, tuple) else (entry,):
            _restore(inner, originals)


def locate(node: yaml.Node, place: Place, *, on_key: bool = False) -> Span:
    """Find the span of a symbolic place in a node tree; the nearest thing around it where it does not exist."""
    key: yaml.Node | None = None
    for step in place:
        entry = step_into(node, step)
        if entry is None:
            # What is absent is pointed at by the key that should hold it.
            return span_of(key or node)
        key, node = entry
    return span_of(key if on_key and key is not None else node)


def plain_value(text: str) -> Value:
    """Read a plain scalar as JSON would read it, or else as the text that it is."""
    if not text or text[0] not in _NOT_PLAIN_TEXT or len(text) > _MAX_NUMBER_LENGTH:
        return text
    return _json_value(text)


@lru_cache(maxsize=4096)  # the same days, amounts and words stand in thousands of contacts
def _json_value(text: str) -> Value:
    if text[0] in _WORD_STARTS:
        return _JSON_WORDS.get(text, text)
    if not _JSON_NUMBER.fullmatch(text):
        return text
    number: int | float = json.loads(text)
    return number if _is_representable(number) else text


def _is_representable(number: float) -> bool:
    try:
        return math.isfinite(number)
    except OverflowError:  # an integer that no float can hold: with it, no sum of values could be made
        return False


class _Builder:
    """Makes values from nodes and collects what is wrong on the way."""

    def __init__(self, text: str, problems: list[Problem]) -> None:
        self._text = text
        self._problems = problems

    def value(self, node: yaml.Node, depth: int) -> Value:
        if isinstance(node, yaml.ScalarNode):
            return plain_value(node.value) if node.style == "" else node.value
        if depth > MAX_DEPTH:
            self._problems.append(too_deep(node))
            return None
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, depth + 1) for item in node.value]
        return self._mapping(node, depth)

    def _mapping(self, node: yaml.Node, depth: int) -> dict[str, Value]:
        result: dict[str, Value] = {}
        for key_node, value_node in node.value:
            is_plain = type(key_node) is yaml.ScalarNode and key_node.style == ""
            key = plain_value(key_node.value) if is_plain else key_node.value
            if not isinstance(key, str) or (not key and is_plain):
                self._problems.append(bad_key(self._text, key_node))
            elif key in result:
                self._problems.append(duplicate_key(key, key_node))
            else:
                result[key] = self.value(value_node, depth + 1)
        return result


def step_into(node: yaml.Node, step: str | int) -> tuple[yaml.Node | None, yaml.Node] | None:
    """Find what stands in a node under a key, with the key, or at an index; None where there is nothing."""
    if isinstance(node, yaml.MappingNode):
        return _entries(node).get(step)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    return None


def _entries(node: yaml.MappingNode) -> dict[str | int, tuple[yaml.Node, yaml.Node]]:
    """Give a mapping's entries by their keys, of equal ones the first: it is looked through only once."""
    entries: dict[str | int, tuple[yaml.Node, yaml.Node]] | None = vars(node).get(_ENTRIES)
    if entries is None:
        named = ((key, value) for key, value in reversed(node.value) if isinstance(key.value, str))
        entries = vars(node)[_ENTRIES] = {key.value: (key, value) for key, value in named}
    return entries


def _indicators(text: str) -> list[Problem]:
    """Find anchors, aliases, tags and directives; a text without them, or one that does not parse, has none."""
    problems: list[Problem] = []
    depth = 0
    try:
        for event in yaml.parse(_without_separators(text)[0], Loader=CParser):  # type: ignore[arg-type]
            problem = indicator(text, event)
            if problem is not None:
                problems.append(problem)
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH + 1:
                break  # Composing stops here as well and tells of it; to go on takes the square of the depth.
    except yaml.YAMLError:
        pass  # Composing meets the same fault and reports it, unless something was found before it.
    return problems
