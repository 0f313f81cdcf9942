"""What can be offered to a person who is about to change a contact."""

from __future__ import annotations

from typing import Any

import pytest

from crmtool.app.offers import criteria_to_clarify, field_values, possible_transitions
from crmtool.rulebook import RuleBook
from crmtool.snapshot import UnreadableError
from tests.building import InMemory, contact, day, met, rulebook
from tests.conftest import JANA


def _book(*requires: Any, **more: Any) -> RuleBook:
    ways = {
        "enter": {"to": "new"},
        "hold": {"from": "new", "to": "held", "requires": list(requires), **more},
        "back": {"from": "held", "to": "new"},
        "stop": {"from": "*", "to": "ended"},
    }
    return rulebook(["yes", "no"], transitions=ways)


def _possible(book: RuleBook, on: str = "2026-02-01") -> list[str]:
    found = contact(("2026-01-01", "new"), criteria={"yes": met("2026-01-02")})
    return [way.id for way in possible_transitions(found, book, day(on))]


@pytest.mark.parametrize(
    ("requires", "is_possible"),
    [
        ("yes", True),
        ("no", False),
        ({"has": "revisit"}, True),
        ({"all": ["yes", {"has": "revisit"}]}, True),
        ({"all": ["no", {"has": "revisit"}]}, False),
        ({"any": ["no", {"has": "revisit"}]}, True),
        ({"at_least": 2, "of": ["no", "yes", {"has": "revisit"}]}, True),
        ({"at_least": 3, "of": ["no", "yes", {"has": "revisit"}]}, False),
        ({"older_than": "10d"}, True),
        ({"older_than": "60d"}, False),
    ],
)
def test_a_field_is_no_hindrance_and_all_else_is(requires: Any, is_possible: bool) -> None:
    assert _possible(_book(requires)) == (["hold", "stop"] if is_possible else ["stop"])


def test_what_is_not_yet_required_does_not_hinder() -> None:
    book = _book("no", since="2026-02-01")
    assert _possible(book, "2026-01-31") == ["hold", "stop"]
    assert _possible(book, "2026-02-01") == ["stop"]


def test_nothing_is_offered_before_a_contact_exists_or_in_an_unknown_status() -> None:
    book, later = _book("yes"), day("2026-02-01")
    for found in (contact(("2026-03-01", "new")), contact(("2026-01-01", "nowhere"))):
        assert possible_transitions(found, book, later) == ()
        assert criteria_to_clarify(found, book, later) == ()


def test_criteria_missing_for_a_way_forward_come_first() -> None:
    ways = {
        "enter": {"to": "held"},
        "win": {"from": "held", "to": "won", "requires": ["third", "unknown"]},
        "stop": {"from": "*", "to": "ended"},
    }
    criteria = {"first": {}, "second": {"retired": "2026-01-01"}, "third": {}, "fourth": {}}
    found = contact(("2026-01-01", "held"), criteria={"fourth": met("2026-01-02")})
    offered = criteria_to_clarify(found, rulebook(criteria, transitions=ways), day("2026-02-01"))
    assert [criterion.id for criterion in offered] == ["third", "first"]


def test_what_is_to_be_settled_first_comes_first_whatever_the_next_step_is() -> None:
    ways = {"enter": {"to": "new"}, "on": {"from": "new", "to": "later", "requires": ["a", "b", "c"]}}
    book = rulebook({"a": {}, "b": {}, "c": {"weight": 2}}, transitions=ways)
    step = {"do": "x", "clarifies": "b", "due": "2026-02-10"}
    found = contact(("2026-01-01", "new"), next_step=step)
    assert [criterion.id for criterion in criteria_to_clarify(found, book, day("2026-02-01"))] == ["c", "a", "b"]


def test_without_a_way_forward_what_is_open_is_offered() -> None:
    found = contact(("2026-01-01", "new"), ("2026-01-03", "held"), criteria={"yes": met("2026-01-02")})
    assert [criterion.id for criterion in criteria_to_clarify(found, _book("yes"), day("2026-02-01"))] == ["no"]


def test_fields_of_all_files_that_can_be_read() -> None:
    files = {
        "contacts/a.md": JANA,
        "contacts/b.md": "---\nowner: 5\n---\n",
        "contacts/c.md": "none",
        "contacts/README.md": JANA,
    }
    locked = {"contacts/d.md": UnreadableError("locked", "unlock it")}
    assert list(field_values(InMemory(files, locked), "owner")) == ["mira", 5]
    assert list(field_values(InMemory(files, locked), "tags")) == []
