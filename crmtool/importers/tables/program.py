"""A program whose tables are known: how it is recognised, and what it calls differently than others do."""

from __future__ import annotations

from dataclasses import field
from functools import cached_property

from crmtool.importers.tables.headers import Meaning, plain, table
from crmtool.records import dataclass

CRMTOOL, CSV, GOOGLE, HUBSPOT_DEALS, SALESFORCE = "crmtool", "csv", "google", "hubspot-deals", "salesforce"
"""Origins that are treated in a way of their own."""


@dataclass(frozen=True, kw_only=True)
class Program:
    """A program and kind of record: `origin` names it, `label` is how people call it.

    A table is the program's if it has all columns of one entry of `marks`, so many of `hints` as `least` says, and none
    that it `lacks`. `names` are the columns that mean something else than elsewhere. `persons` is the origin of the
    records that its deals belong to.
    """

    origin: str
    label: str
    marks: tuple[tuple[str, ...], ...] = ((),)
    hints: tuple[str, ...] = ()
    least: int = 0
    lacks: tuple[str, ...] = ()
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    persons: str = ""

    @cached_property
    def meanings(self) -> dict[str, Meaning]:
        """What its columns mean where that is not what they mean elsewhere, by plain header."""
        return table(self.names)

    def has(self, headers: frozenset[str]) -> bool:
        """Whether a table with these plain headers is one of the program's."""
        if any(plain(header) in headers for header in self.lacks):
            return False
        marked = any(all(plain(mark) in headers for mark in marks) for marks in self.marks)
        return marked and sum(plain(hint) in headers for hint in self.hints) >= self.least
