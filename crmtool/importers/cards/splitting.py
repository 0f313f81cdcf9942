"""The text of a file → its cards, each with its own lines: nothing of one card reaches another."""

from __future__ import annotations

import re

from crmtool.records import dataclass
from crmtool.text import LINE_BREAK

_MARK = re.compile(r"\s*(?:[A-Za-z0-9_-]++\.)?(BEGIN|END)\s*:\s*([A-Za-z0-9_-]++)\s*\Z", re.IGNORECASE)
_AGENT = re.compile(r"(?:[A-Za-z0-9_-]++\.)?AGENT\b[^:]*+:\s*\Z", re.IGNORECASE)
CARD = "VCARD"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A card as it stands in a file: `line` is that of its BEGIN, `lines` are those within, each with its number."""

    line: int
    lines: tuple[tuple[int, str], ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cards:
    """All cards of a file, and what is to be said of what stands outside them."""

    cards: tuple[Card, ...]
    notices: tuple[str, ...] = ()


def split_cards(text: str) -> Cards:
    """Find the cards of a text. A card that is not closed ends before the next one, or with the text."""
    walk = _Walk()
    for number, line in enumerate(LINE_BREAK.split(text), start=1):
        mark = None if walk.is_open and line[:1] in " \t" else _MARK.match(line)
        if mark:
            walk.pass_mark(number, mark[1].upper(), mark[2].upper())
        else:
            walk.pass_line(number, line)
    walk.close(complete=False)
    return Cards(cards=tuple(walk.cards), notices=walk.notices())


class _Walk:
    """Where one is in a file, from line to line."""

    def __init__(self) -> None:
        self.cards: list[Card] = []
        self.is_open = False
        self._begin = 0
        self._lines: list[tuple[int, str]] = []
        self._doubts: list[str] = []
        self._agents = 0  # cards within the card: vCard 2.1 writes so who acts for a person
        self._inside = ""  # the component that is passed over
        self._others: dict[str, int] = {}
        self._strays: list[int] = []

    def pass_line(self, number: int, line: str) -> None:
        """Take a line that neither begins nor ends anything."""
        if self._inside or not (self.is_open or line.strip()):
            return
        if not self.is_open:
            self._strays.append(number)
        elif not self._agents or _AGENT.match(line):
            self._lines.append((number, line))

    def pass_mark(self, number: int, what: str, name: str) -> None:
        """Take a line that begins or ends a card or something else."""
        if name == CARD:
            self._inside = ""
            self._begin_card(number) if what == "BEGIN" else self._end_card(number)
        elif what == "END":
            self._inside = "" if name == self._inside else self._inside
        elif not self._inside:
            self._inside = name
            self._others.setdefault(name, number)

    def _begin_card(self, number: int) -> None:
        if self.is_open and _AGENT.match(next((line for _, line in reversed(self._lines) if line), "")):
            while not _AGENT.match(self._lines.pop()[1]):
                pass  # empty lines below it
            self._doubts.append(f"line {number}: the card of an agent stands within this one and was left out")
            self._agents += 1
            return
        self.close(complete=False)
        self.is_open, self._begin = True, number

    def _end_card(self, number: int) -> None:
        if self._agents:
            self._agents -= 1
        elif self.is_open:
            self.close(complete=True)
        else:
            self._strays.append(number)

    def close(self, *, complete: bool) -> None:
        """End the card that is open, if any."""
        if not self.is_open:
            return
        if not complete:
            self._doubts.append("END:VCARD is missing; the card may have lost its end")
        self.cards.append(Card(line=self._begin, lines=tuple(self._lines), doubts=tuple(self._doubts)))
        self.is_open, self._agents, self._inside, self._lines, self._doubts = False, 0, "", [], []

    def notices(self) -> tuple[str, ...]:
        """Say what was passed over."""
        others = [f"line {line}: BEGIN:{name} begins no vCard and was left out" for name, line in self._others.items()]
        if self._strays:
            count = len(self._strays)
            what = "1 line stands" if count == 1 else f"{count} lines stand"
            others.append(f"line {self._strays[0]}: {what} outside of the cards and cannot be imported")
        return tuple(others)
