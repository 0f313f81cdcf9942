"""What a person sees who waits for more than a second: how far the work has come."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer
from typing import TYPE_CHECKING

from crmtool.cli.session import Session

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.live import Live

PATIENCE = 1.0
_WIDTH = 30


@contextmanager
def waiting(session: Session, doing: str) -> Iterator[None]:
    """Show how far the work has come, once it takes more than a second, and leave nothing of that behind.

    Only a person at a terminal sees it: it is drawn on standard error. `doing` tells what is done beside reading.
    """
    if not _is_watched():
        yield
        return
    from crmtool.app.counting import listening

    bar = _Bar(doing, colour=session.colour != "never")
    timer = Timer(PATIENCE, bar.appear)
    timer.daemon = True
    timer.start()
    try:
        with listening(bar.count):
            yield
    finally:
        try:
            timer.cancel()
            timer.join()
        finally:
            bar.vanish()


def _is_watched() -> bool:
    return sys.stderr.isatty() and os.environ.get("TERM") not in (None, "", "dumb")


class _Bar:
    """A bar of what has been read; it only moves to and fro where that cannot be told, or is over."""

    def __init__(self, doing: str, *, colour: bool) -> None:
        self._doing = doing
        self._colour = colour
        self._done = self._total = 0
        self._live: Live | None = None

    def count(self, done: int, total: int) -> None:
        """Take note of what has been read; called often, so it does no more."""
        self._done, self._total = done, total

    def appear(self) -> None:
        """Draw the bar, and go on drawing it beside the work."""
        from crmtool.parallel import settled

        with settled:
            from rich.console import Console
            from rich.live import Live

        # What is warned of meanwhile appears above the bar. Standard output is none of its business.
        console = Console(stderr=True, no_color=None if self._colour else True)
        live = Live(
            console=console, get_renderable=self._drawing, transient=True, redirect_stdout=False, refresh_per_second=8
        )
        live.start(refresh=True)
        self._live = live

    def vanish(self) -> None:
        """Take the bar away, if it was drawn."""
        if self._live is not None:
            self._live.stop()

    def _drawing(self) -> RenderableType:
        from rich.progress_bar import ProgressBar
        from rich.table import Table

        reads = self._done < self._total
        told = f"reading {self._done:,} of {self._total:,}" if reads else f"{self._doing} …"
        bar = ProgressBar(total=self._total if reads else None, completed=self._done, width=_WIDTH)
        line = Table.grid(padding=(0, 1, 0, 0))
        line.add_row(bar, told)
        return line
