"""By which way a record enters as a new contact, and what is written then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from crmtool.app.changing.entering import NewContact, contact_text
from crmtool.app.changing.ways import entry_ways, named
from crmtool.contact import IMPORTED
from crmtool.edit.intents import GivenDecision
from crmtool.errors import CrmtoolError
from crmtool.importers.claims import note, wording
from crmtool.importers.comparing import written
from crmtool.importers.imported import imported_entry
from crmtool.importers.record import Record
from crmtool.rulebook import RuleBook, Transition
from crmtool.shapes import did_you_mean
from crmtool.text import visible
from crmtool.yaml_reader import Value


@dataclass(frozen=True, kw_only=True)
class Entry:
    """How new contacts enter; what is None is left to the rule book, or to the words of the import."""

    to: str | None = None
    because: str | None = None
    reason: str | None = None
    by: str | None = None
    confirmed_by: str | None = None


def ways_in(rulebook: RuleBook, entry: Entry) -> tuple[Transition, ...]:
    """List the ways by which records may enter; raises CrmtoolError where there is none that is meant."""
    ways = entry_ways(rulebook)
    if entry.to is None and ways:
        return ways
    way = named(rulebook, ways, entry.to) if entry.to is not None else None
    if way is None:
        targets = [way.target for way in ways]
        wanted = f"to {visible(entry.to)!r}; {did_you_mean(entry.to, targets)}" if entry.to else "at all"
        raise CrmtoolError(f"the rule book has no way by which contacts enter {wanted}")
    return (way,)


def ways_of(record_status: str, ways: tuple[Transition, ...], rulebook: RuleBook) -> Iterator[Transition]:
    """Give the ways for a record as they are tried: first to the status of its stage, if contacts enter there.

    An import decides nothing: where contacts enter elsewhere, the stage stays a claim.
    """
    yield from (way for way in entry_ways(rulebook) if way.target == record_status)
    yield from (way for way in ways if way.target != record_status)


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """A record that enters: `label` is what its source is called, `status` the label of what its stage is here."""

    record: Record
    origin: str
    label: str
    status: str
    today: date

    def text(self, path: str, way: Transition, entry: Entry, rulebook: RuleBook) -> bytes:
        """Write its file."""
        record, words = self.record, wording(rulebook.language)
        # What crmtool exported has the source that it had here, if any.
        has_source = "source" in record.details or bool(record.contact)
        source: dict[str, Value] = {} if has_source else {"source": words.source.format(label=self.label)}
        imported = imported_entry(self.origin, record, self.today)
        new = NewContact(
            path=path,
            name=str(record.details["name"]),
            fields={**self._fields(), **source},
            answers=(),
            decision=GivenDecision(
                to=way.target,
                day=self.today,
                because=entry.because or words.because.format(label=self.label),
                reason=entry.reason if rulebook.statuses[way.target].reasons else None,
                by=entry.by,
                confirmed_by=entry.confirmed_by,
            ),
            extra={IMPORTED: imported},
            body=note(record, self.label, self.today, words, status=self.status),
        )
        return contact_text(new).encode()

    def _fields(self) -> dict[str, Value]:
        return {key: written(key, value) for key, value in self.record.details.items() if key != "name"}
