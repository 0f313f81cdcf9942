from __future__ import annotations

import pytest

from crmtool.text import Lines, Position, one_line, printable, visible


@pytest.mark.parametrize(
    ("text", "offset", "line", "column"),
    [
        ("", 0, 1, 1),
        ("abc", 0, 1, 1),
        ("abc", 3, 1, 4),
        ("a\nb", 1, 1, 2),
        ("a\nb", 2, 2, 1),
        ("a\n", 2, 2, 1),
        ("a\r\nb", 1, 1, 2),
        ("a\r\nb", 2, 1, 3),  # between CR and LF is still the first line
        ("a\r\nb", 3, 2, 1),
        ("a\rb", 2, 2, 1),
        ("a\n\rb", 3, 3, 1),
        ("a\r\r\nb", 4, 3, 1),
        ("\n\n\n", 2, 3, 1),
        ("名😀é\nx", 3, 1, 4),  # characters, neither bytes nor UTF-16 units
        ("e\u0301x", 2, 1, 3),  # code points, not what they look like
        ("a\u2028b\x85c\x0bd\x0ce\u2029f", 10, 1, 11),  # not line ends to an editor
    ],
)
def test_an_offset_has_a_line_and_a_column(text: str, offset: int, line: int, column: int) -> None:
    assert Lines(text).position(offset) == Position(line, column)


def test_an_offset_beyond_the_text_counts_as_its_end() -> None:
    assert Lines("a\nbc").position(99) == Position(2, 3)
    assert Lines("a\nbc").position(-1) == Position(1, 1)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Köhler, 名前 😀", "Köhler, 名前 😀"),
        ("\x1b[31mred", "\\u001b[31mred"),
        ("a\nb\tc\rd", "a\\u000ab\\u0009c\\u000dd"),
        ("a\x00\x7f\x9f", "a\\u0000\\u007f\\u009f"),
        ("\u202eevil\u202c", "\\u202eevil\\u202c"),
        ("\u2066x\u2069", "\\u2066x\\u2069"),
        ("a\u2028\u2029b", "a\\u2028\\u2029b"),
        ("pay\u200bpal\u200e\u200f\ufeff", "pay\\u200bpal\\u200e\\u200f\\ufeff"),
        ("👩\u200d💻 می\u200cخواهم", "👩\u200d💻 می\u200cخواهم"),  # joiners are part of words and emoji
        ("name\udcff.md", "name\\udcff.md"),
    ],
)
def test_what_a_terminal_could_obey_is_made_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_white_space_is_folded_for_messages() -> None:
    assert one_line("  a\n\tb \u2028 c  ") == "a b c"
    assert one_line("\n") == ""


def test_what_must_not_reach_a_page_is_replaced() -> None:
    assert printable("a\u0000b\u202ec\u0085\tü\n👩\u200d💻") == "a\ufffdb\ufffdc\ufffd\tü\n👩\u200d💻"
