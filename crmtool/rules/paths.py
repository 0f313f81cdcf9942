"""Which statuses transitions lead to, and from which an end is reached, by any number of steps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from crmtool.rulebook import RuleBook


def from_entry(book: RuleBook) -> frozenset[str]:
    """Collect the statuses that a contact can get to from an entry."""
    entries = (transition.target for transition in book.transitions.values() if transition.is_entry)
    return _reached(entries, _steps(book))


def to_an_end(book: RuleBook) -> frozenset[str]:
    """Collect the statuses from which a contact can get to a won or ended one."""
    ends = (status.id for status in book.statuses.values() if not status.is_undecided)
    return _reached(ends, ((target, source) for source, target in _steps(book)))


def _steps(book: RuleBook) -> Iterator[tuple[str, str]]:
    for transition in book.transitions.values():
        yield from ((source, transition.target) for source in book.sources(transition))


def _reached(starts: Iterable[str], steps: Iterable[tuple[str, str]]) -> frozenset[str]:
    next_ones: dict[str, list[str]] = {}
    for one, other in steps:
        next_ones.setdefault(one, []).append(other)
    reached: set[str] = set()
    waiting = list(starts)
    while waiting:
        status = waiting.pop()
        if status not in reached:
            reached.add(status)
            waiting.extend(next_ones.get(status, ()))
    return frozenset(reached)
