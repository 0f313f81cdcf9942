"""The lines of a card → its properties. vobject reads each of them by itself, so that a bad one costs no other."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeAlias

from crmtool.errors import CrmtoolError
from crmtool.importers.cards.heads import Head, head_of
from crmtool.importers.cards.splitting import Card
from crmtool.importers.cards.unfolding import unfolded
from crmtool.records import dataclass
from crmtool.text import one_line, visible

if TYPE_CHECKING:
    from vobject.base import ContentLine

LineReader: TypeAlias = "Callable[[str], ContentLine]"

LEAST = 101
"""The rank of a property that is not preferred: vCard 4.0 knows 1 to 100, the lower the better."""
_SHOWN = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """One property of a card: `value` is decoded but still escaped, `types` are in small letters."""

    line: int
    name: str
    value: str
    group: str = ""
    types: frozenset[str] = frozenset()
    rank: int = LEAST


@dataclass(frozen=True, slots=True, kw_only=True)
class Properties:
    """All of a card's properties that are not passed over, and what could not be read."""

    all: tuple[Property, ...]
    doubts: tuple[str, ...] = ()

    def named(self, *names: str) -> list[Property]:
        """Give those of these names that say anything, the preferred ones first."""
        return sorted((p for p in self.all if p.name in names and p.value.strip()), key=lambda p: p.rank)


def line_reader() -> LineReader:
    """Give vobject's reader of a single line; raises CrmtoolError where vobject is not installed."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what its own imports have to say is for its authors
            from vobject.base import textLineToContentLine
    except ImportError as error:
        line = "pip install 'crmtool[vcard]'"
        raise CrmtoolError("reading vCards needs vobject, which is not installed", (line,)) from error
    return textLineToContentLine


def properties_of(card: Card, read: LineReader, passed_over: Callable[[str, str], bool]) -> Properties:
    """Read a card's properties, except for those that `passed_over` accepts, by name and value, without a look."""
    found, doubts = list[Property](), list[str]()
    for number, text in unfolded(card.lines):
        head = head_of(text)
        if head is None:
            doubts.append(f"line {number}: no property, and left out: {_shown(text)}")
        elif not passed_over(head.name, head.value):
            _add(found, doubts, number, head, read)
    return Properties(all=tuple(found), doubts=tuple(doubts))


def _add(found: list[Property], doubts: list[str], number: int, head: Head, read: LineReader) -> None:
    for attempt, line in enumerate(head.readable()):
        content = _content(line, read)
        if content is not None:
            found.append(_property(number, head.name, content))
            if attempt:
                doubts.append(f"line {number}: {head.name} is not in the encoding that it names; look at its umlauts")
            return
    doubts.append(f"line {number}: {head.name} cannot be read and was left out")


def _content(line: str, read: LineReader) -> ContentLine | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return read(line)
    except Exception:  # whatever it stumbles over: another encoding, or nothing at all
        return None


def _property(number: int, name: str, content: ContentLine) -> Property:
    words = [*content.params.get("TYPE", ()), *content.singletonparams]
    types = frozenset(part.strip().casefold() for word in words for part in word.split(","))
    return Property(
        line=number,
        name=name,
        value=content.value,
        group=(content.group or "").casefold(),
        types=types - {"", "pref"},
        rank=_rank(content.params.get("PREF", ()), is_preferred="pref" in types),
    )


def _rank(given: Iterable[str], *, is_preferred: bool) -> int:
    ranks = (int(word) for word in given if word.isascii() and word.isdigit() and len(word) <= 3)
    return min(max(next(ranks, 1 if is_preferred else LEAST), 1), LEAST)


def _shown(text: str) -> str:
    line = visible(one_line(text[: _SHOWN * 2]))
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
