"""Rows that are left over of a broken one."""

from __future__ import annotations

from crmtool.importers.tables.leftovers import usual_width, without_leftovers
from crmtool.importers.tables.rows import UNCLOSED, Row

BROKEN = Row(line=3, fault=UNCLOSED)


def row(line: int, *cells: str) -> Row:
    return Row(line=line, cells=cells)


def refused(*rows: Row, width: int = 2, emails: tuple[int, ...] = ()) -> list[int]:
    """Give the lines that are refused beside those that were broken."""
    found = zip(without_leftovers(rows, width, emails), rows, strict=True)
    return [new.line for new, old in found if new.fault != old.fault]


def test_rows_are_refused_up_to_the_next_that_fits() -> None:
    assert refused(row(2, "a", "b"), BROKEN, row(4, "x"), row(5, "x", "y", "z"), row(6, "a", "b"), row(7, "c")) == [
        4,
        5,
    ]


def test_only_a_quotation_mark_has_leftovers() -> None:
    assert refused(row(2, "a", "b"), Row(line=3, fault="a cell is too long"), row(4, "x")) == []
    assert refused(row(2, "a", "b"), row(4, "x")) == []


def test_a_row_with_half_of_a_pair_of_quotation_marks_is_none_of_the_table() -> None:
    assert refused(BROKEN, row(4, "more text", 'the end"'), row(5, "a", 'b "c"')) == [4]


def test_a_row_without_an_address_where_one_should_stand_is_none_of_the_table() -> None:
    rows = (BROKEN, row(4, "some text", "and more"), row(5, "a", ""), row(6, "b", "no address"))
    assert refused(*rows, emails=(1, 7)) == [4]


def test_empty_rows_end_nothing_and_are_not_refused() -> None:
    assert refused(BROKEN, row(4), row(5, "", ""), row(6, "x"), row(7, "a", "b")) == [6]


def test_a_row_fits_as_well_that_has_as_many_cells_as_most_above() -> None:
    assert refused(row(1, "a"), row(2, "b"), BROKEN, row(4, "c"), width=2) == []
    assert refused(BROKEN, row(4, "c"), row(5, "d"), width=2) == []
    assert refused(BROKEN, row(4, "c"), row(5, "d"), row(6, "a", "b"), width=2) == [4, 5]


def test_the_usual_width_is_that_of_most_rows_and_in_doubt_the_headers() -> None:
    assert usual_width([row(1, "a"), row(2, "b"), row(3, "c", "d"), row(4), BROKEN], 2) == 1
    assert usual_width([row(1, "a"), row(2, "b", "c")], 2) == 2
    assert usual_width([], 7) == 7
