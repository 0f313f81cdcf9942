"""What is named at a cursor, where else it is named, and how another id takes its place."""

from __future__ import annotations

from dataclasses import replace

from crmtool.assist.cursor import spot_at
from crmtool.assist.mentions import DEFINED_IN, Mention, Noun, in_values, itself, links, mention_at
from crmtool.contact import contact_id, folded
from crmtool.document import Document
from crmtool.rules.references import value_at
from crmtool.rules.rules_misread_id import misread, word_hint
from crmtool.text import TextEdit, one_line

_QUOTES = "\"'"


def named_at(document: Document, offset: int) -> Mention | None:
    """Find the id at an offset: at a contact's name that of the contact itself; None where there is none."""
    spot = spot_at(document, offset)
    own = itself(document) if spot and spot.place == ("name",) else None
    return replace(own, span=spot.span) if spot and own else mention_at(document, offset)


def named_in(document: Document, thing: Mention) -> tuple[Mention, ...]:
    """Find where a file names what another mention names, its definition included."""
    if thing.noun is not Noun.CONTACT:
        return tuple(mention for mention in in_values(document, thing.id) if is_same(mention, thing))
    own = itself(document) if contact_id(document.path) == thing.id else None
    return (*((own,) if own else ()), *links(document, to=thing.id))


def is_same(one: Mention, other: Mention) -> bool:
    """Whether two mentions name the same."""
    return (one.noun, one.id, one.scope) == (other.noun, other.id, other.scope)


def definition_in(rulebook: Document, thing: Mention) -> Mention | None:
    """Find the definition of what a mention names; None where the rule book lacks it."""
    return next((each for each in named_in(rulebook, thing) if each.is_definition), None)


def renamed(document: Document, thing: Mention, new: str) -> tuple[TextEdit, ...]:
    """Write another id wherever a file names what a mention names, in the quotes that are there."""
    return tuple(_replaced(document.text, mention, new) for mention in named_in(document, thing))


def refusal(rulebook: Document, thing: Mention, new: str) -> str | None:
    """Tell why what the rule book defines cannot get an id, and what to type instead; None where it can."""
    if why := misread(new):
        return f"'{one_line(new)}' {why}: {word_hint(new)}"
    taken = [each for each in in_values(rulebook) if each.is_definition and _rivals(each, thing)]
    same = next((each.id for each in taken if folded(each.id) == folded(new)), None)
    if same is not None:
        return f"there is a {thing.noun} '{one_line(same)}' already: type an id that none has"
    if thing.noun in (Noun.STATUS, Noun.TRANSITION) and new in _proposed(rulebook):
        return f"a stop rule proposes '{new}', which would mean something else then: type another id"
    return None


def _rivals(other: Mention, thing: Mention) -> bool:
    return (other.noun, other.scope) == (thing.noun, thing.scope) and other.id != thing.id


def _proposed(rulebook: Document) -> set[object]:
    rules = value_at(rulebook.values or {}, (DEFINED_IN[Noun.STOP_RULE],))
    entries = rules.values() if isinstance(rules, dict) else ()
    return {entry.get("propose") for entry in entries if isinstance(entry, dict)}


def _replaced(text: str, mention: Mention, new: str) -> TextEdit:
    written = text[mention.span.start : mention.span.end]
    quote = written[0] if written[0] in _QUOTES else ""
    end = mention.span.end - (len(written) - len(written.rstrip()))  # a text of several lines has its last line break
    return TextEdit(mention.span.start, end, f"{quote}{new}{quote}")
