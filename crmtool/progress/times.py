"""How long contacts are in each status."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from crmtool.progress.history import History, Stay
from crmtool.progress.measures import Spread
from crmtool.rulebook import RuleBook


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactTime:
    """A contact's days in a status: of its latest stay, and of all its stays; `is_here` while the latest goes on."""

    contact: str
    latest: int
    summed: int
    is_here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusTime:
    """The days that contacts were in a status, for each that ever was; `now` are the ids of those there today."""

    status: str
    times: tuple[ContactTime, ...]
    latest: Spread
    summed: Spread
    now: tuple[str, ...]

    @classmethod
    def of(cls, status: str, times: tuple[ContactTime, ...]) -> StatusTime:
        """Describe the times of a status."""
        return cls(
            status=status,
            times=times,
            latest=Spread.of(time.latest for time in times),
            summed=Spread.of(time.summed for time in times),
            now=tuple(time.contact for time in times if time.is_here),
        )


def status_times(histories: Iterable[History], rulebook: RuleBook, day: date) -> tuple[StatusTime, ...]:
    """Tell the time in each status as of a day, in the order of the rule book; statuses that it lacks come last.

    A stay lasts from the day of the decision that began it to that of the decision that ended it, or to the day.
    """
    times: dict[str, list[ContactTime]] = {status: [] for status in rulebook.statuses}
    for history in histories:
        stays: dict[str, list[Stay]] = {}
        for stay in history.stays:
            stays.setdefault(stay.status, []).append(stay)
        for status, found in stays.items():
            times.setdefault(status, []).append(_time(history.id, found, day))
    return tuple(StatusTime.of(status, tuple(times[status])) for status in in_order(times, rulebook))


def in_order(statuses: Iterable[str], rulebook: RuleBook) -> tuple[str, ...]:
    """Give all statuses of the rule book in its order, then those of the given ones that it lacks."""
    return *rulebook.statuses, *sorted(set(statuses) - rulebook.statuses.keys())


def _time(contact: str, stays: list[Stay], day: date) -> ContactTime:
    return ContactTime(
        contact=contact,
        latest=stays[-1].days(day),
        summed=sum(stay.days(day) for stay in stays),
        is_here=stays[-1].left is None,
    )
