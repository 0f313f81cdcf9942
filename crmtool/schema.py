"""The shape of a file against its JSON Schema: jsonschema-rs says yes fast, jsonschema explains a no."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any

import jsonschema_rs

from crmtool.days import parse_day
from crmtool.document import Document
from crmtool.patterns import FEW_LETTERS, OPTIONS, all_in, keywords
from crmtool.records import dataclass
from crmtool.shapes import Shape, explain, shortened
from crmtool.text import one_line

if TYPE_CHECKING:
    from crmtool.burden import Burden

# JSON Schema 2020-12 takes formats as annotations unless a validator is told otherwise; only dates are checked here.
_ANNOTATIONS = (
    "date-time", "time", "duration", "email", "idn-email", "hostname", "idn-hostname", "ipv4", "ipv6", "uri",
    "uri-reference", "iri", "iri-reference", "uuid", "uri-template", "json-pointer", "relative-json-pointer", "regex",
)  # fmt: skip
_MOST_TOLD = 200
"""So many refusals of one file are told: who has more mends these first."""
_MOST_EXPLAINED, _MOST_LISTED = 1_000_000, 20_000
"""So many checks the slow validator may take to explain a no, and the fast one, which lists all at once."""
_TOO_LARGE = "the file is too large to be checked by the workspace's own schema"
_TOO_LARGE_HINT = "make the patterns and alternatives of the schema in schemas/ fewer and simpler"


class SchemaError(Exception):
    """A schema that is no JSON Schema, or that refers to something outside itself."""


@dataclass(frozen=True)
class Schema:
    """A JSON Schema 2020-12, given as the values of its JSON; `base` is one that applies as well.

    `burden` is what it costs to check by it; None for one that is shipped, and known to cost little.
    """

    definition: Mapping[str, Any]
    base: Schema | None = None
    burden: Burden | None = None

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
        patterns = all_in(self.definition)
        if sum(map(len, patterns)) > FEW_LETTERS:  # in fewer there is no room for more than some large ones
            self._weigh(patterns)
        try:
            _ = self._validator
        except (ValueError, jsonschema_rs.ReferencingError) as error:
            raise SchemaError(_told(error)) from error

    def _weigh(self, patterns: Collection[str]) -> None:
        from crmtool.pattern_burden import BurdenError, weigh_patterns

        try:
            weigh_patterns(patterns)
        except BurdenError as error:
            raise SchemaError(str(error)) from None

    def above(self, base: Schema) -> Schema:
        """Give the schema with another beneath it: it may be stricter or add fields, but allow nothing else.

        Raises SchemaError where it would have too much checked.
        """
        if self.definition == base.definition:
            return self
        from crmtool.burden import burden  # most workspaces have the schemas that are shipped
        from crmtool.pattern_burden import BurdenError

        try:
            return Schema(self.definition, Schema(_opened(base.definition)), burden(self.definition))
        except BurdenError as error:
            raise SchemaError(str(error)) from None

    def shape(self, document: Document) -> tuple[Shape, ...]:
        """Tell everything that the schema refuses in a document; nothing for one that has no values."""
        if document.values is None:
            return ()
        own = self._own(document.text, document.values)
        if self.base is None:
            return own
        told = {(shape.place, shape.absent) for shape in own}
        return own + tuple(s for s in self.base.shape(document) if (s.place, s.absent) not in told)

    def _own(self, text: str, values: Mapping[str, Any]) -> tuple[Shape, ...]:
        # A text has a character for each of its keys and values, and counting these takes time: {a,b} has one for each.
        if (
            self.burden
            and not self.burden.allows(len(text), len(text), len(text) ** 2)
            and not self.burden.allows(*_size(values))
        ):
            return (Shape(code="schema", place=(), message=_TOO_LARGE, hint=_TOO_LARGE_HINT),)
        return () if self._validator.is_valid(values) else self._refusals(values)

    def _refusals(self, values: Mapping[str, Any]) -> tuple[Shape, ...]:
        checks = self.burden.checks * _size(values)[0] if self.burden else 0
        shapes: tuple[Shape, ...] = ()
        if checks <= _MOST_EXPLAINED:
            try:
                shapes = _first(explain(self._explainer.iter_errors(values), values))
            except Exception:  # what refers to itself may be too much for it: the other one has said no, and says why
                shapes = ()
        return shapes or _first(self._fallback(values, is_short=checks <= _MOST_LISTED))

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

    def _fallback(self, values: Mapping[str, Any], *, is_short: bool) -> Iterator[Shape]:
        """Tell what the fast validator says; it makes all that it says at once, so of much it says but one thing."""
        for error in self._validator.iter_errors(dict(values)) if is_short else self._one_error(values):
            message = shortened(one_line(error.message))
            yield Shape(code="schema", place=tuple(error.instance_path), message=message)

    def _one_error(self, values: Mapping[str, Any]) -> Iterator[jsonschema_rs.ValidationError]:
        try:
            self._validator.validate(dict(values))
        except jsonschema_rs.ValidationError as error:
            yield error


@dataclass(frozen=True, slots=True)
class Schemas:
    """The schemas in force in a workspace."""

    contact: Schema
    rulebook: Schema


def _told(error: Exception) -> str:
    """Tell what is wrong with a schema; the engine says the same of what is no pattern and of what is a large one."""
    if isinstance(error, jsonschema_rs.ValidationError) and isinstance(error.instance, str):
        from crmtool.pattern_burden import is_too_large, named

        if error.kind.name == "format" and is_too_large(error.instance):
            return f"the pattern {named(error.instance)} is too large; allow fewer repetitions"
    return one_line(str(error))


def _first(shapes: Iterator[Shape]) -> tuple[Shape, ...]:
    """Give the first of what is told, each once, and say so where there is more."""
    found: dict[Shape, None] = {}
    for shape in shapes:
        found[shape] = None
        if len(found) > _MOST_TOLD:
            message = f"more is wrong than the {_MOST_TOLD} things that are told"
            more = Shape(code="schema", place=(), message=message, hint="mend them, and check again")
            return (*islice(found, _MOST_TOLD), more)
    return tuple(found)


def _size(values: Mapping[str, Any]) -> tuple[int, int, int]:
    """Count the values and keys of a file, their letters, and the squares of how many each has."""
    places = letters = squares = 0
    todo: list[Any] = [values]
    while todo:
        value = todo.pop()
        places += 1
        if isinstance(value, str):
            letters += len(value)
            squares += len(value) ** 2
        elif isinstance(value, dict):
            todo += (*value, *value.values())
        elif isinstance(value, list):
            todo += value
    return places, letters, squares


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
