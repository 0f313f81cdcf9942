"""Rows that are left over of another one, whose quotation mark is never closed: they are no records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from crmtool.importers.tables.cells import is_nothing
from crmtool.importers.tables.rows import UNCLOSED, Row

_LEFT_OVER = "it seems to belong to line {line}, where a quotation mark is never closed"


def usual_width(rows: Iterable[Row], width: int) -> int:
    """Give how many cells most rows have: a header of `width` may have more, or fewer."""
    counts = Counter(len(row.cells) for row in rows if not (row.fault or row.is_blank))
    return max(counts, key=lambda count: (counts[count], count == width), default=width)


def without_leftovers(rows: Sequence[Row], width: int, emails: Collection[int] = ()) -> Iterator[Row]:
    """Refuse what follows a row whose quotation mark is never closed, up to the next row that fits the table.

    A row fits that has as many cells as the header, which has `width`, or as most rows above the first that is broken,
    no quotation mark without its partner, and nothing but addresses in the columns of e-mail addresses, which stand at
    the places `emails`.
    """
    fitting, begin = _fitting(rows, width), 0
    for row in rows:
        if row.fault:
            begin = row.line if row.fault == UNCLOSED else 0
        elif begin and not row.is_blank:
            if len(row.cells) not in fitting or _has_half_quotes(row) or _has_no_address(row, emails):
                yield replace(row, cells=(), fault=_LEFT_OVER.format(line=begin))
                continue
            begin = 0
        yield row


def _fitting(rows: Sequence[Row], width: int) -> frozenset[int]:
    above = [row for row in takewhile(lambda row: not row.fault, rows) if not row.is_blank]
    if above or any(len(row.cells) == width for row in rows):
        return frozenset((width, usual_width(above, width)))
    return frozenset((usual_width(rows, width),))


def _has_no_address(row: Row, emails: Collection[int]) -> bool:
    told = (row.cells[place].strip() for place in emails if place < len(row.cells))
    return any("@" not in cell for cell in told if not is_nothing(cell))


def _has_half_quotes(row: Row) -> bool:
    return any(cell.count('"') % 2 for cell in row.cells)
