"""A contact's history as of a day: its stays in statuses, and the moves between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from crmtool.contact import Contact, Decision
from crmtool.progress.period import Period
from crmtool.rulebook import Kind, RuleBook
from crmtool.situation import Situation


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """Time spent in a status, from the decision that led there to the one that led away, None while it goes on.

    `kind` is None for a status that the rule book lacks: such a stay is neither undecided nor decided.
    """

    status: str
    kind: Kind | None
    entry: Decision
    exit: Decision | None

    @property
    def entered(self) -> date:
        """The day on which the stay began."""
        return self.entry.day

    @property
    def left(self) -> date | None:
        """The day on which the stay ended, None while it goes on."""
        return self.exit.day if self.exit else None

    @property
    def is_undecided(self) -> bool:
        """Whether a decision was pending: active or on hold."""
        return self.kind in (Kind.ACTIVE, Kind.HOLD)

    @property
    def is_decided(self) -> bool:
        """Whether the contact was won or ended."""
        return self.kind in (Kind.WON, Kind.ENDED)

    def days(self, day: date) -> int:
        """How long the stay was, a running one up to a day."""
        return ((self.left or day) - self.entered).days


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A decision that ended one stay and began another; `source` is None for the entry into the pipeline."""

    source: Stay | None
    target: Stay

    @property
    def day(self) -> date:
        """The day of the decision."""
        return self.target.entered

    @property
    def decision(self) -> Decision:
        """The decision."""
        return self.target.entry


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A contact's stays as of a day, in the order of its decisions; at least one."""

    contact: Contact
    day: date
    stays: tuple[Stay, ...]

    @property
    def id(self) -> str:
        """The contact's id."""
        return self.contact.id

    @property
    def present(self) -> Stay:
        """The stay that goes on."""
        return self.stays[-1]

    def on(self, day: date) -> Stay | None:
        """The stay at the end of a day; None before the contact existed."""
        return next((stay for stay in reversed(self.stays) if stay.entered <= day), None)

    def moves(self, period: Period | None = None) -> Iterator[Move]:
        """Go through all decisions of a period, or of all time."""
        for source, target in pairwise((None, *self.stays)):
            if target is not None and (period is None or period.covers(target.entered)):
                yield Move(source=source, target=target)

    def taken(self, period: Period | None = None) -> Iterator[Move]:
        """Go through the decisions that were taken on the contact: all but its entry."""
        return (move for move in self.moves(period) if move.source is not None)


def history(contact: Contact, rulebook: RuleBook, day: date) -> History | None:
    """Tell a contact's history as of a day, its decisions by day and then as written; None before it existed."""
    taken = sorted((d for d in contact.decisions if d.day <= day), key=lambda d: (d.day, d.index))
    if not taken:
        return None
    stays = tuple(
        Stay(status=entry.to, kind=kind_of(rulebook, entry.to), entry=entry, exit=left)
        for entry, left in zip(taken, (*taken[1:], None), strict=True)
    )
    return History(contact=contact, day=day, stays=stays)


def histories(contacts: Iterable[Contact], rulebook: RuleBook, day: date) -> tuple[History, ...]:
    """Tell the histories of all contacts that exist on a day."""
    told = (history(contact, rulebook, day) for contact in contacts)
    return tuple(found for found in told if found is not None)


def kind_of(rulebook: RuleBook, status: str) -> Kind | None:
    """Give a status's kind; None where the rule book lacks it."""
    rule = rulebook.statuses.get(status)
    return rule.kind if rule else None


def situation_in(stay: Stay, contact: Contact, rulebook: RuleBook, day: date) -> Situation:
    """Give a contact's situation on a day of a stay, as known then."""
    return Situation(contact=contact, rulebook=rulebook, day=day, entered=stay.entered)
