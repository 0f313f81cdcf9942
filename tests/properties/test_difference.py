"""Two versions of a workspace: notes change nothing, and what is closer one way round is further the other way."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from crmtool.contact import Contact
from crmtool.difference import Compared, Difference, difference
from crmtool.difference.contact import compared_contact
from crmtool.formats import diff_json, diff_markdown
from crmtool.progress.change import Direction
from crmtool.rewriting import Kind
from crmtool.rulebook import RuleBook
from crmtool.schema import Schemas
from crmtool.snapshot import read_content
from tests.building import InMemory, contact_document, contact_of, rulebook_of, shipped_schema
from tests.properties.test_body import BODIES
from tests.properties.test_progress import days
from tests.properties.worlds import contacts, rules

COMPARED = Compared(base="b" * 40, end=None, names=("b" * 10, "the work tree"))
SCHEMAS = Schemas(contact=shipped_schema("contact"), rulebook=shipped_schema("criteria"))
Version = dict[str, dict[str, Any]]


@st.composite
def versions(draw: st.DrawFn) -> tuple[dict[str, Any], Version, Version]:
    """Draw a rule book and two versions of a few contacts, some of which only one of them has."""
    book = draw(rules())
    some = st.dictionaries(st.sampled_from(["a", "b", "c"]), contacts(book), max_size=3)
    before, after = draw(some), draw(some)
    for name in before.keys() & after.keys():
        if draw(st.booleans()):
            after[name] = {**before[name], **draw(st.sampled_from([{}, {"criteria": after[name]["criteria"]}]))}
    return book, before, after


def files(book: dict[str, Any], people: Version, body: str = "") -> dict[str, str | bytes]:
    written = {f"contacts/{name}.md": f"---\n{json.dumps(each)}\n---\n{body}" for name, each in people.items()}
    return {"criteria.yaml": json.dumps(book), **written}


def compared(before: dict[str, str | bytes], after: dict[str, str | bytes], day: Any) -> Difference:
    old, new = (read_content(InMemory(each), SCHEMAS) for each in (before, after))
    return difference(old, new, {}, day, COMPARED)


def both(book: dict[str, Any], one: dict[str, Any], other: dict[str, Any]) -> tuple[RuleBook, Contact, Contact]:
    read = [contact_of(contact_document(f"---\n{json.dumps(each)}\n---\n")) for each in (one, other)]
    return rulebook_of(json.dumps(book)), read[0], read[1]


@given(versions(), BODIES, BODIES, days)
def test_notes_change_nothing(drawn: tuple[Any, Version, Version], one: str, other: str, day: Any) -> None:
    book, before, after = drawn
    plain = compared(files(book, before), files(book, after), day)
    assert compared(files(book, before, one), files(book, after, other), day) == plain
    assert compared(files(book, after, one), files(book, after, other), day).contacts == ()


@given(versions(), days)
def test_what_differs_is_told_and_nothing_else(drawn: tuple[Any, Version, Version], day: Any) -> None:
    book, before, after = drawn
    found = compared(files(book, before), files(book, after), day)
    told = {each.contact.id for each in found.contacts}
    # A value of 0 is none, an answer alone is a list of one: what is written may differ where nothing is said by it.
    assert told <= {name for name in {**before, **after} if before.get(name) != after.get(name)}
    assert told >= before.keys() ^ after.keys()
    assert told >= {
        name for name in before.keys() & after.keys() if before[name]["decisions"] != after[name]["decisions"]
    }
    assert compared(files(book, after), files(book, after), day).contacts == ()
    assert diff_json.diff(found)["totals"]["contacts"] == len(told)
    assert len(diff_markdown.render(found)) <= diff_markdown.MOST


@given(versions(), days)
def test_the_other_way_round_is_the_other_way(drawn: tuple[Any, Version, Version], day: Any) -> None:
    book, before, after = drawn
    opposite = {Direction.CLOSER: Direction.FURTHER, Direction.FURTHER: Direction.CLOSER}
    for name in before.keys() & after.keys():
        rulebook, one, other = both(book, before[name], after[name])
        there, back = (compared_contact(*pair, rulebook, day) for pair in ((one, other), (other, one)))
        if there is None or back is None:
            assert there is back
        else:
            if Direction.ENDED not in (there.direction, back.direction):
                assert back.direction is opposite.get(there.direction, there.direction)
            assert (there.stops_due, there.stops_gone) == (back.stops_gone, back.stops_due)
            assert {field.key for field in there.fields} == {field.key for field in back.fields}


@given(versions(), days)
def test_every_entry_is_accounted_for(drawn: tuple[Any, Version, Version], day: Any) -> None:
    book, before, after = drawn
    for name in before.keys() & after.keys():
        rulebook, one, other = both(book, before[name], after[name])
        found = compared_contact(one, other, rulebook, day)
        removed = sum(past.kind is Kind.REMOVED for past in found.past) if found else 0
        added = len(found.decided) + len(found.clarified) if found else 0
        counts = [len(each.decisions) + sum(map(len, each.criteria.values())) for each in (one, other)]
        assert counts[1] - counts[0] == added - removed
