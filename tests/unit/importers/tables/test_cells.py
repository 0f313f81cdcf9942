"""What cells say."""

from __future__ import annotations

import pytest

from crmtool.importers.tables.cells import Ways, is_nobody, is_nothing, split_tags, tidy, ways


@pytest.mark.parametrize(
    ("cell", "expected", "told"),
    [
        ("a@x.example, b@x.example", "email", Ways(emails=("a@x.example", "b@x.example"))),
        ("a@x.example ::: b@x.example", "email", Ways(emails=("a@x.example", "b@x.example"))),
        ("a@x.example; A@X.example", "email", Ways(emails=("a@x.example",))),
        ("mailto:a@x.example", "email", Ways(emails=("a@x.example",))),
        ("o'neil@x.example", "email", Ways(emails=("o'neil@x.example",))),
        ("Jana <a@x.example>", "email", Ways(emails=("a@x.example",), rest="Jana")),
        ("a@x.example / 9876501234", "email", Ways(emails=("a@x.example",), phones=("9876501234",))),
        ("9876501234 / a@x.example", "phone", Ways(emails=("a@x.example",), phones=("9876501234",))),
        ("555-8001", "email", Ways(phones=("555-8001",))),
        ("invalid", "email", Ways(rest="invalid")),
        ("a b@", "email", Ways(rest="a b@")),
        ("0421 123456 / 0171 1234567", "phone", Ways(phones=("0421 123456", "0171 1234567"))),
        ("0421 / 123456", "phone", Ways(phones=("0421 / 123456",))),
        ("+1 (555) 123-4567 ext. 12", "phone", Ways(phones=("+1 (555) 123-4567 ext. 12",))),
        ("p:+49421123", "phone", Ways(phones=("+49421123",))),
        ("tel:+49 421 123", "phone", Ways(phones=("+49 421 123",))),
        ("4.94012E+11", "phone", Ways(rest="4.94012E+11")),
        ("N/A", "phone", Ways()),
        ("not-a-phone", "phone", Ways(rest="not-a-phone")),
        ("www.nordlicht.example https://x.example/a?b=@c", "url",
         Ways(urls=("www.nordlicht.example", "https://x.example/a?b=@c"))),
        ("@jana", "url", Ways(rest="@jana")),
        ("https://x.example", "email", Ways(urls=("https://x.example",))),
    ],
)  # fmt: skip
def test_ways_to_reach_somebody_are_sorted_out(cell: str, expected: str, told: Ways) -> None:
    assert ways(cell, expected) == told


def test_what_is_not_to_be_seen_is_taken_away() -> None:
    assert tidy("\u202a+49\xa0421 1\u202c") == "+49 421 1"
    assert tidy("  a \t b \r\n\n c\x07 ") == "a b\n\nc"
    assert tidy('="0421"') == "0421"
    assert tidy('5" Rohr') == '5" Rohr'
    assert tidy("👩\u200d💻") == "👩\u200d💻"  # the joiner makes one sign of two


def test_some_cells_say_that_there_is_nothing() -> None:
    assert all(map(is_nothing, ("", "N/A", "-", "NULL", "none", "0/0/00")))
    assert not is_nothing("Nil Müller")
    assert is_nobody("Unknown")
    assert not is_nothing("Unknown")


def test_the_groups_that_google_keeps_for_itself_are_no_tags() -> None:
    assert split_tags("* myContacts ::: Messe ::: * starred ::: Nord") == ("Messe", "Nord")
    assert split_tags("a; b, a") == ("a", "b")
