"""crmtool decide and crmtool stop."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from crmtool.app import load
from crmtool.app.changing import Target
from crmtool.app.changing.ways import ending_ways, named, way_to
from crmtool.cli import completing, prompting
from crmtool.cli.change.deciding import Said, asked_way, draft_decision, way_choice
from crmtool.cli.change.finish import finish, tell_limit
from crmtool.cli.change.options import (
    chance_option,
    coming_day,
    coming_option,
    contact_argument,
    date_option,
    person_options,
    text_option,
    writing_options,
)
from crmtool.cli.change.picking import target
from crmtool.cli.dates import as_of
from crmtool.cli.session import Session, common_options, pass_session
from crmtool.cli.slips import WordyCommand
from crmtool.cli.text_type import SENTENCE
from crmtool.cli.waiting import waiting
from crmtool.errors import RefusedError
from crmtool.rulebook import Kind, Transition
from crmtool.rules.hints import ways
from crmtool.text import visible


@click.command(cls=WordyCommand, sentence="--because", short_help="Take a decision.")
@contact_argument
@click.argument("to", metavar="[TRANSITION|STATUS]", required=False, shell_complete=completing.transitions)
@text_option("--because", about="Why, in a sentence.")
@click.option("--reason", metavar="ID", shell_complete=completing.reasons, help="One of the status's reasons.")
@person_options
@chance_option
@coming_option("--revisit", "When a contact on hold is looked at again")
@date_option("The day of the decision")
@writing_options
@common_options
@pass_session
def decide(
    session: Session, /, contact: str | None, to: str | None, dry_run: bool, commit: bool, **options: Any
) -> None:
    """Take a decision: move a contact to another status, if the rules allow it, and write down why.

    What the rules refuse is refused with everything that is missing. What is left out is asked for at a terminal.

    \b
    Example:
      crmtool decide nordlicht mature --because "The CFO signs and has the budget"
      crmtool decide nordlicht parked --reason timing --revisit 3m --because "Next year"
      crmtool decide                    asks for what is missing
    """
    said = _said(session, options)
    subject = target(session, contact)
    way = way_to(subject, to) if to is not None else asked_way(session, subject, said.day)
    _finish(session, subject, way, said, dry_run=dry_run, wants_commit=commit)


@click.command(cls=WordyCommand, short_help="End a contact on purpose.")
@contact_argument
@click.argument("reason", required=False, shell_complete=completing.ending_reasons)
@click.argument("because", required=False, type=SENTENCE)
@click.option(
    "--reason",
    "reason_option",
    metavar="ID",
    shell_complete=completing.ending_reasons,
    help="The reason, as an option.",
)
@text_option("--because", "because_option", about="The sentence, as an option.")
@click.option(
    "--to", metavar="STATUS", help="The ended status, where there are several.", shell_complete=completing.statuses
)
@person_options
@date_option("The day of the decision")
@writing_options
@common_options
@pass_session
def stop(session: Session, /, contact: str | None, to: str | None, dry_run: bool, commit: bool, **options: Any) -> None:
    """End a contact on purpose: a contact, a reason, one sentence. A no is as good a result as a yes.

    What a stop rule that is due proposes is offered as the answer.

    \b
    Example:
      crmtool stop nordlicht no_need "They plan with their own tool"
      crmtool stop nordlicht            asks for the reason and the sentence
    """
    for name in ("reason", "because"):
        if options[name] is not None and options[f"{name}_option"] is not None:
            raise click.UsageError(f"{name.upper()} and --{name} say the same; leave one out")
        options[name] = options[name] or options[f"{name}_option"]
    subject = target(session, contact)
    way = _ending(session, subject, to)
    if options["because"] is None and not subject.rulebook.statuses[way.target].reasons:
        options["reason"], options["because"] = None, options["reason"]  # a status without reasons takes the sentence
    _finish(session, subject, way, _said(session, options), dry_run=dry_run, wants_commit=commit)


def _ending(session: Session, subject: Target, to: str | None) -> Transition:
    ending, here = ending_ways(subject), subject.status
    if not ending:
        already = "is ended already" if here.kind is Kind.ENDED else "cannot be ended from there"
        raise RefusedError(f"refused: {visible(subject.contact.id)} is in '{here.id}' and {already}")
    if to is not None:
        found = named(subject.rulebook, ending, to)
        if found is None:
            raise RefusedError(f"refused: {visible(to)!r} ends nothing from here", (f"it ends by: {ways(ending)}",))
        return found
    if len(ending) == 1:
        return ending[0]
    choices = [way_choice(subject, each) for each in ending]
    wanted = prompting.choose(session, "How does it end?", choices, "--to", default=ending[0].id)
    return next(each for each in ending if each.id == wanted)


def _said(session: Session, options: Mapping[str, Any]) -> Said:
    return Said(
        day=as_of(session, options["on"], "--date"),
        because=options["because"],
        reason=options["reason"],
        by=options["by"],
        confirmed_by=options["confirmed_by"],
        chance=options.get("chance"),
        revisit=coming_day(session, options.get("revisit"), "--revisit"),
    )


def _finish(
    session: Session, subject: Target, way: Transition, said: Said, *, dry_run: bool, wants_commit: bool
) -> None:
    made, given = draft_decision(session, subject, way, said)
    rulebook, status = subject.rulebook, subject.rulebook.statuses[way.target]
    if status.limit is not None:
        with waiting(session, "counting"):
            others = load(subject.root)
        tell_limit(session, made, others)
    reason = f" ({rulebook.reason_label(status.id, given.reason)})" if given.reason else ""
    line = f"{subject.status.label} → {status.label} on {given.day}{reason}: {given.because}"
    finish(session, made, line, dry_run=dry_run, wants_commit=wants_commit)
