"""Spans of days over which something is counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from crmtool.days import days_before, next_day


@dataclass(frozen=True, slots=True)
class Period:
    """The days after `start` and up to `end`: what is dated on the start itself belongs to the period before."""

    start: date
    end: date

    @classmethod
    def last(cls, count: int, day: date) -> Period:
        """Give the period of so many days that ends with a day."""
        return cls(days_before(day, count), day)

    @property
    def first(self) -> date:
        """The first day of the period."""
        return next_day(self.start)

    @property
    def days(self) -> int:
        """How many days the period has."""
        return (self.end - self.start).days

    def covers(self, day: date) -> bool:
        """Whether a day lies in the period."""
        return self.start < day <= self.end
