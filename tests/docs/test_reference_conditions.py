"""docs/reference/conditions.md: every example in it is evaluated, and no form of condition is left out."""

from __future__ import annotations

from typing import get_args

import pytest

from crmtool import conditions
from crmtool.conditions import Condition, parse_requires, walk
from crmtool.situation import Situation, State, present
from crmtool.telling import tell
from crmtool.yaml_reader import Value
from tests.building import contact_document, contact_of, day, rulebook_of, shipped_schema
from tests.conftest import ROOT, TODAY
from tests.docs import tables

PAGE = (ROOT / "docs" / "reference" / "conditions.md").read_text("utf-8")
SKELETON = """
statuses:
  new:        {label: New, meaning: M, kind: active}
  clarifying: {label: Clarifying, meaning: M, kind: active}
  stopped:    {label: Stopped, meaning: M, kind: ended}
transitions: {capture: {to: new}}
"""
RULEBOOK = rulebook_of(tables.blocks(PAGE, "yaml")[0] + SKELETON)
JANA = contact_document(tables.blocks(PAGE, "markdown")[0])
EXAMPLES = list(tables.rows(PAGE, "condition", "holds", "told as", "asks"))
FLAWS = list(tables.rows(PAGE, "written", "what is said"))


def situation(on: str) -> Situation:
    found = present(contact_of(JANA), RULEBOOK, day(on))
    assert found is not None
    return found.situation


def read(written: str) -> tuple[Condition, ...]:
    """Read a condition as the rule book has it; a list means all of its items."""
    found, flaws = parse_requires(_value(written), ())
    assert flaws == ()
    return found


def _value(written: str) -> Value:
    document = contact_document(f"---\nname: N\nx: {written}\n---\n")
    assert document.problems == ()
    assert document.values is not None
    return document.values["x"]


def test_the_contact_is_one_that_check_would_take() -> None:
    assert JANA.problems == ()
    assert shipped_schema("contact").shape(JANA) == ()


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: f"{row['condition']} {row.get('as of', '')}")
def test_an_example_comes_out_as_it_says(row: dict[str, str]) -> None:
    standing = situation(row.get("as of", TODAY))
    missing = [each for each in read(tables.code(row["condition"])) if not standing.holds(each)]
    assert row["holds"] == ("no" if missing else "yes")
    assert tables.code(row["told as"]) == ", ".join(tell(standing, each) for each in missing)
    assert tables.codes(row["asks"]) == [id for each in missing for id in standing.missing_criteria(each)]


def test_every_form_is_shown_holding_and_not_holding() -> None:
    shown = {"yes": set[type](), "no": set[type]()}
    for row in EXAMPLES:
        outer = read(tables.code(row["condition"]))
        shown[row["holds"]] |= {type(part) for condition in outer for part in walk(condition)}
    forms = {getattr(conditions, name.strip()) for name in str(get_args(Condition) or conditions.Condition).split("|")}
    assert shown == {"yes": forms, "no": forms}


def test_every_form_has_its_section() -> None:
    headings = [line for line in PAGE.splitlines() if line.startswith("## ")]
    for form in conditions._FORMS:
        assert any(f"`{form}`" in heading for heading in headings), form


def test_the_states_are_all_told_and_are_those_of_the_contact() -> None:
    told = {tables.code(row["state"]): tables.codes(row["here"]) for row in tables.rows(PAGE, "state", "here")}
    assert set(told) == {state.value for state in State}
    standing = situation(TODAY)
    assert {id: state for state, ids in told.items() for id in ids} == {
        id: standing.state(id).value for id in RULEBOOK.criteria
    }


@pytest.mark.parametrize("row", FLAWS, ids=lambda row: row["written"])
def test_what_is_written_wrongly_is_told(row: dict[str, str]) -> None:
    _, (flaw,) = parse_requires(_value(tables.code(row["written"])), ())
    assert flaw.message == tables.code(row["what is said"])
