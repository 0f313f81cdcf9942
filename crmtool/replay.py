"""Why a status is or is not allowed: the decisions replayed in order, each as of its own date."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from functools import cached_property

from crmtool.conditions import Condition
from crmtool.contact import Contact, Decision
from crmtool.records import dataclass
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


class DeciderFlaw(StrEnum):
    """What is wrong with who took a decision (`by`) or confirmed it (`confirmed_by`)."""

    UNNAMED = "unnamed"
    NOT_ALLOWED = "not_allowed"
    UNCONFIRMED = "unconfirmed"
    SELF_CONFIRMED = "self_confirmed"


@dataclass(frozen=True, kw_only=True)
class Step:
    """A decision as replayed, with everything that keeps it from being allowed.

    `source` is the status that is left, None for the first decision; `transition` is None where the rule book has no
    way from `source` to the decision's status; `situation` is that of the decision's date, in the status that is left.
    """

    decision: Decision
    source: str | None
    transition: Transition | None
    situation: Situation

    @property
    def entered(self) -> date | None:
        """The day on which the status that is left was entered; None for the first decision."""
        return self.situation.entered

    @cached_property
    def missing(self) -> tuple[MissingCondition, ...]:
        """What the transition requires and does not hold; decisions before its `since` are not held to that."""
        transition = self.transition
        if transition is None or (transition.since is not None and self.decision.day < transition.since):
            return ()
        return missing_conditions(self.situation, transition.requires)

    @property
    def lacks_reason(self) -> bool:
        """Whether the status decided for has reasons, and none is given."""
        status = self.situation.rulebook.statuses.get(self.decision.to)
        return status is not None and bool(status.reasons) and not self.decision.reason

    @property
    def decider_flaws(self) -> tuple[DeciderFlaw, ...]:
        """What is wrong with who took the decision, by the transition's `by` and `four_eyes`."""
        return tuple(_decider_flaws(self.transition, self.decision)) if self.transition else ()


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
    return Step(
        decision=decision,
        source=source,
        transition=rulebook.transition(source, decision.to),
        situation=Situation(contact=contact, rulebook=rulebook, day=decision.day, entered=entered),
    )


def replay(contact: Contact, rulebook: RuleBook) -> tuple[Step, ...]:
    """Replay all decisions in the order written."""
    return tuple(replay_step(contact, rulebook, index) for index in range(len(contact.decisions)))


def same_person(one: str | None, other: str | None) -> bool:
    """Whether two names are one person's, whatever their letter case and spaces."""
    return _person(one) == _person(other)


def _decider_flaws(transition: Transition, decision: Decision) -> Iterator[DeciderFlaw]:
    taken, confirmed = _person(decision.by), _person(decision.confirmed_by)
    if not taken and (transition.by or transition.four_eyes):
        yield DeciderFlaw.UNNAMED
    elif transition.by and taken not in map(_person, transition.by):
        yield DeciderFlaw.NOT_ALLOWED
    if transition.four_eyes and not confirmed:
        yield DeciderFlaw.UNCONFIRMED
    elif transition.four_eyes and taken == confirmed:
        yield DeciderFlaw.SELF_CONFIRMED


def _person(name: str | None) -> str:
    """Give what all spellings of a name share: letter case, spaces and encoding make nobody another person."""
    return "".join(unicodedata.normalize("NFC", name or "").casefold().split())
