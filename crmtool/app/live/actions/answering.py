"""Answers and next steps as actions: what was clarified, and what to clarify next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from crmtool.app.live.actions.subject import Offer
from crmtool.app.offers import criteria_to_clarify
from crmtool.assessment import decision_deadline, step_is_pointless
from crmtool.days import Duration, days_before
from crmtool.edit import Drop, Put
from crmtool.edit.intents import GivenAnswer, answer, drop, next_step
from crmtool.rulebook import Criterion
from crmtool.situation import Present, Situation
from crmtool.stopping import stops_upcoming
from crmtool.text import PLACEHOLDER, one_line

_WEEK = Duration(1, "w")


def answers(situation: Situation, criterion: Criterion) -> Iterator[Offer]:
    """Offer both answers to a criterion, given today, but not the one that was given today."""
    latest = situation.latest(criterion.id)
    given = latest.met if latest and latest.day == situation.day else None
    for met in (True, False):
        if met is not given:
            yield answer_offer(situation, criterion, met=met, day=situation.day)


def answer_offer(situation: Situation, criterion: Criterion, *, met: bool, day: date) -> Offer:
    """Offer an answer; what it rests on is left for the person to write."""
    given = GivenAnswer(
        criterion=criterion.id,
        met=met,
        day=day,
        evidence=PLACEHOLDER,
        attested_by="counterparty" if met and criterion.needs_counterparty else None,
    )
    on = "" if day == situation.day else f" (on {day})"
    title = f"Answer: {one_line(criterion.label)} is {'met' if met else 'not met'}{on}"
    return Offer(title=title, changes=answer(situation.contact, given))


def first_to_clarify(here: Present) -> Criterion | None:
    """Give the criterion that is to be settled first; None where nothing is missing."""
    situation = here.situation
    return next(iter(criteria_to_clarify(situation.contact, situation.rulebook, situation.day)), None)


def steps(here: Present) -> Iterator[Offer]:
    """Offer the next step that is proposed where the contact has none, or one without a point or past its day."""
    situation, step = here.situation, here.situation.contact.next_step
    pointless = step_is_pointless(here)
    if step is not None and not pointless and (step.due >= situation.day or not here.status.is_undecided):
        return
    first = first_to_clarify(here) if here.status.is_undecided else None
    if first is not None:
        changes = next_step(first.question, first.id, _due(here), step.owner if step else None)
        yield Offer(title=f"Set the proposed next step: {one_line(first.question)}", changes=changes)
    if pointless:
        yield Offer(title="Remove the next step, which has no point any more", changes=drop("next_step"))
    elif step is not None:
        due = _due(here)
        yield Offer(
            title=f"Put the next step off to {due}",
            changes=(Put(place=("next_step", "due"), value=due.isoformat()),),
        )


def unblocking(here: Present) -> Iterator[Offer]:
    """Offer to remove what a contact waited for once its last day has passed."""
    blocked = here.situation.contact.blocked
    if blocked is not None and blocked.until is not None and blocked.until < here.situation.day:
        yield Offer(title="Unblock: the last day to wait has passed", changes=(Drop(place=("blocked",)),))


def _due(here: Present) -> date:
    """Give the day in a week, or an earlier one: the last before a decision or a stop falls due."""
    situation = here.situation
    ends = [stop.on for stop in stops_upcoming(situation, here.status)]
    deadline = decision_deadline(here.status, here.decision.day)
    ends += [deadline] if deadline and deadline > situation.day else []
    return min([_WEEK.after(situation.day), *(days_before(end, 1) for end in ends)])
