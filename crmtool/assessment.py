"""The four questions about a contact as of a day, and one verdict. FORMAT.md, section 6, defines every figure here."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from crmtool.conditions import Score, named_criteria, walk
from crmtool.contact import Contact, Decision
from crmtool.records import dataclass
from crmtool.replay import CriterionState, MissingCondition, Step, missing_conditions, replay_step
from crmtool.rulebook import Kind, RuleBook, Status
from crmtool.situation import Present, Situation, State, present
from crmtool.stopping import StopDue, StopUpcoming, stops_due, stops_upcoming


class Verdict(StrEnum):
    """What a contact asks for, in the order in which the verdicts apply."""

    DONE = "done"
    STOP = "stop"
    DECIDE = "decide"
    WAIT = "wait"
    CLARIFY = "clarify"
    PLAN = "plan"


_BY_ATTENTION = (Verdict.STOP, Verdict.DECIDE, Verdict.PLAN, Verdict.CLARIFY, Verdict.WAIT, Verdict.DONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """A criterion on which a decision rested: how it stood on that day, and the answer that counted then."""

    id: str
    state: State
    question: str
    day: date
    evidence: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyHere:
    """Why a contact is exactly here: since when, for how many days, by which decision, on which criteria."""

    since: date
    days: int
    transition: str | None
    decision: Decision
    criteria: tuple[Carrier, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """A forward transition and all that is missing for it."""

    transition: str
    to: str
    missing: tuple[MissingCondition, ...]

    @property
    def ready(self) -> bool:
        """Whether the transition could be taken on the day."""
        return not self.missing


@dataclass(frozen=True, slots=True, kw_only=True)
class SensibleStep:
    """The next sensible step: the contact's own, or a proposal (then without a due day)."""

    do: str
    clarifies: str
    due: date | None
    proposed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """A contact under a rule book as of a day.

    `decide_by` is the last day on which the pending decision is not overdue, None where no deadline runs; `clarity`
    lies between 0 and 1, None where no criterion is asked; `distance` counts conditions, None where no forward
    transition leaves; `step_is_pointless` tells that the contact's own next step clarifies nothing worth clarifying.
    """

    contact: Contact
    status: Status
    day: date
    verdict: Verdict
    overdue: bool
    decide_by: date | None
    why_here: WhyHere
    outlooks: tuple[Outlook, ...]
    next_step: SensibleStep | None
    step_is_pointless: bool
    stop_due: tuple[StopDue, ...]
    stop_upcoming: tuple[StopUpcoming, ...]
    clarity: float | None
    distance: int | None
    prequalified: bool

    @property
    def missing(self) -> tuple[CriterionState, ...]:
        """All criteria missing for any forward transition, each once."""
        return _missing_criteria(self.outlooks)

    @property
    def ready(self) -> tuple[Outlook, ...]:
        """The forward transitions that could be taken on the day."""
        return tuple(outlook for outlook in self.outlooks if outlook.ready)

    @property
    def is_blocked(self) -> bool:
        """Whether the contact waits for something on the day."""
        return _is_blocked(self.contact, self.day)


def assess(contact: Contact, rulebook: RuleBook, day: date) -> Assessment | None:
    """Answer the four questions; None before the contact's first decision, or where the rule book lacks its status."""
    here = present(contact, rulebook, day)
    if here is None:
        return None
    status, decision, situation = here.status, here.decision, here.situation
    outlooks = _outlooks(here)
    stop_due = stops_due(situation, status)
    decide_by = decision_deadline(status, decision.day)
    overdue = decide_by is not None and decide_by < day
    return Assessment(
        contact=contact,
        status=status,
        day=day,
        verdict=_verdict(situation, status, outlooks, stop_due=bool(stop_due), overdue=overdue),
        overdue=overdue,
        decide_by=decide_by,
        why_here=_why_here(situation, decision),
        outlooks=outlooks,
        next_step=_next_step(contact, rulebook, outlooks),
        step_is_pointless=step_is_pointless(here),
        stop_due=stop_due,
        stop_upcoming=stops_upcoming(situation, status),
        clarity=clarity(situation),
        distance=min((len(outlook.missing) for outlook in outlooks), default=None),
        prequalified=is_prequalified(situation),
    )


def assess_all(
    contacts: Iterable[Contact], rulebook: RuleBook, day: date, known: Mapping[str, Assessment] | None = None
) -> list[Assessment]:
    """Assess contacts and put them in the order of attention; those that cannot be assessed are left out.

    `known` are assessments by id, under the same rule book as of the same day: that of the same contact is taken over.
    """
    before = known or {}
    assessments = (
        found if (found := before.get(contact.id)) and found.contact is contact else assess(contact, rulebook, day)
        for contact in contacts
    )
    return sorted((found for found in assessments if found is not None), key=attention)


def attention(assessment: Assessment) -> tuple[int, bool, bool, float, float, date, str]:
    """The key that orders contacts by the attention they deserve, those that are done last."""
    return (
        _BY_ATTENTION.index(assessment.verdict),
        assessment.verdict is Verdict.DECIDE and not assessment.overdue,
        not assessment.prequalified,
        math.inf if assessment.distance is None else assessment.distance,
        -assessment.contact.value,
        assessment.why_here.since,
        assessment.contact.id,
    )


def decision_deadline(status: Status, entered: date) -> date | None:
    """The last day on which the decision pending in an active status is not overdue: entry plus `decide_within`."""
    if status.kind is not Kind.ACTIVE or status.decide_within is None:
        return None
    return status.decide_within.after(entered)


def clarity(situation: Situation) -> float | None:
    """Weights of the criteria with a valid answer, met or not met, over the weights of all that are asked."""
    asked = [criterion for criterion in situation.rulebook.criteria.values() if criterion.is_asked(situation.day)]
    total = sum(criterion.weight for criterion in asked)
    if not total:
        return None
    return sum(c.weight for c in asked if situation.state(c.id) not in (State.OPEN, State.EXPIRED)) / total


def is_prequalified(situation: Situation) -> bool:
    """Whether all `good` hold and no `bad` holds; without a prequalification everyone is."""
    rulebook = situation.rulebook
    return situation.all_hold(rulebook.good) and not any(situation.holds(condition) for condition in rulebook.bad)


def worth_clarifying(here: Present) -> tuple[str, ...]:
    """List the criteria that a next step may clarify, each once; a contact that is decided has none.

    In an active status these are the ones missing for a forward transition or for the status itself; on hold all that
    have no valid answer, yes or no.
    """
    status, situation = here.status, here.situation
    if status.kind is Kind.HOLD:
        criteria = situation.rulebook.criteria
        return tuple(id for id in criteria if situation.state(id) not in (State.MET, State.NOT_MET))
    if status.kind is not Kind.ACTIVE:
        return ()
    ahead = (transition.requires for transition in situation.rulebook.forward(status.id))
    wanted = (condition for requires in (*ahead, status.requires) for condition in requires)
    lacking = (condition for condition in wanted if not situation.holds(condition))
    return tuple(dict.fromkeys(id for condition in lacking for id in situation.missing_criteria(condition)))


def ids_to_clarify(contact: Contact, rulebook: RuleBook, day: date) -> tuple[str, ...]:
    """List the criteria whose answer would help: the one to settle first, the others missing for the ways forward."""
    here = present(contact, rulebook, day)
    if here is None:
        return ()
    outlooks = _outlooks(here)
    first = _proposed(rulebook, outlooks)
    ahead = [*([first.clarifies] if first else []), *(state.id for state in _missing_criteria(outlooks))]
    ids = dict.fromkeys((*ahead, *worth_clarifying(here)))
    return tuple(id for id in ids if id in rulebook.criteria and rulebook.criteria[id].is_asked(day))


def step_is_pointless(here: Present) -> bool:
    """Whether the contact's own next step clarifies nothing worth it; of an unknown criterion that cannot be told."""
    step, rulebook = here.situation.contact.next_step, here.situation.rulebook
    return step is not None and step.clarifies in rulebook.criteria and step.clarifies not in worth_clarifying(here)


def _verdict(
    situation: Situation, status: Status, outlooks: tuple[Outlook, ...], *, stop_due: bool, overdue: bool
) -> Verdict:
    contact, day = situation.contact, situation.day
    on_hold = status.kind is Kind.HOLD
    revisit_has_come = on_hold and contact.revisit is not None and contact.revisit <= day
    if not status.is_undecided:
        return Verdict.DONE
    if stop_due:
        return Verdict.STOP
    if revisit_has_come or overdue or any(outlook.ready for outlook in outlooks):
        return Verdict.DECIDE
    if on_hold or _is_blocked(contact, day):
        return Verdict.WAIT
    return Verdict.CLARIFY if _step_leads_on(contact, outlooks, day) else Verdict.PLAN


def _is_blocked(contact: Contact, day: date) -> bool:
    blocked = contact.blocked
    return blocked is not None and blocked.since <= day and (blocked.until is None or day <= blocked.until)


def _step_leads_on(contact: Contact, outlooks: tuple[Outlook, ...], day: date) -> bool:
    step = contact.next_step
    return step is not None and day <= step.due and any(s.id == step.clarifies for s in _missing_criteria(outlooks))


def _outlooks(here: Present) -> tuple[Outlook, ...]:
    return tuple(
        Outlook(transition=t.id, to=t.target, missing=missing_conditions(here.situation, t.requires))
        for t in here.situation.rulebook.forward(here.status.id)
    )


def _missing_criteria(outlooks: Iterable[Outlook]) -> tuple[CriterionState, ...]:
    states = (state for outlook in outlooks for condition in outlook.missing for state in condition.criteria)
    return tuple({state.id: state for state in states}.values())


def _why_here(situation: Situation, decision: Decision) -> WhyHere:
    step = replay_step(situation.contact, situation.rulebook, decision.index)
    return WhyHere(
        since=decision.day,
        days=(situation.day - decision.day).days,
        transition=step.transition.id if step.transition else None,
        decision=decision,
        criteria=_carriers(situation, step),
    )


def _carriers(situation: Situation, step: Step) -> tuple[Carrier, ...]:
    """Collect the criteria that a decision rested on: those its transition names and, for a score, those that held."""
    requires = step.transition.requires if step.transition else ()
    then = step.situation
    ids = dict.fromkeys(id for condition in requires for id in named_criteria(condition))
    if any(isinstance(inner, Score) and inner.of is None for condition in requires for inner in walk(condition)):
        ids.update(dict.fromkeys(id for id in situation.rulebook.criteria if then.state(id) is State.MET))
    rules = situation.rulebook.criteria
    return tuple(
        Carrier(id=id, state=then.state(id), question=rules[id].question, day=answer.day, evidence=answer.evidence)
        for id in ids
        if id in rules and (answer := then.latest(id)) is not None
    )


def _next_step(contact: Contact, rulebook: RuleBook, outlooks: tuple[Outlook, ...]) -> SensibleStep | None:
    """Give the contact's own step, or else a proposal."""
    own = contact.next_step
    if own is not None:
        return SensibleStep(do=own.do, clarifies=own.clarifies, due=own.due, proposed=False)
    return _proposed(rulebook, outlooks)


def _proposed(rulebook: RuleBook, outlooks: tuple[Outlook, ...]) -> SensibleStep | None:
    """Propose the question of the missing criterion to settle first."""
    missing = [state for state in _missing_criteria(outlooks) if state.id in rulebook.criteria]

    def urgency(state: CriterionState) -> tuple[bool, int, float, int]:
        criterion = rulebook.criteria[state.id]
        needed_by = sum(any(state in condition.criteria for condition in o.missing) for o in outlooks)
        is_open_knockout = criterion.knockout and state.state in (State.OPEN, State.EXPIRED)
        return not is_open_knockout, -needed_by, -criterion.weight, criterion.order

    first = min(missing, key=urgency, default=None)
    return SensibleStep(do=first.question, clarifies=first.id, due=None, proposed=True) if first else None
