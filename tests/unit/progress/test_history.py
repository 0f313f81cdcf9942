from __future__ import annotations

from crmtool.contact import Contact
from crmtool.progress.history import History, histories, history
from crmtool.progress.period import Period
from crmtool.rulebook import Kind
from tests.building import contact, day, rulebook

BOOK = rulebook()


def told(who: Contact, on: str) -> History:
    found = history(who, BOOK, day(on))
    assert found is not None
    return found


def stays(who: Contact, on: str) -> list[tuple[str, str, str | None]]:
    return [(s.status, s.entered.isoformat(), s.left.isoformat() if s.left else None) for s in told(who, on).stays]


WHO = contact(("2026-01-01", "new"), ("2026-01-10", "held"), ("2026-01-20", "won"))


def test_a_history_is_the_stays_up_to_a_day() -> None:
    assert history(WHO, BOOK, day("2025-12-31")) is None
    assert stays(WHO, "2026-01-01") == [("new", "2026-01-01", None)]
    assert stays(WHO, "2026-01-09") == [("new", "2026-01-01", None)]
    assert stays(WHO, "2026-01-10") == [("new", "2026-01-01", "2026-01-10"), ("held", "2026-01-10", None)]
    assert stays(WHO, "2026-12-31")[-1] == ("won", "2026-01-20", None)


def test_a_stay_knows_its_decisions_and_its_days() -> None:
    first, second, third = told(WHO, "2026-02-01").stays
    assert (first.entry, first.exit) == WHO.decisions[:2]
    assert (third.entry, third.exit) == (WHO.decisions[2], None)
    assert [stay.kind for stay in (first, second, third)] == [Kind.ACTIVE, Kind.HOLD, Kind.WON]
    assert [stay.days(day("2026-02-01")) for stay in (first, second, third)] == [9, 10, 12]  # 20 January to 1 February


def test_of_decisions_on_one_day_the_later_written_is_the_later_taken() -> None:
    who = contact(("2026-01-05", "later"), ("2026-01-01", "new"), ("2026-01-05", "ended"))
    assert [status for status, _, _ in stays(who, "2026-02-01")] == ["new", "later", "ended"]
    assert told(who, "2026-02-01").stays[1].days(day("2026-02-01")) == 0
    at = told(who, "2026-02-01").on(day("2026-01-05"))
    assert at is not None
    assert at.status == "ended"


def test_where_a_contact_was_on_a_day() -> None:
    found = told(WHO, "2026-02-01")
    where = [stay.status if (stay := found.on(day(on))) else None for on in ("2025-12-31", "2026-01-09", "2026-01-10")]
    assert where == [None, "new", "held"]
    assert found.present.status == "won"


def test_a_status_that_the_rule_book_lacks_is_neither_undecided_nor_decided() -> None:
    lost = told(contact(("2026-01-01", "gone")), "2026-01-02").present
    assert (lost.kind, lost.is_undecided, lost.is_decided) == (None, False, False)


def test_a_period_begins_after_its_start_and_includes_its_end() -> None:
    period = Period(day("2026-01-10"), day("2026-01-20"))
    covered = [on for on in ("2026-01-10", "2026-01-11", "2026-01-20", "2026-01-21") if period.covers(day(on))]
    assert covered == ["2026-01-11", "2026-01-20"]
    assert period.days == 10
    assert Period.last(10, day("2026-01-20")) == period


def test_moves_are_all_decisions_and_those_taken_all_but_the_entry() -> None:
    found = told(WHO, "2026-02-01")
    period = Period(day("2026-01-10"), day("2026-01-20"))
    assert [move.target.status for move in found.moves()] == ["new", "held", "won"]
    assert [move.target.status for move in found.taken()] == ["held", "won"]
    assert [(move.day, move.decision) for move in found.taken(period)] == [(day("2026-01-20"), WHO.decisions[2])]
    entry = next(found.moves())
    assert entry.source is None


def test_contacts_that_do_not_exist_yet_have_no_history() -> None:
    late = contact(("2026-03-01", "new"), id="late")
    assert [found.id for found in histories([WHO, late], BOOK, day("2026-02-28"))] == ["x"]
