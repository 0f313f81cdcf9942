"""Make changes in a contact's file, and make sure that they are what was meant: else nothing is changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import yaml

from crmtool.document import Document, read_contact
from crmtool.edit.changes import Add, Change, Drop, Put, changed
from crmtool.edit.writer import Writer
from crmtool.text import TextEdit, apply_edits
from crmtool.yaml_reader import Value, compose

_BOM = b"\xef\xbb\xbf"


class EditError(Exception):
    """A change that cannot be made in the file as it is written; the message says at which key."""


@dataclass(frozen=True, slots=True)
class Edited:
    """A file after its changes."""

    document: Document
    data: bytes


def edited(path: str, data: bytes, changes: Iterable[Change]) -> Edited:
    """Make changes in a contact file, one after the other, every other byte kept; raises EditError.

    After each the file is read again and must mean exactly what the change says.
    """
    document = read_contact(path, data)
    bom = _BOM if data.startswith(_BOM) else b""
    for change in changes:
        for single in _singly(document.values or {}, change):
            document = _after(document, single, bom)
    return Edited(document, bom + document.text.encode())


def _after(document: Document, change: Change, bom: bytes) -> Document:
    values = document.values
    if values is None:
        raise EditError("the file cannot be read")
    try:
        text = apply_edits(document.text, _edits(document, change))
        expected = changed(values, change)
    except (KeyError, IndexError, ValueError, TypeError):
        raise EditError(_not_made(change)) from None
    after = read_contact(document.path, bom + text.encode())
    if after.problems or not _same(after.values, expected) or after.body != document.body:
        raise EditError(_not_made(change))
    return after


def _edits(document: Document, change: Change) -> Iterator[TextEdit]:
    span = document.yaml_span
    written = document.text[span.start : span.end]
    root = compose(written)
    if not isinstance(root, yaml.MappingNode):
        raise KeyError(change.place)
    for edit in Writer(written, root).edits(change):
        yield TextEdit(edit.start + span.start, edit.end + span.start, edit.new)


def _singly(values: Mapping[str, Value], change: Change) -> Iterator[Change]:
    """Take a new value for a mapping apart, so that of what stays the same no byte changes."""
    old = _at(values, change.place) if isinstance(change, Put) else None
    if not isinstance(change, Put) or not isinstance(old, dict) or not isinstance(change.value, dict):
        yield change
        return
    for key, value in change.value.items():
        if key not in old or not _same(old[key], value):
            yield from _singly(values, Put(place=(*change.place, key), value=value))
    yield from (Drop(place=(*change.place, key)) for key in old if key not in change.value)


def _at(values: Mapping[str, Value], place: tuple[str | int, ...]) -> Value:
    value: Value = dict(values)
    for step in place:
        if isinstance(value, dict) and isinstance(step, str):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def _same(one: object, other: object) -> bool:
    # As JSON, since to Python True and 1 and 1.0 are the same.
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def _not_made(change: Change) -> str:
    where = ".".join(str(step) for step in change.place)
    what = "added" if isinstance(change, Add) else "removed" if isinstance(change, Drop) else "changed"
    return f"'{where}' cannot be {what} safely in the way this file is written"
