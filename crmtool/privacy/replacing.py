"""Take the mentions of a person out of files, so that these stay what they are."""

from __future__ import annotations

import re
from collections.abc import Callable

from crmtool.contact import SUFFIX
from crmtool.document import Document, read_contact, read_yaml
from crmtool.privacy.needs import Words
from crmtool.privacy.texts import Text, text_of
from crmtool.privacy.traces import Mention, Traces
from crmtool.yaml_reader import Value

_CELL_ENDS = re.compile(r"[\"']*[ ]*[;|\t][ ]*[\"']*|[\"']+\s*,\s*[\"']+|,(?=\S)")
_YAML = (".yaml", ".yml")


def replaced(text: str, traces: Traces, mark: str) -> str:
    """Put a mark in the place of every certain mention."""
    parts, done = [], 0
    for mention in traces.found_in(text, certainly=True):
        parts += [text[done : mention.start], _marked(mention, text, mark)]
        done = mention.end
    return "".join((*parts, text[done:]))


def _marked(mention: Mention, text: str, mark: str) -> str:
    """Give what stands in the place of a mention: a mark for each cell that it fills, so that tables stay tables."""
    if mention.trace.kind != "name":
        return mark
    return mark + "".join(each + mark for each in _CELL_ENDS.findall(text[mention.start : mention.end]))


def without_mentions(path: str, data: bytes, traces: Traces, words: Words) -> bytes:
    """Give a file's bytes with a mark for every certain mention; a binary file is left alone.

    A file of YAML still says the same apart from that: where brackets would make a list, they are round.
    """
    told = text_of(data)
    if told.is_binary or not traces.is_in(told.text):
        return data
    new = replaced(told.text, traces, words.mark)
    read = _reader(path)
    if read is not None:
        new = _meaning_the_same(told, new, traces, words, read)
    return told.bytes_of(new)


def _meaning_the_same(told: Text, new: str, traces: Traces, words: Words, read: Callable[[bytes], Document]) -> str:
    before = read(told.bytes_of(told.text))
    if before.values is None:
        return new
    end = len(told.text) - len(before.text) + before.yaml_span.end
    notes = replaced(told.text[end:], traces, words.mark)
    for mark in (words.mark, f"({words.text})"):
        new = replaced(told.text[:end], traces, mark) + notes
        if read(told.bytes_of(new)).values == _expected(before.values, traces, mark):
            break
    return new


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
