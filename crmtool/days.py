"""Calendar days and durations. Nothing here knows what day it is."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

_DURATION = re.compile(r"(\d{1,5})([dwmy])", re.ASCII)
_ISO_LENGTH = len("2026-11-23")


def parse_day(text: object) -> date | None:
    """Read a day written YYYY-MM-DD; None for anything else, such as a day that the calendar does not have."""
    if not isinstance(text, str) or len(text) != _ISO_LENGTH or not text.isascii() or text[4] != "-" or text[7] != "-":
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Duration:
    """A span of the calendar such as 14d, 6w, 3m or 1y."""

    count: int
    unit: str

    @classmethod
    def parse(cls, text: object) -> Duration | None:
        """Read `14d`, `6w`, `3m` or `1y`; None for anything else."""
        match = _DURATION.fullmatch(text) if isinstance(text, str) else None
        return cls(int(match[1]), match[2]) if match else None

    def after(self, day: date) -> date:
        """Give the day that lies this long after `day`; 1m after 31 January is the last day of February."""
        try:
            if self.unit in "dw":
                return day + timedelta(days=self.count * (7 if self.unit == "w" else 1))
            return _add_months(day, self.count * (12 if self.unit == "y" else 1))
        except (OverflowError, ValueError):
            return date.max

    def __str__(self) -> str:
        return f"{self.count}{self.unit}"


def next_day(day: date) -> date:
    """Give the day after; the last day of the calendar is its own next day."""
    return day + timedelta(days=1) if day < date.max else day


def days_before(day: date, count: int) -> date:
    """Give the day that lies so many days before; the calendar's first one where there is none."""
    return date.fromordinal(max(day.toordinal() - count, 1))


def _add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
