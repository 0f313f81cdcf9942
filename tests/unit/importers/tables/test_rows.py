"""Rows and their lines, and that what is broken costs no other row."""

from __future__ import annotations

import csv

import pytest

from crmtool.importers.tables.rows import declared_delimiter, physical_lines, rows
from tests.effort import calls

UNCLOSED = "a quotation mark is never closed"


def read(text: str, delimiter: str = ",", **settings: bool) -> list[tuple[int, tuple[str, ...] | str]]:
    found = rows(physical_lines(text), delimiter, **settings)
    return [(row.line, row.fault or row.cells) for row in found]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_ends_a_row_and_a_quoted_cell_keeps_its_lines(end: str) -> None:
    text = end.join(["a,b", '"x', 'y",z', "", "q,r", ""])
    assert read(text) == [(1, ("a", "b")), (2, ("x\ny", "z")), (4, ()), (5, ("q", "r"))]


def test_a_quotation_mark_that_is_never_closed_costs_one_line() -> None:
    assert read('a,b\n"x,1\ny,2\nz,3\n') == [(1, ("a", "b")), (2, UNCLOSED), (3, ("y", "2")), (4, ("z", "3"))]


def test_it_costs_one_line_even_if_a_later_row_has_quotation_marks_of_its_own() -> None:
    text = 'a,b\n"x,1\ny,2\n"Ohm, Paul",3\nz,"4"\n'
    assert read(text) == [(1, ("a", "b")), (2, UNCLOSED), (3, ("y", "2")), (4, ("Ohm, Paul", "3")), (5, ("z", "4"))]


def test_quotation_marks_inside_of_a_cell_that_are_not_doubled_are_kept() -> None:
    assert read('"The "best" firm",2\n') == [(1, ('The "best" firm', "2"))]
    assert read(',"a "b"",x\n') == [(1, ("", 'a "b"', "x"))]


def test_a_cell_too_long_for_csv_refuses_its_row_with_all_of_its_lines() -> None:
    long = "x" * (csv.field_size_limit() // 2)
    found = read(f'a,"{long}\n{long}\n{long}"\nb,c\n')
    assert found == [(1, "a cell is too long for a table: more than 131,072 characters"), (4, ("b", "c"))]


def test_nul_characters_are_passed_over() -> None:
    assert read("a\0,b\n") == [(1, ("a", "b"))]


def test_blanks_before_a_quotation_mark_count_only_in_exact_tables() -> None:
    assert read('x, "a, b"\n') == [(1, ("x", "a, b"))]
    assert read('x, "a\n', exact=True) == [(1, ("x", ' "a'))]


def test_thousands_of_lines_that_each_look_as_if_a_cell_went_on_are_not_read_again_for_each() -> None:
    text = 'a","b\n' * 20_000
    assert len(read(text)) == 20_000
    assert calls(read, text) < 50 * 20_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [("sep=;\na;b\n", (1, ";")), ('\n"sep=,"\na,b\n', (2, ",")), ("sep=\\t\na\n", (1, "\t")), ("a;b\n", (0, ""))],
)
def test_excel_may_declare_the_delimiter(text: str, expected: tuple[int, str]) -> None:
    assert declared_delimiter(physical_lines(text)) == expected


def test_a_text_without_lines_has_no_rows() -> None:
    assert read("") == []
    assert declared_delimiter([]) == (0, "")
