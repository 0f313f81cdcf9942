from __future__ import annotations

from crmtool.progress.log import log
from crmtool.progress.outcome import Outcome
from tests.building import contact, day, rulebook

BOOK = rulebook()
WHO = contact(("2026-01-01", "new"), ("2026-01-10", "held"), ("2026-01-10", "later"), ("2026-01-20", "won"))


def told(on: str) -> list[tuple[str, str | None, str, Outcome | None]]:
    return [(e.day.isoformat(), e.source, e.decision.to, e.outcome) for e in log([WHO], BOOK, day(on))]


def test_the_latest_comes_first_and_an_entry_has_no_outcome() -> None:
    assert told("2026-01-31") == [
        ("2026-01-20", "later", "won", Outcome.YES),
        ("2026-01-10", "held", "later", Outcome.FORWARD),
        ("2026-01-10", "new", "held", Outcome.HOLD),
        ("2026-01-01", None, "new", None),
    ]


def test_what_is_dated_later_does_not_exist_yet() -> None:
    assert [to for _, _, to, _ in told("2026-01-09")] == ["new"]
    assert told("2025-12-31") == []


def test_a_status_that_the_rule_book_lacks_is_only_moved_from_and_to() -> None:
    who = contact(("2026-01-01", "new"), ("2026-01-02", "gone"), ("2026-01-03", "later"))
    outcomes = [entry.outcome for entry in log([who], BOOK, day("2026-02-01"))]
    assert outcomes == [Outcome.MOVED, Outcome.MOVED, None]
