"""What became of a contact's dated entries between two versions of its file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from crmtool.contact import Answer, Contact, Decision
from crmtool.edit.changes import value_at
from crmtool.finding import Place
from crmtool.rewriting import CORRECTED, Kind, compared, entries_of

_Entry = TypeVar("_Entry", Answer, Decision)


@dataclass(frozen=True, slots=True, kw_only=True)
class Past(Generic[_Entry]):
    """A past entry that differs, and what stands for it now (None where it was removed).

    `keys` are those whose values differ; `why` is the reason that an open correction gives.
    """

    kind: Kind
    before: _Entry
    after: _Entry | None
    keys: tuple[str, ...]
    why: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LogDifference(Generic[_Entry]):
    """What became of a log: its new entries, and the past ones that differ, each in the order of its version."""

    added: tuple[_Entry, ...]
    past: tuple[Past[_Entry], ...]


def compared_decisions(before: Contact | None, after: Contact) -> LogDifference[Decision]:
    """Compare the decisions of two versions of a contact; all are new where there was none before."""
    return _compared(before, after, ("decisions",), before.decisions if before else (), after.decisions)


def compared_answers(before: Contact | None, after: Contact) -> LogDifference[Answer]:
    """Compare the answers of two versions of a contact, criterion by criterion."""
    known = before.criteria if before else {}
    logs = {
        id: _compared(before, after, ("criteria", id), known.get(id, ()), after.criteria.get(id, ()))
        for id in (*known, *after.criteria)
    }
    return LogDifference(
        added=tuple(answer for id in after.criteria for answer in logs[id].added),
        past=tuple(past for id in known for past in logs[id].past),
    )


def _compared(
    before: Contact | None, after: Contact, place: Place, old: Sequence[_Entry], new: Sequence[_Entry]
) -> LogDifference[_Entry]:
    written = entries_of(value_at(before.fields, place)) if before else ()
    found = compared(written, entries_of(value_at(after.fields, place)))
    past = []
    for change in (change for change in found.changes if not change.fills_in):
        entry = None if change.index is None else new[change.index]
        keys = change.changed_keys if entry else ()
        why = _why(after, entry) if entry and change.kind is Kind.CORRECTED else None
        past.append(Past(kind=change.kind, before=old[change.old_index], after=entry, keys=keys, why=why))
    return LogDifference(added=tuple(new[j] for j in found.added), past=tuple(past))


def _why(contact: Contact, entry: Answer | Decision) -> str | None:
    because = value_at(contact.fields, (*entry.place, CORRECTED, "because"))
    return because if isinstance(because, str) else None
