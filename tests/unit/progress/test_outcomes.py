"""Shares of outcomes, by hand. The period is 1 January (not included) to 31 December 2026."""

from __future__ import annotations

from typing import Any

import pytest

from crmtool.contact import Contact
from crmtool.progress.history import History, histories
from crmtool.progress.measures import Share
from crmtool.progress.outcomes import (
    NO_DECISION,
    OUR_NO,
    decided_share,
    early_stop_share,
    hold_discipline,
    reason_share,
    reopened_share,
    stop_share,
    win_rates,
)
from crmtool.progress.period import Period
from tests.building import ACTIVE, ENDED, HOLD, WON, contact, day, met, rulebook

BOOK = rulebook(
    {"k": {"knockout": True}},
    statuses={
        "new": {**ACTIVE, "decide_within": "30d"},
        "later": ACTIVE,
        "held": HOLD,
        "won": WON,
        "ended": ENDED,
    },
    reasons={"ended": {"no_decision": "D", "our_no": "O", "other": "X"}},
)
PERIOD = Period(day("2026-01-01"), day("2026-12-31"))
NEW = ("2026-02-01", "new")
OLD = ("2025-06-01", "new")


def told(*who: Contact, on: str = "2027-03-01") -> tuple[History, ...]:
    return histories(who, BOOK, day(on))


def counted(share: Share) -> tuple[set[str], set[str]]:
    """Give the contacts of the part, and those of the rest."""
    assert (share.part, share.whole) == (len(share.contacts), len(share.contacts) + len(share.rest))
    return set(share.contacts), set(share.rest)


# --- Decided ----------------------------------------------------------------------------------------------------------


def test_of_those_undecided_in_the_period_the_share_decided_at_its_end() -> None:
    share = decided_share(
        told(
            contact(OLD, ("2026-12-31", "won"), id="on the last day"),
            contact(OLD, ("2026-01-02", "ended"), id="on the first day"),
            contact(NEW, ("2026-03-01", "ended"), id="came and went"),
            contact(OLD, ("2025-07-01", "ended"), ("2026-05-01", "new"), ("2026-06-01", "ended"), id="reopened"),
            contact(OLD, ("2025-12-01", "held"), id="on hold"),
            contact(OLD, ("2027-01-01", "won"), id="a day late"),
            contact(("2026-12-31", "new"), id="came on the last day"),
            contact(NEW, ("2026-03-01", "ended"), ("2026-04-01", "new"), id="open again"),
            # never undecided in the period:
            contact(OLD, ("2026-01-01", "won"), id="before"),
            contact(("2026-05-01", "won"), id="entered won"),
            contact(("2027-01-01", "new"), id="after"),
            contact(("2026-05-01", "gone"), id="unknown"),
        ),
        PERIOD,
    )
    assert counted(share) == (
        {"on the last day", "on the first day", "came and went", "reopened"},
        {"on hold", "a day late", "came on the last day", "open again"},
    )
    assert share.value == 0.5


# --- Noes -------------------------------------------------------------------------------------------------------------


def test_of_the_decisions_that_decided_the_share_of_noes() -> None:
    share = stop_share(
        told(
            contact(NEW, ("2026-12-31", "ended"), id="no"),
            contact(OLD, ("2026-01-02", "won"), ("2026-03-01", "ended"), id="yes, then no"),
            contact(OLD, ("2026-01-01", "ended"), id="on the start"),
            contact(OLD, ("2027-01-01", "ended"), id="after"),
            contact(("2026-05-01", "ended"), id="entered so"),
            contact(NEW, ("2026-05-01", "later"), id="going on"),
        ),
        PERIOD,
    )
    assert (share.part, share.whole) == (2, 3)
    assert counted(share) == ({"no", "yes, then no"}, {"yes, then no"})


@pytest.mark.parametrize(
    ("decided", "more", "early"),
    [
        ("2026-02-15", {}, True),
        ("2026-03-03", {}, True),  # the 30th day after 1 February, the last in time
        ("2026-03-04", {}, False),  # overdue
        ("2026-02-15", {"criteria": {"k": met("2026-02-15")}}, False),  # the knockout came that day
        ("2026-02-14", {"criteria": {"k": met("2026-02-15")}}, True),  # a day before
        ("2026-02-15", {"stop_if": [{"when": "w", "by": "2026-02-15"}]}, True),  # its last day
        ("2026-02-15", {"stop_if": [{"when": "w", "by": "2026-02-14"}]}, False),
    ],
)
def test_an_early_no_comes_before_time_ran_out(decided: str, more: dict[str, Any], early: bool) -> None:
    share = early_stop_share(told(contact(NEW, (decided, "ended"), **more)), BOOK, PERIOD)
    assert (share.part, share.whole) == (int(early), 1)


def test_a_stop_that_was_due_and_went_away_is_not_forgotten() -> None:
    # The knockout stood from the 3rd to the 5th.
    answers = {"k": [{"met": "2026-02-03"}, {"not_met": "2026-02-05"}]}
    share = early_stop_share(told(contact(NEW, ("2026-02-10", "ended"), criteria=answers)), BOOK, PERIOD)
    assert share.part == 0


def test_without_a_deadline_a_no_is_never_late_and_after_a_yes_it_is_not_early() -> None:
    share = early_stop_share(
        told(
            contact(OLD, ("2025-07-01", "held"), ("2026-12-01", "ended"), id="held"),
            contact(NEW, ("2026-02-10", "won"), ("2026-02-11", "ended"), id="won"),
            contact(("2026-02-01", "gone"), ("2026-02-02", "ended"), id="unknown"),
            contact(("2026-02-01", "ended"), id="entered so"),
            contact(NEW, ("2026-02-11", "won"), id="yes"),
        ),
        BOOK,
        PERIOD,
    )
    assert counted(share) == ({"held"}, {"won", "unknown"})


def ended_for(reason: str | None, id: str, on: str = "2026-03-01") -> Contact:
    return contact(NEW, {"date": on, "to": "ended", "because": "why"} | ({"reason": reason} if reason else {}), id=id)


def test_of_the_noes_the_share_for_a_reason() -> None:
    found = told(
        ended_for("no_decision", "a"),
        ended_for("no_decision", "b", "2027-01-01"),  # after the period
        ended_for("our_no", "c", "2026-12-31"),
        ended_for("other", "d"),
        ended_for(None, "e"),
        contact(NEW, {"date": "2026-03-01", "to": "won", "because": "why", "reason": "our_no"}, id="f"),
    )
    no_decision, our_no = (reason_share(found, BOOK, PERIOD, reason) for reason in (NO_DECISION, OUR_NO))
    assert no_decision is not None
    assert our_no is not None
    assert counted(no_decision) == ({"a"}, {"c", "d", "e"})
    assert counted(our_no) == ({"c"}, {"a", "d", "e"})


def test_a_reason_that_no_ended_status_has_gives_no_share() -> None:
    book = rulebook(reasons={"ended": {"no_decision": "D"}, "held": {"our_no": "O"}})
    assert reason_share((), book, PERIOD, OUR_NO) is None
    assert reason_share((), book, PERIOD, NO_DECISION) == Share(part=0, whole=0)


# --- What held --------------------------------------------------------------------------------------------------------


def test_of_those_decided_in_the_period_the_share_that_left_again() -> None:
    reopened = contact(NEW, ("2026-03-01", "ended"), ("2027-03-01", "new"), id="reopened")  # on the day itself
    found = told(
        reopened,
        contact(NEW, ("2026-03-01", "won"), ("2026-04-01", "ended"), id="lost after all"),
        contact(NEW, ("2026-03-01", "ended"), id="ended"),
        contact(OLD, ("2025-07-01", "ended"), ("2026-03-01", "new"), ("2026-04-01", "ended"), id="ended anew"),
        contact(NEW, ("2026-03-01", "ended"), ("2026-04-01", "ended"), id="said twice"),
        contact(OLD, ("2026-01-01", "ended"), ("2026-03-01", "new"), id="decided before"),
        contact(NEW, id="open"),
    )
    assert counted(reopened_share(found, PERIOD)) == (
        {"reopened", "lost after all"},
        {"ended", "ended anew", "said twice"},
    )
    assert reopened_share(told(reopened, on="2027-02-28"), PERIOD).part == 0


def test_the_share_on_hold_whose_revisit_is_still_to_come() -> None:
    held = ("2026-02-10", "held")
    who = [
        contact(NEW, held, revisit="2026-03-02", id="tomorrow"),
        contact(NEW, held, revisit="2026-03-01", id="today"),
        contact(NEW, held, revisit="2026-02-28", id="yesterday"),
        contact(NEW, held, id="undated"),
        contact(NEW, held, ("2026-03-01", "later"), revisit="2026-02-28", id="resumed"),
        contact(NEW, ("2026-03-02", "held"), id="not yet"),
    ]
    found = hold_discipline(told(*who, on="2026-03-01"), day("2026-03-01"))
    assert counted(found.kept) == ({"tomorrow", "today"}, {"yesterday", "undated"})
    assert (found.past, found.undated) == (("yesterday",), ("undated",))


def test_the_share_won_of_those_that_were_in_a_status_and_are_decided() -> None:
    found = win_rates(
        told(
            contact(("2020-01-01", "new"), ("2020-02-01", "later"), ("2020-03-01", "won"), id="a"),  # long ago
            contact(NEW, ("2026-03-01", "later"), ("2026-04-01", "new"), ("2026-05-01", "ended"), id="b"),  # twice new
            contact(NEW, ("2026-03-01", "ended"), id="c"),
            contact(NEW, ("2026-03-01", "ended"), ("2026-04-01", "later"), id="d"),  # open again
            contact(NEW, ("2026-03-01", "ended"), ("2026-04-01", "won"), id="e"),  # won in the end
        ),
        BOOK,
    )
    assert {rate.status: counted(rate.share) for rate in found} == {
        "new": ({"a", "e"}, {"b", "c"}),
        "later": ({"a"}, {"b"}),
        "held": (set(), set()),
    }
    # new: 2 of 4. z² = 3.841459: sqrt(0.25/4 + 3.841459/64) = 0.350042; * 1.959964 / 1.960365 = 0.349970
    new, _, held = found
    assert new.interval is not None
    assert [new.interval.low, new.interval.high] == pytest.approx([0.15003, 0.84997], abs=1e-4)
    assert held.interval is None
