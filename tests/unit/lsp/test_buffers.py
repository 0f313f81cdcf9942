"""A text in an editor and its copy, through whatever is typed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from crmtool.lsp.buffers import Buffer
from tests.unit.lsp.test_positions import ENCODINGS, TEXTS, counted, is_within_an_end


@given(TEXTS, ENCODINGS, st.data())
def test_the_copy_is_what_the_editor_has_after_every_change(text: str, encoding: str, data: st.DataObject) -> None:
    buffer = Buffer("file:///a.md", 1, text, encoding)
    for version in range(2, data.draw(st.integers(3, 8))):
        changes: list[types.TextDocumentContentChangeEvent] = []
        for _ in range(data.draw(st.integers(1, 3))):
            new = data.draw(TEXTS)
            if data.draw(st.integers(0, 9)) == 0:
                text = new
                changes.append(types.TextDocumentContentChangeWholeDocument(new))
                continue
            places = [at for at in range(len(text) + 1) if not is_within_an_end(text, at)]
            start, end = sorted((data.draw(st.sampled_from(places)), data.draw(st.sampled_from(places))))
            where = types.Range(counted(text, start, encoding), counted(text, end, encoding))
            changes.append(types.TextDocumentContentChangePartial(where, new))
            text = text[:start] + new + text[end:]
        buffer.change(changes, version)
        assert buffer.text == text
        assert buffer.version == version


def test_a_range_that_ends_before_it_begins_replaces_nothing() -> None:
    buffer = Buffer("file:///a.md", 1, "abc\ndef", "utf-16")
    where = types.Range(types.Position(1, 1), types.Position(0, 1))
    buffer.change([types.TextDocumentContentChangePartial(where, "X")], 2)
    assert buffer.text == "abc\ndXef"


def test_half_of_a_surrogate_pair_becomes_bytes_that_are_no_utf_8() -> None:
    assert Buffer("file:///a.md", 1, "a\ud800", "utf-16").data == b"a\xed\xa0\x80"
