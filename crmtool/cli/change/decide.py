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
    coming_day,
    coming_option,
    contact_argument,
    date_option,
    past_day,
    refuse_empty,
    target,
    writing_options,
)
from crmtool.cli.session import Session, common_options, pass_session
from crmtool.cli.waiting import waiting
from crmtool.errors import RefusedError
from crmtool.rulebook import Transition
from crmtool.rules.hints import ways
from crmtool.text import visible

_REVISIT = "revisit"


@click.command(short_help="Take a decision.")
@contact_argument
@click.argument("to", metavar="[TRANSITION|STATUS]", required=False, shell_complete=completing.transitions)
@click.option("--because", metavar="TEXT", help="Why, in a sentence.")
@click.option("--reason", metavar="ID", shell_complete=completing.reasons, help="One of the status's reasons.")
@click.option("--by", metavar="NAME", help="Who decided.")
@click.option("--confirmed-by", metavar="NAME", help="Who else stands for it, where four eyes are asked for.")
@click.option("--chance", type=click.FloatRange(0, 1), help="How likely a win is in your eyes, from 0 to 1.")
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
    way = way_to(subject, to) if to is not None else asked_way(session, subject)
    _finish(session, subject, way, said, dry_run=dry_run, wants_commit=commit)


@click.command(short_help="End a contact on purpose.")
@contact_argument
@click.argument("reason", required=False, shell_complete=completing.ending_reasons)
@click.argument("because", required=False)
@click.option("--reason", "reason_option", metavar="ID", hidden=True, shell_complete=completing.ending_reasons)
@click.option("--because", "because_option", metavar="TEXT", hidden=True)
@click.option("--to", metavar="STATUS", help="The ended status, where there are several.")
@click.option("--by", metavar="NAME", help="Who decided.")
@click.option("--confirmed-by", metavar="NAME", help="Who else stands for it, where four eyes are asked for.")
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
    for name in ("reason", "because"):  # also understood as `decide` has them
        options[name] = options[name] or options[f"{name}_option"]
    said = _said(session, options)
    subject = target(session, contact)
    ending = ending_ways(subject)
    if not ending:
        raise RefusedError(f"refused: no way ends a contact that is in '{subject.status.id}'")
    if to is not None:
        way = named(subject.rulebook, ending, to)
        if way is None:
            raise RefusedError(f"refused: {visible(to)!r} ends nothing from here", (f"it ends by: {ways(ending)}",))
    elif len(ending) == 1:
        way = ending[0]
    else:
        choices = [way_choice(subject, each) for each in ending]
        wanted = prompting.choose(session, "How does it end?", choices, "--to", default=ending[0].id)
        way = next(each for each in ending if each.id == wanted)
    _finish(session, subject, way, said, dry_run=dry_run, wants_commit=commit)


def _said(session: Session, options: Mapping[str, Any]) -> Said:
    texts = {name: options.get(name) for name in ("because", "reason", "by", "confirmed_by")}
    refuse_empty(**texts)
    return Said(
        day=past_day(session, options["on"]),
        chance=options.get("chance"),
        revisit=coming_day(session, options.get(_REVISIT), "--revisit"),
        **texts,
    )


def _finish(
    session: Session, subject: Target, way: Transition, said: Said, *, dry_run: bool, wants_commit: bool
) -> None:
    made, given = draft_decision(session, subject, way, said)
    source, status = subject.status, subject.rulebook.statuses[way.target]
    if status.limit is not None:
        with waiting(session, "counting"):
            others = load(subject.root)
        tell_limit(session, made, others)
    reason = f" ({status.reasons.get(given.reason, given.reason)})" if given.reason else ""
    line = f"{source.label} → {status.label} on {given.day}{reason}: {given.because}"
    finish(session, made, line, dry_run=dry_run, wants_commit=wants_commit)
