"""What is asked for a decision: the way, the reason, the sentence, who decides; and the decision as a draft."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import click

from crmtool.app.changing import Draft, Target, draft
from crmtool.app.meaning import find_id
from crmtool.app.offers import possible_transitions
from crmtool.cli import prompting
from crmtool.cli.prompting import Choice
from crmtool.cli.session import Session
from crmtool.conditions import Has, walk
from crmtool.edit import intents
from crmtool.errors import RefusedError
from crmtool.replay import missing_conditions, same_person
from crmtool.rulebook import Kind, Status, Transition
from crmtool.rules.hints import listed, told
from crmtool.shapes import did_you_mean
from crmtool.situation import present
from crmtool.stopping import StopDue, stops_due
from crmtool.text import visible

_REVISIT = "revisit"


@dataclass(frozen=True, kw_only=True)
class Said:
    """What was said of a decision on the command line; what is None may be asked for."""

    day: date
    because: str | None
    reason: str | None
    by: str | None
    confirmed_by: str | None
    chance: float | None = None
    revisit: date | None = None


def draft_decision(
    session: Session, subject: Target, way: Transition, said: Said
) -> tuple[Draft, intents.GivenDecision]:
    """Ask for what is missing and draft the decision; raises RefusedError with all that the rules have against it."""
    status = subject.rulebook.statuses[way.target]
    known_reason(status, said.reason)
    due = _proposal(subject, way)
    revisit = _asked_revisit(session, subject, way, said)
    if prompting.can_ask():
        _refuse_early(subject, way, said, revisit)
    reason = asked_reason(session, status, said.reason, due)
    if status.reasons and reason is None and said.because is None:
        both = f"--reason and --because are missing: one of {listed(status.reasons)}, and why, in a sentence"
        raise click.UsageError(both)
    because = said.because or prompting.text("Why, in a sentence", "--because", default=due.because if due else None)
    by, confirmed = asked_persons(session, way, said.by, said.confirmed_by)
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
    return draft(subject, intents.decide(given)), given


def _refuse_early(subject: Target, way: Transition, said: Said, revisit: date | None) -> None:
    """Refuse before anything else is asked what no answer to the questions could bring about."""
    given = intents.GivenDecision(
        to=way.target,
        day=said.day,
        because="…",
        reason=said.reason or next(iter(subject.rulebook.statuses[way.target].reasons), None),
        by=said.by or next(iter(way.by), "one"),
        confirmed_by=said.confirmed_by or "another",
        revisit=revisit,
    )
    try:
        draft(subject, intents.decide(given))
    except RefusedError:
        if _lacks(subject, way, said.day) or said.day < subject.contact.decisions[-1].day:
            raise


def _lacks(subject: Target, way: Transition, day: date) -> bool:
    return not any(way.id == each.id for each in possible_transitions(subject.contact, subject.rulebook, day))


def asked_way(session: Session, subject: Target, day: date) -> Transition:
    """Offer the transitions that can be taken on a day; those that cannot stand above with what they lack."""
    contact, here = subject.contact, subject.status
    leaving = subject.rulebook.leaving(here.id)
    possible = possible_transitions(contact, subject.rulebook, day)
    lacking = [(way, _told_lack(subject, way, day)) for way in leaving if way not in possible]
    if not possible:
        advice = tuple(f"{way.id} {_label(subject, way)} lacks: {lack}" for way, lack in lacking)
        none = "no decision can be taken yet" if leaving else "no way leads on from there"
        raise RefusedError(f"refused: {visible(contact.id)} is in '{here.id}', and {none}", advice)
    not_yet = [Choice(id=way.id, label=_label(subject, way), about=f"lacks: {lack}") for way, lack in lacking]
    if not_yet and prompting.can_ask():
        prompting.say(session, "Not yet:", "dim")
        prompting.show(session, [("", each.id, each.label, each.about) for each in not_yet])
    choices = [way_choice(subject, way) for way in possible]
    question = f"{contact.title} is in '{here.label}'. {here.asks or 'What is decided?'}"
    wanted = prompting.choose(session, question, choices, "TRANSITION", not_yet=not_yet)
    return next(way for way in possible if way.id == wanted)


def _told_lack(subject: Target, way: Transition, day: date) -> str:
    here = present(subject.contact, subject.rulebook, day)
    return told(subject.contact, missing_conditions(here.situation, way.requires)) if here else ""


def way_choice(subject: Target, way: Transition) -> Choice:
    """Offer a transition by its id, with the status that it leads to."""
    return Choice(id=way.id, label=_label(subject, way), about=subject.rulebook.statuses[way.target].meaning)


def _label(subject: Target, way: Transition) -> str:
    return f"→ {subject.rulebook.status_label(way.target)}"


def _proposal(subject: Target, way: Transition) -> StopDue | None:
    """Give the stop that is due and proposes just this transition."""
    here = present(subject.contact, subject.rulebook, subject.today)
    due = stops_due(here.situation, here.status) if here else ()
    return next((stop for stop in due if stop.propose == way.id), None)


def known_reason(status: Status, given: str | None) -> str | None:
    """Find the reason that is meant, None where none is given; raises RefusedError where the status has no such one."""
    if given is None:
        return None
    if not status.reasons:
        raise RefusedError(f"refused: '{status.id}' asks for no reason; leave {visible(given)!r} out")
    found = find_id(given, status.reasons)
    if found is None:
        message = f"refused: {visible(given)!r} is no reason for the status '{status.id}'"
        raise RefusedError(message, (did_you_mean(given, status.reasons),))
    return found


def asked_reason(session: Session, status: Status, given: str | None, due: StopDue | None = None) -> str | None:
    """Ask for a reason where the status has some; where nobody can answer, the rules refuse what is missing."""
    found = known_reason(status, given)
    if found is not None:
        return found
    if not status.reasons or not prompting.can_ask():
        return None
    choices = [Choice(id=id, label=label) for id, label in status.reasons.items()]
    default = due.reason if due and due.reason in status.reasons else None
    return prompting.choose(session, "For which reason?", choices, "--reason", default=default)


def asked_persons(
    session: Session, way: Transition, by: str | None, confirmed: str | None
) -> tuple[str | None, str | None]:
    """Ask who decides and who confirms it, where the transition asks for that and somebody can answer."""
    if not prompting.can_ask():
        return by, confirmed
    if by is None and way.by:
        by = prompting.choose(session, "Who decides?", [Choice(id=name) for name in way.by], "--by")
    elif by is None and way.four_eyes:
        by = prompting.text("Who decides?", "--by")

    def another(typed: str) -> str:
        if same_person(typed, by):
            raise click.UsageError(f"it takes another person than {visible(typed.strip())}")
        return typed

    if confirmed is None and way.four_eyes:
        confirmed = prompting.text("Who else stands for it?", "--confirmed-by", also=another)
    return by, confirmed


def _asked_revisit(session: Session, subject: Target, way: Transition, said: Said) -> date | None:
    """Ask when a contact on hold is looked at again, unless a day that is still to come stands there."""
    on_hold = subject.rulebook.statuses[way.target].kind is Kind.HOLD
    required = any(part == Has(_REVISIT) for condition in way.requires for part in walk(condition))
    stands = subject.contact.revisit
    if said.revisit is not None and not (on_hold or required):
        raise RefusedError(f"refused: a contact in '{way.target}' is not on hold; leave --revisit out")
    if said.revisit is not None or not (on_hold or required) or (stands is not None and stands > session.today()):
        return said.revisit
    if prompting.can_ask():
        asked = prompting.coming_day if required else prompting.optional_coming_day
        return asked(session, "When is it looked at again (YYYY-MM-DD, or 6w, 3m)?", "--revisit")
    if on_hold and stands is not None:
        prompting.say(session, f"its revisit of {stands} has come already; --revisit sets another day")
    return None
