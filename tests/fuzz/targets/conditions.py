"""Any conditions, any contact, any day: whether they hold, what is told of it and what is held possible agree."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from crmtool.conditions import Condition, Not, Score, walk
from crmtool.replay import missing_conditions
from crmtool.rulebook import RuleBook
from crmtool.satisfiable import contradiction, is_possible
from crmtool.situation import Situation
from crmtool.telling import tell
from crmtool.text import visible
from tests.building import condition
from tests.fuzz.target import structured
from tests.properties.test_conditions import read_back, situation_in, worlds
from tests.properties.worlds import World, written_conditions

MEMBERS = st.lists(written_conditions, min_size=2, max_size=4)
TREES: st.SearchStrategy[Any] = st.one_of(
    written_conditions,
    st.fixed_dictionaries({"not": st.fixed_dictionaries({"all": MEMBERS})}),
    st.fixed_dictionaries({"any": MEMBERS}),
    st.fixed_dictionaries({"at_least": st.integers(1, 4), "of": MEMBERS}),
)
LISTS = st.lists(TREES, min_size=1, max_size=5)


@settings(max_examples=150)
@given(worlds(), LISTS)
def explore(world: World, written: list[Any]) -> None:
    here = situation_in(world)
    conditions = [condition(each) for each in written]
    for each, parsed in zip(written, conditions, strict=True):
        assert here.holds(parsed) == world.holds(each), (world, each)
        assert read_back(parsed) == (parsed,), each
        for told in (tell(here, parsed), tell(None, parsed)):
            assert told
            assert visible(told) == told
    _assert_explained(here, conditions, [world.missing(each) for each in written if not world.holds(each)])
    if world.entered is None or world.entered <= world.day:  # a status is not entered tomorrow
        _assert_possible(here, conditions)


def _assert_explained(here: Situation, conditions: list[Condition], missing: list[list[str]]) -> None:
    """All that does not hold is told, each with its criteria, and nothing else is."""
    found = missing_conditions(here, conditions)
    assert [each.condition for each in found] == [each for each in conditions if not here.holds(each)]
    assert [[criterion.id for criterion in each.criteria] for each in found] == missing
    assert here.all_hold(conditions) == (not found)


def _assert_possible(here: Situation, conditions: list[Condition]) -> None:
    """What holds for somebody is possible; what is called a contradiction holds for nobody, in part or as a whole."""
    rulebook: RuleBook = here.rulebook
    scores = any(isinstance(part, Score) for each in conditions for part in walk(each))
    if scores and any(criterion.retired for criterion in rulebook.criteria.values()):
        return  # these count until they are retired, and what is possible is asked for the time after that
    entering = here.entered is None
    true = [each if here.holds(each) else Not(each) for each in conditions]
    assert is_possible(true, rulebook.criteria, entering=entering), true
    part = contradiction(conditions, rulebook.criteria, entering=entering)
    assert not part or not all(here.holds(conditions[i]) for i in part), (conditions, part)
    assert bool(part) != is_possible(conditions, rulebook.criteria, entering=entering)


TARGET = structured("conditions", explore)
