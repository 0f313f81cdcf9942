"""Where the dated entries of a contact came from: which commit brought each in, and which corrected it last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TypeAlias

from crmtool.contact import Answer, Contact, Decision
from crmtool.finding import Place
from crmtool.rewriting import CORRECTED, Entry, Kind, compared, entries_of, unchanged
from crmtool.yaml_reader import Value

Logs: TypeAlias = Mapping[Place, Sequence[Entry]]
"""The entries of a contact's file by the log that they stand in: ("criteria", "fit") or ("decisions",)."""
Key: TypeAlias = tuple[str, str]
"""Names a version of the file: by a commit's id and a path."""
_Spot: TypeAlias = tuple[Place, int]
_DECISIONS: Place = ("decisions",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A commit: its id, who wrote it and on which day, and its subject; all None for what is not committed yet."""

    id: str | None = None
    author: str | None = None
    day: date | None = None
    subject: str | None = None


NOT_COMMITTED = Change()


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A contact's file as a change left it.

    `logs` is None where the file cannot be read, such as one with conflict markers. `parents` are the keys of the
    versions before it; `is_cut_off` tells that there may have been some which a shallow clone lacks.
    """

    change: Change
    logs: Logs | None
    parents: tuple[Key, ...] = ()
    is_cut_off: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """An answer or a decision, with the change that brought it in and the one that corrected it last.

    `source` is the status that a decision left, None for the first one; `or_earlier` tells that an earlier change may
    have brought it in, which a shallow clone lacks.
    """

    entry: Answer | Decision
    source: str | None
    change: Change
    corrected_by: Change | None
    or_earlier: bool


def origins(contact: Contact, versions: Mapping[Key, Version]) -> tuple[Origin, ...]:
    """Tell where the entries of a contact came from: the latest change first, of one change the latest entry.

    `versions` are in order, children before parents; the first is the one that `contact` was read from. An entry that a
    parent has came from that parent, the first one that has it, be it written in another way or in another place; so
    did one that was corrected openly since. What was rewritten otherwise came with the change that rewrote it. A
    version that cannot be read is taken to have what the versions around it have.
    """
    ended = _traced(versions)
    ranks = {version.change: rank for rank, version in enumerate(versions.values())}
    found = (_origin(entry, source, *ended[spot], versions) for spot, entry, source in _entries(contact))

    def order(origin: Origin) -> tuple[int, int, int]:
        day = origin.change.day or date.max
        return -day.toordinal(), ranks[origin.change], -origin.entry.day.toordinal()

    return tuple(sorted(found, key=order))


def logs_of(values: Mapping[str, Value]) -> Logs:
    """Give the entries that front matter has."""
    criteria = values.get("criteria")
    answers = criteria if isinstance(criteria, dict) else {}
    logs: dict[Place, Sequence[Entry]] = {("criteria", id): entries_of(value) for id, value in answers.items()}
    return {**logs, _DECISIONS: entries_of(values.get("decisions"))}


def _entries(contact: Contact) -> Iterator[tuple[_Spot, Answer | Decision, str | None]]:
    """List the entries, of each log the latest first, with the status that a decision left."""
    sources = (None, *(decision.to for decision in contact.decisions))
    for decision, source in reversed(tuple(zip(contact.decisions, sources, strict=False))):
        yield (_DECISIONS, decision.index), decision, source
    for criterion, answers in contact.criteria.items():
        for index, answer in reversed(tuple(enumerate(answers))):
            yield (("criteria", criterion), index), answer, None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Trace:
    """An entry on its way back: the version in which it was last seen, its spot there, and where it was corrected."""

    seen: Key
    spot: _Spot
    corrected: Key | None = None


def _origin(
    entry: Answer | Decision, source: str | None, trace: _Trace, end: Key, versions: Mapping[Key, Version]
) -> Origin:
    return Origin(
        entry=entry,
        source=source,
        change=versions[trace.seen].change,
        corrected_by=versions[trace.corrected].change if trace.corrected else None,
        or_earlier=versions[end].is_cut_off,
    )


def _traced(versions: Mapping[Key, Version]) -> dict[_Spot, tuple[_Trace, Key]]:
    """Follow each entry of the first version back; give its last trace, and the version where that ended."""
    first = next(iter(versions))
    logs = versions[first].logs or {}
    here = {(place, i): _Trace(seen=first, spot=(place, i)) for place, log in logs.items() for i in range(len(log))}
    waiting: dict[Key, dict[_Spot, _Trace]] = {first: here}
    ended: dict[_Spot, tuple[_Trace, Key]] = {}
    for key, version in versions.items():
        step = _Step(versions, version)
        for spot, trace in waiting.pop(key, {}).items():
            found = step.back(trace)
            if found is None:
                ended[spot] = step.with_own_correction(trace), key
            else:
                parent, before = found
                waiting.setdefault(parent, {})[spot] = before
    return ended


class _Step:
    """The step from a version to those before it."""

    def __init__(self, versions: Mapping[Key, Version], version: Version) -> None:
        self._versions = versions
        self._readable = [parent for parent in version.parents if versions[parent].logs is not None]
        self._unreadable = [parent for parent in version.parents if versions[parent].logs is None]
        self._known: dict[tuple[Key, Key, Place], _Pairing] = {}

    def back(self, trace: _Trace) -> tuple[Key, _Trace] | None:
        """Give the parent that an entry comes from, and its trace there; None where it came with this version."""
        place, index = trace.spot
        pairings = [(parent, self._pairing(trace.seen, parent, place)) for parent in self._readable]
        for parent, pairing in pairings:
            if index in pairing.same:
                return parent, replace(trace, seen=parent, spot=(place, pairing.same[index]))
        # Only now, for another side of a merge may have the very correction.
        for parent, pairing in pairings:
            if index in pairing.corrected:
                spot = place, pairing.corrected[index]
                return parent, _Trace(seen=parent, spot=spot, corrected=trace.corrected or trace.seen)
        return (self._unreadable[0], trace) if self._unreadable else None

    def with_own_correction(self, trace: _Trace) -> _Trace:
        """Take note of a correction that came with the entry itself, as after a squash."""
        place, index = trace.spot
        entry = self._log(trace.seen, place)[index]
        own = trace.seen if isinstance(entry.get(CORRECTED), dict) else None
        return replace(trace, corrected=trace.corrected or own)

    def _pairing(self, seen: Key, parent: Key, place: Place) -> _Pairing:
        known = self._known.get((seen, parent, place))
        if known is None:
            known = _Pairing(before=self._log(parent, place), after=self._log(seen, place))
            self._known[seen, parent, place] = known
        return known

    def _log(self, key: Key, place: Place) -> Sequence[Entry]:
        return (self._versions[key].logs or {}).get(place, ())


@dataclass(frozen=True, kw_only=True)
class _Pairing:
    """The entries of a log, by index, that it had before: as they are, and as they were when they were corrected."""

    before: Sequence[Entry]
    after: Sequence[Entry]

    @cached_property
    def same(self) -> dict[int, int]:
        if self.before is self.after:  # as in all the commits that do not touch the file
            return {i: i for i in range(len(self.after))}
        return unchanged(self.before, self.after)

    @cached_property
    def corrected(self) -> dict[int, int]:
        changes = compared(self.before, self.after).changes
        return {now.index: now.old_index for now in changes if now.kind is Kind.CORRECTED and now.index is not None}
