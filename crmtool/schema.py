"""The shape of a file against its JSON Schema: jsonschema-rs says yes fast, jsonschema explains a no."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

import jsonschema_rs

from crmtool.days import parse_day
from crmtool.document import Document
from crmtool.patterns import OPTIONS, keywords
from crmtool.records import dataclass
from crmtool.shapes import Shape, explain
from crmtool.text import one_line

# JSON Schema 2020-12 takes formats as annotations unless a validator is told otherwise; only dates are checked here.
_ANNOTATIONS = (
    "date-time", "time", "duration", "email", "idn-email", "hostname", "idn-hostname", "ipv4", "ipv6", "uri",
    "uri-reference", "iri", "iri-reference", "uuid", "uri-template", "json-pointer", "relative-json-pointer", "regex",
)  # fmt: skip


class SchemaError(Exception):
    """A schema that is no JSON Schema, or that refers to something outside itself."""


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
        except RecursionError:
            raise SchemaError("nested too deeply") from None
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
            shapes = tuple(dict.fromkeys(explain(self._explainer.iter_errors(values), values)))
        except Exception:  # what refers to itself may be too much for it: the other one has said no, and says why
            shapes = ()
        return shapes or tuple(self._fallback(values))

    @cached_property
    def _validator(self) -> jsonschema_rs.Draft202012Validator:
        formats = dict.fromkeys(_ANNOTATIONS, _anything)
        return jsonschema_rs.Draft202012Validator(
            dict(self.definition),
            validate_formats=True,
            formats={**formats, "date": _is_date},
            pattern_options=OPTIONS,
            offline=True,
        )

    @cached_property
    def _explainer(self) -> Any:
        from jsonschema import Draft202012Validator, FormatChecker, validators
        from referencing import Registry

        extend: Any = validators.extend
        explainer = extend(Draft202012Validator, keywords(self.definition))
        checker = FormatChecker(formats=())
        checker.checks("date")(_is_date)
        # An empty registry knows only this schema: nothing is fetched from the network or the disk.
        return explainer(dict(self.definition), format_checker=checker, registry=Registry())

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


def _is_date(value: object) -> bool:
    return not isinstance(value, str) or parse_day(value) is not None


def _anything(_value: object) -> bool:
    return True
