"""The log: every decision on contacts with what it came to, the latest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from crmtool.contact import Contact, Decision
from crmtool.progress.history import Move, histories
from crmtool.progress.outcome import Outcome, outcome
from crmtool.rulebook import RuleBook


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """A decision on a contact; `outcome` is None for its entry, by which nothing was decided yet."""

    contact: Contact
    move: Move
    outcome: Outcome | None

    @property
    def day(self) -> date:
        """The day of the decision."""
        return self.move.day

    @property
    def decision(self) -> Decision:
        """The decision."""
        return self.move.decision

    @property
    def source(self) -> str | None:
        """The id of the status that was left; None for an entry."""
        return self.move.source.status if self.move.source else None


def log(contacts: Iterable[Contact], rulebook: RuleBook, day: date) -> tuple[Logged, ...]:
    """List all decisions up to a day, the latest first; those of one day by contact, the last taken first."""
    return tuple(sorted(_logged(contacts, rulebook, day), key=latest_first))


def _logged(contacts: Iterable[Contact], rulebook: RuleBook, day: date) -> Iterator[Logged]:
    for history in histories(contacts, rulebook, day):
        for move in history.moves():
            yield Logged(contact=history.contact, move=move, outcome=_outcome(rulebook, move))


def _outcome(rulebook: RuleBook, move: Move) -> Outcome | None:
    if move.source is None:
        return None
    return outcome(rulebook.statuses.get(move.source.status), rulebook.statuses.get(move.target.status))


def latest_first(found: Logged) -> tuple[int, str, int]:
    """The key that orders decisions as the log does."""
    return -found.day.toordinal(), found.contact.id, -found.decision.index
