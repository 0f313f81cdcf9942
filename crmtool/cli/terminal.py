"""Drawing for a person at a terminal; what comes from a file is never obeyed by it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass

import click
from rich.console import Console, OverflowMethod, RenderableType
from rich.table import Table
from rich.text import Text

from crmtool.cli.session import Session
from crmtool.report.marks import Mark
from crmtool.text import visible

_UNLIMITED = 10_000
_NARROW = 90
_GAP = 2
_NO_BREAK_SPACE = "\u00a0"
_NARROWEST = 12
_STYLES = {
    "stop": "bold red",
    "decide": "bold magenta",
    "plan": "yellow",
    "clarify": "blue",
    "wait": "dim",
    "won": "green",
    "ended": "dim",
}


def draw(session: Session, *drawings: RenderableType) -> None:
    """Draw on standard output, as wide as the terminal (without limit where there is none), no blanks at line ends."""
    console = Console(
        width=_width(),
        force_terminal=session.in_colour,
        color_system="standard" if session.in_colour else None,
        highlight=False,
        markup=False,
        emoji=False,
    )
    with console.capture() as capture:
        console.print(*drawings, sep="\n")
    for line in capture.get().splitlines():
        click.echo(line.rstrip(), color=session.in_colour)


def cell(text: object, style: str = "") -> Text:
    """Make a cell of plain text, control characters shown as escapes."""
    return Text(visible(str(text)).replace(_NO_BREAK_SPACE, " "), style=style)


def sign(mark: Mark) -> Text:
    """Make a cell of a mark: its shape and its word."""
    return Text(f"{mark.sign} {visible(mark.word)}", style=_STYLES.get(mark.name, ""))


@dataclass(frozen=True, slots=True)
class Column:
    """How wide a column is: as much as it needs (0), or a share of what is left; `breaks` into lines or is cut off."""

    share: int = 0
    breaks: bool = False


def grid(columns: Sequence[Column], rows: Sequence[Sequence[Text]]) -> Table:
    """Make a table without lines that fits the terminal."""
    table = Table(box=None, padding=(0, _GAP, 0, 0), pad_edge=False, show_header=False)
    for column, width in zip(columns, _widths(columns, rows), strict=True):
        overflow: OverflowMethod = "fold" if column.breaks else "ellipsis"
        table.add_column(width=width, no_wrap=not column.breaks, overflow=overflow)
    for row in rows:
        table.add_row(*row)
    return table


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


def is_narrow() -> bool:
    """Whether a table of several columns would be cut to pieces: its rows are better stacked."""
    return _width() < _NARROW


def _width() -> int:
    # Where nobody looks, nothing is cut off or broken: what is piped is searched and compared by line.
    if sys.stdout.isatty() or os.environ.get("COLUMNS"):
        return shutil.get_terminal_size().columns
    return _UNLIMITED
