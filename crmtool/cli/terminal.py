"""Drawing for a person at a terminal; what comes from a file is never obeyed by it."""

from __future__ import annotations

import os
import shutil
import sys
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from crmtool.cli.session import Session
from crmtool.report.marks import Mark
from crmtool.text import visible

if TYPE_CHECKING:  # rich is loaded when something is drawn: not to complete a line, and not for JSON
    from rich.console import OverflowMethod, RenderableType
    from rich.table import Table
    from rich.text import Text

_UNLIMITED = 10_000
_GAP = 2
_NO_BREAK_SPACE = "\u00a0"
_STAND_IN = "\u2800"
"""Takes the place of a no-break space while lines are broken, for rich breaks there too: a blank that is none."""
_NARROWEST = 12
_STYLES = {
    "stop": "bold red",
    "decide": "bold magenta",
    "plan": "yellow",
    "clarify": "blue",
    "wait": "dim",
    "won": "green",
    "yes": "bold green",
    "no": "bold",
    "closer": "green",
    "further": "yellow",
    "entry": "dim",
    "unchanged": "dim",
    "ended": "dim",
}


def draw(session: Session, *drawings: RenderableType) -> None:
    """Draw on standard output, as wide as the terminal (without limit where there is none), no blanks at line ends."""
    for line in drawn(session, *drawings):
        click.echo(line, color=session.in_colour)


def drawn(session: Session, *drawings: RenderableType) -> list[str]:
    """Give the lines that would be drawn."""
    from rich.console import Console

    console = Console(
        width=_width(),
        force_terminal=session.in_colour,
        color_system="standard" if session.in_colour else None,
        no_color=not session.in_colour,
        highlight=False,
        markup=False,
        emoji=False,
    )
    with console.capture() as capture:
        console.print(*drawings, sep="\n")
    return [line.replace(_STAND_IN, " ").rstrip() for line in capture.get().splitlines()]


def most_that_fit(count: int, room: int, height: Callable[[int], int]) -> int:
    """Tell how many of so many rows fit, at least one; `height` gives the lines that a number of them needs."""
    if count <= room and height(count) <= room:
        return count
    return max(1, bisect_right(range(1, min(count, max(room, 1)) + 1), room, key=height))


def cell(text: object, style: str = "") -> Text:
    """Make a cell of plain text, control characters shown as escapes."""
    from rich.text import Text

    return Text(visible(str(text)).replace(_NO_BREAK_SPACE, _STAND_IN), style=style)


def beside(*parts: Text | str) -> Text:
    """Put texts beside each other."""
    from rich.text import Text

    return Text.assemble(*parts)


def sign(mark: Mark) -> Text:
    """Make a cell of a mark: its shape and its word."""
    from rich.text import Text

    return Text(f"{mark.sign} {visible(mark.word)}", style=_STYLES.get(mark.name, ""))


@dataclass(frozen=True, slots=True)
class Column:
    """How wide a column is: as much as it needs (0), or a share of what is left; `breaks` into lines or is cut off."""

    share: int = 0
    breaks: bool = False


def grid(columns: Sequence[Column], rows: Sequence[Sequence[Text]]) -> Table:
    """Make a table without lines that fits the terminal."""
    from rich.table import Table

    table = Table(box=None, padding=(0, _GAP, 0, 0), pad_edge=False, show_header=False)
    for column, width in zip(columns, _widths(columns, rows), strict=True):
        overflow: OverflowMethod = "fold" if column.breaks else "ellipsis"
        table.add_column(width=width, no_wrap=not column.breaks, overflow=overflow)
    for row in rows:
        table.add_row(*row)
    return table


def stacked(rows: Sequence[Sequence[Text]]) -> Table:
    """Put the cells of a row below each other, its mark beside them."""
    from rich.text import Text

    below = [(mark, Text("\n").join(cell for cell in cells if cell.plain)) for mark, *cells in rows]
    return grid((Column(), Column(share=1, breaks=True)), below)


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[Text]]) -> list[int]:
    needed = [max((row[i].cell_len for row in rows), default=0) for i in range(len(columns))]
    fixed = sum(need for need, column in zip(needed, columns, strict=True) if not column.share)
    left = _width() - _GAP * len(columns) - fixed
    shares = {i: column.share for i, column in enumerate(columns) if column.share}
    widths = list(needed)
    while shares:
        # Who needs less than a fair share gets what it needs; what is over goes to the others.
        fair = {i: left * share // sum(shares.values()) for i, share in shares.items()}
        content = [i for i in shares if needed[i] <= fair[i]]
        for i in content or list(shares):
            widths[i] = max(_NARROWEST, min(needed[i], fair[i]))
            left -= widths[i]
            del shares[i]
    return widths


def is_narrow(needed: int) -> bool:
    """Whether a table that needs so many columns would be cut to pieces: its rows are better stacked."""
    return _width() < needed


def height() -> int | None:
    """How many lines the terminal shows; None where there is none: what is piped is never cut.

    LINES alone makes no terminal: readline sets it for every program that it starts.
    """
    if not sys.stdout.isatty():
        return None
    told = shutil.get_terminal_size().lines  # LINES, where it is set; it may be older than the window
    try:
        return min(told, os.get_terminal_size(sys.stdout.fileno()).lines or told)
    except (OSError, ValueError):
        return told


def _width() -> int:
    # Where nobody looks, nothing is cut off or broken: what is piped is searched and compared by line.
    if sys.stdout.isatty() or os.environ.get("COLUMNS"):
        return shutil.get_terminal_size().columns
    return _UNLIMITED
