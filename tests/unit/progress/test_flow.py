from __future__ import annotations

from crmtool.progress.flow import flow
from crmtool.progress.history import histories
from crmtool.progress.period import Period
from tests.building import contact, day, rulebook

BOOK = rulebook()
PERIOD = Period(day("2026-01-01"), day("2026-01-31"))


def test_moves_between_each_pair_of_statuses_in_the_order_of_the_rule_book() -> None:
    who = [
        contact(("2026-01-02", "new"), ("2026-01-03", "later"), ("2026-01-31", "won"), id="a"),
        contact(("2026-01-01", "new"), ("2026-01-02", "later"), ("2026-02-01", "won"), id="b"),  # edges
        contact(("2025-01-01", "later"), ("2026-01-09", "new"), ("2026-01-10", "later"), id="c"),
        contact(("2025-01-01", "gone"), ("2026-01-09", "new"), id="d"),
    ]
    found = flow(histories(who, BOOK, day("2026-02-10")), BOOK, PERIOD)
    assert [(stream.source, stream.target, stream.n, stream.contacts) for stream in found] == [
        (None, "new", 1, ("a",)),
        ("new", "later", 3, ("a", "b", "c")),
        ("later", "new", 1, ("c",)),
        ("later", "won", 1, ("a",)),
        ("gone", "new", 1, ("d",)),
    ]


def test_each_move_of_a_contact_counts() -> None:
    who = contact(("2025-01-01", "new"), *((f"2026-01-{n:02}", "new" if n % 2 else "later") for n in range(2, 6)))
    found = flow(histories([who], BOOK, day("2026-02-10")), BOOK, PERIOD)
    # to later on the 2nd and the 4th, back on the 3rd and the 5th
    assert [(stream.source, stream.target, stream.n) for stream in found] == [("new", "later", 2), ("later", "new", 2)]
