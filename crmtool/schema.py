"""The shape of a file against its JSON Schema: jsonschema-rs says yes fast, jsonschema explains a no."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import jsonschema_rs

from crmtool.conditions import parse_requires
from crmtool.days import parse_day
from crmtool.document import Document
from crmtool.finding import Place
from crmtool.text import one_line

_GERMAN_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_CONDITION_KEYS = frozenset({"requires", "when", "good", "bad"})
_TYPES = {
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping of keys to values",
    "null": "null",
}
_LEAST = {"minLength": "characters", "minItems": "entries", "minProperties": "keys"}
_BOUNDS = {"minimum": "from", "exclusiveMinimum": "above", "maximum": "to", "exclusiveMaximum": "below"}
# JSON Schema 2020-12 takes formats as annotations unless a validator is told otherwise; only dates are checked here.
_ANNOTATIONS = (
    "date-time", "time", "duration", "email", "idn-email", "hostname", "idn-hostname", "ipv4", "ipv6", "uri",
    "uri-reference", "iri", "iri-reference", "uuid", "uri-template", "json-pointer", "relative-json-pointer", "regex",
)  # fmt: skip


class _Refusal(Protocol):
    """What is used of jsonschema's ValidationError; its own types say too little to work with."""

    validator: str
    validator_value: Any
    instance: Any
    schema: Mapping[str, Any]
    context: Iterable[_Refusal]
    message: str
    absolute_path: Iterable[str | int]
    relative_path: Iterable[str | int]
    schema_path: Any


class SchemaError(Exception):
    """A schema that is no JSON Schema, or that refers to something outside itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What a schema says of a file: `code` is unknown-key, invalid-date or schema; `absent` is a key missing there."""

    code: str
    place: Place
    message: str
    hint: str = ""
    on_key: bool = False
    absent: str | None = None


@dataclass(frozen=True)
class Schema:
    """A JSON Schema 2020-12, given as the values of its JSON; `base` is one that applies as well."""

    definition: Mapping[str, Any]
    base: Schema | None = None

    @classmethod
    def parse(cls, text: str) -> Schema:
        """Read a schema from JSON; raises SchemaError."""
        try:
            definition = json.loads(text)
        except ValueError as error:
            raise SchemaError(f"not valid JSON: {error}") from error
        if not isinstance(definition, dict):
            raise SchemaError("not a JSON object")
        schema = cls(definition)
        schema.validate_itself()
        return schema

    def validate_itself(self) -> None:
        """Raise SchemaError where this is no valid schema or refers to another file or address."""
        try:
            _ = self._validator
        except (ValueError, jsonschema_rs.ReferencingError) as error:
            raise SchemaError(one_line(str(error))) from error

    def above(self, base: Schema) -> Schema:
        """Give the schema with another beneath it: it may be stricter or add fields, but allow nothing else."""
        return self if self.definition == base.definition else Schema(self.definition, Schema(_opened(base.definition)))

    def shape(self, document: Document) -> tuple[Shape, ...]:
        """Tell everything that the schema refuses in a document; nothing for one that has no values."""
        if document.values is None:
            return ()
        own = () if self._validator.is_valid(document.values) else self._refusals(document.values)
        if self.base is None:
            return own
        told = {(shape.place, shape.absent) for shape in own}
        return own + tuple(s for s in self.base.shape(document) if (s.place, s.absent) not in told)

    def _refusals(self, values: Mapping[str, Any]) -> tuple[Shape, ...]:
        try:
            shapes = tuple(dict.fromkeys(_explain(self._explainer.iter_errors(values), values)))
        except re.error:  # A pattern that is none to Python, such as one with \p{L}.
            shapes = ()
        return shapes or tuple(self._fallback(values))

    @cached_property
    def _validator(self) -> jsonschema_rs.Draft202012Validator:
        formats = dict.fromkeys(_ANNOTATIONS, _anything)
        return jsonschema_rs.Draft202012Validator(
            dict(self.definition), validate_formats=True, formats={**formats, "date": _is_date}, offline=True
        )

    @cached_property
    def _explainer(self) -> Any:
        from jsonschema import Draft202012Validator, FormatChecker
        from referencing import Registry

        checker = FormatChecker(formats=())
        checker.checks("date")(_is_date)
        # An empty registry knows only this schema: nothing is fetched from the network or the disk.
        return Draft202012Validator(dict(self.definition), format_checker=checker, registry=Registry())

    def _fallback(self, values: Mapping[str, Any]) -> Iterator[Shape]:
        for error in self._validator.iter_errors(dict(values)):
            yield Shape(code="schema", place=tuple(error.instance_path), message=one_line(error.message))


@dataclass(frozen=True, slots=True)
class Schemas:
    """The schemas in force in a workspace."""

    contact: Schema
    rulebook: Schema


def _opened(definition: Any) -> Any:
    """Give a schema that says nothing of unknown keys."""
    if isinstance(definition, dict):
        return {
            key: _opened(value)
            for key, value in definition.items()
            if not (key == "additionalProperties" and value is False)
        }
    return [_opened(value) for value in definition] if isinstance(definition, list) else definition


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Give a hint that names the nearest known word, or else all of them."""
    known = list(known)
    near = difflib.get_close_matches(word.casefold(), known, n=1, cutoff=0.6)
    return f"did you mean '{near[0]}'?" if near else f"write one of: {', '.join(known)}"


def _is_date(value: object) -> bool:
    return not isinstance(value, str) or parse_day(value) is not None


def _anything(_value: object) -> bool:
    return True


def _explain(errors: Iterable[_Refusal], values: Mapping[str, Any]) -> Iterator[Shape]:
    for error in sorted(errors, key=lambda e: [str(step) for step in e.absolute_path]):
        place: Place = tuple(error.absolute_path)
        condition_place = _condition_place(place)
        if condition_place:
            yield from _explain_conditions(error, condition_place, values)
        elif error.validator in ("anyOf", "oneOf"):
            yield from _explain_choice(error, values)
        else:
            yield from _explain_one(error, place)


def _explain_choice(error: _Refusal, values: Mapping[str, Any]) -> Iterator[Shape]:
    """Go into the one alternative that the value was meant as, if it can be told; else say what is expected."""
    branches: dict[Any, list[_Refusal]] = {}
    for inner in error.context:
        branches.setdefault(inner.schema_path[0], []).append(inner)
    meant = [
        branch for branch in branches.values() if not any(e.validator == "type" and not e.relative_path for e in branch)
    ]
    if len(meant) == 1 and not any(e.validator == "required" and not e.relative_path for e in meant[0]):
        yield from _explain(meant[0], values)
        return
    expected = error.schema.get("description", "one of the forms that the schema lists")
    yield Shape(
        code="schema",
        place=tuple(error.absolute_path),
        message=f"{_named(tuple(error.absolute_path))} should be {expected}, not {_quoted(error.instance)}",
        hint=f"write {expected}",
    )


def _explain_conditions(error: _Refusal, place: Place, values: Mapping[str, Any]) -> Iterator[Shape]:
    value: Any = values
    for step in place:
        value = value[step]
    _, flaws = parse_requires(value, place)
    for flaw in flaws:
        yield Shape(code="schema", place=flaw.place, message=flaw.message, hint=flaw.hint)
    if not flaws:
        yield Shape(code="schema", place=tuple(error.absolute_path), message=one_line(error.message))


def _explain_one(error: _Refusal, place: Place) -> Iterator[Shape]:
    rule, name = error.validator, _named(place)
    if rule in ("type", "format") and error.schema.get("format") == "date":
        yield _bad_date(place, error.instance)
    elif rule in ("additionalProperties", "unevaluatedProperties") and isinstance(error.instance, dict):
        yield from _unknown_keys(error, place)
    elif rule == "required":
        yield from _absent_keys(error, place)
    elif rule in ("type", "pattern") and "pattern" in error.schema and "description" in error.schema:
        expected = error.schema["description"]
        message = f"{name} should be {expected}, not {_quoted(error.instance)}"
        yield Shape(code="schema", place=place, message=message, hint=f"write {expected}")
    elif rule == "type":
        yield _wrong_type(error, place)
    elif rule == "enum":
        options = [str(option) for option in error.validator_value]
        hint = did_you_mean(str(error.instance), options)
        message = f"{name} should be one of {', '.join(options)}, not {_quoted(error.instance)}"
        yield Shape(code="schema", place=place, message=message, hint=hint)
    elif rule in _LEAST and error.validator_value > 1:
        least = f"at least {error.validator_value} {_LEAST[rule]}"
        message = f"{name} should have {least}, not {_quoted(error.instance)}"
        yield Shape(code="schema", place=place, message=message, hint=f"write {least}")
    elif rule in _LEAST or (rule == "pattern" and not one_line(error.instance)):
        yield Shape(code="schema", place=place, message=f"{name} is empty", hint="fill it in, or remove the line")
    else:
        message = f"{name}: {one_line(error.message)}"
        yield Shape(code="schema", place=place, message=message, hint=_what_fits(error.schema))


def _what_fits(schema: Mapping[str, Any]) -> str:
    bounds = " ".join(f"{word} {schema[key]}" for key, word in _BOUNDS.items() if key in schema)
    return f"write a number {bounds}" if bounds else "write what the schema in schemas/ asks for"


def _unknown_keys(error: _Refusal, place: Place) -> Iterator[Shape]:
    known = list(error.schema.get("properties", {}))
    patterns = list(error.schema.get("patternProperties", {}))
    for key in error.instance:
        if error.validator == "unevaluatedProperties":
            is_known = repr(key) not in error.message  # Which of them other schemas know, the message alone tells.
        else:
            is_known = key in known or any(re.search(pattern, key) for pattern in patterns)
        if not is_known:
            hint = did_you_mean(key, known) if known else "remove it"
            if place and error.instance[key] == "":  # {evidence: 85 people, B2B} and {met:2026-11-03}
                hint = "put a space after the colon" if ":" in key else "put text that holds a comma in quotes"
            if not place and "extra" in known:
                hint += "; fields of your own go below `extra:`"
            yield Shape(
                code="unknown-key",
                place=(*place, key),
                message=f"unknown key '{one_line(key)}'" + (f" in {_named(place)}" if place else ""),
                hint=hint,
                on_key=True,
            )


def _absent_keys(error: _Refusal, place: Place) -> Iterator[Shape]:
    for key in error.validator_value:
        if key not in error.instance:
            where = f" in {_named(place)}" if place else ""
            yield Shape(
                code="schema",
                place=place,
                message=f"the key '{key}' is missing{where}",
                hint=f"add `{key}: …`",
                absent=key,
            )


def _wrong_type(error: _Refusal, place: Place) -> Shape:
    wanted: list[str] = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
    expected = " or ".join(_TYPES.get(name, name) for name in wanted)
    if error.instance == "":
        message, hint = f"{_named(place)} is empty; it should be {expected}", "fill it in, or remove the line"
    else:
        message = f"{_named(place)} should be {expected}, not {_quoted(error.instance)}"
        hint = f"write {expected}"
        if wanted == ["string"] and isinstance(error.instance, bool | int | float):
            hint = f'put it in quotes: "{json.dumps(error.instance)}"'
    return Shape(code="schema", place=place, message=message, hint=hint)


def _bad_date(place: Place, value: object) -> Shape:
    hint = "write the date as YYYY-MM-DD, such as 2026-11-23"
    german = _GERMAN_DATE.fullmatch(value) if isinstance(value, str) else None
    if german:
        iso = f"{german[3]}-{int(german[2]):02}-{int(german[1]):02}"
        hint = f"write {iso}" if parse_day(iso) else hint
    what = "is empty; it should be a date" if value == "" else f"is no date of the calendar: {_quoted(value)}"
    return Shape(code="invalid-date", place=place, message=f"{_named(place)} {what}", hint=hint)


def _condition_place(place: Place) -> Place | None:
    """Give the place of the list of conditions that a place lies in, if it does."""
    depth = next((i for i, step in enumerate(place) if step in _CONDITION_KEYS and i in (1, 2)), None)
    return place[: depth + 1] if depth is not None and place[0] != "criteria" else None


def _named(place: Place) -> str:
    if not place:
        return "the file"
    return "'" + ".".join(str(step + 1) if isinstance(step, int) else one_line(step) for step in place) + "'"


def _quoted(value: object) -> str:
    text = one_line(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
    return f"'{text[:57]}…'" if len(text) > 60 else f"'{text}'"
