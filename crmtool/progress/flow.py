"""How contacts flow from status to status."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from crmtool.progress.history import History
from crmtool.progress.period import Period
from crmtool.rulebook import RuleBook


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """The moves from one status to another, as the ids of the contacts, once a move; `source` None is the entry."""

    source: str | None
    target: str
    contacts: tuple[str, ...]

    @property
    def n(self) -> int:
        """How many moves there were."""
        return len(self.contacts)


def flow(histories: Iterable[History], rulebook: RuleBook, period: Period) -> tuple[Stream, ...]:
    """Tell between which statuses contacts moved in the period, entries included.

    Streams stand in the order of the rule book, by source and then target; entries come first, and statuses that the
    rule book lacks last.
    """
    moved: dict[tuple[str | None, str], list[str]] = {}
    for history in histories:
        for move in history.moves(period):
            ends = move.source.status if move.source else None, move.target.status
            moved.setdefault(ends, []).append(history.id)
    streams = (Stream(source=s, target=t, contacts=tuple(ids)) for (s, t), ids in moved.items())
    return ranked(streams, rulebook)


def ranked(streams: Iterable[Stream], rulebook: RuleBook) -> tuple[Stream, ...]:
    """Put streams in their order."""
    return tuple(sorted(streams, key=lambda each: (_rank(rulebook, each.source), _rank(rulebook, each.target))))


def _rank(rulebook: RuleBook, id: str | None) -> tuple[int, str]:
    if id is None:
        return -1, ""
    status = rulebook.statuses.get(id)
    return (status.order if status else len(rulebook.statuses)), id
