"""The two validators agree: what jsonschema-rs lets pass, jsonschema does too, and the other way round."""

from __future__ import annotations

import copy
import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from referencing import Registry

from crmtool.days import parse_day
from crmtool.document import read_yaml
from crmtool.schema import Schema, Schemas
from crmtool.snapshot import read_content
from tests.building import InMemory, contact_document, shipped_schema
from tests.conftest import JANA, RULEBOOK

DOCUMENTS: dict[str, dict[str, Any]] = {
    "contact": contact_document(JANA).values or {},
    "criteria": read_yaml("criteria.yaml", RULEBOOK.encode()).values or {},
}
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 2),
    st.integers(-(10**300), 10**300),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(
        [
            "",
            " ",
            "\u2003\t",
            "x",
            "2026-11-03",
            "2026-02-30",
            "14d",
            "99999y",
            "active",
            "EUR",
            "€UR",
            "us",
            "1",
            "a b",
            "é😀",
        ]
    ),
    st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=5),
)
KEYS = st.sampled_from(
    ["met", "not_met", "not", "any", "of", "score", "requires", "to", "label", "when", "by", "x", ""]
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)


def steps(value: Any) -> list[tuple[Any, Any]]:
    """List every container of a value with each of its keys or indexes."""
    found: list[tuple[Any, Any]] = []
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in entries:
        found.append((value, key))
        found += steps(inner)
    return found


@st.composite
def near_valid(draw: st.DrawFn, name: str) -> dict[str, Any]:
    """Change a valid document in a few places: drop something, put something else in its place, or add a key."""
    document = copy.deepcopy(DOCUMENTS[name])
    for _ in range(draw(st.integers(0, 3))):
        places = steps(document)
        if not places:
            break
        container, key = draw(st.sampled_from(places))
        change = draw(st.sampled_from(["drop", "replace", "add", "move"]))
        if change == "drop":
            del container[key]
        elif change == "replace":
            container[key] = draw(VALUES)
        elif change == "move":
            other, there = draw(st.sampled_from(places))
            container[key] = copy.deepcopy(other[there])
        elif isinstance(container, dict):
            container[draw(KEYS)] = draw(VALUES)
        else:
            container.append(draw(VALUES))
    return document


def explained(schema: Schema, values: dict[str, Any]) -> bool:
    """Ask jsonschema alone, set up here and not by the program."""
    checker = jsonschema.FormatChecker(formats=())
    checker.checks("date")(lambda value: not isinstance(value, str) or parse_day(value) is not None)
    validator = jsonschema.Draft202012Validator(schema.definition, format_checker=checker, registry=Registry())
    return bool(validator.is_valid(values))


@pytest.mark.parametrize("name", ["contact", "criteria"])
@given(data=st.data())
def test_the_two_validators_agree(name: str, data: st.DataObject) -> None:
    values = data.draw(near_valid(name))
    document = read_yaml("criteria.yaml", json.dumps(values, ensure_ascii=False).encode())
    if document.values != values:
        return  # a key that is no text to YAML, and the like
    shapes = shipped_schema(name).shape(document)
    assert (shapes == ()) == explained(shipped_schema(name), values)
    for shape in shapes:
        assert shape.code in ("schema", "unknown-key", "invalid-date")
        assert shape.message
        place = document.locate(shape.place, on_key=shape.on_key)
        assert 1 <= place.line <= place.end_line
        assert "\n" not in shape.message + shape.hint


def test_the_two_validators_agree_on_what_is_white_space() -> None:
    text = shipped_schema("contact").definition["$defs"]["text"]
    for code in (*range(0x3100), 0xFEFF, 0xE0020):
        document = read_yaml("x.yaml", json.dumps({"a": chr(code) * 2}).encode())
        shapes = Schema({"properties": {"a": text}}).shape(document) if document.values else ()
        assert [shape.message for shape in shapes] == (["'a' is empty"] if chr(code).isspace() else [])


@given(data=st.data())
def test_a_rule_book_with_harmless_slips_can_be_used(data: st.DataObject) -> None:
    values = data.draw(near_valid("criteria"))
    snapshot = InMemory({"criteria.yaml": json.dumps(values, ensure_ascii=False)})
    schemas = Schemas(contact=shipped_schema("contact"), rulebook=shipped_schema("criteria"))
    content = read_content(snapshot, schemas)  # raises nothing
    shapes = content.shapes.get("criteria.yaml", ())
    if not content.rulebook_document.problems and all(shape.code == "unknown-key" for shape in shapes):
        assert content.rulebook is not None


@pytest.mark.parametrize("name", ["contact", "criteria"])
def test_the_documents_to_start_from_are_valid(name: str) -> None:
    assert explained(shipped_schema(name), DOCUMENTS[name])
