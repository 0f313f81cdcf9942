from __future__ import annotations

import pytest

from crmtool.phones import number_of


@pytest.mark.parametrize(
    ("text", "country", "digits"),
    [
        ("+49 (0)421 12 345-67", "49", "4211234567"),
        ("0049 421 1234567", "49", "4211234567"),
        ("0421/1234567", "", "4211234567"),
        ("tel:+1-555-010-0199", "1", "5550100199"),
        ("+351 912 345 678", "351", "912345678"),
        ("0421 1234567 ext. 12", "", "4211234567"),
    ],
)
def test_one_number_is_one_however_it_is_written(text: str, country: str, digits: str) -> None:
    number = number_of(text)
    assert number is not None
    assert (number.country, number.digits) == (country, digits)


@pytest.mark.parametrize(
    ("text", "is_whole"),
    [
        ("+47 420000", True),
        ("0047 420000", True),
        ("0420000", True),
        ("(04) 20000", True),
        ("555-010-0199", True),
        ("420000", False),
        ("42 00 00 00", False),
    ],
)
def test_without_the_code_of_a_country_or_area_it_may_be_anything(text: str, is_whole: bool) -> None:
    number = number_of(text)
    assert number is not None
    assert number.is_whole is is_whole


@pytest.mark.parametrize("text", ["", "110", "ext. 12", "business"])
def test_what_is_too_short_is_nobodys(text: str) -> None:
    assert number_of(text) is None
