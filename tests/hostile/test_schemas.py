"""Schemas of a stranger's workspace: no request, no file, no endless match; what is no schema is told."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any

import pytest

from crmtool.schema import Schema, SchemaError
from tests.building import front_matter
from tests.conftest import JANA, RULEBOOK, write_files
from tests.hostile.conftest import told

NOWHERE = "http://127.0.0.1:9/x"
LONG = "a" * 60
ELSEWHERE: dict[str, dict[str, Any]] = {
    "address": {"$ref": NOWHERE},
    "file": {"$ref": "file:///etc/passwd"},
    "relative": {"$ref": "../../../etc/passwd"},
    "windows": {"$ref": "C:\\secret.json"},
    "id": {"$id": NOWHERE, "$ref": "y"},
    "id of the disk": {"$id": "file:///etc/", "$ref": "passwd"},
    "inner id": {"properties": {"name": {"$id": "http://127.0.0.1:9/", "$ref": "z"}}},
    "dynamic": {"$dynamicRef": f"{NOWHERE}#a"},
    "never reached": {"$defs": {"x": {"$ref": NOWHERE}}},
    "by way of an unknown key": {"$ref": "#/x", "x": {"$ref": NOWHERE}},
}
HARMLESS: dict[str, dict[str, Any]] = {
    "dialect": {"$schema": NOWHERE},
    "vocabulary": {"$vocabulary": {NOWHERE: True}},
    "unknown key": {"x": {"$ref": NOWHERE}},
    "recursive": {"$recursiveRef": NOWHERE},
}


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection is asked for")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def check(tmp_path: Path, schema: object) -> tuple[int, str]:
    text = schema if isinstance(schema, str) else json.dumps(schema)
    files = {"criteria.yaml": RULEBOOK, "contacts/jana.md": JANA, "schemas/contact.schema.json": text}
    done = told("check", at=write_files(tmp_path, files))
    return done.status, done.out + done.err


@pytest.mark.parametrize("schema", ELSEWHERE.values(), ids=ELSEWHERE.keys())
def test_what_refers_elsewhere_is_refused(tmp_path: Path, schema: dict[str, Any]) -> None:
    status, said = check(tmp_path, schema)
    assert status == 2
    assert said.startswith(
        ("crmtool: schemas/contact.schema.json: Resource '", "crmtool: schemas/contact.schema.json: Invalid URI")
    )
    assert "root:" not in said


@pytest.mark.parametrize("schema", HARMLESS.values(), ids=HARMLESS.keys())
def test_what_nobody_follows_changes_nothing(tmp_path: Path, schema: dict[str, Any]) -> None:
    assert check(tmp_path, schema)[0] == 0
    refused = Schema.parse(json.dumps({**schema, "required": ["absent"]})).shape(front_matter("name: x"))
    assert [shape.message for shape in refused] == ["the key 'absent' is missing"]


@pytest.mark.parametrize(
    "text", ["", "[]", "3", "null", "{", '{"type": 3}', '{"properties": []}', '{"$ref": 3}', '{"not":' * 50_000]
)
def test_what_is_no_schema_is_told_by_its_name(tmp_path: Path, text: str) -> None:
    status, said = check(tmp_path, text)
    assert status == 2
    assert said.startswith("crmtool: schemas/contact.schema.json: ")
    assert said.count("\n") == 1


EXPLODING = [
    "^(a+)+$",
    "^(a|a)*$",
    "^([a-z]+)*$",
    "(.*a){30}$",
    r"^(a+)+\1b$",
    "^(?=(a+)+$)b",
    "^(?:(a|a)*)*(?=b)$",
    "(a?){60}b$",
]


@pytest.mark.parametrize("pattern", EXPLODING)
@pytest.mark.parametrize(
    "schema",
    [
        lambda pattern: {"properties": {"name": {"pattern": pattern}}},
        lambda pattern: {"patternProperties": {pattern: {"type": "integer"}}, "required": ["absent"]},
        lambda pattern: {"patternProperties": {pattern: True}, "additionalProperties": False},
        lambda pattern: {"patternProperties": {pattern: True}, "unevaluatedProperties": False},
        lambda pattern: {"propertyNames": {"pattern": pattern}},
    ],
)
def test_no_pattern_takes_long(schema: Any, pattern: str) -> None:
    """Python's own would take years for the first; with it this test does not end."""
    document = front_matter(f"name: {LONG}!\n{LONG}!: 1")
    refused = Schema.parse(json.dumps(schema(pattern))).shape(document)
    assert refused


def test_a_pattern_that_is_too_large_is_refused() -> None:
    with pytest.raises(SchemaError, match='is not a "regex"'):
        Schema.parse(json.dumps({"properties": {"name": {"pattern": "((a{1,500}){1,500}){1,500}"}}}))


@pytest.mark.parametrize(
    "loop", [{"$ref": "#"}, {"allOf": [{"$ref": "#"}]}, {"$dynamicAnchor": "n", "$dynamicRef": "#n"}]
)
def test_what_refers_to_itself_ends(loop: dict[str, Any]) -> None:
    refused = Schema.parse(json.dumps({**loop, "required": ["absent"]})).shape(front_matter("name: x"))
    assert any("absent" in shape.message for shape in refused)
