"""Conditions on random contacts and days, against a second reading of FORMAT's table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from crmtool import yaml_reader
from crmtool.conditions import Condition, Holds, notation, parse_requires
from crmtool.contact import Contact
from crmtool.situation import Situation
from crmtool.telling import tell
from tests.building import condition, contact, rulebook
from tests.properties.worlds import IDS, START, World, answers, criteria, fields, offsets, written_conditions


@st.composite
def worlds(draw: st.DrawFn) -> World:
    return World(
        criteria=draw(criteria()),
        answers=draw(answers()),
        fields=draw(fields()),
        day=draw(offsets),
        entered=draw(st.none() | offsets),
    )


def contact_in(world: World) -> Contact:
    return contact((START.isoformat(), "new"), criteria=world.answers, **world.fields)


def situation_in(world: World) -> Situation:
    return Situation(contact=contact_in(world), rulebook=rulebook(world.criteria), day=world.day, entered=world.entered)


@given(worlds(), st.lists(written_conditions, min_size=1, max_size=5))
def test_conditions_mean_what_the_table_says(world: World, written: list[Any]) -> None:
    here = situation_in(world)
    assert {id: here.state(id) for id in IDS} == {id: world.state(id) for id in IDS}
    for each in written:
        assert here.holds(condition(each)) == world.holds(each)


@given(worlds(), st.lists(written_conditions, min_size=1, max_size=5))
def test_what_does_not_hold_is_explained_as_the_fine_print_says(world: World, written: list[Any]) -> None:
    here = situation_in(world)
    for each in written:
        parsed = condition(each)
        assert tell(here, parsed)
        if not here.holds(parsed):
            assert list(here.missing_criteria(parsed)) == world.missing(each)


@given(worlds(), offsets, st.lists(written_conditions, min_size=1, max_size=5))
def test_a_later_day_is_asked_about_with_what_is_known_now(world: World, known: date, written: list[Any]) -> None:
    if world.entered is not None and world.entered > min(known, world.day):
        world = replace(world, entered=min(known, world.day))  # a status that was entered is known to have been
    here = replace(situation_in(world), known=known)
    for each in written:
        assert here.holds(condition(each)) == world.known_on(min(known, world.day)).holds(each)


def is_monotone(written: Any) -> bool:
    """Whether a condition only ever asks for criteria to hold."""
    if isinstance(written, str):
        return True
    members = written if isinstance(written, list) else written.get("any") or written.get("all") or written.get("of")
    if isinstance(written, dict) and "score" in written:
        return True
    return bool(members) and all(is_monotone(each) for each in members)


@given(worlds(), written_conditions.filter(is_monotone))
def test_to_meet_what_is_missing_is_enough_if_anything_is(world: World, written: Any) -> None:
    here, parsed = situation_in(world), condition(written)
    if here.holds(parsed):
        return
    answer = {"met": world.day.isoformat(), "attested_by": "counterparty"}

    def after_meeting(ids: tuple[str, ...]) -> bool:
        met = {id: [*world.answers.get(id, []), answer] for id in ids}
        in_order = {
            id: [a for a in entries if date.fromisoformat(min(a.values())) <= world.day] for id, entries in met.items()
        }
        return situation_in(replace(world, answers={**world.answers, **in_order})).holds(parsed)

    missing = here.missing_criteria(parsed)
    assert after_meeting(missing) == after_meeting(IDS)
    assert not {id for id in missing if here.state(id) == "met"}


def read_back(condition: Condition) -> tuple[Condition, ...]:
    written = notation(condition)
    reading = yaml_reader.read(written if isinstance(condition, Holds) else "{" + written + "}")
    assert reading.problems == ()
    found, flaws = parse_requires([reading.value], ())
    assert flaws == ()
    return found


@given(written_conditions)
def test_the_notation_is_what_the_rule_book_would_say(written: Any) -> None:
    parsed = condition(written)
    assert read_back(parsed) == (parsed,)
    assert "\n" not in notation(parsed)


JUNK: st.SearchStrategy[Any] = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(-2, 5), st.floats(allow_nan=False), st.sampled_from(["", "a", "14d"])
    ),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            ["not", "not_met", "open", "any", "all", "at_least", "of", "score", "lost", "clarified", "has", "passed",
             "older_than", "", "x"]
        ),
        inner,
        max_size=2,
    ),
    max_leaves=8,
)  # fmt: skip


@given(JUNK)
def test_anything_else_is_told_with_a_place_that_exists_or_is_missing(written: Any) -> None:
    found, flaws = parse_requires(written, ("requires",))
    items = written if isinstance(written, list) else [] if written is None else [written]
    assert len(found) + len(flaws) == len(items)
    for flaw in flaws:
        assert flaw.place[0] == "requires"
        assert flaw.message
        assert flaw.hint
        value: Any = written
        for step in flaw.place[1:-1]:
            value = value[step]
