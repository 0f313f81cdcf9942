"""Calendar days and durations. Nothing here knows what day it is."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from functools import lru_cache

from crmtool.records import dataclass

_DURATION = re.compile(r"(\d{1,5})([dwmy])", re.ASCII)
_ISO_LENGTH = len("2026-11-23")
_OTHER_ORDERS = (
    re.compile(r"(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4}|\d{2})", re.ASCII),  # 23.11.2026, 23.11.26
    re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})", re.ASCII),  # 2026/11/23, 2026-1-5
    re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})", re.ASCII),  # 20261123
)


def parse_day(text: object) -> date | None:
    """Read a day written YYYY-MM-DD; None for anything else, such as a day that the calendar does not have."""
    return _day(text) if isinstance(text, str) and len(text) == _ISO_LENGTH else None


@lru_cache(maxsize=4096)  # the same days stand in thousands of contacts
def _day(text: str) -> date | None:
    if not text.isascii() or text[4] != "-" or text[7] != "-":
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

    def before(self, day: date) -> date:
        """Give the day that lies this long before `day`; 1m before 31 March is the last day of February."""
        try:
            if self.unit in "dw":
                return day - timedelta(days=self.count * (7 if self.unit == "w" else 1))
            return _add_months(day, -self.count * (12 if self.unit == "y" else 1))
        except (OverflowError, ValueError):
            return date.min

    def __str__(self) -> str:
        return f"{self.count}{self.unit}"


def past_day(text: str, today: date) -> date | None:
    """Read a day to look back to: YYYY-MM-DD, `today`, `yesterday`, or `14d`, `6w`, `3m`, `1y` before today.

    None for anything else. A day that is written out may lie in the future.
    """
    if text in ("today", "yesterday"):
        return days_before(today, int(text == "yesterday"))
    duration = Duration.parse(text)
    return duration.before(today) if duration else parse_day(text)


def coming_day(text: str, today: date) -> date | None:
    """Read a day to look ahead to: YYYY-MM-DD, `today`, `tomorrow`, or `14d`, `6w`, `3m`, `1y` from today.

    None for anything else. A day that is written out may lie in the past.
    """
    if text in ("today", "tomorrow"):
        return next_day(today) if text == "tomorrow" else today
    duration = Duration.parse(text)
    return duration.after(today) if duration else parse_day(text)


def meant_day(text: str) -> date | None:
    """Guess the day that is written in another order of day, month and year; None where it cannot be told.

    What has slashes and no year in front is not guessed: 3/4 is March here and April there.
    """
    found = next((match for pattern in _OTHER_ORDERS if (match := pattern.fullmatch(text.strip()))), None)
    if found is None:
        return None
    year = int(found["y"]) + (2000 if len(found["y"]) == 2 else 0)
    try:
        return date(year, int(found["m"]), int(found["d"]))
    except ValueError:
        return None


def next_day(day: date) -> date:
    """Give the day after; the last day of the calendar is its own next day."""
    return day + timedelta(days=1) if day < date.max else day


def days_before(day: date, count: int) -> date:
    """Give the day that lies so many days before; the calendar's first one where there is none."""
    return date.fromordinal(max(day.toordinal() - count, 1))


def _add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
