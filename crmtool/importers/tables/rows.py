"""The rows of a text table, each with its line; what is broken costs its own line and no other."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence

from crmtool.records import dataclass
from crmtool.text import LINE_BREAK

_WASTE = 200_000
"""So many lines may be read in vain, in search of a quotation mark's partner, until no row may have several lines."""
_SEPARATOR = re.compile(r"\s*[\"']?sep=([^\w\s\"']|\t|\\t)[\"']?\s*", re.IGNORECASE)
UNCLOSED = "a quotation mark is never closed"
_TOO_LONG = "a cell is too long for a table: more than {limit:,} characters"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a table: `line` is where it begins, from 1; `fault` says why it cannot be read, then it has no cells."""

    line: int
    cells: tuple[str, ...] = ()
    fault: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether it says nothing: an empty line, or delimiters alone."""
        return not self.fault and not any(cell.strip() for cell in self.cells)


def physical_lines(text: str) -> list[str]:
    """Split a text where editors do; each line gets the same end."""
    lines = LINE_BREAK.split(text.replace("\0", ""))
    if lines[-1] == "":
        lines.pop()
    return [f"{line}\n" for line in lines]


def declared_delimiter(lines: Sequence[str]) -> tuple[int, str]:
    """Find the line by which Excel tells its delimiter: where the table begins after it, from 0, and the delimiter."""
    first = next((i for i, line in enumerate(lines) if line.strip()), 0)
    match = _SEPARATOR.fullmatch(lines[first]) if lines else None
    return (first + 1, match[1].replace("\\t", "\t")) if match else (0, "")


def rows(lines: Sequence[str], delimiter: str, start: int = 0, *, exact: bool = False) -> Iterator[Row]:
    """Go through the rows from a line on, which counts from 0; blank ones are among them.

    Blanks between a delimiter and a quotation mark are passed over, unless the table is `exact`.
    """
    at, left = start, _WASTE
    while at < len(lines):
        most = len(lines) if left > 0 else at + 1
        reader = csv.reader(_between(lines, at, most), delimiter=delimiter, strict=True, skipinitialspace=not exact)
        begin, done = at, 0
        try:
            for cells in reader:
                yield Row(line=begin + 1, cells=tuple(cells))
                begin, done = at + reader.line_num, reader.line_num
            at = most
        except csv.Error as error:
            left -= reader.line_num - done
            broken = _broken(lines, begin, delimiter, str(error))
            yield broken[0]
            at = broken[1]


def _between(lines: Sequence[str], start: int, end: int) -> Iterator[str]:
    return (lines[i] for i in range(start, end))


def _broken(lines: Sequence[str], at: int, delimiter: str, error: str) -> tuple[Row, int]:
    """Read a line by itself at which reading strictly failed; also tells where to go on."""
    if "field limit" in error:
        return Row(line=at + 1, fault=_TOO_LONG.format(limit=csv.field_size_limit())), _end_of_quotes(lines, at)
    cells = _lenient(lines[at].rstrip("\n"), delimiter)
    return Row(line=at + 1, cells=cells, fault="" if cells else UNCLOSED), at + 1


def _lenient(line: str, delimiter: str) -> tuple[str, ...]:
    """Read a line whose cells hold quotation marks that should be doubled; nothing where one is never closed."""
    sign = re.escape(delimiter)
    cell = re.compile(rf' *"(.*?)" *(?={sign}|$)|( *(?:[^"{sign} ][^{sign}]*)?)(?={sign}|$)')
    cells: list[str] = []
    at = 0
    while at <= len(line):
        match = cell.match(line, at)
        if match is None:
            return ()
        cells.append(match[1].replace('""', '"') if match[1] is not None else match[2])
        at = match.end() + 1
    return tuple(cells)


def _end_of_quotes(lines: Sequence[str], at: int) -> int:
    """Find the line after a row with a cell that is too long: there the quotation marks are closed."""
    marks = 0
    for i in range(at, len(lines)):
        marks += lines[i].count('"')
        if marks % 2 == 0:
            return i + 1
    return at + 1
