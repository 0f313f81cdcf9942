"""Why YAML cannot be read, in words: PyYAML's faults and our own, each with its place and what to type instead."""

from __future__ import annotations

import re
from typing import Any

import yaml

from crmtool.records import dataclass
from crmtool.text import Span, one_line

MAX_DEPTH = 32
TOO_DEEP = "too-deep"
_PLACEHOLDER = re.compile(r"(?<![\"'\w])\{\{[^{}\n]*\}\}")
_DIRECTIVE = re.compile(r"^%", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why a file, or a part of it, cannot be read: a finding's code and text, with the place as offsets."""

    code: str
    span: Span
    message: str
    hint: str


def span_of(node: yaml.Node) -> Span:
    """Give the span of a node in the text that it was composed of."""
    return Span(node.start_mark.index, node.end_mark.index)


def indicator(text: str, event: Any) -> Problem | None:
    """Tell what a parser's event has that is not allowed: an anchor, an alias, a tag, a directive; else None."""
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


INNER_BOM = Problem(
    code="yaml-syntax",
    span=Span(0, 1),
    message="an invisible byte order mark (U+FEFF) stands before the first key",
    hint="remove it: delete the line and write it anew",
)


def too_deep(node: yaml.Node) -> Problem:
    """Tell of a list or mapping on a level too many."""
    return Problem(
        code=TOO_DEEP,
        span=Span(node.start_mark.index, node.start_mark.index + 1),
        message=f"values are nested deeper than {MAX_DEPTH} levels",
        hint="write flatter values; nothing that crmtool reads needs more than six levels",
    )


def duplicate_key(key: str, node: yaml.Node) -> Problem:
    """Tell of a key that stands a second time."""
    return Problem(
        code="duplicate-key",
        span=span_of(node),
        message=f"the key '{one_line(key)}' stands twice",
        hint="keep one of the two; several answers to one criterion are a list: [{met: …}, {not_met: …}]",
    )


def bad_key(text: str, node: yaml.Node) -> Problem:
    """Tell of a key that is not text."""
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
    return Problem(code="yaml-syntax", span=span_of(node), message=what, hint=hint)


def _placeholder(match: re.Match[str]) -> Problem:
    return Problem(
        code="yaml-syntax",
        span=Span(match.start(), match.end()),
        message=f"the template placeholder {match[0]} was not filled in",
        hint="write the value in its place, for example 2026-11-23 for a date",
    )


_TAB = ("a tab is used as indentation", "replace the tab with spaces")
_INDENTATION = ("the indentation does not fit the lines above", "align the keys of one mapping, with spaces")
_UNEXPECTED_KEY = (
    "a key stands where the value above it goes on",
    "align the keys of one mapping, with spaces, and write each with a colon; or quote the value, if this is its text",
)
_KEY = re.compile(r"\s*(?:- +)*(?:[\w-]+|'[^']+'|\"[^\"]+\")\s*")
"""A key alone; several words before a colon are rather the next line of a sentence."""
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


def syntax_problem(text: str, parsed: str, error: yaml.YAMLError) -> Problem:
    """Tell of a fault that the parser met, in words that say what to type; `parsed` is the text as it was given it."""
    if isinstance(error, yaml.reader.ReaderError):
        start = len(parsed.encode()[: error.position].decode(errors="ignore"))
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
    if "mapping values" in problem and _KEY.fullmatch(text, text.rfind("\n", 0, start) + 1, start):
        return _UNEXPECTED_KEY
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
