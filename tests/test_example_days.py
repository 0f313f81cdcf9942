"""The example workspace, day by day: what the assessment promises holds for every contact on every day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby, pairwise

import pytest

from crmtool.assessment import Assessment, Verdict, assess, assess_all, attention
from crmtool.contact import Contact
from crmtool.replay import replay
from crmtool.rulebook import RuleBook
from crmtool.situation import Situation
from crmtool.snapshot import Content, read_content
from crmtool.stopping import STOP_IF
from crmtool.workspace import WorkTree, load_schemas
from tests.building import contact_document, contact_of, day, rulebook_of
from tests.conftest import JANA, ROOT, RULEBOOK

FIRST, LAST = date(2026, 2, 23), date(2026, 11, 23)
AFTERWARDS = [day(text) for text in ("2026-11-24", "2026-12-05", "2026-12-31", "2027-06-30", "2029-01-01")]
ONE_DAY = timedelta(1)


def read() -> Content:
    tree = WorkTree(ROOT)
    return read_content(tree, load_schemas(tree))


CONTENT = read()
assert CONTENT.rulebook is not None
BOOK: RuleBook = CONTENT.rulebook
CONTACTS = sorted(CONTENT.contacts.values(), key=lambda contact: contact.id)


def days() -> Iterator[date]:
    on = FIRST
    while on <= LAST:
        yield on
        on += ONE_DAY
    yield from AFTERWARDS


@pytest.mark.parametrize("contact", CONTACTS, ids=[contact.id for contact in CONTACTS])
def test_every_contact_may_be_where_it_is(contact: Contact) -> None:
    for step in replay(contact, BOOK):
        assert step.transition is not None
        assert step.missing == ()
    assert contact.decisions[-1].to == contact.status


@pytest.mark.parametrize("contact", CONTACTS, ids=[contact.id for contact in CONTACTS])
def test_every_contact_on_every_day(contact: Contact) -> None:
    found = [assess(contact, BOOK, on) for on in days()]
    for on, each in zip(days(), found, strict=True):
        assert (each is None) == (on < contact.decisions[0].day)
        if each is not None:
            check_one(each)
    for before, after in pairwise(each for each in found if each is not None):
        if after.day - before.day == ONE_DAY:
            check_two(before, after)


def check_one(found: Assessment) -> None:
    """Hold one day's assessment to what FORMAT promises of every one."""
    contact, on = found.contact, found.day
    decision = contact.decided_by(on)
    assert decision is not None
    assert found.status.id == decision.to
    assert found.why_here.decision is decision
    assert found.why_here.days == (on - decision.day).days >= 0
    assert found.why_here.transition is not None
    assert (found.verdict is Verdict.DONE) == (not found.status.is_undecided)
    assert (found.verdict is Verdict.STOP) == bool(found.stop_due)
    if found.overdue:
        assert found.verdict in (Verdict.STOP, Verdict.DECIDE)
        assert found.decide_by is not None
        assert found.decide_by < on
    assert found.overdue == (found.decide_by is not None and on > found.decide_by)
    assert (found.decide_by is not None) == (found.status.decide_within is not None)
    assert found.clarity is not None
    assert 0 <= found.clarity <= 1
    assert (found.distance == 0) == bool(found.ready)
    assert (found.distance is None) == (not found.outlooks)
    if found.ready and found.status.is_undecided:
        assert found.verdict in (Verdict.STOP, Verdict.DECIDE)
    if found.verdict is Verdict.CLARIFY:
        assert contact.next_step is not None
        assert contact.next_step.clarifies in {state.id for state in found.missing}
        assert on <= contact.next_step.due
    if found.verdict in (Verdict.CLARIFY, Verdict.PLAN):
        assert found.distance
    situation = Situation(contact=contact, rulebook=BOOK, day=on, entered=decision.day)
    for outlook in found.outlooks:
        requires = BOOK.transitions[outlook.transition].requires
        assert len(outlook.missing) == sum(not situation.holds(condition) for condition in requires)
        for missing in outlook.missing:
            assert missing.text
            assert all(state.question and state.state is situation.state(state.id) for state in missing.criteria)
    if found.next_step is not None and found.next_step.proposed:
        assert contact.next_step is None
        assert found.next_step.clarifies in {state.id for state in found.missing}


def check_two(before: Assessment, after: Assessment) -> None:
    """Hold two days in a row to each other: nothing comes about by itself that was not announced."""
    contact = before.contact
    if after.why_here.decision is not before.why_here.decision:
        assert after.why_here.since == after.day
        return
    answered = any(answer.day == after.day for answers in contact.criteria.values() for answer in answers)
    announced = {stop.rule for stop in before.stop_upcoming if stop.on == after.day}
    was_due, is_due = {stop.rule for stop in before.stop_due}, {stop.rule for stop in after.stop_due}
    if not answered:
        assert is_due - was_due == announced - was_due
    for stop in after.stop_due:
        if stop.rule not in was_due and stop.rule != STOP_IF:
            assert stop.since == after.day
        elif stop.rule in was_due:
            assert stop.since in {due.since for due in before.stop_due if due.rule == stop.rule}
    if after.overdue and not before.overdue:
        assert before.decide_by == before.day
    assert not (before.overdue and not after.overdue)


@pytest.mark.parametrize("on", [FIRST + timedelta(13 * i) for i in range(22)] + AFTERWARDS, ids=str)
def test_attention_on_some_days(on: date) -> None:
    found = assess_all(CONTACTS, BOOK, on)
    assert found == assess_all(reversed(CONTACTS), BOOK, on)
    assert {each.contact.id for each in found} == {c.id for c in CONTACTS if c.decisions[0].day <= on}
    groups = [
        key
        for key, _ in groupby(found, key=lambda each: (each.verdict, each.verdict is Verdict.DECIDE and each.overdue))
    ]
    order = [
        (Verdict.STOP, False), (Verdict.DECIDE, True), (Verdict.DECIDE, False), (Verdict.PLAN, False),
        (Verdict.CLARIFY, False), (Verdict.WAIT, False), (Verdict.DONE, False),
    ]  # fmt: skip
    assert groups == [group for group in order if group in groups]
    keys = [attention(each) for each in found]
    assert all(one < other for one, other in pairwise(keys))


def test_every_verdict_is_to_be_seen_in_the_example_on_its_day() -> None:
    assert {found.verdict for found in assess_all(CONTACTS, BOOK, LAST)} == set(Verdict)


# --- Jana, by hand ----------------------------------------------------------------------------------------------------

DIARY = [
    # from          through        status        verdict          overdue  distance
    ("2026-10-20", "2026-11-02", "new", Verdict.PLAN, False, 2),  # her next step clarifies nothing that is asked yet
    ("2026-11-03", "2026-11-03", "new", Verdict.DECIDE, False, 0),  # it fits, and nothing rules her out
    ("2026-11-04", "2026-11-04", "new", Verdict.DECIDE, True, 0),  # 14 days are over
    ("2026-11-05", "2026-11-08", "clarifying", Verdict.CLARIFY, False, 3),  # pain, buyer, score
    ("2026-11-09", "2026-11-11", "clarifying", Verdict.CLARIFY, False, 2),  # buyer, score
    ("2026-11-12", "2026-11-28", "clarifying", Verdict.CLARIFY, False, 3),  # the budget is a no
    ("2026-11-29", "2026-12-04", "clarifying", Verdict.PLAN, False, 3),  # the next step is past due
    ("2026-12-05", "2026-12-05", "clarifying", Verdict.STOP, False, 3),  # no_buyer
    ("2026-12-06", "2027-03-31", "clarifying", Verdict.STOP, True, 3),
]
CLARITY = [
    # fit 2, pain 3, buyer 3, budget 2, deadline 2, conflict 1: 13 in all
    ("2026-10-20", "2026-10-27", 0),
    ("2026-10-28", "2026-11-02", 2 / 13),
    ("2026-11-03", "2026-11-08", 5 / 13),
    ("2026-11-09", "2027-02-10", 8 / 13),
    ("2027-02-11", "2027-03-31", 6 / 13),  # the no to the budget has expired, 90 days after 12 November
]
JANA_AS_DOCUMENTED = contact_of(contact_document(JANA))
DOCUMENTED = rulebook_of(RULEBOOK)


def jana(on: date) -> Assessment:
    found = assess(JANA_AS_DOCUMENTED, DOCUMENTED, on)
    assert found is not None
    return found


def stretch(start: str, end: str) -> Iterator[date]:
    on = day(start)
    while on <= day(end):
        yield on
        on += ONE_DAY


def test_the_diary_leaves_no_day_out() -> None:
    for diary in ([line[:2] for line in DIARY], [line[:2] for line in CLARITY]):
        for (_, end), (start, _) in pairwise(diary):
            assert day(start) - day(end) == ONE_DAY


@pytest.mark.parametrize("line", DIARY, ids=[line[0] for line in DIARY])
def test_jana_day_by_day(line: tuple[str, str, str, Verdict, bool, int]) -> None:
    for on in stretch(*line[:2]):
        found = jana(on)
        assert (found.status.id, found.verdict, found.overdue, found.distance) == line[2:], on


@pytest.mark.parametrize(("start", "end", "clarity"), CLARITY)
def test_what_is_clear_about_jana_day_by_day(start: str, end: str, clarity: float) -> None:
    for on in stretch(start, end):
        assert jana(on).clarity == clarity, on


def test_when_jana_is_to_be_stopped_day_by_day() -> None:
    for on in stretch("2026-10-20", "2027-03-31"):
        due = [(stop.rule, stop.since.isoformat()) for stop in jana(on).stop_due]
        coming = [(stop.rule, stop.on.isoformat()) for stop in jana(on).stop_upcoming]
        is_clarifying, no_buyer, stop_if = on >= day("2026-11-05"), on >= day("2026-12-05"), on >= day("2026-12-16")
        assert due == [("no_buyer", "2026-12-05")] * no_buyer + [("stop_if", "2026-12-16")] * stop_if
        assert coming == [("no_buyer", "2026-12-05")] * (is_clarifying and not no_buyer) + [
            ("stop_if", "2026-12-16")
        ] * (not stop_if)


def test_jana_is_prequalified_once_the_pain_is_named() -> None:
    for on in stretch("2026-10-20", "2027-03-31"):
        assert jana(on).prequalified == (on >= day("2026-11-09"))


def test_jana_in_the_example_workspace_is_the_one_of_the_documentation() -> None:
    (example,) = (contact for contact in CONTACTS if contact.id == "nordlicht/jana-koehler")
    assert example.fields == JANA_AS_DOCUMENTED.fields
    for on in days():
        ours, theirs = assess(example, BOOK, on), assess(JANA_AS_DOCUMENTED, DOCUMENTED, on)
        assert (ours and (ours.verdict, ours.distance)) == (theirs and (theirs.verdict, theirs.distance))
