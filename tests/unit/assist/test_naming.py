"""What gets another id, how that is written, and what is refused."""

from __future__ import annotations

import pytest

from crmtool.assist.mentions import Mention, Noun
from crmtool.assist.naming import definition_in, named_at, named_in, refusal, renamed
from crmtool.document import Document, read_contact, read_yaml
from crmtool.text import apply_edits
from tests.conftest import JANA, RULEBOOK

BOOK = read_yaml("criteria.yaml", RULEBOOK.encode())


def contact(text: str) -> Document:
    return read_contact("contacts/nordlicht/jana-koehler.md", text.encode())


def pointed(text: str, at: str) -> Mention | None:
    return named_at(contact(text), text.index(at))


def defined(text: str) -> Mention:
    """Give the definition that begins where a text stands in the rule book."""
    found = named_at(BOOK, RULEBOOK.index(text))
    assert found is not None
    assert found.is_definition
    return found


def after(document: Document, thing: Mention, new: str) -> str:
    return apply_edits(document.text, renamed(document, thing, new))


def test_the_line_of_the_name_names_the_contact() -> None:
    for at in ("name:", "Jana", " Köhler"):
        found = pointed(JANA, at)
        assert found is not None
        assert (found.noun, found.id) == (Noun.CONTACT, "nordlicht/jana-koehler")
        assert found.span.start <= JANA.index(at) <= found.span.end, "an editor asks for the word at the cursor"
    assert pointed(JANA, "Logistik") is None


def test_what_names_the_contact_itself() -> None:
    text = JANA + "[me](jana-koehler.md) [other](bob.md)\n"
    thing = named_at(contact(text), text.index("Jana"))
    assert thing is not None
    assert [(m.is_definition, text[m.span.start : m.span.end]) for m in named_in(contact(text), thing)] == [
        (True, "Jana Köhler"),
        (False, "jana-koehler.md"),
    ]


@pytest.mark.parametrize(
    ("at", "new", "before"),
    [
        ("budget:   {", "funds", ("budget:   {", "[budget, deadline]", "buyer, budget,")),
        ("ready:      {", "ripe", ("ready:      {", "to: ready", "from: ready", "[clarifying, ready]", "in: ready")),
        ("no_decision: K", "undecided", ("no_decision: K", "reason: no_decision")),
        ("stop:    {", "end", ("  stop:    {", "propose: stop,")),
        ("no_buyer:    {", "headless", ("no_buyer:",)),
    ],
)
def test_in_the_rule_book_all_that_names_it_is_rewritten(at: str, new: str, before: tuple[str, ...]) -> None:
    thing, expected = defined(at), RULEBOOK
    for words in before:
        assert words in expected
        expected = expected.replace(words, words.replace(thing.id, new))
    assert after(BOOK, thing, new) == expected


def test_a_reason_of_another_status_is_another_reason() -> None:
    text = RULEBOOK.replace("{timing:", "{no_need: Doch, timing:")
    book = read_yaml("criteria.yaml", text.encode())
    thing = named_at(book, text.index("no_need: Doch"))
    assert thing is not None
    assert after(book, thing, "later") == text.replace("no_need: Doch", "later: Doch")


def test_quotes_line_ends_and_styles_stay() -> None:
    text = JANA.replace("status: clarifying", 'status: "clarifying" # now').replace(
        "to: clarifying", "to: 'clarifying'"
    )
    text = text.replace("\n", "\r\n")
    thing = defined("clarifying: {")
    assert after(contact(text), thing, "looking") == text.replace("clarifying", "looking")
    folded = JANA.replace("status: clarifying\n", "status: >-\n  clarifying\n").replace("to: clarifying", "to: looking")
    assert after(contact(folded), thing, "looking") == JANA.replace("clarifying", "looking")
    pain = JANA.replace("  pain:", "  'pain':")
    assert after(contact(pain), defined("pain:     {"), "need") == pain.replace("'pain':", "'need':")


def test_words_in_texts_and_notes_stay() -> None:
    text = JANA.replace("Passt ins Profil", "budget und fit") + "\nbudget: 1\n"
    assert after(contact(text), defined("budget:   {"), "funds") == text.replace("  budget:", "  funds:")


@pytest.mark.parametrize("new", ["no", "12:30", "1e3", "two words", "", "null", "y", "a.b", "[x]", "*", "x: y", "x\ny"])
def test_what_is_misread_is_refused_with_a_better_word(new: str) -> None:
    told = refusal(BOOK, defined("budget:   {"), new)
    assert told is not None
    assert "take a word of letters, digits, _ and - that begins with a letter, such as '" in told


@pytest.mark.parametrize(
    ("at", "new", "told"),
    [
        ("budget:   {", "pain", "there is a criterion 'pain' already: type an id that none has"),
        ("budget:   {", "PAIN", "there is a criterion 'pain' already: type an id that none has"),
        ("ready:      {", "stop", "a stop rule proposes 'stop', which would mean something else then: type another id"),
        ("no_need: K", "no_fit", "there is a reason 'no_fit' already: type an id that none has"),
        ("budget:   {", "clarifying", None),
        ("budget:   {", "Budget", None),
        ("no_need: K", "timing", None),
        ("park:    {", "parked", None),
        ("fit:      {", "größe-2", None),
    ],
)
def test_who_else_is_called_so_decides(at: str, new: str, told: str | None) -> None:
    assert refusal(BOOK, defined(at), new) == told


def test_what_is_not_defined_has_no_definition() -> None:
    unknown = pointed(JANA.replace("clarifies: buyer", "clarifies: byer"), "byer")
    assert unknown is not None
    assert definition_in(BOOK, unknown) is None
    known = pointed(JANA, "buyer")
    assert known is not None
    found = definition_in(BOOK, known)
    assert found is not None
    assert found.span.start == RULEBOOK.index("buyer:    {")
