"""What a schema refuses, told to the person who wrote the file."""

from __future__ import annotations

import difflib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, Protocol

from crmtool.conditions import parse_requires
from crmtool.days import meant_day
from crmtool.finding import Place
from crmtool.patterns import are_known
from crmtool.records import dataclass
from crmtool.text import one_line

_CONDITIONS = {"statuses": ("requires",), "transitions": ("requires",), "stop_rules": ("when",)}
"""Under which keys of an entry of the rule book conditions stand; others may be called so without holding any."""
_TYPES = {
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping of keys to values",
    "null": "null",
}
_MOST_COMPARED = 500_000
"""So many pairs of letters, of words that were written and known ones, are compared for one file."""
_MOST_LISTED, _MOST_LETTERS = 20, 500
_MOST_ERRORS, _MOST_OPTIONS = 500, 5_000
_LEAST = {"minLength": "characters", "minItems": "entries", "minProperties": "keys"}
_BOUNDS = {"minimum": "from", "exclusiveMinimum": "above", "maximum": "to", "exclusiveMaximum": "below"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What a schema says of a file: `code` is unknown-key, invalid-date or schema; `absent` is a key missing there."""

    code: str
    place: Place
    message: str
    hint: str = ""
    on_key: bool = False
    absent: str | None = None


class Refusal(Protocol):
    """What is used of jsonschema's ValidationError; its own types say too little to work with."""

    validator: str
    validator_value: Any
    instance: Any
    schema: Mapping[str, Any]
    context: Iterable[Refusal]
    message: str
    absolute_path: Iterable[str | int]
    relative_path: Iterable[str | int]
    schema_path: Any


class Guesses:
    """Who was meant by the unknown words of one file: those of the first mistakes are looked up, and no others.

    A file may be full of mistakes, and what is known may be much as well.
    """

    def __init__(self) -> None:
        self._left = _MOST_COMPARED

    def hint(self, word: str, known: Collection[str], otherwise: str | None = None) -> str:
        """Give a hint that names the nearest known word; where none is near `otherwise`, by default all of them."""
        pairs = len(known) + len(word) * sum(map(len, known))
        if pairs <= self._left:  # what is too much for the rest takes nothing of it from the words that follow
            self._left -= pairs
            near = difflib.get_close_matches(word.casefold(), known, n=1, cutoff=0.6)
            if near:
                return f"did you mean '{near[0]}'?"
        return f"write one of: {listed(known)}" if otherwise is None else otherwise


def did_you_mean(word: str, known: Iterable[str], otherwise: str | None = None) -> str:
    """Give the hint for one word; for the words of a file there is Guesses."""
    return Guesses().hint(word, list(known), otherwise)


def listed(words: Collection[str]) -> str:
    """List words, the first ones of many."""
    shown: list[str] = []
    for word in islice(words, _MOST_LISTED):
        if shown and len(word) + sum(map(len, shown)) > _MOST_LETTERS:
            break
        shown.append(shortened(word))
    more = len(words) - len(shown)
    return ", ".join(shown) + (f" … and {more:,} more" if more else "")


def shortened(text: str) -> str:
    """Give a text that is not too long to be told."""
    return text if len(text) <= _MOST_LETTERS else f"{text[:_MOST_LETTERS]}…"


def explain(errors: Iterable[Refusal], values: Mapping[str, Any], guesses: Guesses | None = None) -> Iterator[Shape]:
    """Tell what jsonschema refused in a file's values, each thing once and where it stands.

    Of very many errors the first ones that it finds are told.
    """
    guesses = guesses or Guesses()
    for error in sorted(islice(errors, _MOST_ERRORS), key=lambda e: [str(step) for step in e.absolute_path]):
        place: Place = tuple(error.absolute_path)
        condition_place = _condition_place(place)
        if condition_place:
            yield from _explain_conditions(error, condition_place, values)
        elif error.validator in ("anyOf", "oneOf"):
            yield from _explain_choice(error, values, guesses)
        else:
            yield from _explain_one(error, place, guesses)


def _explain_choice(error: Refusal, values: Mapping[str, Any], guesses: Guesses) -> Iterator[Shape]:
    """Go into the one alternative that the value was meant as, if it can be told; else say what is expected."""
    branches: dict[Any, list[Refusal]] = {}
    for inner in error.context:
        branches.setdefault(inner.schema_path[0], []).append(inner)
    meant = [
        branch for branch in branches.values() if not any(e.validator == "type" and not e.relative_path for e in branch)
    ]
    if len(meant) == 1 and not any(e.validator == "required" and not e.relative_path for e in meant[0]):
        yield from explain(meant[0], values, guesses)
        return
    expected = error.schema.get("description", "one of the forms that the schema lists")
    yield Shape(
        code="schema",
        place=tuple(error.absolute_path),
        message=f"{_named(tuple(error.absolute_path))} should be {expected}, not {_quoted(error.instance)}",
        hint=f"write {expected}",
    )


def _explain_conditions(error: Refusal, place: Place, values: Mapping[str, Any]) -> Iterator[Shape]:
    value: Any = values
    for step in place:
        value = value[step]
    _, flaws = parse_requires(value, place)
    for flaw in flaws:
        yield Shape(code="schema", place=flaw.place, message=flaw.message, hint=flaw.hint)
    if not flaws:
        message, hint = shortened(one_line(error.message)), _what_fits(error.schema)
        yield Shape(code="schema", place=tuple(error.absolute_path), message=message, hint=hint)


def _explain_one(error: Refusal, place: Place, guesses: Guesses) -> Iterator[Shape]:
    rule, name = error.validator, _named(place)
    if rule in ("type", "format") and error.schema.get("format") == "date":
        yield _bad_date(place, error.instance)
    elif rule in ("additionalProperties", "unevaluatedProperties") and isinstance(error.instance, dict):
        yield from _unknown_keys(error, place, guesses)
    elif rule == "required":
        yield from _absent_keys(error, place)
    elif rule in ("type", "pattern") and "pattern" in error.schema and "description" in error.schema:
        expected = error.schema["description"]
        message = f"{name} should be {expected}, not {_quoted(error.instance)}"
        yield Shape(code="schema", place=place, message=message, hint=f"write {expected}")
    elif rule == "type":
        yield _wrong_type(error, place)
    elif rule == "enum":
        yield _none_of(error, place, guesses)
    elif rule in _LEAST and error.validator_value > 1:
        least = f"at least {error.validator_value} {_LEAST[rule]}"
        message = f"{name} should have {least}, not {_quoted(error.instance)}"
        yield Shape(code="schema", place=place, message=message, hint=f"write {least}")
    elif rule in _LEAST or (rule == "pattern" and not one_line(error.instance)):
        yield Shape(code="schema", place=place, message=f"{name} is empty", hint="fill it in, or remove the line")
    else:
        message = f"{name}: {shortened(one_line(error.message))}"
        yield Shape(code="schema", place=place, message=message, hint=_what_fits(error.schema))


def _what_fits(schema: Mapping[str, Any] | bool) -> str:
    if isinstance(schema, bool):  # `false` allows nothing at all
        return "remove it"
    bounds = " ".join(f"{word} {schema[key]}" for key, word in _BOUNDS.items() if key in schema)
    return f"write a number {bounds}" if bounds else "write what the schema in schemas/ asks for"


def _none_of(error: Refusal, place: Place, guesses: Guesses) -> Shape:
    options = [str(option) for option in islice(error.validator_value, _MOST_OPTIONS)]
    message = f"{_named(place)} should be one of {listed(options)}, not {_quoted(error.instance)}"
    return Shape(code="schema", place=place, message=message, hint=guesses.hint(str(error.instance), options))


def _unknown_keys(error: Refusal, place: Place, guesses: Guesses) -> Iterator[Shape]:
    known = list(error.schema.get("properties", {}))
    are_allowed = are_known(error.instance, error.schema) if error.validator == "additionalProperties" else None
    for key in error.instance:
        # Which of them other schemas know, the message alone tells.
        if repr(key) in error.message if are_allowed is None else not are_allowed[key]:
            hint = guesses.hint(key, known) if known else "remove it"
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


def _absent_keys(error: Refusal, place: Place) -> Iterator[Shape]:
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


def _wrong_type(error: Refusal, place: Place) -> Shape:
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
    meant = meant_day(value) if isinstance(value, str) else None
    if meant:
        hint = f"write {meant}"
    what = "is empty; it should be a date" if value == "" else f"is no date of the calendar: {_quoted(value)}"
    return Shape(code="invalid-date", place=place, message=f"{_named(place)} {what}", hint=hint)


def _condition_place(place: Place) -> Place | None:
    """Give the place of the list of conditions that a place lies in, if it does."""
    match place:
        case ("prequalification", "good" | "bad", *_):
            return place[:2]
        case (str(section), _, key, *_) if key in _CONDITIONS.get(section, ()):
            return place[:3]
    return None


def _named(place: Place) -> str:
    if not place:
        return "the file"
    return "'" + ".".join(str(step + 1) if isinstance(step, int) else one_line(step) for step in place) + "'"


def _quoted(value: object) -> str:
    text = one_line(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
    return f"'{text[:57]}…'" if len(text) > 60 else f"'{text}'"
