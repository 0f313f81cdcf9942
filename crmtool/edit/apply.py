"""Make changes in a contact's file, and make sure that they are what was meant: else nothing is changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import yaml

from crmtool.document import Document, read_contact
from crmtool.edit.changes import Add, Change, Drop, Put, changed, value_at
from crmtool.edit.writer import Writer
from crmtool.text import apply_edits
from crmtool.yaml_reader import Value, compose

_BOM = b"\xef\xbb\xbf"


class EditError(Exception):
    """A change that cannot be made in the file as it is written; the message says at which key, and why if known."""


@dataclass(frozen=True, slots=True)
class Edited:
    """A file after its changes."""

    document: Document
    data: bytes


def edited(path: str, data: bytes, changes: Iterable[Change]) -> Edited:
    """Make changes in a contact file, one after the other, every other byte kept; raises EditError.

    In the end the file is read again and must mean exactly what the changes say.
    """
    document = read_contact(path, data)
    if document.values is None:
        raise EditError("the file cannot be read")
    span, values = document.yaml_span, document.values
    written, last = document.text[span.start : span.end], None
    for change in changes:
        for last in _singly(values, change):
            try:
                written, values = _written(written, last), changed(values, last)
            except (KeyError, IndexError, ValueError, TypeError, yaml.YAMLError):
                raise EditError(_not_made(last)) from None
    text = document.text[: span.start] + written + document.text[span.end :]
    result = (_BOM if data.startswith(_BOM) else b"") + text.encode()
    after = read_contact(path, result)
    if after.problems:
        raise EditError(f"the file could not be read any more: {after.problems[0].message}")
    if not _same(after.values, values) or after.body != document.body:
        raise EditError("the change cannot be made" if last is None else _not_made(last))
    return Edited(after, result)


def _written(text: str, change: Change) -> str:
    root = compose(text)
    if not isinstance(root, yaml.MappingNode):
        raise KeyError(change.place)
    return apply_edits(text, Writer(text, root).edits(change))


def _singly(values: Mapping[str, Value], change: Change) -> Iterator[Change]:
    """Take a new value for a mapping apart, so that of what stays the same no byte changes."""
    old = value_at(values, change.place) if isinstance(change, Put) else None
    if not isinstance(change, Put) or not isinstance(old, dict) or not isinstance(change.value, dict):
        yield change
        return
    for key, value in change.value.items():
        if key not in old or not _same(old[key], value):
            yield from _singly(values, Put(place=(*change.place, key), value=value))
    yield from (Drop(place=(*change.place, key)) for key in old if key not in change.value)


def _same(one: object, other: object) -> bool:
    # As JSON, since to Python True and 1 and 1.0 are the same.
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def _not_made(change: Change) -> str:
    where = ".".join(str(step + 1) if isinstance(step, int) else step for step in change.place)
    what = "added" if isinstance(change, Add) else "removed" if isinstance(change, Drop) else "changed"
    return f"'{where}' cannot be {what} safely in the way this file is written"
