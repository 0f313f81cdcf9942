"""Why a status is or is not allowed: the decisions replayed in order, each as of its own date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from crmtool.conditions import Condition
from crmtool.contact import Contact, Decision
from crmtool.rulebook import RuleBook, Transition
from crmtool.situation import Situation, State
from crmtool.telling import tell


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionState:
    """How a criterion stands, with the question that would settle it."""

    id: str
    state: State
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingCondition:
    """A condition that does not hold: told in words, with the criteria that are missing from it (possibly none)."""

    condition: Condition
    text: str
    criteria: tuple[CriterionState, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A decision as replayed.

    `source` and `entered` are the status that is left and the day on which it was entered, None for the first decision;
    `transition` is None where the rule book has no way from `source` to the decision's status.
    """

    decision: Decision
    source: str | None
    entered: date | None
    transition: Transition | None
    missing: tuple[MissingCondition, ...]


def criterion_state(situation: Situation, criterion: str) -> CriterionState:
    """Give a criterion's state and question; an id that the rule book lacks asks for itself."""
    rule = situation.rulebook.criteria.get(criterion)
    return CriterionState(
        id=criterion, state=situation.state(criterion), question=rule.question if rule else f"{criterion}?"
    )


def missing_conditions(situation: Situation, requires: Iterable[Condition]) -> tuple[MissingCondition, ...]:
    """List everything of `requires` that does not hold, at once."""
    return tuple(
        MissingCondition(
            condition=condition,
            text=tell(situation, condition),
            criteria=tuple(criterion_state(situation, id) for id in situation.missing_criteria(condition)),
        )
        for condition in requires
        if not situation.holds(condition)
    )


def replay_step(contact: Contact, rulebook: RuleBook, index: int) -> Step:
    """Replay one decision, from the status that the decision before it led to."""
    decision = contact.decisions[index]
    before = contact.decisions[index - 1] if index else None
    source, entered = (before.to, before.day) if before else (None, None)
    transition = rulebook.transition(source, decision.to)
    missing: tuple[MissingCondition, ...] = ()
    if transition and (transition.since is None or decision.day >= transition.since):
        situation = Situation(contact=contact, rulebook=rulebook, day=decision.day, entered=entered)
        missing = missing_conditions(situation, transition.requires)
    return Step(decision=decision, source=source, entered=entered, transition=transition, missing=missing)


def replay(contact: Contact, rulebook: RuleBook) -> tuple[Step, ...]:
    """Replay all decisions in the order written."""
    return tuple(replay_step(contact, rulebook, index) for index in range(len(contact.decisions)))
