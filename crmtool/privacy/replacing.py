"""Take the mentions of a person out of files, so that these stay what they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial

from crmtool import yaml_reader
from crmtool.contact import SUFFIX
from crmtool.document import Document, read_contact, read_yaml
from crmtool.privacy.needs import Words
from crmtool.privacy.texts import Text, text_of
from crmtool.privacy.traces import Mention, Traces
from crmtool.yaml_reader import Value

_CELL_ENDS = re.compile(r"[\"']*[ ]*[;|\t][ ]*[\"']*|[\"']+\s*,\s*[\"']+|,(?=\S)")
_COMMA_ENDS = re.compile(rf"{_CELL_ENDS.pattern}|,[ ]*")
_YAML, _TABLE = (".yaml", ".yml"), ".csv"


def replaced(text: str, traces: Traces, mark: str, *, in_table: bool = False) -> str:
    """Put a mark in the place of every certain mention; in a table of CSV, a comma with a blank ends a cell, too."""
    return _with_marks(text, traces.found_in(text, certainly=True), mark, in_table=in_table)


def _with_marks(text: str, mentions: Sequence[Mention], mark: str, *, in_table: bool = False) -> str:
    parts, done = [], 0
    for mention in mentions:
        ends = _COMMA_ENDS if in_table and not _is_quoted(text, mention.start) else _CELL_ENDS
        parts += [text[done : mention.start], _marked(mention, text, mark, ends)]
        done = mention.end
    return "".join((*parts, text[done:]))


def _is_quoted(text: str, at: int) -> bool:
    """Whether a quote is open there in its line."""
    return text.count('"', text.rfind("\n", 0, at) + 1, at) % 2 == 1


def _marked(mention: Mention, text: str, mark: str, cell_ends: re.Pattern[str]) -> str:
    """Give what stands in the place of a mention: a mark for each cell that it fills, so that tables stay tables."""
    if mention.trace.kind != "name":
        return mark
    return mark + "".join(each + mark for each in cell_ends.findall(text[mention.start : mention.end]))


def without_mentions(path: str, data: bytes, traces: Traces, words: Words) -> bytes:
    """Give a file's bytes with a mark for every certain mention; a binary file is left alone.

    A file of YAML still says the same apart from that: where brackets would make a list, they are round, and what would
    say something else by any mark stays.
    """
    told = text_of(data)
    if told.is_binary or not traces.is_in(told.text):
        return data
    read = _reader(path)
    new = _meaning_the_same(told, traces, words, read) if read is not None else None
    if new is None:
        new = replaced(told.text, traces, words.mark, in_table=path.lower().endswith(_TABLE))
    return told.bytes_of(new)


def _meaning_the_same(told: Text, traces: Traces, words: Words, read: Callable[[bytes], Document]) -> str | None:
    """Put marks where the text still says the same with them; None where it cannot be read as it is."""
    before = read(told.bytes_of(told.text))
    value = _value_of(before)
    if value is None:
        return None
    end = len(told.text) - len(before.text) + before.yaml_span.end
    head, notes = told.text[:end], replaced(told.text[end:], traces, words.mark)
    mentions = traces.found_in(head, certainly=True)

    def fits(mark: str, some: Sequence[Mention]) -> bool:
        new = _value_of(read(told.bytes_of(_with_marks(head, some, mark) + notes)))
        return _expected(new, traces, mark) == _expected(value, traces, mark)

    mark = words.mark
    if not fits(mark, mentions):
        mark = f"({words.text})"
        mentions = tuple(_fitting(mentions, partial(fits, mark)))
    return _with_marks(head, mentions, mark) + notes


def _fitting(
    mentions: Sequence[Mention], fits: Callable[[Sequence[Mention]], bool], kept: Sequence[Mention] = ()
) -> Sequence[Mention]:
    """Give those mentions that can be replaced together, looking for the others by halves."""
    if fits((*kept, *mentions)):
        return (*kept, *mentions)
    half = len(mentions) // 2
    return _fitting(mentions[half:], fits, _fitting(mentions[:half], fits, kept)) if half else kept


def _value_of(document: Document) -> Value:
    """Give what a document says, be it a list or a text as a whole."""
    if document.values is not None:
        return document.values
    return yaml_reader.read(document.text[document.yaml_span.start : document.yaml_span.end]).value


def _expected(value: Value, traces: Traces, mark: str) -> Value:
    if isinstance(value, dict):
        return {str(_expected(key, traces, mark)): _expected(inner, traces, mark) for key, inner in value.items()}
    if isinstance(value, list):
        return [_expected(inner, traces, mark) for inner in value]
    return replaced(value, traces, mark) if isinstance(value, str) else value


def _reader(path: str) -> Callable[[bytes], Document] | None:
    if path.endswith(SUFFIX):
        return lambda data: read_contact(path, data)
    return (lambda data: read_yaml(path, data)) if path.endswith(_YAML) else None
