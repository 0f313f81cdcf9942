from __future__ import annotations

from crmtool.contact import Contact
from crmtool.impact import Effect, effects
from tests.building import contact, contact_document, contact_of, day, rulebook_of
from tests.conftest import JANA, RULEBOOK, TODAY

BOOK = rulebook_of(RULEBOOK)
WHO = contact_of(contact_document(JANA))


def effect(old: str, new: str, who: Contact = WHO) -> Effect:
    (found,) = effects([who], BOOK, rulebook_of(RULEBOOK.replace(old, new)), day(TODAY))
    return found


def test_the_same_rule_book_makes_no_difference() -> None:
    found = effect("x", "x")
    assert not found.differs
    assert (found.before.verdict, found.before.distance, found.before.overdue) == ("clarify", 3, False)
    assert (found.before.missing, found.before.stops) == (("buyer", "budget", "deadline"), ())
    assert found.before == found.after


def test_each_figure_alone_makes_a_difference() -> None:
    overdue = effect("decide_within: 30d", "decide_within: 10d")
    assert (overdue.after.overdue, overdue.after.verdict, overdue.differs) == (True, "decide", True)
    stop = effect("after: 30d", "after: 3d")
    assert (stop.before.stops, stop.after.stops, stop.differs) == ((), ("no_buyer",), True)
    missing = effect("{any: [budget, deadline]}, {score: 9}", "{any: [budget, deadline]}, conflict")
    assert (missing.after.verdict, missing.after.distance) == ("clarify", 3)
    assert (missing.after.missing, missing.differs) == (("buyer", "budget", "deadline", "conflict"), True)


def test_the_order_in_which_criteria_are_asked_makes_none() -> None:
    assert not effect("requires: [pain, buyer,", "requires: [buyer, pain,").differs


def test_a_status_that_the_other_rule_book_lacks_gives_no_verdict() -> None:
    who = contact(("2026-01-01", "new"), ("2026-02-01", "gone"))
    found = effect("x", "x", who)
    assert (found.before.verdict, found.differs) == (None, False)


def test_who_does_not_exist_yet_is_not_compared() -> None:
    assert list(effects([WHO], BOOK, BOOK, day("2026-10-19"))) == []
