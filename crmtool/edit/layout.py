"""Where things stand in a YAML text: ends of nodes, lines, indentation, the line break in use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

import yaml

from crmtool.text import LINE_BREAK, Lines, Span

_BLOCK_SCALAR = ("|", ">")
_KEEPS_BLANK_LINES = re.compile(r"[|>]\d?\+")


@dataclass(frozen=True)
class Layout:
    """A YAML text with what its parser says only roughly: a block's end is where the next thing begins."""

    text: str

    def span(self, node: yaml.Node) -> Span:
        """Give where a node stands, without the white space and comments behind it."""
        return Span(node.start_mark.index, self.end(node))

    def end(self, node: yaml.Node) -> int:
        """Give the offset behind the last character of a node."""
        if isinstance(node, yaml.ScalarNode):
            return self._block_scalar_end(node) if node.style in _BLOCK_SCALAR else int(node.end_mark.index)
        if is_flow(node) or not node.value:
            return int(node.end_mark.index)
        last = node.value[-1]
        return self.end(last[1] if isinstance(last, tuple) else last)

    def line_start(self, offset: int) -> int:
        """Give where the line of an offset begins."""
        return self._lines.start_of(offset)

    def next_line(self, offset: int) -> int:
        """Give where the line after that of an offset begins."""
        return self._lines.start_after(offset)

    def line_after(self, node: yaml.Node, comments_from: int | None = None) -> int:
        """Give where the first line begins that holds nothing of a node.

        Comments below it that begin at column `comments_from` or to the right of it belong to the node.
        """
        end = self.end(node)
        is_behind_break = end > node.start_mark.index and self.text[end - 1] in "\r\n"
        after = end if is_behind_break else self._lines.start_after(end)
        return after if comments_from is None else self._behind_comments(after, comments_from)

    def line_end(self, offset: int) -> int:
        """Give where the line of an offset ends, before its line break."""
        start, after = self._lines.start_of(offset), self._lines.start_after(offset)
        return start + len(self.text[start:after].rstrip("\r\n"))

    def before_on_line(self, offset: int) -> str:
        """Give what stands before an offset on its line."""
        return self.text[self.line_start(offset) : offset]

    def rest_of_line(self, offset: int) -> str:
        """Give what stands behind an offset on its line."""
        return self.text[offset : self.line_end(offset)]

    def line_starts(self, span: Span) -> list[int]:
        """List where the lines begin that begin within a span, its own first line left out."""
        starts = []
        start = self._lines.start_after(span.start)
        while start < span.end:
            starts.append(start)
            start = self._lines.start_after(start)
        return starts

    def newline(self, offset: int) -> str:
        """Give the line break that ends before an offset, or else the one in use."""
        found = LINE_BREAK.findall(self.text[max(offset - 2, 0) : offset]) or LINE_BREAK.findall(self.text)
        return found[-1] if found else "\n"

    def _behind_comments(self, after: int, column: int) -> int:
        behind = start = after
        while start < len(self.text):
            line = self.text[start : self.line_end(start)]
            told = line.lstrip(" ")
            if told.startswith("#") and len(line) - len(told) >= column:
                behind = self._lines.start_after(start)
            elif told.strip():
                break
            start = self._lines.start_after(start)
        return behind

    def _block_scalar_end(self, node: yaml.Node) -> int:
        # The parser counts the blank lines behind the text as part of it; to most indicators they mean nothing.
        start, end = node.start_mark.index, int(node.end_mark.index)
        while not _KEEPS_BLANK_LINES.match(self.text, start):
            last_line = self._lines.start_of(end - 1)
            if last_line <= start or self.text[last_line:end].strip(" \t\r\n"):
                break
            end = last_line
        return end

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.text)


def is_flow(node: yaml.Node) -> bool:
    """Whether a node is written within braces or brackets."""
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def column(node: yaml.Node) -> int:
    """Give a node's column, in characters from 0."""
    return int(node.start_mark.column)
