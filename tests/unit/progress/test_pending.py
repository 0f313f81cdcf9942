"""Latency and waiting, by hand. The day on which a decision was possible is the one computed in each comment."""

from __future__ import annotations

from typing import Any

import pytest

from crmtool.assessment import Verdict, assess_all
from crmtool.contact import Contact
from crmtool.progress.history import histories
from crmtool.progress.measures import Spread
from crmtool.progress.pending import DecisionLatency, decision_latency, waiting_now
from crmtool.progress.period import Period
from crmtool.rulebook import RuleBook
from tests.building import ACTIVE, ENDED, HOLD, WON, contact, day, met, no, rulebook

BOOK = rulebook(
    {"a": {}, "b": {"valid_for": "10d"}, "c": {}, "k": {"knockout": True, "retired": "2026-11-01"}},
    statuses={"new": {**ACTIVE, "decide_within": "30d"}, "later": ACTIVE, "held": HOLD, "won": WON, "ended": ENDED},
    transitions={
        "enter": {"to": "new"},
        "on": {"from": "new", "to": "later", "requires": ["a", "b"]},
        "agree": {"from": "later", "to": "won", "requires": [{"passed": "revisit"}]},
        "back": {"from": "later", "to": "new"},
        "resume": {"from": "held", "to": "won", "requires": [{"older_than": "20d"}]},
        "stop": {"from": "*", "to": "ended"},
    },
    stop_rules={"slow": {"in": "new", "when": [{"not": "c"}], "after": "60d", "because": "why"}},
)
YEAR = Period(day("2025-12-31"), day("2026-12-31"))
NEW = ("2026-01-01", "new")


def latency(*who: Contact, period: Period = YEAR, book: RuleBook = BOOK) -> DecisionLatency:
    return decision_latency(histories(who, book, day("2026-12-31")), book, period)


def told(who: Contact) -> list[tuple[str, int]]:
    return [(each.possible.isoformat(), each.days) for each in latency(who).latencies]


@pytest.mark.parametrize(
    ("decided", "criteria", "more", "expected"),
    [
        # a since the 4th, b since the 8th: both on the 8th; decided on the 10th
        ("2026-01-10", {"a": met("2026-01-04"), "b": met("2026-01-08")}, {}, ("2026-01-08", 2)),
        # possible on the very day of the decision
        ("2026-01-08", {"a": met("2026-01-04"), "b": met("2026-01-08")}, {}, ("2026-01-08", 0)),
        # possible when it was entered
        ("2026-01-08", {"a": met("2026-01-01"), "b": met("2025-12-30")}, {}, ("2026-01-01", 7)),
        # b was valid from the 2nd to the 12th, a came on the 12th: possible on that one day
        ("2026-02-01", {"a": met("2026-01-12"), "b": met("2026-01-02")}, {}, ("2026-01-12", 20)),
        # the first day counts, though it went by and came again on the 25th
        ("2026-02-01", {"a": met("2026-01-02"), "b": [met("2026-01-02"), met("2026-01-25")]}, {}, ("2026-01-02", 30)),
        # what was known later only: b is corrected to a no on the 20th, which takes nothing from the 8th
        ("2026-02-01", {"a": met("2026-01-01"), "b": [met("2026-01-08"), no("2026-01-20")]}, {}, ("2026-01-08", 24)),
        # the stop rule: 60 days after 1 January is 2 March
        ("2026-03-05", {}, {}, ("2026-03-02", 3)),
        # the knockout comes first
        ("2026-03-05", {"k": met("2026-02-01")}, {}, ("2026-02-01", 32)),
        # a stop date of its own is due from the day after
        ("2026-03-05", {}, {"stop_if": [{"when": "w", "by": "2026-01-31"}]}, ("2026-02-01", 32)),
        # and one that had passed before the entry from the entry on
        ("2026-01-02", {}, {"stop_if": [{"when": "w", "by": "2025-06-30"}]}, ("2026-01-01", 1)),
    ],
)
def test_latency_runs_from_the_first_day_on_which_a_decision_was_pending(
    decided: str, criteria: dict[str, Any], more: dict[str, Any], expected: tuple[str, int]
) -> None:
    assert told(contact(NEW, (decided, "ended"), criteria=criteria, **more)) == [expected]


@pytest.mark.parametrize(
    ("decided", "criteria"),
    [
        ("2026-03-01", {}),  # the day before the stop rule is due
        ("2026-02-01", {"a": met("2026-01-13"), "b": met("2026-01-02")}),  # b expired on the 13th
        ("2026-01-07", {"a": met("2026-01-04"), "b": met("2026-01-08")}),  # b came too late
        ("2026-03-20", {"c": met("2026-02-20")}),  # settled before the stop rule was due
    ],
)
def test_a_decision_before_which_nothing_had_come_up_has_no_latency(decided: str, criteria: dict[str, Any]) -> None:
    found = latency(contact(NEW, (decided, "ended"), criteria=criteria))
    assert (found.latencies, found.without, found.days.n) == ((), ("x",), 0)


def test_each_stay_counts_from_its_own_entry() -> None:
    # new: possible on 5 January, decided on the 7th. later: `revisit` on the 9th, decided on the 20th.
    # new again: b of the 5th expired on the 16th, so it is 60 days after 20 January: 21 March.
    who = contact(
        NEW,
        ("2026-01-07", "later"),
        ("2026-01-20", "new"),
        ("2026-03-31", "ended"),
        criteria={"a": met("2026-01-02"), "b": met("2026-01-05")},
        revisit="2026-01-09",
    )
    assert told(who) == [("2026-01-05", 2), ("2026-01-09", 11), ("2026-03-21", 10)]


def test_ways_on_are_possible_from_hold_too() -> None:
    # 20 days after 10 January: 30 January; decided on 1 February
    assert told(contact(NEW, ("2026-01-10", "held"), ("2026-02-01", "won"))) == [("2026-01-30", 2)]


def test_a_knockout_that_is_no_longer_asked_stops_nothing() -> None:
    who = contact(NEW, ("2026-11-03", "new"), ("2026-11-20", "ended"), criteria={"k": met("2026-11-02")})
    # k is no longer asked from 1 November on. The first stay is due by the stop rule on 2 March, the second never.
    assert told(who) == [("2026-03-02", 246)]


def test_only_decisions_of_the_period_count_and_no_entries() -> None:
    who = contact(("2025-10-01", "new"), ("2025-12-31", "later"), ("2026-01-01", "new"), ("2026-12-31", "ended"))
    assert [(each.status, each.to) for each in latency(who).latencies] == [("new", "ended")]
    assert latency(who).without == ("x",)  # later -> new: nothing was ready, no stop due
    assert latency(contact(("2026-01-01", "new"))).without == ()


def test_nothing_was_pending_on_what_was_decided_or_is_unknown() -> None:
    found = latency(
        contact(("2026-01-01", "won"), ("2026-02-01", "ended")),
        contact(("2026-01-01", "gone"), ("2026-02-01", "ended")),
    )
    assert (found.latencies, found.without) == ((), ())


def test_the_middle_and_the_85th_percentile_of_all_latencies() -> None:
    answers = {"a": met("2026-01-02"), "b": met("2026-01-03")}
    days = ("2026-01-03", "2026-01-05", "2026-01-13")  # 0, 2 and 10 days after the 3rd
    found = latency(*(contact(NEW, (on, "later"), criteria=answers, id=on) for on in days))
    assert found.days == Spread(n=3, median=2, p85=10)
    assert [(each.contact, each.days) for each in found.latencies] == list(zip(days, (0, 2, 10), strict=True))


def test_who_waits_for_a_decision_and_for_how_long() -> None:
    on = day("2026-03-02")
    who = [
        contact(NEW, id="stop"),  # due today, the 60th day
        contact(("2026-02-10", "new"), criteria={"a": met("2026-02-20"), "b": met("2026-02-24")}, id="ready"),
        contact(("2026-01-20", "new"), id="overdue"),  # decide_within ran out on 19 February, nothing else came up
        contact(("2026-02-20", "held"), revisit="2026-03-02", id="revisit"),
        contact(("2026-02-20", "new"), id="early"),  # nothing to decide yet
        contact(("2026-01-01", "new"), ("2026-02-20", "ended"), id="done"),
    ]
    found = waiting_now(assess_all(who, BOOK, on), BOOK)
    assert {each.contact: (each.verdict, each.since, each.days) for each in found.contacts} == {
        "stop": (Verdict.STOP, on, 0),
        "ready": (Verdict.DECIDE, day("2026-02-24"), 6),  # 24 February to 2 March
        "overdue": (Verdict.DECIDE, None, None),
        "revisit": (Verdict.DECIDE, None, None),
    }
    assert found.n == 4
    assert found.days == Spread(n=2, median=3, p85=6)
