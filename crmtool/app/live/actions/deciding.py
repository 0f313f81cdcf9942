"""Decisions as actions: each transition that leaves the present status, for each reason that can be given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from crmtool.app.live.actions.subject import Offer
from crmtool.app.offers import possible_transitions
from crmtool.conditions import Condition, Has, Holds, Lost, Not, NotMet, walk
from crmtool.days import Duration
from crmtool.edit.intents import GivenDecision, decide
from crmtool.replay import missing_conditions, same_person
from crmtool.report.language import Language
from crmtool.rulebook import Kind, Status, Transition
from crmtool.rules.hints import told
from crmtool.situation import Present, Situation, State
from crmtool.stopping import StopDue, stops_due
from crmtool.text import PLACEHOLDER, one_line

_REVISIT = "revisit"
_REVISIT_AFTER = Duration(3, "m")
_STOP = "Stop"


@dataclass(frozen=True, kw_only=True)
class _Way:
    """A transition, told by its `name`, with what it takes along: the stop that is due and proposes it, a day.

    That is `revisit`, the day on which the contact is looked at again.
    """

    transition: Transition
    target: Status
    name: str
    due: StopDue | None
    revisit: date | None


def decisions(here: Present, to: str | None = None) -> Iterator[Offer]:
    """Offer each transition that leaves the present status; first the one that a stop that is due proposes.

    `to` limits them to those that lead to a status.
    """
    due = stops_due(here.situation, here.status)
    first = due[0].propose if due else None
    for transition in sorted(here.situation.rulebook.leaving(here.status.id), key=lambda way: way.id != first):
        target = here.situation.rulebook.statuses.get(transition.target)
        if target is not None and to in (None, target.id):
            yield from _decisions(here, _way(here, transition, target, due))


def _way(here: Present, transition: Transition, target: Status, due: tuple[StopDue, ...]) -> _Way:
    rulebook = here.situation.rulebook
    ended = {id for id, status in rulebook.statuses.items() if status.kind is Kind.ENDED}
    is_the_end = ended.intersection(way.target for way in rulebook.leaving(here.status.id)) == {target.id}
    return _Way(
        transition=transition,
        target=target,
        name=_STOP if is_the_end else f"Take {transition.id}: → {one_line(target.label)}",
        due=next((stop for stop in due if stop.propose == transition.id), None),
        revisit=_revisit(here.situation, transition, target),
    )


def _revisit(situation: Situation, transition: Transition, target: Status) -> date | None:
    """Give the day to write where one is asked for and none stands there that is still to come."""
    asked = any(part == Has(_REVISIT) for condition in transition.requires for part in walk(condition))
    stands = situation.contact.revisit
    if not (asked or target.kind is Kind.HOLD) or (stands is not None and stands > situation.day):
        return None
    return _REVISIT_AFTER.after(situation.day)


def _decisions(here: Present, way: _Way) -> Iterator[Offer]:
    lack = _lack(here, way)
    if lack:
        yield Offer(title=way.name, disabled=lack)
        return
    reasons = sorted(way.target.reasons, key=lambda id: way.due is None or id != way.due.reason)
    for reason in reasons or (None,):
        for by in _deciders(here, way.transition):
            given = GivenDecision(
                to=way.target.id,
                day=here.situation.day,
                because=_because(here.situation, way, reason),
                reason=reason,
                by=by,
                revisit=way.revisit,
            )
            yield Offer(title=_title(way, given), changes=decide(given))


def _title(way: _Way, given: GivenDecision) -> str:
    said = [one_line(way.target.reasons[given.reason])] if given.reason else []
    said += [f"decided by {one_line(given.by)}"] if given.by else []
    said += [f"to be looked at on {given.revisit}"] if given.revisit else []
    return f"{way.name}{': ' if way.name == _STOP else ', '}{', '.join(said)}" if said else way.name


def _lack(here: Present, way: _Way) -> str:
    """Tell all that keeps a transition from being taken; nothing where it can be taken."""
    situation, transition = here.situation, way.transition
    lacks = []
    if transition not in possible_transitions(situation.contact, situation.rulebook, situation.day):
        # What the decision brings along is not missing.
        brought = {_REVISIT: way.revisit.isoformat()} if way.revisit else {}
        contact = replace(situation.contact, fields={**situation.contact.fields, **brought})
        missing = missing_conditions(replace(situation, contact=contact), transition.requires)
        lacks.append(f"lacks: {told(contact, missing)}")
    if transition.four_eyes:
        lacks.append("takes two people: who else stands for it, you write as `confirmed_by`")
    return "; ".join(lacks)


def _deciders(here: Present, transition: Transition) -> tuple[str | None, ...]:
    """Give who can be named as who decides: the owner where that one may, else all who may."""
    owner = here.situation.contact.text("owner")
    mine = tuple(name for name in transition.by if same_person(name, owner))
    return mine or transition.by or (None,)


def _because(situation: Situation, way: _Way, reason: str | None) -> str:
    """Give why: what the stop rule says for its reason, or what was clarified of what the transition asks."""
    if way.due is not None and way.due.because and way.due.reason in (None, reason):
        return one_line(way.due.because)
    words = [word for condition in way.transition.requires for word in _carriers(situation, condition)]
    return ", ".join(dict.fromkeys(words)) or PLACEHOLDER


def _carriers(situation: Situation, condition: Condition) -> Iterator[str]:
    language = Language(situation.rulebook.language)
    for id in _speaking(situation, condition):
        state, label = situation.state(id), one_line(situation.rulebook.criterion_label(id))
        yield label if state is State.MET else f"{label}: {language(f'state.{state.value}')}"


def _speaking(situation: Situation, condition: Condition) -> Iterator[str]:
    """Go through the criteria that a condition names and that speak for it: a yes, a no, or that they were lost."""
    for part in walk(condition):
        match part:
            case Holds(criterion) if situation.state(criterion) is State.MET:
                yield criterion
            case NotMet(criterion) | Not(Holds(criterion)) if situation.state(criterion) is State.NOT_MET:
                yield criterion
            case Lost(criteria):
                yield from (criterion for criterion in criteria if situation.holds(Lost((criterion,))))
