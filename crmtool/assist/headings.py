"""The headings of a contact's notes, each with what stands below it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from markdown_it import MarkdownIt

from crmtool.document import Document
from crmtool.text import Lines, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading: `head` is its line, `span` goes on to the last line before the next one that is not below it."""

    level: int
    text: str
    head: Span
    span: Span


def headings(document: Document) -> tuple[Heading, ...]:
    """Give the headings of the notes in their order; none where it cannot be told where the notes begin."""
    if not document.yaml_span.end:
        return ()
    body, base = document.body, len(document.text) - len(document.body)
    lines, tokens = Lines(body), _blocks().parse(body)
    found = [
        (int(token.tag.removeprefix("h")), _lines(lines, *token.map), inline.content)
        for token, inline in pairwise(tokens)
        if token.type == "heading_open" and token.level == 0 and token.map
    ]
    result = []
    for index, (level, head, text) in enumerate(found):
        later = (found[other][1].start for other in range(index + 1, len(found)) if found[other][0] <= level)
        span = Span(head.start, next(later, len(body)))
        result.append(Heading(level=level, text=text, head=_written(body, base, head), span=_written(body, base, span)))
    return tuple(result)


def _lines(lines: Lines, first: int, after: int) -> Span:
    return Span(lines.offset(first + 1, 1), lines.offset(after + 1, 1))


def _written(body: str, base: int, span: Span) -> Span:
    """Leave out the empty lines at the end of a span of the notes, and tell where it stands in the file."""
    return Span(span.start + base, span.start + base + len(body[span.start : span.end].rstrip()))


@cache
def _blocks() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).disable("inline")
