"""What falls due of a contact, and on which day: what a calendar is made of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from itertools import chain

from crmtool.assessment import Assessment
from crmtool.exporters.texts import UNKNOWN
from crmtool.records import dataclass
from crmtool.rulebook import Kind, RuleBook
from crmtool.stopping import STOP_IF


class Occasion(StrEnum):
    """What a contact asks for on a day."""

    DECISION = "decision"
    STEP = "step"
    REVISIT = "revisit"
    STOP = "stop"
    WAIT = "wait"


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something that falls due on a day.

    `rule` tells it from the contact's others of the same occasion. `about` is a label of the rule book and says nothing
    of the contact; `told` is what is written in the contact or, of a decision, what the status asks.
    """

    occasion: Occasion
    rule: str
    day: date
    about: str
    told: str = ""


def dues_of(assessment: Assessment, rulebook: RuleBook) -> tuple[Due, ...]:
    """List what falls due of a contact that is still undecided, past days included; what never does is left out.

    What is due already keeps the day on which it fell due, so that nothing moves from one day to the next.
    """
    if not assessment.status.is_undecided:
        return ()
    found = chain(_decision(assessment), _step(assessment, rulebook), _stops(assessment, rulebook), _waits(assessment))
    return tuple(due for due in found if due.day < date.max)


def _decision(assessment: Assessment) -> Iterator[Due]:
    if assessment.decide_by is not None:
        yield Due(
            occasion=Occasion.DECISION,
            rule=assessment.status.id,
            day=assessment.decide_by,
            about=assessment.status.label,
            told=assessment.status.asks or "",
        )


def _step(assessment: Assessment, rulebook: RuleBook) -> Iterator[Due]:
    step = assessment.contact.next_step
    if step is not None:
        criterion = rulebook.criteria.get(step.clarifies)
        label = criterion.label if criterion else UNKNOWN  # an id that nobody knows is a contact's own text
        yield Due(occasion=Occasion.STEP, rule=step.clarifies, day=step.due, about=label, told=step.do)


def _waits(assessment: Assessment) -> Iterator[Due]:
    contact, label = assessment.contact, assessment.status.label
    if assessment.status.kind is Kind.HOLD and contact.revisit is not None:
        told = assessment.why_here.decision.because
        yield Due(occasion=Occasion.REVISIT, rule="revisit", day=contact.revisit, about=label, told=told)
    blocked = contact.blocked
    if blocked is not None and blocked.until is not None:
        yield Due(occasion=Occasion.WAIT, rule="blocked", day=blocked.until, about=label, told=blocked.by)


def _stops(assessment: Assessment, rulebook: RuleBook) -> Iterator[Due]:
    due = [(stop.rule, stop.because, stop.since) for stop in assessment.stop_due]
    coming = [(stop.rule, stop.because, stop.on) for stop in assessment.stop_upcoming]
    for rule, because, day in (*due, *coming):
        # What a knockout or an own stop date is about says something of the contact; the criterion's label does not.
        is_criterion = rule in rulebook.criteria and rule not in rulebook.stop_rules
        about = rulebook.criterion_label(rule) if is_criterion else assessment.status.label
        name = f"{rule}: {because}" if rule == STOP_IF else rule
        yield Due(occasion=Occasion.STOP, rule=name, day=day, about=about, told=because)
