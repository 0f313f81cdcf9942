"""Regular expressions of a workspace's own schemas: none takes much longer than others for what it is matched with.

Python's regular expressions would: `(a+)+$` takes years for forty letters. The fast validator's take no time for most,
and give up on what needs too many attempts; what they gave up on does not match.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import jsonschema_rs

OPTIONS = jsonschema_rs.FancyRegexOptions(backtrack_limit=10_000)
"""How regular expressions are matched; so many attempts take a few thousandths of a second, but for long texts."""
FEW_LETTERS = 500
"""Patterns of so many letters in all have no room for more than a few large ones."""
_UNIQUE = jsonschema_rs.Draft202012Validator({"uniqueItems": True})


def matches(pattern: str, text: str) -> bool:
    """Whether a pattern is found in a text."""
    return _compiled(pattern).is_valid(text)


def are_known(names: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, bool]:
    """Tell of each name whether a schema names it, be it by a pattern."""
    patterns = schema.get("patternProperties", {})
    return {
        name: name in schema.get("properties", {}) or any(matches(each, name) for each in patterns) for name in names
    }


def all_in(definition: Mapping[str, Any]) -> set[str]:
    """List the patterns that stand anywhere in a schema."""
    found: set[str] = set()
    todo: list[Any] = [definition]
    while todo:
        value = todo.pop()
        if isinstance(value, dict):
            found |= {each for each in (value.get("pattern"),) if isinstance(each, str)}
            found |= {*value["patternProperties"]} if isinstance(value.get("patternProperties"), dict) else set()
            todo += value.values()
        elif isinstance(value, list):
            todo += value
    return found


def keywords(definition: Mapping[str, Any]) -> dict[str, Any]:
    """Give the keywords that match patterns, for jsonschema to take in the place of its own with a schema."""
    own = {
        "pattern": _pattern,
        "patternProperties": _pattern_properties,
        "additionalProperties": _additional_properties,
        "uniqueItems": _unique_items,
    }
    # This one looks for patterns anywhere in a schema by itself; where there are some, the fast validator tells.
    return {**own, "unevaluatedProperties": None} if _has(definition, "patternProperties") else own


def _has(definition: Any, key: str) -> bool:
    if isinstance(definition, dict):
        return key in definition or any(_has(value, key) for value in definition.values())
    return isinstance(definition, list) and any(_has(value, key) for value in definition)


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator({"pattern": pattern}, pattern_options=OPTIONS)


def _pattern(validator: Any, pattern: str, instance: Any, _schema: Any) -> Iterator[Any]:
    from jsonschema import ValidationError

    if validator.is_type(instance, "string") and not matches(pattern, instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


def _pattern_properties(validator: Any, patterns: Mapping[str, Any], instance: Any, _schema: Any) -> Iterator[Any]:
    if validator.is_type(instance, "object"):
        for pattern, schema in patterns.items():
            for key in (key for key in instance if matches(pattern, key)):
                yield from validator.descend(instance[key], schema, path=key, schema_path=pattern)


def _additional_properties(validator: Any, wanted: Any, instance: Any, schema: Mapping[str, Any]) -> Iterator[Any]:
    from jsonschema import ValidationError

    if not validator.is_type(instance, "object"):
        return
    further = [key for key, is_known in are_known(instance, schema).items() if not is_known]
    if validator.is_type(wanted, "object"):
        for key in further:
            yield from validator.descend(instance[key], wanted, path=key)
    elif not wanted and further:
        yield ValidationError(f"the schema knows no {', '.join(map(repr, sorted(further)))}")


def _unique_items(validator: Any, wanted: Any, instance: Any, _schema: Any) -> Iterator[Any]:
    """Have the fast validator look: the other one compares each entry with each where they are mappings."""
    from jsonschema import ValidationError

    if wanted and validator.is_type(instance, "array") and not _UNIQUE.is_valid(instance):
        yield ValidationError(f"{instance!r} has non-unique elements")
