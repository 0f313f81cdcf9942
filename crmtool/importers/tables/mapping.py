"""mapping.yaml: what the columns of a table mean, and which status the stages of another program correspond to."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from collections.abc import Mapping as Table
from dataclasses import field
from functools import cached_property

from crmtool.details import DETAILS
from crmtool.document import Document, read_yaml
from crmtool.finding import Place
from crmtool.importers.imported import texts_in
from crmtool.importers.tables.cells import quoted
from crmtool.importers.tables.dates import DATE_FORMATS
from crmtool.importers.tables.headers import plain
from crmtool.records import dataclass
from crmtool.shapes import did_you_mean
from crmtool.text import one_line, visible
from crmtool.yaml_reader import Value

VERSION = 1
LEAVE_OUT = "leave_out"
"""What is written in the place of a field or a status for what is not wanted."""
FIELDS = (
    *DETAILS, "first_name", "middle_name", "last_name", "id", "stage", "note", "currency", "street", "postal_code",
    "city",
    "region", "country", "date", "claim", LEAVE_OUT,
)  # fmt: skip
"""What a column may hold, as a mapping says it."""

_KEYS = ("version", "origin", "columns", "stages", "date_format")
_ORIGIN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, kw_only=True)
class Mapping:
    """A mapping as read.

    `origin` names the program that the ids belong to, None where the file's own is right. `columns` gives the field of
    a header, `stages` the id of a status, or `leave_out`, for a stage. `date_format` is one of DATE_FORMATS.
    """

    origin: str | None = None
    columns: Table[str, str] = field(default_factory=dict)
    stages: Table[str, str] = field(default_factory=dict)
    date_format: str | None = None

    def by_header(self) -> dict[str, str]:
        """Give the fields by plain header, as columns are looked up."""
        return {plain(header): "notes" if told == "note" else told for header, told in self.columns.items()}

    def spelled(self, stage: str) -> str:
        """Give a stage as the mapping spells it: capitals and blanks do not matter."""
        return self._spellings.get(_folded(stage), stage)

    @cached_property
    def _spellings(self) -> dict[str, str]:
        return {_folded(stage): stage for stage in self.stages}


def read_mapping(path: str, data: bytes) -> Mapping | tuple[str, ...]:
    """Read a mapping; where something is wrong, give all problems instead, each with its line and column."""
    document = read_yaml(path, data)
    if document.values is None:
        return tuple(_problems(document))
    wrong = tuple(
        f"{_where(document, place, on_key=on_key)}: {message}" for place, message, on_key in _wrong(document.values)
    )
    return wrong or _mapping(document.values)


def _mapping(values: Table[str, Value]) -> Mapping:
    origin, date_format = values.get("origin"), values.get("date_format")
    return Mapping(
        origin=origin if isinstance(origin, str) and origin else None,
        columns=texts_in(values.get("columns")),
        stages=texts_in(values.get("stages")),
        date_format=date_format if isinstance(date_format, str) and date_format else None,
    )


def _problems(document: Document) -> Iterator[str]:
    for problem in document.problems:
        at = document.location(problem.span)
        yield f"{visible(document.path)}:{at.line}:{at.column}: {problem.message}; {problem.hint}"


def _where(document: Document, place: Place, *, on_key: bool) -> str:
    at = document.locate(place, on_key=on_key)
    return f"{visible(document.path)}:{at.line}:{at.column}"


def _wrong(values: Table[str, Value]) -> Iterator[tuple[Place, str, bool]]:
    """Find what is wrong: place, message, and whether the key is meant."""
    for key in values:
        if key not in _KEYS:
            yield (key,), f"unknown key {_quoted(key)}; {did_you_mean(key, _KEYS)}", True
    if "version" not in values or values["version"] != VERSION or isinstance(values["version"], bool):
        yield ("version",), f"version should be {VERSION}; write `version: {VERSION}`", False
    origin = values.get("origin")
    if origin not in (None, "") and not (isinstance(origin, str) and _ORIGIN.fullmatch(origin)):
        yield ("origin",), "origin should be a short name in small letters, such as `origin: our-old-crm`", False
    yield from _wrong_choice(("date_format",), values.get("date_format"), DATE_FORMATS)
    for key, choices in (("columns", FIELDS), ("stages", None)):
        yield from _wrong_entries(key, values.get(key), choices)
    yield from _contradictions("columns", texts_in(values.get("columns")), plain)
    yield from _contradictions("stages", texts_in(values.get("stages")), _folded)


def _wrong_entries(key: str, entries: Value, choices: tuple[str, ...] | None) -> Iterator[tuple[Place, str, bool]]:
    if entries in (None, ""):
        return
    if not isinstance(entries, dict):
        yield (key,), f"{key} should be a mapping, with a line `name: meaning` for each", False
        return
    for name, told in entries.items():
        if choices is not None:
            yield from _wrong_choice((key, name), told, choices, needed=True)
        elif not isinstance(told, str) or not told.strip():
            yield (key, name), f"the stage {_quoted(name)} should have a status's id, or {LEAVE_OUT}", False


def _contradictions(
    key: str, entries: Table[str, str], same: Callable[[str], str]
) -> Iterator[tuple[Place, str, bool]]:
    """Find names that are read as one another above is, though they should mean something else."""
    first: dict[str, str] = {}
    for name, told in entries.items():
        other = first.setdefault(same(name), name)
        if told != entries[other]:
            what = f"{_quoted(name)} is the same {key.removesuffix('s')} as {_quoted(other)} above"
            yield (key, name), f"{what}, with another meaning; leave one of them out", True


def _wrong_choice(
    place: Place, told: Value, choices: tuple[str, ...], *, needed: bool = False
) -> Iterator[tuple[Place, str, bool]]:
    if told in choices or (told in (None, "") and not needed):
        return
    hint = did_you_mean(told if isinstance(told, str) else "", choices)
    if place[-1] == "date_format":
        hint = f"write one of: {', '.join(choices)}"
    yield place, f"{_quoted(place[-1])} cannot be {_quoted(told)}; {hint}", False


def _quoted(value: object) -> str:
    if value in (None, ""):
        return "empty"
    return quoted(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _folded(stage: str) -> str:
    return one_line(stage).casefold()
