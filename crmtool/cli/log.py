"""crmtool log: the decisions taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import click

from crmtool.app.filtering import Wanted, wanted_of
from crmtool.app.look import View
from crmtool.app.meaning import known_ids, status_labels
from crmtool.cli import completing
from crmtool.cli.dates import read_past
from crmtool.cli.filters import owner_option, tag_option, tell_nobodys
from crmtool.cli.judged import judged, judged_one, show_json, view_of, view_options
from crmtool.cli.session import Session, common_options, format_option, pass_session
from crmtool.cli.slips import WordyCommand
from crmtool.cli.terminal import Column, cell, draw, grid, is_narrow, sign, stacked
from crmtool.formats import as_csv, log_json
from crmtool.progress.log import Logged
from crmtool.progress.log import log as log_of
from crmtool.report.decision_log import tell_outcomes
from crmtool.report.edition import Edition
from crmtool.report.marks import ENTRY_MARK, Mark, outcome_mark
from crmtool.report.sentences import bare

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

_COLUMNS = (Column(), Column(), Column(share=3, breaks=True), Column(), Column(share=4, breaks=True))
_WIDE = 140


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """Which decisions are asked for: of one contact or of all that are wanted, between two days, both included."""

    view: View
    title: str | None
    since: date | None
    until: date
    to: tuple[str, ...]
    wanted: Wanted

    def covers(self, found: Logged) -> bool:
        """Whether a decision is one of them."""
        return (
            (self.since is None or self.since <= found.day)
            and found.day <= self.until
            and (not self.to or found.decision.to in self.to)
        )

    @property
    def span(self) -> str:
        """The days, and the commit where it is not the files on the disk, told."""
        days = f"from {self.since} to {self.until}" if self.since else f"up to {self.until}"
        return days + self.view.within


@click.command(cls=WordyCommand, short_help="See the decisions taken, and why.")
@click.argument("contact", required=False, shell_complete=completing.contacts)
@click.option("--since", metavar="DATE", help="Only decisions of that day or later.")
@click.option("--until", metavar="DATE", help="Only decisions of that day or earlier.")
@click.option(
    "--to", multiple=True, metavar="STATUS", shell_complete=completing.statuses, help="Only decisions for this status."
)
@owner_option
@tag_option
@view_options
@format_option("text", "json", "csv")
@common_options
@pass_session
def log(
    session: Session,
    contact: str | None,
    since: str | None,
    until: str | None,
    to: tuple[str, ...],
    owners: tuple[str, ...],
    tags: tuple[str, ...],
    at: str | None,
    rev: str | None,
    form: str,
) -> None:
    """See the decisions taken, the latest first: what was decided, about whom, and why.

    A no stands there like a yes. How a contact came in is told, too, but nothing was decided by it. DATE is
    YYYY-MM-DD, today, yesterday, or how long ago, such as 14d, 6w, 3m or 1y.

    \b
    Example:
      crmtool log --since 30d
      crmtool log nordlicht             one contact's decisions
      crmtool log --to stopped --since 1y
    """
    view = view_of(session, at, rev)
    day = view.day
    if contact is None:
        edition, title = judged(session, view), None
    else:
        edition, assessment = judged_one(session, contact, view)
        title = assessment.contact.title
    to = known_ids("status", to, status_labels(edition.rulebook))
    first = None if since is None else read_past("--since", since, day)
    last = day if until is None else min(day, read_past("--until", until, day, may_come=True))
    if first is not None and first > last:
        raise click.UsageError(f"--since {first} lies after {last}: no day lies between them")
    asked = _Asked(view=view, title=title, since=first, until=last, to=to, wanted=Wanted(owners=owners, tags=tags))
    tell_nobodys(edition, asked.wanted)
    contacts = (assessment.contact for assessment in wanted_of(edition, asked.wanted))
    found = [logged for logged in log_of(contacts, edition.rulebook, day) if asked.covers(logged)]
    if form == "json":
        show_json(view, log_json.log(found, day, first, last))
    elif form == "csv":
        click.echo(as_csv.render(log_json.KEYS, log_json.rows(found)), nl=False)
    else:
        draw(session, cell(_head(edition, asked, found), "bold"), *([_table(edition, asked, found)] if found else []))


def _head(edition: Edition, asked: _Asked, found: Sequence[Logged]) -> str:
    language = edition.language
    outcomes = [logged.outcome for logged in found if logged.outcome is not None]
    entries = len(found) - len(outcomes)
    lead = f"{asked.title}: " if asked.title else ""
    if not found and (asked.to or asked.wanted != Wanted()):
        return f"{lead}No decision {asked.span} is like that."
    if not found:
        return f"{lead}No decision {asked.span}: nobody came in, and every status is what it was."
    count = f"{len(outcomes) or 'No'} decision{'s' if len(outcomes) > 1 else ''}"
    told = f": {tell_outcomes(language, outcomes)}" if outcomes else ""
    entered = f"; {language.count('contacts', entries)} entered" if entries else ""
    return f"{lead}{count} {asked.span}{told}{entered}"


def _table(edition: Edition, asked: _Asked, found: Sequence[Logged]) -> Table:
    with_contact = asked.title is None
    if is_narrow(_WIDE if with_contact else _WIDE - 40):
        return stacked([_stacked_row(edition, logged, with_contact=with_contact) for logged in found])
    rows = [_row(edition, logged) for logged in found]
    if with_contact:
        return grid(_COLUMNS, rows)
    return grid((*_COLUMNS[:2], *_COLUMNS[3:]), [(*row[:2], *row[3:]) for row in rows])


def _row(edition: Edition, logged: Logged) -> tuple[Text, ...]:
    return (
        cell(logged.day),
        sign(_mark(edition, logged)),
        cell(logged.contact.title),
        cell(_move(edition, logged)),
        cell(_because(edition, logged)),
    )


def _stacked_row(edition: Edition, logged: Logged, *, with_contact: bool) -> tuple[Text, ...]:
    return (
        sign(_mark(edition, logged)),
        cell(f"{logged.day}  {_move(edition, logged)}"),
        cell(logged.contact.title if with_contact else ""),
        cell(_because(edition, logged)),
    )


def _mark(edition: Edition, logged: Logged) -> Mark:
    return outcome_mark(logged.outcome, edition.language) if logged.outcome else ENTRY_MARK


def _move(edition: Edition, logged: Logged) -> str:
    target = edition.status(logged.decision.to)
    return f"{edition.status(logged.source)} → {target}" if logged.source else target


def _because(edition: Edition, logged: Logged) -> str:
    decision = logged.decision
    reason = f"{edition.reason(decision.to, decision.reason)}: " if decision.reason else ""
    return reason + bare(decision.because)
