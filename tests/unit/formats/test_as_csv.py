from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from crmtool.formats.as_csv import render


def cells(value: Any) -> str:
    header, row = csv.reader(io.StringIO(render(["a"], [{"a": value}]), newline=""))
    assert header == ["a"]
    return row[0]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Köhler & Co", "Köhler & Co"),
        ('a "b", c', 'a "b", c'),
        ("two\nlines", "two\nlines"),
        ("two\r\nlines\rthree", "two\nlines\nthree"),
        (None, ""),
        (True, "true"),
        (False, "false"),
        (-3, "-3"),
        (0.25, "0.25"),
        (["fit", "pain"], "fit pain"),
        ([], ""),
        ("a-b", "a-b"),
        ("\x1b[31mred\x9b", "\ufffd[31mred\ufffd"),
    ],
)
def test_values_are_written_as_text(value: Any, text: str) -> None:
    assert cells(value) == text


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_a_text_that_a_spreadsheet_would_run_begins_with_an_apostrophe(start: str) -> None:
    written = start.replace("\r", "\n")
    assert cells(f"{start}HYPERLINK(1)") == f"'{written}HYPERLINK(1)"
    assert cells([f"{start}1", "b"]) == f"'{written}1 b"
    assert cells(f" {start}1") == f" {written}1"


def test_lines_end_alike_and_the_keys_give_the_columns() -> None:
    assert render(["b", "a"], [{"a": 1, "b": "x,y", "c": 0}]) == 'b,a\n"x,y",1\n'
    assert render(["b", "a"], []) == "b,a\n"
