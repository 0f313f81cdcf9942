"""crmtool decide and crmtool stop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import click

from crmtool.app.changing import Draft, Target, draft
from crmtool.app.changing.ways import ending_ways, named, way_to
from crmtool.app.offers import possible_transitions
from crmtool.cli import completing, prompting
from crmtool.cli.change.finish import finish
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
from crmtool.cli.prompting import Choice
from crmtool.cli.session import Session, common_options, pass_session
from crmtool.conditions import Has, walk
from crmtool.edit import intents
from crmtool.errors import RefusedError
from crmtool.replay import missing_conditions
from crmtool.rulebook import Status, Transition
from crmtool.rules.hints import told, ways
from crmtool.situation import is_empty, present
from crmtool.stopping import StopDue, stops_due
from crmtool.text import visible

_REVISIT = "revisit"


@dataclass(frozen=True, kw_only=True)
class Said:
    """What was said of a decision on the command line."""

    day: date
    because: str | None
    reason: str | None
    by: str | None
    confirmed_by: str | None
    chance: float | None = None
    revisit: date | None = None


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
    way = way_to(subject, to) if to is not None else _asked_way(session, subject)
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
        choices = [_choice(subject, each) for each in ending]
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
    made, given = _drafted(session, subject, way, said)
    rulebook = subject.rulebook
    source, status = subject.status, rulebook.statuses[way.target]
    reason = f" ({status.reasons.get(given.reason, given.reason)})" if given.reason else ""
    line = f"{source.label} → {status.label} on {given.day}{reason}: {given.because}"
    finish(session, made, line, dry_run=dry_run, wants_commit=wants_commit)


def _drafted(session: Session, subject: Target, way: Transition, said: Said) -> tuple[Draft, intents.GivenDecision]:
    status = subject.rulebook.statuses[way.target]
    due = _proposal(subject, way)
    revisit = said.revisit if said.revisit is not None else _asked_revisit(session, subject, way)
    _refuse_early(subject, way, said, revisit)
    reason = _reason(session, status, said.reason, due)
    because = said.because or prompting.text("Why, in a sentence", "--because", default=due.because if due else None)
    by, confirmed = _persons(session, way, said)
    given = intents.GivenDecision(
        to=way.target,
        day=said.day,
        because=because,
        reason=reason,
        by=by,
        confirmed_by=confirmed,
        chance=said.chance,
        revisit=revisit,
    )
    return draft(subject, intents.decide(given), whole=status.limit is not None), given


def _refuse_early(subject: Target, way: Transition, said: Said, revisit: date | None) -> None:
    """Refuse before anything is asked what no answer to the questions could bring about."""
    given = intents.GivenDecision(
        to=way.target,
        day=said.day,
        because="…",
        reason="…",
        by=said.by or next(iter(way.by), "one"),
        confirmed_by=said.confirmed_by or "another",
        revisit=revisit,
    )
    try:
        draft(subject, intents.decide(given))
    except RefusedError as error:
        if _lacks(subject, way, said.day) or said.day < subject.contact.decisions[-1].day:
            raise RefusedError(str(error), error.advice) from None


def _lacks(subject: Target, way: Transition, day: date) -> bool:
    return not any(way.id == each.id for each in possible_transitions(subject.contact, subject.rulebook, day))


def _asked_way(session: Session, subject: Target) -> Transition:
    """Offer the transitions that can be taken now; those that cannot stand below with what they lack."""
    rulebook, contact = subject.rulebook, subject.contact
    possible = possible_transitions(contact, rulebook, subject.today)
    others = [way for way in rulebook.leaving(subject.status.id) if way not in possible]
    here = present(contact, rulebook, subject.today)
    if prompting.can_ask() and others and here is not None:
        prompting.say(session, "Not yet:", "dim")
        rows = [
            (
                "",
                way.id,
                _label(subject, way),
                f"lacks: {told(contact, missing_conditions(here.situation, way.requires))}",
            )
            for way in others
        ]
        prompting.show(session, rows)
    choices = [_choice(subject, way) for way in possible]
    question = f"{contact.title} is in '{subject.status.label}'. {subject.status.asks or 'What is decided?'}"
    wanted = prompting.choose(session, question, choices, "TRANSITION")
    return next(way for way in possible if way.id == wanted)


def _choice(subject: Target, way: Transition) -> Choice:
    return Choice(id=way.id, label=_label(subject, way), about=subject.rulebook.statuses[way.target].meaning)


def _label(subject: Target, way: Transition) -> str:
    status = subject.rulebook.statuses.get(way.target)
    return f"→ {status.label if status else way.target}"


def _proposal(subject: Target, way: Transition) -> StopDue | None:
    """Give the stop that is due and proposes just this transition."""
    here = present(subject.contact, subject.rulebook, subject.today)
    due = stops_due(here.situation, here.status) if here else ()
    return next((stop for stop in due if stop.propose == way.id), None)


def _reason(session: Session, status: Status, given: str | None, due: StopDue | None) -> str | None:
    """Ask for a reason where the status has some; where nobody can answer, the rules refuse what is missing."""
    if given is not None or not status.reasons or not prompting.can_ask():
        return given
    choices = [Choice(id=id, label=label) for id, label in status.reasons.items()]
    default = due.reason if due and due.reason in status.reasons else None
    return prompting.choose(session, "For which reason?", choices, "--reason", default=default)


def _persons(session: Session, way: Transition, said: Said) -> tuple[str | None, str | None]:
    by, confirmed = said.by, said.confirmed_by
    if not prompting.can_ask():
        return by, confirmed
    if by is None and way.by:
        by = prompting.choose(session, "Who decides?", [Choice(id=name) for name in way.by], "--by")
    elif by is None and way.four_eyes:
        by = prompting.text("Who decides?", "--by")
    if confirmed is None and way.four_eyes:
        confirmed = prompting.text("Who else stands for it?", "--confirmed-by")
    return by, confirmed


def _asked_revisit(session: Session, subject: Target, way: Transition) -> date | None:
    """Ask when a contact is looked at again, where the transition asks for that and it does not stand there."""
    asks = any(part == Has(_REVISIT) for condition in way.requires for part in walk(condition))
    if not asks or not is_empty(subject.contact.fields.get(_REVISIT)) or not prompting.can_ask():
        return None
    return prompting.coming_day(session, "When is it looked at again (YYYY-MM-DD, or 6w, 3m)?", "--revisit")
