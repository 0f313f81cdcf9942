"""crmtool next, block and unblock."""

from __future__ import annotations

import click

from crmtool.app.changing import Target, draft
from crmtool.app.offers import criteria_to_clarify
from crmtool.cli import completing, prompting
from crmtool.cli.change.finish import finish
from crmtool.cli.change.options import (
    coming_day,
    coming_option,
    contact_argument,
    past_day,
    refuse_empty,
    target,
    writing_options,
)
from crmtool.cli.prompting import Choice
from crmtool.cli.session import Session, common_options, pass_session
from crmtool.edit import intents
from crmtool.errors import CrmtoolError, RefusedError
from crmtool.shapes import did_you_mean
from crmtool.text import visible

_IN_A_WEEK = "7d"


@click.command("next", short_help="Set the next sensible step.")
@contact_argument
@click.option("--do", metavar="TEXT", help="What is to be done.")
@click.option(
    "--clarifies", metavar="CRITERION", shell_complete=completing.missing_criteria, help="What it is to clarify."
)
@coming_option("--due", "By when")
@click.option("--owner", metavar="NAME", help="Who does it.", shell_complete=completing.owners)
@click.option("--clear", is_flag=True, help="Remove the next step.")
@writing_options
@common_options
@pass_session
def next_step(
    session: Session,
    /,
    contact: str | None,
    do: str | None,
    clarifies: str | None,
    due: str | None,
    owner: str | None,
    clear: bool,
    dry_run: bool,
    commit: bool,
) -> None:
    """Set the next sensible step: one that clarifies something that is missing, and by when.

    It takes the place of the step that is there.

    \b
    Example:
      crmtool next nordlicht --do "Ask the CFO" --clarifies buyer --due 7d
      crmtool next nordlicht            proposes what to clarify first
    """
    refuse_empty(do=do, clarifies=clarifies, owner=owner)
    day = coming_day(session, due, "--due")
    subject = target(session, contact)
    if clear:
        _refuse_absent(subject, "next_step", "no next step")
        made = draft(subject, intents.drop("next_step"))
        finish(session, made, "next step removed", dry_run=dry_run, wants_commit=commit)
        return
    criterion = _criterion(session, subject, clarifies)
    question = subject.rulebook.criteria[criterion].question
    do = do or prompting.text("What is to be done?", "--do", default=question)
    day = day or prompting.coming_day(session, "By when (YYYY-MM-DD, or 7d, 2w)?", "--due", default=_IN_A_WEEK)
    made = draft(subject, intents.next_step(do, criterion, day, owner))
    finish(session, made, f"next: {do} (clarifies {criterion}, due {day})", dry_run=dry_run, wants_commit=commit)


@click.command(short_help="Say what a contact waits for.")
@contact_argument
@click.option("--by", metavar="TEXT", help="What it waits for.")
@coming_option("--until", "Until when, the day included")
@click.option("--since", metavar="DATE", help="Since when (default: today).")
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
    """Say what a contact waits for, so that it asks for no attention until then.

    \b
    Example:
      crmtool block nordlicht --by "Budget round of the group" --until 2026-12-15
    """
    refuse_empty(by=by)
    start, end = past_day(session, since, "--since"), coming_day(session, until, "--until")
    subject = target(session, contact)
    by = by or prompting.text("What does it wait for?", "--by")
    made = draft(subject, intents.block(by, start, end))
    finish(session, made, f"waits for: {by}{f' (until {end})' if end else ''}", dry_run=dry_run, wants_commit=commit)


@click.command(short_help="Say that a contact waits no longer.")
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
    subject = target(session, contact)
    _refuse_absent(subject, "blocked", "nothing that it waits for")
    finish(session, draft(subject, intents.drop("blocked")), "waits no longer", dry_run=dry_run, wants_commit=commit)


def _criterion(session: Session, subject: Target, wanted: str | None) -> str:
    rulebook, missing = subject.rulebook, criteria_to_clarify(subject.contact, subject.rulebook, subject.today)
    if wanted is None:
        if not missing:
            raise RefusedError("refused: nothing is missing that a step could clarify", (_decide_instead(subject),))
        return prompting.choose(
            session,
            "What is to be clarified?",
            [Choice(id=criterion.id, label=criterion.label, about=criterion.question) for criterion in missing],
            "--clarifies",
            default=missing[0].id,
        )
    if wanted not in rulebook.criteria:
        hint = did_you_mean(wanted, rulebook.criteria)
        raise CrmtoolError(f"the rule book has no criterion {visible(wanted)!r}; {hint}")
    return wanted


def _decide_instead(subject: Target) -> str:
    return f"decide: crmtool decide {subject.contact.id}"


def _refuse_absent(subject: Target, key: str, what: str) -> None:
    if key not in subject.contact.fields:
        raise RefusedError(f"refused: {visible(subject.contact.id)} has {what}")
