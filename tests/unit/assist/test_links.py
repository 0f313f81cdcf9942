"""Links that follow files which are moved."""

from __future__ import annotations

import pytest

from crmtool.assist.links import follow
from crmtool.document import read_contact
from crmtool.text import apply_edits


def followed(notes: str, *moves: tuple[str, str], source: str = "contacts/a/ann.md") -> str:
    """Give the notes of a contact after files were moved."""
    head = "---\nname: A\n---\n"
    document = read_contact(source, (head + notes).encode())
    moved = dict(moves)
    return apply_edits(document.text, follow(document, lambda path: moved.get(path, path))).removeprefix(head)


@pytest.mark.parametrize(
    ("to", "written"),
    [
        ("contacts/a/bill.md", "bill.md"),
        ("contacts/bill.md", "../bill.md"),
        ("contacts/b/c/bill.md", "../b/c/bill.md"),
        ("contacts/a/c/bill.md", "c/bill.md"),
        ("contacts/a/jürgen b.md", "jürgen%20b.md"),
        ("contacts/a/50%(x).md", "50%25%28x%29.md"),
    ],
)
def test_a_link_follows_the_file_that_it_leads_to(to: str, written: str) -> None:
    before = "é 😀 [B](bob.md#top 'Bob'), <bob.md>, `[B](../a/bob.md)`\r\n"
    assert followed(before, ("contacts/a/bob.md", to)) == before.replace("(bob.md#top", f"({written}#top")


def test_links_in_brackets_and_definitions_do_as_well() -> None:
    move = ("contacts/a/bob b.md", "contacts/b/bob (b).md")
    assert followed("[B](<bob b.md>) [B]\n\n[B]: bob%20b.md 'B'\n", move) == (
        "[B](<../b/bob%20%28b%29.md>) [B]\n\n[B]: ../b/bob%20%28b%29.md 'B'\n"
    )


def test_all_relative_links_of_a_file_that_is_moved_lead_where_they_led() -> None:
    elsewhere = "[H](https://x.example/) [T](#top) [S](ann.md)\n"
    notes = "[B](bob.md) ![P](files/p.png) [W](../../README.md) [X](../../../x.md) " + elsewhere
    assert followed(notes, ("contacts/a/ann.md", "contacts/ann.md")) == (
        "[B](a/bob.md) ![P](a/files/p.png) [W](../README.md) [X](../../x.md) " + elsewhere
    )


def test_a_link_that_leads_where_it_led_stays_as_it_was_written() -> None:
    notes = "[B](./bob.md) [C](../a/c.md) [D](%64.md)\n"
    assert followed(notes, ("contacts/a/ann.md", "contacts/a/anna.md")) == notes
    assert followed(notes, ("contacts/b/other.md", "contacts/other.md")) == notes


def test_two_that_are_moved_together_keep_their_way_to_each_other() -> None:
    moves = (("contacts/a/ann.md", "contacts/b/ann.md"), ("contacts/a/bob.md", "contacts/b/bob.md"))
    assert followed("[B](bob.md) [C](cy.md)\n", *moves) == "[B](bob.md) [C](../a/cy.md)\n"
