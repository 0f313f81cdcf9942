"""Where ids stand in files, however these are written."""

from __future__ import annotations

import pytest

from crmtool.assist.mentions import Noun, itself, links, mention_at, mentions
from crmtool.document import Document, read_contact, read_yaml
from tests.conftest import JANA, RULEBOOK

PATH = "contacts/nordlicht/jana-koehler.md"


def contact(text: str, path: str = PATH) -> Document:
    return read_contact(path, text.encode())


def book(text: str = RULEBOOK) -> Document:
    return read_yaml("criteria.yaml", text.encode())


def words(document: Document, noun: Noun) -> list[str]:
    """Give what is written at each mention of a kind."""
    found = [mention for mention in mentions(document) if mention.noun is noun]
    return [document.text[mention.span.start : mention.span.end] for mention in found]


def test_a_contact_names_statuses_criteria_and_reasons() -> None:
    stopped = JANA.replace("chance: 0.4}", "chance: 0.4, reason: 'no_need'}")
    document = contact(stopped)
    assert words(document, Noun.STATUS) == ["clarifying", "new", "clarifying"]
    assert words(document, Noun.CRITERION) == ["fit", "conflict", "pain", "budget", "buyer"]
    assert words(document, Noun.REASON) == ["'no_need'"]
    (reason,) = (mention for mention in mentions(document) if mention.noun is Noun.REASON)
    assert (reason.id, reason.scope) == ("no_need", "clarifying")


@pytest.mark.parametrize("text", [RULEBOOK, RULEBOOK.replace("\n", "\r\n"), "\ufeff" + RULEBOOK])
def test_the_rule_book_defines_and_names(text: str) -> None:
    document = book(text)
    definitions = {(m.noun, m.id, m.scope) for m in mentions(document) if m.is_definition}
    assert {(Noun.STATUS, "parked", None), (Noun.TRANSITION, "park", None), (Noun.STOP_RULE, "no_buyer", None)} < (
        definitions
    )
    assert {(Noun.REASON, "no_fit", "stopped"), (Noun.REASON, "timing", "parked")} < definitions
    assert words(document, Noun.CRITERION).count("budget") == 4
    assert words(document, Noun.STATUS).count("ready") == 6
    assert words(document, Noun.TRANSITION).count("stop") == 3, "both stop rules propose it"
    assert words(document, Noun.REASON).count("no_decision") == 3
    for mention in mentions(document):
        assert document.text[mention.span.start : mention.span.end] == mention.id


def test_a_condition_on_the_field_of_an_answer_names_its_criterion() -> None:
    text = RULEBOOK.replace("{has: revisit}", "{any: [{has: criteria.fit.evidence}, {passed: 'criteria.pain.met'}]}")
    document = book(text)
    assert len(words(document, Noun.CRITERION)) == len(words(book(), Noun.CRITERION)) + 2
    found = mention_at(document, text.index("criteria.fit") + len("criteria.f"))
    assert found is not None
    assert (found.id, document.text[found.span.start : found.span.end]) == ("fit", "fit")
    assert mention_at(document, text.index("criteria.fit")) is None


def test_what_a_stop_rule_proposes_may_be_a_status() -> None:
    document = book(RULEBOOK.replace("propose: stop, reason: no_decision", "propose: stopped, reason: no_decision"))
    assert words(document, Noun.TRANSITION).count("stop") == 1
    assert {m.scope for m in mentions(document) if m.id == "no_decision"} == {"stopped"}


def test_an_id_is_found_from_its_first_to_behind_its_last_letter() -> None:
    document = contact(JANA)
    start = JANA.index("clarifying")
    assert [mention_at(document, at) is not None for at in (start - 1, start, start + 10, start + 11)] == [
        *(False, True, True, False)
    ]


def test_front_matter_that_cannot_be_read_names_nothing_but_its_notes_do() -> None:
    document = contact(JANA.replace("status:", "status: [") + "\n[Bob](bob.md)\n")
    assert [(m.noun, m.id) for m in mentions(document)] == [(Noun.CONTACT, "nordlicht/bob")]


def linked(notes: str, to: str | None = None) -> list[tuple[str, str]]:
    document = contact(JANA + notes)
    return [(m.id, document.text[m.span.start : m.span.end]) for m in links(document, to)]


@pytest.mark.parametrize(
    ("notes", "found"),
    [
        ("[B](bob.md)", [("nordlicht/bob", "bob.md")]),
        ("[B](../acme/bob.md#notes 'Bob')", [("acme/bob", "../acme/bob.md")]),
        ("[B](./bob.md?x)", [("nordlicht/bob", "./bob.md")]),
        ("[B](<bob b.md>)", [("nordlicht/bob b", "bob b.md")]),
        ("[B](bob%20b.md)", [("nordlicht/bob b", "bob%20b.md")]),
        ("[B](bob_(b).md) [C](c\\_d.md)", [("nordlicht/bob_(b)", "bob_(b).md"), ("nordlicht/c_d", "c\\_d.md")]),
        ("😀 [J](jürgen.md)", [("nordlicht/jürgen", "jürgen.md")]),
        ("[J](j%C3%BCrgen.md)", [("nordlicht/jürgen", "j%C3%BCrgen.md")]),
        ("[J](ju\u0308rgen.md)", [("nordlicht/jürgen", "ju\u0308rgen.md")]),
        ("See [B].\n\n[B]: bob.md\n", [("nordlicht/bob", "bob.md")]),
        ("- one\n  > [B](bob.md)\n", [("nordlicht/bob", "bob.md")]),
        ("[![picture](p.png)](bob.md)", [("nordlicht/bob", "bob.md")]),
        ("| a |\n| --- |\n| [B](bob.md) |\n", [("nordlicht/bob", "bob.md")]),
    ],
)
def test_links_to_contacts(notes: str, found: list[tuple[str, str]]) -> None:
    assert linked(notes) == found


@pytest.mark.parametrize(
    "notes",
    [
        "[B](https://example.org/contacts/bob.md)",
        "[B](/contacts/bob.md)",
        "[B](mailto:bob.md)",
        "[B](../README.md) [B](_draft.md) [B](bob.pdf) [B](../../bob.md) [B](#bob.md)",
        "```\n[B](bob.md)\n```\n",
        "`[B](bob.md)`",
        "\\[B](bob.md)",
    ],
)
def test_what_leads_to_no_contact(notes: str) -> None:
    assert linked(notes) == []


def test_links_to_one_contact() -> None:
    assert linked("[A](ann.md) [B](bob.md) [B](../nordlicht/bob.md)", to="nordlicht/bob") == [
        ("nordlicht/bob", "bob.md"),
        ("nordlicht/bob", "../nordlicht/bob.md"),
    ]


def test_a_contact_stands_where_its_name_does() -> None:
    document = contact(JANA)
    own = itself(document)
    assert own is not None
    assert (own.noun, own.id, own.is_definition) == (Noun.CONTACT, "nordlicht/jana-koehler", True)
    assert document.text[own.span.start : own.span.end] == "Jana Köhler"
    assert itself(book()) is None
    assert itself(contact(JANA.replace("name: Jana Köhler", "name: "))) is None
    assert itself(contact("no front matter")) is None
