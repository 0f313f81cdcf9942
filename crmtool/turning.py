"""Turning points: the days on which what holds for a contact can change. Between two of them nothing does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from crmtool.conditions import Condition, OlderThan, Passed, walk
from crmtool.days import parse_day
from crmtool.situation import Situation, field_value


def turning_points(situation: Situation, conditions: Iterable[Condition]) -> set[date]:
    """Collect every day, from the entry on, on which one of the conditions can begin or cease to hold.

    These are the entry itself, the days of answers and of their expiry, ages, dated fields, and retirements.
    """
    entered = situation.entered or situation.day
    days = {entered}
    for criterion in situation.contact.criteria:
        days.update(answer_changes(situation, criterion))
    for condition in conditions:
        days.update(_dates_in(situation, condition, entered))
    # Retirement changes what a score counts.
    days.update(c.retired for c in situation.rulebook.criteria.values() if c.retired is not None)
    return {day for day in days if day >= entered}


def answer_changes(situation: Situation, criterion: str) -> list[date]:
    """List the days on which a criterion can change its state: those of its answers and of their expiry."""
    days: list[date] = []
    for answer in situation.contact.criteria.get(criterion, ()):
        days.append(answer.day)
        expiry = situation.expires(answer)
        if expiry is not None:
            days.append(expiry)
    return days


def first_day(situation: Situation, points: Iterable[date], is_so: Callable[[Situation], bool]) -> date | None:
    """Tell the first turning point, up to the situation's day, on which something was so as known then."""
    days = (day for day in sorted(points) if day <= situation.day)
    return next((day for day in days if is_so(_as_of(situation, day))), None)


def _as_of(situation: Situation, day: date) -> Situation:
    """Give the situation on another day; written out, since `replace` takes four times as long."""
    contact, rulebook, entered, known = situation.contact, situation.rulebook, situation.entered, situation.known
    return Situation(contact=contact, rulebook=rulebook, day=day, entered=entered, known=known)


def _dates_in(situation: Situation, condition: Condition, entered: date) -> Iterator[date]:
    for part in walk(condition):
        match part:
            case OlderThan(duration):
                yield duration.after(entered)
            case Passed(field):
                day = parse_day(field_value(situation.contact.fields, field))
                if day is not None:
                    yield day
            case _:
                pass
