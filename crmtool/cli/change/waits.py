"""crmtool block, unblock and revisit: what a contact waits for, and until when."""

from __future__ import annotations

from datetime import date

import click

from crmtool.app.changing import draft
from crmtool.cli import prompting
from crmtool.cli.change.finish import finish
from crmtool.cli.change.options import (
    coming_day,
    coming_option,
    contact_argument,
    past_option,
    text_option,
    writing_options,
)
from crmtool.cli.change.picking import target
from crmtool.cli.dates import as_of
from crmtool.cli.session import Session, common_options, pass_session
from crmtool.cli.slips import WordyCommand
from crmtool.edit import intents
from crmtool.errors import RefusedError
from crmtool.rulebook import Kind
from crmtool.text import visible

_DAY = "(YYYY-MM-DD, or 6w, 3m)?"


@click.command(cls=WordyCommand, sentence="--by", short_help="Say what a contact waits for.")
@contact_argument
@text_option("--by", about="What it waits for.")
@coming_option("--until", "Until when, the day included")
@past_option("--since", about="Since when")
@writing_options
@common_options
@pass_session
def block(
    session: Session,
    /,
    contact: str | None,
    by: str | None,
    until: str | None,
    since: str | None,
    dry_run: bool,
    commit: bool,
) -> None:
    """Say what a contact waits for, so that it asks for no attention until then, unless a decision is due.

    A contact that waits already goes on waiting since and until when it did, unless for something else.

    \b
    Example:
      crmtool block nordlicht --by "Budget round of the group" --until 2026-12-15
      crmtool block nordlicht --until 2027-01-15    waits for the same, for longer
    """
    start, end = as_of(session, since, "--since"), coming_day(session, until, "--until")
    subject = target(session, contact)
    subject.refuse_decided("it waits for nothing")
    before = subject.contact.blocked
    if by is None and before and end:
        by = before.by
    elif by is None:
        by = prompting.text("What does it wait for?", "--by", default=before.by if before else None)
        end = end or prompting.optional_coming_day(session, f"Until when {_DAY}", "--until")
    if before and by == before.by:
        end = end or before.until
        start = before.since if since is None else start
    made = draft(subject, intents.block(by, start, end))
    finish(session, made, f"waits for: {by}{f' (until {end})' if end else ''}", dry_run=dry_run, wants_commit=commit)


@click.command(cls=WordyCommand, short_help="Say that a contact waits no longer.")
@contact_argument
@writing_options
@common_options
@pass_session
def unblock(session: Session, /, contact: str | None, dry_run: bool, commit: bool) -> None:
    """Say that a contact waits no longer.

    \b
    Example:
      crmtool unblock nordlicht
    """
    subject = target(session, contact, fits=lambda found: found.contact.blocked is not None)
    if "blocked" not in subject.contact.fields:
        raise RefusedError(f"refused: {visible(subject.contact.id)} has nothing that it waits for")
    finish(session, draft(subject, intents.drop("blocked")), "waits no longer", dry_run=dry_run, wants_commit=commit)


@click.command(cls=WordyCommand, short_help="Put a contact on hold off to another day.")
@contact_argument
@click.argument("day", metavar="[DATE]", required=False)
@writing_options
@common_options
@pass_session
def revisit(session: Session, /, contact: str | None, day: str | None, dry_run: bool, commit: bool) -> None:
    """Put a contact that is on hold off to another day: it stays where it is and asks for no attention until then.

    \b
    Example:
      crmtool revisit nordlicht 2027-03-01
      crmtool revisit nordlicht 6w      six weeks from now
    """
    again = coming_day(session, day, "DATE")
    subject = target(session, contact, fits=lambda found: found.status.kind is Kind.HOLD)
    if subject.status.kind is not Kind.HOLD:
        message = f"refused: {visible(subject.contact.id)} is in '{subject.status.id}', which is not on hold"
        raise RefusedError(message, ("what it waits for is told by: crmtool block",))
    again = again or _asked(session)
    made = draft(subject, intents.revisit(again))
    finish(session, made, f"looked at again on {again}", dry_run=dry_run, wants_commit=commit)


def _asked(session: Session) -> date:
    return prompting.coming_day(session, f"When is it looked at again {_DAY}", "DATE")
