"""crmtool progress: what came closer to a decision, and what went further from one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from crmtool.app.filtering import Wanted, wanted_of
from crmtool.app.look import View
from crmtool.cli.dates import read_past
from crmtool.cli.filters import owner_option, status_option, tag_option, tell_nobodys
from crmtool.cli.judged import judged, nobody_yet, show_json, view_of, view_options
from crmtool.cli.session import Session, common_options, format_option, pass_session
from crmtool.cli.slips import WordyCommand
from crmtool.cli.terminal import Column, cell, draw, grid, is_narrow, sign, stacked
from crmtool.formats import as_csv, progress_json
from crmtool.progress.change import Direction
from crmtool.progress.since import Moved, moved_since
from crmtool.report.edition import Edition
from crmtool.report.marks import direction_mark

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

_ORDER = (Direction.CLOSER, Direction.FURTHER, Direction.ENDED, Direction.UNCHANGED)
_COLUMNS = (Column(), Column(share=3, breaks=True), Column(), Column(), Column(), Column(share=2, breaks=True))
_WIDE = 200


@click.command(cls=WordyCommand, short_help="See what came closer to a decision.")
@click.option("--since", default="7d", show_default=True, metavar="DATE", help="Compare with the end of that day.")
@status_option
@owner_option
@tag_option
@click.option("--all", "everyone", is_flag=True, help="Show those that stand where they stood, too.")
@view_options
@format_option("text", "json", "csv")
@common_options
@pass_session
def progress(
    session: Session,
    /,
    since: str,
    everyone: bool,
    at: str | None,
    rev: str | None,
    form: str,
    **filters: tuple[str, ...],
) -> None:
    """See what came closer to a decision, what went further, what was decided and what was clarified since a day.

    What was done in the meantime (calls, mails, meetings) makes no difference here. DATE is YYYY-MM-DD, today,
    yesterday, or how long ago, such as 14d, 6w, 3m or 1y.

    \b
    Example:
      crmtool progress                  over the last seven days
      crmtool progress --since 1m --all --owner mira
      crmtool progress --at 2026-09-30 --since 3m
    """
    view = view_of(session, at, rev)
    edition = judged(session, view)
    start = read_past("--since", since, edition.day)
    wanted = Wanted(statuses=filters["statuses"], owners=filters["owners"], tags=filters["tags"])
    tell_nobodys(edition, wanted)
    moved = moved_since(start, wanted_of(edition, wanted), edition.rulebook, edition.day)
    shown = [
        found
        for wanted in _ORDER
        for found in moved
        if found.direction is wanted and (everyone or wanted is not Direction.UNCHANGED)
    ]
    if form == "json":
        show_json(view, progress_json.progress(moved, shown, edition.day, start))
    elif form == "csv":
        click.echo(as_csv.render(progress_json.KEYS, progress_json.rows(shown)), nl=False)
    else:
        head = cell(nobody_yet(edition) or _head(view, edition, start, moved), "bold")
        draw(session, head, *([_table(edition, shown)] if shown else []))


def _head(view: View, edition: Edition, start: date, moved: Sequence[Moved]) -> str:
    counts = progress_json.totals(moved)
    span = f"Since {start}{view.within}" if edition.day == start else f"From {start} to {view.when}"
    ways = ", ".join(f"{counts[way.value]} {way.value}" for way in _ORDER if counts[way.value])
    clarified = edition.language.count("week.clarified", counts["clarified"])
    decided = f"{counts['decisions']} decision{'' if counts['decisions'] == 1 else 's'}"
    told = f"{span}: {ways or 'nobody was open'}; {decided}, {counts['clarified']} {clarified}"
    if len(moved) == counts[Direction.UNCHANGED.value]:
        return f"{told}. Every open contact stands where it stood."
    return told


def _table(edition: Edition, shown: Sequence[Moved]) -> Table:
    rows = [_row(edition, moved) for moved in shown]
    if not is_narrow(_WIDE):
        return grid(_COLUMNS, rows)
    comma = cell(", ")
    return stacked([(mark, title, comma.join(changes), clarified) for mark, title, *changes, clarified in rows])


def _row(edition: Edition, moved: Moved) -> tuple[Text, ...]:
    now, before, language = moved.now, moved.before, edition.language
    statuses = _change(before.status.label if before else None, now.status.label)
    clarity_before = language.percent(before.clarity) if before and before.clarity is not None else None
    clarity = language.percent(now.clarity) if now.clarity is not None else None
    labels = ", ".join(edition.criterion(id) for id in moved.clarified)
    return (
        sign(direction_mark(moved.direction, language)),
        cell(now.contact.title),
        cell(f"new: {statuses}" if moved.entered else statuses),
        cell(f"distance {_change(before.distance if before else None, now.distance)}"),
        cell(f"clarity {_change(clarity_before, clarity)}"),
        cell(f"clarified: {labels}" if labels else "", "dim"),
    )


def _change(before: object, now: object) -> str:
    old, new = ("–" if each is None else str(each) for each in (before, now))
    return new if old == new else f"{old} → {new}"
