"""What changed over the last week: closer, further, decided, clarified. Never what was done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from crmtool.assessment import Assessment
from crmtool.contact import Contact
from crmtool.days import days_before
from crmtool.progress import Progress, progress
from crmtool.report.edition import Edition
from crmtool.rulebook import Kind, Status

DAYS = 7


class Direction(StrEnum):
    """Where a contact went over a period."""

    CLOSER = "closer"
    FURTHER = "further"
    UNCHANGED = "unchanged"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """What changed since `start`: contacts that came closer or went further, those decided, criteria clarified."""

    start: date
    closer: tuple[Assessment, ...]
    further: tuple[Assessment, ...]
    yes: tuple[Assessment, ...]
    no: tuple[Assessment, ...]
    clarified: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed at all."""
        return not (self.closer or self.further or self.yes or self.no or self.clarified)


def week(edition: Edition) -> Week:
    """Compare each contact with where it stood seven days ago."""
    start = days_before(edition.day, DAYS)
    changes = [
        change
        for assessment in edition.assessments
        if (change := progress(assessment.contact, edition.rulebook, start, edition.day)) is not None
    ]
    return Week(
        start=start,
        closer=_going(changes, Direction.CLOSER),
        further=_going(changes, Direction.FURTHER),
        yes=tuple(change.end for change in changes if _decided_as(change, Kind.WON)),
        no=_going(changes, Direction.ENDED),
        clarified=sum(clarified(change.end.contact, start, edition.day) for change in changes),
    )


def direction(change: Progress) -> Direction:
    """Tell where a contact went: by its status, else by distance, else by clarity.

    A later active or a won status is closer, an earlier one or going on hold is further; an end is an end.
    A contact that is new in the period has nowhere to have come from; one decided before it goes nowhere any more.
    """
    start, end = change.start, change.end
    if _decided_as(change, Kind.ENDED):
        return Direction.ENDED
    if start is None or (not end.status.is_undecided and not change.decisions):
        return Direction.UNCHANGED
    # Fewer conditions missing is closer, hence the sign.
    return next(
        (
            Direction.CLOSER if step > 0 else Direction.FURTHER
            for step in (
                _rank(end.status) - _rank(start.status),
                -(change.distance_change or 0),
                round(change.clarity_change, 9),
            )
            if step
        ),
        Direction.UNCHANGED,
    )


def clarified(contact: Contact, start: date, end: date) -> int:
    """Count the criteria with an answer dated after `start` and up to `end`, each once."""
    return sum(any(start < answer.day <= end for answer in answers) for answers in contact.criteria.values())


def _going(changes: Iterable[Progress], wanted: Direction) -> tuple[Assessment, ...]:
    return tuple(change.end for change in changes if direction(change) is wanted)


def _decided_as(change: Progress, kind: Kind) -> bool:
    return change.end.status.kind is kind and bool(change.decisions)


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
