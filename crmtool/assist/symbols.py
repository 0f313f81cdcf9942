"""What is found by name: in a file as its outline, in a workspace by words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from crmtool.assist.told import short
from crmtool.contact import Contact
from crmtool.finding import Place
from crmtool.rulebook import RuleBook
from crmtool.snapshot import RULEBOOK
from crmtool.text import Span, transliterated

MOST = 200
"""As many are found in a workspace at most."""


class SymbolKind(Enum):
    """What has a name."""

    CONTACT = auto()
    PART = auto()
    CRITERION = auto()
    DECISION = auto()
    STEP = auto()
    HEADING = auto()
    STATUS = auto()
    TRANSITION = auto()
    STOP_RULE = auto()
    REASON = auto()


@dataclass(frozen=True, kw_only=True)
class Symbol:
    """Something with a name in a file: `head` is what is gone to, and lies within `span`, as do the parts in it."""

    name: str
    kind: SymbolKind
    span: Span
    head: Span
    detail: str = ""
    parts: tuple[Symbol, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Found:
    """Something with a name in a workspace: where it is defined, `place` () where that is the file as a whole."""

    name: str
    kind: SymbolKind
    path: str
    within: str = ""
    place: Place = ()


def named(name: str) -> str:
    """Give a name that can be shown: on one line, and never empty."""
    return short(name) or "–"


def found_in(query: str, contacts: Iterable[Contact], rulebook: RuleBook | None) -> list[Found]:
    """Find contacts, statuses and criteria by words, all of which must be in their names, the best first.

    Letter case and accents make no difference. Best is what begins as is asked for, then where each word begins one.
    """
    wanted = transliterated(query).split()
    ranked = (
        (rank, text, found)
        for text, found in (*_contacts(contacts), *(_rules(rulebook) if rulebook else ()))
        if (rank := _rank(text, wanted)) is not None
    )
    return [found for _, _, found in sorted(ranked, key=lambda each: each[:2])[:MOST]]


def _rank(text: str, wanted: list[str]) -> int | None:
    """Tell how well a text fits, 0 best; None where a word is not in it."""
    if not all(word in text for word in wanted):
        return None
    if not wanted or text.startswith(" ".join(wanted)):
        return 0
    return 1 if all(f" {word}" in f" {text}" for word in wanted) else 2


def _contacts(contacts: Iterable[Contact]) -> Iterator[tuple[str, Found]]:
    for contact in contacts:
        text = _searched(f"{contact.name} {contact.text('organization')} {contact.id}")
        yield text, Found(name=named(contact.title), kind=SymbolKind.CONTACT, path=contact.path, within=contact.id)


def _rules(rulebook: RuleBook) -> Iterator[tuple[str, Found]]:
    parts: tuple[tuple[str, SymbolKind, Mapping[str, str]], ...] = (
        ("statuses", SymbolKind.STATUS, {id: status.label for id, status in rulebook.statuses.items()}),
        ("criteria", SymbolKind.CRITERION, {id: criterion.label for id, criterion in rulebook.criteria.items()}),
    )
    for part, kind, labels in parts:
        for id, label in labels.items():
            found = Found(name=named(label), kind=kind, path=RULEBOOK, within=f"{part} {id}", place=(part, id))
            yield _searched(f"{label} {id}"), found


@lru_cache(maxsize=65_536)  # of thousands of contacts, each time that a letter is typed
def _searched(text: str) -> str:
    """Give what words are looked for in: umlauts in two letters, and in one as well."""
    parted = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in parted if not unicodedata.combining(letter))
    return " ".join((*transliterated(text).split(), *plain.split()))
