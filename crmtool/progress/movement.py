"""Where contacts stand and where they went: clarity, distance and direction over spans of days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from crmtool.assessment import Assessment
from crmtool.days import days_before
from crmtool.progress.change import Direction, Progress, direction, last_turn, progress_since
from crmtool.rulebook import RuleBook

SPANS = (7, 30, 90)
"""Over how many days clarity, distance and direction are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """Clarity gained and conditions more over so many days; None where either day has no value."""

    days: int
    clarity: float | None
    distance: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """An undecided contact's clarity and distance on the day, and how they shifted over each span."""

    contact: str
    clarity: float | None
    distance: int | None
    shifts: tuple[Shift, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Directions:
    """Where contacts went over so many days: their ids by direction, all four of them."""

    days: int
    contacts: Mapping[Direction, tuple[str, ...]]

    @property
    def n(self) -> int:
        """How many contacts are counted."""
        return sum(len(ids) for ids in self.contacts.values())

    def count(self, wanted: Direction) -> int:
        """How many contacts went in a direction."""
        return len(self.contacts[wanted])


def changes_over(assessments: Iterable[Assessment], rulebook: RuleBook, day: date, days: int) -> tuple[Progress, ...]:
    """Compare contacts, assessed as of a day, with where they stood so many days before."""
    return changes_over_each(assessments, rulebook, day, (days,))[days]


def changes_over_each(
    assessments: Iterable[Assessment], rulebook: RuleBook, day: date, spans: Iterable[int]
) -> dict[int, tuple[Progress, ...]]:
    """Compare contacts, assessed as of a day, with where they stood so many days before, for each number of days."""
    starts = {days: days_before(day, days) for days in spans}
    changes: dict[int, list[Progress]] = {days: [] for days in starts}
    for end in assessments:
        spanned = [(days, start) for days, start in starts.items() if _is_open(end, start)]
        turned = last_turn(end, rulebook) if spanned else None
        for days, start in spanned:
            changes[days].append(progress_since(start, end, rulebook, turned))
    return {days: tuple(found) for days, found in changes.items()}


def courses(changes: Mapping[int, Iterable[Progress]]) -> tuple[Course, ...]:
    """Tell each contact that is undecided on the day, in the order given, with its shift over each span.

    A shift is the value on the day less the value at the start of the span.
    """
    shifts: dict[str, list[Shift]] = {}
    ends: dict[str, Assessment] = {}
    for days, found in changes.items():
        for change in found:
            if change.end.status.is_undecided:
                ends[change.end.contact.id] = change.end
                shifts.setdefault(change.end.contact.id, []).append(_shift(days, change))
    return tuple(
        Course(contact=id, clarity=end.clarity, distance=end.distance, shifts=tuple(shifts[id]))
        for id, end in ends.items()
    )


def directions(days: int, changes: Iterable[Progress]) -> Directions:
    """Count where contacts went over a span: all that are undecided at its end or were decided on within it.

    Those that were done before the span began have nowhere to go and are left out; those new in it are unchanged.
    """
    groups: dict[Direction, list[str]] = {each: [] for each in Direction}
    for change in changes:
        groups[direction(change)].append(change.end.contact.id)
    return Directions(days=days, contacts={each: tuple(ids) for each, ids in groups.items()})


def _is_open(assessment: Assessment, start: date) -> bool:
    return assessment.status.is_undecided or assessment.why_here.since > start


def _shift(days: int, change: Progress) -> Shift:
    before = change.start.clarity if change.start else None
    now = change.end.clarity
    gained = None if before is None or now is None else now - before
    return Shift(days=days, clarity=gained, distance=change.distance_change)
