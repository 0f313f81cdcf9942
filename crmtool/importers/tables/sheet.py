"""A text → its table: where the header stands and what parts the cells, found by the names of columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from crmtool.importers.tables import footers
from crmtool.importers.tables.headers import MOST_COLUMNS, MOST_MISTYPED, meaning, plain, typo
from crmtool.importers.tables.leftovers import without_leftovers
from crmtool.importers.tables.rows import Row, declared_delimiter, physical_lines, rows
from crmtool.records import dataclass

DELIMITERS = (",", ";", "\t", "|")
_LOOKED_AT, _LONGEST_HEADER = 60, 10_000
_TOO_WIDE = "it has {count:,} cells; up to {most:,} are read"
_IN_NAMES = frozenset(" -_./()\"'")
"""Signs within or around the names of columns, which do not part them."""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A table: its header's cells, the rows below it that say something, and the delimiter between the cells.

    `line` is that of the header, 0 where no header was found; then `header` is empty and `rows` are all rows.
    `footer` is how many lines below the table are none of its rows.
    """

    delimiter: str
    header: tuple[str, ...] = ()
    line: int = 0
    rows: tuple[Row, ...] = ()
    footer: int = 0


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the header may stand: `score` counts the well-known names there, `said` the cells that say something."""

    score: float
    said: int
    line: int
    delimiter: str


def read_sheet(text: str, is_known: Callable[[str], bool] = lambda _: False, *, exact: bool = False) -> Sheet:
    """Find the table in a text; `is_known` tells of a header that it has a meaning for this file in particular.

    `exact` is for tables in which blanks before a quotation mark count.
    """
    lines = physical_lines(text)
    start, declared = declared_delimiter(lines)
    place = _header(lines, start, (declared,) if declared else DELIMITERS, is_known)
    if place is None:
        delimiter = declared or _usual_delimiter(lines)
        return Sheet(delimiter=delimiter, rows=tuple(row for row in rows(lines, delimiter, start) if not row.is_blank))
    header, *below = rows(lines, place.delimiter, place.line - 1, exact=exact)
    kept, footer = footers.without_footer([_bounded(row) for row in below], len(header.cells))
    return Sheet(
        delimiter=place.delimiter,
        header=_named(header.cells),
        line=place.line,
        rows=tuple(row for row in _whole(kept, header) if not row.is_blank and not _repeats(row, header)),
        footer=footer,
    )


def _bounded(row: Row) -> Row:
    if len(row.cells) <= MOST_COLUMNS:
        return row
    return Row(line=row.line, fault=_TOO_WIDE.format(count=len(row.cells), most=MOST_COLUMNS))


def _whole(rows: Sequence[Row], header: Row) -> Iterator[Row]:
    emails = [place for place, name in enumerate(header.cells) if (found := meaning(name)) and found.field == "email"]
    return without_leftovers(rows, len(header.cells), emails)


def other_delimiter(text: str) -> str:
    """Find the sign that parts two well-known names in the first line, though it is not read; empty where none does."""
    first = next((line for line in physical_lines(text) if line.strip()), "")[:_LONGEST_HEADER]
    signs = (sign for sign in dict.fromkeys(first) if sign.isprintable() and not sign.isalnum())
    others = (sign for sign in signs if sign not in _IN_NAMES and sign not in DELIMITERS)
    return next((sign for sign in others if sum(map(_is_known, first.split(sign))) > 1), "")


def _is_known(name: str) -> bool:
    return bool(plain(name)) and meaning(name.strip('" \n')) is not None


def _header(
    lines: Sequence[str], start: int, delimiters: Iterable[str], is_known: Callable[[str], bool]
) -> _Place | None:
    """Find the row that has the most well-known names; of several, that of the most cells, and then the first.

    A row above it that has as many cells, and one such name, is the header after all: cells may say `Website` as well.
    """
    top = lines[: start + _LOOKED_AT * 4]
    places = [
        _Place(_score(row.cells, is_known), sum(not cell.isspace() for cell in filter(None, row.cells)), row.line, sign)
        for sign in delimiters
        for row in islice(rows(top, sign, start), _LOOKED_AT)
    ]
    best = max(places, key=lambda place: (place.score, place.said, -place.line), default=None)
    if best is None or best.score <= 0:
        return None
    above = (place for place in places if place.delimiter == best.delimiter and place.line < best.line)
    return next((place for place in above if place.score >= 1 and place.said >= best.said), best)


def _score(cells: Sequence[str], is_known: Callable[[str], bool]) -> float:
    names = {plain(cell): cell for cell in cells[:MOST_COLUMNS] if len(cell) < 100}
    return sum(_weight(cell, is_known, may_be_mistyped=i < MOST_MISTYPED) for i, cell in enumerate(names.values()))


def _weight(cell: str, is_known: Callable[[str], bool], *, may_be_mistyped: bool) -> float:
    if not plain(cell):
        return 0
    if is_known(cell) or meaning(cell):
        return 1
    return 0.4 if may_be_mistyped and typo(cell) else 0


def _usual_delimiter(lines: Sequence[str]) -> str:
    """Guess the delimiter of a table without names: the one that the most of its first lines have as often."""
    first = [line for line in lines[:_LOOKED_AT] if line.strip()]
    counts = {sign: [line.count(sign) for line in first] for sign in DELIMITERS}
    return max(DELIMITERS, key=lambda sign: sum(n == max(counts[sign], default=0) > 0 for n in counts[sign]))


def _named(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(" ".join(cell.replace("\ufeff", "").split()) for cell in cells)


def _repeats(row: Row, header: Row) -> bool:
    same = (plain(cell) == plain(name) for cell, name in zip(row.cells, header.cells, strict=False))
    return len(row.cells) == len(header.cells) and all(same)
