"""Places as an editor counts them, held against a second way of counting."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import Position

from crmtool.lsp.positions import Places
from crmtool.text import Span

WIDTHS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}
TEXTS = st.text(alphabet="ab- :\n\r\tüß€漢😀👍\u2028\x0b\x0c\x85\ud800", max_size=60)
ENCODINGS = st.sampled_from(sorted(WIDTHS))


def counted(text: str, offset: int, encoding: str) -> Position:
    """Count a position by encoding what stands before it."""
    codec, width = WIDTHS[encoding]
    lines = re.split("\r\n|\n|\r", text[:offset])
    return Position(len(lines) - 1, len(lines[-1].encode(codec, "surrogatepass")) // width)


def is_within_an_end(text: str, offset: int) -> bool:
    """Whether an offset lies between CR and LF, where no editor has a place."""
    return text[offset - 1 : offset + 1] == "\r\n" and offset > 0


@given(TEXTS, ENCODINGS, st.data())
def test_a_position_is_where_an_editor_counts_it_and_leads_back(text: str, encoding: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    if is_within_an_end(text, offset):
        return
    places = Places(text, encoding)
    assert places.position(offset) == counted(text, offset, encoding)
    assert places.offset(places.position(offset)) == offset


@pytest.mark.parametrize(("encoding", "character"), [("utf-8", 4), ("utf-16", 2), ("utf-32", 1), ("utf-7", 1)])
def test_what_is_beyond_a_line_or_the_text_counts_as_its_end(encoding: str, character: int) -> None:
    places = Places("😀\r\nb", encoding)
    assert places.position(1) == Position(0, character)
    assert places.offset(Position(0, 99)) == 1
    assert places.offset(Position(9, 0)) == len("😀\r\nb")
    assert places.position(99) == Position(1, 1)


def test_half_a_character_does_not_count() -> None:
    assert Places("😀b", "utf-16").offset(Position(0, 1)) == 0
    assert Places("üb", "utf-8").offset(Position(0, 1)) == 0


def test_offsets_leave_out_a_byte_order_mark_that_the_editor_counts() -> None:
    places = Places("\ufeff---\nname: A\n", "utf-16")
    assert places.position(0) == Position(0, 1)
    assert places.position(4) == Position(1, 0)
    assert places.offset(Position(0, 0)) == places.offset(Position(0, 1)) == 0
    assert places.offset(Position(1, 4)) == 8
    assert places.span(places.range(Span(4, 8))) == Span(4, 8)
