"""What came closer to a decision over a period: never what was done in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from crmtool.assessment import Assessment, assess, clarity
from crmtool.contact import Contact, Decision
from crmtool.progress.period import Period
from crmtool.rulebook import Kind, RuleBook, Status
from crmtool.situation import Situation, present
from crmtool.turning import turning_points


class Standing(Protocol):
    """Where a contact stands on a day; an assessment says so, and more."""

    @property
    def status(self) -> Status:
        """The status it is in."""

    @property
    def clarity(self) -> float | None:
        """The assessment's clarity."""

    @property
    def distance(self) -> int | None:
        """The assessment's distance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where a contact stands on a day, told without all that an assessment explains."""

    status: Status
    clarity: float | None
    distance: int | None


class Direction(StrEnum):
    """Where a contact went over a period."""

    CLOSER = "closer"
    FURTHER = "further"
    UNCHANGED = "unchanged"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A contact's clarity and distance at a period's end against its start, and the decisions taken in it.

    `start` is None for a contact that did not exist yet; `entry` is where it stood as it entered, where that is known.
    Decisions dated after the start and up to the end count.
    """

    start: Standing | None
    end: Assessment
    decisions: tuple[Decision, ...]
    entry: Standing | None = None

    @property
    def clarity_change(self) -> float:
        """Clarity gained (lost where negative), between -1 and 1; what does not exist or is not asked counts 0."""
        return _clarity_change(self.start, self.end)

    @property
    def distance_change(self) -> int | None:
        """Conditions more (fewer where negative) than at the start; None where one of the days has no distance."""
        return _distance_change(self.start, self.end)


def progress(contact: Contact, rulebook: RuleBook, start: date, end: date) -> Progress | None:
    """Compare a contact on two days, `start` not after `end`; None where it cannot be assessed at the end."""
    at_end = assess(contact, rulebook, end)
    if at_end is None:
        return None
    return Progress(
        start=assess(contact, rulebook, start),
        end=at_end,
        decisions=_decisions(contact, start, end),
        entry=_entry_position(contact, rulebook, start),
    )


def progress_since(start: date, end: Assessment, rulebook: RuleBook, turned: date | None = None) -> Progress:
    """Compare a contact that is assessed already with where it stood on a day not after that.

    `turned` is what `last_turn` says of it, where that is known already.
    """
    contact, turned = end.contact, turned or last_turn(end, rulebook)
    return Progress(
        start=end if turned <= start else position(contact, rulebook, start),
        end=end,
        decisions=_decisions(contact, start, end.day),
        entry=_entry_position(contact, rulebook, start),
    )


def last_turn(end: Assessment, rulebook: RuleBook) -> date:
    """Tell the last day, up to that of an assessment, on which where the contact stands can have changed.

    From then on it stood where it stands now: status, clarity and distance are the same.
    """
    entered = end.why_here.since
    here = Situation(contact=end.contact, rulebook=rulebook, day=end.day, entered=entered)
    conditions = (condition for way in rulebook.forward(end.status.id) for condition in way.requires)
    return max((day for day in turning_points(here, conditions) if day <= end.day), default=entered)


def position(contact: Contact, rulebook: RuleBook, day: date) -> Position | None:
    """Tell where a contact stands on a day as `assess` does; None where that gives none."""
    here = present(contact, rulebook, day)
    if here is None:
        return None
    return _position(here.status, here.situation)


def direction(change: Progress) -> Direction:
    """Tell where a contact went: by its status, else by distance, else by clarity.

    A later active or a won status is closer, an earlier one or going on hold is further; an end is an end.
    A contact that is new in the period has come from where it stood as it entered; one decided before the period goes
    nowhere any more.
    """
    start, end = change.start or change.entry, change.end
    if decided_as(change, Kind.ENDED):
        return Direction.ENDED
    if start is None or (not end.status.is_undecided and not change.decisions):
        return Direction.UNCHANGED
    return way(start, end)


def way(start: Standing, end: Standing) -> Direction:
    """Tell which of two standings is closer to a yes: by status, else by distance, else by clarity; never `ended`."""
    # Fewer conditions missing is closer, hence the sign.
    return next(
        (
            Direction.CLOSER if step > 0 else Direction.FURTHER
            for step in (
                _rank(end.status) - _rank(start.status),
                -(_distance_change(start, end) or 0),
                round(_clarity_change(start, end), 9),
            )
            if step
        ),
        Direction.UNCHANGED,
    )


def decided_as(change: Progress, kind: Kind) -> bool:
    """Whether a contact was decided on in the period, its entry aside, and the outcome at the end is of a kind."""
    entry = first_decision(change.end.contact)
    return change.end.status.kind is kind and any(decision is not entry for decision in change.decisions)


def clarified(contact: Contact, start: date, end: date) -> int:
    """Count the criteria with an answer dated after `start` and up to `end`, each once."""
    return len(clarified_criteria(contact, start, end))


def clarified_criteria(contact: Contact, start: date, end: date) -> tuple[str, ...]:
    """List the criteria with an answer dated after `start` and up to `end`, each once."""
    period = Period(start, end)
    return tuple(id for id, answers in contact.criteria.items() if any(period.covers(answer.day) for answer in answers))


def first_decision(contact: Contact) -> Decision:
    """Give the decision by which a contact entered the pipeline."""
    return min(contact.decisions, key=lambda decision: (decision.day, decision.index))


def _clarity_change(start: Standing | None, end: Standing) -> float:
    before = start.clarity if start else None
    return (end.clarity or 0) - (before or 0)


def _distance_change(start: Standing | None, end: Standing) -> int | None:
    before = start.distance if start else None
    return None if before is None or end.distance is None else end.distance - before


def _position(status: Status, situation: Situation) -> Position:
    ahead = situation.rulebook.forward(status.id)
    lacking = (sum(not situation.holds(condition) for condition in way.requires) for way in ahead)
    return Position(status=status, clarity=clarity(situation), distance=min(lacking, default=None))


def _entry_position(contact: Contact, rulebook: RuleBook, start: date) -> Position | None:
    """Tell where a contact that entered after `start` stood then, before anything else was decided on that day."""
    entry = first_decision(contact)
    status = rulebook.statuses.get(entry.to)
    if status is None or entry.day <= start:
        return None
    return _position(status, Situation(contact=contact, rulebook=rulebook, day=entry.day, entered=entry.day))


def _decisions(contact: Contact, start: date, end: date) -> tuple[Decision, ...]:
    period = Period(start, end)
    return tuple(decision for decision in contact.decisions if period.covers(decision.day))


def _rank(status: Status) -> int:
    match status.kind:
        case Kind.ENDED:
            return -2
        case Kind.HOLD:
            return -1
        case Kind.ACTIVE:
            return status.order
        case Kind.WON:
            return 1_000_000
