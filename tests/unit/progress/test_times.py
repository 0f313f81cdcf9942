from __future__ import annotations

from crmtool.contact import Contact
from crmtool.progress.history import histories
from crmtool.progress.measures import Spread
from crmtool.progress.times import ContactTime, StatusTime, status_times
from tests.building import contact, day, rulebook

BOOK = rulebook()
TODAY = day("2026-03-01")

#        January 1        11        21       31    February 10    March 1
# back   new (10)         later (10) new (10) later (29, goes on)
# gone   new (30) ----------------------------ended
BACK = contact(
    ("2026-01-01", "new"), ("2026-01-11", "later"), ("2026-01-21", "new"), ("2026-01-31", "later"), id="back"
)
GONE = contact(("2026-01-01", "new"), ("2026-01-31", "ended"), id="gone")


def times(*who: Contact, on: str = "2026-03-01") -> dict[str, StatusTime]:
    found = histories(who, BOOK, day(on))
    return {time.status: time for time in status_times(found, BOOK, day(on))}


def test_the_latest_stay_and_all_stays_of_each_contact() -> None:
    found = times(BACK, GONE)
    assert found["new"].times == (
        ContactTime(contact="back", latest=10, summed=20, is_here=False),
        ContactTime(contact="gone", latest=30, summed=30, is_here=False),
    )
    # The latest stay runs from 31 January to 1 March: 29 days; the one before took 10.
    assert found["later"].times == (ContactTime(contact="back", latest=29, summed=39, is_here=True),)


def test_the_middle_and_the_85th_percentile_of_both() -> None:
    new = times(BACK, GONE)["new"]
    assert new.latest == Spread(n=2, median=20, p85=30)  # 10 and 30
    assert new.summed == Spread(n=2, median=25, p85=30)  # 20 and 30


def test_who_is_there_now() -> None:
    found = times(BACK, GONE)
    assert {status: time.now for status, time in found.items() if time.now} == {"later": ("back",), "ended": ("gone",)}


def test_every_status_of_the_rule_book_is_listed_in_its_order() -> None:
    assert list(times(BACK)) == ["new", "later", "held", "won", "ended"]
    assert times(BACK)["held"].latest == Spread(n=0, median=None, p85=None)


def test_on_the_day_of_its_entry_a_contact_has_been_there_for_no_day() -> None:
    assert times(GONE, on="2026-01-01")["new"].times == (ContactTime(contact="gone", latest=0, summed=0, is_here=True),)


def test_statuses_that_the_rule_book_lacks_come_last() -> None:
    lost = contact(("2026-01-01", "zzz"), ("2026-01-04", "abc"), ("2026-01-09", "new"))
    found = status_times(histories([lost], BOOK, TODAY), BOOK, TODAY)
    assert [time.status for time in found][-2:] == ["abc", "zzz"]
    assert [time.latest.median for time in found][-2:] == [5, 3]
