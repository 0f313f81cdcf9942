"""What a schema allows at a place: the keys of a mapping, the forms of a value."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from crmtool.finding import Place


@dataclass(frozen=True)
class Form:
    """A schema that applies at a place; one of several alternatives where it is not `certain`."""

    schema: Mapping[str, Any]
    certain: bool


@dataclass(frozen=True)
class Key:
    """A key that a mapping may have."""

    name: str
    is_required: bool


def forms(definition: Mapping[str, Any], place: Place) -> tuple[Form, ...]:
    """List the schemas that apply at a place; of a part that every value must fit, and of each alternative."""
    found = tuple(_unfolded(definition, (Form(definition, certain=True),)))
    for step in place:
        inner = (Form(schema, certain=True) for form in found if isinstance(schema := _inner(form.schema, step), dict))
        found = tuple(_unfolded(definition, inner))
    return found


def keys(definition: Mapping[str, Any], place: Place, present: Collection[str]) -> tuple[Key, ...]:
    """List the keys that the mapping at a place may have beside those that are present; required ones first."""
    found = forms(definition, place)
    required = {key for form in found if form.certain for key in form.schema.get("required", ())}
    barred = {*present, *_excluded(found, present)}
    names = (
        name
        for form in found
        if form.certain or set(present) <= form.schema.get("properties", {}).keys()
        for name, schema in form.schema.get("properties", {}).items()
        if name not in barred and schema is not False
    )
    return tuple(
        sorted((Key(name, name in required) for name in dict.fromkeys(names)), key=lambda key: not key.is_required)
    )


def required_keys(definition: Mapping[str, Any], place: Place) -> tuple[str, ...]:
    """List the keys that a mapping at a place must have; none where something else may stand there, too."""
    return tuple(key.name for key in keys(definition, place, ()) if key.is_required)


def is_date(found: Iterable[Form]) -> bool:
    """Whether a date is what stands at a place with these forms."""
    return any(form.schema.get("format") == "date" for form in found)


def is_list(found: Iterable[Form]) -> bool:
    """Whether nothing but a list may stand at a place with these forms."""
    return any(form.certain and form.schema.get("type") == "array" for form in found)


def may_be_list(found: Iterable[Form]) -> bool:
    """Whether a list is one of what may stand at a place with these forms."""
    return any(form.schema.get("type") == "array" for form in found)


def is_mapping(found: Iterable[Form]) -> bool:
    """Whether nothing but a mapping may stand at a place with these forms."""
    return any(form.certain and form.schema.get("type") == "object" for form in found)


def is_text(found: Iterable[Form]) -> bool:
    """Whether what stands at a place with these forms are words: text that may not be blank."""
    return any(form.schema.get("type") == "string" and "pattern" in form.schema for form in found)


def choices(found: Iterable[Form]) -> tuple[Any, ...]:
    """List the values that are named at a place with these forms: of an enumeration, a constant, true and false."""
    named: list[Any] = []
    for form in found:
        named += form.schema.get("enum", ())
        named += [form.schema["const"]] if "const" in form.schema else []
        named += [True, False] if form.schema.get("type") == "boolean" else []
    return tuple(value for i, value in enumerate(named) if value not in named[:i])


def _inner(schema: Mapping[str, Any], step: str | int) -> Any:
    if isinstance(step, int):
        return schema.get("items")
    if step in schema.get("properties", {}):
        return schema["properties"][step]
    for pattern, inner in schema.get("patternProperties", {}).items():
        if _matches(pattern, step):
            return inner
    return schema.get("additionalProperties")


def _matches(pattern: str, text: str) -> bool:
    try:
        return re.search(pattern, text) is not None
    except re.error:  # such as \p{L}, which the schema's own reader knows
        return False


def _excluded(found: Iterable[Form], present: Collection[str]) -> Iterator[str]:
    """Give the keys of which exactly one is asked for, where one of them is present."""
    for form in found:
        branches = [branch.get("required", []) for branch in form.schema.get("oneOf", ()) if isinstance(branch, dict)]
        if any(set(branch) <= set(present) for branch in branches if branch):
            yield from (key for branch in branches for key in branch)


def _unfolded(definition: Mapping[str, Any], found: Iterable[Form]) -> Iterator[Form]:
    waiting, seen = list(found), set[int]()
    while waiting:
        form = waiting.pop(0)
        if id(form.schema) in seen:
            continue
        seen.add(id(form.schema))
        yield form
        parts = [(_referred(definition, form.schema.get("$ref")), form.certain)]
        parts += [(part, form.certain) for part in form.schema.get("allOf", ())]
        parts += [(part, False) for key in ("anyOf", "oneOf") for part in form.schema.get(key, ())]
        parts += [(form.schema.get(key), False) for key in ("then", "else")]
        waiting += [Form(part, certain) for part, certain in parts if isinstance(part, dict)]


def _referred(definition: Mapping[str, Any], reference: Any) -> Any:
    if not isinstance(reference, str) or not reference.startswith("#"):
        return None
    found: Any = definition
    for step in reference.split("/")[1:]:
        found = found.get(step.replace("~1", "/").replace("~0", "~")) if isinstance(found, dict) else None
    return found
