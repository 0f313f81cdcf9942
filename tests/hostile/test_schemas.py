"""Schemas of a stranger's workspace: no request, no file, no endless match; what is no schema is told."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any

import pytest

from crmtool.schema import Schema, SchemaError
from tests.building import front_matter, shipped_schema
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


@pytest.mark.parametrize("pattern", ["((a{1,500}){1,500}){1,500}", r"^\p{L}{1,900}$", r"^(?!x)(\p{L}{1,99}){1,99}"])
@pytest.mark.parametrize(
    "schema", [lambda p: {"properties": {"name": {"pattern": p}}}, lambda p: {"patternProperties": {p: {}}}]
)
def test_a_pattern_that_is_too_large_is_refused(tmp_path: Path, schema: Any, pattern: str) -> None:
    assert check(tmp_path, schema(pattern)) == (
        2,
        f'crmtool: schemas/contact.schema.json: the pattern "{pattern}" is too large; allow fewer repetitions\n',
    )


@pytest.mark.parametrize("pattern", ["(a", "a{3,1}", "a{10,2}", "((a{1,9}){1,9}"])
def test_what_is_no_pattern_is_not_called_too_large(pattern: str) -> None:
    with pytest.raises(SchemaError, match='is not a "regex"'):
        Schema.parse(json.dumps({"properties": {"name": {"pattern": pattern}}}))


@pytest.mark.parametrize(
    "patterns",
    [
        [rf"^\p{{L}}{{1,200}}{n}$" for n in range(300)],
        ["".join(rf"(?=\p{{L}}{{1,200}}{n})" for n in range(300))],
    ],
)
def test_very_many_large_patterns_are_refused_before_they_take_memory(
    patterns: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Schema, "_validator", property(lambda _: pytest.fail("they are compiled")))
    with pytest.raises(SchemaError, match=r"^the patterns are too large together; allow fewer"):
        Schema.parse(json.dumps({"patternProperties": dict.fromkeys(patterns, True)}))


TANGLED = [
    "^(?=(?:(?=(?:(?=[a-z]*)a)*)a)*)",
    "(?:(?=(?:(?=[a-z]*)a)*)(a|a))*(?=d)",
    "^(?!(?:(?<=[a-z]*)a){9})",
    "^(?:(?=[a-z]*)a)*+$",
    r"^(a*)(?=(?:\1a)*b)",
    "(?x)^(?=a) # (?!\n",
]


@pytest.mark.parametrize("pattern", TANGLED)
def test_a_pattern_that_no_number_of_attempts_limits_is_refused(pattern: str) -> None:
    """Each looks around from every letter, within one attempt: with 4,000 letters the first takes a minute."""
    with pytest.raises(SchemaError, match="could take for ever; write it without flags, and look around only outside"):
        refused({"properties": {"owner": {"pattern": pattern}}}, "")


@pytest.mark.parametrize(
    "loop", [{"$ref": "#"}, {"allOf": [{"$ref": "#"}]}, {"$dynamicAnchor": "n", "$dynamicRef": "#n"}]
)
def test_what_refers_to_itself_ends(loop: dict[str, Any]) -> None:
    refused = Schema.parse(json.dumps({**loop, "required": ["absent"]})).shape(front_matter("name: x"))
    assert any("absent" in shape.message for shape in refused)


BRANCHING = {f"a{n}": {"anyOf": [{"$ref": f"#/$defs/a{n - 1}"}] * 2} for n in range(1, 41)}
KNOT = {f"n{n}": {"anyOf": [{"$ref": f"#/$defs/n{m}"} for m in range(12)], "required": ["zz"]} for n in range(12)}
TWICE = {"properties": {"extra": {"$ref": "#"}}, "required": ["zz"]}


def nested(depth: int) -> dict[str, Any]:
    schema: dict[str, Any] = {"properties": {"name": True, "status": True, "decisions": True}}
    for _ in range(depth):
        schema = {"allOf": [schema], "unevaluatedProperties": {}}
    return schema


MULTIPLYING: dict[str, dict[str, Any]] = {
    "references that branch": {"$defs": {"a0": {"required": ["zz"]}, **BRANCHING}, "$ref": "#/$defs/a40"},
    "by anchors": {
        "$defs": {n: {"$anchor": n, **json.loads(json.dumps(s).replace("/$defs/", ""))} for n, s in BRANCHING.items()}
        | {"a0": {"$anchor": "a0", "required": ["zz"]}},
        "$ref": "#a40",
    },
    "by escapes": {
        "$defs": {"a0": {"required": ["zz"]}, **json.loads(json.dumps(BRANCHING).replace("$defs/a", "%24defs/%61"))},
        "$ref": "#/%24defs/a40",
    },
    "by an id": {
        "$defs": {"x": {"$id": "x", "$defs": {"a0": {"required": ["zz"]}, **BRANCHING}, "$ref": "#/$defs/a40"}},
        "$id": "https://example.invalid/y",
        "$ref": "x",
    },
    "a knot": {"$defs": KNOT, "$ref": "#/$defs/n0"},
    "twice below": {"anyOf": [TWICE, TWICE]},
    "twice below, by a pattern and by a name": {
        "properties": {"extra": {"$ref": "#"}},
        "patternProperties": {"x": {"$ref": "#"}},
    },
    "twice in a list": {"items": {"$ref": "#"}, "contains": {"$ref": "#"}, "properties": {"extra": {"$ref": "#"}}},
    "what is unevaluated": nested(25),
    "very many ids": {"$defs": {f"n{n}": {"$id": f"n{n}", "$ref": "#"} for n in range(3_000)}},
    "one after the other, patterns": {
        "$defs": {"p": {"patternProperties": {f"^q{n}": True for n in range(400)}}},
        "allOf": [{"$ref": "#/$defs/p"}] * 900,
    },
    "many patterns": {"patternProperties": {f"^(?=q{n})(q)\\1": True for n in range(4_000)}},
}


@pytest.mark.parametrize("schema", MULTIPLYING.values(), ids=MULTIPLYING.keys())
def test_what_multiplies_is_refused(tmp_path: Path, schema: dict[str, Any]) -> None:
    """The fast validator cannot be interrupted: with it these do not end."""
    status, said = check(tmp_path, schema)
    assert (status, said) == (
        2,
        "crmtool: schemas/contact.schema.json: it asks for too many checks of one place: "
        "references, alternatives and patterns multiply\n",
    )


TREES: dict[str, dict[str, Any]] = {
    "by name": {"properties": {"extra": {"$ref": "#"}}},
    "by any name": {"properties": {"extra": {"$ref": "#"}}, "additionalProperties": {"$ref": "#"}},
    "in a list": {"properties": {"extra": {"type": "object", "additionalProperties": {"items": {"$ref": "#"}}}}},
    "in a tuple": {"prefixItems": [{"$ref": "#"}, {"$ref": "#"}], "items": {"$ref": "#"}},
    "by several names": {"anyOf": [{"properties": {n: {"$ref": "#"}}} for n in "abcdefgh"]},
    "one after the other": {
        "$defs": {f"n{n}": {"properties": {"a": {"$ref": f"#/$defs/n{n + 1}"}}} for n in range(500)} | {"n500": {}},
        "$ref": "#/$defs/n0",
    },
    "of many fields": {"properties": {f"f{n}": {"$ref": "#/$defs/t"} for n in range(500)}, "$defs": {"t": {}}},
}


@pytest.mark.parametrize("schema", TREES.values(), ids=TREES.keys())
def test_a_schema_may_refer_to_itself_below(tmp_path: Path, schema: dict[str, Any]) -> None:
    assert check(tmp_path, schema)[0] == 0


def refused(schema: dict[str, Any], yaml: str) -> list[str]:
    """Tell what a workspace's own schema says of a contact that is fine otherwise."""
    text = f"name: x\nstatus: new\ndecisions: [{{date: 2026-01-01, to: new, because: x}}]\n{yaml}"
    own = Schema.parse(json.dumps(schema)).above(shipped_schema("contact"))
    return [shape.message for shape in own.shape(front_matter(text))]


def within(rule: dict[str, Any]) -> dict[str, Any]:
    return {"properties": {"extra": {"properties": {"l": rule}}}}


DECISIONS = "decisions: [{date: 2026-01-01, to: new, because: x}]"
TOO_LARGE = ["the file is too large to be checked by the workspace's own schema"]


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ({"items": {"not": {"pattern": r"^(?=(a|a)*\1$)(b|\1)"}}}, "a" * 24 + "!"),
        ({"items": {"not": {"pattern": "[ab]*a[ab]{20000}c"}}}, "ab" * 12),
        ({"items": {"not": {"pattern": "^(?:a|[a-c])*(?=[a-z]*[0-9])[b-z]"}}}, "ab" * 12),
        ({"items": {"not": {"pattern": "^(?:a|[a-c])*a*+[d-z]"}}}, "ab" * 12),
        ({"items": {"not": {"pattern": "^(?:[ab]?){20000}$"}}}, "ab" * 12),
        ({"items": {"not": {"pattern": r"^(?!x)(a|b)*(?<![ab])\1$"}}}, "ab" * 12),
        ({"items": {"allOf": [{"type": "string"}] * 9_000}}, "a"),
    ],
)
def test_a_file_too_large_for_a_slow_schema_is_told(rule: dict[str, Any], value: str) -> None:
    assert refused(within(rule), f"extra: {{l: [{value}, {value}]}}") != TOO_LARGE
    assert refused(within(rule), f"extra: {{l: [{', '.join([value] * 3_000)}]}}") == TOO_LARGE


def test_a_pattern_that_looks_far_ahead_takes_not_long() -> None:
    """Each attempt goes through the rest of the text: the number of attempts alone limits nothing."""
    rule = {"pattern": "(?:(?=(a{1,100})+)(a|a))*(?=d)"}
    assert refused(within(rule), f"extra: {{l: {'a' * 100_000}c}}") == TOO_LARGE


def test_of_a_pattern_that_looks_far_the_length_of_each_text_is_weighed() -> None:
    """It may take the square of it: one text of 12,000 letters takes more than 500 of twenty."""
    rule = {"items": {"pattern": "^(?:(?=(a{1,9})+)(?:a|a))*c$"}}
    assert refused(within(rule), f"extra: {{l: [{'a' * 12_000}c]}}") == TOO_LARGE
    assert refused(within(rule), f"extra: {{l: [{', '.join(['aac'] * 2_000)}]}}") != TOO_LARGE


HONEST = [
    r"^\p{L}{2,50}$",
    r"^[\p{L}\p{M} '-]{1,80}$",
    r"^\p{Lu}[\p{L} '-]{0,60}$",
    r"^(?!\s)[\w .'-]{1,100}$",
    r"^(?!\s).{1,80}$",
    "^.{1,200}$",
    "^.{1,2000}$",
    r"^(?!.*\bTODO\b).*$",
    r"^https?://\S{1,200}$",
    r"^(?!\s).*(?<!\s)$",
    r"^(?=.*\d)(?=.*[a-z]).{8,}$",
    "^(?:(?!--).)*$",
    r"(?i)^(?!todo\b).+$",
    r"^(?<year>\d{4})-(?:\d+|[xy])$",
    r"^a{2}\x{41}{3,}(?s:.){0,9}$",
]


@pytest.mark.parametrize("pattern", HONEST)
def test_a_long_contact_is_checked_by_ordinary_patterns(pattern: str) -> None:
    own = Schema.parse(json.dumps({"properties": {"owner": {"pattern": pattern}}})).above(shipped_schema("contact"))
    answers = "".join(f"\n  c{n}: {{met: 2026-01-01, evidence: {'said so ' * 8}, by: mira}}" for n in range(2_000))
    yaml = f"name: x\nstatus: new\n{DECISIONS}\nextra: {{note: {'word ' * 399}x}}\ncriteria:{answers}"
    assert len(yaml) > 200_000
    assert own.shape(front_matter(yaml)) == ()


def test_what_is_too_large_is_the_schemas_to_mend() -> None:
    own = Schema.parse(json.dumps(within({"items": {"pattern": r"(\w+)\1"}}))).above(shipped_schema("contact"))
    yaml = f"name: x\nstatus: new\n{DECISIONS}\nextra: {{l: [{'ab' * 20_000}]}}"
    (shape,) = own.shape(front_matter(yaml))
    assert shape.hint == "make the patterns and alternatives of the schema in schemas/ fewer and simpler"


@pytest.mark.parametrize("keys", [9_000, 12_000])
def test_keys_without_values_are_counted(keys: int) -> None:
    """`{a,b}` has a letter for each of its keys and values, where `{a: b}` has two."""
    own = Schema.parse(json.dumps(within({"allOf": [{"minProperties": 1}] * 990}))).above(shipped_schema("contact"))
    told = own.shape(
        front_matter(
            f"name: x\nstatus: new\n{DECISIONS}\nextra: {{{','.join(map(chr, range(0x4E00, 0x4E00 + keys)))}}}"
        )
    )
    assert [shape.message for shape in told] == (TOO_LARGE if keys > 10_000 else [])


def test_a_long_file_is_checked_by_an_ordinary_schema() -> None:
    rule = {"items": {"pattern": "^[a-z ]+$", "enum": ["a word"]}}
    assert refused(within(rule), f"extra: {{l: [{', '.join(['a word'] * 20_000)}]}}") == []


def test_of_very_many_refusals_the_first_are_told() -> None:
    told = refused(within({"items": {"enum": [f"w{n}" for n in range(1_500)]}}), f"extra: {{l: {[*range(300)]}}}")
    assert (len(told), told[-1]) == (201, "more is wrong than the 200 things that are told")
    assert told[0].endswith(" w18, w19 … and 1,480 more, not '0'")


@pytest.mark.parametrize(
    ("rule", "yaml"),
    [
        ({"uniqueItems": True, "maxItems": 1}, ", ".join(f"{{a: {n}}}" for n in range(4_000))),
        ({"items": {"required": [f"k{n}" for n in range(3_000)]}}, "{}"),
        ({"items": {"allOf": [{"type": "string"}] * 3_000}}, ", ".join(["1"] * 1_000)),
    ],
)
def test_what_is_refused_is_explained_in_bearable_time(rule: dict[str, Any], yaml: str) -> None:
    assert 1 <= len(refused(within(rule), f"extra: {{l: [{yaml}]}}")) <= 201


@pytest.mark.parametrize("odd", [{"properties": 3}, {"allOf": 3}, {"prefixItems": 3}, {"patternProperties": []}, 3, []])
def test_a_reference_to_what_is_no_schema_is_told(tmp_path: Path, odd: object) -> None:
    status, said = check(tmp_path, {"properties": {"extra": {"$ref": "#/x"}}, "x": odd})
    assert status in (0, 2)
    assert said.count("\n") == 1
