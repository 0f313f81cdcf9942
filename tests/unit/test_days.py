from __future__ import annotations

from datetime import date

import pytest

from crmtool.days import Duration, coming_day, days_before, meant_day, next_day, parse_day, past_day
from tests.building import day


@pytest.mark.parametrize(
    "text", ["2026-11-23", "2024-02-29", "0001-01-01", "9999-12-31", "2000-02-29", "2026-12-31", "2026-01-01"]
)
def test_a_day_is_read_as_it_is_written(text: str) -> None:
    read = parse_day(text)
    assert read is not None
    assert read.isoformat() == text


@pytest.mark.parametrize(
    "written",
    [
        "",
        "2026-02-30",
        "2025-02-29",
        "1900-02-29",
        "2026-13-01",
        "2026-00-10",
        "2026-10-00",
        "2026-04-31",
        "0000-01-01",
        "2026-1-1",
        "26-11-2023",
        "20261123",
        "2026-W48-1",
        "2026W48-01",
        "2026-327",
        "2026/11/23",
        "23.11.2026",
        "2026-11-23T00:00",
        " 2026-11-23",
        "2026-11-23\n",
        "+026-11-23",
        "2026-1١-23",  # an Arabic digit
        "２０２６-11-23",
        "heute",
        None,
        20261123,
        2026.1123,
        True,
        [],
        {"date": "2026-11-23"},
        date(2026, 11, 23),
    ],
)
def test_what_is_no_day_of_the_calendar_is_none(written: object) -> None:
    assert parse_day(written) is None


@pytest.mark.parametrize(
    ("text", "count", "unit"),
    [("14d", 14, "d"), ("6w", 6, "w"), ("3m", 3, "m"), ("1y", 1, "y"), ("0d", 0, "d"), ("99999y", 99999, "y")],
)
def test_a_duration_is_read_and_told_as_it_is_written(text: str, count: int, unit: str) -> None:
    assert Duration.parse(text) == Duration(count, unit)
    assert str(Duration(count, unit)) == text


@pytest.mark.parametrize(
    "written",
    [
        "",
        "14",
        "d",
        "14D",
        "14 d",
        " 14d",
        "14d ",
        "14d\n",
        "-1d",
        "+1d",
        "1.5d",
        "1h",
        "1d2w",
        "100000d",
        "١d",
        14,
        None,
        ["1d"],
        True,
    ],
)
def test_what_is_no_duration_is_none(written: object) -> None:
    assert Duration.parse(written) is None


@pytest.mark.parametrize(
    ("start", "duration", "end"),
    [
        ("2026-11-23", "0d", "2026-11-23"),
        ("2026-11-23", "14d", "2026-12-07"),
        ("2026-11-23", "6w", "2027-01-04"),
        ("2026-02-28", "1d", "2026-03-01"),
        ("2024-02-28", "1d", "2024-02-29"),
        ("2026-03-28", "1d", "2026-03-29"),  # the clocks change; days do not
        ("2026-11-23", "0m", "2026-11-23"),
        ("2026-01-31", "1m", "2026-02-28"),  # by the calendar: the last day of February
        ("2024-01-31", "1m", "2024-02-29"),
        ("2026-01-29", "1m", "2026-02-28"),
        ("2026-01-28", "1m", "2026-02-28"),
        ("2026-02-28", "1m", "2026-03-28"),  # and not the last day of March
        ("2026-03-31", "1m", "2026-04-30"),
        ("2026-10-31", "4m", "2027-02-28"),
        ("2026-12-31", "2m", "2027-02-28"),
        ("2026-12-15", "1m", "2027-01-15"),
        ("2026-11-30", "1m", "2026-12-30"),
        ("2026-11-30", "12m", "2027-11-30"),
        ("2026-11-30", "13m", "2027-12-30"),
        ("2026-11-23", "24m", "2028-11-23"),
        ("2024-02-29", "1y", "2025-02-28"),
        ("2024-02-29", "4y", "2028-02-29"),
        ("1896-02-29", "4y", "1900-02-28"),  # no leap year
        ("2026-11-23", "0y", "2026-11-23"),
    ],
)
def test_a_duration_leads_to_a_day_of_the_calendar(start: str, duration: str, end: str) -> None:
    parsed = Duration.parse(duration)
    assert parsed is not None
    assert parsed.after(day(start)) == day(end)


@pytest.mark.parametrize("duration", ["99999d", "99999w", "99999m", "99999y"])
def test_what_lies_beyond_the_calendar_is_its_last_day(duration: str) -> None:
    parsed = Duration.parse(duration)
    assert parsed is not None
    assert parsed.after(date(9999, 6, 30)) == date.max


def test_the_last_month_of_the_calendar_can_be_reached() -> None:
    assert Duration(1, "m").after(date(9999, 11, 30)) == date(9999, 12, 30)
    assert Duration(1, "m").after(date(9999, 12, 1)) == date.max
    assert Duration(1, "y").after(date(9998, 12, 31)) == date.max


def test_the_day_after() -> None:
    assert next_day(day("2026-12-31")) == day("2027-01-01")
    assert next_day(day("2024-02-28")) == day("2024-02-29")
    assert next_day(date.max) == date.max


def test_days_before_end_at_the_beginning_of_the_calendar() -> None:
    assert days_before(day("2026-03-01"), 7) == day("2026-02-22")
    assert days_before(day("0001-01-08"), 7) == days_before(day("0001-01-03"), 7) == date.min


@pytest.mark.parametrize(
    ("duration", "start", "end"),
    [
        ("1d", "2026-03-01", "2026-02-28"),
        ("2w", "2026-01-05", "2025-12-22"),
        ("1m", "2026-03-31", "2026-02-28"),
        ("1m", "2024-03-31", "2024-02-29"),
        ("13m", "2026-01-31", "2024-12-31"),
        ("1y", "2024-02-29", "2023-02-28"),
        ("0d", "2026-01-05", "2026-01-05"),
        ("9999y", "2026-01-05", "0001-01-01"),
        ("99999w", "2026-01-05", "0109-07-01"),
        ("99999m", "2026-01-05", "0001-01-01"),
    ],
)
def test_a_duration_leads_back_by_the_calendar(duration: str, start: str, end: str) -> None:
    read = Duration.parse(duration)
    assert read is not None
    assert read.before(day(start)) == day(end)


@pytest.mark.parametrize(
    ("text", "past", "coming"),
    [
        ("2026-11-01", "2026-11-01", "2026-11-01"),
        ("2027-11-01", "2027-11-01", "2027-11-01"),
        ("today", "2026-11-23", "2026-11-23"),
        ("yesterday", "2026-11-22", None),
        ("tomorrow", None, "2026-11-24"),
        ("0d", "2026-11-23", "2026-11-23"),
        ("7d", "2026-11-16", "2026-11-30"),
        ("6w", "2026-10-12", "2027-01-04"),
        ("3m", "2026-08-23", "2027-02-23"),
        ("1y", "2025-11-23", "2027-11-23"),
        ("7", None, None),
        ("7 d", None, None),
        ("-7d", None, None),
        ("2026-02-30", None, None),
        ("23.11.2026", None, None),
        ("", None, None),
    ],
)
def test_days_are_typed_in_few_ways(text: str, past: str | None, coming: str | None) -> None:
    today = day("2026-11-23")
    assert past_day(text, today) == (day(past) if past else None)
    assert coming_day(text, today) == (day(coming) if coming else None)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("23.11.2026", "2026-11-23"),
        ("3.4.2026", "2026-04-03"),
        ("23. 11. 2026", "2026-11-23"),
        ("23.11.26", "2026-11-23"),
        ("2026/11/23", "2026-11-23"),
        ("2026-1-5", "2026-01-05"),
        (" 20261123 ", "2026-11-23"),
        ("11/23/2026", None),  # the order of day and month differs between countries
        ("30.2.2026", None),
        ("23.11.", None),
        ("23.11.202", None),
        ("next week", None),
        ("", None),
    ],
)
def test_the_day_that_was_meant_is_guessed_where_only_one_can_be(text: str, meant: str | None) -> None:
    assert meant_day(text) == (day(meant) if meant else None)
