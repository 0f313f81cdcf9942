from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from math import prod
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from crmtool.conditions import (
    All,
    AtLeast,
    Clarified,
    Condition,
    Has,
    Holds,
    Lost,
    Not,
    NotMet,
    OlderThan,
    Open,
    Passed,
    Score,
)
from crmtool.contact import Answer, Contact
from crmtool.days import Duration
from crmtool.rulebook import Criterion, RuleBook
from crmtool.satisfiable import contradiction, is_possible
from crmtool.situation import Situation, State

IDS = ("a", "b", "c", "d")
ENTERED = (date(2026, 1, 15), date(2026, 2, 15))
DURATIONS = [
    Duration(0, "d"),
    Duration(10, "d"),
    Duration(14, "d"),
    Duration(2, "w"),
    Duration(30, "d"),
    Duration(1, "m"),
]
AGES = (0, 10, 14, 28, 30, 31)
MOST_WORLDS = 20_000

ids = st.sampled_from(IDS)
some_ids = st.lists(ids, min_size=1, max_size=3, unique=True).map(tuple)
leaves = st.one_of(
    st.builds(Holds, ids),
    st.builds(NotMet, ids),
    st.builds(Open, ids),
    st.builds(Score, st.integers(0, 9), st.none() | some_ids),
    st.builds(Lost, some_ids),
    st.builds(Clarified, st.integers(1, 3)),
    st.builds(Has, st.just("revisit")),
    st.builds(Passed, st.just("revisit")),
    st.builds(OlderThan, st.sampled_from(DURATIONS)),
)


def nested(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    members = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return st.one_of(st.builds(Not, inner), st.builds(All, members), st.builds(AtLeast, st.integers(1, 3), members))


conditions = st.lists(st.recursive(leaves, nested, max_leaves=5), max_size=4).map(tuple)


@st.composite
def criteria_of(draw: st.DrawFn) -> dict[str, Criterion]:
    return {
        id: Criterion(
            id=id,
            order=order,
            label=id,
            question=id,
            weight=draw(st.integers(0, 3)),
            valid_for=draw(st.sampled_from([None, Duration(20, "d")])),
            needs_counterparty=draw(st.booleans()),
            knockout=draw(st.booleans()),
        )
        for order, id in enumerate(IDS)
    }


@dataclass(frozen=True)
class World:
    criteria: Mapping[str, Criterion]
    states: Mapping[str, tuple[State, bool]]
    entered: date | None
    age: int
    clarified: int
    revisit: str

    def holds(self, condition: Condition) -> bool:  # noqa: C901 - one case a form
        match condition:
            case Holds(id):
                return self.states[id][0] is State.MET
            case NotMet(id):
                return self.states[id][0] is State.NOT_MET
            case Open(id):
                return self.states[id][0] in (State.OPEN, State.EXPIRED)
            case Not(inner):
                return not self.holds(inner)
            case All(inner):
                return all(map(self.holds, inner))
            case AtLeast(count, inner):
                return sum(map(self.holds, inner)) >= count
            case Score(wanted, of):
                counted = [id for id in of or IDS if self.states[id][0] is State.MET and not self.criteria[id].knockout]
                return sum(self.criteria[id].weight for id in counted) >= wanted
            case Lost(criteria):
                return self.entered is not None and any(self.states[id][1] for id in criteria)
            case Clarified(count):
                return self.entered is not None and self.clarified >= count
            case Has():
                return self.revisit != "absent"
            case Passed():
                return self.revisit == "past"
            case OlderThan(duration):
                return self.entered is not None and duration.after(self.entered) <= self.entered + timedelta(self.age)


def standings(criterion: Criterion, *, entering: bool) -> list[tuple[State, bool]]:
    found = [(State.OPEN, False), (State.MET, False)]
    for state, can_be in (
        (State.NOT_MET, True),
        (State.EXPIRED, criterion.valid_for is not None),
        (State.UNATTESTED, criterion.needs_counterparty),
    ):
        if can_be:
            found.append((state, False))
            if not entering:
                found.append((state, True))
    return found


def named(values: object) -> set[str]:
    return {id for id in IDS if f"'{id}'" in repr(values)}


def worlds(requires: tuple[Condition, ...], criteria: Mapping[str, Criterion], *, entering: bool) -> Iterator[World]:
    """Go through everything that makes a difference to the conditions; what would take too long is not tried."""
    text = repr(requires)
    used = set(IDS) if "of=None" in text else named(requires)
    times: Any = [(None, 0)] if entering else product(ENTERED, AGES) if "OlderThan" in text else [(ENTERED[0], 0)]
    options = [standings(criteria[id], entering=entering) if id in used else [(State.OPEN, False)] for id in IDS]
    counts = range(4) if "Clarified" in text else (0,)
    dates = ("absent", "future", "past") if "revisit" in text else ("absent",)
    times = list(times)
    assume(len(times) * len(counts) * len(dates) * prod(map(len, options)) <= MOST_WORLDS)
    for (entered, age), clarified, revisit, states in product(times, counts, dates, product(*options)):
        yield World(criteria, dict(zip(IDS, states, strict=True)), entered, age, clarified, revisit)


@settings(deadline=None)
@given(conditions, criteria_of(), st.booleans())
def test_the_search_agrees_with_trying_everything(
    requires: tuple[Condition, ...], criteria: dict[str, Criterion], entering: bool
) -> None:
    tried = any(all(map(world.holds, requires)) for world in worlds(requires, criteria, entering=entering))
    assert is_possible(requires, criteria, entering=entering) == tried


@given(conditions, criteria_of(), st.booleans())
def test_the_part_that_is_named_is_impossible_and_no_smaller_one_is(
    requires: tuple[Condition, ...], criteria: dict[str, Criterion], entering: bool
) -> None:
    part = contradiction(requires, criteria, entering=entering)
    assert bool(part) != is_possible(requires, criteria, entering=entering)
    if part:
        assert not is_possible([requires[i] for i in part], criteria, entering=entering)
    if 1 < len(part) <= 2:
        assert all(is_possible([requires[i]], criteria, entering=entering) for i in part)


DAY = date(2026, 3, 1)
days = st.integers(-60, 10).map(lambda offset: DAY + timedelta(offset))


@st.composite
def situations(draw: st.DrawFn, criteria: dict[str, Criterion]) -> Situation:
    answers = {
        id: tuple(
            Answer(
                criterion=id,
                place=("criteria", id),
                day=day,
                met=draw(st.booleans()),
                attested_by=draw(st.sampled_from([None, "us", "counterparty"])),
            )
            for day in sorted(draw(st.lists(days, max_size=3)))
        )
        for id in IDS
    }
    revisit = draw(st.sampled_from([{}, {"revisit": "2026-02-01"}, {"revisit": "2026-12-01"}]))
    contact = Contact(
        id="x", path="contacts/x.md", name="X", status="s", decisions=(), criteria=answers, fields=revisit
    )
    rulebook = RuleBook(
        name="", language="en", currency="EUR", statuses={}, criteria=criteria, transitions={}, stop_rules={}
    )
    entered = draw(st.none() | st.integers(-60, 0).map(lambda offset: DAY + timedelta(offset)))
    return Situation(contact=contact, rulebook=rulebook, day=DAY, entered=entered)


@given(st.data())
def test_what_holds_for_a_contact_is_possible(data: st.DataObject) -> None:
    criteria = data.draw(criteria_of())
    situation = data.draw(situations(criteria))
    leaf = data.draw(conditions)
    # Turned so that each of them holds: most lists drawn at random would tell nothing.
    requires = tuple(c if situation.holds(c) else Not(c) for c in leaf)
    assert situation.all_hold(requires)
    assert is_possible(requires, criteria, entering=situation.entered is None)
