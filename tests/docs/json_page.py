"""docs/reference/json.md: the keys of what each command prints, made of the schema, and an example."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tests.conftest import ROOT

Schema = Mapping[str, Any]
SCHEMA: Schema = json.loads((ROOT / "schemas" / "output.schema.json").read_text("utf-8"))
DEFINITIONS: Schema = SCHEMA["$defs"]
COMMANDS = tuple(each["$ref"].rpartition("/")[2] for each in SCHEMA["anyOf"])
"""The definitions of what a command prints."""
SHARED = tuple(
    name
    for name, found in DEFINITIONS.items()
    if name not in COMMANDS and ("properties" in found or "properties" in found.get("items", {}))
)
"""The objects that several of them hold."""
LEFT_OUT = "…"
_WIDTH = 100
_NAMES = {"string": "text", "integer": "number", "number": "number", "boolean": "true or false", "object": "object"}


def fields(name: str) -> str:
    """Write the table of a definition's keys."""
    found = DEFINITIONS[name]
    inner = found if "properties" in found else found["items"]
    rows = (f"| `{path}` | {kind} | {meaning} |" for path, kind, meaning in _rows(inner, ""))
    return "\n".join(["| key | value | meaning |", "| --- | --- | --- |", *rows])


def example(command: str, printed: Any, cuts: Sequence[str]) -> str:
    """Write an example: what is typed, and what comes out, with the cuts made."""
    for path in cuts:
        printed = _cut(printed, path.split("."))
    return f"```sh\ncrmtool {command} --format json\n```\n\n```json\n{_written(printed, 0)}\n```"


def resolved(found: Schema) -> Schema:
    """Follow a reference; what stands beside it counts first."""
    if "$ref" not in found:
        return found
    target: Any = SCHEMA
    for step in found["$ref"].removeprefix("#/").split("/"):
        target = target[step]
    return {**target, **{key: value for key, value in found.items() if key != "$ref"}}


def undescribed(found: Schema, path: str) -> Iterator[str]:
    """List the keys below a definition whose meaning is not told."""
    for key, value in found.get("properties", {}).items():
        if not resolved(value).get("description"):
            yield f"{path}.{key}"
        yield from undescribed(value, f"{path}.{key}")
    for inner in _below(found):
        yield from undescribed(inner, path)


def _rows(found: Schema, path: str) -> Iterator[tuple[str, str, str]]:
    required = found.get("required", ())
    for key, value in found.get("properties", {}).items():
        here, meaning = f"{path}{key}", resolved(value)["description"]
        yield here, _kind(value), meaning if key in required else f"Not always there. {meaning}"
        yield from _rows_inside(value, here)


def _rows_inside(found: Schema, path: str) -> Iterator[tuple[str, str, str]]:
    """Go through the keys of an object, or of the objects in a list; a shared object has its own table."""
    yield from _rows(found, f"{path}.")
    for inner in found.get("oneOf", ()):
        yield from _rows_inside(inner, path)
    if isinstance(found.get("items"), Mapping):
        yield from _rows_inside(found["items"], f"{path}[]")


def _below(found: Schema) -> Iterator[Schema]:
    for inner in (found.get("items"), found.get("additionalProperties"), *found.get("oneOf", ())):
        if isinstance(inner, Mapping):
            yield inner


def _kind(found: Schema) -> str:
    name = found.get("$ref", "").rpartition("/")[2]
    if name in COMMANDS:
        return f"[{name}](#crmtool-{name})"
    if name in SHARED:
        return f"{'list of ' if 'items' in DEFINITIONS[name] else ''}[{name}](#{name.replace('_', '-')})"
    found = resolved(found)
    if "oneOf" in found:
        return _choice(_kind(each) for each in found["oneOf"])
    if "enum" in found:
        return _choice(f"`{value}`" for value in found["enum"])
    if "const" in found:
        return f"`{found['const']}`"
    types = found.get("type", "anything")
    return _choice(_named(each, found) for each in ([types] if isinstance(types, str) else types))


def _choice(told: Iterable[str]) -> str:
    *first, last = told
    return f"{', '.join(first)} or {last}" if first else last


def _named(kind: str, found: Schema) -> str:
    if kind == "array":
        return f"list of {_kind(found['items'])}" if "items" in found else "list"
    if kind == "string" and found.get("format") == "date":
        return "date"
    return _NAMES.get(kind, kind)


def _cut(value: Any, path: Sequence[str]) -> Any:
    """Leave out what stands at a path: an object's keys, all of a list but its first two items, or a text."""
    if not path:
        if isinstance(value, dict):
            return {LEFT_OUT: LEFT_OUT}
        return [*value[:2], LEFT_OUT] if isinstance(value, list) else LEFT_OUT
    if isinstance(value, list):
        return [_cut(item, path[1:]) for item in value]
    assert path[0] in value, path
    return {key: _cut(inner, path[1:]) if key == path[0] else inner for key, inner in value.items()}


def _written(value: Any, indent: int) -> str:
    """Write JSON with what fits on one line on one."""
    line = json.dumps(value, ensure_ascii=False)
    if len(line) + indent <= _WIDTH or not isinstance(value, dict | list) or not value:
        return line
    pad, end = " " * (indent + 2), " " * indent
    if isinstance(value, list):
        return "[\n" + ",\n".join(pad + _written(item, indent + 2) for item in value) + f"\n{end}]"
    items = (f"{pad}{json.dumps(key, ensure_ascii=False)}: {_written(item, indent + 2)}" for key, item in value.items())
    return "{\n" + ",\n".join(items) + f"\n{end}}}"
