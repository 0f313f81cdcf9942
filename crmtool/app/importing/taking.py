"""What is planned for one record: a new contact, or what is news to the one that it is."""

from __future__ import annotations

import shlex
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from crmtool.app.importing.desk import Desk
from crmtool.app.importing.entering import Arrival, Entry, ways_in, ways_of
from crmtool.contact import EXTRA, IMPORTED, Contact, contact_id
from crmtool.details import DETAILS, details_of, digests_in
from crmtool.edit.changes import Add, Change, Put
from crmtool.importers.claims import Wording, note, wording
from crmtool.importers.comparing import Comparison, Policy, Terms, compared
from crmtool.importers.imported import NOTES, Imported, imported_entry, imported_of
from crmtool.importers.likeness import People
from crmtool.importers.matching import Match
from crmtool.importers.outcome import Action, Outcome
from crmtool.importers.persons import Persons
from crmtool.importers.record import Claim, Reading, Record
from crmtool.text import one_line, visible
from crmtool.yaml_reader import Value

UNCHANGED = "unchanged"
_REMEMBERED = "nothing to take over; it is remembered what the source says now"
_DEAL_DETAILS = ("value",)
"""What a contact takes of a deal; the rest of it is a note."""


@dataclass(frozen=True, kw_only=True)
class Options:
    """How records are taken in: the status of each foreign stage, what becomes of conflicts and likely duplicates."""

    stages: Mapping[str, str] = field(default_factory=dict)
    policy: Policy = "report"
    skips_alike: bool = False
    entry: Entry = field(default_factory=Entry)


@dataclass(frozen=True, kw_only=True)
class Case:
    """A record of a file, with what tells of it."""

    file: str
    reading: Reading
    record: Record

    def outcome(self, action: Action, path: str = "", **told: Any) -> Outcome:
        """Tell what comes of it."""
        told.setdefault("name", one_line(str(self.record.details.get("name", ""))))
        return Outcome(
            file=self.file,
            line=self.record.line,
            action=action,
            contact=contact_id(path) if path else "",
            doubts=self.record.doubts,
            **told,
        )


class Taking:
    """Plans records on a desk, one after the other."""

    def __init__(self, desk: Desk, people: People, persons: Persons, options: Options) -> None:
        """Prepare; raises CrmtoolError where contacts cannot enter as is wanted."""
        self._desk, self._people, self._persons, self._options = desk, people, persons, options
        self._ways = ways_in(desk.rulebook, options.entry)
        self._words = wording(desk.rulebook.language)

    def new(self, case: Case) -> Outcome:
        """Plan a new contact."""
        record, desk = case.record, self._desk
        alike = self._people.like(record.details)
        if self._options.skips_alike and any(each.is_sure for each in alike):
            return case.outcome(Action.SKIPPED, reason="may be known already", alike=alike)
        arrival = Arrival(
            record=record,
            origin=case.reading.origin,
            label=case.reading.label,
            status=self._status(record),
            today=desk.today,
        )
        organization = record.details.get("organization")
        path = desk.path_for(record, str(record.details["name"]), str(organization) if organization else None)
        if path is None:
            return case.outcome(Action.REFUSED, reason="its folder is a link that leads out of the workspace")
        against: tuple[str, ...] = ()
        for way in ways_of(self._options.stages.get(record.stage, ""), self._ways, desk.rulebook):
            found = desk.add(path, arrival.text(path, way, self._options.entry, desk.rulebook))
            if not found:
                self._people.add(contact_id(path), record.details)
                self._persons.add(path, record.details, case.reading.origin, record.id)
                return case.outcome(Action.CREATED, path, alike=alike)
            against = against or found
        return case.outcome(Action.REFUSED, reason="; ".join(against))

    def known(self, case: Case, match: Match) -> Outcome:
        """Plan what is news to a contact that was imported before, or that the record names itself."""
        contact = self._desk.contact(match.path)
        if contact is None:
            return self._broken(case, match.path)
        record, imported, policy = case.record, _present(contact, match.imported), self._options.policy
        if imported is None:
            found = compared(record, contact.fields, Terms(seen=digests_in(record.version), policy=policy))
            return self._news(case, contact, found, found.changes)
        terms = Terms(seen=imported.seen, owns=imported.owns, removable=_removable(case), policy=policy)
        found = compared(record, contact.fields, terms)
        changes = (*found.changes, *_kept(imported, found))
        # What was said of another record of the same source counts for that one alone.
        is_alone = sum(each.origin == imported.origin for each in imported_of(contact.fields)) == 1
        known = self._desk.body(contact.path) if is_alone else ""
        text = self._note(case, contact, imported.owns, known) if found.has_news else ""
        return self._news(case, contact, found, changes, text)

    def deal(self, case: Case, path: str) -> Outcome:
        """Plan a deal as a part of the contact that it belongs to: its value where that has none, else a note."""
        contact = self._desk.contact(path)
        if contact is None:
            return self._broken(case, path)
        record, ours = case.record, details_of(contact.fields)
        owns = tuple(key for key in _DEAL_DETAILS if key in record.details and key not in ours)
        changes: list[Change] = [Put(place=(key,), value=record.details[key]) for key in owns]
        entry = imported_entry(case.reading.origin, record, self._desk.today, owns)
        found = Comparison(changes=tuple(changes), taken=owns, seen={})
        changes.append(Add(place=(EXTRA, IMPORTED), value=entry))
        return self._news(case, contact, found, tuple(changes), self._note(case, contact, owns))

    def _news(
        self, case: Case, contact: Contact, found: Comparison, changes: tuple[Change, ...], text: str = ""
    ) -> Outcome:
        against = self._desk.change(contact.path, changes, text) if changes else ()
        fields = (*found.taken, *([NOTES] if text else []))
        told = {"name": one_line(contact.name), "fields": fields}
        if against:
            return case.outcome(Action.REFUSED, contact.path, reason="; ".join(against))
        if found.conflicts:
            return case.outcome(Action.CONFLICTS, contact.path, conflicts=found.conflicts, **told)
        kept = f"kept ours: {', '.join(found.kept)}" if found.kept else ""
        if not changes:
            return case.outcome(Action.SKIPPED, contact.path, reason=kept or UNCHANGED, **told)
        return case.outcome(Action.UPDATED, contact.path, reason=kept or ("" if fields else _REMEMBERED), **told)

    def _note(self, case: Case, contact: Contact, owns: Sequence[str], known: str = "") -> str:
        ours = details_of(contact.fields)
        if case.reading.is_of_deals:  # what a contact is worth says nothing of a single deal
            ours = {key: value for key, value in ours.items() if key not in _DEAL_DETAILS}
        record = _with_other_details(case.record, ours, owns, self._words)
        return note(record, case.reading.label, self._desk.today, self._words, status=self._status(record), known=known)

    def _status(self, record: Record) -> str:
        status = self._options.stages.get(record.stage, "")
        return self._desk.rulebook.status_label(status) if status else ""

    def _broken(self, case: Case, path: str) -> Outcome:
        check = f"`crmtool check {shlex.quote(visible(path))}`"
        reason = f"{visible(path)} has errors that must be mended first: {check} tells them"
        return case.outcome(Action.REFUSED, path, reason=reason)


def _removable(case: Case) -> tuple[str, ...]:
    """Give the details whose absence tells that the source has them no longer.

    Where a record is only recognised by what it says, or its file has no column for a detail, absence tells nothing.
    """
    if not case.record.id:
        return ()
    tells = case.reading.tells
    return tuple(key for key in DETAILS if key != "name" and (tells is None or key in tells))


def _present(contact: Contact, imported: Imported | None) -> Imported | None:
    """Give an import as it stands in a contact that may have been changed since: its place may be another one."""
    if imported is None:
        return None
    same = (each for each in imported_of(contact.fields) if (each.origin, each.id) == (imported.origin, imported.id))
    found = tuple(same)
    return next((each for each in found if each.seen == imported.seen), found[0])


def _kept(imported: Imported, found: Comparison) -> tuple[Change, ...]:
    seen: dict[str, Value] = dict(found.seen)
    return () if seen == imported.seen else (Put(place=(*imported.place, "seen"), value=seen),)


def _with_other_details(record: Record, ours: Mapping[str, Value], owns: Collection[str], words: Wording) -> Record:
    """Give a record with those of its details among its claims that are not taken over, and that are not known."""
    other = {key: value for key, value in record.details.items() if key not in owns and key != "name"}
    claims = (
        Claim(label=words.labels[key], value=_told(value))
        for key, value in other.items()
        if ours.get(key) != value and not _is_part(value, ours.get(key))
    )
    return replace(record, claims=(*record.claims, *claims))


def _is_part(value: Value, whole: Value) -> bool:
    return isinstance(value, list) and isinstance(whole, list) and all(each in whole for each in value)


def _told(value: Value) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
