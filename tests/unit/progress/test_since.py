from __future__ import annotations

from crmtool.contact import Contact
from crmtool.progress.change import Direction
from crmtool.progress.since import Moved, moved_since
from tests.building import assessed, contact, contact_document, contact_of, day, met, rulebook_of
from tests.conftest import JANA, RULEBOOK

BOOK = rulebook_of(RULEBOOK)
WHO = contact_of(contact_document(JANA))


def moved(start: str, end: str, who: Contact = WHO) -> tuple[Moved, ...]:
    return moved_since(day(start), [assessed(who, BOOK, end)], BOOK, day(end))


def test_what_was_clarified_and_decided_since_is_told() -> None:
    (found,) = moved("2026-11-05", "2026-11-23")
    assert (found.clarified, found.decided, found.entered) == (("pain", "budget"), (), None)
    (found,) = moved("2026-11-02", "2026-11-23")
    assert found.direction is Direction.CLOSER
    assert found.clarified == ("fit", "conflict", "pain", "budget")
    assert [decision.to for decision in found.decided] == ["clarifying"]
    assert found.before is not None
    assert (found.before.status.id, found.now.status.id) == ("new", "clarifying")


def test_who_entered_since_is_compared_with_where_it_entered_and_nothing_was_decided_by_that() -> None:
    (found,) = moved("2026-10-01", "2026-11-01")
    assert found.entered == day("2026-10-20")
    assert found.decided == ()
    assert found.before is not None
    assert found.before.status.id == "new"


def test_who_entered_on_the_day_itself_stood_there_at_its_end() -> None:
    (found,) = moved("2026-10-20", "2026-11-01")
    assert found.entered is None


def test_who_was_decided_before_has_nowhere_to_go() -> None:
    who = contact(("2026-01-01", "new"), ("2026-02-01", "stopped"), criteria={"fit": met("2026-02-20")})
    assert moved("2026-02-10", "2026-03-01", who) == ()
    (found,) = moved("2026-01-15", "2026-03-01", who)
    assert found.direction is Direction.ENDED
