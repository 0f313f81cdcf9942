"""What fuzzing found, each by its name; the inputs as they were found stand in data/."""

from __future__ import annotations

import pytest

from crmtool.document import read_contact, read_yaml
from crmtool.edit import Drop, Put, edited
from crmtool.importers.tables import drafting
from crmtool.importers.tables.reading import draft_for
from crmtool.satisfiable import Effort, contradiction
from tests.building import conditions, contact_document, rulebook, shipped_schema
from tests.fuzz.targets.editor import assert_made


@pytest.mark.parametrize("key", ["requires", "when", "good", "bad"])
def test_a_status_may_be_called_like_a_key_that_holds_conditions(key: str) -> None:
    document = read_yaml("criteria.yaml", f"statuses:\n  {key}: {{label: 3, meaning: M, kind: active}}\n".encode())
    shape = next(each for each in shipped_schema("criteria").shape(document) if each.place)
    assert (shape.message, shape.hint) == (f"'statuses.{key}.label' should be text, not '3'", 'put it in quotes: "3"')


def test_a_reason_may_be_called_like_a_key_that_holds_conditions() -> None:
    document = read_yaml("criteria.yaml", b"reasons: {stopped: {requires: [a]}}\n")
    shape = next(each for each in shipped_schema("criteria").shape(document) if each.place)
    assert (shape.message, shape.hint) == ("'reasons.stopped.requires' should be text, not '[\"a\"]'", "write text")


def test_when_a_contact_of_its_own_rule_stops_is_no_condition() -> None:
    document = contact_document("---\nname: A\nstop_if:\n  - {when: 3, by: 2026-12-01}\n---\n")
    shape = next(each for each in shipped_schema("contact").shape(document) if each.place)
    assert (shape.place, shape.message) == (("stop_if", 0, "when"), "'stop_if.1.when' should be text, not '3'")


def test_what_takes_the_place_of_a_list_leaves_the_comment_below_on_its_line() -> None:
    """The list ends in a text of several lines, which ends with its line break."""
    written = b"---\nextra:\n  a:\n    - b: |-\n        c\n# below\nname: A\n---\n"
    result = edited("contacts/x.md", written, [Put(place=("extra", "a"), value="d")])
    assert result.data == b"---\nextra:\n  a:\n    d\n# below\nname: A\n---\n"


@pytest.mark.parametrize("comment", ["# one", "# one, and", "# one,", "# one,\n    # two, # three,"])
def test_the_last_entry_goes_with_the_comma_before_it_and_leaves_the_comments(comment: str) -> None:
    written = f"---\nextra: {{\n    a: 'x, # y',  {comment}\n    b: 2}}\nname: A\n---\n".encode()
    change = Drop(place=("extra", "b"))
    result = edited("contacts/x.md", written, [change])
    assert result.data == f"---\nextra: {{\n    a: 'x, # y'  {comment}\n}}\nname: A\n---\n".encode()
    assert_made(read_contact("contacts/x.md", written), result.document, change)  # no more is asked of an editor


def test_contradictions_that_are_hard_to_tell_take_no_time() -> None:
    """Each pair of them takes a whole budget, and the two that do contradict each other come last."""
    ids = [f"c{i}" for i in range(24)]
    turned = [ids[i:] + ids[:i] for i in range(12)]
    half: list[dict[str, object]] = [{"at_least": 13, "of": each} for each in turned]
    hard = [*half, *({"not": each} for each in half)]
    effort = Effort()
    everything = effort.left
    book = rulebook(ids)
    part = contradiction(conditions([*hard, "c0", {"not": "c0"}]), book.criteria, effort=effort)
    assert part == tuple(range(26))  # it is told of all, since there was no time for the two
    assert effort.left > everything // -2


def test_a_table_with_thousands_of_columns_is_drafted_without_looking_for_what_each_might_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked: list[str] = []

    def nearly(key: str) -> str:
        looked.append(key)
        return ""

    monkeypatch.setattr(drafting, "_nearly", nearly)
    header = ",".join(f"column {i}" for i in range(1000))
    drafted = draft_for(f"{header}\nJana\n".encode(), ["new"])
    assert len(looked) == 200
    assert drafted.count(": claim\n") == 1000
