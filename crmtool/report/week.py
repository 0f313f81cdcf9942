"""What changed over the last week: closer, further, decided, clarified. Never what was done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from crmtool.assessment import Assessment
from crmtool.days import days_before
from crmtool.progress.change import Direction, Progress, clarified, decided_as, direction, progress_since
from crmtool.report.edition import Edition
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
    start = days_before(edition.day, DAYS)
    changes = [progress_since(start, assessment, edition.rulebook) for assessment in edition.assessments]
    return Week(
        start=start,
        closer=_going(changes, Direction.CLOSER),
        further=_going(changes, Direction.FURTHER),
        yes=tuple(change.end for change in changes if decided_as(change, Kind.WON)),
        no=_going(changes, Direction.ENDED),
        clarified=sum(clarified(change.end.contact, start, edition.day) for change in changes),
    )


def _going(changes: Iterable[Progress], wanted: Direction) -> tuple[Assessment, ...]:
    return tuple(change.end for change in changes if direction(change) is wanted)
