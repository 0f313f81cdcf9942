"""Days as other programs write them."""

from __future__ import annotations

import pytest

from crmtool.importers.tables.dates import DayRead, is_day, read_day


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-11-23", "2026-11-23"), ("2026-11-23 09:12:00", "2026-11-23"), ("2026-11-23T14:30:00Z", "2026-11-23"),
        ("2026-11-23T14:30:00.123+01:00", "2026-11-23"), ("23.11.2026", "2026-11-23"),
        ("5.1.2026 8:05 Uhr", "2026-01-05"),
        ("23 Nov 2026", "2026-11-23"), ("23-Nov-2026", "2026-11-23"), ("Nov 23, 2026", "2026-11-23"),
        ("November 23rd, 2026", "2026-11-23"), ("23. November 2026", "2026-11-23"), ("1. März 2026", "2026-03-01"),
        ("Montag, 23. November 2026", "2026-11-23"), ("3 Mai 2026", "2026-05-03"), ("12. Dez. 2026", "2026-12-12"),
        ("15 Okt 2026, 10:00 AM", "2026-10-15"),
    ],
)  # fmt: skip
def test_what_can_be_read_in_one_way_is_read(written: str, day: str) -> None:
    assert read_day(written) == DayRead(text=day)


@pytest.mark.parametrize("written", ["bald", "45231", "20261123", "Q3 2026", "23 Foo 2026", "2026", "x" * 100, ""])
def test_what_is_no_date_stays(written: str) -> None:
    assert read_day(written) == DayRead(text=written)
    assert not is_day(written)


@pytest.mark.parametrize("written", ["2026-02-30", "31.02.2026", "30 Feb 2026"])
def test_days_that_the_calendar_lacks_stay_and_are_told(written: str) -> None:
    assert read_day(written) == DayRead(text=written, is_impossible=True)


@pytest.mark.parametrize(
    ("written", "date_format", "day"),
    [("04/03/2026", "DD/MM/YYYY", "2026-03-04"), ("04/03/2026", "MM/DD/YYYY", "2026-04-03"),
     ("2026/04/03", "YYYY/MM/DD", "2026-04-03"), ("3/15/2026 9:12 AM", "MM/DD/YYYY", "2026-03-15"),
     ("4/3/26", "DD/MM/YYYY", "2026-03-04")],
)  # fmt: skip
def test_slashes_are_read_as_the_user_says(written: str, date_format: str, day: str) -> None:
    assert read_day(written, date_format).text == day
    assert read_day(written) == DayRead(text=written, has_slashes=True)
    assert is_day(written)


def test_slashes_in_another_order_than_said_are_impossible() -> None:
    assert read_day("15/03/2026", "MM/DD/YYYY").is_impossible
    assert read_day("2026/04/03", "DD/MM/YYYY").is_impossible
