from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmtool.spreadsheet import defused, guarded, table, unguarded

STARTS = ("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")
ODD = st.text(alphabet=st.one_of(st.sampled_from("'=+-@\t\n\r;,\"＝ a\x00\ud800"), st.characters()), max_size=8)


@pytest.mark.parametrize("start", STARTS)
def test_what_would_be_run_gets_an_apostrophe(start: str) -> None:
    assert guarded(f"{start}1") == defused(f"{start}1") == f"'{start}1"
    assert guarded(f"'{start}1") == f"''{start}1"
    assert defused(f"'{start}1") == f"'{start}1"


@pytest.mark.parametrize("text", ["", "a", "'a", "a=1", " =1", "’=1", "'"])
def test_other_texts_are_left_alone(text: str) -> None:
    assert guarded(text) == defused(text) == text


@pytest.mark.parametrize("text", ["''", "''a", "'''=1", "''=1"])
def test_a_text_that_looks_guarded_is_guarded(text: str) -> None:
    assert guarded(text) == f"'{text}"


def test_line_ends_and_control_characters_are_tamed() -> None:
    assert guarded("a\r\nb\rc\n") == "a\nb\nc\n"
    assert defused("a\r\nb\rc\n") == "a\nb\nc"
    assert guarded("\x1b[31m\x9b\ud800") == "\ufffd[31m\ufffd\ufffd"


@given(ODD)
def test_taking_one_apostrophe_away_gives_what_was_written(text: str) -> None:
    told = guarded(text)
    assert not told.startswith(STARTS)
    plain = "".join(guarded(f"x{character}")[1:] for character in text.replace("\r\n", "\n"))
    assert unguarded(told) == plain
    # What a reader does who knows only what may stand behind the apostrophe.
    assert plain == (told[1:] if told.startswith(tuple(f"'{start}" for start in (*STARTS, "'"))) else told)


@given(st.lists(st.lists(ODD.map(guarded), min_size=2, max_size=3), min_size=1, max_size=3))
def test_any_rows_are_read_as_they_were_written(rows: list[list[str]]) -> None:
    for delimiter, line_end in ((",", "\n"), (";", "\r\n")):
        written = table(rows, delimiter=delimiter, line_end=line_end)
        assert list(csv.reader(io.StringIO(written, newline=""), delimiter=delimiter)) == rows
