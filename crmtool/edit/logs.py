"""The entries of a contact's logs by names that a person can write: fit@2026-11-03, decision@2026-11-05."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from crmtool.contact import Answer, Contact, Decision
from crmtool.finding import Place

DECISION = "decision"
_ANSWER_KEYS = ("met", "not_met", "evidence", "attested_by", "by")
_DECISION_KEYS = ("date", "to", "because", "reason", "by", "confirmed_by", "chance")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An answer or a decision: where it stands, what it says, and the keys that such an entry has."""

    name: str
    place: Place
    said: str
    keys: tuple[str, ...]


def named_entries(contact: Contact) -> tuple[Entry, ...]:
    """List what can be corrected: decisions, then answers by criterion, each the latest first.

    Of several of one day the second latest is `…#2`.
    """
    entries: list[Entry] = []
    seen: dict[str, int] = {}
    for name, place, said, keys in _entries(contact):
        seen[name] = seen.get(name, 0) + 1
        number = f"#{seen[name]}" if seen[name] > 1 else ""
        entries.append(Entry(name=f"{name}{number}", place=place, said=said, keys=keys))
    return tuple(entries)


def find_entry(entries: Iterable[Entry], wanted: str) -> Entry | None:
    """Find the entry of a name; without a day it is the latest."""
    meant = wanted.strip().casefold()
    return next((entry for entry in entries if meant in _spellings(entry.name.casefold())), None)


def _spellings(name: str) -> tuple[str, str]:
    return name, name.rpartition("@")[0]


def _entries(contact: Contact) -> Iterator[tuple[str, Place, str, tuple[str, ...]]]:
    for decision in reversed(contact.decisions):
        yield f"{DECISION}@{decision.day}", decision.place, _decided(decision), _DECISION_KEYS
    for criterion, answers in contact.criteria.items():
        for answer in reversed(answers):
            yield f"{criterion}@{answer.day}", answer.place, _answered(answer), _ANSWER_KEYS


def _decided(decision: Decision) -> str:
    return f"{decision.to}: {decision.because}"


def _answered(answer: Answer) -> str:
    return f"{'met' if answer.met else 'not met'}{': ' if answer.evidence else ''}{answer.evidence or ''}"
