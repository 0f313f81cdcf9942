"""What was clarified and decided, week by week."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from crmtool.days import Duration, days_before
from crmtool.progress.history import History
from crmtool.rulebook import Kind

WEEKS = 13
"""How many weeks are told: a quarter of a year."""

_TO_SUNDAY = Duration(6, "d")


@dataclass(frozen=True, slots=True, kw_only=True)
class IsoWeek:
    """A week from Monday to Sunday; the one that contains the day is running.

    `clarified` are the contacts and criteria with an answer dated in the week, each pair once. The others are the ids
    of the contacts decided on, once a decision: in all, for a won status, and for an ended one.
    """

    monday: date
    sunday: date
    is_running: bool
    clarified: tuple[tuple[str, str], ...]
    decided: tuple[str, ...]
    won: tuple[str, ...]
    ended: tuple[str, ...]

    @property
    def number(self) -> int:
        """The week's number by ISO 8601."""
        return self.monday.isocalendar().week


@dataclass(slots=True)
class _Found:
    """What is found in one week."""

    clarified: list[tuple[str, str]] = field(default_factory=list)
    decided: list[tuple[str, Kind | None]] = field(default_factory=list)

    def decided_as(self, kind: Kind) -> tuple[str, ...]:
        return tuple(id for id, outcome in self.decided if outcome is kind)


def iso_weeks(histories: Iterable[History], day: date, count: int = WEEKS) -> tuple[IsoWeek, ...]:
    """Tell the last weeks, oldest first; the last one is that of the day, and is running.

    Entries into the pipeline are not decided on; answers and decisions dated after the day do not exist.
    """
    weeks = {monday_of(days_before(day, 7 * back)): _Found() for back in range(count - 1, -1, -1)}
    for history in histories:
        _find(history, day, weeks)
    return tuple(_week(monday, found, day) for monday, found in weeks.items())


def monday_of(day: date) -> date:
    """Give the Monday of a day's week."""
    return days_before(day, day.weekday())


def _find(history: History, day: date, weeks: dict[date, _Found]) -> None:
    for criterion, answers in history.contact.criteria.items():
        for monday in {monday_of(answer.day) for answer in answers if answer.day <= day} & weeks.keys():
            weeks[monday].clarified.append((history.id, criterion))
    for move in history.taken():
        if (found := weeks.get(monday_of(move.day))) is not None:
            found.decided.append((history.id, move.target.kind))


def _week(monday: date, found: _Found, day: date) -> IsoWeek:
    return IsoWeek(
        monday=monday,
        sunday=_TO_SUNDAY.after(monday),
        is_running=monday == monday_of(day),
        clarified=tuple(found.clarified),
        decided=tuple(id for id, _ in found.decided),
        won=found.decided_as(Kind.WON),
        ended=found.decided_as(Kind.ENDED),
    )
