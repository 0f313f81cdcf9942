"""docs/reference/files.md explains every key that a file may have, and none that it may not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from crmtool.conditions import _FORMS
from tests.conftest import ROOT
from tests.docs import tables

PAGE = (ROOT / "docs" / "reference" / "files.md").read_text("utf-8")
Schema = Mapping[str, Any]


def schema(name: str) -> Schema:
    found: Schema = json.loads((ROOT / "schemas" / f"{name}.schema.json").read_text("utf-8"))
    return found


CONTACT, RULEBOOK = schema("contact"), schema("criteria")
ROWS = {
    key: row["meaning"]
    for row in tables.rows(PAGE.partition("## A contact")[2].partition("\n## ")[0], "key", "meaning")
    for key in tables.codes(row["key"])
}
LINES = {
    found[1]: " ".join(found[2].split())
    for found in re.finditer(r"^- \*\*([\w ]+)\*\*: (.*?)(?=^- |^$)", PAGE, flags=re.MULTILINE | re.DOTALL)
}
NAMED_ELSEWHERE = {"corrected": "corrected openly"}
"""Keys of an entry that the text below the table explains."""
NO_KEYS = {
    "status": {"to"},
    "criteria": {"us", "counterparty"},
    "value": {"currency"},
    "extra": {"imported", "joined", "erased"},
}
"""What else stands in code spans: values, keys of other places, and what the program keeps for itself."""


def words(text: str) -> set[str]:
    """List the words that stand in code spans: `{date: …, because: …}` has two."""
    text = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    return {word for code in re.findall(r"`([^`]+)`", text) for word in re.findall(r"[a-z_]+(?=:|$| )|[a-z_]+", code)}


def below(found: Schema, definitions: Schema) -> Iterator[str]:
    """Go through the keys of what a key's value is made of."""
    if "$ref" in found:
        yield from below(definitions[found["$ref"].rpartition("/")[2]], definitions)
    yield from found.get("properties", {})
    for inner in (found.get("items"), found.get("additionalProperties"), *found.get("anyOf", ())):
        if isinstance(inner, Mapping):
            yield from below(inner, definitions)


def test_the_table_has_every_key_of_a_contact_and_no_other() -> None:
    assert set(ROWS) == set(CONTACT["properties"])


def test_what_is_required_is_called_so() -> None:
    assert {key for key, meaning in ROWS.items() if meaning.startswith("required")} == set(CONTACT["required"])


@pytest.mark.parametrize("key", sorted(CONTACT["properties"]))
def test_what_a_key_is_made_of_is_explained(key: str) -> None:
    inner = set(below(CONTACT["properties"][key], CONTACT["$defs"]))
    elsewhere = {name for name, said in NAMED_ELSEWHERE.items() if said in PAGE}
    assert inner <= words(ROWS[key]) | elsewhere
    assert words(ROWS[key]) <= inner | NO_KEYS.get(key, set()), "no key that there is not"


def test_the_rule_book_has_every_section_and_no_other() -> None:
    intro = PAGE.partition("## The rule book\n")[2].partition("\n- ")[0]
    sections = words(intro) & set(RULEBOOK["properties"])
    assert sections == set(RULEBOOK["properties"])
    required = words(intro.partition(" are required")[0])
    assert required == set(RULEBOOK["required"])


@pytest.mark.parametrize(
    ("line", "definition"),
    [
        ("Status", "status"),
        ("Criterion", "criterion"),
        ("Transition", "transition"),
        ("Stop rule", "stop_rule"),
    ],
)
def test_a_line_of_the_rule_book_has_every_key(line: str, definition: str) -> None:
    keys = RULEBOOK["$defs"][definition]["properties"]
    assert set(keys) <= words(LINES[line])
    choices = {str(choice) for found in keys.values() for choice in found.get("enum", ())}
    assert words(LINES[line]) <= set(keys) | choices | {"true"}, "no key that there is not"


@pytest.mark.parametrize(("line", "section"), [("Prequalification", "prequalification"), ("Retention", "retention")])
def test_a_section_of_its_own_has_every_key(line: str, section: str) -> None:
    assert set(RULEBOOK["properties"][section]["properties"]) <= words(LINES[line])


def test_every_choice_is_told() -> None:
    """What may be written for a key that has a list of values stands there, but for a default."""
    for definition in ("status", "criterion"):
        for key, found in RULEBOOK["$defs"][definition]["properties"].items():
            defaults = {"optional", "us"}
            assert set(found.get("enum", ())) - defaults <= words(PAGE), key
    assert set(RULEBOOK["properties"]["language"]["enum"]) <= words(PAGE)


def test_the_table_of_conditions_has_every_form() -> None:
    written = words("".join(row["written"] for row in tables.rows(PAGE, "written", "holds when")))
    assert set(_FORMS) | {"of"} <= written


def test_the_schema_and_the_program_know_the_same_forms() -> None:
    forms = {key for each in RULEBOOK["$defs"]["condition"]["anyOf"] for key in each.get("properties", {})}
    assert forms - {"of"} == set(_FORMS)
