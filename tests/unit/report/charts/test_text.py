from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmtool.report.charts.text import STRONG, shorten, text_width, wrap

WIDTHS = [
    ("Entscheidungsreif", 116.3, 132.5),
    ("Zurückgestellt", 93.8, 106.7),
    ("WWW mmm", 80.7, 88.2),
    ("0 von 12 überfällig", 122.6, 138.3),
    ("parken_bis_zum", 104.2, 115.7),
    ("✓ Zusage", 63.2, 68.7),
    ("n = 1.234", 64.6, 70.3),
]
"""Texts with what Chromium measured for them, plain and strong, at size 13 in DejaVu Sans, which is a wide font."""


@pytest.mark.parametrize(("text", "plain", "strong"), WIDTHS)
def test_the_estimate_is_generous_but_not_wild(text: str, plain: float, strong: float) -> None:
    assert plain <= text_width(text, 13) <= 1.25 * plain
    assert strong <= text_width(text, 13 * STRONG) <= 1.25 * strong


def test_marks_that_stand_on_a_letter_take_no_room() -> None:
    assert text_width("u\u0308", 10) == text_width("u", 10)
    assert text_width("商談", 10) >= 20


def test_what_fits_is_left_as_it_is() -> None:
    assert shorten("fit", 100, 13) == "fit"
    assert wrap("one two", 100, 13, 2) == ("one two",)


def test_words_go_to_the_next_line_and_the_last_line_is_cut() -> None:
    assert wrap("wait for the answer of the board", 90, 13, 2) == ("wait for the", "answer of…")
    assert wrap("", 90, 13, 2) == ()


@given(st.text(max_size=60), st.integers(20, 200), st.integers(1, 3))
def test_whatever_is_wrapped_fits(text: str, width: int, most: int) -> None:
    lines = wrap(text, width, 13, most)
    assert len(lines) <= most
    assert all(text_width(line, 13) <= width for line in lines)
    assert text_width(shorten(text, width, 13), 13) <= width
