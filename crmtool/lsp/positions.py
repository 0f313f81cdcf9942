"""Places in a text as an editor counts them: lines from 0, columns in the units of the encoding agreed upon."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from lsprotocol.types import Position, PositionEncodingKind, Range

from crmtool.document import BYTE_ORDER_MARK
from crmtool.text import LINE_BREAK, Span


def _utf8_units(character: str) -> int:
    code = ord(character)
    return 1 if code < 0x80 else 2 if code < 0x800 else 3 if code < 0x10000 else 4


def _utf16_units(character: str) -> int:
    return 1 if ord(character) < 0x10000 else 2


_UNITS = {PositionEncodingKind.Utf8.value: _utf8_units, PositionEncodingKind.Utf16.value: _utf16_units}


@dataclass(frozen=True)
class Places:
    """A text in an editor, with the encoding in whose units columns are counted.

    Offsets are those of `crmtool.document`, which leaves out a byte order mark.
    """

    text: str
    encoding: str

    def offset(self, position: Position) -> int:
        """Give the offset of a position; one behind a line's end counts as that end, as the protocol has it."""
        return max(0, self.raw_offset(position) - self._mark)

    def position(self, offset: int) -> Position:
        """Give the position of an offset."""
        raw = min(max(offset + self._mark, 0), len(self.text))
        line = bisect_right(self._starts, raw) - 1
        return Position(line=line, character=self._units(self.text[self._starts[line] : raw]))

    def range(self, span: Span) -> Range:
        """Give the range of a span."""
        return Range(start=self.position(span.start), end=self.position(span.end))

    def span(self, where: Range) -> Span:
        """Give the span of a range."""
        return Span(self.offset(where.start), self.offset(where.end))

    def raw_offset(self, position: Position) -> int:
        """Give the offset of a position in the text as the editor has it."""
        if position.line >= len(self._starts):
            return len(self.text)
        start = self._starts[position.line]
        match = LINE_BREAK.search(self.text, start)
        end = match.start() if match else len(self.text)
        return start + self._characters(self.text[start:end], position.character)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in LINE_BREAK.finditer(self.text))]

    @property
    def _mark(self) -> int:
        return int(self.text.startswith(BYTE_ORDER_MARK))

    def _units(self, text: str) -> int:
        units = _UNITS.get(self.encoding)
        return len(text) if units is None or text.isascii() else sum(map(units, text))

    def _characters(self, line: str, wanted: int) -> int:
        """Count the characters of a line that so many units hold; one that is only begun does not count."""
        units = _UNITS.get(self.encoding)
        if units is None or line.isascii():
            return min(wanted, len(line))
        taken = 0
        for index, character in enumerate(line):
            taken += units(character)
            if taken > wanted:
                return index
        return len(line)
