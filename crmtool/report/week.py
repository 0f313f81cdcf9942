"""What changed over the last week: closer, further, decided, clarified. Never what was done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from crmtool.assessment import Assessment
from crmtool.days import days_before
from crmtool.progress.change import Direction, clarified, decided_as, direction, progress_since
from crmtool.report.edition import Edition
from crmtool.report.memo import Part
from crmtool.rulebook import Kind

DAYS = 7


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
    ranks = edition.ranks
    moves = sorted(
        (move for part in edition.each_part(_moves) for move in part), key=lambda move: ranks[move.end.contact.id]
    )
    return Week(
        start=days_before(edition.day, DAYS),
        closer=_going(moves, Direction.CLOSER),
        further=_going(moves, Direction.FURTHER),
        yes=tuple(move.end for move in moves if move.is_yes),
        no=_going(moves, Direction.ENDED),
        clarified=sum(move.clarified for move in moves),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Move:
    """What a week brought for a contact for which it brought anything."""

    end: Assessment
    direction: Direction
    is_yes: bool
    clarified: int


def _moves(edition: Edition, part: Part) -> tuple[_Move, ...]:
    start = days_before(edition.day, DAYS)
    changes = (progress_since(start, assessment, edition.rulebook) for assessment in part)
    moves = (
        _Move(
            end=change.end,
            direction=direction(change),
            is_yes=decided_as(change, Kind.WON),
            clarified=clarified(change.end.contact, start, edition.day),
        )
        for change in changes
    )
    return tuple(move for move in moves if move.direction is not Direction.UNCHANGED or move.is_yes or move.clarified)


def _going(moves: Iterable[_Move], wanted: Direction) -> tuple[Assessment, ...]:
    return tuple(move.end for move in moves if move.direction is wanted)
