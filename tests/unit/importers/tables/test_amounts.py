"""Amounts as other programs and countries write them."""

from __future__ import annotations

import pytest

from crmtool.importers.tables.amounts import decimal_sign, read_amount


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("42000", 42000), ("42 000", 42000), ("42\u202f000", 42000), ("12.345,67 €", 12345.67), ("12,345.67", 12345.67),
        ("€ 5", 5), ("EUR 5.000,00", 5000), ("5.000,00 EUR", 5000), ("1.234.567", 1234567), ("1,20,000.50", 120000.5),
        ("5'000.50", 5000.5), ("1.2e3", 1200), ("12,5", 12.5), ("0.125", 0.125), ("12.5", 12.5), ("5.000,-", 5000),
        ("+7", 7), (".5", 0.5), ("0", 0),
    ],
)  # fmt: skip
def test_what_can_be_read_in_one_way_is_read(cell: str, value: float) -> None:
    assert read_amount(cell, "EUR").value == value
    assert read_amount(cell, "EUR").doubt == ""


@pytest.mark.parametrize(
    ("cell", "doubt"),
    [
        ("12.345", "'12.345' may be read in two ways"), ("1,200", "'1,200' may be read in two ways"),
        ("1.2 Cr", "'1.2 Cr' cannot be read as a number"), ("42k", "'42k' cannot be read as a number"),
        ("5.000.00", "'5.000.00' cannot be read as a number"), ("-5", "'-5' is negative"),
        ("(1.200,00)", "'(1.200,00)' is negative"),
        ("€ -5", "'€ -5' is negative"), ("CHF 5'000", "'CHF 5'000' is in CHF, not in EUR"),
        ("$5", "'$5' is in $, not in EUR"),
        ("1e400", "'1e400' is too large a number"), ("EUR 5 USD", "'EUR 5 USD' cannot be read as a number"),
        ("EUR", "'EUR' cannot be read as a number"),
        ("9" * 100, "a long text is no number"),
    ],
)  # fmt: skip
def test_anything_else_has_no_value_and_a_reason(cell: str, doubt: str) -> None:
    found = read_amount(cell, "EUR")
    assert (found.value, found.doubt) == (None, doubt)


def test_other_cells_of_the_column_or_the_files_delimiter_settle_what_is_ambiguous() -> None:
    assert decimal_sign(["12.345", "1,5"], ",") == ","
    assert decimal_sign(["12.345", "1.50"], ",") == "."
    assert decimal_sign(["12.345"], ";") == ","
    assert decimal_sign(["12.345"], ",") == ""
    assert decimal_sign(["1,5", "1.5"], ";") == ""  # they contradict each other
    assert read_amount("12.345", "EUR", ",").value == 12345
    assert read_amount("12.345", "EUR", ".").value == 12.345


def test_a_dollar_is_that_of_the_rule_book_and_a_row_may_tell_its_currency() -> None:
    assert read_amount("$5", "CAD").value == 5
    assert read_amount("5", "CHF", told=["chf"]).value == 5
    assert read_amount("5", "CHF", told=["CHF", "EUR"]).doubt == "'5' is in EUR, not in CHF"
