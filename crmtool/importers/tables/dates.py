"""Days as other programs write them → YYYY-MM-DD, where there is one way to read them."""

from __future__ import annotations

import re
from datetime import date

from crmtool.days import meant_day, parse_day
from crmtool.records import dataclass

DATE_FORMATS = ("DD/MM/YYYY", "MM/DD/YYYY", "YYYY/MM/DD")
"""How dates with slashes may be read, as a user says it."""

_NAMES_OF_MONTHS = (
    "jan january januar jänner jän", "feb february februar feber", "mar march märz mär mrz maerz", "apr april",
    "may mai",
    "jun june juni", "jul july juli", "aug august", "sep sept september", "oct october okt oktober", "nov november",
    "dec december dez dezember",
)  # fmt: skip
_MONTHS = {name: number for number, names in enumerate(_NAMES_OF_MONTHS, start=1) for name in names.split()}
_LONGEST = 60
_ZONE = r"(?:Z|UTC|GMT|CES?T|[+-]\d{2}:?\d{2})"
_TIME = re.compile(rf"[T ,]*\d{{1,2}}:\d{{2}}(?::\d{{2}}(?:[.,]\d+)?)?\s*(?:[AaPp]\.?[Mm]\.?)?\s*{_ZONE}?\s*(?:Uhr)?$")
_WEEKDAY = re.compile(r"^[^\W\d_]{2,10}\.?,\s+(?=\d|[^\W\d_])")
_DAY_FIRST = re.compile(r"(\d{1,2})\.?[\s-]*([^\W\d_]{3,9})\.?,?[\s-]*(\d{4})")
_MONTH_FIRST = re.compile(r"([^\W\d_]{3,9})\.?\s*(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_SLASHES = re.compile(r"(\d{1,4})/(\d{1,2})/(\d{1,4})")
_DIGITS_ONLY = re.compile(r"\d+")
_LIKE_A_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\.\s?\d{1,2}\.\s?\d{2,4}")


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRead:
    """A day as it was read: `text` is YYYY-MM-DD, or what was written where it cannot be read.

    `has_slashes` is true where it is written with slashes and nobody said how to read them; `is_impossible` where the
    calendar has no such day.
    """

    text: str
    has_slashes: bool = False
    is_impossible: bool = False


def read_day(text: str, date_format: str | None = None) -> DayRead:
    """Read a day, whose time is left out. Slashes are read by `date_format` alone, one of DATE_FORMATS."""
    if len(text) > _LONGEST:
        return DayRead(text=text)
    bare = _WEEKDAY.sub("", _TIME.sub("", text.strip())).strip()
    slashes = _SLASHES.fullmatch(bare)
    if slashes:
        if date_format is None:
            return DayRead(text=text, has_slashes=True)
        return _told(text, _in_order(slashes.groups(), date_format))
    if _DIGITS_ONLY.fullmatch(bare):  # a number that could be anything
        return DayRead(text=text)
    named = _named(bare)
    day = parse_day(bare) or meant_day(bare) or (_day(*named) if named else None)
    is_date = bool(named or _LIKE_A_DATE.fullmatch(bare))
    return DayRead(text=day.isoformat()) if day else DayRead(text=text, is_impossible=is_date)


def is_day(text: str) -> bool:
    """Whether a text reads like a day, in whatever order it is written, even one that the calendar lacks."""
    day = read_day(text)
    return day.has_slashes or day.is_impossible or parse_day(day.text) is not None


def fitting_formats(text: str) -> frozenset[str]:
    """Give those of DATE_FORMATS by which a day with slashes is one."""
    return frozenset(told for told in DATE_FORMATS if parse_day(read_day(text, told).text) is not None)


def _told(text: str, day: date | None) -> DayRead:
    return DayRead(text=day.isoformat()) if day else DayRead(text=text, is_impossible=True)


def _in_order(parts: tuple[str, ...], date_format: str) -> date | None:
    told = dict(zip(date_format.split("/"), parts, strict=True))
    year = told["YYYY"]
    if len(year) not in (2, 4) or max(len(told["MM"]), len(told["DD"])) > 2:
        return None
    return _day(int(year) + (2000 if len(year) == 2 else 0), int(told["MM"]), int(told["DD"]))


def _named(text: str) -> tuple[int, int, int] | None:
    """Read a day whose month is written as a word: year, month, day."""
    if (match := _DAY_FIRST.fullmatch(text)) and (month := _MONTHS.get(match[2].casefold())):
        return int(match[3]), month, int(match[1])
    if (match := _MONTH_FIRST.fullmatch(text)) and (month := _MONTHS.get(match[1].casefold())):
        return int(match[3]), month, int(match[2])
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
