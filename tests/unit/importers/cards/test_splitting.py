"""Where one card ends and the next begins, and which lines belong together."""

from __future__ import annotations

import pytest

from crmtool.importers.cards.splitting import split_cards
from crmtool.importers.cards.unfolding import unfolded

MISSING = "END:VCARD is missing; the card may have lost its end"


def split(text: str) -> list[tuple[int, list[str]]]:
    return [(card.line, [line for _, line in card.lines]) for card in split_cards(text).cards]


def logical(*lines: str) -> list[tuple[int, str]]:
    return list(unfolded(enumerate(lines, start=1)))


def test_each_card_has_its_own_lines() -> None:
    text = "begin : vcard\nFN:A\r\nEnd:VCard \r\rBEGIN:VCARD\rFN:B\rEND:VCARD"
    assert split(text) == [(1, ["FN:A"]), (5, ["FN:B"])]
    assert split_cards(text).notices == ()


def test_a_card_that_is_not_closed_ends_before_the_next() -> None:
    found = split_cards("BEGIN:VCARD\nFN:A\nBEGIN:VCARD\nFN:B\n")
    assert [card.line for card in found.cards] == [1, 3]
    assert [card.doubts for card in found.cards] == [(MISSING,), (MISSING,)]


def test_what_stands_between_is_passed_over_and_named() -> None:
    found = split_cards(
        "hello\n\nBEGIN:VCARD\nFN:A\nEND:VCARD\nEND:VCARD\nBEGIN:FOO\nx\nEND:FOO\nBEGIN:VCARD\nEND:VCARD"
    )
    assert [card.line for card in found.cards] == [3, 10]
    assert found.notices == (
        "line 7: BEGIN:FOO begins no vCard and was left out",
        "line 1: 2 lines stand outside of the cards and cannot be imported",
    )
    assert split_cards("x\nBEGIN:VCARD\nEND:VCARD").notices == (
        "line 1: 1 line stands outside of the cards and cannot be imported",
    )


def test_another_component_that_is_not_closed_takes_no_card_along() -> None:
    assert split("BEGIN:VCALENDAR\nx\nBEGIN:VCARD\nFN:A\nBEGIN:FOO\nFN:B\nEND:VCARD\nBEGIN:VCARD\nFN:C\nEND:VCARD") == [
        (3, ["FN:A"]),
        (8, ["FN:C"]),
    ]


def test_the_card_of_an_agent_belongs_to_the_outer_one() -> None:
    inner = "AGENT;X=1:\n\nBEGIN:VCARD\nFN:In\nAGENT:\nBEGIN:VCARD\nFN:Deep\nEND:VCARD\nTEL:1\nEND:VCARD"
    found = split_cards(f"BEGIN:VCARD\nFN:Out\n{inner}\nTEL:2\nEND:VCARD\n")
    assert [[line for _, line in card.lines if line] for card in found.cards] == [["FN:Out", "TEL:2"]]
    assert found.cards[0].doubts[0] == "line 5: the card of an agent stands within this one and was left out"


def test_an_agent_that_is_not_closed_takes_no_card_along() -> None:
    text = "BEGIN:VCARD\nFN:A\nAGENT:\nBEGIN:VCARD\nFN:In\nEND:VCARD\nBEGIN:VCARD\nFN:B\nEND:VCARD"
    assert [(line, lines[0]) for line, lines in split(text)] == [(1, "FN:A"), (7, "FN:B")]


def test_a_folded_line_begins_no_card() -> None:
    assert split("BEGIN:VCARD\nNOTE:x\n BEGIN:VCARD\n END:VCARD\nEND:VCARD") == [
        (1, ["NOTE:x", " BEGIN:VCARD", " END:VCARD"])
    ]
    assert split(" BEGIN:VCARD\nFN:A\nEND:VCARD") == [(1, ["FN:A"])]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (("FN:a", "  b", "", "\tc", "N:d"), [(1, "FN:a bc"), (5, "N:d")]),
        (("", " ", "FN:a"), [(3, "FN:a")]),
        (("VERSION:2.1", "FN:a", " b"), [(1, "VERSION:2.1"), (2, "FN:a b")]),
        (("VERSION:2.1", "FN:" + "a" * 72, " b"), [(1, "VERSION:2.1"), (2, "FN:" + "a" * 72 + "b")]),
        (("N;QUOTED-PRINTABLE:a=", "b= ", "", "FN:c"), [(1, "N;QUOTED-PRINTABLE:ab"), (4, "FN:c")]),
        (("N;X=1;", " encoding=quoted-printable:a=", "FN:c"), [(1, "N;X=1;encoding=quoted-printable:aFN:c")]),
        (("NOTE:quoted-printable=", "FN:a"), [(1, "NOTE:quoted-printable="), (2, "FN:a")]),
        (("KEY;ENCODING=b:AA", "BB", "CC==", "FN:a"), [(1, "KEY;ENCODING=b:AABBCC=="), (4, "FN:a")]),
        (("NOTE:AA", "BB"), [(1, "NOTE:AA"), (2, "BB")]),
    ],
)
def test_what_was_folded_is_put_together(lines: tuple[str, ...], found: list[tuple[int, str]]) -> None:
    assert logical(*lines) == found
