"""Any change of any contact that can be read: made just so, every other byte kept, or refused."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crmtool.contact import Contact, contact_from
from crmtool.document import Document, read_contact
from crmtool.edit import Add, Change, Drop, EditError, Put, Rename, edited, intents
from crmtool.edit.changes import changed, value_at
from crmtool.edit.logs import named_entries
from crmtool.finding import Place
from crmtool.yaml_reader import Value
from tests.conftest import JANA
from tests.fuzz.promises import NOW, PATH
from tests.fuzz.target import mangled, structured
from tests.fuzz.targets.reader import FULL, WORDS
from tests.properties.test_editing import BODY, contacts
from tests.properties.test_reading import JSON_VALUES, places
from tests.styling import files

TEXTS = st.one_of(
    st.sampled_from(["Says so", "a, b", "it's {x}", "- y", "true", "42", "x: y", "ü # x", "", " a", "a\nb", "\n", "#"]),
    st.sampled_from(
        ["'", '"', "\\", "|", "> a", "? a", "&a", "*a", "!a", "---", "...", "a\n---\nb", "\t", "~", "=", "<<"]
    ),
    st.sampled_from(["\x00", "\x85", "\u2028", "\ufeff", "\ufffe", "\ud800", "\udcff", "\x1b[31m", "🎉", "x" * 200]),
    st.text(max_size=12),
)
VALUES: st.SearchStrategy[Any] = TEXTS | JSON_VALUES
DAYS = st.integers(0, 400).map(lambda back: NOW - timedelta(days=back))
_BREAK = re.compile(r"\r\n|\n|\r")
_BEHIND = re.compile(r"(?:[ \t,]*(?:#[^\r\n]*)?(?:\r\n|\n|\r))*[ \t,]*(?:#[^\r\n]*)?(?:\r\n|\n|\r)?")


@st.composite
def readable(draw: st.DrawFn) -> bytes:
    """Draw a contact in some style, or one that somebody has mangled."""
    if draw(st.booleans()):
        return draw(files(draw(contacts()), BODY)).data
    return draw(mangled((JANA.encode(), FULL.encode()), WORDS))


@st.composite
def raw_changes(draw: st.DrawFn, document: Document) -> Change:
    """Draw a change of any place, be it absent."""
    values = document.values or {}
    place = draw(st.sampled_from([place for place in places(values)[1:] if _is_place(values, place)]))
    match draw(st.integers(0, 3)):
        case 0:
            return Add(place=place, value=draw(VALUES), at=draw(st.none() | st.integers(0, 3)))
        case 1:
            return Drop(place=place)
        case 2:
            return Rename(place=place, key=draw(TEXTS))
        case _:
            return Put(place=place, value=draw(VALUES))


def _is_place(values: Mapping[str, Value], place: Place) -> bool:
    """Whether a place can be asked for: a key of a mapping, there or not, or an entry of a list that is there."""
    holder = value_at(values, place[:-1])
    last = place[-1]
    return isinstance(holder, dict) if isinstance(last, str) else isinstance(holder, list) and last < len(holder)


@st.composite
def meant_changes(draw: st.DrawFn, contact: Contact) -> tuple[Change, ...]:
    """Draw what a command would mean to do."""
    text = draw(TEXTS)
    match draw(st.integers(0, 4)):
        case 0:
            criterion = draw(st.sampled_from((*contact.criteria, "fit", "true", "new one")))
            given = intents.GivenAnswer(criterion=criterion, met=draw(st.booleans()), day=draw(DAYS), evidence=text)
            return intents.answer(contact, given)
        case 1:
            revisit = draw(st.none() | DAYS)
            return intents.decide(intents.GivenDecision(to=draw(TEXTS), day=draw(DAYS), because=text, revisit=revisit))
        case 2:
            return intents.next_step(text, draw(TEXTS), draw(DAYS), draw(st.none() | TEXTS))
        case 3:
            return intents.block(text, draw(DAYS), draw(st.none() | DAYS))
        case _:
            entries = named_entries(contact)
            entry = draw(st.sampled_from(entries)).place if entries else ("decisions", 0)
            key = draw(st.sampled_from(("evidence", "because", "met", "not_met", "by")))
            value = draw(DAYS).isoformat() if "met" in key else draw(st.none() | TEXTS)
            return intents.correct(contact, entry, {key: value}, {"date": NOW.isoformat(), "because": text})


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
def explore(data: st.DataObject) -> None:
    document = read_contact(PATH, written := data.draw(readable()))
    for _ in range(data.draw(st.integers(1, 3))):
        if document.values is None or not document.values:
            return
        contact = contact_from(document)
        if contact is not None and contact.decisions and data.draw(st.booleans()):
            changes = data.draw(meant_changes(contact))
        else:
            changes = (data.draw(raw_changes(document)),)
        try:
            result = edited(PATH, written, changes)
        except EditError:
            return
        _assert_step_by_step(document, written, changes, result.data)
        assert read_contact(PATH, result.data).values == result.document.values
        assert result.data.startswith(b"\xef\xbb\xbf") == written.startswith(b"\xef\xbb\xbf")
        document, written = result.document, result.data


def _assert_step_by_step(document: Document, data: bytes, changes: tuple[Change, ...], result: bytes) -> None:
    for change in changes:
        step = edited(PATH, data, (change,))
        assert_made(document, step.document, change)
        document, data = step.document, step.data
    assert data == result


def assert_made(before: Document, after: Document, change: Change) -> None:
    """The values are those meant, the notes are the same, and nothing is gone but what was replaced or removed."""
    values = changed(before.values or {}, change)
    assert json.dumps(after.values, sort_keys=True) == json.dumps(values, sort_keys=True), (before.text, change)
    assert after.body == before.body
    gone = list(_gone(before, change))
    rest = iter(after.text)
    for at, char in enumerate(before.text):
        if not any(start <= at < end for start, end in gone):
            assert char in rest, f"{before.text[:at]}«{before.text[at:]}»\n{change}\n=>\n{after.text}"


def _gone(document: Document, change: Change) -> Iterator[tuple[int, int]]:
    """Give the spans that a change may replace or remove."""
    old = value_at(document.values or {}, change.place)
    for length in range(1, len(change.place)):
        if value_at(document.values or {}, change.place[:length]) == {}:  # its first key opens it
            start, end = _span(document, change.place[:length])
            yield len(document.text[:start].rstrip(" \t")), len(document.text) - len(document.text[end:].lstrip(" \t"))
    if isinstance(change, Put) and isinstance(change.value, dict) and isinstance(old, dict):
        for key in old.keys() | change.value.keys():
            place = (*change.place, key)
            kept = key in change.value
            yield from _gone(document, Put(place=place, value=change.value[key]) if kept else Drop(place=place))
    elif isinstance(change, Put) and _exists(document, change.place):
        yield _span(document, change.place)
    elif isinstance(change, Add) and _exists(document, change.place) and not isinstance(old, list):
        start = _span(document, change.place)[0]  # what becomes the first of a list gets a line of its own
        yield len(document.text[:start].rstrip(" \t")), start
    elif isinstance(change, Rename):
        yield _span(document, change.place, on_key=True)
    elif isinstance(change, Drop):
        start, end = _span(document, change.place, on_key=True)[0], _span(document, change.place)[1]
        behind = _BEHIND.match(document.text, end)
        yield from _comma_before(document, start)
        yield len(document.text[:start].rstrip(" ,\t\r\n")), behind.end() if behind else end


def _comma_before(document: Document, start: int) -> Iterator[tuple[int, int]]:
    """Give where the comma stands that parts an entry from the one before, be there a comment in between."""
    begin, at = document.yaml_span.start, -1
    with suppress(yaml.YAMLError):  # what is read ends in the middle
        for token in yaml.scan(document.text[begin:start]):
            if isinstance(token, yaml.FlowEntryToken):
                at = begin + token.start_mark.index
    if at >= 0 and _BEHIND.fullmatch(document.text, at + 1, start):
        yield at, at + 1


def _exists(document: Document, place: Place) -> bool:
    holder = value_at(document.values or {}, place[:-1])
    return place[-1] in holder if isinstance(holder, dict) else isinstance(holder, list)


def _span(document: Document, place: Place, *, on_key: bool = False) -> tuple[int, int]:
    where = document.locate(place, on_key=on_key)
    starts = [0, *(match.end() for match in _BREAK.finditer(document.text))]
    return starts[where.line - 1] + where.column - 1, starts[where.end_line - 1] + where.end_column - 1


TARGET = structured("editor", explore)
