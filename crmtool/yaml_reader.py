"""YAML as crmtool reads it: text stays text, and whatever could be misread is a problem with its place.

PyYAML's C parser builds the node tree; values are made from it here, in one pass that also finds duplicate keys,
tags and keys that are not text. Offsets are in characters of the text that was given.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]

from crmtool.finding import Place
from crmtool.text import Span, one_line

Value: TypeAlias = "bool | int | float | str | list[Value] | dict[str, Value] | None"

MAX_DEPTH = 32
_MAX_NUMBER_LENGTH = 400
_JSON_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_JSON_WORDS = {"true": True, "false": False, "null": None}
_NOT_PLAIN_TEXT = frozenset("-0123456789tfn")
_MAYBE_INDICATOR = re.compile(r"(?:^|[\s\[{,:?-])[&*!][^\s]|^%|(?:^|[\s\[{,:-])!(?=\s|$)", re.MULTILINE)
_PLACEHOLDER = re.compile(r"(?<![\"'\w])\{\{[^{}\n]*\}\}")
_DIRECTIVE = re.compile(r"^%", re.MULTILINE)
_BOM = "\ufeff"
# Line breaks to YAML 1.1 and so to the parser, but text to YAML 1.2, to JSON and to editors.
_SEPARATORS = "\x85\u2028\u2029"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why a file, or a part of it, cannot be read: a finding's code and text, with the place as offsets."""

    code: str
    span: Span
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A YAML text as read: its value, or the problems that keep it from having one."""

    value: Value
    problems: tuple[Problem, ...]


class _TooDeepError(Exception):
    def __init__(self, node: yaml.Node) -> None:
        self.node = node


class _Composer(CParser):
    """Composes nodes without YAML's guesses at types; the tag of an untagged node is empty."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._depth = 0

    def resolve(self, _kind: type, _value: object, _implicit: object) -> str:
        return ""

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
        return Reading(None, (_INNER_BOM,))
    problems: list[Problem] = []
    if _MAYBE_INDICATOR.search(text):
        problems.extend(_indicators(text))
    if problems:
        return Reading(None, tuple(problems))
    try:
        node = compose(text)
    except _TooDeepError as error:
        return Reading(None, (_too_deep(error.node),))
    except yaml.YAMLError as error:
        return Reading(None, (_syntax_problem(text, error),))
    value = _Builder(text, problems).value(node, 1) if node is not None else None
    return Reading(None if problems else value, tuple(problems))


def compose(text: str) -> yaml.Node | None:
    """Give the node tree of one YAML document; raises yaml.YAMLError where there is none."""
    parsable, originals = _without_separators(text)
    node: yaml.Node | None = _Composer(parsable).get_single_node()
    if node is not None and originals:
        _restore(node, originals)
    return node


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
        entry = _step(node, step)
        if entry is None:
            # What is absent is pointed at by the key that should hold it.
            return _span(key or node)
        key, node = entry
    return _span(key if on_key and key is not None else node)


def plain_value(text: str) -> Value:
    """Read a plain scalar as JSON would read it, or else as the text that it is."""
    if not text or text[0] not in _NOT_PLAIN_TEXT:
        return text
    if text in _JSON_WORDS:
        return _JSON_WORDS[text]
    if len(text) > _MAX_NUMBER_LENGTH or not _JSON_NUMBER.fullmatch(text):
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
            self._problems.append(_too_deep(node))
            return None
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, depth + 1) for item in node.value]
        return self._mapping(node, depth)

    def _mapping(self, node: yaml.Node, depth: int) -> dict[str, Value]:
        result: dict[str, Value] = {}
        for key_node, value_node in node.value:
            key = plain_value(key_node.value) if self._is_plain(key_node) else key_node.value
            if not isinstance(key, str) or (not key and key_node.style == ""):
                self._problems.append(_bad_key(self._text, key_node))
            elif key in result:
                self._problems.append(_duplicate(key, key_node))
            else:
                result[key] = self.value(value_node, depth + 1)
        return result

    def _is_plain(self, node: yaml.Node) -> bool:
        return isinstance(node, yaml.ScalarNode) and node.style == ""


def _step(node: yaml.Node, step: str | int) -> tuple[yaml.Node | None, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    return None


def _span(node: yaml.Node) -> Span:
    return Span(node.start_mark.index, node.end_mark.index)


def _indicators(text: str) -> list[Problem]:
    """Find anchors, aliases, tags and directives; a text without them, or one that does not parse, has none."""
    problems: list[Problem] = []
    try:
        for event in yaml.parse(_without_separators(text)[0], Loader=CParser):  # type: ignore[arg-type]
            problem = _indicator(text, event)
            if problem is not None:
                problems.append(problem)
    except yaml.YAMLError:
        pass  # Composing meets the same fault and reports it, unless something was found before it.
    return problems


def _indicator(text: str, event: Any) -> Problem | None:
    span = Span(event.start_mark.index, event.end_mark.index)
    if isinstance(event, yaml.DocumentStartEvent) and (event.version or event.tags):
        return _directive(text, span.start)
    name = getattr(event, "anchor", None)
    if name:
        sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
        start = text.find(f"{sign}{name}", span.start)
        return Problem(
            code="alias-not-allowed",
            span=Span(start, start + len(name) + 1),
            message=f"{sign}{name} is a YAML {'alias' if sign == '*' else 'anchor'}, which is not allowed",
            hint=f'write the value itself, or put text that begins with {sign} in quotes: "{sign}{name}"',
        )
    if getattr(event, "tag", None):
        written = text[span.start : span.end].split(maxsplit=1)[0]
        return Problem(
            code="tag-not-allowed",
            span=Span(span.start, span.start + len(written)),
            message=f"the YAML tag {written} is not allowed",
            hint="remove the tag, or put text that begins with ! in quotes",
        )
    return None


def _directive(text: str, before: int) -> Problem:
    match = _DIRECTIVE.search(text)
    start = match.start() if match else before
    return Problem(
        code="tag-not-allowed",
        span=Span(start, start + 1),
        message="a YAML directive is not allowed",
        hint="remove the line that begins with %",
    )


_INNER_BOM = Problem(
    code="yaml-syntax",
    span=Span(0, 1),
    message="an invisible byte order mark (U+FEFF) stands before the first key",
    hint="remove it: delete the line and write it anew",
)


def _too_deep(node: yaml.Node) -> Problem:
    return Problem(
        code="too-deep",
        span=Span(node.start_mark.index, node.start_mark.index + 1),
        message=f"values are nested deeper than {MAX_DEPTH} levels",
        hint="write flatter values; nothing that crmtool reads needs more than six levels",
    )


def _duplicate(key: str, node: yaml.Node) -> Problem:
    return Problem(
        code="duplicate-key",
        span=_span(node),
        message=f"the key '{one_line(key)}' stands twice",
        hint="keep one of the two; several answers to one criterion are a list: [{met: …}, {not_met: …}]",
    )


def _bad_key(text: str, node: yaml.Node) -> Problem:
    start = node.start_mark.index
    # As a value, the placeholder is a mapping whose key is a mapping; as a key, it is the outer one of the two.
    match = _PLACEHOLDER.match(text, start) or _PLACEHOLDER.match(text, max(start - 1, 0))
    if match:
        return _placeholder(match)
    if isinstance(node, yaml.ScalarNode):
        what = f"the key {one_line(node.value)!r} is not text" if node.value else "a key is missing before the colon"
        hint = f'put it in quotes: "{one_line(node.value)}":' if node.value else "write the key: value"
    else:
        what, hint = "a key must be text, not a list or a mapping", "write `key: value` with a plain word as the key"
    return Problem(code="yaml-syntax", span=_span(node), message=what, hint=hint)


def _placeholder(match: re.Match[str]) -> Problem:
    return Problem(
        code="yaml-syntax",
        span=Span(match.start(), match.end()),
        message=f"the template placeholder {match[0]} was not filled in",
        hint="write the value in its place, for example 2026-11-23 for a date",
    )


_TAB = ("a tab is used as indentation", "replace the tab with spaces")
_INDENTATION = ("the indentation does not fit the lines above", "align the keys of one mapping, with spaces")
_MESSAGES: tuple[tuple[str, str, str], ...] = (
    ("mapping values are not allowed", "a second colon in an unquoted value", 'put the value in quotes: key: "a: b"'),
    ("expected ',' or ']'", "a list that is opened with [ is not closed", "add the missing , or ]"),
    (
        "expected ',' or '}'",
        "a mapping that is opened with { is not closed",
        "add the missing , or }, or quote the text",
    ),
    ("unexpected end of stream", "quoted text is not closed", "add the closing quote"),
    ("unexpected document indicator", "quoted text is not closed", "add the closing quote"),
    (
        "could not find expected ':'",
        "this is not a `key: value` line",
        "write `key: value`, or quote text of many lines",
    ),
    ("did not find expected key", *_INDENTATION),
    ("did not find expected '-'", "a list item and a key stand on the same level", "indent one of them"),
    ("block sequence entries are not allowed", "a list begins on the line of its key", "put `- …` on the next line"),
    ("block mapping", *_INDENTATION),
    ("found another document", "more than one YAML document", "keep one document: remove the second `---`"),
    (
        "<document start>",
        "text after the end of the YAML document",
        "remove the line `...` and what should not be there",
    ),
    ("escape", "an unknown escape in double quotes", "write \\\\ for a backslash, or use single quotes"),
    ("hexdecimal", "an unknown escape in double quotes", "write \\\\ for a backslash, or use single quotes"),
    ("tab character", *_TAB),
    ("expected node content", "a value is missing here", "write the value, or put text such as this in quotes"),
)
# What the parser was at when it met a fault, or what it says of it: these are refused whether they parse or not.
_INDICATORS: tuple[tuple[str, str, str, str], ...] = (
    ("alias", "alias-not-allowed", "a value that begins with * is a YAML alias, which is not allowed", "*"),
    ("anchor", "alias-not-allowed", "a value that begins with & is a YAML anchor, which is not allowed", "&"),
    ("tag", "tag-not-allowed", "a value that begins with ! is a YAML tag, which is not allowed", "!"),
)


_NOTICED_LATE = ("end of stream", "document indicator", "could not find expected ':'")
_BEGUN = ("scanning an alias", "scanning an anchor", "scanning a tag", "parsing a tag")


def _syntax_problem(text: str, error: yaml.YAMLError) -> Problem:
    if isinstance(error, yaml.reader.ReaderError):
        start = len(text.encode()[: error.position].decode(errors="ignore"))
        character = text[start : start + 1]
        return Problem(
            code="yaml-syntax",
            span=Span(start, start + 1),
            message=f"the control character U+{ord(character or chr(0)):04X} is not allowed",
            hint="remove it",
        )
    mark, problem = getattr(error, "problem_mark", None), str(getattr(error, "problem", "") or "cannot be read")
    start = mark.index if mark else 0
    placeholder = _placeholder_near(text, start)
    if placeholder is not None:
        return _placeholder(placeholder)
    told = f"{getattr(error, 'context', '')} {problem}"
    if "directive" in told or ("<document start>" in problem and _DIRECTIVE.search(text, 0, start)):
        return _directive(text, start)
    start = _fault(text, error, start, problem)
    end = min(start + 1, len(text))
    for needle, code, message, sign in _INDICATORS:
        if needle in told:
            return Problem(code=code, span=Span(start, end), message=message, hint=f'put it in quotes: "{sign}…"')
    message, hint = _wording(text, start, problem)
    return Problem(code="yaml-syntax", span=Span(start, end), message=message, hint=hint)


def _fault(text: str, error: yaml.YAMLError, start: int, problem: str) -> int:
    """Tell where a fault is to be shown: where the text begins that went wrong, if it was noticed only behind it."""
    context, context_mark = str(getattr(error, "context", "")), getattr(error, "context_mark", None)
    at_end = not text[start:].strip()
    is_late = any(needle in problem for needle in _NOTICED_LATE) or any(needle in context for needle in _BEGUN)
    if context_mark and (is_late or (at_end and "expected ','" in problem)):
        return int(context_mark.index)
    return max(len(text.rstrip()) - 1, 0) if at_end else start


def _wording(text: str, start: int, problem: str) -> tuple[str, str]:
    if "cannot start any token" in problem:
        character = text[start : start + 1]
        if character == "\t":
            return _TAB
        return f"a value cannot begin with {character}", f'put it in quotes: "{character}…"'
    if "expected key" in problem:
        if text[text.rfind("\n", 0, start) + 1 : start].strip():
            return "text follows a value that is complete", "put the whole value in quotes"
        if text[start : start + 1] == ":":
            return "a key is missing before the colon", "write the key: value"
    for needle, message, hint in _MESSAGES:
        if needle in problem:
            return message, hint
    return f"YAML cannot read this: {problem}", "put text with special characters in quotes"


def _placeholder_near(text: str, offset: int) -> re.Match[str] | None:
    """Find an unfilled placeholder on the line of a fault or on the one before, where the parser got lost."""
    line_start = text.rfind("\n", 0, offset) + 1
    from_offset = text.rfind("\n", 0, max(line_start - 1, 0)) + 1
    end = text.find("\n", offset)
    for match in _PLACEHOLDER.finditer(text, from_offset, end if end >= 0 else len(text)):
        if "#" not in text[text.rfind("\n", 0, match.start()) + 1 : match.start()]:  # not in a comment
            return match
    return None
